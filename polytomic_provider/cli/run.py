"""`polytomic run`: start a sync or bulk sync and, with --wait, see how it goes."""

import sys
import time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import click

from polytomic_provider.cli.screen import console, printable, show_json
from polytomic_provider.cli.workspace import Choice, opened, workspace_options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from polytomic_provider.api.routes.executions import Executions
    from polytomic_provider.api.wire import Request
    from polytomic_provider.api.wire.execution import Execution
    from polytomic_provider.cli.runs import Runnable

SHOWN_RECORDS = 10


@click.command()
@click.argument("sync")
@click.option("--wait", is_flag=True, help="Wait until it has ended; show what failed.")
@click.option("--resync", is_flag=True, help="Send all records again, not only changes.")
@click.option(
    "--resync-mode",
    type=click.Choice(["refetch", "resync", "rebuild"]),
    help="Of a bulk sync: copy all rows again, into tables as they are, emptied or made anew.",
)
@click.option(
    "--schema", "schemas", multiple=True, metavar="ID", help="Of a bulk sync: copy only this one."
)
@click.option("--test", is_flag=True, help="Send a few records only.")
@workspace_options
def run(
    sync: str,
    wait: bool,
    resync: bool,
    resync_mode: str | None,
    schemas: tuple[str, ...],
    test: bool,
    stack: str | None,
    no_stack: bool,
    account: str | None,
    as_json: bool,
) -> None:
    """Start a sync or bulk sync, and with --wait tell how it ends.

    SYNC is its id or its exact name. --schema may be given several times. Ctrl-C ends the waiting,
    not the run.

    Exit codes: 0 started, or with --wait completed with no record failed; 1 anything else; 2 wrong
    usage.
    """
    from polytomic_provider.cli.runs import as_json as run_as_json
    from polytomic_provider.cli.runs import find_runnable, records_in_words

    if test and resync_mode:
        raise click.UsageError("--test and --resync-mode do not go together.")
    with opened(Choice(stack, no_stack, account)) as polytomic:
        found = find_runnable(polytomic, sync)
        of_bulk = {"resync_mode": resync_mode, "schemas": list(schemas)}
        asked = _request(found, {"test": test, "resync": resync, **of_bulk})
        current = found.status(polytomic).current_execution
        if current is not None and not current.ended:
            raise click.ClickException(
                f"{found.name!r} runs already: run {current.id}, {current.status}.\n"
                f"To fix: wait for its end. What it does: polytomic logs {found.id}"
            )
        executions = found.executions(polytomic)
        begun: Execution = executions.start(asked, idempotency_key=uuid4().hex).data
        shown = {"kind": found.kind, "sync": found.id}
        if not wait:
            if as_json:
                show_json({**shown, "run": run_as_json(begun)})
            else:
                click.echo(f"Started {found.name!r}: run {begun.id}.")
                click.echo(f"To see what became of it: polytomic logs {found.id}")
            return
        ended = _ended(found, executions, begun, shown=not as_json)
        failed = executions.records(ended.id or "", "errors", SHOWN_RECORDS) if ended.failed else []
        if as_json:
            show_json({**shown, "run": run_as_json(ended), "failed_records": failed})
        else:
            redact, url = polytomic.settings.redact, executions.log_url(ended.id or "")
            click.echo(printable(redact(f"{found.shown}: {ended.status}, {ended.in_words()}")))
            for reason in ended.reasons:
                click.echo(f"  {printable(redact(reason))}")
            more = f": polytomic logs {found.id} --records 1000"
            for line in records_in_words("errors", failed, ended.failed, more=more, log_url=url):
                click.echo(redact(line))
    sys.exit(0 if ended.went_well() else 1)


def _request(found: "Runnable", given: "Mapping[str, object]") -> "Request":
    """The body that starts a run. Raises UsageError for what a run of this kind does not take."""
    from polytomic_provider.api.routes.bulk_executions import BulkExecutionRequest
    from polytomic_provider.api.routes.sync_executions import ExecutionRequest

    kind = ExecutionRequest if found.kind == "sync" else BulkExecutionRequest
    asked = {name: value for name, value in given.items() if value}
    if "resync" in asked and found.kind == "bulk":
        raise click.UsageError(f"{found.shown!r} is a bulk sync: give --resync-mode.")
    others = [name for name in asked if name not in kind.model_fields]
    if others:
        option = {"resync_mode": "--resync-mode", "schemas": "--schema"}[others[0]]
        raise click.UsageError(f"{found.shown!r} is no bulk sync: leave {option} out.")
    return kind.model_validate(asked)


def _ended(
    found: "Runnable", executions: "Executions[Any]", begun: "Execution", *, shown: bool
) -> "Execution":
    """Wait for the end of a run, with its progress on a terminal."""
    from polytomic_provider.api.http.pauses import Pauses

    pauses = Pauses()
    screen = console()
    with screen.status(f"{found.shown}: {begun.status}") as status:
        if not (shown and screen.is_terminal):
            status.stop()
        try:
            while True:
                latest: Execution = executions.get(begun.id or "").data
                if latest.ended:
                    return latest
                status.update(f"{found.shown}: {latest.status}, {latest.in_words()}")
                time.sleep(pauses.within())
        except KeyboardInterrupt:
            raise click.ClickException(
                f"Run {begun.id} goes on. To see what became of it: polytomic logs {found.id}"
            ) from None
