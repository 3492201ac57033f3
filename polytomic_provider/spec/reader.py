"""Takes values apart that nobody has checked, and says what is wrong with them; never raises."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from polytomic_provider.validation.problems import (
    Problem,
    is_unknown,
    join_path,
    one_of,
)
from polytomic_provider.validation.shapes import type_name


@dataclass
class Reader:
    """Collects problems. A value that is not known yet fits everywhere.

    whole: whether no mapping and no list that was to be taken apart was unknown.
    """

    problems: list[Problem] = field(default_factory=list[Problem])
    whole: bool = True

    def refuse(self, path: str, text: str) -> None:
        """Note what is wrong at a dotted path."""
        self.problems.append(Problem(path, text))

    def mapping(
        self, value: Any, path: str, keys: Sequence[str], expected: str = "a mapping"
    ) -> dict[str, Any] | None:
        """Return a mapping of these keys without those that are None; None if it is not one."""
        if is_unknown(value):
            self.whole = False
            return None
        if not isinstance(value, Mapping):
            self.refuse(path, f"expected {expected}, got {type_name(value)}")
            return None
        given = cast("Mapping[Any, Any]", value)
        found: dict[str, Any] = {}
        for key, item in given.items():
            if key in keys:
                if item is not None:
                    found[key] = item
            else:
                self.refuse(join_path(path, str(key)), f"is not a key; {one_of(key, keys, 'key')}")
        return found

    def free_mapping(self, value: Any, path: str) -> Any:
        """Return a mapping of any keys; an unknown as it stands, None if it is neither."""
        if is_unknown(value) or isinstance(value, Mapping):
            return cast("Any", value)
        self.refuse(path, f"expected a mapping, got {type_name(value)}")
        return None

    def items(self, value: Any, path: str) -> Iterator[tuple[str, Any]]:
        """Yield the items of a list with their paths; nothing for an unknown or anything else."""
        if is_unknown(value) or value is None:
            self.whole &= value is None
            return
        if not isinstance(value, list | tuple):
            self.refuse(path, f"expected a list, got {type_name(value)}")
            return
        for position, item in enumerate(cast("Sequence[Any]", value)):
            yield join_path(path, position), item

    def text(self, value: Any, path: str) -> Any:
        """Return a text that is not empty, or an unknown."""
        if is_unknown(value) or (isinstance(value, str) and value):
            return value
        got = "an empty text" if value == "" else type_name(value)
        self.refuse(path, f"expected text, got {got}")
        return None

    def flag(self, value: Any, path: str) -> Any:
        """Return True, False or an unknown."""
        if is_unknown(value) or isinstance(value, bool):
            return value
        self.refuse(path, f"expected True or False, got {type_name(value)}")
        return None

    def choice(self, value: Any, known: Sequence[str], path: str, noun: str) -> Any:
        """Return one of the known words, or an unknown."""
        if is_unknown(value) or value in known:
            return value
        if not isinstance(value, str):
            self.refuse(path, f"expected text, got {type_name(value)}; {_listed(known, noun)}")
        else:
            self.refuse(path, one_of(value, known, noun, show=True))
        return None

    def scalar_text(self, value: Any, path: str) -> Any:
        """Return a text, number or boolean as the text that the API takes."""
        if is_unknown(value) or isinstance(value, str):
            return value
        if isinstance(value, bool | int | float):
            return as_text(value)
        self.refuse(path, f"expected text, a number or True or False, got {type_name(value)}")
        return None

    def needs(self, given: Mapping[str, Any], keys: Sequence[str], path: str) -> bool:
        """Return whether all the keys are there; note each that is not."""
        missing = [key for key in keys if given.get(key) is None]
        for key in missing:
            self.refuse(join_path(path, key), "is required")
        return not missing


def as_text(value: Any) -> str:
    """Return a scalar as the API writes it: `true`, `5`."""
    return value if isinstance(value, str) else json.dumps(value)


def _listed(known: Sequence[str], noun: str) -> str:
    return f"known {noun}s: {', '.join(sorted(known))}"
