"""Form controls: what a page draws, and where a refusal of the API belongs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from polytomic_emulator.console.wording import sentence
from polytomic_emulator.errors import ApiError

_MOST_KNOWN = 30
"""A refusal that knows more values than these does not name them."""


@dataclass(frozen=True)
class Choice:
    """One thing to choose."""

    value: str
    label: str


@dataclass(frozen=True)
class Group:
    """Choices under a heading; an empty heading for those that stand alone."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Control:
    """One input. `name` is also its id, unless it has another.

    value: what stands in it; of a box: what it sends when it is `ticked`.
    """

    name: str
    label: str
    value: str = ""
    kind: Literal["text", "area", "select", "box"] = "text"
    groups: tuple[Group, ...] = ()
    hint: str = ""
    ticked: bool = False
    own_id: str = ""

    @property
    def id(self) -> str:
        """What labels, errors and links point to."""
        return self.own_id or self.name


@dataclass(frozen=True)
class Problem:
    """Why the form was refused. `at`: the control that it is about; empty for the whole form."""

    message: str
    at: str = ""


@dataclass(frozen=True)
class Row:
    """Several controls that belong together, such as one mapping."""

    legend: str
    controls: tuple[Control, ...]
    hidden: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Section:
    """A part of a form. adds: what a further row is called; empty where there can be none."""

    title: str
    text: str
    rows: tuple[Row, ...]
    adds: str = ""


@dataclass(frozen=True)
class Draft:
    """What a form would change: keys of the PUT, and which control each path is about."""

    changes: dict[str, Any]
    places: Mapping[str, str]


def problem_of(refusal: ApiError, places: Mapping[str, str]) -> Problem:
    """A refusal at its control: the one of the longest path that the refused key begins with."""
    refused = str(refusal.metadata.get("field") or "")
    begun = (path for path in places if f"{refused}.".startswith((f"{path}.", f"{path}[")))
    nearest = max(begun, key=len, default=None)
    at = places[nearest] if nearest is not None else ""
    known: list[Any] = refusal.metadata.get("known_values") or []
    message = sentence(refusal.message)
    if 0 < len(known) <= _MOST_KNOWN:
        message += f" Known: {', '.join(map(str, known))}."
    return Problem(message, at)


def choices(values: Sequence[tuple[str, str]], chosen: str = "") -> tuple[Choice, ...]:
    """Choices from values with labels; a chosen value that is not among them is added."""
    made = [Choice(value, label) for value, label in values]
    if chosen and chosen not in {one.value for one in made}:
        made.append(Choice(chosen, f"{chosen} (not there any more)"))
    return tuple(made)


def select(
    name: str, label: str, value: str, values: Sequence[tuple[str, str]], hint: str = ""
) -> Control:
    """A choice of one, without headings."""
    return Control(name, label, value, "select", (Group("", choices(values, value)),), hint)


def box(name: str, label: str, ticked: bool, *, of: str = "on", at: str = "") -> Control:
    """A box to tick. of: the value it sends, where several have one name; at: its id there."""
    return Control(name, label, of, "box", ticked=ticked, own_id=at)


def typed(text: str, field_type: str, before: Any = None, shown_before: str | None = None) -> Any:
    """What a person means by a text: what it was where nothing changed, else by the field's type.

    None for an empty text.
    """
    if shown_before is not None and text == shown_before:
        return before
    if text == "":
        return None
    if field_type in ("number", "integer", "boolean") or text[:1] == "[":
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text
