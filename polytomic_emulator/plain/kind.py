"""What the module of a plain kind declares, and how its objects are read and written.

A new kind is a module with a `PlainKind` and a row in `polytomic_emulator.plain.kinds`. Routes,
storage, `RunningEmulator.stored` and `edit`, faults and the request log then know it.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from polytomic_emulator.errors import ApiError, Forbidden
from polytomic_emulator.http.present import composed, without_absent
from polytomic_emulator.http.reading import Reader
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.plain_objects import PlainObject, Values
from polytomic_emulator.state.store import State
from polytomic_emulator.state.workspaces import Workspace
from polytomic_provider.facts.secrets import MASK

Read = Callable[[Reader, str], Any]
"""Reads the value of a key, such as `Reader.required_text`."""


@dataclass(frozen=True)
class Change:
    """One write of an object before it is done. before: None at its creation."""

    state: State
    kind: "PlainKind"
    workspace_id: str
    values: Values
    before: PlainObject | None = None

    def others(self) -> list[PlainObject]:
        """The workspace's other objects of this kind."""
        found = self.kind.of(self.state, self.workspace_id)
        return [one for one in found if self.before is None or one.id != self.before.id]

    def refusal(self, key: str, what: str) -> ApiError:
        """The refusal of a key's value, with the status that the API declares for it."""
        return self.kind.refusal(f"{key} {what}", field=key)


