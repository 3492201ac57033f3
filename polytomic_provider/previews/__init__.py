"""What a sync would do to the data, told from a sample of rows and from what is documented."""
