"""The routes of the API: one module for each path, one class for each collection."""
