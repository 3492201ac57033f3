"""The file of a stack's configuration, which alone tells what part of an object is secret.

Of `polytomic:accounts`, the program learns only that some part of it is.
"""

from pathlib import Path
from typing import Any, cast

from polytomic_provider.api.http.accounts import ACCOUNT_KEYS


def account_keys_in_clear(stack: str, folder: Path) -> list[str]:
    """Return the full names of the keys of accounts that the file shows in clear.

    The file is looked for beside the nearest `Pulumi.yaml`, from `folder` upwards. Nothing where
    there is no such file, as with configuration that is kept elsewhere.
    """
    import yaml  # a program without accounts does not pay for it

    place = next(
        (one for one in (folder, *folder.parents) if (one / "Pulumi.yaml").is_file()), None
    )
    if place is None:
        return []
    try:
        text = (place / f"Pulumi.{stack}.yaml").read_text(encoding="utf-8")
        accounts: Any = yaml.safe_load(text)["config"]["polytomic:accounts"]
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError):
        return []
    if not isinstance(accounts, dict):
        return []
    found: list[str] = []
    for name, account in cast("dict[str, Any]", accounts).items():
        settings = cast("dict[str, Any]", account if isinstance(account, dict) else {})
        shown = [key for key in ACCOUNT_KEYS if isinstance(settings.get(key), str | int)]
        found += [f"polytomic:accounts.{name}.{key}" for key in shown]
    return found
