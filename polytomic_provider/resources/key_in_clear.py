"""Refuses a key that stands in the stack's configuration without encryption."""

from functools import cache
from pathlib import Path

import pulumi

from polytomic_provider.api import InvalidSetting, KeyKind
from polytomic_provider.api.http.accounts import ACCOUNT_KEYS, read_accounts
from polytomic_provider.api.http.secret import Unshown
from polytomic_provider.host.stack_file import account_keys_in_clear

ACCOUNTS = "polytomic:accounts"


def refuse_key_in_clear() -> None:
    """Raise RunError where everybody who reads the stack's file would read a key."""
    for name in (f"polytomic:{kind.value}" for kind in KeyKind):
        if pulumi.runtime.get_config(name) and not pulumi.runtime.is_config_secret(name):
            _refuse(name, f"pulumi config set --secret {name}")
    if pulumi.runtime.get_config(ACCOUNTS):
        for name in _in_accounts():
            _refuse(name, f"pulumi config set --path --secret '{name}'")


def _refuse(name: str, command: str) -> None:
    raise pulumi.RunError(
        f"stack configuration {name}: the key stands there in clear, for all who read the "
        f"file. To fix: run `{command}`. If others have seen it, "
        "make a new key in Polytomic and delete this one."
    )


def _in_accounts() -> list[str]:
    """The keys of accounts in clear; where one part is secret, only the stack's file tells."""
    if pulumi.runtime.is_config_secret(ACCOUNTS):
        return list(_in_the_file(pulumi.get_stack(), Path.cwd()))
    found = read_accounts(Unshown({ACCOUNTS: str(pulumi.runtime.get_config(ACCOUNTS))}))
    settings = [] if isinstance(found, InvalidSetting) else list(found)
    return [name for name in settings if name.rsplit(".", 1)[-1] in ACCOUNT_KEYS]


@cache
def _in_the_file(stack: str, folder: Path) -> tuple[str, ...]:
    return tuple(account_keys_in_clear(stack, folder))
