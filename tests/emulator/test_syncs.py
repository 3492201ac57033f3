from pathlib import Path
from typing import Any

import httpx
import pytest
from polytomic import NotFoundError, Polytomic, UnprocessableEntityError

from polytomic_emulator import RunningEmulator
from tests.emulator.pipelines import Pipeline, connect, pipeline


def test_the_guides_sync_comes_back_as_documented(contacts: Pipeline) -> None:
    made = contacts.sync(filters=[contacts.filter()], active=True, policies=["p"])
    assert (made.name, made.mode, made.active) == ("Contacts", "updateOrCreate", True)
    assert [(one.source.field, one.target) for one in made.fields] == [
        ("Email", "email"),
        ("LastName", "lastName"),
    ]
    assert made.identity.source.model_id == contacts.model
    assert (made.identity.target, made.identity.function) == ("email", "Equality")
    assert [(one.label, one.function, one.field.field) for one in made.filters] == [
        ("A", "IsNotNull", "LastName")
    ]
    assert made.filters[0].field_type == "Model"
    assert made.model_ids == [contacts.model]
    assert made.target.connection_id == contacts.netsuite
    assert (made.target.object, made.target.configuration) == ("contact", {})
    assert made.target.search_values == {"object": "contact"}
    assert made.schedule.frequency == "manual"
    assert (made.sync_all_records, made.skip_initial_backfill) == (False, False)
    assert (made.policies, made.problems) == (["p"], None)
    assert contacts.client.model_sync.get(made.id).data == made


def test_an_update_replaces_everything_that_was_not_sent(contacts: Pipeline) -> None:
    client = contacts.client
    made = contacts.sync(
        filters=[contacts.filter()],
        overrides=[contacts.filter("Email", "IsNull", override="nobody@example.com")],
        override_fields=[{"target": "title", "override_value": "Person"}],
        active=True,
        sync_all_records=True,
        policies=["p"],
        schedule={"frequency": "daily", "hour": "10", "minute": "30"},
    )
    changed = client.model_sync.update(made.id, **contacts.body(name="Renamed")).data
    assert (changed.name, changed.active, changed.sync_all_records) == ("Renamed", False, False)
    assert (changed.filters, changed.overrides, changed.policies) == ([], [], [])
    assert [one.target for one in changed.fields] == ["email", "lastName"]
    assert (changed.schedule.frequency, changed.schedule.hour) == ("manual", None)
    assert changed.updated_at > changed.created_at == made.created_at
    assert client.model_sync.get(made.id).data == changed


def test_override_fields_come_back_under_a_key_of_their_own(contacts: Pipeline) -> None:
    made = contacts.sync(
        override_fields=[{"target": "title", "override_value": "Person"}],
        fields=[
            contacts.mapping("Email", "email"),
            {"target": "comments", "override_value": "by Polytomic"},
        ],
    )
    assert [one.target for one in made.fields] == ["email"]
    assert [(one.target, one.override_value) for one in made.override_fields] == [
        ("comments", "by Polytomic"),
        ("title", "Person"),
    ]
    body = contacts.body(fields=made.fields, override_fields=made.override_fields)
    again = contacts.client.model_sync.update(made.id, **body).data
    assert (again.fields, again.override_fields) == (made.fields, made.override_fields)


def test_the_older_api_merges_override_fields_into_the_mappings(
    contacts: Pipeline, http: httpx.Client
) -> None:
    made = contacts.sync(override_fields=[{"target": "title", "override_value": "Person"}])
    headers = {"X-Polytomic-Version": "2024-02-08"}
    old = http.get(f"/api/syncs/{made.id}", headers=headers).json()["data"]
    assert "override_fields" not in old
    assert old["fields"][-1] == {
        "target": "title",
        "source": {"model_id": "00000000-0000-0000-0000-000000000000", "field": ""},
        "override_value": "Person",
    }
    body = contacts.body(fields=old["fields"])
    again = http.put(f"/api/syncs/{made.id}", json=body, headers=headers).json()["data"]
    assert again["fields"] == old["fields"]


