"""`polytomic logs`: what became of a run of a sync."""

import sys
from typing import TYPE_CHECKING, Any

import click

from polytomic_provider.cli.screen import moment, printable, show_json
from polytomic_provider.cli.workspace import Choice, opened, workspace_options

if TYPE_CHECKING:
    from polytomic_provider.cli.runs import Runnable


@click.command()
@click.argument("sync")
@click.option("--run", "run_id", metavar="ID", help="Which run; the latest unless given.")
@click.option(
    "--records",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="How many records of each kind to show.",
)
@workspace_options
def logs(
    sync: str,
    run_id: str | None,
    records: int,
    stack: str | None,
    no_stack: bool,
    account: str | None,
    as_json: bool,
) -> None:
    """Tell what became of a run: its errors, its log, and the records that failed.

    SYNC is the id or the exact name of a sync or bulk sync. --json also has the values of the
    records.

    Exit codes: 0 the run is fine or goes on, 1 it failed or records of it did, 2 wrong usage.
    """
    from polytomic_provider.cli import runs

    with opened(Choice(stack, no_stack, account)) as polytomic:
        found = runs.find_runnable(polytomic, sync)
        executions = found.executions(polytomic)
        if run_id is None:
            latest = next(iter(executions.recent().data), None)
        else:
            latest = executions.get(run_id).data
        if latest is None or latest.id is None:
            if as_json:
                show_json({**_as_json(found), "run": None})
            else:
                click.echo(f"{printable(found.shown)} has not run yet.")
            return
        lines = executions.console(latest.id).data.entries or []
        counts = runs.counts_of(latest)
        kinds = {"errors": counts.get("error", 0), "warnings": counts.get("warnings", 0)}
        told: dict[str, list[dict[str, Any]]] = {
            kind: executions.records(latest.id, kind, records)
            for kind, count in kinds.items()
            if count and records and kind in executions.kinds
        }
        redact = polytomic.settings.redact
        if as_json:
            console = [
                {"at": one.timestamp, "level": one.level, "message": redact(one.message or "")}
                for one in lines
            ]
            show_json(
                {
                    **_as_json(found),
                    "run": runs.as_json(latest),
                    "console": console,
                    "records": told,
                }
            )
        else:
            when = moment(latest.completed_at or latest.started_at or latest.created_at)
            head = f"{found.shown}, run {latest.id}: {latest.status} {when}"
            click.echo(printable(redact(f"{head}, {latest.in_words()}")))
            for text in latest.reasons:
                click.echo(f"  {printable(redact(text))}")
            for one in lines:
                line = f"{moment(one.timestamp)} {one.level or ''} {one.message or ''}"
                click.echo(f"  {printable(redact(line))}")
            for kind, of_kind in told.items():
                count, url = kinds[kind], executions.log_url(latest.id)
                more = f" (--records {count})"
                for line in runs.records_in_words(kind, of_kind, count, more=more, log_url=url):
                    click.echo(redact(line))
    sys.exit(0 if not latest.ended or latest.went_well() else 1)


def _as_json(one: "Runnable") -> dict[str, Any]:
    return {"kind": one.kind, "sync": one.id, "name": one.name}