def system_id(workspace_id: str, kind: str, position: int) -> str:
    """The id of an object that a workspace has by itself."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{workspace_id}/{kind}/{position}"))


Rule = Callable[[Change], None]
"""Raises `change.refusal(...)` for a write that the API refuses."""


def _as_asked(change: Change) -> Values:
    return change.values


@dataclass(frozen=True)
class PlainKind:
    """One plain kind.

    name: as in errors and in `RunningEmulator.stored`. path: of the list, such as `/api/webhooks`.
    fields: the keys of POST and PUT, each with what reads it.
    reply: the keys of a reply beside `id` and `organization_id`; None for what has no value.
    refusal: the error for a value that a rule refuses; its status must be one that the official
        client declares for POST and PUT.
    rules: judged before a create and an update.
    own_fields: values that no body has, each with what reads it; actions and `edit` change them.
    actions: `POST {path}/{id}/{action}`, each with the values that it sets.
    settle: returns the values with what the server adds to them.
    secrets: keys that the request log masks, and replies too with the switch `plain_secrets`.
    system: the values of objects that a workspace has by itself, perhaps with an `id`; create,
        update, delete and `edit` cannot change them.
    fixed: keys of POST that PUT does not have; it ignores them.
    partner_path: where a partner key finds the same objects, with `{organization_id}` in it.
    delete_shows: whether DELETE answers with the object.
    of_partner: whether the objects belong to the partner, in no workspace, and only partner keys
        reach them.
    """

    name: str
    path: str
    fields: Mapping[str, Read]
    reply: Callable[[PlainObject], Values]
    refusal: type[ApiError]
    rules: tuple[Rule, ...] = ()
    own_fields: Mapping[str, Read] = field(default_factory=dict[str, Read])
    actions: Mapping[str, Values] = field(default_factory=dict[str, Values])
    settle: Callable[[Change], Values] = _as_asked
    secrets: tuple[str, ...] = ()
    system: Callable[[State, Workspace], Sequence[Values]] | None = None
    fixed: tuple[str, ...] = ()
    partner_path: str | None = None
    delete_shows: bool = False
    of_partner: bool = False

    def of(self, state: State, workspace_id: str) -> list[PlainObject]:
        """A workspace's objects: those of the system, then the stored ones, oldest first."""
        workspace = state.workspaces.by_id(workspace_id)
        system = self._of_system(state, workspace) if workspace else []
        return system + state.plain_objects.of(self.name, workspace_id)

    def all(self, state: State) -> list[PlainObject]:
        """Every workspace's objects."""
        return [one for found in state.workspaces.all() for one in self.of(state, found.id)]

    def get(self, state: State, object_id: str, workspace_id: str | None = None) -> PlainObject:
        """One object. Raises NotFound also when another workspace owns it."""
        for workspace in state.workspaces.all() if self.system else []:
            for one in self._of_system(state, workspace):
                if one.id == object_id and workspace_id in (None, workspace.id):
                    return one
        return state.plain_objects.get(self.name, object_id, workspace_id)

    def _of_system(self, state: State, workspace: Workspace) -> list[PlainObject]:
        """Made anew each time: their ids follow from the workspace's, and they never change."""
        found = self.system(state, workspace) if self.system else ()
        return [
            PlainObject(
                id=values.get("id") or system_id(workspace.id, self.name, position),
                kind=self.name,
                workspace_id=workspace.id,
                values={key: value for key, value in values.items() if key != "id"},
                created_at=workspace.created_at,
                updated_at=workspace.created_at,
                system=True,
            )
            for position, values in enumerate(found)
        ]

    def read(self, body: Reader, *, update: bool = False) -> Values:
        """The values of a body of POST, or of PUT. Raises BadRequest."""
        unread = self.fixed if update else ()
        return {key: read(body, key) for key, read in self.fields.items() if key not in unread}

    def editable(self, found: PlainObject) -> Values:
        """The values that a person can change."""
        return {key: found.values[key] for key in (*self.fields, *self.own_fields)}

    def create(self, state: State, workspace_id: str, values: Values) -> PlainObject:
        """Make an object. Raises `refusal` for what a rule refuses."""
        empty = {key: read(Reader({}), key) for key, read in self.own_fields.items()}
        change = Change(state, self, workspace_id, empty | values)
        return self.insert(state, workspace_id, self._settled(change))

    def update(
        self, state: State, before: PlainObject, values: Values, *, judged: bool = True
    ) -> PlainObject:
        """Set some values. Raises Forbidden for the system's objects, and `refusal` if `judged`."""
        self.check_own(before)
        change = Change(state, self, before.workspace_id, before.values | values, before)
        settled = self._settled(change, judged=judged)
        return self.store(state, replace(before, values=settled, updated_at=state.clock.stamp()))

    def insert(self, state: State, workspace_id: str, values: Values) -> PlainObject:
        """Keep a new object, without any rule."""
        return state.plain_objects.create(self.name, workspace_id, values)

    def store(self, state: State, changed: PlainObject) -> PlainObject:
        """Keep an object as it is, without any rule."""
        return state.plain_objects.store(changed)

    def edit(self, state: State, before: PlainObject, body: Reader, *, strict: bool) -> PlainObject:
        """Set the values of `editable`, as a person would; with `strict` the rules judge them."""
        own = {key: read(body, key) for key, read in self.own_fields.items()}
        return self.update(state, before, self.read(body) | own, judged=strict)

    def delete(self, state: State, found: PlainObject) -> None:
        """Delete an object. Raises Forbidden for the system's objects."""
        self.check_own(found)
        state.plain_objects.remove(found.id)

    def check_own(self, found: PlainObject) -> None:
        """Raise Forbidden for an object of the system."""
        if found.system:
            raise Forbidden(f"this {self.name} is built in: nobody can change or delete it")

    def _settled(self, change: Change, *, judged: bool = True) -> Values:
        for rule in self.rules if judged else ():
            rule(change)
        return self.settle(change)

    def present(self, found: PlainObject, behaviour: Behaviour) -> Values:
        """The reply about one object."""
        shown = {"id": found.id, "organization_id": found.workspace_id, **self.reply(found)}
        if behaviour.plain_secrets != "shown":
            hidden = MASK if behaviour.plain_secrets == "masked" else None
            shown |= {key: hidden for key in self.secrets if shown.get(key) is not None}
        return composed(without_absent(shown, behaviour), behaviour)
