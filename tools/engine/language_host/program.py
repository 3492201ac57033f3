"""Runs a stack program: the command line, its environment, and what its exit code means."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.engine.language_host.interpreter import Interpreter
from tools.engine.language_host.processes import Processes

# pulumi-language-python-exec ends with it when it has shown the program's error already.
_ERROR_WAS_SHOWN = 32


@dataclass(frozen=True)
class RowResult:
    """How a program ended; at most one of the two is set."""

    error: str = ""
    bail: bool = False


def command_line(
    interpreter: Interpreter, exec_script: Path, engine_address: str, request: Any
) -> list[str]:
    """The command that runs the program of a RunRequest through `pulumi-language-python-exec`."""
    options = {
        "monitor": request.monitor_address,
        "engine": engine_address,
        "project": request.project,
        "root_directory": request.info.root_directory,
        "stack": request.stack,
        "pwd": request.pwd,
        "dry_run": "true" if request.dryRun else "false",
        "parallel": str(request.parallel),
        "organization": request.organization,
    }
    arguments = [part for key, value in options.items() if value for part in (f"--{key}", value)]
    entry_point = request.info.entry_point or request.program or "."
    return [
        str(interpreter.executable),
        "-u",
        str(exec_script),
        *arguments,
        entry_point,
        *request.args,
    ]


def environment(interpreter: Interpreter, request: Any) -> dict[str, str]:
    """The program's environment: ours, the virtual environment, and the stack's configuration."""
    return interpreter.environment(os.environ) | {
        "PYTHONUNBUFFERED": "1",
        "PULUMI_CONFIG": json.dumps(dict(request.config)),
        "PULUMI_CONFIG_SECRET_KEYS": json.dumps(list(request.configSecretKeys)),
    }


def run(
    processes: Processes,
    interpreter: Interpreter,
    exec_script: Path,
    engine_address: str,
    request: Any,
) -> RowResult:
    """Runs the program of a RunRequest to its end.

    Its output goes where the host's own goes: the engine shows both on the stack's row.
    """
    command = command_line(interpreter, exec_script, engine_address, request)
    with processes.start(
        command, directory=request.pwd or None, environment=environment(interpreter, request)
    ) as process:
        code = process.wait()
    return outcome(code, ended_on_request=processes.closed)


def outcome(code: int, *, ended_on_request: bool) -> RowResult:
    """What the engine is told about an exit code (negative: the signal that ended the program)."""
    if code == 0:
        return RowResult()
    if ended_on_request or code == _ERROR_WAS_SHOWN:
        return RowResult(bail=True)
    if code < 0:
        return RowResult(error=f"Program was ended by signal {-code}")
    return RowResult(error=f"Program exited with non-zero exit code: {code}")
