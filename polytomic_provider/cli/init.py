"""`polytomic init`: a project of one's own, which runs as it is."""

import json
import os
import re
import shutil
import sys
from pathlib import Path
from shlex import quote

import click

from polytomic_provider.cli import starter
from polytomic_provider.cli.starter import TRIAL

NAME = re.compile(r"[A-Za-z0-9_.-]{1,100}")


@click.command()
@click.argument(
    "folder", type=click.Path(file_okay=False, path_type=Path), default=Path(), required=False
)
@click.option("--name", help="Name of the project; the folder's unless given.")
@click.option("--stack", default="dev", show_default=True, help="Name of its stack.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def init(folder: Path, name: str | None, stack: str, as_json: bool) -> None:
    """Write a project of your own: a pipeline that lands rows.

    The project stands in FOLDER, or here. It copies contacts of a PostgreSQL database to
    Salesforce, and runs on the emulator as it is. Nothing that is there already is overwritten,
    and no file holds a key.

    Exit codes: 0 written, 1 nothing was written, 2 wrong usage.
    """
    name = name or _name_of(folder)
    if stack == TRIAL:
        raise click.BadParameter(f"{stack!r} is the stack for the emulator", param_hint="--stack")
    for option, value in (("--name", name), ("--stack", stack)):
        if not NAME.fullmatch(value):
            raise click.BadParameter(
                f"{value!r} is not up to 100 of the characters A-Z a-z 0-9 . _ -",
                param_hint=option,
            )
    files = starter.files(name, stack, virtualenv=(folder / ".venv").is_dir())
    _write(folder, files)
    trial, real = _on_an_emulator(folder), _on_polytomic(stack)
    if as_json:
        written = {"folder": str(folder), "files": sorted(files), "project": name, "stack": stack}
        click.echo(json.dumps({**written, "try": trial, "deploy": real}, indent=2))
        return
    click.echo(f"Wrote {', '.join(files)} to {folder.resolve()}.")
    if shutil.which("pulumi") is None:
        click.echo("`pulumi` is not on PATH yet: https://www.pulumi.com/docs/install/")
    click.echo("\nTry it without an account, on a local emulator:\n")
    click.echo("\n".join(f"  {line}" for line in trial))
    click.echo(f"\nThen with Polytomic: correct the values in Pulumi.{stack}.yaml, and\n")
    click.echo("\n".join(f"  {line}" for line in real))


def _name_of(folder: Path) -> str:
    """A name for a project, as close to the folder's as Pulumi allows."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", folder.resolve().name).strip("-") or "pipeline"


def _write(folder: Path, files: dict[str, str]) -> None:
    there = [name for name in files if os.path.lexists(folder / name)]
    if there:
        raise click.ClickException(
            f"{folder.resolve()} has {' and '.join(there)} already. Nothing was written.\n"
            "To fix: name another folder, as in `polytomic init my-pipeline`."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(
            f"Cannot write to {folder.resolve()}: {error.strerror or error}"
        ) from None


def _on_an_emulator(folder: Path) -> list[str]:
    """The commands that deploy the project to an emulator and move its rows."""
    here = folder.resolve() == Path.cwd()
    environment = Path(sys.prefix)
    active = Path(os.environ.get("VIRTUAL_ENV", "")).resolve() == environment.resolve()
    return [
        *([] if here else [f"cd {quote(str(folder))}"]),
        *([] if active or sys.prefix == sys.base_prefix else [f". {environment}/bin/activate"]),
        "polytomic emulator --port 8080 --api-key on-trial --consent-after 3 &",
        "export POLYTOMIC_DEPLOYMENT_URL=http://127.0.0.1:8080 POLYTOMIC_API_KEY=on-trial",
        'export PULUMI_BACKEND_URL="file://$PWD" PULUMI_CONFIG_PASSPHRASE=on-trial',
        f"pulumi stack init {TRIAL}",
        "pulumi config set --secret databasePassword made-up",
        "pulumi up --yes",
        f'polytomic run "{starter.SYNC.format(stack=TRIAL)}" --wait',
    ]


def _on_polytomic(stack: str) -> list[str]:
    """The commands that deploy the project to a workspace of Polytomic."""
    return [
        "unset POLYTOMIC_DEPLOYMENT_URL POLYTOMIC_API_KEY",
        "unset PULUMI_BACKEND_URL PULUMI_CONFIG_PASSPHRASE",
        "pulumi login",
        f"pulumi stack init {stack}",
        "pulumi config set --secret polytomic:apiKey",
        "pulumi config set --secret databasePassword",
        "pulumi up",
    ]
