"""`polytomic types`: the objects and fields of connections as constants of a Python module."""

import shlex
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from polytomic_provider.cli.screen import printable, show_json
from polytomic_provider.cli.workspace import Choice, opened, workspace_options

if TYPE_CHECKING:
    from polytomic_provider.api import Polytomic
    from polytomic_provider.cli.typed_objects import Connected


@click.command()
@click.option(
    "--connection",
    metavar="CONNECTION",
    multiple=True,
    help="Only this one, by id or exact name; all that are healthy unless given.",
)
@click.option(
    "--object",
    "object_",
    metavar="OBJECT",
    multiple=True,
    help="Only this one, by id or exact name, such as Contact or public.contacts.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write it here; standard output unless given.",
)
@click.option("--check", is_flag=True, help="Write nothing; end with 1 if FILE is out of date.")
@workspace_options
def types(
    connection: tuple[str, ...],
    object_: tuple[str, ...],
    output: Path | None,
    check: bool,
    stack: str | None,
    no_stack: bool,
    account: str | None,
    as_json: bool,
) -> None:
    """Write the objects and fields of connections as constants, for editors.

    In a program, `Contact.LastName` then completes, and a typo is an error of the type checker.
    Without exactly one --connection, the objects are in a class for each connection, as in
    `Salesforce.Contact.LastName`. FILE stays as it is where only the time would change. No value of
    a record, no configuration and no secret is in it.

    Exit codes: 0 written, 1 not written or out of date, 2 wrong usage.
    """
    if check and output is None:
        raise click.UsageError("--check needs --output.")
    from polytomic_provider.cli.typed_module import module

    with opened(Choice(stack, no_stack, account)) as polytomic:
        found = _read(polytomic, connection, object_)
        me = polytomic.workspace.me()
        workspace = f"{me.organization_name or 'without a name'} ({me.organization_id or '?'})"
    if not found:
        raise click.ClickException(
            "no connection of this workspace is healthy.\nTo fix: polytomic doctor"
        )
    command = _again(connection, object_, output)
    nested = len(set(connection)) != 1
    text = module(found, workspace, command, datetime.now(UTC), nested=nested)
    fresh = output is None or _is_fresh(output, text)
    if output is not None and not fresh and not check:
        _write(output, text)
    if as_json:
        show_json([_as_json(one) for one in found])
    elif output is None:
        click.echo(text, nl=False)
    else:
        _tell(output, found, fresh=fresh, written=not check)
    sys.exit(1 if check and not fresh else 0)


def _read(
    polytomic: "Polytomic", connections: tuple[str, ...], objects: tuple[str, ...]
) -> "list[Connected]":
    from polytomic_provider.cli.typed_objects import find_connections, read_objects

    found = find_connections(polytomic, connections)
    if not connections:
        for one in found:
            if not one.healthy:
                click.echo(
                    printable(f"Left out: {one.name!r} ({one.id}) is not healthy."), err=True
                )
        found = [one for one in found if one.healthy]
    return read_objects(polytomic, found, objects)


def _again(connections: tuple[str, ...], objects: tuple[str, ...], output: Path | None) -> str:
    """The command that makes the same module."""
    words = ["polytomic", "types"]
    for option, values in (("--connection", connections), ("--object", objects)):
        words += [word for value in values for word in (option, value)]
    words += ["--output", str(output)] if output is not None else []
    return shlex.join(words)


def _is_fresh(output: Path, text: str) -> bool:
    """Whether a file says what it should.

    Raises ClickException for a file that somebody has written.
    """
    from polytomic_provider.cli.typed_module import is_made, says_the_same

    try:
        there = output.read_text(encoding="utf-8") if output.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"Cannot read {output}: {error}") from None
    if there.strip() and not is_made(there):
        raise click.ClickException(
            f"{output} was not made by this command, so it stays as it is.\n"
            "To fix: name another file, or delete this one."
        )
    return says_the_same(there, text)


def _write(output: Path, text: str) -> None:
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"Cannot write to {output}: {error.strerror or error}") from None


def _tell(output: Path, found: "list[Connected]", *, fresh: bool, written: bool) -> None:
    objects = [one for connection in found for one in connection.objects]
    fields = sum(len(one.fields) for one in objects)
    counts = f"{len(objects)} objects with {fields} fields"
    if fresh:
        click.echo(f"{output} is up to date: {counts}.")
    elif written:
        click.echo(f"Wrote {output}: {counts}.")
    else:
        click.echo(f"{output} is out of date.\nTo fix: run the same command without --check")


def _as_json(connection: "Connected") -> dict[str, Any]:
    """The connection with the names of its constants."""
    from polytomic_provider.cli.typed_module import field_names, names_of

    classes = names_of(connection)
    told = asdict(connection)
    for shown, one in zip(told["objects"], connection.objects, strict=True):
        constants = field_names(one)
        shown["class"] = classes[one.id]
        for field in shown["fields"]:
            field["constant"] = constants[field["id"]]
    return told
