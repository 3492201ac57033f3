"""Stored objects, whole and by their leaves; the oracle is what the test itself has sent."""

import re
from typing import Any

import httpx
import pytest

from polytomic_emulator import RunningEmulator
from polytomic_emulator.running import ControlError
from tests.emulator.pipelines import Pipeline, connect, model_over

SWITCHED: dict[str, Any] = {
    "numbers": "float",
    "list_order": "reversed",
    "policies_order": "reversed",
    "filters_shape": "new",
    "override_fields_shape": "merged",
    "mapping_defaults": True,
    "schedule_parts": "empty",
    "null_for_absent": True,
}


def _full(contacts: Pipeline, **more: Any) -> dict[str, Any]:
    return contacts.body(
        **{
            "fields": [
                contacts.mapping("Email", "email", sync_mode="updateOrCreate"),
                contacts.mapping("LastName", "lastName"),
                contacts.mapping("FirstName", "firstName", override_value="fixed"),
            ],
            "override_fields": [{"target": "title", "override_value": "Dr."}],
            "model_filters": {
                "conditions": [
                    {"source": contacts.source("Email"), "function": "IsNotNull"},
                    {
                        "source": contacts.source("LastName"),
                        "function": "Equality",
                        "value": 1234567890123456789,
                    },
                ],
                "logic": "A or B",
            },
            "overrides": [contacts.filter("Email", override="x"), contacts.filter(override=1)],
            "schedule": {"frequency": "daily", "hour": "10", "minute": "05"},
            "target": {
                "connection_id": contacts.netsuite,
                "object": "contact",
                "configuration": {"batch": 50, "deep": {"list": [1, {"a": None}]}},
            },
            "policies": ["b", "a"],
            "active": True,
            **more,
        }
    )


def _leaves(value: Any, path: str = "") -> dict[str, Any]:
    """Every scalar of a document by its path, written by this test alone."""
    if isinstance(value, dict):
        found: dict[str, Any] = {}
        for key, item in value.items():
            found |= _leaves(item, f"{path}.{key}" if path else key)
        return found
    if isinstance(value, list):
        found = {}
        for place, item in enumerate(value):
            found |= _leaves(item, f"{path}[{place}]")
        return found
    return {path: value}


def test_what_is_stored_is_what_get_answers_under_the_defaults(
    contacts: Pipeline, emulator: RunningEmulator, http: httpx.Client
) -> None:
    sync = contacts.client.model_sync.create(**_full(contacts)).data.id
    pairs = (
        ("sync", f"/api/syncs/{sync}", sync),
        ("model", f"/api/models/{contacts.model}", contacts.model),
        ("connection", f"/api/connections/{contacts.netsuite}", contacts.netsuite),
    )
    for kind, path, one in pairs:
        assert emulator.stored(kind, one) == http.get(path).json()["data"]
    before = [emulator.stored(kind, one) for kind, _, one in pairs]
    emulator.behave(**SWITCHED)
    assert [emulator.stored(kind, one) for kind, _, one in pairs] == before
    assert http.get(f"/api/syncs/{sync}").json()["data"] != before[0]


def test_a_sync_is_stored_as_it_was_sent(contacts: Pipeline, emulator: RunningEmulator) -> None:
    body = _full(contacts)
    sync = contacts.client.model_sync.create(**body).data.id
    shown = emulator.stored("sync", sync)
    labels = iter("AB")
    expected = body["model_filters"] | {
        "conditions": [
            {**one, "label": next(labels)} for one in body["model_filters"]["conditions"]
        ]
    }
    for key in ("name", "mode", "fields", "override_fields", "schedule", "policies", "active"):
        assert shown[key] == body[key], key
    assert shown["target"]["configuration"] == body["target"]["configuration"]
    assert shown["model_filters"] == expected
    assert shown["target_filters"] == {"conditions": []}
    assert shown["identity"] == contacts.identity()
    assert shown["identities"] == {"mappings": [contacts.identity()], "strategy": "priority"}


