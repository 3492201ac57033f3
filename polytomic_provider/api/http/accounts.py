"""Named accounts: more keys in one configuration, each with an address of its own.

    pulumi config set --path --secret 'polytomic:accounts.eu.apiKey'

The program and the provider get `polytomic:accounts` as one JSON text, secrets in clear. Pulumi
calls the whole text secret as soon as one part of it is.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

from polytomic_provider.api.http.errors import InvalidSetting
from polytomic_provider.api.http.secret import Unshown

ACCOUNT_KEYS: Final = ("apiKey", "partnerKey", "deploymentKey")
ACCOUNT_SETTINGS: Final = (
    *ACCOUNT_KEYS,
    "url",
    "organizationId",
    "apiVersion",
    "namespace",
    "allowWorkspaceChange",
)
"""Every setting that an account may have."""

_PLACE: Final = "stack configuration polytomic:accounts"
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}")
_VARIABLE: Final = re.compile(r"POLYTOMIC_(?:API|PARTNER|DEPLOYMENT)_KEY_([A-Z0-9][A-Z0-9_]*)")
_SHAPE: Final = "an object of accounts by name, each an object of settings"


def set_key(account: str, key: str = "apiKey") -> str:
    """The command that stores the key of an account."""
    return f"pulumi config set --path --secret 'polytomic:accounts.{account}.{key}'"


def environment_name(account: str) -> str:
    """The name of an account as environment variables end with it: `eu-west` is `EU_WEST`."""
    return re.sub(r"[^A-Z0-9]", "_", account.upper())


def read_accounts(config: Mapping[str, str]) -> Unshown | InvalidSetting:
    """Return the settings of all accounts by full name, such as `polytomic:accounts.eu.apiKey`.

    An error is returned, not raised: this frame has keys among its variables.
    """
    try:
        found: Any = json.loads(config.get("polytomic:accounts", "").strip() or "{}")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        return _invalid(_PLACE, _SHAPE, hint=f"Set one by one: `{set_key('NAME')}`.")
    settings: dict[str, str] = {}
    for name, account in cast("dict[str, Any]", found).items():
        if not _NAME.fullmatch(name):
            accepted = "account names of letters, digits, `-` and `_`"
            return _invalid(_PLACE, accepted, hint="Rename the account.")
        place = f"{_PLACE}.{name}"
        if not isinstance(account, dict):
            return _invalid(place, "an object of settings", hint=f"Run `{set_key(name)}`.")
        for key, value in cast("dict[str, Any]", account).items():
            if key not in ACCOUNT_SETTINGS:
                accepted = f"the settings of an account: {', '.join(ACCOUNT_SETTINGS)}"
                full = f"polytomic:accounts.{name}.{key}"
                return _invalid(
                    f"{_PLACE}.{name}.{key}",
                    accepted,
                    hint=f"Run `pulumi config rm --path '{full}'`, and set the one that you mean.",
                )
            if isinstance(value, dict | list):
                return _invalid(f"{place}.{key}", "one text", hint="Set it again as one value.")
            if value is not None:
                text = value if isinstance(value, str) else json.dumps(value)
                settings[f"polytomic:accounts.{name}.{key}"] = text
    return Unshown(settings)


def account_names(
    settings: Iterable[str], environ: Iterable[str]
) -> tuple[str, ...] | InvalidSetting:
    """Return the names of all accounts, by their full `settings` and the environment's variables.

    The environment does not tell letter case and punctuation, so it never names an account that
    the configuration has another spelling of.
    """
    names = dict.fromkeys(one.removeprefix("polytomic:accounts.").split(".")[0] for one in settings)
    by_variable: dict[str, str] = {}
    for name in names:
        other = by_variable.setdefault(environment_name(name), name)
        if other != name:
            return _invalid(
                _PLACE,
                "names that differ in letters or digits",
                hint=f"{other!r} and {name!r} have the same environment variables: rename one.",
            )
    for variable in sorted(environ):
        found = _VARIABLE.fullmatch(variable)
        if found:
            by_variable.setdefault(found[1], found[1].lower())
    return tuple(by_variable.values())


def _invalid(place: str, accepted: str, *, hint: str) -> InvalidSetting:
    return InvalidSetting(place, accepted, value=None, hint=hint)
