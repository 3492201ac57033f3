"""Why something could not be looked at."""

from polytomic_provider.api import PolytomicError


class NotChecked(Exception):
    """Something could not be looked at; the text says why, in a few words without a full stop."""


class Refused(NotChecked):
    """Polytomic answered that what was asked for cannot be; the text is its answer."""


def reason_of(error: PolytomicError) -> str:
    """The first line of an error, as such a text."""
    return error.message.splitlines()[0].rstrip(".")
