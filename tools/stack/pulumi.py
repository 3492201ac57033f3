"""Calls of the Pulumi CLI for one stack."""

import json
import os
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from tools.stack.consent import consent_addresses
from tools.stack.errors import StackError


@dataclass(frozen=True)
class Pulumi:
    """The CLI, working on one stack of the project in `root`."""

    executable: Path
    root: Path
    stack: str
    settings: Mapping[str, str]

    def show(self, *arguments: str) -> int:
        """Runs a command for the person at the terminal; gives its exit code."""
        command = [self.executable, *arguments, "--stack", self.stack]
        with subprocess.Popen(command, cwd=self.root, env=self._environment()) as process:
            while True:
                # Pulumi got the Ctrl-C as well, and ends in order: it must not be killed.
                with suppress(KeyboardInterrupt):
                    return process.wait()

    def up(self, *arguments: str) -> int:
        """Deploys like `show("up")`; prints each consent address that it waits for."""
        with consent_addresses() as events:
            return self.show("up", *arguments, "--event-log", str(events))

    def select(self) -> None:
        """Makes the stack if there is none yet, and selects it for plain `pulumi`.

        Raises:
            StackError: Pulumi refused; the text is its own.
        """
        self._ask("stack", "select", "--create", self.stack)

    def exists(self) -> bool:
        """Whether the backend knows the stack."""
        stacks = cast("list[dict[str, Any]]", json.loads(self._ask("stack", "ls", "--json")))
        return any(stack["name"].rsplit("/", 1)[-1] == self.stack for stack in stacks)

    def configuration(self) -> dict[str, str]:
        """The stack's configuration, secrets included; keys without the project's name."""
        answer = self._ask("config", "--json", "--show-secrets", "--stack", self.stack)
        entries = cast("dict[str, dict[str, Any]]", json.loads(answer or "{}"))
        project = f"{self._project()}:"
        return {
            key.removeprefix(project): str(entry["value"])
            for key, entry in entries.items()
            if "value" in entry
        }

    def configure(self, key: str, value: str, *, secret: bool = False) -> None:
        """Sets one value; it goes through standard input, so that no process list shows it."""
        kind = "--secret" if secret else "--plaintext"
        self._ask("config", "set", key, kind, "--stack", self.stack, text=value)

    def _project(self) -> str:
        for line in (self.root / "Pulumi.yaml").read_text().splitlines():
            if line.startswith("name:"):
                return line.removeprefix("name:").strip()
        raise StackError("Pulumi.yaml has no name.")

    def _ask(self, *arguments: str, text: str = "") -> str:
        answer = subprocess.run(
            [self.executable, *arguments, "--non-interactive"],
            cwd=self.root,
            env=self._environment(),
            input=text,
            capture_output=True,
            text=True,
        )
        if answer.returncode != 0:
            raise StackError(f"`pulumi {' '.join(arguments)}` failed:\n{answer.stderr.strip()}")
        return answer.stdout

    def _environment(self) -> dict[str, str]:
        # Without debug commands the CLI does not know `--event-log`.
        return {**os.environ, **self.settings, "PULUMI_DEBUG_COMMANDS": "true"}
