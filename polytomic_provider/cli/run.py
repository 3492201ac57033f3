"""`polytomic run`: start a sync and, with --wait, see how it goes."""

import sys
import time
from typing import TYPE_CHECKING
from uuid import uuid4

import click

from polytomic_provider.cli.screen import console, show_json
from polytomic_provider.cli.workspace import Choice, opened, workspace_options

if TYPE_CHECKING:
    from pydantic import JsonValue

    from polytomic_provider.api import Polytomic
    from polytomic_provider.api.wire.execution import Execution
    from polytomic_provider.api.wire.sync_list import SyncItem

SHOWN_RECORDS = 10


@click.command()
@click.argument("sync")
@click.option("--wait", is_flag=True, help="Wait until it has ended; show what failed.")
@click.option("--resync", is_flag=True, help="Send all records again, not only changes.")
@click.option("--test", is_flag=True, help="Send a few records only.")
@workspace_options
def run(
    sync: str,
    wait: bool,
    resync: bool,
    test: bool,
    stack: str | None,
    no_stack: bool,
    as_json: bool,
) -> None:
    """Start a sync, and with --wait tell how it ends.

    SYNC is its id or its exact name. Ctrl-C ends the waiting, not the run.

    Exit codes: 0 started, or with --wait completed with no record failed; 1 anything else; 2 wrong
    usage.
    """
    from polytomic_provider.api.routes.sync_executions import ExecutionRequest
    from polytomic_provider.cli.runs import as_json as run_as_json
    from polytomic_provider.cli.runs import find_sync

    with opened(Choice(stack, no_stack)) as polytomic:
        found = find_sync(polytomic, sync)
        current = polytomic.syncs.status(found.id).data.current_execution
        if current is not None and not current.ended:
            raise click.ClickException(
                f"{found.name!r} runs already: run {current.id}, {current.status}.\n"
                f"To fix: wait for its end. What it does: polytomic logs {found.id}"
            )
        executions = polytomic.executions_of(found.id)
        flags = {"resync": resync, "test": test}
        asked = ExecutionRequest.model_validate({k: flag for k, flag in flags.items() if flag})
        begun = executions.start(asked, idempotency_key=uuid4().hex).data
        if not wait:
            if as_json:
                show_json({"sync": found.id, "run": run_as_json(begun)})
            else:
                click.echo(f"Started {found.name!r}: run {begun.id}.")
                click.echo(f"To see what became of it: polytomic logs {found.id}")
            return
        ended = _ended(polytomic, found, begun, shown=not as_json)
        failed = (
            executions.records(ended.id or "", "errors", SHOWN_RECORDS)
            if ended.counts and ended.counts.error
            else []
        )
        if as_json:
            show_json({"sync": found.id, "run": run_as_json(ended), "failed_records": failed})
        else:
            _tell(polytomic, found, ended, failed)
    sys.exit(0 if ended.went_well() else 1)


def _ended(
    polytomic: "Polytomic", sync: "SyncItem", begun: "Execution", *, shown: bool
) -> "Execution":
    """Wait for the end of a run, with its progress on a terminal."""
    from polytomic_provider.api.http.pauses import Pauses

    pauses = Pauses()
    screen = console()
    name = sync.name or sync.id
    with screen.status(f"{name}: {begun.status}") as status:
        if not (shown and screen.is_terminal):
            status.stop()
        try:
            while True:
                latest = polytomic.executions_of(sync.id).get(begun.id or "").data
                if latest.ended:
                    return latest
                status.update(f"{name}: {latest.status}, {latest.in_words()}")
                time.sleep(pauses.within())
        except KeyboardInterrupt:
            raise click.ClickException(
                f"Run {begun.id} goes on. To see what became of it: polytomic logs {sync.id}"
            ) from None


def _tell(
    polytomic: "Polytomic",
    sync: "SyncItem",
    ended: "Execution",
    failed: "list[dict[str, JsonValue]]",
) -> None:
    from polytomic_provider.cli.runs import record_in_words
    from polytomic_provider.cli.screen import printable

    def shown(text: str | None) -> str:
        return printable(polytomic.settings.redact(text or ""))

    click.echo(shown(f"{sync.name or sync.id}: {ended.status}, {ended.in_words()}"))
    for one in ended.errors or ():
        click.echo(f"  {shown(one)}")
    if failed:
        click.echo("Records with errors:")
    for record in failed:
        click.echo(f"  {shown(record_in_words(record))}")
    errors = ended.counts.error if ended.counts and ended.counts.error else 0
    if errors > len(failed):
        click.echo(f"  … and {errors - len(failed)} more: polytomic logs {sync.id} --records 1000")
