"""Arguments of every kind that are valid against the emulator's catalogs, drawn at random.

Objects, fields, modes and functions are read from the catalogs themselves, so whatever is drawn
is accepted by the emulator and passes the live checks.
"""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from polytomic_emulator.state.catalogs import CatalogField, catalog_of
from polytomic_provider.facts.sync_rules import MODES_THAT_CREATE, MODES_THAT_UPDATE, WEEKDAYS

CONFIGURATIONS: dict[str, dict[str, Any]] = {
    "salesforce": {"domain": "acme.my.salesforce.com"},
    "netsuite": {
        "account_id": "1234567_SB1",
        "consumer_key": "canary-consumer-key",
        "consumer_secret": "canary-consumer-secret",
        "token": "canary-token",
        "token_secret": "canary-token-secret",
    },
    "postgresql": {
        "hostname": "db.example.com",
        "username": "reader",
        "password": "canary-password",
        "database": "sales",
        "port": 5432,
    },
}
"""The connection types that arguments are drawn for, each with what its configuration needs."""

SERVICES = tuple(CONFIGURATIONS)
POLICIES = tuple(f"0b5f9c1e-0000-4000-8000-00000000000{number}" for number in range(1, 5))
NAMES = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "Zs", "P", "S")), min_size=1, max_size=12
).filter(str.strip)
TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=6)
_EXTRA: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "salesforce": {"daily_api_calls": st.integers(1000, 50000)},
    "postgresql": {"ssl": st.booleans(), "port": st.sampled_from([5432, 6543])},
}
_WITHOUT_VALUE = ("IsNull", "IsNotNull")


def _some(items: Sequence[Any], least: int = 0, most: int = 4) -> st.SearchStrategy[list[Any]]:
    if not items:
        return st.just([])
    most = max(least, min(most, len(items)))
    return st.lists(st.sampled_from(items), unique=True, min_size=least, max_size=most)


@st.composite
def connections(draw: st.DrawFn, service: str | None = None) -> dict[str, Any]:
    """Arguments of a connection, its name left to who makes it."""
    type_id = service or draw(st.sampled_from(SERVICES))
    extra = draw(st.fixed_dictionaries({}, optional=_EXTRA.get(type_id, {})))
    optional = {
        "policies": _some(POLICIES, 1),
        "healthcheck_interval": st.sampled_from(["30m", "1h", "24h"]),
        "force_destroy": st.booleans(),
    }
    return {
        "type": type_id,
        "configuration": {**CONFIGURATIONS[type_id], **extra},
        **draw(st.fixed_dictionaries({}, optional=optional)),
    }


@st.composite
def models(draw: st.DrawFn, connection_id: str, service: str) -> dict[str, Any]:
    """Arguments of a model over a connection of that service."""
    catalog = catalog_of(service)
    source = draw(st.sampled_from(sorted(catalog.objects.values(), key=lambda one: one.id)))
    names = list(source.fields)
    chosen = draw(_some(names, 1, 6))
    if draw(st.booleans()):
        configuration: dict[str, Any] = {"table": source.id}
    else:
        configuration = {"query": f"SELECT {', '.join(chosen)} FROM {source.id}"}  # noqa: S608
    optional = {
        "identifier": st.sampled_from(chosen),
        "tracking_columns": _some(chosen, 1),
        "labels": _some(["crm", "erp", "people", "2026"], 1),
        "policies": _some(POLICIES, 1),
        "additional_fields": st.lists(_ADDITIONAL, min_size=1, max_size=2, unique_by=_name_of),
    }
    given = {
        "connection_id": connection_id,
        "configuration": configuration,
        "fields": chosen,
        **draw(st.fixed_dictionaries({}, optional=optional)),
    }
    if draw(st.booleans()) and "query" not in configuration:
        del given["fields"]
    return given


def fields_of(model: dict[str, Any], service: str) -> list[str]:
    """The names of the fields that a model of those arguments exposes."""
    fields = model.get("fields")
    if fields is None:
        fields = list(catalog_of(service).objects[model["configuration"]["table"]].fields)
    return [*fields, *(one["name"] for one in model.get("additional_fields", ()))]


_ADDITIONAL = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Score", "Segment", "Owner_Name"]),
        "type": st.sampled_from(["string", "number", "boolean"]),
        "label": TEXTS,
    },
    optional={"example": TEXTS},
)


def _name_of(item: dict[str, Any]) -> Any:
    return item["name"]


