"""The page of what is covered: each method of Polytomic's Python package, and of Terraform's kinds.

What this package asks is read from its own API clients, what the emulator answers from its routes.
`OURS` and `LEFT_OUT` say what a person needs to know beside that: by what name, or why not.
"""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import Any

import polytomic_provider
from polytomic_emulator.http.routes import ROUTES
from polytomic_provider.api import Polytomic, resolve_settings, routes
from polytomic_provider.api.http.settings import Settings
from polytomic_provider.api.http.transport import Transport
from polytomic_provider.api.routes.jobs import Jobs
from polytomic_provider.cli.commands import Commands
from tests.official import Operation, every_operation, rank

_HARBORS = "Harbors give assistants access to data, in sessions; no resource for them yet"
_PROXY = "calls a service through Polytomic, once: there is nothing to declare"
_SHOWN = "for people who look into a run; the console shows it"
_OWN = "the same users under `/api/organization/users`, for every kind of key"
_ONE_BY_ONE = "the whole list is sent with the bulk sync"

OURS: Mapping[str, tuple[str, ...]] = {
    "bulk_sync.": ("BulkSync",),
    "bulk_sync.error_handling.": ("BulkSyncErrorHandling",),
    "bulk_sync.executions.": ("BulkSyncRun",),
    "bulk_sync.executions.get": ("BulkSyncRun", "get_bulk_sync_execution"),
    "bulk_sync.executions.get_console_logs": ("polytomic logs",),
    "bulk_sync.executions.list": ("BulkSyncRun", "get_bulk_sync_executions"),
    "bulk_sync.get": ("BulkSync", "get_bulk_sync"),
    "bulk_sync.get_destination": ("BulkSync", "get_bulk_destination"),
    "bulk_sync.get_source": ("BulkSync", "get_bulk_source"),
    "bulk_sync.get_status": ("BulkSync", "polytomic status"),
    "bulk_sync.list": ("BulkSync", "get_bulk_syncs"),
    "bulk_sync.start": ("BulkSyncRun",),
    "connections.": ("Connection",),
    "connections.connect": ("create_connect_card",),
    "connections.get": ("Connection", "ConnectionReadiness", "get_connection"),
    "connections.get_connection_type_schema": ("Connection",),
    "connections.get_parameter_values": ("get_parameter_values",),
    "connections.get_types": ("Connection", "get_connection_types"),
    "connections.list": ("Connection", "get_connection"),
    "connections.shared_connections.": ("SharedConnection",),
    "events.list": ("get_events",),
    "identity.get": ("get_caller_identity",),
    "jobs.get": ("Model", "get_job"),
    "model_sync.": ("Sync",),
    "model_sync.error_handling.": ("SyncErrorHandling",),
    "model_sync.executions.": ("SyncRun",),
    "model_sync.executions.get": ("SyncRun", "get_sync_execution"),
    "model_sync.executions.get_console_logs": ("SyncRun", "polytomic logs"),
    "model_sync.executions.list": ("SyncRun", "get_sync_executions"),
    "model_sync.get_source": ("get_source", "Model"),
    "model_sync.get_source_fields": ("get_source_fields", "Model"),
    "model_sync.start": ("SyncRun",),
    "model_sync.targets.get_target_fields": ("get_target_fields", "Sync"),
    "model_sync.targets.list": ("get_target_objects", "Sync"),
    "models.": ("Model",),
    "models.sample": ("Model", "get_model_sample"),
    "notifications.": ("GlobalErrorSubscribers",),
    "organization.": ("Organization",),
    "organization.list": ("Organization", "get_organizations"),
    "organization.get_record_logging": ("RecordLogging",),
    "organization.update_record_logging": ("RecordLogging",),
    "permissions.policies.": ("Policy",),
    "permissions.policies.get": ("Policy", "get_policy"),
    "permissions.policies.list": ("Policy", "get_policies", "get_policy"),
    "permissions.roles.": ("Role",),
    "permissions.roles.get": ("Role", "get_role"),
    "permissions.roles.list": ("Role", "get_roles", "get_role"),
    "query_runner.": ("run_query",),
    "schemas.delete_field": ("SchemaField",),
    "schemas.get": ("get_schema", "SchemaField", "SchemaPrimaryKeys"),
    "schemas.get_records": ("Sync",),
    "schemas.get_status": ("ConnectionReadiness", "get_schema_status"),
    "schemas.patch_field": ("SchemaField",),
    "schemas.refresh": ("ConnectionReadiness",),
    "schemas.set_primary_keys": ("SchemaPrimaryKeys",),
    "schemas.upsert_field": ("SchemaField",),
    "users.create_api_key": ("UserApiKey",),
    "users.create_current_org_user": ("User",),
    "users.delete_current_org_user": ("User",),
    "users.get_current_org_user": ("User", "get_user"),
    "users.list_current_org_users": ("User", "get_users", "get_user"),
    "users.update_current_org_user": ("User",),
    "webhooks.": ("Webhook",),
}
"""The resources, functions and commands that use a method, or all of a part; the longest counts."""

