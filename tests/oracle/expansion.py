"""What Polytomic must hold for a program's arguments, and how a reply may differ from it.

Written from the API reference and the published documentation of the arguments. It shares no code
with the provider, so that it can judge it: only the builders that a program imports come from
there.

An object is written in the reading of API 2025-09-18: filters as `model_filters` and
`target_filters`, identities as `identities`, constants under `override_fields`. A key that is
missing from an expected object is not compared; one that is `None` must not be there.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any

Object = dict[str, Any]

ZERO_ID = "00000000-0000-0000-0000-000000000000"
MASK = "********"
WITHOUT_VALUE = ("IsNull", "IsNotNull", "True", "False")
UNORDERED_VALUES = ("StringOneOf", "StringNotOneOf")
SCHEDULE_TEXTS = ("minute", "hour", "day_of_week", "day_of_month", "month")
SELECTORS = frozenset(("table", "query", "stream_id", "object"))
"""The keys of a model's configuration of which one says what to read."""

CLEARED, KEPT = "cleared", "kept"
ABSENCE: Mapping[str, Mapping[str, str]] = {
    "Connection": {
        "policies": KEPT,
        "healthcheck_interval": KEPT,
        "configuration.*": KEPT,
    },
    "Model": {
        "fields": KEPT,
        "labels": KEPT,
        "policies": KEPT,
        "configuration.*": KEPT,
        "additional_fields": CLEARED,
        "relations": CLEARED,
        "enricher": CLEARED,
        "identifier": KEPT,
        "tracking_columns": KEPT,
    },
    "Sync": {
        "active": KEPT,
        "policies": KEPT,
        "target.configuration.*": KEPT,
        "encryption_passphrase": KEPT,
        "filters": CLEARED,
        "filter_logic": CLEARED,
        "model_filters": CLEARED,
        "target_filters": CLEARED,
        "overrides": CLEARED,
        "override_fields": CLEARED,
        "identity": CLEARED,
        "identities": CLEARED,
        "schedule": CLEARED,
        "sync_all_records": CLEARED,
        "only_enrich_updates": CLEARED,
        "skip_initial_backfill": CLEARED,
    },
}
"""What becomes of an argument that a program leaves out.

To leave out what is kept is an update that sends nothing: it ends to be managed.
"""

REPLACES: Mapping[str, tuple[str, ...]] = {
    "Connection": ("type", "organization_id"),
    "Model": ("connection_id", "relations", "enricher", "organization_id"),
    "Sync": ("model", "target.connection_id", "organization_id"),
}
SENDS_NOTHING = ("redirect_url", "validate", "adopt", "adopt_id")
RECORDED_ONLY = ("force_destroy", "cancel_running")
"""Arguments that delete needs: a change is written to the state and sent to nobody."""

FREEDOMS: Mapping[str, str] = {
    "server keys": "ids, times, actors, health, versions and problems are the server's own",
    "enricher id": "the server gives an enricher an id, within the enricher",
    "server defaults": "a type's defaults fill configuration keys that nobody wrote",
    "first value": "an unmanaged argument that was never written has the server's first value",
    "letters": "conditions are labelled A, B, C by position, and logic is rewritten with them",
    "search values": "target.search_values is derived from the object",
    "mapping defaults": "new, encryption_enabled and sync_mode of a mapping show their defaults",
    "two shapes": "filters and identity are shown in the older keys, the newer ones, or both",
    "merged constants": "override fields are shown among the mappings, with an empty source",
    "one identity": "the strategy of a single identity is the server's choice",
    "no order": "fields, filters, overrides, labels, policies and columns are sets",
    "empty parts": "absent, null and empty are one for identifier, logic and parts of a schedule",
    "numbers": "a whole number may be shown as 5 or 5.0",
    "created target": "the id of a target object that a sync creates is the server's",
    "dropped mapping": "a server bug drops a mapping to the target of the identity",
    "write only": "target.create and secrets are never shown",
}
"""Every way in which a stored object may differ from the expected one, and why."""