def test_every_leaf_of_a_sync_can_be_changed_and_nothing_else_changes(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    made = contacts.client.model_sync.create(
        **_full(contacts, encryption_passphrase="canary")
    ).data.id
    first = emulator.stored("sync", made)
    by_server = re.compile(
        r"id$|organization_id|created_|updated_|model_ids|target\.search_values|.*\.label$"
    )
    changed = 0
    for path, value in _leaves(first).items():
        other = _other(path, value, contacts)
        if by_server.match(path):
            before = emulator.stored("sync", made)
            with pytest.raises(ControlError):
                emulator.edit("sync", made, path, other)
            assert emulator.stored("sync", made) == before
            continue
        if other is None:
            continue
        after = emulator.edit("sync", made, path, other)
        assert after == emulator.stored("sync", made)
        leaves = _leaves(after)
        assert leaves[path] == other, path
        different = {
            one
            for one in leaves.keys() | _leaves(first).keys()
            if leaves.get(one) != _leaves(first).get(one)
        }
        assert not {one for one in different if not _same_thing(path, one)}, path
        emulator.edit("sync", made, path, value)
        again = emulator.stored("sync", made)
        assert again | {"updated_at": ""} == first | {"updated_at": ""}, path
        changed += 1
    assert changed > 50
    assert emulator.sync(made)["encryption_passphrase"] == "canary"


def _other(path: str, value: Any, contacts: Pipeline) -> Any:
    """Another value of the same type that the API could hold."""
    if path == "identities.strategy":
        return None
    if path.endswith("field_id"):
        fields = contacts.client.models.get(contacts.model).data.fields
        return next(one.id for one in fields if one.id != value)
    if path.endswith("field_type"):
        return None
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return f"{value}x" if isinstance(value, str) else None


def _same_thing(path: str, other: str) -> bool:
    """Whether two leaves show the same stored fact, in the older and the newer shape."""
    if other in ("updated_at", path) or other.startswith(("problems", "model_ids")):
        return True
    if path.startswith("target.") and other.startswith("target.search_values"):
        return True
    kinds = (("filter", "model_filters"), ("identit",), ("overrides",))
    return (
        any(path.startswith(kind) and other.startswith(kind) for kind in kinds)
        or path.partition("[")[0].partition(".")[0] == other.partition("[")[0].partition(".")[0]
    )


def test_every_leaf_of_a_model_can_be_changed(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    made = model_over(
        contacts.client,
        contacts.salesforce,
        identifier="Email",
        tracking_columns=["Email"],
        labels=["crm"],
        policies=["b", "a"],
        additional_fields=[{"name": "Score", "type": "number", "label": "Score"}],
        relations=[{"from": "Email", "to": {"model_id": contacts.model, "field": "Email"}}],
        enricher={
            "connection_id": contacts.netsuite,
            "configuration": {"a": {"b": 1}},
            "mappings": {"x": "Email"},
        },
    ).id
    first = emulator.stored("model", made)
    for path, value in {
        "name": "Renamed",
        "configuration.table": "Lead",
        "fields[0].name": "Title",
        "fields[3].label": "Points",
        "fields[3].type": "string",
        "identifier": "LastName",
        "tracking_columns[0]": "LastName",
        "labels[0].name": "erp",
        "policies[1]": "c",
        "relations[0].from": "LastName",
        "relations[0].to.field": "LastName",
        "enricher.configuration.a.b": 2,
        "enricher.mappings.x": "LastName",
    }.items():
        before = _leaves(emulator.stored("model", made))
        after = _leaves(emulator.edit("model", made, path, value))
        ids = ("fields[0].id", "updated_at", "version", path)
        assert after[path] == value
        assert {one for one in after if after[one] != before.get(one)} <= set(ids), path
        assert contacts.client.models.get(made).data.name
    for path in ("id", "version", "type", "created_at", "fields[0].id", "fields[9].label"):
        with pytest.raises(ControlError):
            emulator.edit("model", made, path, "x")
    assert first["id"] == made


def test_a_connections_leaves_can_be_changed_secrets_too(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    made = connect(emulator, contacts.client, "postgresql")
    for path, value in (
        ("name", "Renamed"),
        ("configuration.hostname", "elsewhere"),
        ("configuration.port", 5433),
        ("policies", ["p"]),
        ("policies[0]", "q"),
    ):
        emulator.edit("connection", made, path, value)
    emulator.edit("connection", made, "configuration.password", "canary-changed")
    shown = emulator.stored("connection", made)
    assert (shown["name"], shown["policies"]) == ("Renamed", ["q"])
    assert shown["configuration"]["hostname"] == "elsewhere"
    assert shown["configuration"]["port"] == 5433
    assert "canary" not in str(shown)
    assert emulator.connection(made)["configuration"]["password"] == "canary-changed"
    for path in ("id", "status", "type.id", "saved"):
        with pytest.raises(ControlError, match="cannot be changed"):
            emulator.edit("connection", made, path, "x")


def test_parts_are_taken_away_and_added(contacts: Pipeline, emulator: RunningEmulator) -> None:
    made = contacts.client.model_sync.create(**_full(contacts)).data.id
    emulator.edit("sync", made, "fields[1]", None)
    emulator.edit("sync", made, "fields[2]", contacts.mapping("LastName", "phone"))
    shown = emulator.edit("sync", made, 'target.configuration["a.b"]', "new")
    assert [one["target"] for one in shown["fields"]] == ["email", "firstName", "phone"]
    assert shown["target"]["configuration"]["a.b"] == "new"
    assert emulator.edit("sync", made, "identity", None).get("identity") is None
    shown = emulator.edit("sync", made, "identity", contacts.identity("LastName", "lastName"))
    assert shown["identity"]["target"] == "lastName"
    shown = emulator.edit("sync", made, "model_filters.conditions[0]", None)
    assert [one["label"] for one in shown["model_filters"]["conditions"]] == ["A"]
    emulator.edit("sync", made, "encryption_passphrase", "canary")
    emulator.edit("sync", made, "target.create", {"name": "x"})
    assert emulator.sync(made)["encryption_passphrase"] == "canary"
    assert emulator.sync(made)["target"]["create"] == {"name": "x"}


def test_a_strict_change_is_judged_as_a_put_and_any_other_is_not(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    made = contacts.sync().id
    wrong = {
        ("sync", made, "mode"): "nothing",
        ("sync", made, "fields[0].target"): "nowhere",
        ("sync", made, "identity.function"): "Guess",
        ("model", contacts.model, "fields[0].name"): "Nothing",
        ("model", contacts.model, "configuration.table"): "Kontakt",
        ("connection", contacts.netsuite, "name"): " ",
    }
    for (kind, one, path), value in wrong.items():
        before = emulator.stored(kind, one)
        with pytest.raises(ControlError):
            emulator.edit(kind, one, path, value, strict=True)
        assert emulator.stored(kind, one) == before
    right = {
        ("sync", made, "fields[1].target"): "title",
        ("model", contacts.model, "identifier"): "Email",
        ("connection", contacts.netsuite, "configuration.account_id"): "7654321",
    }
    for (kind, one, path), value in right.items():
        assert _leaves(emulator.edit(kind, one, path, value, strict=True))[path] == value
    for (kind, one, path), value in wrong.items():
        assert _leaves(emulator.edit(kind, one, path, value))[path] == value


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("schedule.houre", "7"),
        ("schedule.hour", 7),
        ("fields[9].target", "x"),
        ("fields[0].target.deeper", "x"),
        ("nothing", "x"),
        ("", "x"),
        ("fields[", "x"),
        ("filters[0].label", "Z"),
        ("active", "yes"),
    ],
)
def test_what_a_sync_cannot_hold_is_refused_in_either_case(
    contacts: Pipeline, emulator: RunningEmulator, path: str, value: Any
) -> None:
    made = contacts.sync(filters=[contacts.filter()]).id
    before = emulator.stored("sync", made)
    for strict in (False, True):
        with pytest.raises(ControlError, match="400"):
            emulator.edit("sync", made, path, value, strict=strict)
    assert emulator.stored("sync", made) == before


def test_an_unknown_kind_or_object_is_refused(emulator: RunningEmulator) -> None:
    with pytest.raises(ControlError, match="sync"):
        emulator.stored("syncs", "x")
    with pytest.raises(ControlError, match="sync"):
        emulator.list_stored("syncs")
    plain = ("webhook", "role", "policy", "user", "organization")
    for kind in ("connection", "model", "sync", *plain):
        with pytest.raises(ControlError, match="404"):
            emulator.stored(kind, "none")
    with pytest.raises(ControlError, match="404"):
        emulator.delete("none")


def test_objects_of_every_kind_are_listed_and_deleted(
    contacts: Pipeline, emulator: RunningEmulator
) -> None:
    sync = contacts.sync().id
    for kind, one in (("sync", sync), ("model", contacts.model), ("connection", contacts.netsuite)):
        assert emulator.stored(kind, one) in emulator.list_stored(kind)
        assert emulator.all_stored()[kind] == emulator.list_stored(kind)
        emulator.delete(one)
        assert one not in str(emulator.list_stored(kind))
