"""The commands below `polytomic`."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, ClassVar

import click

EXIT_CODES = "Exit codes: 0 fine, 1 something is wrong or to be done, 2 wrong usage."


class Commands(click.Group):
    """Imports the module of a command when it is called: `polytomic --version` needs none."""

    summaries: ClassVar[Mapping[str, str]] = {
        "consent": "Show which connections wait for consent, with the addresses.",
        "doctor": "Check everything that a deployment needs, and say what to do.",
        "emulator": "Serve an emulator of Polytomic's API, for trying things out.",
        "graph": "Draw the lineage of a workspace: systems, models, fields, syncs, targets.",
        "init": "Write a project of your own: a pipeline that lands rows.",
        "logs": "Tell what became of a run: its errors, its log, and the records that failed.",
        "report": "Write a preview as a comment on a pull request.",
        "run": "Start a sync or bulk sync, and with --wait tell how it ends.",
        "status": "Show syncs, their last runs and errors, and when they run next.",
        "types": "Write the objects and fields of connections as constants, for editors.",
    }
    """Each command's first sentence. Its module has the command's name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted(self.summaries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None for a name that is not one."""
        if cmd_name not in self.summaries:
            return None
        found: Any = getattr(import_module(f"polytomic_provider.cli.{cmd_name}"), cmd_name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self.summaries[name]) for name in sorted(self.summaries)])


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=EXIT_CODES,
)
@click.version_option(package_name="pulumi-polytomic", message="%(prog)s %(version)s")
def polytomic() -> None:
    """Tools around Polytomic connections, models and syncs as Pulumi resources."""
