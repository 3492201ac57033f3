"""What each kind of object does in Polytomic: compare, create, read, update, delete. No Pulumi."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module

from polytomic_provider.kinds.lifecycle.handler import Handler

_HOMES = {
    "Connection": "connection.ConnectionHandler",
    "SharedConnection": "shared_connection.SharedConnectionHandler",
    "ConnectionReadiness": "readiness.ReadinessHandler",
    "Model": "model.ModelHandler",
    "Sync": "sync.handler.SyncHandler",
    "SyncRun": "sync_run.SyncRunHandler",
    "BulkSync": "bulk_sync.handler.BulkSyncHandler",
    "BulkSyncRun": "bulk_sync_run.BulkSyncRunHandler",
    "SyncErrorHandling": "sync_error_handling.SyncErrorHandlingHandler",
    "BulkSyncErrorHandling": "bulk_sync_error_handling.BulkSyncErrorHandlingHandler",
    "GlobalErrorSubscribers": "global_error_subscribers.GlobalErrorSubscribersHandler",
    "RecordLogging": "record_logging.RecordLoggingHandler",
    "SchemaField": "schema_field.SchemaFieldHandler",
    "SchemaPrimaryKeys": "schema_primary_keys.SchemaPrimaryKeysHandler",
    "Webhook": "webhook.WebhookHandler",
    "Role": "role.RoleHandler",
    "Policy": "policy.PolicyHandler",
    "User": "user.UserHandler",
    "UserApiKey": "user_api_key.UserApiKeyHandler",
    "Organization": "organization.OrganizationHandler",
}
"""Every kind by its name, which stands in users' state for ever; and where its handler is."""


@cache
def _handler(kind: str) -> Handler:
    module, _, name = _HOMES[kind].rpartition(".")
    return getattr(import_module(f"{__name__}.{module}"), name)()


class _Handlers(Mapping[str, Handler]):
    """Imports a kind when it is first used: a program pays for its own kinds alone."""

    def __getitem__(self, kind: str) -> Handler:
        return _handler(kind)

    def __iter__(self) -> Iterator[str]:
        return iter(_HOMES)

    def __len__(self) -> int:
        return len(_HOMES)


HANDLERS: Mapping[str, Handler] = _Handlers()
"""The handler of every kind."""

__all__ = ["HANDLERS", "Handler"]
