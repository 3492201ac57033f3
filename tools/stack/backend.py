"""Where the stack's state is kept: a folder of the checkout, unless the user has a backend."""

import os
import secrets
import shlex
from collections.abc import Mapping
from pathlib import Path

from tools.environment.checkout import Checkout

_BACKEND = "PULUMI_BACKEND_URL"
_PASSPHRASE = "PULUMI_CONFIG_PASSPHRASE"  # noqa: S105 - the name of a variable
_PASSPHRASE_FILE = "PULUMI_CONFIG_PASSPHRASE_FILE"  # noqa: S105 - the name of a variable


def backend_settings(checkout: Checkout, environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that give Pulumi a backend of the checkout's own; none if the user set one.

    Makes the folder and the passphrase file when they are missing. Nobody is logged in or out.
    """
    if environment.get(_BACKEND):
        return {}
    state = checkout.local_state / "state"
    state.mkdir(parents=True, exist_ok=True)
    settings = {_BACKEND: f"file://{state}"}
    # An empty passphrase is one as well.
    if environment.get(_PASSPHRASE) is None and not environment.get(_PASSPHRASE_FILE):
        settings[_PASSPHRASE_FILE] = str(_passphrase_file(checkout))
    return settings


def write_settings(checkout: Checkout, settings: Mapping[str, str]) -> Path:
    """Writes a file for a shell to read, after which plain `pulumi` sees the same stacks."""
    file = checkout.local_state / "environment"
    path = f"{checkout.engine_bin}{os.pathsep}{checkout.python.parent}"
    lines = [f"export {name}={shlex.quote(value)}" for name, value in settings.items()]
    file.write_text("\n".join([*lines, f'export PATH={shlex.quote(path)}:"$PATH"', ""]))
    return file


def _passphrase_file(checkout: Checkout) -> Path:
    file = checkout.local_state / "passphrase"
    if not file.exists():
        _set_aside_configuration(checkout)
        partial = file.with_name("passphrase.partial")
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
        partial.write_text(secrets.token_urlsafe(32) + "\n")
        partial.replace(file)
    return file


def _set_aside_configuration(checkout: Checkout) -> None:
    """Moves away stack configuration that was encrypted under a passphrase that is lost."""
    for name in ("Pulumi.dev.yaml", "Pulumi.live.yaml"):
        configuration = checkout.root / name
        if configuration.exists():
            kept = checkout.local_state / f"{name}.old"
            configuration.replace(kept)
            print(f"{name} was encrypted with a passphrase that is gone; it is kept as {kept}.")
