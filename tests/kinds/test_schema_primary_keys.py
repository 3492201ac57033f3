"""The primary key of an object of a connection: set over what the source says, and taken back."""

from typing import Any

import httpx
import pytest

from polytomic_emulator import RunningEmulator
from polytomic_provider.api import BadRequest, NotFound
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.state import State
from polytomic_provider.live import Schemas
from tests.kinds.conftest import Workbench

KIND = "SchemaPrimaryKeys"


@pytest.fixture
def crm(workbench: Workbench) -> State:
    made = workbench.create(
        "Connection", "crm", type="salesforce", configuration={"domain": "acme.my.salesforce.com"}
    )
    workbench.create("ConnectionReadiness", connection=made.id, timeout="30s")
    return made


def _ask(emulator: RunningEmulator, method: str, path: str, body: Any = None) -> Any:
    headers = {"Authorization": f"Bearer {emulator.api_key}"}
    url = f"{emulator.url}/api/connections/{path}"
    return httpx.request(method, url, headers=headers, json=body).raise_for_status()


def _fields(emulator: RunningEmulator, crm: State) -> dict[str, dict[str, Any]]:
    found = _ask(emulator, "GET", f"{crm.id}/schemas/Contact").json()["data"]["fields"]
    return {one["id"]: one for one in found}


def _keys(emulator: RunningEmulator, crm: State) -> list[str]:
    return [name for name, one in _fields(emulator, crm).items() if one["is_primary_key"]]


def _made(workbench: Workbench, crm: State, *fields: str) -> State:
    return workbench.create(KIND, connection_id=crm.id, schema_id="Contact", fields=[*fields])


def test_exactly_the_named_fields_are_the_key_until_the_source_counts_again(
    workbench: Workbench, crm: State
):
    assert _keys(workbench.emulator, crm) == ["Id"]
    made = _made(workbench, crm, "Email", "LastName")
    assert made.id == f"{crm.id}/Contact"
    assert made.computed == {"source_fields": ["Id"]}
    assert set(_keys(workbench.emulator, crm)) == {"Email", "LastName"}
    assert _fields(workbench.emulator, crm)["Id"]["primary_key_override"] is False

    made = workbench.update(KIND, made, fields=["Id", "Email"])
    assert set(_keys(workbench.emulator, crm)) == {"Id", "Email"}
    workbench.restart()
    read = workbench.read(KIND, made)
    assert read is not None
    assert not HANDLERS[KIND].compare(read, {**made.arguments, "fields": ["Email", "Id"]}).differs

    workbench.delete(KIND, read)
    overrides = [
        one.get("primary_key_override") for one in _fields(workbench.emulator, crm).values()
    ]
    assert set(overrides) == {None}
    assert "restored the default of the primary key" in workbench.said[-1]


@pytest.mark.parametrize(
    "by_hand",
    [
        {"fields": []},
        {"fields": [{"field_id": "LastName", "is_primary_key": True}]},
        {"fields": [{"field_id": "Id", "is_primary_key": False}]},
    ],
)
def test_a_change_by_hand_is_seen_and_repaired(workbench: Workbench, crm: State, by_hand: Any):
    made = _made(workbench, crm, "Email")
    _ask(workbench.emulator, "PUT", f"{crm.id}/schemas/Contact/primary_keys", by_hand)
    workbench.restart()
    read = workbench.read(KIND, made)
    assert read is not None
    assert HANDLERS[KIND].compare(read, made.arguments).changed == ("fields",)
    workbench.update(KIND, read, fields=["Email"])
    assert _keys(workbench.emulator, crm) == ["Email"]


def test_what_the_source_says_already_is_taken_over_without_a_request_that_changes(
    workbench: Workbench, crm: State
):
    workbench.emulator.clear_requests()
    _made(workbench, crm, "Id")
    assert workbench.emulator.requests("PUT") == []
    assert workbench.said[-1] == "takes over the primary key and changes nothing"


def test_the_key_goes_with_its_connection(workbench: Workbench, crm: State):
    made = _made(workbench, crm, "Email")
    workbench.delete("Connection", crm)
    workbench.restart()
    assert workbench.read(KIND, made) is None
    workbench.delete(KIND, made)


def test_a_preview_names_the_field_or_object_that_is_not_there(workbench: Workbench, crm: State):
    schemas = Schemas(workbench.session.polytomic(None), of_one_moment=True)

    def problems(**given: Any) -> list[str]:
        arguments = {"connection_id": crm.id, "schema_id": "Contact", "fields": ["Email"], **given}
        return [str(one) for one in HANDLERS[KIND].check_live(schemas, arguments).problems]

    assert problems() == []
    (found,) = problems(fields=["Email", "Emial"])
    assert found.startswith("fields[1]: 'Emial' is not a field of Contact; did you mean 'Email'?")
    assert problems(schema_id="Contct") == ["schema_id: the connection has no object 'Contct'"]
    with pytest.raises(BadRequest, match="no field 'Emial'"):
        _made(workbench, crm, "Emial")
    with pytest.raises(NotFound):
        workbench.create(KIND, connection_id=crm.id, schema_id="Contct", fields=["Id"])


def test_two_objects_of_a_connection_have_keys_of_their_own(workbench: Workbench, crm: State):
    _made(workbench, crm, "Email")
    lead = workbench.create(KIND, connection_id=crm.id, schema_id="Lead", fields=["Company"])
    assert lead.id == f"{crm.id}/Lead"
    assert _keys(workbench.emulator, crm) == ["Email"]
