"""What the server has of a sync, in the words that the user chose for it."""

from collections.abc import Mapping
from typing import Any, cast

from polytomic_provider.handlers.arguments import ArgumentFacts
from polytomic_provider.handlers.equality import equal
from polytomic_provider.handlers.projection import project, project_keys
from polytomic_provider.handlers.sync_conditions import (
    conditions_of,
    expand_filters,
    expand_group,
    project_override_fields,
    project_overrides,
    same_filters,
    shown_filters,
)
from polytomic_provider.handlers.sync_forms import (
    Wire,
    expand_identity,
    project_fields,
    project_identity,
)
from polytomic_provider.handlers.sync_schedule import project_schedule

_WRITE_ONLY_PARTS = ("create", "new_name", "search_values", "filter_logic")


def project_sync(
    server: Wire, like: Mapping[str, Any], facts: Mapping[str, ArgumentFacts]
) -> dict[str, Any]:
    """The reply of a GET as arguments; where `like` is empty, everything in the plain forms."""
    if not like:
        like = {"model": (server.get("model_ids") or [None])[0], "fields": {}, "active": False}
    model: str | None = like.get("model")
    shown = {
        name: project(known, server.get(name), like.get(name)) for name, known in facts.items()
    }
    shown["organization_id"] = like.get("organization_id")
    shown["model"] = _model(server, model)
    shown["target"] = _target(server.get("target") or {}, like.get("target"))
    shown["schedule"] = project_schedule(server.get("schedule"), like.get("schedule"))
    identity = like.get("identity") or like.get("identities")
    mode: str | None = like.get("mode") or server.get("mode")
    shown["fields"] = project_fields(
        server.get("fields") or [], like.get("fields"), model, mode, identity
    )
    shown["overrides"] = project_overrides(
        server.get("overrides") or [], like.get("overrides"), model
    )
    shown["override_fields"] = project_override_fields(server, like.get("override_fields"))
    return {**shown, **_identity(server, like, model), **_filters(server, like, model)}


def _model(server: Wire, model: str | None) -> str | None:
    there = cast("list[str]", server.get("model_ids") or [])
    return model if model is None or not there or model in there else there[0]


def _target(server: Wire, like: Any) -> Wire:
    given = cast("Wire", like or {})
    shown = {part: given[part] for part in _WRITE_ONLY_PARTS if part in given}
    shown["connection_id"] = server.get("connection_id")
    if given.get("object") is not None or not (given.get("create") or given.get("new_name")):
        shown["object"] = server.get("object")
    managed: Wire = given.get("configuration") or {}
    if "configuration" in given:
        configuration: Wire = server.get("configuration") or {}
        shown["configuration"] = project_keys(configuration, managed, lambda _: False)
    shown = {key: value for key, value in shown.items() if value is not None}
    return given if equal(shown, given) else shown


def _identity(server: Wire, like: Mapping[str, Any], model: str | None) -> dict[str, Any]:
    """Whichever of `identity` and `identities` the reply has, under the name that the user used."""
    newer = cast("Wire", server.get("identities") or {})
    there = expand_identity(server.get("identity"), None) or expand_identity(newer, None)
    if like.get("identities") is not None:
        return {"identity": None, "identities": project_identity(there, like["identities"], model)}
    return {"identity": project_identity(there, like.get("identity"), model), "identities": None}


def _filters(server: Wire, like: Mapping[str, Any], model: str | None) -> dict[str, Any]:
    """Whichever shape of filters the reply has, under the names that the user used."""
    names = ("filters", "filter_logic", "model_filters", "target_filters")
    mine = {name: like.get(name) for name in names}
    wanted = _wanted(mine, model)
    found = conditions_of(server)
    logic = _logic(mine)
    shown_logic = _logic(server)
    if same_filters(wanted, logic, found, shown_logic):
        return mine
    if mine["model_filters"] is None and mine["target_filters"] is None:
        filters = shown_filters(found, mine["filters"], model)
        return {**dict.fromkeys(names), "filters": filters or None, "filter_logic": shown_logic}
    return {
        **dict.fromkeys(names),
        "model_filters": server.get("model_filters"),
        "target_filters": server.get("target_filters"),
    }


def _wanted(mine: Mapping[str, Any], model: str | None) -> list[Wire]:
    return conditions_of(
        {
            "filters": expand_filters(mine["filters"], model),
            "model_filters": expand_group(mine["model_filters"], model, "source"),
            "target_filters": expand_group(mine["target_filters"], model, "field"),
        }
    )


def _logic(wire: Mapping[str, Any]) -> str | None:
    if wire.get("filter_logic"):
        return str(wire["filter_logic"])
    for name in ("model_filters", "target_filters"):
        group = cast("Wire", wire.get(name) or {})
        if group.get("logic"):
            return str(group["logic"])
    return None
