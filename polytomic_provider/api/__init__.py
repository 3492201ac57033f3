"""Polytomic over HTTP: settings, transport with retries, typed routes, errors for people.

    polytomic = Polytomic(resolve_settings(config, os.environ))
    polytomic.workspace.check(organization_id, "connection 248d…")
    polytomic.connections.get("248d…").data.status

Nothing here knows Pulumi.
"""

from polytomic_provider.api.client import Polytomic
from polytomic_provider.api.http.errors import (
    APIError,
    BadRequest,
    Conflict,
    ConnectionDropped,
    Forbidden,
    InsecureURL,
    InUse,
    InvalidSetting,
    MissingSetting,
    NotFound,
    NotPolytomic,
    PolytomicError,
    ProxyFailure,
    RateLimited,
    RedirectRefused,
    ServerError,
    SettingsError,
    TimedOut,
    TLSFailure,
    TransportError,
    Unauthorized,
    UnexpectedReply,
    Unprocessable,
    Unreachable,
    UntrustedURL,
    UsedBy,
    WorkspaceMismatch,
)
from polytomic_provider.api.http.interruption import Interrupted, Interruption
from polytomic_provider.api.http.rate_limiter import RateLimiter
from polytomic_provider.api.http.redaction import Redactor, redact
from polytomic_provider.api.http.replies import Reply
from polytomic_provider.api.http.request_log import RequestLog, open_log
from polytomic_provider.api.http.retries import Deadline
from polytomic_provider.api.http.secret import Secret
from polytomic_provider.api.http.settings import KeyKind, Settings, resolve_settings
from polytomic_provider.api.http.single_flight import SingleFlight
from polytomic_provider.api.http.transport import Transport
from polytomic_provider.api.routes.bulk_syncs import BulkSyncs
from polytomic_provider.api.routes.connect_cards import ConnectCards
from polytomic_provider.api.routes.connection_types import ConnectionTypes
from polytomic_provider.api.routes.connections import Connections
from polytomic_provider.api.routes.identity import Identity
from polytomic_provider.api.routes.jobs import JobFailed, JobUnfinished
from polytomic_provider.api.routes.model_sync_sources import ModelSyncSources
from polytomic_provider.api.routes.model_sync_targets import ModelSyncTargets
from polytomic_provider.api.routes.models import Models
from polytomic_provider.api.routes.organizations import (
    OrganizationReply,
    OrganizationRequest,
    Organizations,
)
from polytomic_provider.api.routes.paths import api_path
from polytomic_provider.api.routes.policies import (
    Policies,
    PolicyAction,
    PolicyActionReply,
    PolicyReply,
    PolicyRequest,
)
from polytomic_provider.api.routes.roles import RoleReply, RoleRequest, Roles
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
from polytomic_provider.api.routes.sync_executions import ExecutionRequest, SyncExecutions
from polytomic_provider.api.routes.syncs import Syncs
from polytomic_provider.api.routes.users import ApiKeyReply, UserReply, UserRequest, Users
from polytomic_provider.api.routes.webhooks import WebhookReply, WebhookRequest, Webhooks
from polytomic_provider.api.routes.workspace import WorkspaceGuard
from polytomic_provider.api.wire.bulk_sync import (
    BulkDestination,
    BulkExecution,
    BulkSchemaReply,
    BulkSource,
    BulkSyncReply,
    BulkSyncRequest,
    BulkSyncStatus,
)
from polytomic_provider.api.wire.connect_card import ConnectCardReply, ConnectCardRequest
from polytomic_provider.api.wire.connection import (
    ConnectionReply,
    ConnectionRequest,
    ConnectionTestRequest,
)
from polytomic_provider.api.wire.connection_type import ConnectionTypeReply
from polytomic_provider.api.wire.identity import Me
from polytomic_provider.api.wire.model import ModelReply, ModelRequest, ModelSample
from polytomic_provider.api.wire.schemas import SchemaStatus
from polytomic_provider.api.wire.source import ModelField, ModelSyncSource, SourceMeta
from polytomic_provider.api.wire.sync import SyncRequest
from polytomic_provider.api.wire.sync_list import (
    Execution,
    ExecutionCounts,
    SyncItem,
    SyncStatus,
)
from polytomic_provider.api.wire.sync_reply import SyncReply
from polytomic_provider.api.wire.target import (
    TargetCreation,
    TargetField,
    TargetFields,
    TargetMode,
    TargetObject,
    TargetObjects,
)

__all__ = [
    "APIError",
    "ApiKeyReply",
    "BadRequest",
    "BulkDestination",
    "BulkExecution",
    "BulkSchemaReply",
    "BulkSource",
    "BulkSyncErrorHandlingReply",
    "BulkSyncErrorHandlingRequest",
    "BulkSyncReply",
    "BulkSyncRequest",
    "BulkSyncStatus",
    "BulkSyncs",
    "Conflict",
    "ConnectCardReply",
    "ConnectCardRequest",
    "ConnectCards",
    "ConnectionDropped",
    "ConnectionReply",
    "ConnectionRequest",
    "ConnectionTestRequest",
    "ConnectionTypeReply",
    "ConnectionTypes",
    "Connections",
    "Deadline",
    "Execution",
    "ExecutionCounts",
    "ExecutionRequest",
    "Forbidden",
    "GlobalErrorSubscribersReply",
    "GlobalErrorSubscribersRequest",
    "Identity",
    "InUse",
    "InsecureURL",
    "Interrupted",
    "Interruption",
    "InvalidSetting",
    "JobFailed",
    "JobUnfinished",
    "KeyKind",
    "Me",
    "MissingSetting",
    "ModelField",
    "ModelReply",
    "ModelRequest",
    "ModelSample",
    "ModelSyncSource",
    "ModelSyncSources",
    "ModelSyncTargets",
    "Models",
    "NotFound",
    "NotPolytomic",
    "OrganizationReply",
    "OrganizationRequest",
    "Organizations",
    "Policies",
    "PolicyAction",
    "PolicyActionReply",
    "PolicyReply",
    "PolicyRequest",
    "Polytomic",
    "PolytomicError",
    "ProxyFailure",
    "RateLimited",
    "RateLimiter",
    "RecordLoggingReply",
    "RecordLoggingRequest",
    "Redactor",
    "RedirectRefused",
    "Reply",
    "RequestLog",
    "RoleReply",
    "RoleRequest",
    "Roles",
    "SchemaStatus",
    "Schemas",
    "Secret",
    "ServerError",
    "Settings",
    "SettingsError",
    "SingleFlight",
    "Singleton",
    "SourceMeta",
    "SyncErrorHandlingReply",
    "SyncErrorHandlingRequest",
    "SyncExecutions",
    "SyncItem",
    "SyncReply",
    "SyncRequest",
    "SyncStatus",
    "Syncs",
    "TLSFailure",
    "TargetCreation",
    "TargetField",
    "TargetFields",
    "TargetMode",
    "TargetObject",
    "TargetObjects",
    "TimedOut",
    "Transport",
    "TransportError",
    "Unauthorized",
    "UnexpectedReply",
    "Unprocessable",
    "Unreachable",
    "UntrustedURL",
    "UsedBy",
    "UserReply",
    "UserRequest",
    "Users",
    "WebhookReply",
    "WebhookRequest",
    "Webhooks",
    "WorkspaceGuard",
    "WorkspaceMismatch",
    "api_path",
    "open_log",
    "redact",
    "resolve_settings",
]
