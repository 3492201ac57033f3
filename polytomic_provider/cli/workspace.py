"""The workspace that a command asks: by the stack's configuration, then the environment."""

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from polytomic_provider.cli.project import PulumiFailed, StackConfiguration, stack_configuration

if TYPE_CHECKING:
    from polytomic_provider.api import Polytomic, Settings


@dataclass(frozen=True)
class Choice:
    """Which settings a command shall use: a stack's and the environment's, or these alone."""

    stack: str | None
    no_stack: bool
    account: str | None = None

    def settings(self) -> "Settings":
        """Find every setting.

        Raises:
            PulumiFailed: The stack's configuration cannot be read.
            SettingsError: The settings do not allow any request, or there is no such account.
        """
        from polytomic_provider.api import Workspace, resolve_settings

        configuration = StackConfiguration() if self.no_stack else stack_configuration(self.stack)
        return resolve_settings(configuration.values, os.environ).of(Workspace(self.account))


def workspace_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options `--stack`, `--no-stack`, `--account` and `--json`; see `Choice`."""
    account = click.option(
        "--account",
        metavar="NAME",
        help="Account of the configuration whose workspace is asked; see polytomic:accounts.",
    )
    return stack_options(account(command))


def stack_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options `--stack`, `--no-stack` and `--json`."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Print JSON."),
        click.option("--no-stack", is_flag=True, help="Use the settings of the environment alone."),
        click.option(
            "--stack",
            metavar="NAME",
            help="Stack whose configuration has the key; the selected one unless given.",
        ),
    ):
        command = option(command)
    return command


@contextmanager
def opened(choice: Choice) -> "Generator[Polytomic]":
    """Give the API of the workspace; every error becomes one of the command line (exit code 1)."""
    from polytomic_provider.api import Polytomic, PolytomicError

    try:
        polytomic = Polytomic(choice.settings())
        try:
            polytomic.workspace.organization_id()
            yield polytomic
        finally:
            polytomic.close()
    except PulumiFailed as failed:
        raise click.ClickException(
            f"{failed}\nTo fix: see to it that `pulumi config` works here, or use the key of the "
            "environment with --no-stack."
        ) from None
    except PolytomicError as error:
        raise click.ClickException(str(error)) from None
