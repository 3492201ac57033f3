"""The primary key of an object of a connection: set over what the source says, and taken back."""

from typing import Any

import httpx
import pytest

from polytomic_emulator import RunningEmulator
from polytomic_provider.api import BadRequest, NotFound
from polytomic_provider.api.routes.primary_keys import PrimaryKeysReply
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.state import State
from polytomic_provider.kinds.schema_primary_keys import overrides
from polytomic_provider.live import LiveContext, Schemas
from tests.kinds.conftest import Workbench

KIND = "SchemaPrimaryKeys"


def _ask(emulator: RunningEmulator, method: str, path: str, body: Any = None) -> Any:
    headers = {"Authorization": f"Bearer {emulator.api_key}"}
    url = f"{emulator.url}/api/connections/{path}"
    return httpx.request(method, url, headers=headers, json=body).raise_for_status()


def _fields(emulator: RunningEmulator, salesforce: State) -> dict[str, dict[str, Any]]:
    found = _ask(emulator, "GET", f"{salesforce.id}/schemas/Contact").json()["data"]["fields"]
    return {one["id"]: one for one in found}


def _keys(emulator: RunningEmulator, salesforce: State) -> list[str]:
    return [name for name, one in _fields(emulator, salesforce).items() if one["is_primary_key"]]


def _made(workbench: Workbench, salesforce: State, *fields: str) -> State:
    return workbench.create(
        KIND, connection_id=salesforce.id, schema_id="Contact", fields=[*fields]
    )


def test_exactly_the_named_fields_are_the_key_until_the_source_counts_again(
    workbench: Workbench, salesforce: State
):
    assert _keys(workbench.emulator, salesforce) == ["Id"]
    made = _made(workbench, salesforce, "Email", "LastName")
    assert made.id == f"{salesforce.id}/Contact"
    assert made.computed == {"source_fields": ["Id"]}
    assert set(_keys(workbench.emulator, salesforce)) == {"Email", "LastName"}
    assert _fields(workbench.emulator, salesforce)["Id"]["primary_key_override"] is False

    made = workbench.update(KIND, made, fields=["Id", "Email"])
    assert set(_keys(workbench.emulator, salesforce)) == {"Id", "Email"}
    workbench.restart()
    read = workbench.read(KIND, made)
    assert read is not None
    assert not HANDLERS[KIND].compare(read, {**made.arguments, "fields": ["Email", "Id"]}).differs

    workbench.delete(KIND, read)
    overrides = [
        one.get("primary_key_override") for one in _fields(workbench.emulator, salesforce).values()
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
def test_a_change_by_hand_is_seen_and_repaired(
    workbench: Workbench, salesforce: State, by_hand: Any
):
    made = _made(workbench, salesforce, "Email")
    _ask(workbench.emulator, "PUT", f"{salesforce.id}/schemas/Contact/primary_keys", by_hand)
    workbench.restart()
    read = workbench.read(KIND, made)
    assert read is not None
    assert HANDLERS[KIND].compare(read, made.arguments).changed == ("fields",)
    workbench.update(KIND, read, fields=["Email"])
    assert _keys(workbench.emulator, salesforce) == ["Email"]


def test_what_the_source_says_already_is_taken_over_without_a_request_that_changes(
    workbench: Workbench, salesforce: State
):
    workbench.emulator.clear_requests()
    _made(workbench, salesforce, "Id")
    assert workbench.emulator.requests("PUT") == []
    assert workbench.said[-1] == "takes over the primary key and changes nothing"


def test_the_key_goes_with_its_connection(workbench: Workbench, salesforce: State):
    made = _made(workbench, salesforce, "Email")
    workbench.delete("Connection", salesforce)
    workbench.restart()
    assert workbench.read(KIND, made) is None
    workbench.delete(KIND, made)


def test_a_preview_names_the_field_or_object_that_is_not_there(
    workbench: Workbench, salesforce: State
):
    schemas = Schemas(workbench.session.polytomic(None), of_one_moment=True)

    def problems(**given: Any) -> list[str]:
        arguments = {
            "connection_id": salesforce.id,
            "schema_id": "Contact",
            "fields": ["Email"],
            **given,
        }
        return [
            str(one) for one in HANDLERS[KIND].check_live(LiveContext(schemas), arguments).problems
        ]

    assert problems() == []
    (found,) = problems(fields=["Email", "Emial"])
    assert found.startswith("fields[1]: 'Emial' is not a field of Contact; did you mean 'Email'?")
    assert problems(schema_id="Contct") == ["schema_id: the connection has no object 'Contct'"]
    with pytest.raises(BadRequest, match="no field 'Emial'"):
        _made(workbench, salesforce, "Emial")
    with pytest.raises(NotFound):
        workbench.create(KIND, connection_id=salesforce.id, schema_id="Contct", fields=["Id"])


def test_two_objects_of_a_connection_have_keys_of_their_own(
    workbench: Workbench, salesforce: State
):
    _made(workbench, salesforce, "Email")
    lead = workbench.create(KIND, connection_id=salesforce.id, schema_id="Lead", fields=["Company"])
    assert lead.id == f"{salesforce.id}/Lead"
    assert _keys(workbench.emulator, salesforce) == ["Email"]


@pytest.mark.parametrize(
    ("source_fields", "sent"),
    [
        (["id"], {"email": True, "id": False}),
        (None, {"email": True, "id": False, "note": False}),
        ([], {"email": True}),
    ],
)
def test_only_what_the_source_counts_is_taken_out_of_the_key_where_the_server_tells(
    source_fields: list[str] | None, sent: dict[str, bool]
):
    there = PrimaryKeysReply(
        fields=["id"], source_fields=source_fields, known=["id", "email", "note"]
    )
    body = overrides(there, ["email"])
    assert {one.field_id: one.is_primary_key for one in body.fields} == sent
    assert overrides(there, []).fields == []