LEFT_OUT: Mapping[str, str] = {
    "activity.": "a history of harbors to read; nothing to declare",
    "bulk_sync.activate": "the update of a bulk sync sets `active`",
    "bulk_sync.executions.export_logs": _SHOWN,
    "bulk_sync.executions.get_ingest_console_logs": _SHOWN,
    "bulk_sync.executions.get_schema_console_logs": _SHOWN,
    "bulk_sync.executions.list_status": "a run asks for the status of its own bulk sync",
    "bulk_sync.schedules.": "schedules are parts of the bulk sync",
    "bulk_sync.schemas.cancel": "a run is canceled as a whole",
    "bulk_sync.schemas.patch": _ONE_BY_ONE,
    "bulk_sync.schemas.update": _ONE_BY_ONE,
    "connections.get_connect_session": "a page of Polytomic reads its own session with it",
    "connections.get_type_parameter_values": "values are asked of a connection that is there",
    "connections.get_usage": "a reading of costs; nothing to declare",
    "connections.proxy.": _PROXY,
    "entities.": "finds out what an id belongs to; a program knows its own ids",
    "events.get_types": "the API's documents list the types of events",
    "harbors.": _HARBORS,
    "model_sync.executions.get_logs": "the files that a run reads are fetched by their addresses",
    "model_sync.executions.get_logs_index": "the files of each type are asked for one by one",
    "model_sync.get_schedule_options": "`Schedule` has a method for each frequency",
    "model_sync.targets.get_create_property": "the list of targets has the same values",
    "models.get_enrichment_source": "the server checks an enricher when a model is made",
    "models.post": "the server checks an enricher when a model is made",
    "models.preview": "previews ask what a source has, and compare with that",
    "operations.": "finds operations of the API by plain words; nothing to declare",
    "organization.get_current": "`identity.get` names the organization of every key",
    "record_view_links.": "links for a person to look at one record",
    "schemas.reset_primary_keys": "`set_primary_keys` without fields does the same",
    "temporary_credentials.": "a credential that ends by itself is no part of a stack",
    "users.create": _OWN,
    "users.delete": _OWN,
    "users.get": _OWN,
    "users.list": _OWN,
    "users.update": _OWN,
    "webhooks.list_deliveries": "a history to read; nothing to declare",
}
"""Methods that nothing here uses, each with the reason; the longest name counts."""

TERRAFORM: Mapping[str, tuple[str, ...]] = {
    "polytomic_<type>_connection": ("Connection",),
    "polytomic_bulk_sync": ("BulkSync",),
    "polytomic_connection_schema_field": ("SchemaField",),
    "polytomic_connection_schema_primary_keys": ("SchemaPrimaryKeys",),
    "polytomic_global_error_subscribers": ("GlobalErrorSubscribers",),
    "polytomic_model": ("Model",),
    "polytomic_organization": ("Organization",),
    "polytomic_policy": ("Policy",),
    "polytomic_role": ("Role",),
    "polytomic_sync": ("Sync",),
    "polytomic_user": ("User",),
    "data polytomic_<type>_connection": ("get_connection", "Connection.get"),
    "data polytomic_bulk_destination": ("get_bulk_destination",),
    "data polytomic_bulk_source": ("get_bulk_source",),
    "data polytomic_caller_identity": ("get_caller_identity",),
    "data polytomic_connection_schema": ("get_schema",),
    "data polytomic_role": ("get_role", "Role.get"),
}
"""Each resource and data source of the official Terraform provider with its counterpart."""

NOT_YET = "not covered yet"


def page() -> str:
    """Return the generated page."""
    rows = list(_rows())
    count = {word: sum(one[1] == word for one in rows) for word in ("used", "left out", NOT_YET)}
    text = [
        "# What is covered",
        "Each method of Polytomic's official Python package: which resource or function of this "
        "package asks the same of the API, whether the emulator answers it, or why it is left out.",
        f"Of {len(rows)} methods {count['used']} are used, {count['left out']} are left out for a "
        f"reason, and {count[NOT_YET]} are not covered yet. The emulator answers "
        f"{sum(served(one[0]) for one in rows)}.",
    ]
    for group, members in groupby(rows, lambda row: row[0].group):
        text += [f"## {group}", _table(list(members))]
    text += [
        "## Terraform",
        "The resources and data sources of the official Terraform provider 2.0.0, and the fields "
        "of schemas, which came later.",
        "\n".join(["| Terraform | here |", "|---|---|", *map(_terraform, TERRAFORM)]),
    ]
    return "\n\n".join(text)


Row = tuple[Operation, str, str]


def _rows() -> Iterator[Row]:
    """Each method, what it counts as, and what the page says of it."""
    for one in sorted(every_operation(), key=lambda one: one.name):
        ours, reason = claim(one.name)
        names = existing(ours)
        if reason:
            yield one, "left out", reason
        elif names and one.name in asked():
            yield one, "used", names
        else:
            yield one, NOT_YET, NOT_YET


def _table(rows: list[Row]) -> str:
    """The methods of a group; a group that is left out as a whole takes one row."""
    (first, *_), *_ = rows
    said = {(word, text) for _, word, text in rows}
    if len(rows) > 1 and len(said) == 1 and not any(served(one[0]) for one in rows):
        ((_, text),) = said
        body = [f"| all {len(rows)} methods | {text} | no |"]
    else:
        body = [
            f"| `{one.name.removeprefix(f'{first.group}.')}` | {text} | "
            f"{'yes' if served(one) else 'no'} |"
            for one, _, text in rows
        ]
    return "\n".join(["| method | here | emulator |", "|---|---|---|", *body])


def _terraform(name: str) -> str:
    ours = TERRAFORM[name]
    return f"| `{name}` | {existing(ours) or NOT_YET} |"


def existing(ours: tuple[str, ...]) -> str:
    """Those names that this package has already, for a page."""
    known = {*polytomic_provider.__all__, *(f"polytomic {name}" for name in Commands.summaries)}
    names = [one for one in ours if one.partition(".")[0] in known]
    return ", ".join(f"`{one}`" for one in names)


def claim(name: str) -> tuple[tuple[str, ...], str]:
    """What the tables say of a method: the resources and functions, or the reason."""
    found = max((one for one in (*OURS, *LEFT_OUT) if _names(one, name)), key=len, default="")
    return OURS.get(found, ()), LEFT_OUT.get(found, "")


def _names(entry: str, name: str) -> bool:
    return name.startswith(entry) if entry.endswith(".") else name == entry


@cache
def _routes() -> frozenset[tuple[str, str]]:
    return frozenset(
        (route.method, re.sub(r"\{\w+(:path)?\}", "{}", route.path)) for route in ROUTES
    )


def served(operation: Operation) -> bool:
    """Whether the emulator answers a method."""
    return (operation.method, re.sub(r"\{\w+\}", "{}", operation.template)) in _routes()


@cache
def asked() -> frozenset[str]:
    """The methods of the official package whose request one of this package's API clients makes."""
    settings = resolve_settings({"polytomic:apiKey": "k", "polytomic:url": "http://127.0.0.1"}, {})
    noting = _Noting(settings)
    for client in _clients(noting):
        for name, method in inspect.getmembers(client, inspect.ismethod):
            if not name.startswith("_"):
                _call(method)
    known = sorted(every_operation(), key=rank)
    found = (
        next((one.name for one in known if one.matches(*request)), None) for request in noting.made
    )
    return frozenset(name for name in found if name is not None)


def _clients(transport: Transport) -> Iterator[Any]:
    """Every client of the API object: its attributes, and those that it makes for an id."""
    api = Polytomic(transport.settings, transport=transport)
    made = [_made(method) for _, method in inspect.getmembers(api, inspect.ismethod)]
    for one in (*vars(api).values(), *made, Jobs(transport)):
        if type(one).__module__.startswith(f"{routes.__name__}."):
            yield one


def _made(method: Callable[..., Any]) -> Any:
    try:
        return method(**_arguments(method, "", flag=True))
    except Exception:
        return None


class _Asked(Exception):
    """A request was noted and goes no further."""


class _Noting(Transport):
    """A transport that sends nothing."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.made: list[tuple[str, str]] = []

    def request(self, method: str, path: str, **_: Any) -> Any:
        self.made.append((method, path))
        raise _Asked


class _Body:
    """Stands for any request body."""

    def body(self) -> dict[str, Any]:
        return {}

    def __getattr__(self, name: str) -> Any:
        return None


def _call(method: Callable[..., Any]) -> None:
    """Call a method in every way that may make another request: each switch on and off."""
    for flag in (True, False):
        for optional in ("", "target"):
            try:
                method(**_arguments(method, optional, flag=flag))
            except _Asked:
                continue
            except Exception:  # noqa: S112 - a call that refuses its placeholders asks nothing
                continue


def _arguments(method: Callable[..., Any], optional: str, *, flag: bool) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for name, parameter in inspect.signature(method).parameters.items():
        if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        if parameter.default is parameter.empty or name == optional:
            given[name] = _value(str(parameter.annotation), flag=flag)
    return given


def _value(annotation: str, *, flag: bool) -> Any:
    if "Mapping" in annotation:
        return {}
    if "bool" in annotation:
        return flag
    if "Request" in annotation:
        return _Body()
    return "x" if "str" in annotation else {}