def known(value: Any) -> Any:
    """Return `value` without `None` in mappings, with lists for sequences, texts for enums."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        pairs = ((known(key), known(item)) for key, item in value.items())
        return {key: item for key, item in pairs if item is not None}
    if isinstance(value, list | tuple):
        return [known(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((known(item) for item in value), key=repr)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def as_text(value: Any) -> str:
    """Return a constant as the API takes it: as text."""
    return value if isinstance(value, str) else json.dumps(value)


def expected_connection(arguments: Mapping[str, Any], before: Object | None = None) -> Object:
    """Return the connection that the arguments make of the one `before` the update, if any."""
    given = known(arguments)
    made: Object = {"name": given["name"], "type": given["type"]}
    old = before["configuration"] if before else {}
    made["configuration"] = {**old, **given["configuration"]}
    for key in ("policies", "healthcheck_interval"):
        _keep(made, key, given.get(key), before)
    return made


def expected_model(arguments: Mapping[str, Any], before: Object | None = None) -> Object:
    """Return the model that the arguments make of the one `before` the update, if any."""
    given = known(arguments)
    configuration = given["configuration"]
    others = dict.fromkeys(SELECTORS) if configuration.keys() & SELECTORS else {}
    old = before["configuration"] if before else {}
    made: Object = {
        "name": given["name"],
        "connection_id": given["connection_id"],
        "configuration": {**old, **others, **configuration},
        "additional_fields": given.get("additional_fields", []),
        "relations": given.get("relations", []),
        "enricher": given.get("enricher"),
    }
    of_source = ("fields", "identifier", "tracking_columns")
    for key in (*of_source, "labels", "policies"):
        _keep(made, key, given.get(key), before)
    if before and any(old.get(key) != configuration.get(key) for key in others):
        # Of another source: no document says what those are that were left out.
        made = {key: item for key, item in made.items() if key not in of_source or key in given}
    return made


def expected_sync(
    arguments: Mapping[str, Any],
    before: Object | None = None,
    *,
    model_id: str | None = None,
    field_names: Mapping[str, tuple[str, str]] | None = None,
) -> Object:
    """Return the sync that the arguments make of the one `before` the update, if any.

    model_id: the model that plain field names mean; default: the argument `model`.
    field_names: model and name of each field that a `field_id` may mean.
    """
    given = known(arguments)
    model = model_id or given.get("model", "")
    reader = _Reader(model, field_names or {})
    mappings, constants = reader.mappings(given["fields"])
    constants += reader.constants(given.get("override_fields", []))
    made: Object = {
        "name": given["name"],
        "mode": given["mode"],
        "fields": mappings,
        "override_fields": constants,
        "identities": reader.identities(given),
        "overrides": [reader.override(one) for one in given.get("overrides", [])],
        "schedule": expected_schedule(given.get("schedule")),
        **reader.filters(given),
    }
    for key in ("sync_all_records", "only_enrich_updates", "skip_initial_backfill"):
        made[key] = given.get(key, False)
    target = given["target"]
    old = (before or {}).get("target", {}).get("configuration", {})
    made["target"] = {
        "connection_id": target["connection_id"],
        "configuration": {**old, **target.get("configuration", {})},
    }
    made["target"]["new_name"] = target.get("new_name", "")
    if "object" in target:
        made["target"]["object"] = target["object"]
    for key in ("active", "policies", "encryption_passphrase"):
        _keep(made, key, given.get(key), before)
    return made


def expected_schedule(schedule: Mapping[str, Any] | None) -> Object:
    """Return a schedule as Polytomic stores it: manual when left out, its parts as texts."""
    given = known(schedule) or {"frequency": "manual"}
    parts = {key: as_text(given[key]) for key in SCHEDULE_TEXTS if key in given}
    return {**given, **parts}


def _keep(made: Object, key: str, given: Any, before: Object | None) -> None:
    if given is not None:
        made[key] = given
    elif before is not None and key in before:
        made[key] = before[key]


class _Reader:
    """Reads the parts of a sync in each of their spellings."""

    def __init__(self, model: str, field_names: Mapping[str, tuple[str, str]]) -> None:
        self.model = model
        self.field_names = field_names

    def source(self, written: Any) -> Object:
        """A field of the sync's model by name, or of any model by model and name."""
        if isinstance(written, Mapping):
            return {"model_id": written["model_id"], "field": written["field"]}
        return {"model_id": self.model, "field": written}

    def mappings(self, fields: Any) -> tuple[list[Object], list[Object]]:
        """The mappings with a source, and the constants among them."""
        listed: list[Object] = []
        if isinstance(fields, Mapping):
            for source, targets in fields.items():
                for one in targets if isinstance(targets, list) else [targets]:
                    spec = {"target": one} if isinstance(one, str) else one
                    listed.append({"source": source, **spec})
        else:
            listed = list(fields)
        read = [self._mapping(one) for one in listed]
        return [one for one in read if "source" in one], [
            one for one in read if "source" not in one
        ]

    def _mapping(self, written: Mapping[str, Any]) -> Object:
        made: Object = {"target": written["target"], "new": written.get("new", False)}
        if "sync_mode" in written:
            made["sync_mode"] = written["sync_mode"]
        if "source" in written:
            made["source"] = self.source(written["source"])
            made["encryption_enabled"] = written.get("encryption_enabled", False)
        if "override_value" in written:
            made["override_value"] = as_text(written["override_value"])
        return made

    def constants(self, written: Any) -> list[Object]:
        """The constants of `override_fields`, a map or a list."""
        if isinstance(written, Mapping):
            written = [{"target": key, "override_value": item} for key, item in written.items()]
        ignored = ("source", "encryption_enabled")
        return [
            self._mapping({key: item for key, item in one.items() if key not in ignored})
            for one in written
        ]

    def identities(self, given: Mapping[str, Any]) -> Object:
        """The identities of either argument."""
        several = given.get("identities")
        if several is None:
            one = given.get("identity")
            several = {"mappings": [] if one is None else [one]}
        return {**several, "mappings": [self._identity(one) for one in several["mappings"]]}

    def _identity(self, written: Any) -> Object:
        if not isinstance(written, Mapping):
            source, target = written
            written = {"source": source, "target": target}
        defaults = {"function": "Equality", "new_field": False}
        return {**defaults, **written, "source": self.source(written["source"])}

    def override(self, written: Mapping[str, Any]) -> Object:
        """One conditional replacement."""
        kind, made = self._condition(written)
        assert kind == "Model"
        if "override" in written:
            made["override"] = written["override"]
        return made

    def filters(self, given: Mapping[str, Any]) -> Object:
        """Both kinds of filters, from the older arguments or from the newer ones."""
        by_kind: dict[str, list[tuple[Object, str | None]]] = {"Model": [], "Target": []}
        for one in given.get("filters", []):
            kind, condition = self._condition(one)
            by_kind[kind].append((condition, one.get("label")))
        newer = {"Model": given.get("model_filters"), "Target": given.get("target_filters")}
        older = {"Model": given.get("filter_logic"), "Target": given["target"].get("filter_logic")}
        made: Object = {}
        for kind, key in (("Model", "model_filters"), ("Target", "target_filters")):
            logic = older[kind]
            for one in (newer[kind] or {}).get("conditions", []):
                _, condition = self._condition(one, kind)
                by_kind[kind].append((condition, one.get("label")))
            if newer[kind] is not None:
                logic = newer[kind].get("logic", logic)
            made[key] = _lettered(by_kind[kind], logic or "")
        return made

    def _condition(self, written: Mapping[str, Any], kind: str = "") -> tuple[str, Object]:
        kind = kind or written.get("field_type", "")
        field, field_id = written.get("field", written.get("source")), written.get("field_id")
        if field_id is not None and field_id in self.field_names:
            model, name = self.field_names[field_id]
            field, kind = {"model_id": model, "field": name}, "Model"
        elif field_id is not None:
            field, kind = field_id, kind or "Target"
        kind = kind or "Model"
        made: Object = {"function": written["function"]}
        if kind == "Model":
            made["source"] = self.source(field)
        else:
            made["field"] = field
        if "value" in written and written["function"] not in WITHOUT_VALUE:
            made["value"] = written["value"]
        compared = written.get("value_field", written.get("value_source"))
        if compared is not None:
            made["value_source"] = self.source(compared)
        return kind, made


