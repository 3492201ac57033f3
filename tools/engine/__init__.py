"""The Pulumi engine for this checkout: where it comes from and how Python programs run on it."""
