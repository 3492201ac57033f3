"""What connections offer as sources and targets: how it is asked for, and both spellings read."""

from collections.abc import Callable
from typing import Any

import pytest
from polytomic import Polytomic as OfficialClient

from polytomic_provider.api import NotFound, Polytomic, PolytomicError, UnexpectedReply
from polytomic_provider.api.wire.source import ModelField
from polytomic_provider.api.wire.target import TargetMode
from tests.unit.api.scripted_server import Server, answer, data

SOURCE = "/api/connections/c1/modelsync/source"
OBJECTS = "/api/connections/c1/modelsync/targetobjects"
FIELDS = "/api/connections/c1/modelsync/target/fields"


def test_a_source_tells_its_keys_and_choices(server: Server, polytomic: Polytomic) -> None:
    server.play(
        data(
            {
                "configuration": {
                    "table": {"type": "string", "items": ["Contact", {"value": "Account"}]},
                    "query": None,
                },
                "items": {
                    "table": {"has_items": True, "items": ["Contact"], "requires_one_of": None},
                    "query": None,
                },
                "requires_one_of": ["table", "query"],
            }
        )
    )
    source = polytomic.sources.get("c1").data
    assert (server.requests[0].path, server.requests[0].query) == (SOURCE, {})
    assert source.requires_one_of == ["table", "query"]
    assert source.configuration is not None
    assert source.configuration["query"] is None
    table = source.configuration["table"]
    assert table is not None
    assert (table.type, table.items) == ("string", ["Contact", {"value": "Account"}])
    assert source.items is not None
    items = source.items["table"]
    assert items is not None
    assert (items.has_items, items.items) == (True, ["Contact"])


def test_a_source_that_says_nothing_is_read(server: Server, polytomic: Polytomic) -> None:
    server.play(data({"configuration": None, "requires_one_of": None}))
    source = polytomic.sources.get("c1").data
    assert (source.configuration, source.items, source.requires_one_of) == (None, None, None)


@pytest.mark.parametrize("ask", ["get", "fields"])
def test_params_are_bracketed_and_lists_repeat_the_name(
    server: Server, polytomic: Polytomic, ask: str
) -> None:
    server.play(data({} if ask == "get" else []))
    params = {"table": "Contact & Söhne", "schema": ["a", "b"], "none": None, "deleted": True}
    getattr(polytomic.sources, ask)("c1", params=params)
    assert server.requests[0].query == {
        "params[table]": ["Contact & Söhne"],
        "params[schema]": ["a", "b"],
        "params[deleted]": ["true"],
    }


def test_the_official_client_asks_the_same(server: Server, polytomic: Polytomic, key: str) -> None:
    official = OfficialClient(base_url=server.url, token=key).model_sync
    params: dict[str, Any] = {"table": ["Contact"], "schema": ["a", "b"]}
    properties: dict[str, Any] = {"dataset": "d"}
    server.play(*[data({}), data([]), data([]), data({}), data({})] * 2)

    official.get_source("c1", params=params)
    official.get_source_fields("c1", params=params)
    official.targets.list("c1", include_target_creation_values=True)
    official.targets.get_target_fields("c1", target="contact", refresh=True)
    official.targets.get_target_fields("c1", properties=properties)

    polytomic.sources.get("c1", params=params)
    polytomic.sources.fields("c1", params=params)
    polytomic.targets.objects("c1", include_target_creation_values=True)
    polytomic.targets.fields("c1", target="contact", refresh=True)
    polytomic.targets.fields("c1", properties=properties)

    asked = [(r.method, r.path, r.query) for r in server.requests]
    assert len(asked) == 10
    assert asked[:5] == asked[5:]


def test_fields_of_a_source_are_read(server: Server, polytomic: Polytomic) -> None:
    email = {
        "id": "f1",
        "name": "Email",
        "label": "E-mail",
        "type": "string",
        "remote_type": "email",
        "description": None,
        "example": {"any": ["thing", 1]},
        "unique": False,
        "user_added": True,
        "created_at": "2024-01-15T09:30:00Z",
        "created_by": {"id": "u"},
    }
    server.play(data([email, {"name": "LastName", "id": 7}]))
    first, second = polytomic.sources.fields("c1", params={"table": "Contact"}).data
    assert server.requests[0].path == f"{SOURCE}/fields"
    assert (first.id, first.name, first.label, first.type) == ("f1", "Email", "E-mail", "string")
    assert (first.example, first.unique, first.user_added) == (
        {"any": ["thing", 1]},
        False,
        True,
    )
    assert second == ModelField(id="7", name="LastName")


def test_fields_of_a_source_may_come_in_pages(server: Server, polytomic: Polytomic) -> None:
    server.play(
        answer(200, {"data": [{"name": "a"}], "pagination": {"next_page_token": "2"}}),
        data([{"name": "b"}]),
    )
    fields = polytomic.sources.fields("c1", params={"table": "t"}).data
    assert [field.name for field in fields] == ["a", "b"]
    assert server.requests[1].query == {"params[table]": ["t"], "page_token": ["2"]}


NEW_MODES = [
    {"id": "create", "requires_identity": True, "supports_per_field_mode": True},
    {"id": "something new", "supports_target_filters": False},
]