@st.composite
def syncs(
    draw: st.DrawFn, model_id: str, model_fields: Sequence[str], connection_id: str, service: str
) -> dict[str, Any]:
    """Arguments of a sync from a model that has those fields onto an object of that service."""
    catalog = catalog_of(service)
    target = draw(st.sampled_from(sorted(catalog.objects.values(), key=lambda one: one.id)))
    mode = draw(st.sampled_from(catalog.modes))
    fields = list(target.fields.values())
    writable = [one.id for one in fields if _writable(one, mode)]
    mapped = draw(_some(writable, 1, 5))
    sources = draw(st.lists(st.sampled_from(model_fields), min_size=8, max_size=8))
    given: dict[str, Any] = {
        "model": model_id,
        "mode": mode,
        "target": {"connection_id": connection_id, "object": target.id},
        "fields": draw(_mappings(dict(zip(mapped, sources, strict=False)))),
    }
    matching = [one.id for one in fields if "Equality" in one.identity]
    if mode in catalog.identity_modes:
        source, field = sources[-1], draw(st.sampled_from(matching))
        forms = [[source, field], {"source": source, "target": field}]
        given["identity"] = draw(st.sampled_from(forms))
    free = [one.id for one in fields if one.id not in mapped and _takes_text(one, mode)]
    optional: dict[str, st.SearchStrategy[Any]] = {
        "filters": st.lists(_conditions(model_fields), min_size=1, max_size=3),
        "overrides": st.lists(_overrides(model_fields), min_size=1, max_size=2),
        "schedule": SCHEDULES,
        "active": st.booleans(),
        "sync_all_records": st.just(True),
        "skip_initial_backfill": st.just(True),
        "policies": _some(POLICIES, 1),
    }
    if free:
        optional["override_fields"] = st.dictionaries(
            st.sampled_from(free), TEXTS, min_size=1, max_size=2
        )
    given |= draw(st.fixed_dictionaries({}, optional=optional))
    if len(given.get("filters", ())) > 1 and draw(st.booleans()):
        labels = "ABC"[: len(given["filters"])]
        given["filter_logic"] = draw(st.sampled_from([" or ", " and "])).join(labels)
    return given


def _writable(field: CatalogField, mode: str) -> bool:
    creates, updates = mode in MODES_THAT_CREATE, mode in MODES_THAT_UPDATE
    return (
        (creates and field.createable) or (updates and field.updateable) or not (creates or updates)
    )


def _takes_text(field: CatalogField, mode: str) -> bool:
    free_text = field.type == "string" and not field.values and not field.association
    return free_text and _writable(field, mode)


@st.composite
def _mappings(draw: st.DrawFn, by_target: dict[str, str]) -> Any:
    """The same mappings in one of the forms that a user may write."""
    listed = [{"source": source, "target": target} for target, source in by_target.items()]
    if draw(st.booleans()):
        return listed
    by_source: dict[str, Any] = {}
    for target, source in by_target.items():
        by_source.setdefault(source, []).append(target)
    return {
        source: targets[0] if len(targets) == 1 else targets
        for source, targets in by_source.items()
    }


@st.composite
def _conditions(draw: st.DrawFn, model_fields: Sequence[str]) -> dict[str, Any]:
    field = draw(st.sampled_from(model_fields))
    kind = draw(st.sampled_from(["bare", "one", "several"]))
    if kind == "bare":
        return {"field": field, "function": draw(st.sampled_from(_WITHOUT_VALUE))}
    if kind == "one":
        functions = ["Equality", "Inequality", "StringContains", "StringStartsWith"]
        return {"field": field, "function": draw(st.sampled_from(functions)), "value": draw(TEXTS)}
    values = draw(st.lists(TEXTS, min_size=1, max_size=3))
    return {"field": field, "function": "StringOneOf", "value": values}


def _overrides(model_fields: Sequence[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "field": st.sampled_from(model_fields),
            "function": st.sampled_from(_WITHOUT_VALUE),
            "override": TEXTS,
        }
    )


SCHEDULES: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.fixed_dictionaries({"frequency": st.sampled_from(["manual", "continuous"])}),
    st.fixed_dictionaries({"frequency": st.just("hourly"), "minute": st.integers(0, 59)}),
    st.fixed_dictionaries(
        {
            "frequency": st.just("daily"),
            "hour": st.integers(0, 23),
            "minute": st.integers(0, 59) | st.sampled_from(["00", "30"]),
        }
    ),
    st.fixed_dictionaries(
        {
            "frequency": st.just("weekly"),
            "day_of_week": st.sampled_from(WEEKDAYS),
            "hour": st.integers(0, 23),
            "minute": st.just(5),
        }
    ),
)


