"""A valid body or more for every route that reads one, for tests that damage them."""

from typing import Any

from tests.emulator.bulk_uses import bulk_body
from tests.emulator.pipelines import Pipeline
from tests.emulator.samples import NETSUITE, POSTGRESQL, S3, SALESFORCE, WEBHOOK

_SCHEMA = "/api/connections/{id}/schemas/{schema_id:path}"


def valid_bodies(contacts: Pipeline, postgresql: str) -> dict[tuple[str, str], list[Any]]:
    """By the method and path of the route."""
    connections = [
        {"name": kind, "type": kind, "configuration": configuration, "policies": ["p"]}
        for kind, configuration in (
            ("netsuite", NETSUITE),
            ("salesforce", SALESFORCE | {"connect_mode": "code"}),
            ("postgresql", POSTGRESQL | {"ssl": True}),
            ("webhook", WEBHOOK | {"headers": [{"name": "a", "value": "b"}]}),
            ("s3", S3),
        )
    ]
    connections[0] |= {"validate": False, "healthcheck_interval": "1h"}
    connections[1] |= {"redirect_url": "https://app.example.com/done"}
    renamed = {"name": "Renamed", "configuration": NETSUITE, "reconnect": True}
    fields = [
        {"field_id": "score", "label": "S", "type": "array", "definition": ["array", ["int"]]},
        {"field_id": "points", "label": "P", "type": "number", "path": "$.p", "example": 5},
    ]
    hook = {"endpoint": "https://example.com/events", "secret": "canary-secret"}
    organization = {"name": "Acme", "issuer": "https://id.example.com", "client_secret": "s"}
    user = {"email": "Ada@example.com", "role": "admin"}
    policy = {"name": "P", "policy_actions": [{"action": "create", "role_ids": []}]}
    return {
        ("POST", "/api/connections"): connections,
        ("POST", "/api/connections/test"): connections,
        ("PUT", "/api/connections/{id}"): [renamed],
        ("POST", "/api/connections/connect/"): [_card(contacts)],
        ("POST", "/api/connection_types/{type}/parameter_values"): [
            {"field": "connect_mode", "parameters": SALESFORCE, "query": "b"},
            {"field": "repositories", "parameters": {"oauth_refresh_token": "t"}},
        ],
        ("POST", "/api/organizations/{organization_id}/connections/{id}/shared"): [
            {"child_organization_id": "248df4b7-aa70-47b8-a036-33ac447e668d", "name": "Shared"}
        ],
        ("POST", "/api/connections/{id}/query"): [{"query": "SELECT Id FROM Contact LIMIT 2"}],
        ("POST", "/api/enrichment/{id}/inputfields"): [{"configuration": {"object": "people"}}],
        ("POST", f"{_SCHEMA}/fields"): [{"fields": fields}],
        ("PATCH", f"{_SCHEMA}/fields/{{field_id}}"): [dict(one) for one in fields],
        ("PUT", f"{_SCHEMA}/primary_keys"): [
            {"fields": [{"field_id": "email", "is_primary_key": True}]}
        ],
        ("POST", "/api/connections/{id}/schemas/refresh"): [{}],
        **dict.fromkeys(
            (
                ("POST", "/api/models"),
                ("PUT", "/api/models/{id}"),
                ("POST", "/api/model-preview"),
            ),
            _models(contacts, postgresql),
        ),
        ("POST", "/api/permissions/roles"): [{"name": "Auditor"}],
        ("PUT", "/api/permissions/roles/{id}"): [{"name": "Reviewer"}],
        ("POST", "/api/permissions/policies"): [policy],
        ("PUT", "/api/permissions/policies/{id}"): [policy],
        ("POST", "/api/organizations"): [organization],
        ("PUT", "/api/organizations/{id}"): [organization],
        ("POST", "/api/organization/users"): [user],
        ("PUT", "/api/organization/users/{id}"): [user],
        ("POST", "/api/organizations/{organization_id}/users"): [user],
        ("PUT", "/api/organizations/{organization_id}/users/{id}"): [user],
        ("POST", "/api/organizations/{organization_id}/users/{id}/keys"): [{}],
        ("PUT", "/api/notifications/global-error-subscribers"): [{"emails": ["a@b.example"]}],
        ("PUT", "/api/organization/record-logging"): [
            {"enabled": True, "deliveryPrefix": "logs", "deliveryConnectionId": None}
        ],
        ("POST", "/api/webhooks"): [hook],
        ("PUT", "/api/webhooks/{id}"): [hook],
        ("POST", "/api/webhooks/{id}/enable"): [{}],
        ("POST", "/api/webhooks/{id}/disable"): [{}],
        **_bulk_syncs(contacts.salesforce, postgresql),
        ("POST", "/api/syncs"): _syncs(contacts, postgresql),
        ("PUT", "/api/syncs/{id}"): _syncs(contacts, postgresql),
        ("POST", "/api/syncs/{id}/activate"): [{"active": True}],
        ("POST", "/api/syncs/{id}/cancel"): [{}],
        ("POST", "/api/syncs/{sync_id}/executions/{id}/cancel"): [{}],
        ("POST", "/api/syncs/{id}/executions"): [
            {"identities": ["a@example.com"], "resync": True, "test": False},
            {"source_identities": [[{"source": contacts.source("Email"), "value": "a@b.c"}]]},
        ],
        ("PUT", "/api/syncs/{id}/error-handling"): [
            {"subscribers": ["a@example.com"], "notify_on_record_errors": True}
        ],
    }


