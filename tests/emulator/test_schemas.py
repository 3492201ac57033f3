from typing import Any

import httpx
import pytest
from polytomic import BadRequestError, NotFoundError, Polytomic
from polytomic.types.schema_field import SchemaField
from polytomic.types.schema_primary_key_override_input import SchemaPrimaryKeyOverrideInput
from polytomic.types.user_field_request import UserFieldRequest

from polytomic_emulator import RunningEmulator
from tests.emulator.pipelines import connect, model_over

TABLE = "public.contacts"


@pytest.fixture
def postgresql(emulator: RunningEmulator, polytomic: Polytomic) -> str:
    return connect(emulator, polytomic, "postgresql")


def _fields(client: Polytomic, connection_id: str, schema: str = TABLE) -> dict[str, SchemaField]:
    return {one.id: one for one in client.schemas.get(connection_id, schema).data.fields}


def _score(**more: Any) -> UserFieldRequest:
    return UserFieldRequest(**{"field_id": "score", "label": "Score", "type": "number"} | more)


def test_a_schema_is_read_with_or_without_its_namespace(
    polytomic: Polytomic, postgresql: str
) -> None:
    schema = polytomic.schemas.get(postgresql, TABLE).data
    assert (schema.id, schema.name) == (TABLE, TABLE)
    assert polytomic.schemas.get(postgresql, "contacts").data == schema
    fields = {one.id: one for one in schema.fields}
    assert (fields["email"].type, fields["email"].remote_type) == ("string", "text")
    assert (fields["id"].is_primary_key, fields["id"].source_primary_key) == (True, True)
    assert (fields["email"].is_primary_key, fields["email"].primary_key_override) == (False, None)
    assert not any(one.user_managed for one in schema.fields)


@pytest.mark.parametrize("schema_id", ["a/b.c", "sheets/Q1 2026", "public.none", "x/fields"])
def test_an_unknown_schema_is_404_whatever_is_in_its_id(
    polytomic: Polytomic, postgresql: str, schema_id: str
) -> None:
    with pytest.raises(NotFoundError) as missing:
        polytomic.schemas.get(postgresql, schema_id)
    assert repr(schema_id) in missing.value.body.message
    assert TABLE in missing.value.body.metadata["known_values"]
    with pytest.raises(NotFoundError):
        polytomic.schemas.reset_primary_keys(postgresql, schema_id)
    with pytest.raises(NotFoundError):
        polytomic.schemas.upsert_field(postgresql, schema_id, fields=[_score()])


def test_a_schemas_id_may_have_slashes_and_dots(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    files = connect(emulator, polytomic, "s3")
    orders = "exports/2026/orders.v2.csv"
    polytomic.schemas.upsert_field(files, orders, fields=[_score()])
    polytomic.schemas.set_primary_keys(
        files, orders, fields=[SchemaPrimaryKeyOverrideInput(field_id="sku", is_primary_key=True)]
    )
    fields = _fields(polytomic, files, orders)
    assert (fields["sku"].is_primary_key, fields["score"].name) == (True, "Score")
    assert polytomic.schemas.patch_field(files, orders, "sku", label="Article").data.id == "sku"
    polytomic.schemas.delete_field(files, orders, "score")
    polytomic.schemas.reset_primary_keys(files, orders)
    escaped = _fields(polytomic, files, orders.replace("/", "%2F"))
    assert (escaped["sku"].is_primary_key, escaped["sku"].name) == (False, "Article")


def test_a_schema_is_400_before_the_cache_was_ready_and_stays_when_health_fails(
    polytomic: Polytomic, emulator: RunningEmulator, postgresql: str
) -> None:
    emulator.control("POST", f"connections/{postgresql}/break")
    assert _fields(polytomic, postgresql)
    made = polytomic.connections.create(name="A", type="hubspot", configuration={}).data
    with pytest.raises(BadRequestError) as early:
        polytomic.schemas.get(made.id, "contacts")
    assert "cache refresh in progress" in early.value.body.message
    emulator.authorize(made.id)
    emulator.hold_schema(made.id)
    emulator.behave(unready_cache="allow")
    assert polytomic.schemas.get(made.id, "contacts").data.fields


def test_overridden_primary_keys_replace_earlier_ones_until_they_are_reset(
    polytomic: Polytomic, postgresql: str
) -> None:
    def override(**keys: bool) -> None:
        fields = [
            SchemaPrimaryKeyOverrideInput(field_id=name, is_primary_key=key)
            for name, key in keys.items()
        ]
        polytomic.schemas.set_primary_keys(postgresql, TABLE, fields=fields)

    def keys() -> set[str]:
        return {one.id for one in _fields(polytomic, postgresql).values() if one.is_primary_key}

    override(email=True, id=False)
    assert keys() == {"email"}
    field = _fields(polytomic, postgresql)["id"]
    assert (field.source_primary_key, field.primary_key_override) == (True, False)
    override(last_name=True)
    assert keys() == {"id", "last_name"}
    polytomic.schemas.reset_primary_keys(postgresql, TABLE)
    assert keys() == {"id"}
    override(email=True)
    override()
    assert keys() == {"id"}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ([{"field_id": "none", "is_primary_key": True}], "fields"),
        ([{"field_id": "id"}], "fields[0].is_primary_key"),
        ([{"is_primary_key": True}], "fields[0].field_id"),
        ([{"field_id": "id", "is_primary_key": "yes"}], "fields[0].is_primary_key"),
        ([{"field_id": "id", "is_primary_key": True}] * 2, "fields[1].field_id"),
        ("id", "fields"),
    ],
)
def test_primary_keys_that_cannot_be_are_400(
    http: httpx.Client, postgresql: str, fields: Any, field: str
) -> None:
    path = f"/api/connections/{postgresql}/schemas/{TABLE}/primary_keys"
    reply = http.put(path, json={"fields": fields})
    assert (reply.status_code, reply.json()["metadata"]["field"]) == (400, field)


