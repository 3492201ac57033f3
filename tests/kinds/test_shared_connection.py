"""A connection of the partner's own organization, shared with another one."""

from typing import Any

import httpx
import pytest

from polytomic_emulator import RunningEmulator
from polytomic_provider.api import Forbidden, InUse, NotFound, Unauthorized
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.adoption import NothingToAdopt
from polytomic_provider.kinds.lifecycle.duplicates import AlreadyExists, DeclaredTwice
from polytomic_provider.kinds.lifecycle.state import Inputs, State
from polytomic_provider.kinds.references import reference_problems
from polytomic_provider.live import LiveContext, Schemas
from tests.kinds.conftest import Workbench

KIND = "SharedConnection"


@pytest.fixture
def workbench(workbench: Workbench) -> Workbench:
    workbench.partner = True
    workbench.restart()
    return workbench


@pytest.fixture
def child(workbench: Workbench) -> str:
    return workbench.create("Organization", "acme").id


@pytest.fixture
def shared(workbench: Workbench, salesforce: State, child: str) -> State:
    return _share(workbench, salesforce, child)


def _share(workbench: Workbench, parent: State, child: str, name: str = "made", **more: Any) -> Any:
    given = {"connection_id": parent.id, "child_organization_id": child, **more}
    return workbench.create(KIND, name, **given)


def _stored(emulator: RunningEmulator) -> list[dict[str, Any]]:
    return emulator.list_stored("shared_connection")


def _inside(emulator: RunningEmulator, child: str, method: str, path: str, body: Any = None) -> Any:
    """A request of somebody in the child organization."""
    auth = (child, emulator.partner_key)
    reply = httpx.request(method, f"{emulator.url}/api/{path}", auth=auth, json=body)
    return reply.raise_for_status()


def test_what_is_stored_is_what_the_program_says_until_it_is_deleted(
    workbench: Workbench, salesforce: State, child: str, shared: State
):
    (stored,) = _stored(workbench.emulator)
    parent = workbench.emulator.stored("connection", salesforce.id)
    assert (stored["id"], stored["name"]) == (shared.id, "made")
    assert (stored["parent_connection_id"], stored["organization_id"]) == (salesforce.id, child)
    assert {k: stored[k] for k in ("type", "configuration", "status")} == {
        k: parent[k] for k in ("type", "configuration", "status")
    }
    status = {"type": "salesforce", "status": "healthy", "status_error": ""}
    assert shared.computed == status
    workbench.restart()
    read = workbench.read(KIND, shared)
    assert read is not None
    assert not HANDLERS[KIND].compare(read, shared.arguments).differs
    workbench.delete(KIND, read)
    assert _stored(workbench.emulator) == []
    assert workbench.read(KIND, read) is None
    workbench.delete(KIND, read)
    assert workbench.read("Connection", salesforce) is not None


def test_a_copy_is_made_once_however_often_its_creation_is_lost(
    workbench: Workbench, salesforce: State, child: str
):
    workbench.emulator.fail(kind="drop", when="after", method="POST", path="/shared$")
    made = _share(workbench, salesforce, child)
    workbench.restart()
    again = _share(workbench, salesforce, child)  # as after a kill
    assert made.id == again.id
    assert [one["id"] for one in _stored(workbench.emulator)] == [made.id]


def test_the_same_copy_of_somebody_else_is_an_error_and_can_be_adopted(
    workbench: Workbench, salesforce: State, child: str, shared: State
):
    workbench.restart()
    handler = HANDLERS[KIND]

    def of(urn: str, **more: Any) -> State:
        inputs = Inputs({**shared.arguments, **more}, urn)
        return handler.create(workbench.scope(urn), inputs)

    with pytest.raises(AlreadyExists, match="shared connection 'made' exists already"):
        of("urn:other")
    workbench.restart()
    assert of("urn:other", adopt=True).id == shared.id
    with pytest.raises(DeclaredTwice):
        of("urn:third", adopt=True)
    with pytest.raises(NothingToAdopt):
        _share(workbench, salesforce, child, "none", adopt_id=salesforce.id)
    second = _share(workbench, salesforce, child, "second")
    assert second.id != shared.id
    assert handler.known_natural_key(shared.arguments) != handler.known_natural_key(
        second.arguments
    )


def test_each_organization_has_a_copy_of_its_own(
    workbench: Workbench, salesforce: State, child: str, shared: State
):
    other = workbench.create("Organization", "other").id
    second = _share(workbench, salesforce, other)
    assert second.id != shared.id
    organizations = {one["id"]: one["organization_id"] for one in _stored(workbench.emulator)}
    assert organizations == {shared.id: child, second.id: other}
    workbench.delete(KIND, second)
    assert workbench.read(KIND, shared) is not None


