"""All of Polytomic's API that this package uses, behind one object.

polytomic = Polytomic(resolve_settings(config, os.environ))
polytomic.connections.get("248d…").data.status
"""

from typing import Any

from polytomic_provider.api.http.replies import Reply
from polytomic_provider.api.http.secret import Secret
from polytomic_provider.api.http.settings import Settings
from polytomic_provider.api.http.transport import Transport
from polytomic_provider.api.routes.bulk_syncs import BulkSyncs
from polytomic_provider.api.routes.collection import Collection
from polytomic_provider.api.routes.connect_cards import ConnectCards
from polytomic_provider.api.routes.connection_types import ConnectionTypes
from polytomic_provider.api.routes.connections import Connections
from polytomic_provider.api.routes.events import Events
from polytomic_provider.api.routes.identity import Identity
from polytomic_provider.api.routes.jobs import Jobs
from polytomic_provider.api.routes.model_sync_sources import ModelSyncSources
from polytomic_provider.api.routes.model_sync_targets import ModelSyncTargets
from polytomic_provider.api.routes.models import Models
from polytomic_provider.api.routes.organizations import Organizations
from polytomic_provider.api.routes.policies import Policies
from polytomic_provider.api.routes.roles import Roles
from polytomic_provider.api.routes.schemas import Schemas
from polytomic_provider.api.routes.singletons import (
    BulkSyncErrorHandlingReply,
    BulkSyncErrorHandlingRequest,
    GlobalErrorSubscribersReply,
    GlobalErrorSubscribersRequest,
    RecordLoggingReply,
    RecordLoggingRequest,
    Singleton,
    SyncErrorHandlingReply,
    SyncErrorHandlingRequest,
)
from polytomic_provider.api.routes.sync_executions import SyncExecutions
from polytomic_provider.api.routes.syncs import Syncs
from polytomic_provider.api.routes.users import Users
from polytomic_provider.api.routes.webhooks import Webhooks
from polytomic_provider.api.routes.workspace import WorkspaceGuard
from polytomic_provider.api.wire.identity import Me


class Polytomic:
    """The clients of the routes over one transport; threads may share it.

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
        self.connections = Connections(self.transport)
        self.connection_types = ConnectionTypes(self.transport)
        self.connect_cards = ConnectCards(self.transport)
        self.schemas = Schemas(self.transport)
        self.sources = ModelSyncSources(self.transport)
        self.targets = ModelSyncTargets(self.transport)
        self.models = Models(self.transport)
        self.syncs = Syncs(self.transport)
        self.bulk_syncs = BulkSyncs(self.transport)
        self.webhooks = Webhooks(self.transport)
        self.roles = Roles(self.transport)
        self.policies = Policies(self.transport)
        self.users = Users(self.transport)
        self.organizations = Organizations(self.transport)
        self.global_error_subscribers: Singleton[
            GlobalErrorSubscribersRequest, GlobalErrorSubscribersReply
        ] = Singleton(
            self.transport, GlobalErrorSubscribersReply, "notifications", "global-error-subscribers"
        )
        self.record_logging: Singleton[RecordLoggingRequest, RecordLoggingReply] = Singleton(
            self.transport, RecordLoggingReply, "organization", "record-logging"
        )
        self.events = Events(self.transport)
        self.jobs = Jobs(self.transport)
        self.workspace = WorkspaceGuard(self.transport)
        self._collections: dict[str, Collection[Any, Any, Any]] = {
            one.noun: one for one in vars(self).values() if isinstance(one, Collection)
        }

    def collection(self, noun: str) -> Collection[Any, Any, Any]:
        """The objects of a kind, by what messages call one of them, such as `sync`."""
        return self._collections[noun]

    def executions_of(self, sync_id: str) -> SyncExecutions:
        """The executions of a sync."""
        return SyncExecutions(self.transport, sync_id)

    def whose(self, key: Secret) -> Reply[Me]:
        """The user and the workspace of another API key of the same server (`GET /api/me`)."""
        return Identity(self.transport.as_key(key)).me()

    def sync_error_handling(
        self, sync_id: str
    ) -> Singleton[SyncErrorHandlingRequest, SyncErrorHandlingReply]:
        """What happens when a sync or its records fail."""
        path = ("syncs", sync_id, "error-handling")
        return Singleton(self.transport, SyncErrorHandlingReply, *path)

    def bulk_sync_error_handling(
        self, sync_id: str
    ) -> Singleton[BulkSyncErrorHandlingRequest, BulkSyncErrorHandlingReply]:
        """What happens when a bulk sync fails."""
        path = ("bulk", "syncs", sync_id, "error-handling")
        return Singleton(self.transport, BulkSyncErrorHandlingReply, *path)

    def close(self) -> None:
        """Close the connections."""
        self.transport.close()