def test_user_defined_fields_show_in_discovery_and_in_models_but_not_in_targets(
    polytomic: Polytomic, postgresql: str
) -> None:
    polytomic.schemas.upsert_field(
        postgresql, TABLE, fields=[_score(path="$.score", example=7, definition="double")]
    )
    field = _fields(polytomic, postgresql)["score"]
    assert (field.name, field.type, field.path) == ("Score", "number", "$.score")
    assert (field.type_spec, field.user_managed, field.is_primary_key) == ("double", True, False)
    params = {"table": ["contacts"]}
    found = polytomic.model_sync.get_source_fields(postgresql, params=params).data
    assert [(one.label, one.user_added) for one in found if one.name == "score"] == [
        ("Score", False)
    ]
    selected = {"query": ["select score from public.contacts"]}
    found = polytomic.model_sync.get_source_fields(postgresql, params=selected).data
    assert [(one.name, one.type) for one in found] == [("score", "number")]
    made = model_over(
        polytomic, postgresql, configuration={"table": TABLE}, fields=["email", "score"]
    )
    assert [one.name for one in made.fields] == ["email", "score"]
    target = polytomic.model_sync.targets.get_target_fields(postgresql, target=TABLE).data
    assert "score" not in {one.id for one in target.fields}


def test_upserting_replaces_a_definition_and_deleting_ends_it(
    polytomic: Polytomic, postgresql: str
) -> None:
    polytomic.schemas.upsert_field(postgresql, TABLE, fields=[_score(path="$.a", example=1)])
    polytomic.schemas.upsert_field(postgresql, TABLE, fields=[_score(label="Points")])
    field = _fields(polytomic, postgresql)["score"]
    assert (field.name, field.path) == ("Points", None)
    polytomic.schemas.delete_field(postgresql, TABLE, "score")
    assert "score" not in _fields(polytomic, postgresql)
    with pytest.raises(NotFoundError):
        polytomic.schemas.delete_field(postgresql, TABLE, "score")
    with pytest.raises(BadRequestError) as detected:
        polytomic.schemas.delete_field(postgresql, TABLE, "email")
    assert "user-defined" in detected.value.body.message


