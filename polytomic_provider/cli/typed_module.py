"""The Python module in which `polytomic types` writes objects and fields as constants."""

import keyword
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from polytomic_provider.cli.screen import moment, printable
from polytomic_provider.cli.typed_objects import Connected, Field, Object

OBJECT: Final = "OBJECT"
"""The constant of each class that is the object's own id."""

_MADE: Final = "Made by `polytomic types` on "
_MADE_LINE: Final = re.compile(rf"^{_MADE}.*$", re.MULTILINE)
_OF_CLASS: Final = frozenset({"Final", OBJECT})
_OF_MODULE: Final = frozenset({"Final"})

_HEAD: Final = '''\
# ruff: noqa
"""Objects of Polytomic and their fields, as constants.

{made}{when}. Run it again in place of editing:

    {command}

Workspace: {workspace}
{connections}
"""

from typing import Final
'''


def module(
    connections: Sequence[Connected], workspace: str, command: str, when: datetime, *, nested: bool
) -> str:
    """Return the text of the module.

    nested: put the objects into a class for each connection, which two may have of one name; else
    they are classes of the module. Only the line that tells `when` depends on anything but the
    other arguments.
    """
    told = "\n".join(
        f"Connection: {_inside(one.name)} ({_inside(one.type)}, {_inside(one.id)})"
        for one in connections
    )
    head = _HEAD.format(
        made=_MADE,
        when=moment(when),
        command=_inside(command),
        workspace=_inside(workspace),
        connections=told,
    )
    return head + "\n".join(_body(connections, nested=nested)) + "\n"


def is_made(text: str) -> bool:
    """Return whether a file is one that the command made, which it may write anew."""
    return _MADE_LINE.search(text) is not None


def says_the_same(text: str, other: str) -> bool:
    """Return whether two modules differ in nothing but when they were made."""
    return _MADE_LINE.sub("", text) == _MADE_LINE.sub("", other)


def names_of(connection: Connected) -> Mapping[str, str]:
    """Return the name of the class of each object, by its id."""
    return identifiers([one.id for one in connection.objects], _OF_MODULE)


def field_names(one: Object) -> Mapping[str, str]:
    """Return the name of the constant of each field, by its id."""
    return identifiers([field.id for field in one.fields], _OF_CLASS)


def connection_names(connections: Iterable[Connected]) -> Mapping[str, str]:
    """Return the name of the class of each connection, by its id; two may have one name."""
    ordered = list(connections)
    taken: set[str] = set(_OF_MODULE)
    return {one.id: _free(_spelled(one.name), taken) for one in ordered}


def identifiers(texts: Iterable[str], reserved: Collection[str]) -> Mapping[str, str]:
    """Return a name of its own for each text, which does not depend on their order.

    A text that is an identifier is its own name; of any other, what cannot stand in one becomes
    an underscore, and a number tells apart those that would be the same.
    """
    ordered = sorted(set(texts))
    names = {one: one for one in ordered if _is_name(one) and one not in reserved}
    taken = {*names, *reserved}
    for one in sorted(ordered, key=lambda text: (text.startswith("_"), text)):
        if one not in names:
            names[one] = _free(_spelled(one), taken)
    return names


def _free(name: str, taken: set[str]) -> str:
    found, number = name, 2
    while found in taken:
        found, number = f"{name}_{number}", number + 1
    taken.add(found)
    return found


def _is_name(text: str) -> bool:
    """Whether a text can be an attribute as it is; checkers call a leading underscore private."""
    normal = unicodedata.normalize("NFKC", text) == text
    return normal and text.isidentifier() and not text.startswith("_") and not _is_keyword(text)


def _is_keyword(text: str) -> bool:
    return keyword.iskeyword(text)


def _spelled(text: str) -> str:
    letters = unicodedata.normalize("NFKC", text)
    fitting = "".join(one if f"a{one}".isidentifier() else "_" for one in letters)
    name = re.sub(r"_+", "_", fitting).strip("_") or "unnamed"
    if not name.isidentifier():
        name = f"n{name}"
    return f"{name}_" if _is_keyword(name) else name


def _body(connections: Sequence[Connected], *, nested: bool) -> Iterator[str]:
    names = connection_names(connections)
    for one in connections:
        if not nested:
            yield from _classes(one, "")
            continue
        yield f'\n\nclass {names[one.id]}:\n    """The objects of {_inside(one.name)}."""'
        yield from _classes(one, "    ")


def _classes(connection: Connected, indent: str) -> Iterator[str]:
    names = names_of(connection)
    for one in connection.objects:
        yield "" if indent else "\n"
        yield f"{indent}class {names[one.id]}:"
        yield f'{indent}    """{_inside(one.label or one.id)}."""'
        yield ""
        yield f"{indent}    {OBJECT}: Final = {_literal(one.id)}"
        constants = field_names(one)
        for field in one.fields:
            yield f"{indent}    {constants[field.id]}: Final = {_literal(field.id)}"
            yield f'{indent}    """{_told(field)}."""'


def _told(field: Field) -> str:
    """What an editor shows beside a constant."""
    label = None if field.label == field.id else field.label
    return ", ".join(_inside(one) for one in (label, field.type or "a field") if one)


def _literal(text: str) -> str:
    """A text as Python, in double quotes where it has none itself."""
    shown = repr(text)
    if shown.startswith("'") and '"' not in shown and "\\'" not in shown:
        return f'"{shown[1:-1]}"'
    return shown


def _inside(text: str) -> str:
    """A foreign text as a part of a docstring."""
    return printable(text).replace("\\", "\\\\").replace('"', '\\"')
