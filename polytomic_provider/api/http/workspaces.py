"""Where a call goes: an account of the settings, and an organization that its key acts in."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

PARTNER_ITSELF: Final = ""
"""In place of an organization's id: the partner's account itself, which is in no organization."""


class Workspace(NamedTuple):
    """Which workspace a call is for.

    account: Name of an account of the settings; None is the account of all that names none.
    organization_id: None is the organization of that account.
    """

    account: str | None = None
    organization_id: str | None = None


def workspace_of(arguments: Mapping[str, Any]) -> Workspace:
    """Return the workspace that `arguments` name; what is left out or unknown names nothing."""
    account, organization = arguments.get("account"), arguments.get("organization_id")
    return Workspace(
        account if isinstance(account, str) else None,
        organization if isinstance(organization, str) else None,
    )
