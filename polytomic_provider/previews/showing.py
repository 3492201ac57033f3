"""Formats values of records for a preview: masked unless `previewValues` is `plain`.

Masked, a value says what it is and hardly more, whatever its length:

text            its first letter, if it is one of an alphabet with capitals: `"J***"`, else `"***"`
e-mail address  first letters and a short last part: `"j***@e***.com"`
date or time    `(date)`; of other kinds `(number)`, `(boolean)`, `(list)`, `(object)`
nothing         `null` and `""`, which filters tell apart, as they are
"""

import json
import re
from typing import Any, Final

from polytomic_provider.filtering.values import moment_of

STARS: Final = "***"
LONGEST: Final = 60
_EMAIL = re.compile(r"([^@\s])[^@\s]*@([^@\s])[^@\s]*?(\.[A-Za-z]{2,3})?", re.S)
_KINDS: Final = ((bool, "boolean"), (int | float, "number"), (list, "list"), (dict, "object"))


def shown(value: Any, *, plain: bool) -> str:
    """A value for one line of a preview."""
    return _plain(value) if plain else masked(value)


def masked(value: Any) -> str:
    """Mask a value as the module describes."""
    if value is None or value == "":
        return json.dumps(value)
    if not isinstance(value, str):
        return next((f"({kind})" for type_, kind in _KINDS if isinstance(value, type_)), "(value)")
    if moment_of(value) is not None:
        return "(date)"
    text = f'"{_masked_text(value)}"'
    # A value that is made of stars would be its own mask.
    return text if len(value) <= len(STARS) or value not in text else "(text)"


def _masked_text(text: str) -> str:
    email = _EMAIL.fullmatch(text)
    if email is None:
        return f"{_initial(text[0])}{STARS}"
    name, host, last = email.groups()
    return f"{_initial(name)}{STARS}@{_initial(host)}{STARS}{last or ''}"


def _initial(letter: str) -> str:
    """A letter that stands for a sound; one of a script without capitals may be a whole name."""
    return letter if letter.isupper() or letter.islower() else ""


def _plain(value: Any) -> str:
    """The value's JSON on one line, cut where it is long; what cannot be printed is escaped."""
    written = json.dumps(value, ensure_ascii=False, default=str)
    text = "".join(one if one.isprintable() else json.dumps(one)[1:-1] for one in written)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
