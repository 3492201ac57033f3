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
    Unreachable,
    WorkspaceMismatch,
    open_log,
    resolve_settings,
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
    """One workspace's settings with its clients; safe to use from many threads.

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
    _schemas: dict[str | None, Schemas] = field(default_factory=dict[str | None, Schemas])
    _clients: dict[str | None, Polytomic] = field(default_factory=dict[str | None, Polytomic])
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def hide(self, secrets: Iterable[str | Secret]) -> None:
        """Mask these texts in every message of this run.

        Shorter ones are parts of ordinary words; they are hidden from messages about their own
        resource alone.
        """
        self.hidden.add(text for text in secrets if isinstance(text, Secret) or len(text) >= RUN)

    def scrubbed(self, text: str, secrets: Iterable[str | Secret] = ()) -> str:
        """`text` without `secrets`, the key, and the secrets of every call so far."""
        text = self.hidden.redact(text)
        return redact(text, [self.settings.key, *secrets])

    def polytomic(self, organization_id: str | None) -> Polytomic:
        """Return the client for a workspace; None is the workspace of the settings."""
        with self._lock:
            client = self._clients.get(organization_id)
            if client is None:
                settings = self.settings
                if organization_id is not None:
                    settings = settings.for_organization(organization_id)
                client = Polytomic(settings, transport=self._transport(settings))
                self._clients[organization_id] = client
            return client

    def schemas(self, organization_id: object) -> Schemas:
        """Return the live schemas of a workspace; each is read once per run.

        Anything but an id, such as a value that is not known yet, stands for the workspace of the
        settings.
        """
        organization_id = organization_id if isinstance(organization_id, str) else None
        polytomic = self.polytomic(organization_id)
        with self._lock:
            found = self._schemas.get(organization_id)
            if found is None:
                found = Schemas(polytomic, of_one_moment=self.schemas_of_one_moment)
                self._schemas[organization_id] = found
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
        places = [self.settings.provenance.get(name, "") for name in ("key", "url")]
        from_stack = any(place.startswith("stack configuration") for place in places)
        if isinstance(error, WorkspaceMismatch) or (from_stack and isinstance(error, REFUSALS)):
            return (
                "Refreshing and destroying use the stack's configuration of the last "
                "`pulumi up`; if it was changed since, run `pulumi up --refresh=false` once."
            )
        organization: Any = arguments.get("organization_id")
        polytomic = self.polytomic(organization if isinstance(organization, str) else None)
        return missing_consent(error, arguments, polytomic, self.addresses)

    def _transport(self, settings: Settings) -> Transport:
        return Transport(
            settings,
            pace=_pace(self.settings.url, self.settings.key),
            log=self.log,
        )


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


STACK_SETTINGS = (
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
