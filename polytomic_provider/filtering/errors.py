"""The one way in which an evaluation fails."""


class CannotEvaluate(ValueError):
    """A condition or a logic makes no sense for any record; the message says what it takes."""
