"""Who is measured: this provider, a naive one, and Terraform or OpenTofu with the official one."""

import os
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from benchmarks import programs
from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment

FAST: Final[Mapping[str, str]] = {
    "PULUMI_EXPERIMENTAL": "true",
    "PULUMI_SKIP_CHECKPOINTS": "true",
}
OPERATIONS: Final = (
    "preview of all new",
    "up",
    "preview without a change",
    "the same with --refresh",
    "the same, refreshed from lists",
    "preview of all changed",
    "update of all",
    "destroy",
)
LISTS, CHANGED = OPERATIONS[4], OPERATIONS[5]
LONGEST_SECONDS = 3600


class Peer(ABC):
    """One stack of pipelines in a folder; its operations run in the order of `OPERATIONS`."""

    name: str
    lacks: frozenset[str] = frozenset((LISTS,))

    def __init__(
        self, folder: Path, emulator: RunningEmulator, pipelines: int, *, shared: bool, fast: bool
    ) -> None:
        self.folder, self.emulator = folder, emulator
        self.pipelines, self.shared, self.fast = pipelines, shared, fast
        self.lay_out()

    @abstractmethod
    def lay_out(self) -> None:
        """Write everything that the first operation needs."""

    def prepare(self, operation: str) -> None:
        """Do what an operation needs, outside of its time."""
        del operation

    @abstractmethod
    def run(self, operation: str) -> None:
        """Run an operation, which must succeed."""


class Ours(Peer):
    """This provider."""

    name = "ours"
    lacks = frozenset()
    text = programs.OURS

    def lay_out(self) -> None:
        environment = {
            "POLYTOMIC_DEPLOYMENT_URL": self.emulator.url,
            "POLYTOMIC_API_KEY": self.emulator.api_key,
            **(FAST if self.fast else {}),
        }
        self.stack = Deployment(self.folder / "stack", environment).create()
        naive = Path(__file__).with_name("naive.py").read_text(encoding="utf-8")
        (self.stack.folder / "project" / "naive.py").write_text(naive, encoding="utf-8")
        self._write(changed=False)

    def prepare(self, operation: str) -> None:
        if operation == CHANGED:
            self._write(changed=True)
        if operation == LISTS:
            self.stack.pulumi("config", "set", "polytomic:refreshMode", "lists").ok()
            for command in (("up", "--yes", "--skip-preview"), ("refresh", "--yes")):
                self.stack.pulumi(*command, timeout=LONGEST_SECONDS).ok()

    def run(self, operation: str) -> None:
        up, preview = ("up", "--yes", "--skip-preview"), ("preview",)
        refreshed = ("preview", "--refresh")
        destroy = ("destroy", "--yes", "--skip-preview")
        commands = (preview, up, preview, refreshed, refreshed, preview, up, destroy)
        command = dict(zip(OPERATIONS, commands, strict=True))[operation]
        wide = ("--parallel", "64") if self.fast else ()
        self.stack.pulumi(*command, *wide, timeout=LONGEST_SECONDS).ok()

    def _write(self, *, changed: bool) -> None:
        text = programs.python(self.text, self.pipelines, shared=self.shared, changed=changed)
        self.stack.program(text)


class Naive(Ours):
    """What Pulumi's SDK offers, one request for each call, nothing validated."""

    name = "naive"
    lacks = frozenset((LISTS,))
    text = programs.NAIVE


class Official(Peer):
    """The official provider, under the program that `TOFU` names; `TF_PROVIDER` is its binary."""

    name = "official"

    @staticmethod
    def is_there() -> bool:
        """Whether the environment names both."""
        return "TOFU" in os.environ and "TF_PROVIDER" in os.environ

    def lay_out(self) -> None:
        binary = Path(os.environ["TF_PROVIDER"]).resolve()
        (self.folder / "config").write_text(
            "provider_installation {\n"
            f'  dev_overrides {{ "polytomic/polytomic" = "{binary.parent}" }}\n  direct {{}}\n}}\n'
        )
        self._write(changed=False)

    def prepare(self, operation: str) -> None:
        if operation == CHANGED:
            self._write(changed=True)

    def run(self, operation: str) -> None:
        plan, apply = ("plan",), ("apply", "-auto-approve")
        unrefreshed = ("plan", "-refresh=false")
        destroy = ("destroy", "-auto-approve")
        commands = (plan, apply, unrefreshed, plan, plan, plan, apply, destroy)
        command = dict(zip(OPERATIONS, commands, strict=True))[operation]
        environment = {
            **os.environ,
            "TF_CLI_CONFIG_FILE": str(self.folder / "config"),
            "CHECKPOINT_DISABLE": "1",
            "POLYTOMIC_DEPLOYMENT_URL": self.emulator.url,
            "POLYTOMIC_API_KEY": self.emulator.api_key,
        }
        wide = ("-parallelism=64",) if self.fast else ()
        done = subprocess.run(  # noqa: S603
            (os.environ["TOFU"], *command, *wide, "-no-color"),
            cwd=self.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LONGEST_SECONDS,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout[-3000:]}")

    def _write(self, *, changed: bool) -> None:
        text = programs.terraform(self.pipelines, shared=self.shared, changed=changed)
        (self.folder / "main.tf").write_text(text)


def peers() -> list[type[Peer]]:
    """Those that can be measured on this machine; this provider comes first."""
    return [Ours, Naive, *([Official] if Official.is_there() else [])]
