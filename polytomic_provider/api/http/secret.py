"""Texts that must never be shown, such as an API key: also not among the variables of a traceback.

A local variable of any frame that raises may be shown: by pytest, by tools that report errors. So
a key is a plain text only within expressions that cannot fail.
"""

import hmac
from collections.abc import Iterator, Mapping
from typing import Final, NoReturn

MASK: Final = "[secret]"


class Secret:
    """Holds a text that neither `repr`, `str`, `format`, pickle nor copy gives away.

    Args:
        value: The text to hold.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The text itself, for the header that carries it or for a signature under it."""
        return self._value

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    def __str__(self) -> str:
        return MASK

    def __format__(self, spec: str) -> str:
        return format(MASK, spec)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._value.encode(), other._value.encode())

    def __hash__(self) -> int:
        return hash((Secret, self._value))

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a Secret is never pickled or copied")


class Unshown(Mapping[str, str]):
    """Texts by name, such as the environment, of which `repr` shows neither.

    Args:
        texts: The texts to hold; they are not copied.
    """

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def __getitem__(self, name: str) -> str:
        # A KeyError of the mapping itself would have a frame with the whole mapping.
        if name not in self._texts:
            raise KeyError(name)
        return self._texts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __repr__(self) -> str:
        return f"Unshown({MASK})"