def test_target_objects_and_how_to_make_new_ones_are_read(
    server: Server, polytomic: Polytomic
) -> None:
    creation = {
        "supported": True,
        "properties": [
            {
                "id": "dataset",
                "title": "Dataset",
                "enum": True,
                "values": [{"label": "One", "value": "1"}, "two", {"value": 3}, None],
            },
            {"id": "name", "title": "Name", "enum": False},
        ],
    }
    objects = [{"id": "contact", "name": "Contact", "modes": NEW_MODES}, {"id": "vendor"}]
    server.play(answer(200, {"data": objects, "target_creation": creation}))
    found = polytomic.targets.objects("c1", include_target_creation_values=True).data
    assert server.requests[0].path == OBJECTS
    assert server.requests[0].query == {"include_target_creation_values": ["true"]}
    contact, vendor = found.objects
    assert (contact.id, contact.name, vendor.id, vendor.modes) == (
        "contact",
        "Contact",
        "vendor",
        None,
    )
    assert contact.modes is not None
    assert [mode.mode for mode in contact.modes] == ["create", "something new"]
    assert contact.modes[0].supports_field_sync_mode is True
    assert found.target_creation is not None
    assert found.target_creation.supported is True
    dataset, name = found.target_creation.properties or []
    assert [value.value for value in dataset.values or ()] == ["1", "two", "3"]
    assert (name.id, name.enum, name.values) == ("name", False, None)


@pytest.mark.parametrize("body", [{"data": []}, {"data": None, "target_creation": None}])
def test_no_target_objects_are_an_empty_list(
    server: Server, polytomic: Polytomic, body: Any
) -> None:
    server.play(answer(200, body))
    found = polytomic.targets.objects("c1").data
    assert (found.objects, found.target_creation) == ([], None)
    assert server.requests[0].query == {}


@pytest.mark.parametrize("body", [{"data": {}}, {"data": [7]}, {"data": [], "target_creation": 7}])
def test_target_objects_of_another_shape_are_said_to_be_that(
    server: Server, polytomic: Polytomic, body: Any
) -> None:
    server.play(answer(200, body))
    with pytest.raises(UnexpectedReply, match=f"GET {OBJECTS}: the reply"):
        polytomic.targets.objects("c1")


@pytest.mark.parametrize(
    "mode",
    [
        {"mode": "update", "supports_field_sync_mode": True},
        {"id": "update", "supports_per_field_mode": True},
    ],
)
def test_a_mode_is_read_in_both_spellings(mode: dict[str, Any]) -> None:
    read = TargetMode.model_validate({**mode, "requires_identity": True})
    assert (read.mode, read.requires_identity, read.supports_field_sync_mode) == (
        "update",
        True,
        True,
    )


def test_the_fields_of_a_target_are_read(server: Server, polytomic: Polytomic) -> None:
    email = {
        "id": "email",
        "name": "Email",
        "type": "string",
        "required": True,
        "createable": True,
        "supports_identity": True,
        "identity_functions": [{"id": "Equality", "label": "Equals"}, "OneOf"],
        "filter_functions": [{"id": "StringOneOf", "requires_value": True, "multi_value": True}],
        "values": [{"label": "A", "value": "a", "depends_on": {"country": "DE"}}],
    }
    server.play(
        data(
            {
                "id": "contact",
                "name": "Contact",
                "refreshed_at": "2024-01-15T09:30:00Z",
                "fields": [email, None, {"id": 5}],
                "modes": [{"mode": "updateOrCreate", "requires_identity": True}, "append"],
                "properties": {"mappings_not_required": True, "new_target_label": "Table"},
            }
        )
    )
    target = polytomic.targets.fields("c1", target="contact").data
    assert server.requests[0].path == FIELDS
    assert server.requests[0].query == {"target": ["contact"]}
    first, second = target.fields or []
    assert (first.id, first.required, first.createable, second.id) == ("email", True, True, "5")
    assert [function.id for function in first.identity_functions or ()] == ["Equality", "OneOf"]
    [function] = first.filter_functions or []
    assert (function.id, function.requires_value, function.multi_value) == (
        "StringOneOf",
        True,
        True,
    )
    [value] = first.values or []
    assert (value.value, value.label, value.depends_on) == ("a", "A", {"country": "DE"})
    assert [mode.mode for mode in target.modes or ()] == ["updateOrCreate", "append"]
    assert target.properties is not None
    assert target.properties.mappings_not_required is True
    assert target.refreshed_at is not None


def test_a_target_without_columns_of_its_own_has_no_fields(
    server: Server, polytomic: Polytomic
) -> None:
    server.play(data({"id": "t", "fields": [], "modes": None, "properties": None}))
    target = polytomic.targets.fields("c1", target="t", refresh=True).data
    assert (target.fields, target.modes, target.properties) == ([], None, None)
    assert server.requests[0].query == {"target": ["t"], "refresh": ["true"]}


@pytest.mark.parametrize("given", [{}, {"target": "t", "properties": {"dataset": "d"}}])
def test_a_target_is_named_in_exactly_one_way(
    server: Server, polytomic: Polytomic, given: dict[str, Any]
) -> None:
    with pytest.raises(PolytomicError, match="exactly one of target and properties"):
        polytomic.targets.fields("c1", **given)
    assert server.requests == []


def test_discovery_on_a_connection_that_is_gone_is_not_found(
    server: Server, polytomic: Polytomic
) -> None:
    server.always(answer(404, {"message": "not found", "status": 404}))
    calls: list[Callable[[], object]] = [
        lambda: polytomic.sources.get("c1"),
        lambda: polytomic.sources.fields("c1"),
        lambda: polytomic.targets.objects("c1"),
        lambda: polytomic.targets.fields("c1", target="t"),
    ]
    for call in calls:
        with pytest.raises(NotFound):
            call()
