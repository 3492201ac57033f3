"""Removes secrets from error messages."""

from collections.abc import Iterable

from polytomic_provider.api import PolytomicError, Secret, redact


def scrub(error: BaseException, secrets: Iterable[str | Secret]) -> str:
    """Return the message of an error with every secret replaced."""
    return redact(_message(error), secrets)


def _message(error: BaseException) -> str:
    if isinstance(error, PolytomicError):
        return str(error)
    if isinstance(error, ValueError | RuntimeError | OSError) and str(error):
        return str(error)
    if isinstance(error, KeyboardInterrupt | SystemExit):
        return "The operation was interrupted; run again to go on."
    return (
        f"pulumi-polytomic met an error that it did not expect: {type(error).__name__}: {error}. "
        "Please report it; nothing of your state is lost."
    )
