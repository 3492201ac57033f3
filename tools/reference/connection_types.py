"""The page of the connection types, with the keys of `configuration` of each."""

from collections.abc import Iterator

from polytomic_provider.facts.connection_types import ConnectionType, Property, all_types
from tools.configurations import class_name

_HEAD = """# Connection types

The types of `Connection` that Polytomic's official clients know, as of September 2026, and the keys
of `configuration` of each. Secret keys become secrets of Pulumi by themselves. What Polytomic
itself writes into a configuration is no key of yours and not listed. A type or key that is newer
than this list works, too: the live API is asked about it. Each type has a class in
`polytomic_provider.configurations`, for [editors and type checkers](../how-to/types.md).
"""
_MOST_VALUES = 6


def page() -> str:
    """Return the generated part of the page."""
    types = sorted(all_types().values(), key=lambda one: one.name.lower())
    return _HEAD + "".join(_section(one) for one in types)


def _section(known: ConnectionType) -> str:
    consent = " A person gives consent by OAuth." if known.use_oauth else ""
    names = f'`type="{known.id}"`, class `{class_name(known.id)}`.{consent}'
    lines = ["", f"## {_text(known.name)}", "", names, ""]
    rows = [row for name, one in known.properties.items() for row in _rows(name, one, known)]
    if rows:
        lines += ["| key | type | |", "|---|---|---|", *rows]
    else:
        lines.append("No keys.")
    return "\n".join(lines) + "\n"


def _rows(path: str, one: Property, known: ConnectionType) -> Iterator[str]:
    if one.read_only or one.internal:
        return
    told = ["required"] if path in known.required else []
    told += ["secret"] if one.sensitive else []
    if one.enum:
        values = [f"`{_text(value)}`" for value in one.enum[:_MOST_VALUES] if value != ""]
        told.append(", ".join([*values, *(["…"] if len(one.enum) > _MOST_VALUES else [])]))
    if one.default not in (None, "", [], {}):
        told.append(f"default `{_text(one.default)}`")
    kind = f"list of {one.item_type or 'any'}" if one.json_type == "array" else one.json_type
    yield f"| `{path}` | {kind or 'any'} | {'; '.join(told)} |"
    for name, child in one.children.items():
        yield from _rows(f"{path}.{name}", child, known)


def _text(value: object) -> str:
    shown = str(value).lower() if isinstance(value, bool) else str(value)
    return shown.replace("|", "\\|").replace("\n", " ")
