"""A resource of every kind, as the engine's stand-in takes it: the rows of the fault matrices."""

from tests.faults.program import Declared, Ref
from tests.valid_arguments import CONFIGURATIONS

PIPELINE = {
    "crm": Declared(
        "Connection",
        {"name": "crm", "type": "salesforce", "configuration": CONFIGURATIONS["salesforce"]},
    ),
    "erp": Declared(
        "Connection",
        {"name": "erp", "type": "netsuite", "configuration": CONFIGURATIONS["netsuite"]},
    ),
    "crm-ready": Declared("ConnectionReadiness", {"connection": Ref("crm"), "timeout": "30s"}),
    "erp-ready": Declared("ConnectionReadiness", {"connection": Ref("erp"), "timeout": "30s"}),
    "contacts": Declared(
        "Model",
        {
            "name": "contacts",
            "connection_id": Ref("crm"),
            "configuration": {"table": "Contact"},
            "fields": ["Id", "Email", "LastName"],
        },
    ),
    "sync": Declared(
        "Sync",
        {
            "name": "sync",
            "model": Ref("contacts"),
            "mode": "updateOrCreate",
            "target": {"connection_id": Ref("erp"), "object": "contact"},
            "identity": ["Email", "email"],
            "fields": {"Email": "email", "LastName": "lastName"},
        },
    ),
    "first-run": Declared("SyncRun", {"sync": Ref("sync"), "tolerate": 500}),
    "warehouse": Declared(
        "Connection",
        {
            "name": "warehouse",
            "type": "postgresql",
            "configuration": CONFIGURATIONS["postgresql"],
        },
    ),
    "copies": Declared(
        "BulkSync",
        {
            "name": "copies",
            "source_connection_id": Ref("crm"),
            "destination_connection_id": Ref("warehouse"),
            "destination_configuration": {"schema": "crm"},
            "schemas": [{"id": "Contact", "fields": {"Phone": {"obfuscate": True}}}],
        },
    ),
    "first-copy": Declared("BulkSyncRun", {"bulk_sync": Ref("copies"), "tolerate": 500}),
    "errors": Declared(
        "SyncErrorHandling",
        {"sync": Ref("sync"), "subscribers": ["Ada@acme.example"], "warning_notifications": True},
    ),
    "on-call": Declared("GlobalErrorSubscribers", {"emails": ["b@acme.example", "A@acme.example"]}),
    "record-logs": Declared("RecordLogging", {"enabled": True, "delivery_prefix": "logs"}),
    "copies-errors": Declared(
        "BulkSyncErrorHandling",
        {"bulk_sync": Ref("copies"), "subscribers": ["ada@acme.example"]},
    ),
    "contact-score": Declared(
        "SchemaField",
        {
            "connection_id": Ref("crm"),
            "schema_id": "Contact",
            "field_id": "score",
            "label": "Score",
            "type": "number",
            "path": "$.score",
        },
    ),
    "contact-email": Declared(
        "SchemaField",
        {
            "connection_id": Ref("crm"),
            "schema_id": "Contact",
            "field_id": "Email",
            "label": "Work e-mail",
        },
    ),
    "contact-key": Declared(
        "SchemaPrimaryKeys",
        {"connection_id": Ref("crm"), "schema_id": "Contact", "fields": ["Email", "Id"]},
    ),
    "events": Declared(
        "Webhook", {"endpoint": "https://acme.example/events", "secret": "signing-secret"}
    ),
    "analysts": Declared("Role", {"name": "analysts"}),
    "crm-policy": Declared(
        "Policy", {"name": "crm-policy", "actions": {"create": [Ref("analysts")], "delete": []}}
    ),
    "ada": Declared("User", {"email": "Ada@acme.example", "role_ids": [Ref("analysts")]}),
    "acme": Declared("Organization", {"name": "acme", "client_secret": "oidc-secret"}),
    "ada-key": Declared("UserApiKey", {"user": Ref("ada"), "force": True}),
    "crm-for-acme": Declared(
        "SharedConnection",
        {
            "connection_id": Ref("crm"),
            "child_organization_id": Ref("acme"),
            "name": "crm for acme",
        },
    ),
}
CHANGED = {
    "crm": {"policies": ["0b5f9c1e-0000-4000-8000-000000000001"]},
    "erp": {"name": "erp renamed"},
    "crm-ready": {"triggers": ["again"], "refresh_schema": True},
    "contacts": {"fields": ["Id", "Email", "LastName", "Phone"], "labels": ["crm"]},
    "sync": {"fields": {"Email": "email", "LastName": "lastName", "Id": "comments"}},
    "first-run": {"triggers": ["again"]},
    "warehouse": {"name": "warehouse renamed"},
    "copies": {"schemas": [{"id": "Contact", "fields": ["Id", "Email"]}, "Lead"]},
    "first-copy": {"triggers": ["again"]},
    "errors": {"subscribers": ["bea@acme.example"], "auto_retry_record_errors": False},
    "on-call": {"emails": ["a@acme.example"]},
    "record-logs": {"delivery_prefix": "other"},
    "copies-errors": {"ingestion_failure_threshold": 60},
    "contact-score": {"label": "Points", "definition": "double"},
    "contact-email": {"type": "object"},
    "contact-key": {"fields": ["Email"]},
    "events": {"endpoint": "https://acme.example/other", "disabled": True},
    "analysts": {"name": "analysts renamed"},
    "ada": {"role_ids": None, "role": "admin"},
    "acme": {"name": "acme renamed", "issuer": "https://id.acme.example"},
    "ada-key": {"revoke_on_delete": True},
    "crm-for-acme": {"force_destroy": True},
    "crm-policy": {"actions": {"create": [], "delete": [Ref("analysts")]}},
}
"""What an update of each changes."""
