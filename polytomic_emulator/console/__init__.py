"""What a person sees of the emulator in a browser."""
