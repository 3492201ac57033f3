"""A key of a user: made once, shown once, read by using it, revoked when the program says so."""

import httpx
import pytest

from polytomic_provider.api import PolytomicError
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.state import State
from tests.kinds.conftest import Workbench

KIND = "UserApiKey"


@pytest.fixture
def user(workbench: Workbench) -> str:
    return workbench.create("User", email="ada@acme.example").id


def _opens(workbench: Workbench, key: State) -> bool:
    """Whether the emulator accepts the key, asked without any code of the provider."""
    headers = {"Authorization": f"Bearer {key.computed['value']}"}
    reply = httpx.get(f"{workbench.emulator.url}/api/me", headers=headers)
    return reply.status_code == 200


def test_a_key_opens_the_workspace_and_is_secret(workbench: Workbench, user: str):
    made = workbench.create(KIND, user=user)
    assert _opens(workbench, made)
    assert made.id == user
    value = made.computed["value"]
    assert HANDLERS[KIND].secrets({**made.arguments, **made.computed}) == [value]
    assert value not in repr(made)
    assert workbench.read(KIND, made) == made


def test_a_killed_creation_gets_the_same_key_again(workbench: Workbench, user: str):
    made = workbench.create(KIND, user=user)
    workbench.restart()
    assert workbench.create(KIND, user=user).computed == made.computed


def test_a_key_that_was_revoked_is_gone_and_made_anew(workbench: Workbench, user: str):
    made = workbench.create(KIND, user=user, force=True)
    other = workbench.create(KIND, "other", user=user, force=True)
    workbench.restart()
    assert workbench.read(KIND, made) is None
    assert workbench.read(KIND, other) == other
    again = workbench.create(KIND, user=user, force=True)
    assert again.computed != made.computed
    assert _opens(workbench, again)
    assert not _opens(workbench, other)


def test_a_second_key_is_refused_without_leave_to_revoke_the_first(workbench: Workbench, user: str):
    first = workbench.create(KIND, user=user)
    with pytest.raises(PolytomicError, match="only with `force=True`"):
        workbench.create(KIND, "second", user=user)
    assert _opens(workbench, first)


def test_a_refusal_that_is_recorded_does_not_stick(workbench: Workbench, user: str):
    route = "/api/organizations/{organization_id}/users/{id}/keys"
    workbench.emulator.fail(kind="status", status=500, record=True, route=route, times=1)
    assert _opens(workbench, workbench.create(KIND, user=user))


def test_a_key_is_forgotten_and_works_unless_it_is_to_be_revoked(workbench: Workbench, user: str):
    made = workbench.create(KIND, user=user)
    workbench.delete(KIND, made)
    assert _opens(workbench, made)
    assert "still works" in workbench.said[-1]
    assert made.computed["value"] not in "".join(workbench.said)

    told = workbench.update(KIND, made, revoke_on_delete=True)
    workbench.delete(KIND, told)
    assert not _opens(workbench, made)
    workbench.said.clear()
    workbench.delete(KIND, told)
    assert workbench.said == []


def test_other_triggers_replace_the_key_with_leave(workbench: Workbench, user: str):
    problems = HANDLERS[KIND].problems({"user": user, "triggers": ["2026-01"]})
    assert [one.path for one in problems] == ["triggers"]
    made = workbench.create(KIND, user=user, force=True, triggers=["2026-01"])
    wanted = {**made.arguments, "triggers": ["2026-02"]}
    assert HANDLERS[KIND].compare(made, wanted).replaces == ("triggers",)
    assert not HANDLERS[KIND].compare(made, {**made.arguments, "force": None}).differs
    workbench.delete(KIND, made)
    rotated = workbench.create(KIND, **wanted)
    assert _opens(workbench, rotated)
    assert not _opens(workbench, made)


def test_a_server_that_refuses_every_key_revokes_none(workbench: Workbench, user: str):
    made = workbench.create(KIND, user=user)
    workbench.restart()
    workbench.emulator.fail(kind="status", status=401, route="/api/me", times=99)
    with pytest.raises(PolytomicError, match="401"):
        workbench.read(KIND, made)
