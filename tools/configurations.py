"""Write the types of connections' configurations from the facts: `python -m tools.configurations`.

`configurations.py` has a TypedDict for each connection type, `resources/connection_overloads.py`
one signature of `Connection` for each.
"""

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import indent

from polytomic_provider.facts.connection_types import ConnectionType, Property, all_types
from polytomic_provider.resources.connection import Connection

_PACKAGE = Path(__file__).parents[1] / "polytomic_provider"
_OFTEN_USED = """
salesforce postgresql snowflake bigquery hubspot netsuite redshift mysql databricks mssql gsheets
s3 csv gcs mongodb azuresql googlecloudmysql googlecloudsql api webhook marketo intercom
zendesk_support airtable stripe shopify slack sftp
""".split()
"""Checkers try the signatures in their order, so these cost programs the least time."""

_SIMPLE = {"string": "str", "boolean": "bool", "integer": "int", "number": "float"}

_CONFIGURATIONS = '''
# ruff: noqa: UP007
"""What the `configuration` of each connection type takes, for editors and type checkers.

    from polytomic_provider import Connection
    from polytomic_provider.configurations import Postgresql

    def settings(database: str) -> Postgresql:
        return Postgresql(
            hostname="db.example.com",
            database=database,
            username="reader",
            password=pulumi.Config().require_secret("password"),
        )

    shop = Connection("shop", type="postgresql", configuration=settings("shop"))

A dict that is written where `Connection` is called is checked, too; a function that returns a
configuration needs the name of its type. Nothing here is imported when a program runs unless it
asks for it.

`python -m tools.configurations` writes this file from the packaged facts.
Source: `GET /api/connection_types/{{id}}`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Required, TypeAlias, TypedDict, Union

from pulumi import Input, Output


class Unchecked:
    """Lets a value pass that is newer than this list: a connection type, or a configuration.

        Connection(
            "crm", type=Unchecked("brand_new"), configuration=Unchecked({{"new_key": 1}})
        )

    It is the value itself when the program runs; the preview asks the live API about it.
    """

    def __new__(cls, value: Any) -> Any:
        return value

{classes}

TypeName: TypeAlias = Literal[{names}]
"""The connection types that this version knows."""

# Pyright reads no more than 256 operators of one expression.
Configuration: TypeAlias = Union[Unchecked, Output[Any], {union}]
"""The configuration of any connection type."""
'''

_OVERLOADS = '''
# pyright: reportOverlappingOverload=false, reportNoOverloadImplementation=false
# ruff: noqa: E501
"""The signatures of `Connection`, one for each connection type; nothing imports it at run time.

`python -m tools.configurations` writes this file from the packaged facts. mypy never reads it: of
one slip it would print all of these.
"""

from collections.abc import Awaitable, Mapping
from typing import Any, Literal, Unpack, overload

from pulumi import Output

from polytomic_provider import configurations as of
from polytomic_provider.resources.connection_signature import ConnectionOptions
from polytomic_provider.resources.object_resource import ObjectResource


class TypedConnection(ObjectResource):
    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: of.TypeName | Output[str] | Awaitable[str],
        configuration: of.Unchecked | Output[Any] | Awaitable[Any],
        **options: Unpack[ConnectionOptions],
    ) -> None:
        """{told}
        """

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Output[str] | Awaitable[str],
        configuration: Mapping[str, Any],
        **options: Unpack[ConnectionOptions],
    ) -> None: ...
{signatures}
    # Of a type that no signature has, Pyright speaks by the last one.
    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: of.Unchecked,
        configuration: Mapping[str, Any],
        **options: Unpack[ConnectionOptions],
    ) -> None: ...
'''

_SIGNATURE = """
    @overload
    def __init__(
        self, resource_name: str, *, type: Literal["{id}"], configuration: of.{name},
        **options: Unpack[ConnectionOptions],
    ) -> None: ...
"""


