"""Error messages without the secrets that may have found their way into them."""

import base64
import html
import json
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote, quote_plus

from polytomic_provider.api import PolytomicError

REPLACEMENT = "[secret]"
SHORTEST = 4
"""Replacing shorter texts would leave nothing of a message, and hide nothing."""
CUT = "\N{HORIZONTAL ELLIPSIS}"
"""What stands where a server's words were too long and were cut."""


def scrub(error: BaseException, secrets: Iterable[str]) -> str:
    """What to tell a person about an error, with every secret replaced."""
    return scrub_text(_message(error), secrets)


def scrub_text(text: str, secrets: Iterable[str]) -> str:
    """`text` with every secret replaced, in each form in which it may stand there."""
    forms = {form for secret in secrets for form in _forms(secret) if len(form) >= SHORTEST}
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(form, REPLACEMENT)
    return _without_beginnings(text, forms)


def _without_beginnings(text: str, forms: set[str]) -> str:
    """`text` without what is left of a secret where a long message was cut."""
    *parts, last = text.split(CUT)
    return CUT.join([*(_without_beginning(part, forms) for part in parts), last])


def _without_beginning(part: str, forms: set[str]) -> str:
    longest = max(
        (
            length
            for form in forms
            for length in range(SHORTEST, len(form))
            if part.endswith(form[:length])
        ),
        default=0,
    )
    return part[: len(part) - longest] + REPLACEMENT if longest else part


@lru_cache(maxsize=4096)
def _forms(secret: str) -> frozenset[str]:
    lines = {line.strip() for line in secret.splitlines() if len(line.strip()) >= 2 * SHORTEST}
    whole = secret.strip()
    in_json = {inner for plain in (True, False) for inner in _in_json(whole, ascii_only=plain)}
    written = {whole, *in_json, repr(whole)[1:-1], html.escape(whole), html.escape(whole, False)}
    escaped = {quote(whole), quote(whole, safe=""), quote_plus(whole)}
    encoded = {
        encode(text.encode("utf-8", "replace")).decode().rstrip("=")
        for text in (secret, whole)
        for encode in (base64.b64encode, base64.urlsafe_b64encode)
    }
    in_one_line = {_in_one_line(form) for form in (*written, *lines)}
    lower = map(_lower_escapes, escaped)
    return frozenset({secret, *lines, *written, *escaped, *lower, *encoded, *in_one_line})


def _in_json(text: str, *, ascii_only: bool) -> tuple[str, str]:
    """A text within JSON, and within JSON that is itself a text of JSON."""
    once = json.dumps(text, ensure_ascii=ascii_only)[1:-1]
    return once, json.dumps(once, ensure_ascii=ascii_only)[1:-1]


def _lower_escapes(text: str) -> str:
    """Percent-encoding as some servers write it: `%2f` for `%2F`."""
    first, *rest = text.split("%")
    return "%".join([first, *(part[:2].lower() + part[2:] for part in rest)])


def _in_one_line(text: str) -> str:
    """A text as errors show a server's words: in one line, control characters replaced."""
    line = " ".join(text.split())
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)


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
