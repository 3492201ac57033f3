"""The Pulumi project that a command is called in, and what its stack says of Polytomic."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

LONGEST_WAIT = 120


class PulumiFailed(Exception):
    """A call of `pulumi` did not work; the text says why."""


@dataclass(frozen=True)
class StackConfiguration:
    """What a stack's configuration says under `polytomic:`.

    values: by their full keys, secrets in clear. in_clear: keys that the file shows in clear.
    """

    values: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    in_clear: tuple[str, ...] = ()


def project_folder(start: Path | None = None) -> Path | None:
    """The nearest folder with a `Pulumi.yaml`, from `start` upwards, as Pulumi looks for it."""
    here = (start or Path.cwd()).resolve()
    folders = (here, *here.parents)
    return next((one for one in folders if (one / "Pulumi.yaml").is_file()), None)


def pulumi(*arguments: str, stack: str | None = None, folder: Path | None = None) -> str:
    """Run `pulumi` without questions, and return what it prints.

    Raises:
        PulumiFailed: It is not installed, or did not work.
    """
    executable = shutil.which("pulumi")
    if executable is None:
        raise PulumiFailed("`pulumi` is not on PATH: https://www.pulumi.com/docs/install/")
    chosen = ("--stack", stack) if stack else ()
    try:
        done = subprocess.run(  # noqa: S603
            [executable, *arguments, *chosen, "--non-interactive"],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=LONGEST_WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PulumiFailed(f"`pulumi {arguments[0]}` gave no answer in {LONGEST_WAIT} s") from None
    if done.returncode != 0:
        said = " ".join(done.stderr.split()) or f"it ended with {done.returncode}"
        raise PulumiFailed(f"`pulumi {arguments[0]}`: {said.removeprefix('error: ')}")
    return done.stdout


def stack_configuration(stack: str | None) -> StackConfiguration:
    """Read a stack's configuration; nothing where there is no project or no stack.

    stack: its name; None stands for the selected stack.

    Raises:
        PulumiFailed: There is a stack, but its configuration cannot be read.
    """
    if project_folder() is None:
        if stack is not None:
            raise PulumiFailed(f"stack {stack!r}: there is no Pulumi.yaml here or above")
        return StackConfiguration()
    if stack is None and shutil.which("pulumi") is None:
        return StackConfiguration()
    try:
        printed = pulumi("config", "--json", "--show-secrets", stack=stack)
    except PulumiFailed:
        if stack is None and selected_stack() is None:
            return StackConfiguration()
        raise
    entries = cast("dict[str, dict[str, Any]]", json.loads(printed or "{}"))
    ours = {k: one for k, one in entries.items() if k.startswith("polytomic:") and "value" in one}
    return StackConfiguration(
        {key: str(one["value"]) for key, one in ours.items()},
        tuple(key for key, one in ours.items() if not one.get("secret")),
    )


def selected_stack() -> str | None:
    """The name of the selected stack; None where none is.

    Raises:
        PulumiFailed: The backend cannot be asked.
    """
    stacks = cast("list[dict[str, Any]]", json.loads(pulumi("stack", "ls", "--json") or "[]"))
    return next((str(one["name"]) for one in stacks if one.get("current")), None)
