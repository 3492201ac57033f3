"""Polytomic over HTTP: settings, transport with retries, typed routes, errors for people.

    polytomic = Polytomic(resolve_settings(config, os.environ))
    polytomic.workspace.check(organization_id, "connection 248d…")
    polytomic.connections.get("248d…").data.status

Nothing here knows Pulumi.
"""

from polytomic_provider.api.client import Polytomic
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
from polytomic_provider.api.paths import api_path
from polytomic_provider.api.replies import Reply
from polytomic_provider.api.retries import Deadline
from polytomic_provider.api.secret import Secret
from polytomic_provider.api.settings import KeyKind, Settings, resolve_settings
from polytomic_provider.api.transport import Transport, Wait
from polytomic_provider.api.wire_connection import (
    ConnectionReply,
    ConnectionRequest,
    ConnectionTestRequest,
)
from polytomic_provider.api.wire_connection_type import ConnectionTypeReply
from polytomic_provider.api.wire_identity import Me
from polytomic_provider.api.workspace import WorkspaceGuard

__all__ = [
    "APIError",
    "BadRequest",
    "Conflict",
    "ConnectionDropped",
    "ConnectionReply",
    "ConnectionRequest",
    "ConnectionTestRequest",
    "ConnectionTypeReply",
    "ConnectionTypes",
    "Connections",
    "Deadline",
    "Forbidden",
    "Identity",
    "InUse",
    "InsecureURL",
    "InvalidSetting",
    "KeyKind",
    "Me",
    "MissingSetting",
    "NotFound",
    "NotPolytomic",
    "Polytomic",
    "PolytomicError",
    "ProxyFailure",
    "RateLimited",
    "RedirectRefused",
    "Reply",
    "Secret",
    "ServerError",
    "Settings",
    "SettingsError",
    "TLSFailure",
    "TimedOut",
    "Transport",
    "TransportError",
    "Unauthorized",
    "UnexpectedReply",
    "Unprocessable",
    "Unreachable",
    "UsedBy",
    "Wait",
    "WorkspaceGuard",
    "WorkspaceMismatch",
    "api_path",
    "resolve_settings",
]
