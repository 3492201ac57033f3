"""Predicts what a sync does to the data, from a sample of rows and from documented behaviour."""