def letters(count: int) -> list[str]:
    """Return A, B, C and so on."""
    return [chr(ord("A") + number) for number in range(count)]


def _lettered(conditions: Sequence[tuple[Object, str | None]], logic: str) -> Object:
    given = letters(len(conditions))
    names = {label: letter for (_, label), letter in zip(conditions, given, strict=True) if label}
    labelled = [
        {**one, "label": letter} for (one, _), letter in zip(conditions, given, strict=True)
    ]
    return {"conditions": labelled, "logic": _rewritten(logic, names)}


def _rewritten(logic: str, names: Mapping[str, str]) -> str:
    """Return logic with other labels, its operators in small letters, single spaces."""
    tokens = re.findall(r"[()]|[^\s()]+", logic)
    words = [
        one.lower() if one.lower() in ("and", "or", "not") else names.get(one, one)
        for one in tokens
    ]
    return " ".join(words)


# What a reply shows, in the reading of the expected objects.


def reading_of_connection(shown: Mapping[str, Any]) -> Object:
    """Return a connection's reply, where a test has put the secrets in clear."""
    made = {key: shown[key] for key in ("name", "configuration") if key in shown}
    kind = shown["type"]
    made["type"] = kind["id"] if isinstance(kind, Mapping) else kind
    made["policies"] = shown.get("policies") or []
    if shown.get("healthcheck_interval"):
        made["healthcheck_interval"] = shown["healthcheck_interval"]
    return made