def _bulk_syncs(salesforce: str, postgresql: str) -> dict[tuple[str, str], list[Any]]:
    one = "/api/bulk/syncs/{id}"
    fields = ["Id", {"id": "Email", "obfuscate": True, "user_output_name": "mail"}]
    condition = {"field_id": "LastName", "function": "StringContains", "value": "a"}
    schema = {
        "id": "Contact",
        "enabled": True,
        "fields": fields,
        "filters": [condition],
        "partition_key": "Id",
        "tracking_field": "LastModifiedDate",
        "data_cutoff_timestamp": "2024-01-31T00:00:00Z",
        "disable_data_cutoff": False,
        "history_enabled": True,
        "user_output_name": "people",
    }
    hourly = {"frequency": "hourly", "minute": "15", "schemas": ["Lead"], "resync_mode": "resync"}
    whole = bulk_body(
        salesforce,
        postgresql,
        schemas=[schema, "Lead"],
        additional_schedules=[hourly | {"selective_mode": "none"}],
        source_configuration={"lookback_minutes": 5},
        active=True,
        concurrency_limit=2,
        data_cutoff_timestamp="2023-01-31T00:00:00Z",
        automatically_add_new_objects="onlyIncremental",
        policies=["p"],
    )
    camel = {"schedule": {"frequency": "weekly", "dayOfWeek": "1", "hour": "1", "minute": "2"}}
    return {
        ("POST", "/api/bulk/syncs"): [whole, bulk_body(salesforce, postgresql)],
        ("PUT", one): [whole, bulk_body(salesforce, postgresql)],
        ("POST", f"{one}/activate"): [{"active": True}],
        ("POST", f"{one}/cancel"): [{}],
        ("POST", f"{one}/executions"): [{"schemas": ["Contact"], "resync_mode": "resync"}],
        ("POST", f"{one}/executions/{{execution_id}}/cancel"): [{}],
        ("PATCH", f"{one}/schemas"): [{"schemas": [schema]}],
        ("PUT", f"{one}/schemas/{{schema_id:path}}"): [schema],
        ("POST", f"{one}/schemas/{{schema_id:path}}/cancel"): [{}],
        ("POST", f"{one}/schedules"): [camel],
        ("PUT", f"{one}/schedules/{{schedule_id}}"): [camel],
        ("PUT", f"{one}/error-handling"): [
            {"subscribers": ["a@example.com"], "ingestion_failure_threshold": 60}
        ],
    }


def _card(contacts: Pipeline) -> dict[str, Any]:
    return {
        "name": "New",
        "redirect_url": "https://app.example.com/done",
        "connection": contacts.netsuite,
        "whitelist": ["netsuite", "hubspot"],
        "ttl": 600,
        "dark": True,
        "use_organization_name": False,
    }


def _models(contacts: Pipeline, postgresql: str) -> list[dict[str, Any]]:
    return [
        {
            "name": "People",
            "connection_id": contacts.salesforce,
            "configuration": {"table": "Contact", "include_deleted": True},
            "fields": ["Id", "Email", "LastName"],
            "additional_fields": [
                {"name": "extra", "type": "string", "label": "Extra", "example": "x"}
            ],
            "identifier": "Id",
            "tracking_columns": ["Email"],
            "relations": [{"from": "Email", "to": {"model_id": contacts.model, "field": "Email"}}],
            "labels": ["crm"],
            "policies": ["p"],
            "enricher": {
                "connection_id": contacts.netsuite,
                "configuration": {"object": "people"},
                "mappings": {"email": "Email"},
                "fields": [{"name": "title", "type": "string", "unique": False}],
            },
        },
        {
            "name": "Queried",
            "connection_id": postgresql,
            "configuration": {"query": "SELECT id, lower(email) AS mail FROM public.contacts"},
            "refresh": True,
        },
    ]


def _syncs(contacts: Pipeline, postgresql: str) -> list[dict[str, Any]]:
    condition = {"source": contacts.source("LastName"), "function": "StringOneOf", "value": ["a"]}
    schedules = [
        {"frequency": "weekly", "day_of_week": "monday", "hour": "5", "minute": "30"},
        {"frequency": "custom", "minute": "*/5", "hour": "1,2", "month": "1-6"},
        {"frequency": "runafter", "run_after": {"sync_ids": [], "bulk_sync_ids": ["b"]}},
        {"frequency": "continuous"},
    ]
    older = contacts.body(
        name="Older",
        active=True,
        schedule=schedules[0],
        filters=[
            contacts.filter(label="X"),
            contacts.filter("Email", "Between", value=["a", "b"], label="Y"),
        ],
        filter_logic="X or (Y and X)",
        overrides=[
            {
                "field": contacts.source("LastName"),
                "function": "Equality",
                "value": "a",
                "override": "b",
            }
        ],
        override_fields=[{"target": "title", "override_value": "Dr."}],
        policies=["p"],
        encryption_passphrase="canary-passphrase",
    )
    newer = contacts.body(
        name="Newer",
        identity=None,
        identities={"mappings": [contacts.identity()], "strategy": "priority"},
        model_filters={"conditions": [condition], "logic": "A"},
        schedule=schedules[1],
    )
    created = contacts.body(
        name="Created",
        mode="create",
        identity=None,
        fields=[contacts.mapping("Email", "email", new=True, sync_mode="create")],
        target={
            "connection_id": postgresql,
            "create": {"name": "public.people"},
            "configuration": {"a": 1},
        },
        schedule=schedules[2],
    )
    existing = contacts.body(
        name="Existing",
        fields=[contacts.mapping("Email", "email", encryption_enabled=True)],
        encryption_passphrase="canary-passphrase",
        target={"connection_id": postgresql, "object": "public.contacts"},
        schedule=schedules[3],
    )
    return [older, newer, created, existing]