_ADDS = st.sampled_from(["all", "onlyIncremental", "onlyNonIncremental", "none"])
_TIMES = st.sampled_from(["2024-01-31T00:00:00Z", "2023-05-01", "2024-01-31T02:00:00+02:00"])


@st.composite
def bulk_syncs(draw: st.DrawFn, service: str) -> dict[str, Any]:
    """Arguments of a bulk sync out of that service into a database, without the connections."""
    catalog = catalog_of(service)
    names = sorted(catalog.objects)
    chosen = draw(_some(names, 1, 3))
    bulk_schedules = SCHEDULES.filter(lambda one: one["frequency"] != "continuous")
    additional = st.fixed_dictionaries(
        {}, optional={"schemas": _some(names, 1), "resync_mode": st.sampled_from(["resync"])}
    )
    optional = {
        "schemas": st.tuples(*(_bulk_schema(one, catalog.objects[one].fields) for one in chosen)),
        "default_schedule": bulk_schedules,
        "additional_schedules": st.lists(
            st.tuples(bulk_schedules, additional).map(lambda both: both[0] | both[1]), max_size=2
        ),
        "mode": st.sampled_from(["replicate", "append"]),
        "active": st.booleans(),
        "automatically_add_new_fields": _ADDS,
        "automatically_add_new_objects": _ADDS,
        "normalize_names": st.sampled_from(["enabled", "disabled", "legacy"]),
        "concurrency_limit": st.integers(1, 9),
        "resync_concurrency_limit": st.integers(1, 9),
        "data_cutoff_timestamp": _TIMES,
        "disable_record_timestamps": st.booleans(),
        "policies": _some(POLICIES, 1),
    }
    given = draw(st.fixed_dictionaries({}, optional=optional))
    if "schemas" in given:
        given["schemas"] = list(given["schemas"])
    configuration = {"schema": draw(st.sampled_from(["crm", "raw"]))}
    if draw(st.booleans()):
        configuration["mirror_schemas"] = draw(st.booleans())  # type: ignore[assignment]
    return {"destination_configuration": configuration, **given}


@st.composite
def _bulk_schema(draw: st.DrawFn, name: str, fields: Sequence[str]) -> Any:
    """A schema in one of its forms."""
    if draw(st.booleans()):
        return name
    options = st.fixed_dictionaries(
        {},
        optional={
            "obfuscate": st.booleans(),
            "user_output_name": st.sampled_from(["one", "two"]),
            "enabled": st.booleans(),
        },
    )
    listed = [draw(st.just(one) | options.map(lambda o, i=one: {"id": i, **o})) for one in fields]  # type: ignore[misc]
    some = draw(st.lists(st.sampled_from(range(len(listed))), min_size=1, max_size=5, unique=True))
    mapping = st.dictionaries(st.sampled_from(list(fields)), st.booleans() | options, max_size=3)
    condition = st.fixed_dictionaries(
        {"field": st.sampled_from(list(fields)), "function": st.sampled_from(_WITHOUT_VALUE)}
    )
    optional = {
        "fields": st.just([listed[one] for one in some]) | mapping,
        "filters": st.lists(condition, max_size=2),
        "partition_key": st.sampled_from(list(fields)),
        "tracking_field": st.sampled_from(list(fields)),
        "data_cutoff_timestamp": _TIMES,
        "disable_data_cutoff": st.booleans(),
        "user_output_name": st.sampled_from(["people", "firms"]),
    }
    return {"id": name, **draw(st.fixed_dictionaries({}, optional=optional))}


PLAIN: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "Organization": st.fixed_dictionaries(
        {}, optional={"sso_domain": TEXTS, "issuer": TEXTS, "client_secret": TEXTS}
    ),
    "Policy": st.fixed_dictionaries(
        {},
        optional={"actions": st.dictionaries(st.sampled_from(["create", "delete"]), st.just([]))},
    ),
    "Role": st.just({}),
    "User": st.fixed_dictionaries(
        {"email": st.integers(1, 10**9).map("Ada{}@acme.example".format)},
        optional={"role": st.sampled_from(["admin", "user"])},
    ),
    "Webhook": st.fixed_dictionaries(
        {"endpoint": TEXTS.map("https://acme.example/{}".format), "secret": TEXTS},
        optional={"disabled": st.booleans()},
    ),
}
"""Arguments of the kinds that refer to nothing, their names left to who makes them."""
