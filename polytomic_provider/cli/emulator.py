"""`polytomic emulator`: a local server that behaves like Polytomic's API."""

import errno
import json
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from polytomic_emulator.server import EmulatorServer
    from polytomic_emulator.state.store import StateOptions


CONTROL_VARIABLE = "POLYTOMIC_EMULATOR_TOKEN"
"""Environment variable: the token of the control API, where a script has to know it beforehand."""


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
@click.option("--seed", type=int, help="Make ids and keys repeatable; choose which requests fail.")
@click.option(
    "--ready-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="While serving, url, api_key, organization_id, control_token and pid stand there as JSON.",
)
@click.option(
    "--consent-after",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help="Authorize OAuth connections by itself after so long.",
)
@click.option(
    "--faults",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="What goes wrong, as JSON or TOML; see above.",
)
@click.option(
    "--latency",
    type=click.IntRange(min=0),
    metavar="MILLISECONDS",
    help="Let every request wait so long.",
)
@click.option(
    "--requests-per-minute",
    type=click.IntRange(min=1),
    metavar="N",
    help="Answer 429 to what a key asks beyond that.",
)
@click.option(
    "--failure-rate",
    type=click.FloatRange(0, 1),
    metavar="SHARE",
    help="Let so many of all requests fail, such as 0.05: with 500 or 503, dropped before or"
    " after the change is applied, cut short. --seed chooses which.",
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
    faults: Path | None,
    latency: int | None,
    requests_per_minute: int | None,
    failure_rate: float | None,
    api_key: str | None,
    organization_id: str | None,
) -> None:
    """Serve an emulator of Polytomic's API, for trying things out. It is not Polytomic.

    \b
    A file of --faults has some of these keys, each as in the control API:
      faults             [{"kind": "status", "status": 503, "method": "PUT",
                           "route": "/api/models/{id}", "times": 2}, ...]
                         kinds: status html drop hang truncate slow_body delay;
                         also: path when after_matches probability body headers
                         retry_after retry_after_as milliseconds record
      failure_rate       0.05
      latency            50, or {"milliseconds": 50, "up_to_milliseconds": 200,
                         "route": "/api/me"}, or a list of such
      rate_limit         {"requests_per_minute": 60}, or {"requests": 5,
                         "seconds": 1, "retry_after_as": "date"}, or a list
      connection_faults  [{"type": "salesforce", "after_reads": 3,
                           "action": "revoke"}, ...]; else action is "break"
      behaviour          {"schema_seconds": 5, ...}; GET /emulator/behaviour
                         lists the switches
    """
    from polytomic_emulator.state.store import StateOptions

    flags = {
        "latency": latency,
        "rate_limit": requests_per_minute and {"requests_per_minute": requests_per_minute},
        "failure_rate": failure_rate,
    }
    given = {key: value for key, value in flags.items() if value is not None}
    state = StateOptions(data, seed, api_key, organization_id)
    wanted = _Wanted(host, port, consent_after, state, faults, given)
    server = _listening(wanted)

    def stop(signal_number: int, frame: FrameType | None) -> None:
        server.stop()

    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)
    _introduce(server, wanted)
    try:
        if ready_file is not None:
            _write_ready_file(ready_file, server)
        server.run()
    finally:
        if ready_file is not None:
            ready_file.unlink(missing_ok=True)


@dataclass(frozen=True)
class _Wanted:
    """What the command line asks for; flags: what goes wrong, beside the file `faults`."""

    host: str
    port: int
    consent_after: float | None
    state: "StateOptions"
    faults: Path | None
    flags: Mapping[str, Any]


def _listening(wanted: _Wanted) -> "EmulatorServer":
    """The server, or what keeps it from listening in plain words."""
    try:
        from polytomic_emulator.server import EmulatorServer, ServerOptions
    except ModuleNotFoundError as error:
        raise click.ClickException(
            f"The emulator needs the package {error.name}. Install what it needs with: "
            "pip install 'pulumi-polytomic[emulator]'"
        ) from None
    from polytomic_emulator.faults.plan import PlanError, load_plan, read_plan
    from polytomic_emulator.state.database import DataFolderError

    host, port, faults = wanted.host, wanted.port, wanted.faults
    try:
        plan = load_plan(faults, wanted.flags) if faults else read_plan(wanted.flags)
        token = os.environ.get(CONTROL_VARIABLE, "").strip() or None
        options = ServerOptions(wanted.state, host, port, wanted.consent_after, plan, token)
        return EmulatorServer(options, announce=_say)
    except (DataFolderError, PlanError) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(_cannot_listen(host, port, error)) from None


def _cannot_listen(host: str, port: int, error: OSError) -> str:
    reason = f"Cannot listen on {host} port {port}: {error.strerror or error}."
    if error.errno == errno.EADDRINUSE:
        return f"{reason} Stop what listens there, or leave --port out for a free one."
    if error.errno == errno.EACCES:
        return f"{reason} Take a port above 1023, or leave --port out for a free one."
    return f"{reason} --host is an address of this machine, such as 127.0.0.1."


def _say(line: str) -> None:
    click.echo(line)
    sys.stdout.flush()


def _introduce(server: "EmulatorServer", wanted: _Wanted) -> None:
    wrong = [str(wanted.faults)] if wanted.faults else []
    wrong += [f"{key} {json.dumps(value)}" for key, value in wanted.flags.items()]
    workspace = server.state.workspaces.first()
    _say(f"Polytomic emulator listening on {server.url}")
    _say(
        "This is a local emulator for development and tests. It is not Polytomic and moves no"
        " real data.\n"
        f"  API key       {workspace.api_key}\n"
        f"  organization  {workspace.id}\n"
        f"  control       {_control(server)}\n"
        f"  state         {wanted.state.data or 'in memory, gone when the emulator stops'}\n"
        + (f"  goes wrong    {', '.join(wrong)}\n" if wrong else "")
        + f"Use it with:  export POLYTOMIC_DEPLOYMENT_URL={server.url}"
        f" POLYTOMIC_API_KEY={workspace.api_key}\n"
        "Stop it with Ctrl+C."
    )
    if not server.loopback:
        click.echo(
            f"WARNING: {wanted.host} can be reached from other machines, over plain HTTP. Whoever"
            " has the API key reads and changes what is kept here. --host 127.0.0.1 keeps it on"
            " this machine.",
            err=True,
        )


def _control(server: "EmulatorServer") -> str:
    """How the control API is asked; a token that was given is known already."""
    given = os.environ.get(CONTROL_VARIABLE, "").strip()
    token = f"the token of {CONTROL_VARIABLE}" if given else server.control_token
    return f"{token} (header X-Emulator-Token)"


def _write_ready_file(path: Path, server: "EmulatorServer") -> None:
    workspace = server.state.workspaces.first()
    ready = {
        "url": server.url,
        "api_key": workspace.api_key,
        "organization_id": workspace.id,
        "control_token": server.control_token,
        "pid": os.getpid(),
    }
    # Whoever waits for the file must never read half of it.
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(number, "w", encoding="utf-8") as file:
            json.dump(ready, file)
        unfinished.replace(path)
    except OSError as error:
        raise click.ClickException(f"Cannot write {path}: {error.strerror or error}") from None