def test_patching_overrides_a_detected_field_and_edits_a_defined_one(
    polytomic: Polytomic, postgresql: str
) -> None:
    patched = polytomic.schemas.patch_field(postgresql, TABLE, "email", label="Work e-mail").data
    assert (patched.name, patched.type, patched.user_managed) == ("Work e-mail", "string", True)
    polytomic.schemas.upsert_field(
        postgresql, TABLE, fields=[_score(path="$.score", definition="double")]
    )
    patched = polytomic.schemas.patch_field(postgresql, TABLE, "score", path="").data
    assert (patched.path, patched.type_spec) == (None, "double")
    patched = polytomic.schemas.patch_field(postgresql, TABLE, "score", type="string").data
    assert (patched.name, patched.type, patched.type_spec) == ("Score", "string", None)
    with pytest.raises(NotFoundError):
        polytomic.schemas.patch_field(postgresql, TABLE, "none", label="None")


def test_deleting_an_overridden_field_brings_back_what_was_detected(
    polytomic: Polytomic, postgresql: str
) -> None:
    detected = _fields(polytomic, postgresql)["email"]
    polytomic.schemas.patch_field(postgresql, TABLE, "email", label="Work e-mail", type="object")
    key = SchemaPrimaryKeyOverrideInput(field_id="email", is_primary_key=True)
    polytomic.schemas.set_primary_keys(postgresql, TABLE, fields=[key])
    polytomic.schemas.delete_field(postgresql, TABLE, "email")
    now = _fields(polytomic, postgresql)["email"]
    assert (now.name, now.type, now.user_managed) == (detected.name, "string", False)
    assert now.is_primary_key
    with pytest.raises(BadRequestError):
        polytomic.schemas.delete_field(postgresql, TABLE, "email")


def test_a_deleted_field_can_show_until_the_schema_was_read_anew(
    polytomic: Polytomic, emulator: RunningEmulator, postgresql: str
) -> None:
    emulator.behave(deleted_fields="until_refreshed", schema_polls=1)
    polytomic.schemas.upsert_field(postgresql, TABLE, fields=[_score()])
    polytomic.schemas.patch_field(postgresql, TABLE, "email", label="Work e-mail")
    for field_id in ("score", "email"):
        polytomic.schemas.delete_field(postgresql, TABLE, field_id)
        assert _fields(polytomic, postgresql)[field_id].user_managed
    emulator.finish_schema(postgresql)
    left = _fields(polytomic, postgresql)
    assert "score" not in left
    assert not left["email"].user_managed
    polytomic.schemas.upsert_field(postgresql, TABLE, fields=[_score()])
    polytomic.schemas.delete_field(postgresql, TABLE, "score")
    polytomic.schemas.upsert_field(postgresql, TABLE, fields=[_score(label="Again")])
    emulator.finish_schema(postgresql)
    assert _fields(polytomic, postgresql)["score"].name == "Again"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"type": "money"}, "fields[0].type"),
        ({"label": ""}, "fields[0].label"),
        ({"definition": "varchar"}, "fields[0].definition"),
        ({"definition": []}, "fields[0].definition"),
        ({"field_id": "email"}, "fields[0].field_id"),
        ({"path": 5}, "fields[0].path"),
        ({"label": None}, "fields[0].label"),
    ],
)
def test_a_field_that_cannot_be_defined_is_400_and_none_of_its_companions_is_kept(
    http: httpx.Client, polytomic: Polytomic, postgresql: str, more: dict[str, Any], field: str
) -> None:
    good = {"field_id": "good", "label": "Good", "type": "array", "definition": ["array", "int"]}
    wrong = {"field_id": "score", "label": "Score", "type": "number"} | more
    path = f"/api/connections/{postgresql}/schemas/{TABLE}/fields"
    reply = http.post(path, json={"fields": [wrong, good]})
    assert (reply.status_code, reply.json()["metadata"]["field"]) == (400, field)
    assert "good" not in _fields(polytomic, postgresql)
    assert http.post(path, json={"fields": [good]}).status_code == 204


def test_changes_of_a_schema_outlive_a_refresh_and_end_with_their_connection(
    polytomic: Polytomic, emulator: RunningEmulator, postgresql: str
) -> None:
    polytomic.schemas.upsert_field(postgresql, TABLE, fields=[_score()])
    polytomic.schemas.refresh(postgresql)
    emulator.finish_schema(postgresql)
    assert "score" in _fields(polytomic, postgresql)
    other = connect(emulator, polytomic, "postgresql")
    assert "score" not in _fields(polytomic, other)
    polytomic.connections.delete(postgresql)
    with pytest.raises(NotFoundError):
        polytomic.schemas.get(postgresql, TABLE)
