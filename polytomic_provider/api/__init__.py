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
    UnknownAccount,
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
from polytomic_provider.api.http.workspaces import PARTNER_ITSELF, Workspace, workspace_of
from polytomic_provider.api.routes.jobs import JobFailed, JobUnfinished
from polytomic_provider.api.routes.paths import api_path
from polytomic_provider.api.routes.workspace import WorkspaceGuard

__all__ = [
    "PARTNER_ITSELF",
    "APIError",
    "BadRequest",
    "Conflict",
    "ConnectionDropped",
    "Deadline",
    "Forbidden",
    "InUse",
    "InsecureURL",
    "Interrupted",
    "Interruption",
    "InvalidSetting",
    "JobFailed",
    "JobUnfinished",
    "KeyKind",
    "MissingSetting",
    "NotFound",
    "NotPolytomic",
    "Polytomic",
    "PolytomicError",
    "ProxyFailure",
    "RateLimited",
    "RateLimiter",
    "Redactor",
    "RedirectRefused",
    "Reply",
    "RequestLog",
    "Secret",
    "ServerError",
    "Settings",
    "SettingsError",
    "SingleFlight",
    "TLSFailure",
    "TimedOut",
    "Transport",
    "TransportError",
    "Unauthorized",
    "UnexpectedReply",
    "UnknownAccount",
    "Unprocessable",
    "Unreachable",
    "UntrustedURL",
    "UsedBy",
    "Workspace",
    "WorkspaceGuard",
    "WorkspaceMismatch",
    "api_path",
    "open_log",
    "redact",
    "resolve_settings",
    "workspace_of",
]