def reading_of_plain(kind: str, shown: Mapping[str, Any], given: Mapping[str, Any]) -> Object:
    """Return the reply of a kind that is a few values, in the words of the arguments `given`."""
    if kind == "Organization":
        # No reply shows these.
        return {**shown, **{key: given.get(key) for key in ("client_id", "client_secret")}}
    if kind != "Policy" or "actions" not in given:
        return dict(shown)
    roles = {one["action"]: one["role_ids"] for one in shown["policy_actions"]}
    return {**shown, "actions": {one: roles.get(one) for one in given["actions"]}}


def reading_of_model(shown: Mapping[str, Any]) -> Object:
    """Return a model's reply: source fields by name, apart from those that a user added."""
    fields = shown["fields"]
    added = ("name", "type", "label", "example")
    enricher = shown.get("enricher")
    return {
        "name": shown["name"],
        "connection_id": shown["connection_id"],
        "configuration": known(shown["configuration"]),
        "fields": [one["name"] for one in fields if not one["user_added"]],
        "additional_fields": [
            {key: one[key] for key in added if one.get(key) is not None}
            for one in fields
            if one["user_added"]
        ],
        "identifier": shown.get("identifier") or "",
        "tracking_columns": shown.get("tracking_columns") or [],
        "relations": shown.get("relations") or [],
        "labels": [one["name"] for one in shown.get("labels") or []],
        "policies": shown.get("policies") or [],
        "enricher": known(enricher) if enricher else None,
    }


def reading_of_sync(shown: Mapping[str, Any]) -> Object:
    """Return a sync's reply: one shape of filters and identity, constants apart from mappings."""
    mappings, constants = [], []
    for one in known(shown["fields"]):
        source = one.pop("source", None)
        if source is None or not source.get("field"):
            constants.append(_shown_mapping(one))
        else:
            mappings.append({**_shown_mapping(one), "source": source})
    targets = {one["target"] for one in constants}
    for one in known(shown.get("override_fields") or []):
        if one["target"] not in targets:
            constants.append(_shown_mapping(one))
    target = known(shown["target"])
    made: Object = {
        "name": shown["name"],
        "mode": shown["mode"],
        "active": shown["active"],
        "fields": mappings,
        "override_fields": constants,
        "identities": _shown_identities(shown),
        "overrides": [_shown_condition(one) for one in known(shown.get("overrides") or [])],
        "schedule": _without_empty(known(shown["schedule"])),
        "policies": shown.get("policies") or [],
        "target": {
            "connection_id": target["connection_id"],
            "object": target.get("object"),
            "configuration": target.get("configuration") or {},
            "new_name": target.get("new_name") or "",
        },
        **_shown_filters(shown),
    }
    for key in ("sync_all_records", "only_enrich_updates", "skip_initial_backfill"):
        made[key] = bool(shown.get(key))
    if shown.get("encryption_passphrase"):
        made["encryption_passphrase"] = shown["encryption_passphrase"]
    return made