def test_an_override_field_has_no_source_whatever_is_sent(contacts: Pipeline) -> None:
    made = contacts.sync(
        override_fields=[contacts.mapping("FirstName", "firstName", override_value="x")]
    )
    assert "firstName" not in [one.target for one in made.fields]
    assert [(one.target, one.override_value) for one in made.override_fields] == [
        ("firstName", "x")
    ]


def test_a_mapping_keeps_both_its_source_and_its_fixed_value(
    contacts: Pipeline, http: httpx.Client
) -> None:
    both = contacts.mapping("FirstName", "firstName", override_value="static")
    made = contacts.sync(fields=[contacts.mapping("Email", "email"), both])
    shown = http.get(f"/api/syncs/{made.id}").json()["data"]
    assert shown["fields"] == [contacts.mapping("Email", "email"), both]
    assert "override_fields" not in shown or shown["override_fields"] == []


@pytest.mark.parametrize("strategy", ["and", "priority"])
def test_two_identities_are_stored_and_shown_whole(
    contacts: Pipeline, emulator: RunningEmulator, http: httpx.Client, strategy: str
) -> None:
    postgresql = connect(emulator, contacts.client, "postgresql")
    mappings = [
        contacts.identity(),
        contacts.identity("LastName", "last_name") | {"new_field": True},
    ]
    made = contacts.sync(
        identity=None,
        identities={"mappings": mappings, "strategy": strategy},
        target={"connection_id": postgresql, "object": "public.contacts"},
        fields=[contacts.mapping("FirstName", "first_name")],
    )
    shown = http.get(f"/api/syncs/{made.id}").json()["data"]
    assert shown["identities"] == {"mappings": mappings, "strategy": strategy}
    assert shown["identity"] == mappings[0]


def test_the_logics_of_both_kinds_of_filters_are_stored_and_shown(
    contacts: Pipeline, emulator: RunningEmulator, http: httpx.Client
) -> None:
    postgresql = connect(emulator, contacts.client, "postgresql")
    names = ("FirstName", "LastName")
    made = contacts.sync(
        mode="update",
        target={"connection_id": postgresql, "object": "public.contacts"},
        fields=[contacts.mapping("FirstName", "first_name")],
        model_filters={
            "conditions": [
                {"source": contacts.source(name), "function": "IsNotNull"} for name in names
            ],
            "logic": "A or B",
        },
        target_filters={
            "conditions": [
                {"field": "email", "function": "IsNotNull"},
                {"field": "first_name", "function": "Equality", "value": "Ada"},
                {"field": "last_name", "function": "IsNull"},
            ],
            "logic": "(A and B) or C",
        },
    )
    shown = http.get(f"/api/syncs/{made.id}").json()["data"]
    assert (shown["model_filters"]["logic"], shown["filter_logic"]) == ("A or B", "A or B")
    assert shown["target_filters"]["logic"] == "(A and B) or C"
    assert shown["target"]["filter_logic"] == "(A and B) or C"
    older = {"filters": shown["filters"], "filter_logic": shown["filter_logic"]}
    body = contacts.body(mode="update", target=shown["target"], fields=shown["fields"], **older)
    again = http.put(f"/api/syncs/{made.id}", json=body).json()["data"]
    for key in ("model_filters", "target_filters", "filters", "filter_logic", "target"):
        assert again[key] == shown[key]


@pytest.mark.parametrize("version", ["2025-09-18", "2024-02-08"])
def test_nothing_is_added_that_was_not_sent(
    contacts: Pipeline, http: httpx.Client, version: str
) -> None:
    first = contacts.sync().id
    after = {"frequency": "runafter", "run_after": {"sync_ids": [first]}}
    body = contacts.body(schedule=after)
    headers = {"X-Polytomic-Version": version}
    shown = http.post("/api/syncs", json=body, headers=headers).json()["data"]
    assert (shown["fields"], shown["schedule"]) == (body["fields"], body["schedule"])
    assert shown["identity"] == body["identity"]
    assert "filter_logic" not in shown
    assert "filter_logic" not in shown["target"]
    assert "logic" not in shown.get("model_filters", {})


