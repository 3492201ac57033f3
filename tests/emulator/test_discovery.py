import httpx
import pytest
from polytomic import BadRequestError, NotFoundError, Polytomic

from polytomic_emulator import RunningEmulator
from tests.emulator.pipelines import connect


def test_a_source_lists_its_objects(polytomic: Polytomic, emulator: RunningEmulator) -> None:
    source = polytomic.model_sync.get_source(connect(emulator, polytomic, "salesforce")).data
    assert source.requires_one_of == ["table", "query"]
    assert source.items["table"].has_items is True
    assert {"Contact", "Account", "Lead"} <= set(source.items["table"].items)
    assert source.items["query"].has_items is False
    assert source.configuration["include_deleted"].type == "boolean"


def test_what_is_chosen_narrows_what_is_left_to_choose(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    get = polytomic.model_sync.get_source
    salesforce = connect(emulator, polytomic, "salesforce")
    source = get(salesforce, params={"table": ["Contact"]}).data
    assert (source.requires_one_of, source.items["table"].items) == ([], ["Contact"])
    assert set(source.configuration) == {"table", "include_deleted"}
    source = get(salesforce, params={"include_deleted": ["true"]}).data
    assert source == get(salesforce).data
    source = get(salesforce, params={"query": ["SELECT Id FROM Contact"]}).data
    assert (source.requires_one_of, set(source.items)) == ([], {"query"})
    postgresql = connect(emulator, polytomic, "postgresql")
    tables = get(postgresql, params={"schema": ["public"]}).data.items["table"].items
    assert tables == ["public.contacts", "public.companies"]
    assert get(postgresql, params={"schema": ["private"]}).data.items["table"].items == []
    for wrong in ({"colour": ["red"]}, {"table": ["Kontakt"]}, {"schema": ["public"]}):
        with pytest.raises(BadRequestError):
            get(salesforce, params=wrong)


def test_hubspot_chooses_by_stream(polytomic: Polytomic, emulator: RunningEmulator) -> None:
    source = polytomic.model_sync.get_source(connect(emulator, polytomic, "hubspot")).data
    assert source.requires_one_of == ["stream_id"]
    assert source.items["stream_id"].items == ["contacts", "companies"]


@pytest.mark.parametrize("selector", ["table", "stream_id"])
def test_fields_are_found_by_either_selector(
    polytomic: Polytomic, emulator: RunningEmulator, selector: str
) -> None:
    made = connect(emulator, polytomic, "salesforce")
    params = {selector: ["Contact"]}
    fields = polytomic.model_sync.get_source_fields(made, params=params).data
    by_name = {one.name: one for one in fields}
    assert {"Id", "Email", "FirstName", "LastName"} <= set(by_name)
    assert (by_name["LastName"].label, by_name["LastName"].type) == ("Last Name", "string")
    assert by_name["Id"].unique is True
    assert by_name["Id"].id != by_name["Email"].id
    assert polytomic.model_sync.get_source_fields(made, params=params).data == fields
    assert polytomic.model_sync.get_source(made, params=params).data.items


def test_fields_of_a_query_are_what_it_selects(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = connect(emulator, polytomic, "postgresql")
    query = "SELECT id, lower(email) AS address, c.last_name FROM public.contacts c WHERE id > 5"
    fields = polytomic.model_sync.get_source_fields(made, params={"query": [query]}).data
    assert [(one.name, one.type) for one in fields] == [
        ("id", "number"),
        ("address", "string"),
        ("last_name", "string"),
    ]
    star = {"query": ["select * from contacts"]}
    assert len(polytomic.model_sync.get_source_fields(made, params=star).data) == 9


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({}, "configuration"),
        ({"table": ["Contact"], "query": ["SELECT Id FROM Contact"]}, "configuration"),
        ({"table": ["Kontakt"]}, "configuration.table"),
        ({"query": ["SELECT Id FROM Kontakt"]}, "configuration.query"),
        ({"query": ["SELECT Nothing FROM Contact"]}, "configuration.query"),
        ({"query": ["DROP TABLE Contact"]}, "configuration.query"),
        ({"table": ["Contact", "Lead"]}, "params[table]"),
    ],
)
def test_a_source_that_is_not_there_is_a_400_that_names_the_key(
    polytomic: Polytomic, emulator: RunningEmulator, params: dict[str, list[str]], field: str
) -> None:
    made = connect(emulator, polytomic, "salesforce")
    with pytest.raises(BadRequestError) as refusal:
        polytomic.model_sync.get_source_fields(made, params=params)
    assert refusal.value.body.metadata["field"] == field


