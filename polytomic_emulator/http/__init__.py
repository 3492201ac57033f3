"""Polytomic's API over HTTP: what comes in, what goes out. The rules live in `state`."""
