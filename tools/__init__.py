"""The checkout's own tools: set-up, the engine, and `make up`. Not part of the package."""
