"""Error messages without the secrets that may have found their way into them."""

import json
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

from polytomic_provider.api import PolytomicError

REPLACEMENT = "[secret]"
SHORTEST = 4
"""Replacing shorter texts would leave nothing of a message, and hide nothing."""


def scrub(error: BaseException, secrets: Iterable[str]) -> str:
    """What to tell a person about an error, with every secret replaced."""
    return scrub_text(_message(error), secrets)


def scrub_text(text: str, secrets: Iterable[str]) -> str:
    """`text` with every secret replaced, in each form in which it may stand there."""
    forms = {form for secret in secrets for form in _forms(secret) if len(form) >= SHORTEST}
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(form, REPLACEMENT)
    return text


def _forms(secret: str) -> set[str]:
    lines = {line.strip() for line in secret.splitlines() if len(line.strip()) >= 2 * SHORTEST}
    whole = secret.strip()
    return {
        secret,
        whole,
        *lines,
        quote(whole),
        quote(whole, safe=""),
        quote_plus(whole),
        json.dumps(whole)[1:-1],
        repr(whole)[1:-1],
    }


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
