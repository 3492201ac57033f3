"""Bulk syncs: arguments and life."""