def _shown_mapping(one: Mapping[str, Any]) -> Object:
    made = {key: one[key] for key in ("target", "sync_mode", "override_value") if key in one}
    made["new"] = one.get("new", False)
    made["encryption_enabled"] = one.get("encryption_enabled", False)
    return made


def _shown_identities(shown: Mapping[str, Any]) -> Object:
    several = known(shown.get("identities")) or {}
    if several.get("mappings"):
        return several
    one = known(shown.get("identity"))
    return {"mappings": [one] if one else []}


def _shown_condition(one: Mapping[str, Any]) -> Object:
    made = {key: one[key] for key in ("function", "override", "label") if key in one}
    if one.get("value") is not None and one["function"] not in WITHOUT_VALUE:
        made["value"] = one["value"]
    field = one.get("source", one.get("field"))
    if one.get("field_type") == "Target":
        made["field"] = one["field_id"]
    elif isinstance(field, Mapping):
        made["source"] = dict(field)
    else:
        made["field"] = field
    compared = one.get("value_source", one.get("value_field"))
    if compared is not None:
        made["value_source"] = compared
    return made


def _shown_filters(shown: Mapping[str, Any]) -> Object:
    made: Object = {}
    older = known(shown.get("filters") or [])
    for kind, key in (("Model", "model_filters"), ("Target", "target_filters")):
        newer = known(shown.get(key)) or {}
        conditions = [_shown_condition(one) for one in newer.get("conditions", [])]
        logic = newer.get("logic", "")
        if not conditions and any(one.get("field_type") == kind for one in older):
            conditions = [_shown_condition(one) for one in older if one["field_type"] == kind]
            holder = shown if kind == "Model" else shown["target"]
            logic = holder.get("filter_logic") or ""
        made[key] = {"conditions": conditions, "logic": _rewritten(logic, {})}
    return made


def _without_empty(part: Any) -> Any:
    if isinstance(part, Mapping):
        pairs = ((key, _without_empty(item)) for key, item in part.items())
        return {key: item for key, item in pairs if item not in (None, "", [], {}, False)}
    return part


# Comparison.


def differences(
    expected: Mapping[str, Any], stored: Mapping[str, Any], *, dropped_mapping: bool = False
) -> list[str]:
    """Return what is wrong with a stored object, a line for each place; none when it is right.

    Both are in the reading of this module. What `FREEDOMS` names is no difference.
    dropped_mapping: the server has the bug of that name.
    """
    wanted, there = _plain(expected), _plain(stored)
    if dropped_mapping:
        for one in wanted.get("identities", {}).get("mappings", []):
            if one["target"] not in there["fields"]:
                wanted["fields"].pop(one["target"], None)
    return list(_compared("", wanted, there, top=True))


def without_dropped_mappings(expected: Mapping[str, Any]) -> Object:
    """Return an object as a server has it that drops mappings to a target of the identity."""
    matched = {one["target"] for one in expected.get("identities", {}).get("mappings", [])}
    return {
        **expected,
        "fields": [one for one in expected["fields"] if one["target"] not in matched],
    }


