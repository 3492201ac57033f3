"""What `polytomic doctor` looks at."""
