"""What commands print: tables for people, JSON for programs."""

import json
import os
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

WIDE = 10_000


def console() -> "Console":
    """Where tables are printed: in colour on a terminal only, wrapped to it.

    Elsewhere nothing is wrapped unless COLUMNS says where, so that ids and addresses stay whole.
    """
    from rich.console import Console

    wraps = sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit()
    return Console(width=None if wraps else WIDE, highlight=False, markup=False, emoji=False)


def print_table(rows: "Table") -> None:
    """Print a table, without the spaces that fill up its last column where nobody sees them."""
    screen = console()
    with screen.capture() as printed:
        screen.print(rows)
    lines = printed.get().splitlines()
    print("\n".join(line.rstrip() for line in lines))


def table(*columns: str) -> "Table":
    """A table without lines; it has a header where `columns` have names."""
    from rich import box
    from rich.table import Table

    made = Table(
        box=box.SIMPLE_HEAD if any(columns) else None, pad_edge=False, padding=(0, 2, 0, 0)
    )
    made.show_header, made.show_edge = any(columns), False
    for name in columns:
        made.add_column(name, overflow="fold")
    return made


def show_json(value: Any) -> None:
    """Print JSON for programs, with times in RFC 3339."""
    print(json.dumps(value, indent=2, ensure_ascii=False, default=_as_text))


def printable(text: str) -> str:
    """A foreign text in one line, without characters that could move a terminal's cursor."""
    line = " ".join(text.split())
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in line
    )


def moment(time: datetime | None) -> str:
    """A time for people; empty for none."""
    return "" if time is None else time.strftime("%Y-%m-%d %H:%M UTC")


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
