"""HTTP without a word about Polytomic's objects: settings, transport, retries, errors."""
