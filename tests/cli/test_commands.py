"""What holds for all commands of `polytomic`."""

import subprocess
import sys
from importlib.metadata import version

import pytest

from polytomic_provider.cli.commands import Commands
from tests.cli.command import polytomic


def test_it_tells_its_version() -> None:
    assert polytomic("--version").ok().output == f"polytomic {version('pulumi-polytomic')}\n"


@pytest.mark.parametrize("name", sorted(Commands.summaries))
def test_every_command_has_help_that_fits_a_terminal(name: str) -> None:
    help_ = polytomic(name, "--help").ok().output
    said = " ".join(help_.split("\n\n")[1].split())
    assert said.startswith(Commands.summaries[name])
    assert [line for line in help_.splitlines() if len(line) > 80] == []
    assert name in polytomic("--help").ok().output


@pytest.mark.parametrize("name", sorted(set(Commands.summaries) - {"emulator"}))
def test_every_command_prints_json_and_says_its_exit_codes(name: str) -> None:
    help_ = polytomic(name, "--help").ok().output
    assert "--json" in help_
    assert "Exit codes: 0 " in help_


def test_an_unknown_command_is_wrong_usage() -> None:
    refused = polytomic("no-such-command")
    assert refused.code == 2
    assert "No such command" in refused.errors


def test_a_command_imports_neither_pulumi_nor_the_other_commands() -> None:
    program = (
        "import sys; sys.argv = ['polytomic', '--version']\n"
        "from polytomic_provider.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([one for one in ('pulumi', 'httpx', 'pydantic', 'rich') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr
