"""A Pulumi project of a test's own: real CLI, own file backend, own home, own program."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent
from typing import Any

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / ".engine" / "bin"
STACK = "dev"

PROJECT = """
name: proof
runtime:
  name: python
  options:
    virtualenv: {virtualenv}
"""


@dataclass(frozen=True)
class Run:
    """What one command did."""

    command: tuple[str, ...]
    code: int
    text: str

    def ok(self) -> "Run":
        """Fail the test unless the command succeeded."""
        assert self.code == 0, f"{' '.join(self.command)} failed:\n{self.text}"
        return self

    def failed(self) -> "Run":
        """Fail the test unless the command ended with exit code 1 or above, by itself."""
        assert self.code > 0, f"{' '.join(self.command)} should have failed:\n{self.text}"
        return self


@dataclass
class Deployment:
    """One stack of one program, run by the real `pulumi`."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict[str, str])
    virtualenv: Path = Path(sys.prefix)
    engine: Path = ENGINE
    runs: list[Run] = field(default_factory=list[Run])

    def create(self, project: str = PROJECT) -> "Deployment":
        """Lay out the project and its stack."""
        (self.folder / "backend").mkdir(parents=True)
        (self.folder / "home").mkdir()
        (self.folder / "project").mkdir()
        text = dedent(project).format(virtualenv=self.virtualenv)
        (self.folder / "project" / "Pulumi.yaml").write_text(text)
        self.program("")
        self.pulumi("stack", "init", STACK).ok()
        return self

    def program(self, text: str) -> None:
        """Write the program anew."""
        (self.folder / "project" / "__main__.py").write_text(dedent(text))

    def pulumi(
        self,
        *arguments: str,
        environment: Mapping[str, str] | None = None,
        timeout: float = 240,
    ) -> Run:
        """Run one command to its end, which must come within `timeout` seconds."""
        command = (str(self.engine / "pulumi"), *arguments, "--non-interactive")
        done = subprocess.run(
            command,
            cwd=self.folder / "project",
            env={**self.environ(), **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=timeout,
            check=False,
        )
        run = Run(("pulumi", *arguments), done.returncode, done.stdout)
        self.runs.append(run)
        return run

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Begin one command that is not going to end by itself; its output goes into a file."""
        command = (str(self.engine / "pulumi"), *arguments, "--non-interactive")
        with (self.folder / "home" / "started.txt").open("ab") as output:
            return subprocess.Popen(
                command,
                cwd=self.folder / "project",
                env=self.environ(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def python(self, script: str) -> Run:
        """Run a script in the project's folder, with the environment of the stack."""
        done = subprocess.run(
            (sys.executable, "-c", dedent(script)),
            cwd=self.folder / "project",
            env=self.environ(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=240,
            check=False,
        )
        run = Run(("python",), done.returncode, done.stdout)
        self.runs.append(run)
        return run

    def preview(self, *arguments: str, **options: Any) -> Run:
        """`pulumi preview --diff`."""
        return self.pulumi("preview", "--diff", *arguments, **options)

    def up(self, *arguments: str, **options: Any) -> Run:
        """`pulumi up --yes`, its own preview included."""
        return self.pulumi("up", "--yes", *arguments, **options)

    def deploy(self, program: str, **options: Any) -> Run:
        """Write a program and bring the stack to it, which must work."""
        self.program(program)
        return self.up("--skip-preview", **options).ok()

    def refresh(self, *arguments: str, **options: Any) -> Run:
        """`pulumi refresh --yes`, without a preview of its own."""
        return self.pulumi("refresh", "--yes", "--skip-preview", "--diff", *arguments, **options)

    def destroy(self, *arguments: str, **options: Any) -> Run:
        """`pulumi destroy --yes`, without a preview of its own."""
        return self.pulumi("destroy", "--yes", "--skip-preview", *arguments, **options)

    def outputs(self) -> dict[str, Any]:
        """The stack's outputs, secrets masked."""
        return json.loads(self.pulumi("stack", "output", "--json").ok().text)

    def state(self) -> dict[str, Any]:
        """The stack as the backend keeps it, secrets encrypted."""
        (found,) = (self.folder / "backend").rglob(f"stacks/*/{STACK}.json")
        return {"deployment": json.loads(found.read_text())["checkpoint"]["latest"]}

    def exported(self) -> dict[str, Any]:
        """The stack as `pulumi stack export` gives it."""
        return json.loads(self.pulumi("stack", "export").ok().text)

    def resource(self, name: str) -> dict[str, Any]:
        """One resource of the state, by its name in the program."""
        resources = self.state()["deployment"].get("resources", [])
        return next(r for r in resources if r["urn"].endswith(f"::{name}"))

    def resources(self) -> list[str]:
        """The names of this package's resources in the state."""
        resources = self.state()["deployment"].get("resources", [])
        return [r["urn"].rsplit("::", 1)[1] for r in resources if "dynamic/polytomic" in r["urn"]]

    def everything_written(self) -> str:
        """All that was printed and all that is on disk, for looking for secrets."""
        files = [
            path.read_text(errors="replace")
            for top in ("backend", "project", "home")
            for path in (self.folder / top).rglob("*")
            if path.is_file() and not _is_the_program(path) and path.stat().st_size < 5_000_000
        ]
        return "\n".join([*(run.text for run in self.runs), *files])

    def environ(self) -> dict[str, str]:
        kept = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith(("PULUMI_", "POLYTOMIC_")) and not key.lower().endswith("_proxy")
        }
        return {
            **kept,
            "PATH": os.pathsep.join((str(self.engine), str(self.virtualenv / "bin"), kept["PATH"])),
            "PULUMI_HOME": str(self.folder / "home"),
            "PULUMI_BACKEND_URL": f"file://{self.folder / 'backend'}",
            "PULUMI_CONFIG_PASSPHRASE": "a passphrase for tests",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            **self.environment,
        }


def _is_the_program(path: Path) -> bool:
    """Whether a file is the test's own program, which may say anything, or its bytecode."""
    return path.name == "__main__.py" or path.suffix == ".pyc"
