"""The HTTP layer: settings, transport, retries, errors. It knows no object of Polytomic."""
