"""Switches of a server that rewrites what it keeps."""

import json
import unicodedata
from typing import Any

import httpx
import pytest

from polytomic_emulator import RunningEmulator
from tests.emulator.pipelines import Pipeline, model_over

DECOMPOSED = unicodedata.normalize("NFD", "Größe é")
COMPOSED = unicodedata.normalize("NFC", DECOMPOSED)
ADDED = {"added_by_server": {"revision": 1}}


def _read(http: httpx.Client, path: str) -> dict[str, Any]:
    return http.get(f"/api/{path}").json()["data"]


def test_keys_are_added_inside_the_objects_of_a_reply_and_taken_back_unseen(
    contacts: Pipeline, http: httpx.Client, emulator: RunningEmulator
) -> None:
    configuration = {"batch": 50, "deep": {"list": [{"a": 1}]}}
    target = {"connection_id": contacts.netsuite, "object": "contact"}
    sync = contacts.sync(target=target | {"configuration": configuration}).id
    enricher = {"connection_id": contacts.netsuite, "configuration": {"a": {"b": 1}}}
    model = model_over(contacts.client, contacts.salesforce, enricher=enricher).id
    paths = (f"syncs/{sync}", f"models/{model}", f"connections/{contacts.netsuite}")
    plain = [_read(http, path) for path in paths]
    emulator.behave(server_keys=True)
    shown = [_read(http, path) for path in paths]
    assert (
        shown[0]["target"]["configuration"]
        == {
            "batch": 50,
            "deep": {"list": [{"a": 1} | ADDED]} | ADDED,
        }
        | ADDED
    )
    assert shown[0]["schedule"] == {"frequency": "manual", "run_after_success_only": False}
    assert shown[0]["identity"] == contacts.identity() | {"remote_field_type_id": "text"}
    assert shown[1]["configuration"] == {"table": "Contact"} | ADDED
    assert shown[1]["enricher"]["configuration"] == {"a": {"b": 1} | ADDED} | ADDED
    assert shown[2]["configuration"] == plain[2]["configuration"] | ADDED
    assert contacts.client.model_sync.get(sync).data.identity.remote_field_type_id == "text"
    configuration = shown[2]["configuration"]
    secrets = ("consumer_key", "consumer_secret", "token", "token_secret")
    kept = {key: value for key, value in configuration.items() if key not in secrets}
    for path, body in (
        (paths[0], contacts.body(target=shown[0]["target"])),
        (paths[2], {"name": "Netsuite", "configuration": kept, "validate": False}),
        (
            paths[1],
            {"name": "M", "connection_id": contacts.salesforce}
            | {key: shown[1][key] for key in ("configuration", "enricher")},
        ),
    ):
        answer = http.put(f"/api/{path}", json=body)
        assert answer.status_code == 200, answer.text
    emulator.behave(server_keys=False)
    for path in paths:
        assert "added_by_server" not in json.dumps(_read(http, path))


def test_numeric_texts_and_numbers_change_places(
    contacts: Pipeline, http: httpx.Client, emulator: RunningEmulator
) -> None:
    sync = contacts.sync(
        schedule={"frequency": "weekly", "hour": "10", "minute": "05", "day_of_week": "monday"},
        override_fields=[
            {"target": "title", "override_value": "9007199254740993123"},
            {"target": "phone", "override_value": "007"},
        ],
        overrides=[contacts.filter(override=5), contacts.filter("Email", override="6")],
    ).id
    emulator.behave(scalars="swapped")
    shown = _read(http, f"syncs/{sync}")
    schedule = {"frequency": "weekly", "hour": 10, "minute": "05", "day_of_week": "monday"}
    assert shown["schedule"] == schedule
    constants = [one["override_value"] for one in shown["override_fields"]]
    assert constants == [9007199254740993123, "007"]
    assert [one["override"] for one in shown["overrides"]] == ["5", 6]


def test_unicode_is_composed_on_demand(
    contacts: Pipeline, http: httpx.Client, emulator: RunningEmulator
) -> None:
    assert DECOMPOSED != COMPOSED
    sync = contacts.sync(
        name=DECOMPOSED,
        override_fields=[{"target": "title", "override_value": DECOMPOSED}],
        filters=[contacts.filter(function="Equality", value=[DECOMPOSED][0])],
    ).id
    emulator.edit("model", contacts.model, "name", DECOMPOSED)
    emulator.edit("connection", contacts.netsuite, "name", DECOMPOSED)
    paths = [f"syncs/{sync}", f"models/{contacts.model}", f"connections/{contacts.netsuite}"]
    assert {_read(http, path)["name"] for path in paths} == {DECOMPOSED}
    emulator.behave(unicode="composed")
    shown = _read(http, paths[0])
    assert {_read(http, path)["name"] for path in paths} == {COMPOSED}
    assert shown["override_fields"][0]["override_value"] == COMPOSED
    assert shown["filters"][0]["value"] == COMPOSED
    assert http.get("/api/syncs").json()["data"][0]["name"] == COMPOSED


def test_only_documented_addresses_are_lower_cased(
    contacts: Pipeline, http: httpx.Client, emulator: RunningEmulator
) -> None:
    sync = contacts.sync(
        name="Ann@Example.com", override_fields=[{"target": "title", "override_value": "A@B.com"}]
    ).id
    configuration = {"domain": "https://A@B.com", "email": "Ann@Example.com", "api_token": "canary"}
    body = {"name": "G", "type": "gladly", "configuration": configuration, "validate": False}
    made = http.post("/api/connections", json=body).json()["data"]["id"]
    path = f"/api/syncs/{sync}/error-handling"
    http.put(path, json={"subscribers": ["Ann@Example.com"]})
    plain = _read(http, f"syncs/{sync}")
    emulator.behave(emails="lower")
    assert _read(http, f"syncs/{sync}") == plain
    shown = _read(http, f"connections/{made}")["configuration"]
    assert (shown["email"], shown["domain"]) == ("ann@example.com", "https://A@B.com")
    assert http.get(path).json()["data"]["subscribers"] == ["ann@example.com"]


@pytest.mark.parametrize(("reading", "kept"), [("keep", 3), ("once", 2)])
def test_a_field_that_is_listed_twice_is_kept_twice_or_once(
    contacts: Pipeline, emulator: RunningEmulator, reading: str, kept: int
) -> None:
    emulator.behave(duplicate_fields=reading)
    fields = ["Email", "LastName", "Email"]
    added = [{"name": "Score", "type": "number", "label": "Score"}]
    made = model_over(contacts.client, contacts.salesforce, fields=fields, additional_fields=added)
    assert [one.name for one in made.fields] == [*fields[:kept], "Score"]
    sync = contacts.sync(
        fields=[{"source": {"model_id": made.id, "field": "LastName"}, "target": "lastName"}],
        identity={**contacts.identity(), "source": {"model_id": made.id, "field": "Email"}},
    ).id
    assert emulator.run_sync(sync)["status"] == "completed"


def test_whole_numbers_that_no_float_holds_keep_their_digits(
    contacts: Pipeline, http: httpx.Client, emulator: RunningEmulator
) -> None:
    sync = contacts.sync(filters=[contacts.filter(function="Equality", value=1234567890123456789)])
    emulator.behave(numbers="float")
    assert "1234567890123456789" in http.get(f"/api/syncs/{sync.id}").text
