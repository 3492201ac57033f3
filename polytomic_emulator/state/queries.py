"""Just enough SQL and SOQL to know what a query selects, and from what."""

import re
from dataclasses import dataclass

_SELECT = re.compile(r"select (?P<columns>.+?) from (?P<source>[\w.\"]+)", re.I)
_ALIAS = re.compile(r"^(?P<column>.+?) (?:as )?(?P<name>\w+)$", re.I)


@dataclass(frozen=True)
class Selected:
    """What a query selects. columns: name in the result → column or expression; None: all."""

    source: str
    columns: dict[str, str] | None


def columns_of(query: str) -> Selected | None:
    """What a query selects; None when it is no SELECT … FROM."""
    match = _SELECT.match(" ".join(query.split()))
    if match is None:
        return None
    source = match["source"].replace('"', "")
    if match["columns"] == "*":
        return Selected(source, None)
    return Selected(source, dict(_named(one.strip()) for one in _split(match["columns"])))


def _named(written: str) -> tuple[str, str]:
    alias = _ALIAS.match(written)
    column = (alias["column"] if alias else written).replace('"', "")
    plain = column.rpartition(".")[2] if re.fullmatch(r"[\w.]+", column) else column
    return (alias["name"] if alias else plain), plain


def _split(columns: str) -> list[str]:
    """At the commas that stand outside of parentheses."""
    parts, depth = [""], 0
    for letter in columns:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts
