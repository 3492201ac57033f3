"""Masks bodies for the log: every value that is not known to be harmless."""

import re
from collections.abc import Mapping
from typing import Any, Final, cast

from polytomic_provider.facts import connection_types
from polytomic_provider.facts.connection_types import Property
from polytomic_provider.facts.secrets import MASK, carries_credential

HARMLESS: Final = frozenset(
    # who and what
    "id name type status organization_id workspace_id connection_id model_id model_ids "
    "sync_id execution_id enricher_id job_id target_connection_id target_object object table "
    # how it is meant to work
    "mode sync_mode active saved validate force reconnect refresh sync_all_records "
    "only_enrich_updates skip_initial_backfill healthcheck_interval cache_status strategy "
    "frequency day_of_week day_of_month month hour minute enabled "
    # which fields, never what is in them
    "field source target from to identifier function filter_logic field_id "
    # when
    "created_at updated_at started_at completed_at last_refresh_started last_refresh_finished "
    "next_execution_time next_page_token has_more".split()
)
"""Names of the API whose plain values tell nothing that is worth hiding."""

_LONGEST: Final = 200


_ROWS: Final = re.compile(r"/(sample|records)/?$|/jobs/samplemodel/")


def holds_rows(path: str) -> bool:
    """Whether the reply to a request of this path holds rows of somebody's data."""
    return _ROWS.search(path) is not None


def shown_body(body: Any, *, rows: bool = False) -> Any:
    """A copy of a JSON body in which every value is masked that is not known to be harmless.

    Names decide (`HARMLESS`). Of a connection's `configuration` only switches and what its type
    offers for choice is shown: a program may make a secret of anything else.
    Of `rows`, whose names are those of somebody's columns, no value is shown.
    """
    return _without_values(body) if rows else _shown(body, harmless=False)


def _without_values(value: Any) -> Any:
    if isinstance(value, dict):
        items = cast("dict[str, Any]", value).items()
        return {name: _without_values(item) for name, item in items}
    if isinstance(value, list):
        return [_without_values(item) for item in cast("list[Any]", value)]
    return None if value is None else MASK


def _shown(value: Any, *, harmless: bool) -> Any:
    if isinstance(value, dict):
        return _shown_object(cast("dict[str, Any]", value))
    if isinstance(value, list):
        return [_shown(item, harmless=harmless) for item in cast("list[Any]", value)]
    if value is None or isinstance(value, bool):
        return value
    return _plain(value) if harmless else MASK


def _shown_object(value: Mapping[str, Any]) -> dict[str, Any]:
    type_ = value.get("type")
    type_id: Any = cast("Mapping[str, Any]", type_).get("id") if isinstance(type_, dict) else type_
    shown: dict[str, Any] = {}
    for name, item in value.items():
        if name == "configuration" and isinstance(item, dict):
            known = type_id if isinstance(type_id, str) else None
            shown[name] = _configuration(known, cast("Mapping[str, Any]", item))
        else:
            shown[name] = _shown(item, harmless=name in HARMLESS)
    return shown


def _configuration(type_id: str | None, configuration: Mapping[str, Any]) -> dict[str, Any]:
    known = connection_types.get(type_id) if type_id is not None else None
    properties: Mapping[str, Property] = known.properties if known else {}
    return {
        name: value
        if name in properties and value in properties[name].enum
        else _shown(value, harmless=False)
        for name, value in configuration.items()
    }


def _plain(value: str | int | float) -> Any:
    if not isinstance(value, str):
        return value
    return MASK if carries_credential(value) or len(value) > _LONGEST else value
