"""`polytomic doctor`: what is fine, and what to do about the rest."""

import os
import sys
from collections.abc import Iterator

import click

from polytomic_provider.cli.checks.environment import check_project, check_settings, check_versions
from polytomic_provider.cli.checks.finding import Finding, State, fix
from polytomic_provider.cli.screen import print_table, show_json, table
from polytomic_provider.cli.workspace import stack_options

STYLES = {State.OK: "green", State.NOTE: "yellow", State.FIX: "bold red"}


@click.command()
@stack_options
def doctor(stack: str | None, no_stack: bool, as_json: bool) -> None:
    """Check everything that a deployment needs, and say what to do.

    It looks at versions, the project, where each setting came from, the key's workspace, the
    clock, the health of connections, their schema caches, and the last runs of active syncs; all of
    that for each account. It changes nothing, and never prints a key.

    Exit codes: 0 all is fine, 1 there is something to do, 2 wrong usage.
    """
    findings = list(_findings(stack, no_stack=no_stack))
    to_do = [one for one in findings if one.state is State.FIX]
    if as_json:
        show_json({"fine": not to_do, "findings": [one.as_json() for one in findings]})
    else:
        _show(findings)
        click.echo(f"{len(to_do)} to fix." if to_do else "All is fine.")
    sys.exit(1 if to_do else 0)


def _findings(stack: str | None, *, no_stack: bool) -> Iterator[Finding]:
    yield from check_versions()
    configuration = yield from check_project(stack, no_stack=no_stack)
    if configuration is None:
        return
    from polytomic_provider.api import Polytomic, SettingsError, resolve_settings
    from polytomic_provider.cli.checks.workspace import check_workspace

    try:
        settings = resolve_settings(configuration.values, os.environ)
    except SettingsError as error:
        yield fix("Settings", error.message, error.hint)
        return
    others = [one for one in settings.accounts if one.account != settings.account]
    for of in (settings, *others):
        yield from check_settings(of)
        polytomic = Polytomic(of)
        try:
            yield from check_workspace(polytomic)
        finally:
            polytomic.close()


def _show(findings: list[Finding]) -> None:
    from rich.text import Text

    rows = table("", "", "")
    rows.columns[0].no_wrap = rows.columns[1].no_wrap = True
    for one in findings:
        said = Text(one.found)
        if one.to_fix:
            said.append(f"\nTo fix: {one.to_fix}", style="dim" if one.state is State.NOTE else "")
        rows.add_row(Text(one.state.value, STYLES[one.state]), one.check, said)
    print_table(rows)
