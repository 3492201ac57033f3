"""Syncs: arguments, projection, deletion."""
