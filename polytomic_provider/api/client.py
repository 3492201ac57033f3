"""All of Polytomic's API that this package uses, behind one object.

polytomic = Polytomic(resolve_settings(config, os.environ))
polytomic.connections.get("248d…").data.status
"""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from polytomic_provider.api.http.replies import Reply
from polytomic_provider.api.http.secret import Secret
from polytomic_provider.api.http.settings import Settings
from polytomic_provider.api.http.transport import Transport
from polytomic_provider.api.lookup import plural
from polytomic_provider.api.routes.identity import Identity
from polytomic_provider.api.routes.workspace import WorkspaceGuard
from polytomic_provider.api.wire.identity import Me

if TYPE_CHECKING:
    from polytomic_provider.api.routes.bulk_executions import BulkExecutions
    from polytomic_provider.api.routes.bulk_syncs import BulkSyncs
    from polytomic_provider.api.routes.collection import Collection
    from polytomic_provider.api.routes.connect_cards import ConnectCards
    from polytomic_provider.api.routes.connection_types import ConnectionTypes
    from polytomic_provider.api.routes.connections import Connections
    from polytomic_provider.api.routes.events import Events
    from polytomic_provider.api.routes.jobs import Jobs
    from polytomic_provider.api.routes.model_sync_sources import ModelSyncSources
    from polytomic_provider.api.routes.model_sync_targets import ModelSyncTargets
    from polytomic_provider.api.routes.models import Models
    from polytomic_provider.api.routes.organizations import Organizations
    from polytomic_provider.api.routes.policies import Policies
    from polytomic_provider.api.routes.primary_keys import PrimaryKeys
    from polytomic_provider.api.routes.query_runner import QueryRunner
    from polytomic_provider.api.routes.roles import Roles
    from polytomic_provider.api.routes.schema_fields import SchemaField
    from polytomic_provider.api.routes.schemas import Schemas
    from polytomic_provider.api.routes.shared_connections import SharedConnections
    from polytomic_provider.api.routes.singletons import Singleton
    from polytomic_provider.api.routes.sync_executions import SyncExecutions
    from polytomic_provider.api.routes.syncs import Syncs
    from polytomic_provider.api.routes.users import Users
    from polytomic_provider.api.routes.webhooks import Webhooks


