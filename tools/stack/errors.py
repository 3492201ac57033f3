"""What stops `make up`, as text for the person at the terminal."""


class StackError(Exception):
    """The stack cannot be worked on; the text says why and what to do."""
