"""A preview of Pulumi as a comment on a pull request."""