def equal(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two objects in the reading of this module mean the same."""
    first, second = _plain(one), _plain(other)
    return not [*_compared("", first, second), *_compared("", second, first)]


def managed(stored: Mapping[str, Any], expected: Mapping[str, Any]) -> Object:
    """Return a stored object without configuration keys that only the server wrote."""
    made = dict(stored)
    if "configuration" in made:
        keys = expected["configuration"]
        made["configuration"] = {
            key: item for key, item in made["configuration"].items() if key in keys
        }
    return made


def _plain(of: Mapping[str, Any]) -> Object:
    """Return an object with sets as sorted lists, letters and defaults taken out."""
    made = dict(of)
    mode = made.get("mode")
    for key in ("fields", "tracking_columns", "labels", "policies"):
        if key in made and all(isinstance(one, str) for one in made[key]):
            made[key] = sorted(set(made[key]))
    if mode is None:
        for key in ("additional_fields", "relations"):
            if key in made:
                made[key] = _by_content(made[key])
        return made
    for key in ("fields", "override_fields"):
        made[key] = {one["target"]: _plain_mapping(one, mode) for one in of[key]}
    made["overrides"] = _by_content(map(_plain_condition, of["overrides"]))
    for key in ("model_filters", "target_filters"):
        made[key] = _plain_filters(of[key])
    mappings = of["identities"]["mappings"]
    made["identities"] = {"mappings": list(map(_plain_identity, mappings))}
    if len(mappings) > 1:
        made["identities"]["strategy"] = of["identities"].get("strategy")
    made["schedule"] = _without_empty(of["schedule"])
    return made


def _plain_mapping(one: Mapping[str, Any], mode: str) -> Object:
    made = {key: item for key, item in one.items() if item is not False}
    if made.get("sync_mode") in ("updateOrCreate", mode):
        del made["sync_mode"]
    return made


def _plain_identity(one: Mapping[str, Any]) -> Object:
    return {key: item for key, item in one.items() if item not in (False, None, "")}


def _plain_condition(one: Mapping[str, Any]) -> Object:
    made = {key: item for key, item in one.items() if key != "label"}
    if made["function"] in UNORDERED_VALUES and isinstance(made.get("value"), list):
        made["value"] = sorted(made["value"], key=repr)
    return made


def _plain_filters(filters: Mapping[str, Any]) -> Object:
    """Return the conditions as a set, and the logic with each label's condition in its place."""
    conditions = [_plain_condition(one) for one in filters["conditions"]]
    given = letters(len(conditions))
    content = {
        letter: json.dumps(one, sort_keys=True)
        for letter, one in zip(given, conditions, strict=True)
    }
    logic = _rewritten(filters.get("logic") or "", content)
    return {"conditions": _by_content(conditions), "logic": logic}


def _by_content(items: Iterable[Mapping[str, Any]]) -> list[Object]:
    return sorted(map(dict, items), key=lambda one: json.dumps(one, sort_keys=True))


_OPEN = ("configuration", "target", "enricher")
"""Objects in which the server may add keys."""


def _compared(path: str, expected: Any, stored: Any, *, top: bool = False) -> Iterable[str]:
    if isinstance(expected, Mapping) and isinstance(stored, Mapping):
        name = path.rpartition(".")[2]
        loose = top or name in _OPEN or ".configuration." in f".{path}."
        for key in expected:
            where = f"{path}.{key}" if path else str(key)
            if expected[key] is None:
                if stored.get(key) is not None:
                    yield f"{where}: stored {stored[key]!r}, expected nothing"
            elif key not in stored:
                yield f"{where}: missing, expected {expected[key]!r}"
            else:
                yield from _compared(where, expected[key], stored[key])
        if not loose:
            yield from (f"{path}.{key}: not expected" for key in stored if key not in expected)
    elif isinstance(expected, list) and isinstance(stored, list):
        if len(expected) != len(stored):
            yield f"{path}: expected {expected!r}, stored {stored!r}"
        else:
            for number, (one, other) in enumerate(zip(expected, stored, strict=True)):
                yield from _compared(f"{path}[{number}]", one, other)
    elif not same_value(expected, stored):
        yield f"{path}: expected {expected!r}, stored {stored!r}"


def same_value(one: Any, other: Any) -> bool:
    """Whether two plain values are equal: 5 is 5.0, but no text, and true is no number."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == other
    return type(one) is type(other) and one == other
