"""The routes of a plain kind: list, create, read, update, delete, and its actions."""

from collections.abc import Callable
from functools import partial

from polytomic_emulator.errors import Forbidden, NotFound
from polytomic_emulator.http.messages import Call, Reply
from polytomic_emulator.http.pages import Listing, paged
from polytomic_emulator.http.reading import body_of
from polytomic_emulator.plain.kind import PlainKind
from polytomic_emulator.state.plain_objects import PlainObject
from polytomic_emulator.state.store import State
from polytomic_emulator.state.workspaces import Workspace

Handler = Callable[[State, Call], Reply]


def routes_of(kind: PlainKind, path: str) -> list[tuple[str, str, Handler]]:
    """Method, path and handler of each route under one of the kind's paths."""
    one = f"{path}/{{id}}"
    return [
        ("GET", path, partial(_index, kind)),
        ("POST", path, partial(_create, kind)),
        ("GET", one, partial(_read, kind)),
        ("PUT", one, partial(_update, kind)),
        ("DELETE", one, partial(_delete, kind)),
        *(("POST", f"{one}/{name}", partial(_act, kind, name)) for name in kind.actions),
    ]


def _index(kind: PlainKind, state: State, call: Call) -> Reply:
    """Every object; in pages when the emulator is told so. No plain kind is documented as paged."""
    found = kind.of(state, _owner(kind, state, call))
    present = partial(kind.present, behaviour=state.behaviour)
    if state.behaviour.lists != "paged":
        return Reply(body={"data": [present(one) for one in found]})
    listing = Listing(kind.name, _created, _id, newest_first=False)
    return paged(listing, call, found, state.behaviour.page_size, present)


def _created(one: PlainObject) -> str:
    return one.created_at


def _id(one: PlainObject) -> str:
    return one.id


def _create(kind: PlainKind, state: State, call: Call) -> Reply:
    made = kind.create(state, _owner(kind, state, call), kind.read(body_of(call)))
    return Reply(201, {"data": kind.present(made, state.behaviour)})


def _read(kind: PlainKind, state: State, call: Call) -> Reply:
    return Reply(body={"data": kind.present(_found(kind, state, call), state.behaviour)})


def _update(kind: PlainKind, state: State, call: Call) -> Reply:
    """Full replacement of the values that a body has; the others stay."""
    before = _found(kind, state, call)
    kind.check_own(before)
    changed = kind.update(state, before, kind.read(body_of(call), update=True))
    return Reply(body={"data": kind.present(changed, state.behaviour)})


def _delete(kind: PlainKind, state: State, call: Call) -> Reply:
    found = _found(kind, state, call)
    kind.delete(state, found)
    return (
        Reply(body={"data": kind.present(found, state.behaviour)})
        if kind.delete_shows
        else (Reply(204))
    )


def _act(kind: PlainKind, name: str, state: State, call: Call) -> Reply:
    """The body, if there is one, is not read: the official client sends none."""
    found = _found(kind, state, call)
    changed = kind.update(state, found, kind.actions[name], judged=False)
    return Reply(body={"data": kind.present(changed, state.behaviour)})


def _found(kind: PlainKind, state: State, call: Call) -> PlainObject:
    return kind.get(state, call.params["id"], _owner(kind, state, call))


def _owner(kind: PlainKind, state: State, call: Call) -> str:
    """The id of the workspace whose objects are meant; empty for those of the partner.

    Raises Forbidden where another key than the partner's or the deployment's asks for these.
    """
    if not kind.of_partner:
        return workspace_of(state, call).id
    # The Terraform provider makes organizations with either key.
    if call.caller.kind not in ("partner", "deployment"):
        raise Forbidden("only a partner key can do this")
    return ""


def workspace_of(state: State, call: Call) -> Workspace:
    """The workspace that a path names, else the caller's.

    Raises Forbidden for another one than the caller's, unless a partner asks, and NotFound.
    """
    asked = call.params.get("organization_id")
    if asked is None:
        return call.workspace
    if call.caller.workspace is not None and call.caller.workspace.id != asked:
        raise Forbidden("this key cannot act in that organization", field="organization_id")
    found = state.workspaces.by_id(asked)
    if found is None:
        raise NotFound("organization not found")
    return found
