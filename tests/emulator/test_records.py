"""What connected services hold: rows that tests and syncs read and change, fields that change."""

from pathlib import Path
from typing import Any

import pytest
from polytomic import Polytomic

from polytomic_emulator import RunningEmulator
from polytomic_emulator.running import ControlError
from polytomic_emulator.state.catalogs import catalog_of
from polytomic_provider.filtering.values import moment_of
from tests.emulator.pipelines import Pipeline, connect

CATALOGS = (
    "salesforce",
    "netsuite",
    "postgresql",
    "hubspot",
    "snowflake",
    "csv",
    "gsheets",
    "webhook",
)
OBJECTS = [(kind, object_id) for kind in CATALOGS for object_id in catalog_of(kind).objects]


def emails(rows: list[dict[str, Any]], field: str) -> set[str]:
    return {row[field].lower() for row in rows if row[field]}


@pytest.fixture(scope="module")
def services() -> Any:
    """A connection of each kind of catalog, for tests that only read."""
    with RunningEmulator() as emulator:
        client = Polytomic(base_url=emulator.url, token=emulator.api_key, max_retries=0)
        ids = {kind: connect(emulator, client, kind) for kind in CATALOGS[:-1]}
        ids["webhook"] = client.connections.create(
            name="Hook", type="webhook", configuration={"url": "https://example.com"}
        ).data.id
        yield emulator, ids


@pytest.mark.parametrize(("kind", "object_id"), OBJECTS)
def test_every_field_of_every_object_has_plausible_values(services: Any, kind: str, object_id: str):
    emulator, ids = services
    found = catalog_of(kind).objects[object_id]
    rows = emulator.records(ids[kind], object_id, deleted=True)
    assert rows
    for field in found.fields.values():
        values = [row[field.id] for row in rows if row[field.id] is not None]
        assert values, f"{field.id} is null in every row"
        for value in values:
            assert _fits(field.type, value), (field.id, value)
        if field.values:
            assert set(values) <= {one["value"] for one in field.values}
        if field.unique:
            assert len(set(values)) == len(values)


def _fits(kind: str, value: Any) -> bool:
    if kind == "datetime":
        return moment_of(value) is not None
    kinds = {"string": str, "number": int | float, "boolean": bool, "array": list}
    return isinstance(value, kinds[kind]) and (kind == "boolean" or not isinstance(value, bool))


def test_contacts_are_as_untidy_as_real_ones(services: Any):
    emulator, ids = services
    rows = emulator.records(ids["salesforce"], "Contact")
    assert 250 < len(rows) < 300
    assert any(row["LastName"] is None for row in rows)
    assert any(row["Email"] is None for row in rows)
    written = [row["Email"] for row in rows if row["Email"]]
    assert len({email.lower() for email in written}) < len(set(written)) == len(written)
    names = "".join(row["Name"] for row in rows)
    assert all(letter in names for letter in "üßłıΓД山김مי")


def test_rows_refer_to_rows_that_are_there(services: Any):
    emulator, ids = services
    for kind, child, reference, parent, key in (
        ("salesforce", "Contact", "AccountId", "Account", "Id"),
        ("salesforce", "Opportunity", "AccountId", "Account", "Id"),
        ("salesforce", "Lead", "OwnerId", "User", "Id"),
        ("netsuite", "contact", "company", "customer", "id"),
        ("netsuite", "salesOrder", "entity", "customer", "id"),
        ("postgresql", "public.contacts", "company_id", "public.companies", "id"),
        ("hubspot", "contacts", "associatedcompanyid", "companies", "hs_object_id"),
        ("snowflake", "PUBLIC.CUSTOMERS", "ACCOUNT_ID", "PUBLIC.ACCOUNTS", "ID"),
        ("snowflake", "ANALYTICS.ORDERS", "CUSTOMER_ID", "PUBLIC.CUSTOMERS", "ID"),
    ):
        known = {row[key] for row in emulator.records(ids[kind], parent, deleted=True)}
        used = {row[reference] for row in emulator.records(ids[kind], child)} - {None}
        assert used
        assert used <= known


def test_some_contacts_of_salesforce_are_in_netsuite_and_some_are_not(services: Any):
    emulator, ids = services
    mine = emails(emulator.records(ids["salesforce"], "Contact"), "Email")
    theirs = emails(emulator.records(ids["netsuite"], "contact"), "email")
    assert len(mine & theirs) > 50
    assert len(mine - theirs) > 50
    assert theirs - mine