def files() -> Iterator[tuple[Path, str]]:
    """Yield both files with the text that they should have."""
    types = sorted(all_types().values(), key=_place)
    named = {class_name(one.id): one for one in types}
    if len(named) < len(types):
        raise ValueError("two connection types would have a class of the same name")
    classes = "\n".join(text for name, one in named.items() for text in _classes(name, one))
    listed = ", ".join(f'"{one.id}"' for one in types)
    text = _CONFIGURATIONS.format(classes=classes, names=listed, union=", ".join(named))
    yield _PACKAGE / "configurations.py", _formatted(text)
    signatures = "".join(_SIGNATURE.format(id=one.id, name=name) for name, one in named.items())
    text = _OVERLOADS.format(signatures=signatures, told=_of_constructor())
    yield _PACKAGE / "resources" / "connection_overloads.py", _formatted(text)


def class_name(text: str) -> str:
    """Return the name of the class for a connection type or a key, such as `ZohoCrm`."""
    parts = re.split(r"[^A-Za-z0-9]+", text)
    return "".join(part[:1].upper() + part[1:] for part in parts)


def settable(properties: Mapping[str, Property]) -> dict[str, Property]:
    """Return the keys that a program may set."""
    return {k: one for k, one in properties.items() if not (one.read_only or one.internal)}


def required(known: ConnectionType) -> set[str]:
    """Return the keys without which no preview passes; none where a person gives consent."""
    if known.use_oauth:
        return set()
    keys = settable(known.properties)
    return {key for key in known.required if key in keys and keys[key].default is None}


def _place(known: ConnectionType) -> tuple[int, str]:
    often = known.id in _OFTEN_USED
    return (_OFTEN_USED.index(known.id) if often else len(_OFTEN_USED), known.id)


def _classes(name: str, known: ConnectionType) -> list[str]:
    consent = " A person gives consent by OAuth." if known.use_oauth else ""
    text = f'`type="{known.id}"`: {known.name}.{consent}'
    return list(_class(name, text, known.properties, required(known)))


def _class(
    name: str, text: str, properties: Mapping[str, Property], needed: set[str]
) -> Iterator[str]:
    """Yield a TypedDict, after those that it needs."""
    lines: list[str] = []
    for key, one in settable(properties).items():
        nested = f"{name}{class_name(key)}"
        if one.children:
            yield from _class(nested, f"`{one.path}` of `{name}`.", one.children, set())
        hint = f"Input[{_hint(one, nested)}]"
        lines.append(f"    {key}: {f'Required[{hint}]' if key in needed else f'{hint} | None'}")
        said = _said(one)
        lines += [f'    """{said}"""'] if said else []
    yield f'class {name}(TypedDict, total=False):\n    """{text}"""\n\n' + "\n".join(lines) + "\n"


def _hint(one: Property, nested: str) -> str:
    if one.enum:
        values = ", ".join(repr(value) for value in one.enum)
        return f"Literal[{values}]"
    if one.json_type == "array":
        item = nested if one.children else _SIMPLE.get(one.item_type or "", "Any")
        return f"Sequence[Input[{item}]]"
    if one.json_type == "object":
        return nested if one.children else "Mapping[str, Any]"
    return _SIMPLE.get(one.json_type or "", "Any")


def _said(one: Property) -> str:
    """What an editor shows beside the type of a key."""
    told = ["Secret."] if one.sensitive else []
    if one.default not in (None, "", [], {}):
        told.append(f"Default: `{one.default!r}`.")
    return " ".join(told)


def _of_constructor() -> str:
    """What an editor shows of the constructor; without it, that is the text of a base class."""
    return indent(Connection.__doc__ or "", "    ").strip()


def _formatted(text: str) -> str:
    command = [sys.executable, "-m", "ruff", "format", "--stdin-filename", "generated.py", "-"]
    done = subprocess.run(command, input=text.lstrip(), capture_output=True, text=True, check=True)
    return done.stdout


if __name__ == "__main__":
    for path, written in files():
        path.write_text(written, encoding="utf-8")
