"""`polytomic report`: a preview as a comment on a pull request."""

import os
from dataclasses import asdict
from typing import TextIO

import click

from polytomic_provider.cli.screen import show_json

KEYS = ("POLYTOMIC_API_KEY", "POLYTOMIC_PARTNER_KEY", "POLYTOMIC_DEPLOYMENT_KEY")


@click.command()
@click.argument("preview", type=click.File(encoding="utf-8"), default="-")
@click.option("--title", default="Preview", show_default=True, help="Title of the report.")
@click.option("--key", help="What tells its comment from others; project/stack unless given.")
@click.option(
    "--comment",
    is_flag=True,
    help="Write it on this job's pull request of GitHub, or merge request of GitLab.",
)
@click.option(
    "--fail-on-changes", is_flag=True, help="End with 1 where anything would change or is wrong."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def report(
    preview: TextIO,
    title: str,
    key: str | None,
    comment: bool,
    fail_on_changes: bool,
    as_json: bool,
) -> None:
    """Write a preview as a comment on a pull request.

    PREVIEW is a file with what `pulumi preview --json` printed, or `-` for standard input. The
    report is Markdown of at most 60 lines: a summary, what changes, mapping and lineage of syncs,
    errors, warnings, and what happens to the data. Its first line is a marker, by which --comment
    finds the comment to update. Values of resources are never shown.

    --comment needs GITHUB_TOKEN in a workflow of GitHub, GITLAB_TOKEN in a job of GitLab.

    Exit codes: 0 written, 1 it is no preview, or the comment was refused (with
    --fail-on-changes: or there are changes or errors), 2 wrong usage.
    """
    from polytomic_provider.api import redact
    from polytomic_provider.cli.reporting.markdown import as_markdown, marker
    from polytomic_provider.cli.reporting.preview import NotAPreview, read_preview

    try:
        keys = [key for key in map(os.environ.get, KEYS) if key]
        found = read_preview(redact(preview.read(), keys))
    except (NotAPreview, UnicodeDecodeError) as error:
        raise click.ClickException(
            f"This is not the output of `pulumi preview --json`: {error}.\n"
            "To fix: pulumi preview --json > preview.json, then polytomic report preview.json"
        ) from None
    if as_json:
        show_json({"marker": marker(found, key), **asdict(found)})
    else:
        click.echo(as_markdown(found, title=title, key=key), nl=False)
    if comment:
        _comment(as_markdown(found, title=title, key=key))
    if fail_on_changes and (found.changes or found.of("error")):
        raise SystemExit(1)


def _comment(text: str) -> None:
    from polytomic_provider.cli.reporting.comments import CommentFailed, forge_of, write_comment

    try:
        updated = write_comment(forge_of(os.environ), text)
    except CommentFailed as failed:
        raise click.ClickException(f"The comment was not written: {failed}.") from None
    click.echo("Updated the comment." if updated else "Wrote a comment.", err=True)
