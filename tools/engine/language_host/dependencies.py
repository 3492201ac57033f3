"""What a program's Python environment contains, and how it is installed."""

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.engine.language_host.interpreter import (
    Interpreter,
    Options,
    effective_toolchain,
    virtualenv_path,
)

# Runs in the program's interpreter, which may be older than ours and has no other package for sure.
_LIST_PACKAGES = """
import importlib.metadata as metadata, json, re
def normal(name): return re.sub(r"[-_.]+", "-", name).lower()
found, required = {}, set()
for package in metadata.distributions():
    name = version = None
    # Parsing the whole file, as `package.requires` does, would take 0.1 s.
    text = package.read_text("METADATA") or package.read_text("PKG-INFO") or ""
    for line in text.split("\\n\\n", 1)[0].splitlines():
        key, _, value = line.partition(": ")
        if key == "Name":
            name = normal(value)
        elif key == "Version":
            version = value
        elif key == "Requires-Dist" and "extra ==" not in value:
            required.add(normal(re.match(r"[A-Za-z0-9._-]+", value).group()))
    if name:
        found.setdefault(name, version)
print(json.dumps([[name, version, name in required] for name, version in sorted(found.items())]))
"""

_SITE_PACKAGES = "import sysconfig; print(sysconfig.get_path('purelib'))"


class DependencyError(Exception):
    """The Python environment could not be read or made; the text is what the tool said."""


@dataclass(frozen=True)
class Package:
    """An installed Python package; `required` when another installed one asks for it."""

    name: str
    version: str
    required: bool


@dataclass(frozen=True)
class PluginDependency:
    """A Pulumi plugin that an installed package brings along (`pulumi-plugin.json`)."""

    name: str
    version: str
    server: str


def list_packages(interpreter: Interpreter) -> list[Package]:
    """All packages of the environment, names normalised.

    Raises:
        DependencyError: the interpreter does not run.
    """
    return [Package(*entry) for entry in json.loads(_ask(interpreter, _LIST_PACKAGES))]


def python_version(interpreter: Interpreter) -> str:
    """The interpreter's version, as in `3.11.7`.

    Raises:
        DependencyError: the interpreter does not run.
    """
    return _ask(interpreter, "import platform; print(platform.python_version())").strip()


def required_plugins(interpreter: Interpreter) -> list[PluginDependency]:
    """The plugins that the installed packages need.

    Raises:
        DependencyError: the interpreter does not run.
    """
    found: list[PluginDependency] = []
    for site_packages in _site_packages(interpreter):
        for description in sorted(site_packages.glob("*/pulumi-plugin.json")):
            facts = json.loads(description.read_text())
            if facts.get("resource"):
                name = facts.get("name") or description.parent.name.removeprefix("pulumi_")
                found.append(
                    PluginDependency(name, facts.get("version", ""), facts.get("server", ""))
                )
    return found


def install_commands(options: Options, interpreter: Path | None) -> Iterator[list[str]]:
    """The commands that `pulumi install` runs, one after the other, in the program's folder."""
    toolchain = effective_toolchain(options)
    if toolchain == "uv":
        yield ["uv", "sync"]
        return
    if toolchain == "poetry":
        yield ["poetry", "install"]
        return
    virtualenv = virtualenv_path(options)
    python = str(interpreter or "python3")
    if virtualenv is not None:
        if not (virtualenv / "bin" / "python").exists():
            yield [python, "-m", "venv", str(virtualenv)]
        python = str(virtualenv / "bin" / "python")
    if (options.program / "requirements.txt").exists():
        yield [python, "-m", "pip", "install", "-r", "requirements.txt"]


def _site_packages(interpreter: Interpreter) -> list[Path]:
    if interpreter.virtualenv is not None:
        # Starting Python only to learn this path would add 50 ms to every preview.
        return sorted((interpreter.virtualenv / "lib").glob("python3*/site-packages"))
    return [Path(_ask(interpreter, _SITE_PACKAGES).strip())]


def _ask(interpreter: Interpreter, code: str) -> str:
    answer = subprocess.run(
        [interpreter.executable, "-c", code],
        env=interpreter.environment(os.environ),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if answer.returncode != 0:
        raise DependencyError(f"{interpreter.executable} failed: {answer.stderr.strip()}")
    return answer.stdout
