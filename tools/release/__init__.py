"""What a release tells of what it runs on: its dependencies, their licences, its SBOM."""
