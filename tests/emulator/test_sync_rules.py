from collections.abc import Callable
from typing import Any

import httpx
import pytest
from polytomic import BadRequestError, NotFoundError, UnprocessableEntityError

from polytomic_emulator import RunningEmulator
from tests.emulator.pipelines import Pipeline, connect

Body = Callable[[Pipeline], dict[str, Any]]


def _refused(contacts: Pipeline, **more: Any) -> dict[str, Any]:
    """The error body of a sync that the rules refuse; nothing was stored."""
    with pytest.raises(UnprocessableEntityError) as refusal:
        contacts.sync(**more)
    assert contacts.emulator.syncs() == []
    assert refusal.value.body.message
    return refusal.value.body.metadata


@pytest.mark.parametrize(
    ("wrong", "field", "known"),
    [
        (lambda c: {"name": ""}, "name", None),
        (lambda c: {"mode": "upsert"}, "mode", "snapshot"),
        (lambda c: {"mode": "replace"}, "mode", "updateOrCreate"),
        (lambda c: {"identity": None}, "identity", None),
        (lambda c: {"fields": []}, "fields", None),
        (
            lambda c: {"target": {"connection_id": c.netsuite, "object": "kontakt"}},
            "target.object",
            "contact",
        ),
        (lambda c: {"target": {"connection_id": c.netsuite}}, "target.object", None),
        (
            lambda c: {"target": {"connection_id": c.netsuite, "create": {"table": "x"}}},
            "target.create",
            None,
        ),
    ],
)
def test_a_sync_that_cannot_be_is_a_422_that_names_the_key(
    contacts: Pipeline, wrong: Body, field: str, known: str | None
) -> None:
    metadata = _refused(contacts, **wrong(contacts))
    assert metadata["field"] == field
    assert known is None or known in metadata["known_values"]


def test_an_unknown_target_connection_is_a_404(contacts: Pipeline) -> None:
    with pytest.raises(NotFoundError) as refusal:
        contacts.sync(target={"connection_id": "none", "object": "contact"})
    assert refusal.value.body.metadata["field"] == "target.connection_id"


