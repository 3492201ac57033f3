"""What a user's program declares: keyword arguments, outputs, documentation."""

from polytomic_provider.resources.bulk_sync import BulkSync
from polytomic_provider.resources.bulk_sync_error_handling import BulkSyncErrorHandling
from polytomic_provider.resources.connection import Connection
from polytomic_provider.resources.global_error_subscribers import GlobalErrorSubscribers
from polytomic_provider.resources.model import Model
from polytomic_provider.resources.organization import Organization
from polytomic_provider.resources.policy import Policy
from polytomic_provider.resources.readiness import ConnectionReadiness
from polytomic_provider.resources.record_logging import RecordLogging
from polytomic_provider.resources.role import Role
from polytomic_provider.resources.sync import Sync
from polytomic_provider.resources.sync_error_handling import SyncErrorHandling
from polytomic_provider.resources.sync_run import SyncRun
from polytomic_provider.resources.user import User
from polytomic_provider.resources.user_api_key import UserApiKey
from polytomic_provider.resources.webhook import Webhook

__all__ = [
    "BulkSync",
    "BulkSyncErrorHandling",
    "Connection",
    "ConnectionReadiness",
    "GlobalErrorSubscribers",
    "Model",
    "Organization",
    "Policy",
    "RecordLogging",
    "Role",
    "Sync",
    "SyncErrorHandling",
    "SyncRun",
    "User",
    "UserApiKey",
    "Webhook",
]
