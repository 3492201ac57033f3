"""`polytomic logs`: what became of a run of a sync."""

import sys
from typing import Any

import click

from polytomic_provider.cli.screen import moment, printable, show_json
from polytomic_provider.cli.workspace import Choice, opened, workspace_options


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
    sync: str, run_id: str | None, records: int, stack: str | None, no_stack: bool, as_json: bool
) -> None:
    """Tell what became of a run: its errors, its log, and the records that failed.

    SYNC is its id or its exact name. --json also has the values of the records.

    Exit codes: 0 the run is fine or goes on, 1 it failed or records of it did, 2 wrong usage.
    """
    from polytomic_provider.cli import runs

    with opened(Choice(stack, no_stack)) as polytomic:
        found = runs.find_sync(polytomic, sync)
        executions = polytomic.executions_of(found.id)
        if run_id is None:
            latest = next(iter(executions.recent().data), None)
        else:
            latest = executions.get(run_id).data
        if latest is None or latest.id is None:
            if as_json:
                show_json({"sync": found.id, "name": found.name, "run": None})
            else:
                click.echo(f"{printable(found.name or found.id)} has not run yet.")
            return
        lines = executions.console(latest.id).data.entries or []
        counts = runs.counts_of(latest)
        kinds = {"errors": counts.get("error", 0), "warnings": counts.get("warnings", 0)}
        told: dict[str, list[dict[str, Any]]] = {
            kind: executions.records(latest.id, kind, records)
            for kind, count in kinds.items()
            if count and records
        }
        redact = polytomic.settings.redact
        if as_json:
            console = [
                {"at": one.timestamp, "level": one.level, "message": redact(one.message or "")}
                for one in lines
            ]
            show_json(
                {
                    "sync": found.id,
                    "name": found.name,
                    "run": runs.as_json(latest),
                    "console": console,
                    "records": told,
                }
            )
        else:
            when = moment(latest.completed_at or latest.started_at or latest.created_at)
            head = f"{found.name or found.id}, run {latest.id}: {latest.status} {when}"
            click.echo(printable(redact(f"{head}, {latest.in_words()}")))
            for text in latest.errors or ():
                click.echo(f"  {printable(redact(text or ''))}")
            for one in lines:
                line = f"{moment(one.timestamp)} {one.level or ''} {one.message or ''}"
                click.echo(f"  {printable(redact(line))}")
            for kind, of_kind in told.items():
                click.echo(f"Records with {kind}:")
                for record in of_kind:
                    click.echo(f"  {redact(runs.record_in_words(record))}")
                rest = kinds[kind] - len(of_kind)
                if rest > 0:
                    click.echo(f"  … and {rest} more (--records {kinds[kind]})")
    sys.exit(0 if not latest.ended or latest.went_well() else 1)
