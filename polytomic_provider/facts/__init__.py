"""What is known about Polytomic's API beforehand: the connection types and their secrets."""
