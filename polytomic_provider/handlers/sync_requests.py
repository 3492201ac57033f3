"""From a sync's arguments to the bodies of its requests."""

from collections.abc import Mapping
from typing import Any, cast

from polytomic_provider.handlers.sync_conditions import (
    expand_filters,
    expand_group,
    expand_override_fields,
    expand_overrides,
)
from polytomic_provider.handlers.sync_forms import expand_fields, expand_identity
from polytomic_provider.handlers.sync_schedule import expand_schedule

_PLAIN = (
    "name",
    "mode",
    "filter_logic",
    "active",
    "sync_all_records",
    "only_enrich_updates",
    "skip_initial_backfill",
    "encryption_passphrase",
    "policies",
    "organization_id",
)
_TARGET_PARTS = ("connection_id", "object", "create", "new_name", "filter_logic", "search_values")


def create_body(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The body of `POST /api/syncs`: the older filters and identity unless the newer are used."""
    model: str | None = arguments.get("model")
    body: dict[str, Any] = {n: arguments[n] for n in _PLAIN if arguments.get(n) is not None}
    body["fields"] = expand_fields(arguments.get("fields"), model)
    body["target"] = expand_target(arguments["target"])
    body["schedule"] = expand_schedule(arguments.get("schedule"))
    if arguments.get("identity"):
        body["identity"] = expand_identity(arguments["identity"], model)[0]
    if arguments.get("identities") is not None:
        newer = cast("Mapping[str, Any]", arguments["identities"])
        body["identities"] = {**newer, "mappings": expand_identity(newer, model)}
    if arguments.get("filters"):
        body["filters"] = expand_filters(arguments["filters"], model)
    for name, key in (("model_filters", "source"), ("target_filters", "field")):
        if arguments.get(name) is not None:
            body[name] = expand_group(arguments[name], model, key)
    if arguments.get("overrides"):
        body["overrides"] = expand_overrides(arguments["overrides"], model)
    if arguments.get("override_fields"):
        body["override_fields"] = expand_override_fields(arguments["override_fields"])
    return body


def expand_target(target: Any) -> dict[str, Any]:
    """The wire's target; its configuration is an object even when empty."""
    given = cast("Mapping[str, Any]", target)
    wire = {part: given[part] for part in _TARGET_PARTS if given.get(part) is not None}
    return {**wire, "configuration": given.get("configuration") or {}}


def update_body(
    current: Mapping[str, Any], old: Mapping[str, Any], new: Mapping[str, Any]
) -> dict[str, Any]:
    """The body of `PUT /api/syncs/{id}`, which replaces the sync in full.

    Only what is unmanaged is taken from `current`: policies, whether it is active, and keys of
    the target's configuration. Everything else the program says, or clears by leaving it out.
    """
    body = create_body(new)
    body.setdefault("name", current.get("name"))
    for name in ("policies", "active"):
        if name not in body and old.get(name) is None and current.get(name) is not None:
            body[name] = current[name]
    there = cast("Mapping[str, Any]", current.get("target") or {})
    target = body["target"]
    managed = cast(
        "Mapping[str, Any]", cast("Any", old.get("target") or {}).get("configuration") or {}
    )
    kept = {
        key: value
        for key, value in cast("Mapping[str, Any]", there.get("configuration") or {}).items()
        if key not in managed and value is not None
    }
    target["configuration"] = {**kept, **target["configuration"]}
    if target.get("object") is None and there.get("object"):
        target["object"] = there["object"]  # what `create` has made is no longer created
        target.pop("create", None)
    return body
