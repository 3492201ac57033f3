"""Who is calling: Bearer keys of users, partners and deployments, Basic `organization:key`."""

import base64
import binascii
from collections.abc import Mapping

from polytomic_emulator.errors import Forbidden, Unauthorized
from polytomic_emulator.http.messages import Caller
from polytomic_emulator.state.workspaces import Workspaces


def authenticate(workspaces: Workspaces, headers: Mapping[str, str]) -> Caller:
    """The caller behind the `Authorization` header. Raises Unauthorized or Forbidden."""
    scheme, _, credential = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return _bearer(workspaces, credential.strip())
    if scheme.lower() == "basic":
        return _basic(workspaces, credential.strip())
    raise Unauthorized("no credential: send the header Authorization: Bearer <API key>")


def _bearer(workspaces: Workspaces, key: str) -> Caller:
    workspace = workspaces.by_key(key)
    if workspace is not None:
        return Caller("user", workspace)
    shared = workspaces.shared_keys()
    for kind, known in (("partner", shared.partner_key), ("deployment", shared.deployment_key)):
        if key and key == known:
            return Caller(kind, None)
    raise Unauthorized("the API key is not valid")


def _basic(workspaces: Workspaces, credential: str) -> Caller:
    try:
        pair = base64.b64decode(credential, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise Unauthorized("the Basic credential cannot be read") from None
    organization_id, _, key = pair.partition(":")
    kind = _kind_of_key(workspaces, organization_id, key)
    if kind is None:
        raise Unauthorized("the key is not valid")
    workspace = workspaces.by_id(organization_id)
    if workspace is None:
        raise Forbidden("this key opens no organization with that id")
    return Caller(kind, workspace)


def _kind_of_key(workspaces: Workspaces, organization_id: str, key: str) -> str | None:
    shared = workspaces.shared_keys()
    if key == shared.partner_key:
        return "partner"
    if key == shared.deployment_key:
        return "deployment"
    owner = workspaces.by_key(key)
    return "organization" if owner and owner.id == organization_id else None