def test_what_is_write_only_is_never_answered(
    contacts: Pipeline, emulator: RunningEmulator, http: httpx.Client
) -> None:
    postgresql = connect(emulator, contacts.client, "postgresql")
    create = {"name": "analytics.people"}
    made = contacts.sync(
        fields=[contacts.mapping("Email", "email", new=True)],
        identity=contacts.identity("Email", "email"),
        target={"connection_id": postgresql, "create": create},
        encryption_passphrase="canary-passphrase",
    )
    assert made.target.object == "analytics.people"
    assert made.target.search_values == {"schema": "analytics", "table": "people"}
    text = http.get(f"/api/syncs/{made.id}").text
    assert "canary" not in text
    assert '"create":' not in text
    assert emulator.sync(made.id)["encryption_passphrase"] == "canary-passphrase"
    assert emulator.sync(made.id)["target"]["create"] == create
    targets = contacts.client.model_sync.targets
    assert "analytics.people" in {one.id for one in targets.list(postgresql).data}
    target = {"connection_id": postgresql, "object": "analytics.people"}
    body = contacts.body(
        fields=[contacts.mapping("Email", "email")], identity=contacts.identity(), target=target
    )
    changed = contacts.client.model_sync.update(made.id, **body).data
    assert changed.target == made.target
    assert emulator.sync(made.id)["encryption_passphrase"] == "canary-passphrase"
    emulator.behave(omitted_secrets="clear")
    contacts.client.model_sync.update(made.id, **body)
    assert emulator.sync(made.id)["encryption_passphrase"] is None