class Polytomic:
    """The clients of the routes over one transport; threads may share it.

    A client is made, and its module imported, when it is first used: a program of three kinds does
    not pay for the others.

    Args:
        settings: Where and as whom to ask.
        transport: A transport to use in place of one made from the settings.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        transport: Transport | None = None,
    ) -> None:
        self.settings = settings
        self.transport = transport or Transport(settings)
        self.identity = Identity(self.transport)
        self.workspace = WorkspaceGuard(self.transport)

    @cached_property
    def connections(self) -> "Connections":
        from polytomic_provider.api.routes.connections import Connections

        return Connections(self.transport)

    @cached_property
    def connection_types(self) -> "ConnectionTypes":
        from polytomic_provider.api.routes.connection_types import ConnectionTypes

        return ConnectionTypes(self.transport)

    @cached_property
    def connect_cards(self) -> "ConnectCards":
        from polytomic_provider.api.routes.connect_cards import ConnectCards

        return ConnectCards(self.transport)

    @cached_property
    def schemas(self) -> "Schemas":
        from polytomic_provider.api.routes.schemas import Schemas

        return Schemas(self.transport)

    @cached_property
    def sources(self) -> "ModelSyncSources":
        from polytomic_provider.api.routes.model_sync_sources import ModelSyncSources

        return ModelSyncSources(self.transport)

    @cached_property
    def targets(self) -> "ModelSyncTargets":
        from polytomic_provider.api.routes.model_sync_targets import ModelSyncTargets

        return ModelSyncTargets(self.transport)

    @cached_property
    def models(self) -> "Models":
        from polytomic_provider.api.routes.models import Models

        return Models(self.transport)

    @cached_property
    def syncs(self) -> "Syncs":
        from polytomic_provider.api.routes.syncs import Syncs

        return Syncs(self.transport)

    @cached_property
    def bulk_syncs(self) -> "BulkSyncs":
        from polytomic_provider.api.routes.bulk_syncs import BulkSyncs

        return BulkSyncs(self.transport)

    @cached_property
    def webhooks(self) -> "Webhooks":
        from polytomic_provider.api.routes.webhooks import Webhooks

        return Webhooks(self.transport)

    @cached_property
    def roles(self) -> "Roles":
        from polytomic_provider.api.routes.roles import Roles

        return Roles(self.transport)

    @cached_property
    def policies(self) -> "Policies":
        from polytomic_provider.api.routes.policies import Policies

        return Policies(self.transport)

    @cached_property
    def users(self) -> "Users":
        from polytomic_provider.api.routes.users import Users

        return Users(self.transport)

    @cached_property
    def organizations(self) -> "Organizations":
        from polytomic_provider.api.routes.organizations import Organizations

        return Organizations(self.transport)

    @cached_property
    def events(self) -> "Events":
        from polytomic_provider.api.routes.events import Events

        return Events(self.transport)

    @cached_property
    def jobs(self) -> "Jobs":
        from polytomic_provider.api.routes.jobs import Jobs

        return Jobs(self.transport)

    @cached_property
    def global_error_subscribers(self) -> "Singleton[Any, Any]":
        from polytomic_provider.api.routes.singletons import GlobalErrorSubscribersReply, Singleton

        return Singleton(
            self.transport, GlobalErrorSubscribersReply, "notifications", "global-error-subscribers"
        )

    @cached_property
    def record_logging(self) -> "Singleton[Any, Any]":
        from polytomic_provider.api.routes.singletons import RecordLoggingReply, Singleton

        return Singleton(self.transport, RecordLoggingReply, "organization", "record-logging")

    @cached_property
    def queries(self) -> "QueryRunner":
        from polytomic_provider.api.routes.query_runner import QueryRunner

        return QueryRunner(self.transport)

    def collection(self, noun: str) -> "Collection[Any, Any, Any]":
        """The objects of a kind, by what messages call one of them, such as `sync`."""
        return getattr(self, plural(noun).replace(" ", "_"))

    def executions_of(self, sync_id: str) -> "SyncExecutions":
        """The executions of a sync."""
        from polytomic_provider.api.routes.sync_executions import SyncExecutions

        return SyncExecutions(self.transport, sync_id)

    def bulk_executions_of(self, sync_id: str) -> "BulkExecutions":
        """The executions of a bulk sync."""
        from polytomic_provider.api.routes.bulk_executions import BulkExecutions

        return BulkExecutions(self.transport, sync_id)

    def whose(self, key: Secret) -> Reply[Me]:
        """The user and the workspace of another API key of the same server (`GET /api/me`)."""
        return Identity(self.transport.as_key(key)).me()

    def sync_error_handling(self, sync_id: str) -> "Singleton[Any, Any]":
        """What happens when a sync or its records fail."""
        from polytomic_provider.api.routes.singletons import Singleton, SyncErrorHandlingReply

        path = ("syncs", sync_id, "error-handling")
        return Singleton(self.transport, SyncErrorHandlingReply, *path)

    def bulk_sync_error_handling(self, sync_id: str) -> "Singleton[Any, Any]":
        """What happens when a bulk sync fails."""
        from polytomic_provider.api.routes.singletons import BulkSyncErrorHandlingReply, Singleton

        path = ("bulk", "syncs", sync_id, "error-handling")
        return Singleton(self.transport, BulkSyncErrorHandlingReply, *path)

    def primary_keys(self, connection_id: str, schema_id: str) -> "PrimaryKeys":
        """The primary key of an object of a connection."""
        from polytomic_provider.api.routes.primary_keys import PrimaryKeys

        return PrimaryKeys(self.transport, connection_id, schema_id)

    def schema_field(self, connection_id: str, schema_id: str, field_id: str) -> "SchemaField":
        """A field of an object of a connection."""
        from polytomic_provider.api.routes.schema_fields import SchemaField

        return SchemaField(self.transport, connection_id, schema_id, field_id)

    def shared_connections(self, connection_id: str, organization_id: str) -> "SharedConnections":
        """The copies of a connection in one of the partner's other organizations."""
        from polytomic_provider.api.routes.shared_connections import SharedConnections

        return SharedConnections(self.transport, connection_id, organization_id)

    def close(self) -> None:
        """Close the connections."""
        self.transport.close()
