"""What is wrong with a sync is said at its place, before Polytomic is asked."""

from typing import Any

import pytest

from polytomic_provider.kinds import HANDLERS
from polytomic_provider.validation import UNKNOWN

GOOD: dict[str, Any] = {
    "name": "sync",
    "model": "6b1f0000-0000-4000-8000-000000000001",
    "mode": "updateOrCreate",
    "target": {"connection_id": "6b1f0000-0000-4000-8000-000000000002", "object": "contact"},
    "identity": ["Email", "email"],
    "fields": {"Email": "email", "LastName": "lastName"},
}


def _problems(change: dict[str, Any]) -> list[str]:
    return [str(problem) for problem in HANDLERS["Sync"].problems({**GOOD, **change})]


def test_a_right_sync_has_none():
    assert _problems({}) == []


@pytest.mark.parametrize(
    ("change", "start"),
    [
        ({"model": None}, "identity: names a field of the sync's model, but `model` is left out"),
        ({"schedule": {"houre": 7}}, "schedule.houre: is not a key; did you mean 'hour'?"),
        ({"schedule": {"cron_expression": "* * *"}}, "schedule.cron_expression: is not a key"),
        ({"schedule": {"frequency": "dayly"}}, "schedule.frequency: 'dayly' is not a frequency"),
        (
            {"schedule": {"frequency": "dbtcloud", "connection_id": "c", "job_id": "12"}},
            "schedule.job_id: expected an integer, got text",
        ),
        (
            {"schedule": {"frequency": "runafter", "run_after": {"sync_id": "x"}}},
            "schedule.run_after.sync_id: is not a key; did you mean 'sync_ids'?",
        ),
        (
            {"schedule": {"frequency": "runafter", "run_after": {}}},
            "schedule.run_after: names no sync",
        ),
        ({"schedule": {"frequency": "daily", "hour": 25, "minute": 0}}, "schedule.hour: '25'"),
        ({"schedule": {"frequency": "hourly", "minute": 61}}, "schedule.minute: '61'"),
        (
            {"schedule": {"frequency": "weekly", "day_of_week": "funday", "hour": 1, "minute": 0}},
            "schedule.day_of_week: 'funday' does not fit; expected 0 to 6 or a name such as monday",
        ),
        (
            {"schedule": {"frequency": "daily", "hour": "10 Europe/Paris", "minute": 0}},
            "schedule.hour: '10 Europe/Paris' does not fit; expected 0 to 23",
        ),
        ({"schedule": {"frequency": "daily", "hour": "10:30am", "minute": 0}}, "schedule.hour"),
        ({"schedule": {"frequency": "daily", "hour": 10}}, "schedule.minute: is required"),
        ({"schedule": {"frequency": "custom", "minute": "*/0"}}, "schedule.minute: '*/0'"),
        ({"schedule": "daily"}, "schedule: expected a mapping, got text"),
        ({"fields": {"Email": {"target": "email", "new": "yes"}}}, "fields.Email.new: expected"),
        (
            {"fields": {"Email": {"target": "email", "encryption_enabled": "false"}}},
            "fields.Email.encryption_enabled: expected True or False, got text",
        ),
        (
            {"fields": {"Email": {"target": "email", "encryption_enabled": True}}},
            "fields.Email.encryption_enabled: needs `encryption_passphrase`",
        ),
        (
            {"fields": {"Email": {"target": "email", "override_value": ["a"]}}},
            "fields.Email.override_value: expected text, a number or True or False, got a list",
        ),
        (
            {"fields": {"Email": {"target": "email", "sync_mode": "append"}}},
            "fields.Email.sync_mode: 'append' is not a mode of one field",
        ),
        (
            {"fields": {"Email": "email", "Id": "email"}},
            "fields.Id: 'email' is written by field",
        ),
        ({"fields": {"Email": []}}, "fields.Email: has no target"),
        ({"fields": [{"target": "x"}]}, "fields[0].source: is required, or an override_value"),
        ({"fields": 5}, "fields: expected a list, got an integer"),
        ({"override_fields": {"email": "x"}}, "override_fields.email: 'email' is written by fiel"),
        ({"override_fields": {"title": ["a"]}}, "override_fields.title: expected text"),
        ({"override_fields": {"title": None}}, "override_fields.title: expected text"),
        ({"override_fields": ["x"]}, "override_fields[0]: expected a mapping, got text"),
        (
            {"filters": [{"field": "Email", "function": "IsNull", "label": 1}]},
            "filters[0].label: expected text, got an integer",
        ),
        (
            {
                "filters": [
                    {"field": "Email", "function": "IsNull", "label": "A"},
                    {"field": "Id", "function": "IsNull"},
                ]
            },
            "filters[1].label: label every filter, or none",
        ),
        ({"filters": [{"function": ["Equality"], "field": "a"}]}, "filters[0].function: expected"),
        ({"filters": {"field": "x", "function": "IsNotNull"}}, "filters: expected a list, got a"),
        ({"filters": [{"function": "IsNull"}]}, "filters[0].field: is required"),
        (
            {"filters": [{"field": "Email", "function": "IsNull", "value": 1}]},
            "filters[0].value: IsNull takes none",
        ),
        ({"filters": [], "filter_logic": "A"}, "filter_logic: names A, but there are no filters"),
        ({"identities": {"mappings": 5}, "identity": None}, "identities.mappings: expected a lis"),
        ({"identity": ["Email"]}, "identity: expected a pair of names"),
        ({"identity": None}, "identity: is required where the mode is updateOrCreate"),
        ({"mode": "upsert"}, "mode: 'upsert' is not a mode; "),
        (
            {"target": {"connection_id": "c", "objekt": "contact"}},
            "target.objekt: is not a key; did you mean 'object'? known keys: configuration, connec",
        ),
        ({"target": {"connection_id": "c"}}, "target.object: is required, or `create`"),
        ({"target": {"object": "contact"}}, "target.connection_id: is required"),
        ({"target": {"connection_id": "c", "create": {}}}, "target.create: names no property"),
        ({"policies": ["a", 5]}, "policies[1]: expected text, got an integer"),
    ],
    ids=str,
)
def test_each_mistake_is_named_at_its_place(change: dict[str, Any], start: str):
    found = _problems(change)
    assert any(text.startswith(start) for text in found), found
    assert not any("pydantic" in text or "Traceback" in text for text in found)


@pytest.mark.parametrize(
    "change",
    [
        {"override_fields": [UNKNOWN]},
        {"override_fields": UNKNOWN},
        {"identity": None, "identities": {"mappings": UNKNOWN}},
        {"identity": None, "identities": {"mappings": [UNKNOWN, ["Id", "id"]], "strategy": "and"}},
        {"fields": UNKNOWN},
        {"filters": [UNKNOWN], "filter_logic": "A and B"},
        {"schedule": {"frequency": UNKNOWN}},
        {"schedule": UNKNOWN},
        {"target": UNKNOWN},
        {"model": UNKNOWN},
        {"fields": {"Email": {"target": "email", "override_value": 5}}},
        {"fields": [{"source": "Email", "target": "email", "override_value": True}]},
        {"schedule": {"frequency": "custom", "minute": "*/5", "hour": "8-18", "month": "jan,jul"}},
        {"filters": [{"field": "A", "function": "IsNull", "label": "x"}], "filter_logic": "x"},
    ],
    ids=str,
)
def test_what_is_right_or_not_known_yet_is_no_problem(change: dict[str, Any]):
    assert _problems(change) == []
