"""`/api/permissions/policies`: for each action, the roles that may do it.

Source: the clients `permissions.policies` of the official Python package, and `resource_policy.go`
of the Terraform provider with its tests and examples, which name the actions create, delete and
apply_policy; read and update are our reading. A reply lists every action, also those that were not
sent. A PUT replaces all bindings: an action that it leaves out has no roles any more.

Refused values are 400: POST and PUT declare no 422. A role must exist before a policy names it, as
the client says; one that was deleted later stays in the policy, so a PUT may send it back.
No policy of the system is documented by name, so there is none.
"""

from typing import Any

from polytomic_emulator.errors import BadRequest
from polytomic_emulator.http.reading import Reader
from polytomic_emulator.plain.kind import Change, PlainKind
from polytomic_emulator.plain.roles import ROLES
from polytomic_emulator.plain.rules import not_empty, unique
from polytomic_emulator.state.plain_objects import PlainObject, Values

ACTIONS = ("apply_policy", "create", "delete", "read", "update")
_KEY = "policy_actions"


def _bindings(body: Reader, key: str) -> list[Values]:
    def binding(one: Reader) -> Values:
        return {"action": one.required_text("action"), "role_ids": one.texts("role_ids")}

    return body.each(key, binding)


def _known_actions(change: Change) -> None:
    named = [one["action"] for one in change.values[_KEY]]
    for position, action in enumerate(named):
        if action not in ACTIONS:
            raise change.refusal(f"{_KEY}[{position}].action", f"must be one of {list(ACTIONS)}")
    if len(named) > len(set(named)):
        raise change.refusal(_KEY, "names an action twice")


def _known_roles(change: Change) -> None:
    there = {one.id for one in ROLES.of(change.state, change.workspace_id)}
    before: list[Values] = change.before.values[_KEY] if change.before else []
    kept = {role for one in before for role in one["role_ids"]}
    for position, one in enumerate(change.values[_KEY]):
        unknown = [role for role in one["role_ids"] if role not in there | kept]
        if unknown:
            raise change.refusal(f"{_KEY}[{position}].role_ids", f"names no role: {unknown[0]}")


def _settle(change: Change) -> Values:
    """Add the actions that were not sent."""
    sent = {one["action"]: one["role_ids"] for one in change.values[_KEY]}
    every = [*ACTIONS, *(one for one in sent if one not in ACTIONS)]
    bindings = [{"action": one, "role_ids": sent.get(one, [])} for one in every]
    return change.values | {_KEY: bindings}


def _reply(policy: PlainObject) -> dict[str, Any]:
    """Source: `PolicyResponse` of the official Python package."""
    return {**policy.values, "system": policy.system}


POLICIES = PlainKind(
    name="policy",
    path="/api/permissions/policies",
    fields={"name": Reader.required_text, _KEY: _bindings},
    rules=(not_empty("name"), unique("name"), _known_actions, _known_roles),
    settle=_settle,
    refusal=BadRequest,
    reply=_reply,
)