def test_every_emulator_has_the_same_rows(services: Any, contacts: Pipeline):
    emulator, ids = services
    for object_id in ("Contact", "Opportunity"):
        assert contacts.emulator.records(contacts.salesforce, object_id) == emulator.records(
            ids["salesforce"], object_id
        )


def test_a_row_is_added_changed_and_deleted(contacts: Pipeline):
    emulator, netsuite = contacts.emulator, contacts.netsuite
    before = emulator.records(netsuite, "contact")
    added = emulator.add_record(netsuite, "contact", lastName="Noether", email="e@n.example")
    assert added["id"] not in {row["id"] for row in before}
    assert added["firstName"] is None
    assert added["dateCreated"] == added["lastModifiedDate"]
    emulator.advance_clock(60)
    changed = emulator.change_record(netsuite, "contact", added["id"], firstName="Emmy")
    assert (changed["firstName"], changed["lastName"]) == ("Emmy", "Noether")
    assert changed["lastModifiedDate"] > changed["dateCreated"] == added["dateCreated"]
    assert emulator.records(netsuite, "contact") == [*before, changed]
    emulator.delete_record(netsuite, "contact", added["id"])
    assert emulator.records(netsuite, "contact") == before
    again = emulator.add_record(netsuite, "contact", lastName="Noether")
    assert again["id"] != added["id"], "an id is never given twice"


def test_salesforce_makes_the_full_name_and_keeps_what_is_deleted(contacts: Pipeline):
    emulator, salesforce = contacts.emulator, contacts.salesforce
    added = emulator.add_record(salesforce, "Contact", FirstName="Emmy", LastName="Noether")
    assert added["Name"] == "Emmy Noether"
    assert len(added["Id"]) == 18
    assert added["IsDeleted"] is False
    changed = emulator.change_record(salesforce, "Contact", added["Id"], FirstName=None)
    assert changed["Name"] == "Noether"
    emulator.delete_record(salesforce, "Contact", added["Id"])
    rows = emulator.records(salesforce, "Contact")
    everything = emulator.records(salesforce, "Contact", deleted=True)
    assert added["Id"] not in {row["Id"] for row in rows}
    assert everything[-1]["Id"] == added["Id"]
    assert everything[-1]["IsDeleted"] is True
    assert all(row["IsDeleted"] is False for row in rows)


def test_a_database_takes_the_id_that_it_is_given_and_counts_otherwise(
    emulator: RunningEmulator, polytomic: Polytomic
):
    postgres = connect(emulator, polytomic, "postgresql")
    assert emulator.add_record(postgres, "contacts", email="a@b")["id"] == 201
    assert emulator.add_record(postgres, "public.contacts", id=9999, email="c@d")["id"] == 9999
    assert len(emulator.records(postgres, "contacts")) == 202


def test_all_rows_are_replaced(contacts: Pipeline):
    emulator, netsuite = contacts.emulator, contacts.netsuite
    made = emulator.replace_records(netsuite, "contact", [{"lastName": "A"}, {"lastName": "B"}])
    assert emulator.records(netsuite, "contact") == made
    assert [row["lastName"] for row in made] == ["A", "B"]


def test_a_target_that_a_sync_creates_starts_empty(
    emulator: RunningEmulator, polytomic: Polytomic, contacts: Pipeline
):
    postgres = connect(emulator, polytomic, "postgresql")
    with pytest.raises(ControlError, match=r"there is no object 'analytics\.people'"):
        emulator.records(postgres, "analytics.people")
    contacts.sync(
        target={"connection_id": postgres, "create": {"name": "analytics.people"}},
        fields=[contacts.mapping("Email", "email", new=True)],
        identity=contacts.identity(),
    )
    assert emulator.records(postgres, "analytics.people") == []
    emulator.add_record(postgres, "analytics.people", email="a@b")
    assert emulator.records(postgres, "analytics.people") == [{"email": "a@b"}]


def test_unknown_fields_and_records_are_refused_with_the_known_ones(contacts: Pipeline):
    emulator, netsuite = contacts.emulator, contacts.netsuite
    with pytest.raises(ControlError, match=r"contact has no field 'LastName'.*lastName"):
        emulator.add_record(netsuite, "contact", LastName="A")
    with pytest.raises(ControlError, match="contact has no record '1'"):
        emulator.change_record(netsuite, "contact", "1", lastName="A")
    with pytest.raises(ControlError, match="values must be an object"):
        emulator.control("POST", f"connections/{netsuite}/objects/contact/records", {"values": 1})


