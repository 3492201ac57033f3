"""Polytomic over HTTP: settings, transport with retries, typed routes, errors for people.

    polytomic = Polytomic(resolve_settings(config, os.environ))
    polytomic.workspace.check(organization_id, "connection 248d…")
    polytomic.connections.get("248d…").data.status

Nothing here knows Pulumi.
"""

from polytomic_provider.api.client import Polytomic
from polytomic_provider.api.connect_cards import ConnectCards
from polytomic_provider.api.connection_types import ConnectionTypes
from polytomic_provider.api.connections import Connections
from polytomic_provider.api.errors import (
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
    UsedBy,
    WorkspaceMismatch,
)
from polytomic_provider.api.identity import Identity
from polytomic_provider.api.interruption import Interrupted, Interruption
from polytomic_provider.api.jobs import JobFailed, JobUnfinished
from polytomic_provider.api.model_sync_sources import ModelSyncSources
from polytomic_provider.api.model_sync_targets import ModelSyncTargets
from polytomic_provider.api.models import Models
from polytomic_provider.api.once import Once, WaitFor
from polytomic_provider.api.pace import Pace
from polytomic_provider.api.paths import api_path
from polytomic_provider.api.replies import Reply
from polytomic_provider.api.request_log import RequestLog, open_log
from polytomic_provider.api.retries import Deadline
from polytomic_provider.api.roles import RoleReply, RoleRequest, Roles
from polytomic_provider.api.schemas import Schemas
from polytomic_provider.api.secret import Secret
from polytomic_provider.api.settings import KeyKind, Settings, resolve_settings
from polytomic_provider.api.syncs import Syncs
from polytomic_provider.api.transport import Transport, Wait
from polytomic_provider.api.webhooks import WebhookReply, WebhookRequest, Webhooks
from polytomic_provider.api.wire_connect_card import ConnectCardReply, ConnectCardRequest
from polytomic_provider.api.wire_connection import (
    ConnectionReply,
    ConnectionRequest,
    ConnectionTestRequest,
)
from polytomic_provider.api.wire_connection_type import ConnectionTypeReply
from polytomic_provider.api.wire_identity import Me
from polytomic_provider.api.wire_model import ModelReply, ModelRequest, ModelSample
from polytomic_provider.api.wire_schemas import SchemaStatus
from polytomic_provider.api.wire_source import ModelField, ModelSyncSource, SourceMeta
from polytomic_provider.api.wire_sync import SyncRequest
from polytomic_provider.api.wire_sync_list import Execution, SyncItem, SyncStatus
from polytomic_provider.api.wire_sync_reply import SyncReply
from polytomic_provider.api.wire_target import (
    TargetCreation,
    TargetField,
    TargetFields,
    TargetMode,
    TargetObject,
    TargetObjects,
)
from polytomic_provider.api.workspace import WorkspaceGuard

__all__ = [
    "APIError",
    "BadRequest",
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
    "Forbidden",
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
    "Once",
    "Pace",
    "Polytomic",
    "PolytomicError",
    "ProxyFailure",
    "RateLimited",
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
    "SourceMeta",
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
    "UsedBy",
    "Wait",
    "WaitFor",
    "WebhookReply",
    "WebhookRequest",
    "Webhooks",
    "WorkspaceGuard",
    "WorkspaceMismatch",
    "api_path",
    "open_log",
    "resolve_settings",
]
