"""`polytomic emulator`: a local server that behaves like Polytomic's API."""

import json
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from polytomic_provider.emulator.server import EmulatorServer
    from polytomic_provider.emulator.state.store import StateOptions


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    show_default=True,
    help="Port; 0 takes a free one.",
)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder that keeps the state; without it the state ends with the server.",
)
@click.option("--seed", type=int, help="Make ids and keys repeatable.")
@click.option(
    "--ready-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="While serving, url, api_key, organization_id and pid stand there as JSON.",
)
@click.option(
    "--consent-after",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help="Authorize OAuth connections by itself after so long.",
)
@click.option("--api-key", help="API key of a fresh workspace.")
@click.option("--organization-id", help="Id of a fresh workspace.")
def emulator(
    host: str,
    port: int,
    data: Path | None,
    seed: int | None,
    ready_file: Path | None,
    consent_after: float | None,
    api_key: str | None,
    organization_id: str | None,
) -> None:
    """Serve an emulator of Polytomic's API, for trying things out. It is not Polytomic."""
    from polytomic_provider.emulator.state.store import StateOptions

    state = StateOptions(data, seed, api_key, organization_id)
    server = _listening(host, port, consent_after, state)

    def stop(signal_number: int, frame: FrameType | None) -> None:
        server.stop()

    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)
    _introduce(server, data)
    try:
        if ready_file is not None:
            _write_ready_file(ready_file, server)
        server.run()
    finally:
        if ready_file is not None:
            ready_file.unlink(missing_ok=True)


def _listening(
    host: str, port: int, consent_after: float | None, state: "StateOptions"
) -> "EmulatorServer":
    """The server, or what keeps it from listening in plain words."""
    try:
        from polytomic_provider.emulator.server import EmulatorServer, ServerOptions
    except ModuleNotFoundError as error:
        raise click.ClickException(
            f"The emulator needs the package {error.name}. Install what it needs with: "
            "pip install 'pulumi-polytomic[emulator]'"
        ) from None
    from polytomic_provider.emulator.state.database import DataFolderError

    options = ServerOptions(state, host, port, consent_after)
    try:
        return EmulatorServer(options, announce=_say)
    except DataFolderError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        reason = error.strerror or error
        raise click.ClickException(f"Cannot listen on {host} port {port}: {reason}") from None


def _say(line: str) -> None:
    click.echo(line)
    sys.stdout.flush()


def _introduce(server: "EmulatorServer", data: Path | None) -> None:
    workspace = server.state.workspaces.first()
    _say(f"Polytomic emulator listening on {server.url}")
    _say(
        "This is a local emulator for development and tests. It is not Polytomic and moves no"
        " real data.\n"
        f"  API key       {workspace.api_key}\n"
        f"  organization  {workspace.id}\n"
        f"  state         {data or 'in memory, gone when the emulator stops'}\n"
        f"Use it with:  export POLYTOMIC_DEPLOYMENT_URL={server.url}"
        f" POLYTOMIC_API_KEY={workspace.api_key}\n"
        "Stop it with Ctrl+C."
    )


def _write_ready_file(path: Path, server: "EmulatorServer") -> None:
    workspace = server.state.workspaces.first()
    ready = {
        "url": server.url,
        "api_key": workspace.api_key,
        "organization_id": workspace.id,
        "pid": os.getpid(),
    }
    # Whoever waits for the file must never read half of it.
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(json.dumps(ready), encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        raise click.ClickException(f"Cannot write {path}: {error.strerror or error}") from None