def test_an_unknown_object_is_answered_with_the_known_ones(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = connect(emulator, polytomic, "salesforce")
    with pytest.raises(BadRequestError) as refusal:
        polytomic.model_sync.get_source_fields(made, params={"table": ["Kontakt"]})
    assert "Contact" in refusal.value.body.metadata["known_values"]
    assert "Kontakt" in refusal.value.body.message


def test_targets_list_their_modes(polytomic: Polytomic, emulator: RunningEmulator) -> None:
    reply = polytomic.model_sync.targets.list(connect(emulator, polytomic))
    assert {"contact", "customer"} <= {one.id for one in reply.data}
    modes = {one.id: one for one in reply.data[0].modes}
    assert set(modes) == {"create", "update", "updateOrCreate"}
    assert modes["updateOrCreate"].requires_identity is True
    assert modes["create"].requires_identity is False
    assert reply.target_creation.supported is False


def test_a_targets_fields_say_what_can_be_done_with_them(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = connect(emulator, polytomic)
    target = polytomic.model_sync.targets.get_target_fields(made, target="contact").data
    fields = {one.id: one for one in target.fields}
    assert (target.id, target.name) == ("contact", "Contact")
    assert target.refreshed_at is not None
    assert fields["lastName"].required is True
    assert (fields["id"].createable, fields["id"].updateable) == (False, False)
    assert fields["email"].supports_identity is True
    assert [one.id for one in fields["email"].identity_functions] == ["Equality"]
    functions = {one.id: one for one in fields["email"].filter_functions}
    assert functions["IsNotNull"].requires_value is False
    assert functions["StringOneOf"].multi_value is True
    assert {one.mode for one in target.modes} == {"create", "update", "updateOrCreate"}
    assert target.properties.supports_multiple_identities is False
    customer = polytomic.model_sync.targets.get_target_fields(made, target="customer").data
    status = next(one for one in customer.fields if one.id == "entityStatus")
    assert status.values[0].label == "Customer - Closed Won"


def test_fields_can_be_read_afresh(polytomic: Polytomic, emulator: RunningEmulator) -> None:
    made = connect(emulator, polytomic)
    before = emulator.schema(made)["started_at"]
    polytomic.model_sync.targets.get_target_fields(made, target="contact", refresh=True)
    assert emulator.schema(made)["started_at"] > before


def test_what_a_new_target_needs_is_told(polytomic: Polytomic, emulator: RunningEmulator) -> None:
    made = connect(emulator, polytomic, "postgresql")
    creation = polytomic.model_sync.targets.list(made).target_creation
    assert creation.supported is True
    assert [(one.id, one.enum, one.values) for one in creation.properties] == [
        ("name", False, None)
    ]
    name = polytomic.model_sync.targets.get_create_property(made, "name").data
    assert name == creation.properties[0]
    properties = {"name": ["analytics.people"]}
    target = polytomic.model_sync.targets.get_target_fields(made, properties=properties).data
    assert (target.fields, target.refreshed_at) == ([], None)


def test_a_target_that_cannot_be_is_refused(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    netsuite, postgresql = connect(emulator, polytomic), connect(emulator, polytomic, "postgresql")
    targets = polytomic.model_sync.targets
    with pytest.raises(NotFoundError):
        targets.get_create_property(netsuite, "name")
    with pytest.raises(NotFoundError) as missing:
        targets.get_create_property(postgresql, "nothing")
    assert missing.value.body.metadata["known_values"] == ["name"]
    with pytest.raises(BadRequestError) as refusal:
        targets.get_target_fields(netsuite, target="kontakt")
    assert "contact" in refusal.value.body.metadata["known_values"]
    for wrong in (
        {},
        {"target": "public.contacts", "properties": {"name": ["public.x"]}},
        {"properties": {"name": [""]}},
        {"properties": {"name": ["public.x"], "color": ["red"]}},
    ):
        with pytest.raises(BadRequestError):
            targets.get_target_fields(postgresql, **wrong)
    with pytest.raises(NotFoundError):
        targets.list("none")


def test_absent_facts_are_null_on_demand(
    http: httpx.Client, polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = connect(emulator, polytomic)
    path = f"/api/connections/{made}/modelsync/target/fields?target=contact"
    assert "values" not in http.get(path).json()["data"]["fields"][0]
    emulator.behave(null_for_absent=True)
    assert http.get(path).json()["data"]["fields"][0]["values"] is None
    assert polytomic.model_sync.targets.get_target_fields(made, target="contact").data.fields


def test_a_type_without_a_catalog_of_its_own_has_some_objects(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = polytomic.connections.create(name="A", type="api", configuration={"url": "https://a"})
    emulator.finish_schema(made.data.id)
    source = polytomic.model_sync.get_source(made.data.id).data
    assert source.items["table"].items == ["records", "events"]
    assert polytomic.model_sync.targets.list(made.data.id).data[0].id == "records"
