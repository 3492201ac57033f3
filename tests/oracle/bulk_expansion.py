"""What Polytomic must hold for a program's bulk sync. It shares no code with the provider.

Written from `docs/reference/resources/BulkSync.md` and the API reference. A key that is missing
from an expected object is not compared.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tests.oracle.expansion import as_text, known

Object = dict[str, Any]
PARTS = ("minute", "hour", "day_of_week", "day_of_month", "month")
KEPT = (
    *("active", "automatically_add_new_fields", "automatically_add_new_objects", "policies"),
    *("normalize_names", "concurrency_limit", "resync_concurrency_limit", "mode"),
)
"""Left out, these stay as they are."""


def reading(stored: Mapping[str, Any]) -> Object:
    """A stored bulk sync without what is only the server's, its sets by content."""
    given = known(stored)
    made = {key: given[key] for key in ("name", *KEPT) if key in given}
    for key in ("source_connection_id", "destination_connection_id"):
        made[key] = given[key]
    for key in ("source_configuration", "destination_configuration"):
        made[key] = given.get(key) or {}
    made["disable_record_timestamps"] = given.get("disable_record_timestamps", False)
    made["data_cutoff_timestamp"] = instant(given.get("data_cutoff_timestamp"))
    made["policies"] = sorted(given.get("policies", []))
    made["default_schedule"] = _schedule(given["default_schedule"])
    made["additional_schedules"] = _additional(given.get("additional_schedules", []))
    made["schemas"] = {one["id"]: _schema(one) for one in given["schemas"]}
    return made


def _schema(shown: Mapping[str, Any]) -> Object:
    made: Object = {"enabled": shown["enabled"]}
    made["fields"] = {
        one["id"]: (one["enabled"], one["obfuscated"], one.get("user_output_name") or "")
        for one in shown["fields"]
    }
    made["filters"] = shown.get("filters", [])
    made["data_cutoff_timestamp"] = instant(shown.get("data_cutoff_timestamp"))
    for key in ("disable_data_cutoff", "history_enabled"):
        made[key] = shown.get(key, False)
    made["user_output_name"] = shown.get("user_output_name") or ""
    for key in ("partition_key", "tracking_field"):
        made[key] = shown.get(key)
    return made


def expected(
    arguments: Mapping[str, Any], before: Object | None = None, *, by_hand: bool = False
) -> Object:
    """The bulk sync that a program makes of the one `before` the update, if any.

    by_hand: somebody has changed that one since, and the program is the same: what a server may
    have done by itself is then no difference.
    """
    given = known(arguments)
    made: Object = {"name": given["name"]}
    for key in ("source_connection_id", "destination_connection_id"):
        made[key] = given[key]
    for key in ("source_configuration", "destination_configuration"):
        old = before[key] if before else {}
        made[key] = {**old, **given.get(key, {})}
    for key in KEPT:
        value = given.get(key, before.get(key) if before else None)
        if value is not None:
            made[key] = sorted(value) if key == "policies" else value
    made["disable_record_timestamps"] = given.get("disable_record_timestamps", False)
    made["data_cutoff_timestamp"] = instant(given.get("data_cutoff_timestamp"))
    made["default_schedule"] = _schedule(given.get("default_schedule") or {"frequency": "manual"})
    made["additional_schedules"] = _additional(given.get("additional_schedules", []))
    schemas = _expected_schemas(given, before, made, by_hand=by_hand)
    return {**made, "schemas": schemas} if schemas is not None else made


def _expected_schemas(
    given: Mapping[str, Any], before: Object | None, made: Object, *, by_hand: bool
) -> Object | None:
    there: Object = before["schemas"] if before else {}
    if "schemas" not in given:
        return there if before else None
    chosen = [{"id": one} if isinstance(one, str) else one for one in given["schemas"]]
    named = {one["id"]: one for one in chosen}
    adds = given.get("automatically_add_new_objects", "none") != "none"
    found: Object = {}
    for name in {*there, *named}:
        one = named.get(name)
        if one is None:
            found[name] = {"enabled": adds and there[name]["enabled"]}
        elif one.get("enabled") is False:
            found[name] = {"enabled": False}
        else:
            settings = (given.get("automatically_add_new_fields"), by_hand)
            effective = made.get("automatically_add_new_fields", "all")
            found[name] = _expected_schema(one, there.get(name), settings, effective)
    return found


def _expected_schema(
    given: Mapping[str, Any], there: Object | None, settings: tuple[str | None, bool], adds: str
) -> Object:
    asked, by_hand = settings
    made: Object = {"enabled": True}
    fields = given.get("fields") or {}
    listed = isinstance(fields, list)
    named: Object = {}
    for item in fields if listed else fields.items():
        name, options = (item, {}) if isinstance(item, str) else (None, item)
        if name is None and listed:
            name, options = item["id"], item
        elif name is None:
            name, options = item
            options = {"enabled": options} if isinstance(options, bool) else options
        enabled = options.get("enabled", True)
        hidden = options.get("obfuscate", False)
        named[name] = (enabled, hidden, options.get("user_output_name", ""))
    found: Object = dict(named)
    for name, old in (there or {"fields": {}})["fields"].items():
        if name in named:
            continue
        if listed:
            kept = asked not in (None, "none")
            found[name] = old if kept else (False, old[1], old[2])
        elif by_hand and adds != "all" and not old[0]:
            found[name] = old
        else:
            found[name] = (True, False, "")
    made["fields"] = found
    made["filters"] = [_condition(one) for one in given.get("filters", [])]
    made["data_cutoff_timestamp"] = instant(given.get("data_cutoff_timestamp"))
    for key in ("disable_data_cutoff", "history_enabled"):
        made[key] = given.get(key, False)
    made["user_output_name"] = given.get("user_output_name", "")
    for key in ("partition_key", "tracking_field"):
        if key in given:
            made[key] = given[key]
        elif there is not None:
            made[key] = there[key]
    return made


def _condition(given: Mapping[str, Any]) -> Object:
    rest = {key: given[key] for key in ("function", "value") if key in given}
    return {"field_id": given.get("field", given.get("field_id")), **rest}


def _schedule(given: Mapping[str, Any]) -> Object:
    numbers = {key: _part(key, as_text(given[key])) for key in PARTS if given.get(key) is not None}
    return {"frequency": given["frequency"], **numbers}


_DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")


def _part(key: str, text: str) -> str:
    if key == "day_of_week" and text in _DAYS:
        return str(_DAYS.index(text))
    return str(int(text)) if text.isdigit() else text


def _additional(given: list[Any]) -> list[str]:
    return sorted(
        repr(
            (
                sorted(_schedule(one).items()),
                sorted(one.get("schemas", [])),
                one.get("selective_mode") or "none",
                one.get("resync_mode") or "normal",
            )
        )
        for one in given
    )


def instant(text: str | None) -> datetime | None:
    """A time, whatever form it is written in."""
    if not text:
        return None
    found = datetime.fromisoformat(text)
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def differences(wanted: Any, there: Any, path: str = "") -> list[str]:
    """What is wrong, a line for each place; keys that are not expected say nothing."""
    if isinstance(wanted, Mapping) and isinstance(there, Mapping):
        return [
            line
            for key, value in wanted.items()
            for line in differences(value, there.get(key), f"{path}.{key}")
        ]
    return [] if wanted == there else [f"{path}: stored {there!r}, expected {wanted!r}"]
