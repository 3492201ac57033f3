"""Kinds of objects that are a few values and take part in no sync: one module per kind."""