def test_a_name_that_was_changed_by_hand_is_left_alone_and_health_is_shown(
    workbench: Workbench, salesforce: State, shared: State
):
    workbench.emulator.edit("shared_connection", shared.id, "name", "by hand")
    workbench.emulator.control("POST", f"connections/{salesforce.id}/break")
    workbench.restart()
    read = workbench.read(KIND, shared)
    assert read is not None
    assert not HANDLERS[KIND].compare(read, shared.arguments).differs
    assert read.computed["status"] != "healthy"
    assert read.computed["status_error"]
    renamed = {**shared.arguments, "name": "other"}
    assert HANDLERS[KIND].compare(read, renamed).replaces == ("name",)


def test_a_copy_in_use_is_deleted_by_force_alone(workbench: Workbench, child: str, shared: State):
    workbench.emulator.finish_schema(shared.id)
    model = workbench.create(
        "Model",
        "contacts",
        connection_id=shared.id,
        configuration={"table": "Contact"},
        organization_id=child,
    )
    with pytest.raises(InUse):
        workbench.delete(KIND, shared)
    forced = workbench.update(KIND, shared, force_destroy=True)
    workbench.delete(KIND, forced)
    assert _stored(workbench.emulator) == []
    assert workbench.read("Model", model) is None


def test_a_copy_is_gone_with_its_organization_or_when_somebody_there_deletes_it(
    workbench: Workbench, salesforce: State, child: str, shared: State
):
    _inside(workbench.emulator, child, "DELETE", f"connections/{shared.id}")
    workbench.restart()
    assert workbench.read(KIND, shared) is None
    again = _share(workbench, salesforce, child)
    assert again.id != shared.id
    headers = {"Authorization": f"Bearer {workbench.emulator.partner_key}"}
    url = f"{workbench.emulator.url}/api/organizations/{child}"
    httpx.delete(url, headers=headers).raise_for_status()
    workbench.restart()
    assert workbench.read(KIND, again) is None
    workbench.delete(KIND, again)


@pytest.mark.parametrize(("status", "error"), [(401, Unauthorized), (403, Forbidden)])
def test_an_organization_that_does_not_answer_is_not_gone(
    workbench: Workbench, shared: State, status: int, error: type[Exception]
):
    workbench.restart(operationTimeout="200ms")
    path = f"/connections/{shared.id}$"
    workbench.emulator.fail(kind="status", status=status, method="GET", path=path, times=None)
    with pytest.raises(error):
        workbench.read(KIND, shared)


def test_only_a_partner_shares(workbench: Workbench, salesforce: State):
    arguments = {"connection_id": salesforce.id, "child_organization_id": "x", "name": "y"}
    workbench.restart(apiKey=workbench.emulator.api_key)
    schemas = Schemas(workbench.session.polytomic(None), of_one_moment=True)
    (problem,) = HANDLERS[KIND].check_live(LiveContext(schemas), arguments).problems
    assert "only a partner or deployment key shares connections" in str(problem)
    workbench.restart()
    schemas = Schemas(workbench.session.polytomic(None), of_one_moment=True)
    assert HANDLERS[KIND].check_live(LiveContext(schemas), arguments).problems == ()
    with pytest.raises(NotFound, match="organization not found"):
        workbench.create(KIND, **arguments)


def test_a_preview_names_what_is_not_there(workbench: Workbench, salesforce: State, child: str):
    schemas = Schemas(workbench.session.polytomic(None), of_one_moment=True)

    def problems(**given: str) -> list[str]:
        references = [*HANDLERS[KIND].references(given)]
        found = reference_problems(schemas, references, lambda kind, id_: False)
        return [str(one).partition(". To fix")[0] for one in found]

    assert problems(connection_id=salesforce.id, child_organization_id=child) == []
    assert problems(connection_id="crm", child_organization_id="acme") == [
        "connection_id: there is no connection with the id 'crm'; the connection named 'crm' has "
        f"the id {salesforce.id}",
        "child_organization_id: there is no organization with the id 'acme'; the organization "
        f"named 'acme' has the id {child}",
    ]


def test_what_a_copy_is_of_cannot_be_changed(
    workbench: Workbench, salesforce: State, child: str, shared: State
):
    handler = HANDLERS[KIND]
    for name in ("connection_id", "child_organization_id"):
        changed = {**shared.arguments, name: "another"}
        assert handler.compare(shared, changed).replaces == (name,)
    owner = {**shared.arguments, "organization_id": workbench.emulator.organization_id}
    assert handler.compare(shared, owner).replaces == ()
    assert handler.compare(shared, owner).sent == ()
