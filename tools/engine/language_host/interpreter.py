"""Which Python runs a program: the `virtualenv` and `toolchain` options of Pulumi.yaml, or PATH."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TOOLCHAINS = ("auto", "pip", "poetry", "uv")


class InterpreterError(Exception):
    """The options of Pulumi.yaml name no usable Python; the text says what to do."""


@dataclass(frozen=True)
class Options:
    """What Pulumi.yaml says about Python, and where."""

    root: Path
    program: Path
    toolchain: str
    virtualenv: str


@dataclass(frozen=True)
class Interpreter:
    """A Python executable and the virtual environment it belongs to, if any."""

    executable: Path
    virtualenv: Path | None = None

    def environment(self, base: Mapping[str, str]) -> dict[str, str]:
        """`base` with the virtual environment activated, as its `activate` script would do."""
        result = dict(base)
        if self.virtualenv is not None:
            result.pop("PYTHONHOME", None)
            result["VIRTUAL_ENV"] = str(self.virtualenv)
            result["PATH"] = os.pathsep.join(
                filter(None, [str(self.executable.parent), base.get("PATH")])
            )
        return result


def read_options(root: str, program: str, options: Mapping[str, Any]) -> Options:
    """Reads the runtime options of a project.

    Args:
        root: folder of Pulumi.yaml, absolute.
        program: folder of the program, absolute.
        options: `runtime.options` of Pulumi.yaml as plain values.

    Raises:
        InterpreterError: an unknown toolchain.
    """
    toolchain = str(options.get("toolchain") or "auto").lower()
    if toolchain not in TOOLCHAINS:
        known = ", ".join(TOOLCHAINS)
        raise InterpreterError(
            f"The 'toolchain' option in Pulumi.yaml is {toolchain!r}; known are: {known}."
        )
    return Options(
        Path(root), Path(program or root), toolchain, str(options.get("virtualenv") or "")
    )


def effective_toolchain(options: Options) -> str:
    """The toolchain with `auto` resolved: by the nearest lock file above the program, else pip."""
    if options.toolchain != "auto":
        return options.toolchain
    for toolchain, lock in (("uv", "uv.lock"), ("poetry", "poetry.lock")):
        if _search_up(options.program, lock) is not None:
            return toolchain
    return "pip"


def virtualenv_path(options: Options) -> Path | None:
    """Where the options say that the virtual environment is; it may not exist yet.

    Raises:
        InterpreterError: poetry was asked and gave no answer.
    """
    toolchain = effective_toolchain(options)
    if toolchain == "poetry":
        return _poetry_environment(options.program)
    if options.virtualenv:
        return options.root / options.virtualenv
    if toolchain == "uv":
        return (_search_up(options.program, "uv.lock") or options.program) / ".venv"
    return None


def find_interpreter(options: Options, environment: Mapping[str, str]) -> Interpreter:
    """The Python that runs the program.

    Raises:
        InterpreterError: the virtual environment is not there, or no Python is on PATH.
    """
    virtualenv = virtualenv_path(options)
    if virtualenv is None:
        return _from_path(environment)
    executable = virtualenv / "bin" / "python"
    if not executable.is_file():
        state = "is no virtual environment" if virtualenv.is_dir() else "does not exist"
        raise InterpreterError(
            f"The 'virtualenv' option in Pulumi.yaml leads to {virtualenv}, which {state}."
            " Make it with `pulumi install`"
            " (in a checkout of pulumi-polytomic: `make setup`)."
        )
    return Interpreter(executable, virtualenv)


def _from_path(environment: Mapping[str, str]) -> Interpreter:
    asked = environment.get("PULUMI_PYTHON_CMD")
    names = [asked] if asked else ["python3", "python"]
    for name in names:
        found = shutil.which(name, path=environment.get("PATH"))
        if found:
            return Interpreter(Path(found).absolute())
    raise InterpreterError(
        f"No Python found: looked for {' and '.join(names)} on PATH."
        " Install Python, or name one in PULUMI_PYTHON_CMD."
    )


def _poetry_environment(program: Path) -> Path:
    try:
        answer = subprocess.run(
            ["poetry", "env", "info", "--path"],
            cwd=program,
            capture_output=True,
            text=True,
            check=True,
        )
    except FileNotFoundError:
        raise InterpreterError("Pulumi.yaml asks for poetry, which is not on PATH.") from None
    except subprocess.CalledProcessError as error:
        raise InterpreterError(
            f"`poetry env info --path` failed in {program}: {error.stderr.strip()}"
            " Run `pulumi install`."
        ) from None
    return Path(answer.stdout.strip())


def _search_up(start: Path, name: str) -> Path | None:
    for directory in (start, *start.parents):
        if (directory / name).exists():
            return directory
    return None
