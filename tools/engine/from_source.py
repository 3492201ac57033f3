"""The engine built from Go modules, with a Python language host of our own beside it."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tools.engine.release import (
    CLI_PACKAGE,
    DYNAMIC_PROVIDER,
    EXEC_SCRIPT,
    LANGUAGE_HOST,
    SDK_MODULE,
    Version,
)
from tools.environment.checkout import Checkout
from tools.environment.errors import SetupError
from tools.environment.progress import Task, run

# Stands two levels below the checkout's root, as `.engine/bin` does.
LAUNCHER = """#!/bin/sh
# Starts the checkout's own Python language host.
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd) || exit 1
root=${here%/*/*}
exec "$root/.venv/bin/python" "$root/tools/language_host.py" \\
    --exec-script "$here/pulumi-language-python-exec" "$@"
"""

_NO_ENGINE = """\
There is no Pulumi engine here, and no way to get one:
  - no `pulumi` {minimum} or newer with its Python language host is on PATH,
  - Pulumi's installer could not be used (see .engine/log/installer.log),
  - `go` is not on PATH, so it cannot be built either.
Install Pulumi (https://www.pulumi.com/docs/install/) or Go {go} or newer (https://go.dev/dl/),
then run `make setup` again."""


def build_engine(
    checkout: Checkout, sources: Path, version: Version, minimum: Version, target: Path
) -> None:
    """Builds the CLI and puts it with its companions into the folder `target`.

    `sources` has the go.mod and go.sum. `target` is two levels below the checkout's root.

    Raises:
        SetupError: there is no Go, or the build fails.
    """
    go = find_go()
    if go is None:
        needed = go_directive(sources)
        raise SetupError(_NO_ENGINE.format(minimum=minimum, go=needed))
    environment = build_environment(os.environ)
    print(
        f"Building the Pulumi engine {version} from source, once per machine and version"
        " (5 to 8 minutes on two cores; seconds when Go has it cached)",
        flush=True,
    )
    run(
        Task(
            label="Building the Pulumi engine",
            command=[
                go,
                "build",
                "-v",
                "-mod=readonly",
                "-trimpath",
                "-buildvcs=false",
                "-ldflags",
                f"-s -w -X {SDK_MODULE}/go/common/version.Version=v{version}",
                "-o",
                target / "pulumi",
                CLI_PACKAGE,
            ],
            log=checkout.engine / "log" / "build.log",
            directory=sources,
            environment=environment,
            describe=_describe,
        )
    )
    sdk = _module_directory(go, sources, environment)
    _install_script(sdk / "python" / "cmd" / EXEC_SCRIPT, target / EXEC_SCRIPT)
    _install_script(sdk / "python" / "dist" / DYNAMIC_PROVIDER, target / DYNAMIC_PROVIDER)
    launcher = target / LANGUAGE_HOST
    launcher.write_text(LAUNCHER)
    launcher.chmod(0o755)


def find_go() -> str | None:
    """The `go` of this machine."""
    # Go's own installer puts it there; not every shell has that on PATH.
    usual = os.pathsep.join(["/usr/local/go/bin", "/opt/homebrew/bin"])
    return shutil.which("go") or shutil.which("go", path=usual)


def go_directive(sources: Path) -> str:
    """The Go version that the go.mod in `sources` asks for."""
    for line in (sources / "go.mod").read_text().splitlines():
        if line.startswith("go "):
            return line.removeprefix("go ")
    raise SetupError(f"{sources}/go.mod has no go line.")


def build_environment(base: Mapping[str, str]) -> dict[str, str]:
    """The environment in which Go builds the engine."""
    # No C compiler needed, and no go.work of a folder above.
    return {**base, "CGO_ENABLED": "0", "GOWORK": "off"}


def _describe(lines: list[str]) -> str:
    packages = sum(not line.startswith("go: ") for line in lines)
    return f"{packages} of about 1700 packages" if packages else "downloading sources"


def _module_directory(go: str, sources: Path, environment: Mapping[str, str]) -> Path:
    answer = subprocess.run(
        [go, "list", "-mod=readonly", "-m", "-f", "{{.Dir}}", SDK_MODULE],
        cwd=sources,
        env=dict(environment),
        capture_output=True,
        text=True,
    )
    directory = Path(answer.stdout.strip())
    if answer.returncode != 0 or not directory.is_dir():
        raise SetupError(f"Go does not know where {SDK_MODULE} is: {answer.stderr.strip()}")
    return directory


def _install_script(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    target.chmod(0o755)
