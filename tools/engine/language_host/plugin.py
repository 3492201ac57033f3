"""Runs plugins written in Python: providers from source and policy packs."""

import os
import tomllib
from pathlib import Path
from typing import Any

from tools.engine.language_host.interpreter import Interpreter


def command_line(interpreter: Interpreter, request: Any) -> list[str]:
    """The command that serves the plugin of a RunPluginRequest.

    A policy pack runs under `pulumi.policy`; a plugin with a `__main__.py` runs as it is; an
    installed package runs under `pulumi.run.plugin`, which knows how to serve its components.
    """
    program = Path(request.info.program_directory)
    start = [str(interpreter.executable), "-u"]
    if request.kind == "analyzer":
        return [*start, "-m", "pulumi.policy", *request.args, str(program)]
    entry_point = program / (request.info.entry_point or ".")
    package = _package_name(program)
    if package is not None and entry_point.is_dir() and not (entry_point / "__main__.py").exists():
        return [*start, "-m", "pulumi.run.plugin", package, *request.args]
    return [*start, str(entry_point), *request.args]


def environment(interpreter: Interpreter, request: Any) -> dict[str, str]:
    """The plugin's environment: what the engine asks for, on top of ours."""
    asked = dict(entry.split("=", 1) for entry in request.env if "=" in entry)
    return interpreter.environment(os.environ | asked)


def _package_name(program: Path) -> str | None:
    metadata = program / "pyproject.toml"
    if not metadata.is_file():
        return None
    return tomllib.loads(metadata.read_text()).get("project", {}).get("name")
