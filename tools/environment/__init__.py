"""The checkout's own environment: `.venv/` and what `make setup` needs to make it."""
