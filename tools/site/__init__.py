"""What `mkdocs` does besides building pages: navigation over folders, `llms.txt`."""
