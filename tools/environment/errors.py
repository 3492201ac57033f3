"""What stops set-up, as text for the person at the terminal."""


class SetupError(Exception):
    """Set-up cannot go on; the text says why and what to do."""
