"""What each kind of object does in Polytomic: compare, create, read, update, delete. No Pulumi."""

from collections.abc import Mapping
from types import MappingProxyType

from polytomic_provider.kinds.bulk_sync.handler import BulkSyncHandler
from polytomic_provider.kinds.bulk_sync_error_handling import BulkSyncErrorHandlingHandler
from polytomic_provider.kinds.connection import ConnectionHandler
from polytomic_provider.kinds.global_error_subscribers import GlobalErrorSubscribersHandler
from polytomic_provider.kinds.lifecycle.handler import Handler
from polytomic_provider.kinds.model import ModelHandler
from polytomic_provider.kinds.organization import OrganizationHandler
from polytomic_provider.kinds.policy import PolicyHandler
from polytomic_provider.kinds.readiness import ReadinessHandler
from polytomic_provider.kinds.record_logging import RecordLoggingHandler
from polytomic_provider.kinds.role import RoleHandler
from polytomic_provider.kinds.sync.handler import SyncHandler
from polytomic_provider.kinds.sync_error_handling import SyncErrorHandlingHandler
from polytomic_provider.kinds.sync_run import SyncRunHandler
from polytomic_provider.kinds.user import UserHandler
from polytomic_provider.kinds.user_api_key import UserApiKeyHandler
from polytomic_provider.kinds.webhook import WebhookHandler

HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        handler.kind: handler
        for handler in (
            ConnectionHandler(),
            ReadinessHandler(),
            ModelHandler(),
            SyncHandler(),
            SyncRunHandler(),
            BulkSyncHandler(),
            SyncErrorHandlingHandler(),
            BulkSyncErrorHandlingHandler(),
            GlobalErrorSubscribersHandler(),
            RecordLoggingHandler(),
            WebhookHandler(),
            RoleHandler(),
            PolicyHandler(),
            UserHandler(),
            UserApiKeyHandler(),
            OrganizationHandler(),
        )
    }
)
"""Every kind by its name, which stands in users' state for ever."""

__all__ = ["HANDLERS", "Handler"]
