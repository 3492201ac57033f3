"""What a user's program declares: keyword arguments, outputs, documentation."""
