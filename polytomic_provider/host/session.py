"""What the calls of one run share: settings, HTTP clients, and what was made."""

import os
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from polytomic_provider.api import (
    Deadline,
    Forbidden,
    Interruption,
    NotPolytomic,
    Polytomic,
    RateLimiter,
    RequestLog,
    Settings,
    TLSFailure,
    Transport,
    Unauthorized,
    UnknownAccount,
    Unreachable,
    Workspace,
    WorkspaceMismatch,
    open_log,
    resolve_settings,
    workspace_of,
)
from polytomic_provider.api.http.operation import Operation, Say, begin
from polytomic_provider.api.http.redaction import RUN, Redactor, redact
from polytomic_provider.api.http.secret import Secret, Unshown
from polytomic_provider.host.consent import ConsentAddresses, missing_consent
from polytomic_provider.kinds.lifecycle.known_objects import Resource
from polytomic_provider.kinds.lifecycle.scope import Process, Scope
from polytomic_provider.live import Schemas

REFUSALS = (Unauthorized, Forbidden, Unreachable, TLSFailure, NotPolytomic)
"""Errors that a corrected key or address mends."""


@dataclass
class Session:
    """The settings of a program with a client for each workspace; safe to use from many threads.

    log: where requests are logged; the log of the process unless given.
    addresses: where consent is given to the connections that this run has seen.
    schemas_of_one_moment: what live schemas could not tell stays so (see `Schemas`).
    hidden: takes out every secret that a call of this run brought; a server may repeat one of them
        in its words about another object.
    """

    settings: Settings
    process: Process = field(default_factory=Process)
    log: RequestLog | None = field(default_factory=lambda: _log())
    addresses: ConsentAddresses = field(default_factory=ConsentAddresses)
    schemas_of_one_moment: bool = False
    hidden: Redactor = field(default_factory=Redactor, repr=False)
    _schemas: dict[Workspace, Schemas] = field(default_factory=dict[Workspace, Schemas])
    _clients: dict[Workspace, Polytomic] = field(default_factory=dict[Workspace, Polytomic])
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def hide(self, secrets: Iterable[str | Secret]) -> None:
        """Mask these texts in every message of this run.

        Shorter ones are parts of ordinary words; they are hidden from messages about their own
        resource alone.
        """
        self.hidden.add(text for text in secrets if isinstance(text, Secret) or len(text) >= RUN)

    def scrubbed(self, text: str, secrets: Iterable[str | Secret] = ()) -> str:
        """`text` without `secrets`, every key, and the secrets of every call so far."""
        text = self.hidden.redact(text)
        return redact(text, [*self.settings.keys, *secrets])

    def polytomic(self, workspace: Workspace | None = None) -> Polytomic:
        """Return the client for a workspace; None is the workspace of the settings.

        Raises UnknownAccount.
        """
        settings = self.settings.of(workspace)
        key = _key(settings, workspace)
        with self._lock:
            client = self._clients.get(key)
            if client is None:
                client = Polytomic(settings, transport=self._transport(settings))
                self._clients[key] = client
            return client

    def schemas(self, workspace: Workspace | None = None) -> Schemas:
        """Return the live schemas of a workspace; each is read once per run.

        Raises UnknownAccount.
        """
        polytomic = self.polytomic(workspace)
        key = _key(polytomic.settings, workspace)
        with self._lock:
            found = self._schemas.get(key)
            if found is None:
                found = Schemas(polytomic, of_one_moment=self.schemas_of_one_moment)
                self._schemas[key] = found
            return found

    def scope(
        self,
        identity: str,
        seconds: float | None,
        say: Say,
        *,
        urn: str = "",
        interruption: Interruption | None = None,
    ) -> Scope:
        """Begin an operation of at most `seconds` on this thread and return its scope.

        `identity` is the resource's URN at its creation, `urn` the one that it has now;
        `interruption` is how a person ends its waits.
        """
        deadline = Deadline.after(seconds or self.settings.operation_timeout)
        begin(Operation(deadline, interruption or Interruption(), say))
        return Scope(
            polytomic=self.polytomic,
            schemas=self.schemas,
            resource=Resource(urn or identity, identity),
            process=self.process,
        )

    def close(self) -> None:
        """Close the connections to Polytomic; the next request opens new ones."""
        with self._lock:
            clients = list(self._clients.values())
        for client in clients:
            client.close()

    def advice(self, error: BaseException, arguments: Mapping[str, Any]) -> str:
        """Return a hint where the cause is a changed configuration or a connection; else nothing.

        `arguments` are those of the call that failed. Pulumi refreshes and destroys with the
        provider's configuration of the last `up`: it does not run the program, which would bring
        the present one.
        """
        try:
            settings = self.settings.of(workspace_of(arguments))
        except UnknownAccount:
            return _OF_THE_LAST_UP
        places = [settings.provenance.get(name, "") for name in ("key", "url")]
        from_stack = any(place.startswith("stack configuration") for place in places)
        if isinstance(error, WorkspaceMismatch) or (from_stack and isinstance(error, REFUSALS)):
            return _OF_THE_LAST_UP
        polytomic = self.polytomic(workspace_of(arguments))
        return missing_consent(error, arguments, polytomic, self.addresses)

    def _transport(self, settings: Settings) -> Transport:
        return Transport(
            settings,
            pace=_pace(settings.url, settings.key),
            log=self.log,
        )


def _key(settings: Settings, workspace: Workspace | None) -> Workspace:
    """Return a workspace by the name that its account has, so that it is one in any spelling."""
    return Workspace(settings.account, workspace.organization_id if workspace else None)


@cache
def session_for(settings: Settings) -> Session:
    """Return the session of these settings; one per process."""
    return Session(settings)


@cache
def _log() -> RequestLog | None:
    """The log that the environment asks for; one file for the whole process."""
    return open_log(os.environ, lambda text: print(f"warning: {text}", file=sys.stderr))


@cache
def _pace(url: str, key: Secret) -> RateLimiter:
    """Return the rate limiter of a key; all sessions of this process share it."""
    del url, key
    return RateLimiter()


_OF_THE_LAST_UP = (
    "Refreshing and destroying use the stack's configuration of the last `pulumi up`; if it was "
    "changed since, run `pulumi up --refresh=false` once."
)

STACK_SETTINGS = (
    "account",
    "accounts",
    "apiKey",
    "partnerKey",
    "deploymentKey",
    "url",
    "organizationId",
    "apiVersion",
    "namespace",
    "requestTimeout",
    "operationTimeout",
    "allowWorkspaceChange",
    "workers",
    "liveValidation",
    "dataPreview",
    "previewValues",
    "refreshMode",
    "secretAuthUrl",
)
"""Every key of the namespace `polytomic` that the stack's configuration may hold."""


def open_session(get: Callable[[str], object], environ: Mapping[str, str] = os.environ) -> Session:
    """The session that the stack's configuration and the environment ask for.

    `get` gives the value of a full configuration key, such as `polytomic:apiKey`.
    Raises SettingsError when they do not allow any request.
    """
    environ = Unshown(environ)
    names = (f"polytomic:{name}" for name in STACK_SETTINGS)
    config = Unshown({name: str(get(name)) for name in names if get(name) is not None})
    return session_for(resolve_settings(config, environ))