@pytest.mark.parametrize(
    ("mapping", "field", "known"),
    [
        ({"target": "nothing"}, "fields[0].target", "lastName"),
        ({"target": "id"}, "fields[0].target", None),
        ({"target": ""}, "fields[0].target", None),
        ({"target": "title", "source": None}, "fields[0].source", None),
        ({"source": {"model_id": "none", "field": "Email"}}, "fields[0].source.model_id", None),
        ({"field": "Nothing"}, "fields[0].source.field", "Email"),
        ({"field": "Phone"}, "fields[0].source.field", "Email"),
        ({"sync_mode": "sometimes"}, "fields[0].sync_mode", "create"),
        ({"sync_mode": "create"}, "fields[0].sync_mode", None),
        ({"encryption_enabled": True}, "fields[0].encryption_enabled", None),
        ({"new": True, "target": "custom"}, "fields[0].target", "lastName"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(
    contacts: Pipeline, mapping: dict[str, Any], field: str, known: str | None
) -> None:
    source = contacts.source(mapping.pop("field", "FirstName"))
    wrong = {"source": source, "target": "firstName"} | mapping
    metadata = _refused(contacts, fields=[wrong], encryption_passphrase="x")
    assert metadata["field"] == field
    assert known is None or known in metadata["known_values"]


def test_a_target_is_mapped_once(contacts: Pipeline) -> None:
    twice = [contacts.mapping("Email", "email"), contacts.mapping("LastName", "email")]
    assert _refused(contacts, fields=twice)["field"] == "fields"


def test_encryption_needs_a_passphrase(contacts: Pipeline, emulator: RunningEmulator) -> None:
    postgresql = connect(emulator, contacts.client, "postgresql")
    body = {
        "fields": [contacts.mapping("Email", "email", encryption_enabled=True)],
        "target": {"connection_id": postgresql, "object": "public.contacts"},
    }
    assert _refused(contacts, **body)["field"] == "encryption_passphrase"
    assert contacts.sync(**body, encryption_passphrase="x").fields[0].encryption_enabled is True


@pytest.mark.parametrize(
    ("identity", "field", "known"),
    [
        ({"target": "nothing"}, "identity.target", "email"),
        ({"target": "phone"}, "identity.target", "email"),
        ({"function": "DomainMatch"}, "identity.function", "Equality"),
        ({"function": "Same"}, "identity.function", "OneOf"),
        ({"source": {"model_id": "none", "field": "x"}}, "identity.source.model_id", None),
        ({"source": {"field": "Nothing"}}, "identity.source.field", "Email"),
    ],
)
def test_an_identity_that_cannot_be_is_refused(
    contacts: Pipeline, identity: dict[str, Any], field: str, known: str | None
) -> None:
    wrong = contacts.identity() | identity
    wrong["source"] = {"model_id": contacts.model} | wrong["source"]
    metadata = _refused(contacts, identity=wrong)
    assert metadata["field"] == field
    assert known is None or known in metadata["known_values"]


def test_a_mode_that_matches_nothing_needs_no_identity(contacts: Pipeline) -> None:
    assert contacts.sync(mode="create", identity=None).identity is None


def test_removing_needs_no_mappings(contacts: Pipeline, emulator: RunningEmulator) -> None:
    hubspot = connect(emulator, contacts.client, "hubspot")
    target = {"connection_id": hubspot, "object": "contacts"}
    made = contacts.sync(mode="remove", fields=[], target=target)
    assert made.fields == []


def test_several_identities_need_a_strategy_and_a_target_that_takes_them(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    mappings = [contacts.identity(), contacts.identity("LastName", "externalId")]
    both = {"mappings": mappings, "strategy": "and"}
    assert _refused(contacts, identity=None, identities=both)["field"] == "identities.mappings"
    hubspot = connect(emulator, contacts.client, "hubspot")
    body = {
        "identity": None,
        "fields": [contacts.mapping("Email", "email")],
        "target": {"connection_id": hubspot, "object": "contacts"},
    }
    mappings = [contacts.identity(), contacts.identity("LastName", "hs_object_id")]
    without = {"mappings": mappings}
    assert _refused(contacts, **body, identities=without)["field"] == "identities.strategy"
    made = contacts.sync(**body, identities={"mappings": mappings, "strategy": "and"})
    assert made.identities.strategy == "and"
    assert len(made.identities.mappings) == 2
    assert made.identity.target == "email"
    older = contacts.body(**body | {"identity": contacts.identity()})
    with pytest.raises(UnprocessableEntityError, match="more than one identity"):
        contacts.client.model_sync.update(made.id, **older)


@pytest.mark.parametrize(
    ("schedule", "field", "known"),
    [
        ({"frequency": "often"}, "schedule.frequency", "runafter"),
        ({"frequency": "multi"}, "schedule.frequency", "manual"),
        ({"frequency": "hourly"}, "schedule.minute", None),
        ({"frequency": "daily", "hour": "10"}, "schedule.minute", None),
        ({"frequency": "weekly", "hour": "1", "minute": "2"}, "schedule.day_of_week", None),
        ({"frequency": "runafter"}, "schedule.run_after", None),
        ({"frequency": "dbtcloud"}, "schedule.connection_id", None),
        ({"frequency": "custom"}, "schedule.minute", None),
        ({"frequency": "hourly", "minute": "60"}, "schedule.minute", None),
        ({"frequency": "hourly", "minute": "soon"}, "schedule.minute", None),
        (
            {"frequency": "runafter", "run_after": {"sync_ids": ["none"]}},
            "schedule.run_after.sync_ids",
            None,
        ),
        (
            {"frequency": "dbtcloud", "connection_id": "none", "job_id": 5},
            "schedule.connection_id",
            None,
        ),
    ],
)
def test_a_schedule_that_cannot_be_is_refused(
    contacts: Pipeline, schedule: dict[str, Any], field: str, known: str | None
) -> None:
    metadata = _refused(contacts, schedule=schedule)
    assert metadata["field"] == field
    assert known is None or known in metadata["known_values"]


@pytest.mark.parametrize(
    "schedule",
    [
        {"frequency": "continuous"},
        {"frequency": "hourly", "minute": "15"},
        {"frequency": "weekly", "day_of_week": "monday", "hour": "1", "minute": "2"},
        {"frequency": "weekly", "day_of_week": "1", "hour": "1", "minute": "2"},
        {"frequency": "custom", "minute": "*/5", "hour": "1-3,5"},
        {"frequency": "builder", "minute": "0", "hour": "6", "day_of_month": "1"},
    ],
)
def test_a_schedule_comes_back_as_it_was(contacts: Pipeline, schedule: dict[str, Any]) -> None:
    made = contacts.sync(schedule=schedule)
    assert made.schedule.model_dump(exclude_none=True) == schedule


def test_a_sync_can_run_after_another(contacts: Pipeline) -> None:
    first = contacts.sync()
    schedule = {
        "frequency": "runafter",
        "run_after": {"sync_ids": [first.id]},
        "run_after_success_only": True,
    }
    made = contacts.sync(schedule=schedule)
    assert made.schedule.run_after.sync_ids == [first.id]
    assert made.schedule.run_after_success_only is True


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": None}, "name"),
        ({"fields": None}, "fields"),
        ({"fields": {}}, "fields"),
        ({"fields": [{"source": {}}]}, "fields[0].target"),
        ({"target": None}, "target"),
        ({"target": {}}, "target.connection_id"),
        ({"target": {"connection_id": "x", "create": {"a": 1}}}, "target.create.a"),
        ({"schedule": None}, "schedule"),
        ({"schedule": {"frequency": "daily", "hour": 10}}, "schedule.hour"),
        ({"schedule": {"frequency": "dbtcloud", "job_id": "5"}}, "schedule.job_id"),
        ({"identity": "email"}, "identity"),
        ({"identity": {"target": "email"}}, "identity.source"),
        ({"filters": [{"field_type": "Both"}]}, "filters[0].field_type"),
        ({"override_fields": [{"target": "title", "override_value": 5}]}, "override_fields[0]"),
        ({"active": "yes"}, "active"),
        ({"policies": "p"}, "policies"),
    ],
)
def test_a_value_of_the_wrong_json_type_is_a_400(
    contacts: Pipeline, http: httpx.Client, wrong: dict[str, Any], field: str
) -> None:
    reply = http.post("/api/syncs", json=contacts.body() | wrong)
    assert reply.status_code == 400, reply.text
    assert reply.json()["metadata"]["field"].startswith(field)


def test_another_workspaces_organization_is_forbidden(
    contacts: Pipeline, http: httpx.Client
) -> None:
    body = contacts.body(organization_id="another")
    assert http.post("/api/syncs", json=body).status_code == 403
    assert http.post("/api/models", json={"organization_id": "another"}).status_code == 403
    assert http.post("/api/syncs", json=contacts.body(organization_id="")).is_success


def test_a_second_sync_of_a_name_is_refused_on_demand(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    made = contacts.sync()
    emulator.behave(duplicate_names="refuse")
    with pytest.raises(UnprocessableEntityError, match="already exists"):
        contacts.sync()
    contacts.client.model_sync.update(made.id, **contacts.body())


def test_encryption_of_an_override_field_is_ignored(contacts: Pipeline) -> None:
    title = {"target": "title", "override_value": "Dr.", "encryption_enabled": True}
    made = contacts.sync(override_fields=[title])
    (shown,) = made.override_fields
    assert (shown.override_value, shown.model_extra) == ("Dr.", {})


def test_an_override_field_without_a_value_is_refused(contacts: Pipeline) -> None:
    title = {"target": "title", "source": contacts.source("FirstName")}
    with pytest.raises(BadRequestError, match=r"override_fields\[0\].override_value is required"):
        contacts.sync(override_fields=[title])
