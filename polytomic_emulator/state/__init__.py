"""What the emulator remembers, and the rules about it. Nothing here knows of HTTP."""
