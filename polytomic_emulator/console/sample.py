"""A few rows as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from polytomic_emulator.console import wording


@dataclass(frozen=True)
class Sample:
    """Columns, and rows with one text for each of them; None: there is no value."""

    columns: list[str]
    rows: list[list[str | None]]


def sample_of(rows: Sequence[Mapping[str, Any]]) -> Sample:
    """The rows with every column that any of them has, in the order in which they appear."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    return Sample(columns, [[_cell(row.get(name)) for name in columns] for row in rows])


def _cell(value: Any) -> str | None:
    return None if value is None else wording.value(value)
