"""`polytomic status`: syncs, their last runs, and when they run next."""

import time
from typing import TYPE_CHECKING, Any

import click

from polytomic_provider.cli.screen import console, moment, print_table, printable, show_json, table
from polytomic_provider.cli.workspace import Choice, opened, workspace_options

if TYPE_CHECKING:
    from rich.table import Table

    from polytomic_provider.api import Polytomic
    from polytomic_provider.cli.runs import SyncState

FAILED = ("failed", "interrupted")
STYLES = {"completed": "green", **dict.fromkeys(FAILED, "bold red")}


@click.command()
@click.option("--watch", is_flag=True, help="Look again and again until Ctrl-C.")
@click.option(
    "--every",
    type=click.FloatRange(min=0.1),
    default=5,
    show_default=True,
    metavar="SECONDS",
    help="How often --watch looks.",
)
@workspace_options
def status(
    watch: bool, every: float, stack: str | None, no_stack: bool, account: str | None, as_json: bool
) -> None:
    """Show syncs, their last runs and errors, and when they run next.

    Model syncs and bulk syncs are shown.

    Exit codes: 0 shown, whatever the runs did, 1 Polytomic could not be asked, 2 wrong usage.
    """
    if watch and as_json:
        raise click.UsageError("--watch and --json do not go together.")
    with opened(Choice(stack, no_stack, account)) as polytomic:
        if as_json:
            show_json([_as_json(one) for one in _look(polytomic)])
        elif watch:
            _watch(polytomic, every)
        else:
            rows = _look(polytomic)
            if rows:
                print_table(_shown(polytomic, rows))
            else:
                click.echo("There is no sync in this workspace.")


def _watch(polytomic: "Polytomic", every: float) -> None:
    from rich.live import Live

    screen = console()
    try:
        with Live(console=screen, auto_refresh=False) as live:
            while True:
                live.update(_shown(polytomic, _look(polytomic)), refresh=True)
                time.sleep(every)
    except KeyboardInterrupt:
        return


def _look(polytomic: "Polytomic") -> "list[SyncState]":
    from polytomic_provider.cli.runs import SyncUnread, look_at_syncs

    rows: list[SyncState] = []
    for one in look_at_syncs(polytomic, seconds=polytomic.settings.operation_timeout):
        if isinstance(one, SyncUnread):
            raise one.error
        rows.append(one)
    return rows


def _shown(polytomic: "Polytomic", rows: "list[SyncState]") -> "Table":
    from rich.text import Text

    shown = table("sync", "now", "last run", "records", "next run")
    for one in rows:
        last = one.last
        now = one.current.status if one.current else ("on" if one.of.active else "off")
        word = (last.status or "?") if last else "never"
        ended = Text(word, STYLES.get(word, ""))
        reasons = last.reasons if last else []
        told = [moment(last.completed_at)] if last is not None else []
        told += reasons[:1] if word in FAILED else []
        for text in told:
            ended.append(f"\n{printable(polytomic.settings.redact(text))}", "")
        shown.add_row(
            printable(one.of.shown) + (" (bulk)" if one.of.kind == "bulk" else ""),
            now,
            ended,
            last.in_words() if last else "",
            moment(one.next_at),
        )
    return shown


def _as_json(one: "SyncState") -> dict[str, Any]:
    from polytomic_provider.cli.runs import as_json

    return {
        "kind": one.of.kind,
        "id": one.of.id,
        "name": one.of.name,
        "active": one.of.active,
        "current_run": as_json(one.current),
        "last_run": as_json(one.last),
        "next_run_at": one.next_at,
    }