def test_the_older_form_of_a_new_target_works(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    postgresql = connect(emulator, contacts.client, "postgresql")
    made = contacts.sync(
        target={
            "connection_id": postgresql,
            "object": "__pt_new_target",
            "new_name": "public.people",
        }
    )
    assert (made.target.object, made.target.new_name) == ("public.people", "public.people")


def test_lists_are_light_and_can_be_narrowed(contacts: Pipeline) -> None:
    client = contacts.client
    first = contacts.sync(name="First", active=True)
    second = contacts.sync(name="Second", mode="create", identity=None)
    listed = client.model_sync.list().data
    assert [one.id for one in listed] == [second.id, first.id]
    assert (listed[1].target_connection_id, listed[1].target_object) == (
        contacts.netsuite,
        "contact",
    )
    assert listed[1].model_ids == [contacts.model]
    assert not hasattr(listed[1], "fields")
    client.model_sync.activate(first.id, active=True)
    assert [one.id for one in client.model_sync.list().data] == [first.id, second.id]
    for wanted, expected in (
        ({"active": True}, [first.id]),
        ({"active": False}, [second.id]),
        ({"mode": "create"}, [second.id]),
        ({"target_connection_id": contacts.netsuite}, [first.id, second.id]),
        ({"target_connection_id": "none"}, []),
    ):
        assert [one.id for one in client.model_sync.list(**wanted).data] == expected


def test_a_list_cannot_be_narrowed_by_what_nothing_can_be(
    contacts: Pipeline, http: httpx.Client
) -> None:
    contacts.sync()
    for query, known in (("mode=upsert", "updateOrCreate"), ("active=maybe", "true")):
        refused = http.get(f"/api/syncs?{query}")
        assert refused.status_code == 400
        assert refused.json()["metadata"]["field"] == query.partition("=")[0]
        assert known in refused.json()["metadata"]["known_values"]
    assert http.get("/api/syncs?mode=enrich").json()["data"] == []


def test_lists_come_in_pages(contacts: Pipeline, emulator: RunningEmulator) -> None:
    client = contacts.client
    ids = [contacts.sync(name=f"S{number}").id for number in range(5)]
    page = client.model_sync.list(limit=3)
    assert len(page.data) == 3
    rest = client.model_sync.list(limit=3, page_token=page.pagination.next_page_token)
    assert [one.id for one in [*page.data, *rest.data]] == ids[::-1]
    assert not rest.pagination.next_page_token
    assert len(client.model_sync.list(limit=-1).data) == 5
    emulator.behave(page_size=2)
    assert len(client.model_sync.list(limit=100).data) == 2
    emulator.behave(lists="plain")
    assert len(client.model_sync.list().data) == 5


def test_the_older_api_lists_whole_syncs_in_older_shapes(
    contacts: Pipeline, http: httpx.Client, emulator: RunningEmulator
) -> None:
    contacts.sync(filters=[contacts.filter()])
    emulator.behave(filters_shape="new", identity_shape="new", page_size=1)
    contacts.sync()
    old = http.get("/api/syncs", headers={"X-Polytomic-Version": "2024-02-08"}).json()
    assert set(old) == {"data"}
    assert len(old["data"]) == 2
    assert old["data"][1]["filters"][0]["label"] == "A"
    for one in old["data"]:
        assert one["target"]["object"] == "contact"
        assert one["identity"]["target"] == "email"
        assert not {"model_filters", "target_filters", "identities", "problems"} & set(one)


def test_a_deleted_sync_is_gone(contacts: Pipeline, emulator: RunningEmulator) -> None:
    sync = contacts.sync()
    stranger = Polytomic(
        base_url=emulator.url, token=emulator.workspace()["api_key"], max_retries=0
    )
    assert stranger.model_sync.list().data == []
    with pytest.raises(NotFoundError):
        stranger.model_sync.delete(sync.id)
    contacts.client.model_sync.delete(sync.id)
    for call in (
        contacts.client.model_sync.get,
        contacts.client.model_sync.delete,
        contacts.client.model_sync.get_status,
        contacts.client.model_sync.cancel,
        contacts.client.model_sync.executions.list,
    ):
        with pytest.raises(NotFoundError, match="sync not found"):
            call(sync.id)


def test_every_frequency_has_a_form(polytomic: Polytomic) -> None:
    options = {
        one.frequency: one
        for one in polytomic.model_sync.get_schedule_options().data.schedule_options
    }
    assert "multi" not in options
    forms: dict[str, Any] = {key: one.configuration["jsonschema"] for key, one in options.items()}
    assert forms["weekly"]["required"] == ["day_of_week", "hour", "minute"]
    assert forms["manual"]["required"] == []
    assert set(forms["custom"]["properties"]) >= {"minute", "month"}
    assert options["daily"].label == "Daily"


def test_an_idempotency_key_makes_one_sync(contacts: Pipeline, emulator: RunningEmulator) -> None:
    create = contacts.client.model_sync.create
    one = create(**contacts.body(), idempotency_key="sync-key-1").data
    assert create(**contacts.body(), idempotency_key="sync-key-1").data == one
    assert len(emulator.syncs()) == 1
    for body in (contacts.body(mode="nothing"), contacts.body()):
        with pytest.raises(UnprocessableEntityError):
            create(**body, idempotency_key="sync-key-2")


def test_syncs_and_models_outlive_a_restart(tmp_path: Path) -> None:
    with RunningEmulator(data=tmp_path) as kept:
        client = Polytomic(base_url=kept.url, token=kept.api_key, max_retries=0)
        contacts = pipeline(kept, client)
        sync = contacts.sync(filters=[contacts.filter()], overrides=[contacts.filter(override="x")])
        model = client.models.get(contacts.model).data
        run = kept.start_execution(sync.id)
        kept.stop()
        kept.start()
        client = Polytomic(base_url=kept.url, token=kept.api_key, max_retries=0)
        assert client.model_sync.get(sync.id).data == sync
        assert client.models.get(model.id).data == model
        assert client.model_sync.get_status(sync.id).data.current_execution.id == run
