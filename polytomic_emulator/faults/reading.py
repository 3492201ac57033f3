"""Reading descriptions of what goes wrong: each mistake is refused with the path of its key."""

from typing import Any

from polytomic_emulator.errors import BadRequest
from polytomic_emulator.http.reading import Reader


def refuse_unknown_keys(described: Reader, known: tuple[str, ...]) -> None:
    """Raise BadRequest for a description with a key that means nothing."""
    for key in described.values:
        if key not in known:
            at = described.at(key)
            raise BadRequest(f"{at} is not known", field=at, known_values=list(known))


def word(described: Reader, key: str, known: tuple[str, ...], default: str | None = None) -> Any:
    """One of some words. Raises BadRequest for another one, or for none without a default."""
    found = described.text(key)
    if found is None and default is not None:
        return default
    if found not in known:
        raise unknown(described, key, list(known))
    return found


def unknown(described: Reader, key: str, known: list[str]) -> BadRequest:
    """The refusal of a value that is none of the known ones."""
    at, value = described.at(key), described.any(key)
    what = "is required" if value is None else f"cannot be {value!r}"
    return BadRequest(f"{at} {what}", field=at, known_values=known)


def number(
    described: Reader, key: str, *, lowest: float = 0, highest: float = 1e9
) -> float | int | None:
    """A number within bounds, or None. Raises BadRequest."""
    value = described.any(key)
    if value is None:
        return None
    if type(value) not in (int, float) or not lowest <= value <= highest:
        upper = f" to {highest:g}" if highest < 1e9 else " on"
        raise described.wrong(key, f"must be a number from {lowest:g}{upper}")
    return value


def whole_number(described: Reader, key: str, *, lowest: int = 0) -> int | None:
    """A whole number from `lowest` on, or None. Raises BadRequest."""
    value = described.any(key)
    if value is not None and (type(value) is not int or not lowest <= value < 1e9):
        raise described.wrong(key, f"must be a whole number from {lowest} on")
    return value
