"""Reads lengths of time as people write them (`30s`, `5m`, `1h30m`, `90`) and shows them again."""

import re
from typing import Final

ACCEPTED: Final = "a length of time such as 30s, 5m, 1h, 1h30m, or a number of seconds, up to 24h"
LONGEST: Final = 24 * 3600.0

_UNITS: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
_NUMBER: Final = r"[0-9]{1,9}(?:\.[0-9]{1,9})?"
_PART: Final = re.compile(rf"({_NUMBER})(ms|s|m|h)")
_WHOLE: Final = re.compile(rf"(?:{_NUMBER}(?:ms|s|m|h))+")


def parse_duration(text: str) -> float:
    """Read a length of time.

    Args:
        text: Numbers with the units `ms`, `s`, `m`, `h`, or one bare number of seconds.

    Returns:
        Seconds, more than 0 and at most 24 hours.

    Raises:
        ValueError: It is nothing of the kind; the text is not repeated in the error.
    """
    if re.fullmatch(_NUMBER, text):
        seconds = float(text)
    elif _WHOLE.fullmatch(text):
        seconds = sum(float(number) * _UNITS[unit] for number, unit in _PART.findall(text))
    else:
        raise ValueError(ACCEPTED)
    if not 0 < seconds <= LONGEST:
        raise ValueError(ACCEPTED)
    return seconds


def show_duration(seconds: float) -> str:
    """Seconds for a person: `0.4 s`, `60 s`, `10 min`, `2 h`."""
    if seconds >= 7200 and seconds % 3600 == 0:
        return f"{seconds / 3600:g} h"
    if seconds > 60 and seconds % 60 == 0:
        return f"{seconds / 60:g} min"
    if seconds < 10:
        return f"{max(seconds, 0.0):.3g} s"
    return f"{seconds:.0f} s"
