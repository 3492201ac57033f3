"""`/api/organizations`: the workspaces of a partner, whom nobody but a partner key can ask.

Source: the client `organization` of the official Python package. The partner's own organization is
the first of the list and cannot be deleted; here that is the first workspace. A name is in the
partner's account once: 409. PUT replaces how people sign in as a whole. No reply shows `client_id`
and `client_secret`. Deleting deletes everything in it: our reading.
"""

from dataclasses import replace
from typing import Any

from polytomic_emulator.errors import Conflict, Forbidden, NotFound, Unprocessable
from polytomic_emulator.http.messages import Call, Reply
from polytomic_emulator.http.present import composed, without_absent
from polytomic_emulator.http.reading import Reader
from polytomic_emulator.plain.kind import Change, PlainKind
from polytomic_emulator.plain.rules import not_empty
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.plain_objects import PlainObject, Values
from polytomic_emulator.state.store import State
from polytomic_emulator.state.workspaces import Workspace

_SIGN_ON = ("sso_domain", "sso_org_id", "issuer", "client_id", "client_secret")


def _only_one(change: Change) -> None:
    if any(one.values["name"] == change.values["name"] for one in change.others()):
        raise Conflict("name is that of another organization", field="name")


def _reply(organization: PlainObject) -> dict[str, Any]:
    """Source: the type `Organization` of the official Python package."""
    return {key: organization.values[key] for key in ("name", *_SIGN_ON[:3])}


class _Organizations(PlainKind):
    """Kept as the emulator's workspaces."""

    def of(self, state: State, workspace_id: str) -> list[PlainObject]:
        """Every organization, the partner's own first."""
        del workspace_id
        return self.all(state)

    def all(self, state: State) -> list[PlainObject]:
        """Every organization."""
        return [_object(one) for one in state.workspaces.all()]

    def get(self, state: State, object_id: str, workspace_id: str | None = None) -> PlainObject:
        """One organization. Raises NotFound."""
        found = state.workspaces.by_id(object_id)
        if found is None:
            raise NotFound("organization not found")
        return _object(found)

    def insert(self, state: State, workspace_id: str, values: Values) -> PlainObject:
        """Make a workspace whose key nobody is told."""
        made = state.workspaces.create(values["name"])
        return _object(state.workspaces.store(replace(made, sign_on=_sign_on(values))))

    def store(self, state: State, changed: PlainObject) -> PlainObject:
        """Name a workspace, and set how people sign in."""
        found = state.workspaces.by_id(changed.id)
        if found is None:
            raise NotFound("organization not found")
        name, sign_on = changed.values["name"], _sign_on(changed.values)
        return _object(state.workspaces.store(replace(found, name=name, sign_on=sign_on)))

    def delete(self, state: State, found: PlainObject) -> None:
        """Delete an organization and what is in it. Raises Forbidden for the partner's own."""
        if found.id == state.workspaces.first().id:
            raise Forbidden("a partner's own organization cannot be deleted")
        for kept in (state.bulk_syncs, state.syncs, state.models, state.connections):
            for one in kept.all():
                if one.workspace_id == found.id:
                    kept.remove(one.id)
        state.plain_objects.remove_of(found.id)
        state.workspaces.remove(found.id)

    def present(self, found: PlainObject, behaviour: Behaviour) -> Values:
        """The reply about one organization, which is in no other."""
        return composed(without_absent({"id": found.id, **self.reply(found)}, behaviour), behaviour)


def _object(workspace: Workspace) -> PlainObject:
    return PlainObject(
        id=workspace.id,
        kind="organization",
        workspace_id="",
        values={"name": workspace.name, **{key: workspace.sign_on.get(key) for key in _SIGN_ON}},
        created_at=workspace.created_at,
        updated_at=workspace.created_at,
    )


def _sign_on(values: Values) -> dict[str, Any]:
    return {key: values[key] for key in _SIGN_ON if values[key] is not None}


def own(state: State, call: Call) -> Reply:
    """`GET /api/organization`: that of the caller."""
    found = ORGANIZATIONS.get(state, call.workspace.id)
    return Reply(body={"data": ORGANIZATIONS.present(found, state.behaviour)})


ORGANIZATIONS = _Organizations(
    name="organization",
    path="/api/organizations",
    fields={"name": Reader.required_text, **dict.fromkeys(_SIGN_ON, Reader.text)},
    rules=(not_empty("name"), _only_one),
    refusal=Unprocessable,
    reply=_reply,
    secrets=("client_secret",),
    of_partner=True,
)
