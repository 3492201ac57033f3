"""`polytomic graph`: where the data of a workspace comes from and where it goes."""

from dataclasses import asdict

import click

from polytomic_provider.cli.screen import show_json
from polytomic_provider.cli.workspace import Choice, opened, workspace_options


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["mermaid", "html"]),
    default="mermaid",
    show_default=True,
    help="A flowchart of Mermaid, or one page of HTML with a search.",
)
@click.option("--no-fields", is_flag=True, help="Leave the fields out of the flowchart.")
@click.option("--sync", metavar="SYNC", multiple=True, help="Only this one, by id or exact name.")
@workspace_options
def graph(
    form: str,
    no_fields: bool,
    sync: tuple[str, ...],
    stack: str | None,
    no_stack: bool,
    account: str | None,
    as_json: bool,
) -> None:
    """Draw the lineage of a workspace: systems, models, fields, syncs, targets.

    It goes to standard output: `polytomic graph --format html > lineage.html`. Constants are named
    as such; their values are not shown.

    Exit codes: 0 drawn, 1 Polytomic could not be asked, 2 wrong usage.
    """
    from polytomic_provider.cli.lineage.flows import read_flows
    from polytomic_provider.cli.lineage.mermaid import as_mermaid
    from polytomic_provider.cli.lineage.page import as_page
    from polytomic_provider.cli.runs import find_sync

    with opened(Choice(stack, no_stack, account)) as polytomic:
        wanted = {find_sync(polytomic, one).id for one in sync}
        flows = [one for one in read_flows(polytomic) if not wanted or one.id in wanted]
        name = polytomic.workspace.me().organization_name or "a workspace"
    if as_json:
        show_json([asdict(one) for one in flows])
    elif form == "html":
        click.echo(as_page(flows, title=f"Lineage of {name}"), nl=False)
    else:
        click.echo(as_mermaid(flows, fields=not no_fields), nl=False)
