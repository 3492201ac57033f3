"""`polytomic consent`: which connections wait for a person, and where consent is given."""

import json
import sys
import time
import webbrowser
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, cast

import click

from polytomic_provider.cli.project import PulumiFailed, project_folder, pulumi
from polytomic_provider.cli.screen import printable, show_json
from polytomic_provider.cli.workspace import Choice, opened, workspace_options

if TYPE_CHECKING:
    from polytomic_provider.api import Polytomic

LIFETIME_SECONDS = 3600


@dataclass(frozen=True)
class _Open:
    """A connection that waits, and the address where consent is given, if it is known."""

    id: str
    name: str | None
    type: str | None
    address: str | None


@click.command()
@click.option("--open", "in_browser", is_flag=True, help="Open the addresses in a browser.")
@click.option("--watch", is_flag=True, help="Wait until every consent is given.")
@click.option(
    "--link",
    is_flag=True,
    help="Make a page of Polytomic Connect where no address is known; it works for an hour.",
)
@workspace_options
def consent(
    in_browser: bool,
    watch: bool,
    link: bool,
    stack: str | None,
    no_stack: bool,
    account: str | None,
    as_json: bool,
) -> None:
    """Show which connections wait for consent, with the addresses.

    Polytomic shows an address only to whoever made the connection, so it is looked up in the
    state of the stack. An address is as good as a key to its connection until consent is given.

    Exit codes: 0 none waits, 1 some do, 2 wrong usage.
    """
    with opened(Choice(stack, no_stack, account)) as polytomic:
        addresses = {} if no_stack else _addresses(stack)
        found = _open(polytomic, addresses)
        if link:
            found = [one if one.address else _linked(polytomic, one) for one in found]
        if as_json and not watch:
            show_json([asdict(one) for one in found])
        elif not as_json:
            for one in found:
                _show(one)
            if not found:
                click.echo("No connection waits for consent.")
        for one in found if in_browser else ():
            if one.address and one.address.startswith(("https://", "http://")):
                webbrowser.open(one.address)
        while watch and found:
            time.sleep(1)
            still = _open(polytomic, addresses)
            given = {one.id for one in found} - {one.id for one in still}
            for one in found:
                if one.id in given and not as_json:
                    click.echo(f"{_name(one)} has consent.")
            found = still
        if as_json and watch:
            show_json([])
    sys.exit(1 if found else 0)


def _open(polytomic: "Polytomic", addresses: dict[str, str]) -> list[_Open]:
    return [
        _Open(one.id, one.name, one.type, addresses.get(one.id))
        for one in polytomic.connections.list().data
        if one.saved is False and not one.healthy
    ]


def _addresses(stack: str | None) -> dict[str, str]:
    """Read the last address of each connection from the state of a stack."""
    if project_folder() is None:
        return {}
    try:
        exported = json.loads(pulumi("stack", "export", stack=stack))
    except (PulumiFailed, ValueError):
        return {}
    resources = cast("list[dict[str, Any]]", exported["deployment"].get("resources") or [])
    found: dict[str, str] = {}
    for one in resources:
        outputs = cast("dict[str, Any]", one.get("outputs") or {})
        address = outputs.get("auth_url")
        if isinstance(address, str) and address:
            found[str(one.get("id"))] = address
    return found


def _linked(polytomic: "Polytomic", one: _Open) -> _Open:
    from polytomic_provider.api.wire.connect_card import ConnectCardRequest

    request = ConnectCardRequest(
        name=one.name or one.id,
        redirect_url=polytomic.settings.url,
        connection=one.id,
        ttl=LIFETIME_SECONDS,
    )
    made = polytomic.connect_cards.create(request).data
    return _Open(one.id, one.name, one.type, made.redirect_url)


def _show(one: _Open) -> None:
    click.echo(f"{_name(one)} waits for consent:")
    if one.address:
        click.echo(f"  {printable(one.address)}")
    else:
        click.echo(
            "  its address is not in the state of this stack.\n"
            "  To fix: polytomic consent --link; or change `reconnect` of it and run `pulumi up`"
        )


def _name(one: _Open) -> str:
    return printable(f"{one.name or one.id} ({one.type or 'connection'})")