def test_rows_outlive_the_emulator_but_not_their_connection(tmp_path: Path):
    with RunningEmulator(data=tmp_path) as emulator:
        client = Polytomic(base_url=emulator.url, token=emulator.api_key, max_retries=0)
        netsuite = connect(emulator, client)
        emulator.add_record(netsuite, "contact", lastName="Noether")
    with RunningEmulator(data=tmp_path) as emulator:
        assert emulator.records(netsuite, "contact")[-1]["lastName"] == "Noether"
        emulator.control("DELETE", f"connections/{netsuite}")
        state = emulator._running().state
        with state.database.transaction() as rows:
            assert rows.execute("SELECT COUNT(*) FROM records").fetchone()[0] == 0


def test_two_connections_of_one_service_do_not_share_their_rows(
    emulator: RunningEmulator, polytomic: Polytomic
):
    one, other = connect(emulator, polytomic), connect(emulator, polytomic)
    emulator.add_record(one, "contact", lastName="Noether")
    assert len(emulator.records(one, "contact")) == len(emulator.records(other, "contact")) + 1


def source_fields(contacts: Pipeline) -> dict[str, Any]:
    found = contacts.client.model_sync.get_source_fields(
        contacts.salesforce, params={"table": ["Contact"]}
    ).data
    return {one.name: one for one in found}


def test_a_field_is_added_retyped_and_removed(contacts: Pipeline):
    emulator, salesforce = contacts.emulator, contacts.salesforce
    emulator.change_field(salesforce, "Contact", "Score__c", type="number", name="Score")
    assert source_fields(contacts)["Score__c"].type == "number"
    assert emulator.records(salesforce, "Contact")[0]["Score__c"] is None
    emulator.add_record(salesforce, "Contact", LastName="A", Score__c=7)
    emulator.change_field(salesforce, "Contact", "Score__c", type="string")
    assert source_fields(contacts)["Score__c"].type == "string"
    emulator.change_field(salesforce, "Contact", "HasOptedOutOfEmail", type="string")
    assert emulator.records(salesforce, "Contact")[0]["HasOptedOutOfEmail"] in ("true", "false")
    emulator.change_field(salesforce, "Contact", "Phone", removed=True)
    assert "Phone" not in source_fields(contacts)
    assert "Phone" not in emulator.records(salesforce, "Contact")[0]
    with pytest.raises(ControlError, match="Contact has no field 'Phone'"):
        emulator.add_record(salesforce, "Contact", Phone="1")


def test_a_field_becomes_read_only(contacts: Pipeline):
    emulator, netsuite = contacts.emulator, contacts.netsuite
    emulator.change_field(netsuite, "contact", "email", createable=False, updateable=False)
    fields = contacts.client.model_sync.targets.get_target_fields(netsuite, target="contact").data
    email = next(one for one in fields.fields if one.id == "email")
    assert (email.createable, email.updateable, email.type) == (False, False, "string")


def test_a_change_that_nobody_announced_shows_after_a_refresh(contacts: Pipeline):
    emulator, salesforce = contacts.emulator, contacts.salesforce
    emulator.change_field(salesforce, "Contact", "Phone", removed=True, announced=False)
    assert "Phone" in source_fields(contacts)
    assert "Phone" not in emulator.records(salesforce, "Contact")[0]
    contacts.client.schemas.refresh(salesforce)
    emulator.finish_schema(salesforce)
    assert "Phone" not in source_fields(contacts)


def test_a_field_cannot_become_just_anything(contacts: Pipeline):
    emulator, salesforce = contacts.emulator, contacts.salesforce
    for changes, why in (
        ({"type": "text"}, "type 'text' is not known"),
        ({"createable": "no"}, "createable must be a bool"),
        ({"color": "red"}, "color cannot be changed"),
        ({"removed": True}, "Contact has no field 'Nope'"),
    ):
        with pytest.raises(ControlError, match=why):
            emulator.change_field(salesforce, "Contact", "Nope", **changes)
    with pytest.raises(ControlError, match="there is no object 'Nope'"):
        emulator.change_field(salesforce, "Nope", "Name", removed=True)


def test_reset_forgets_rows_and_changed_fields(emulator: RunningEmulator, polytomic: Polytomic):
    connect(emulator, polytomic)
    emulator.reset()
    state = emulator._running().state
    with state.database.transaction() as rows:
        for table in ("records", "record_sets", "service_changes"):
            assert rows.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] == 0  # noqa: S608
