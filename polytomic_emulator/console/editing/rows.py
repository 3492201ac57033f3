"""Repeated rows of a form: `mapping-0-target`, `mapping-1-target` and so on."""

from collections.abc import Iterator, Mapping, Sequence

from polytomic_emulator.console.routing import Form

Rows = Sequence[Mapping[str, str]]

_MOST = 5_000


def form_of(values: Mapping[str, str], tables: Mapping[str, Rows]) -> Form:
    """A form that is filled in with single values and with rows."""
    pairs = list(values.items())
    for table, rows in tables.items():
        for position, row in enumerate(rows):
            pairs += [(f"{table}-{position}-{key}", text) for key, text in row.items()]
    return Form(tuple(pairs))


def rows_of(form: Form, table: str) -> list[dict[str, str]]:
    """The rows of a table, those to be removed as well."""
    found: dict[int, dict[str, str]] = {}
    for name, _ in form.pairs:
        prefix, dash, key = name.rpartition("-")
        start, _, position = prefix.rpartition("-")
        if dash and start == table and position.isdecimal():
            found.setdefault(int(position), {})[key] = form.text(name)
    return [found.get(position, {}) for position in range(min(max(found, default=-1), _MOST) + 1)]


def kept(form: Form, table: str, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows that stay, with their positions: not to be removed, and something filled in."""
    for position, row in enumerate(rows_of(form, table)):
        if "remove" not in row and any(row.get(key, "") for key in needed):
            yield position, row


def position_before(row: Mapping[str, str], count: int) -> int | None:
    """Which stored thing a row was made from; None for a new row."""
    text = row.get("was", "")
    return int(text) if text.isdecimal() and int(text) < count else None


def with_new_row(form: Form, table: str) -> Form:
    """The form with one more, empty row in a table."""
    position = len(rows_of(form, table))
    return Form((*form.pairs, (f"{table}-{position}-was", "")))
