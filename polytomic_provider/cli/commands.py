"""The commands below `polytomic`."""

import click

from polytomic_provider.cli.emulator import emulator


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def polytomic() -> None:
    """Tools around Polytomic connections, models and syncs as Pulumi resources."""


polytomic.add_command(emulator)
