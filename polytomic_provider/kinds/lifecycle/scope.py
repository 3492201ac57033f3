"""What a handler may use during one operation on one resource."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING

from polytomic_provider.api import Polytomic, SingleFlight, Workspace
from polytomic_provider.kinds.lifecycle.known_objects import KnownObjects, Resource
from polytomic_provider.kinds.lifecycle.ownership import Ownership
from polytomic_provider.live import Schemas

if TYPE_CHECKING:
    from polytomic_provider.api.wire.sync_list import SyncItem


@dataclass
class Process:
    """What this process has created and seen; all operations of a run share it."""

    _known: dict[tuple[str, str], KnownObjects] = field(
        default_factory=dict[tuple[str, str], KnownObjects]
    )
    _owners: dict[str, Ownership] = field(default_factory=dict[str, Ownership])
    retained: set[str] = field(default_factory=set[str])
    """The URNs of resources whose object stays in Polytomic when Pulumi deletes them."""
    hidden_paths: dict[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    """The dotted paths of the arguments that the program made secret, by URN; where it adopts."""
    failures: dict[type[BaseException], str] = field(default_factory=dict[type[BaseException], str])
    """Failures that concern the whole run, with the resource that told of each."""
    _singletons: dict[tuple[str, ...], Resource] = field(
        default_factory=dict[tuple[str, ...], Resource]
    )
    _syncs: SingleFlight = field(default_factory=lambda: SingleFlight("the list of syncs"))
    _following: set[str] = field(default_factory=set[str])
    _lock: Lock = field(default_factory=Lock)
    changing_models: Lock = field(default_factory=Lock)

    def known(self, kind: str, workspace: str | None) -> KnownObjects:
        """Return what is known about the objects of a kind in a workspace."""
        with self._lock:
            return self._known.setdefault((kind, (workspace or "").casefold()), KnownObjects())

    def owners(self, kind: str) -> Ownership:
        """Return the owners of the objects of a kind."""
        with self._lock:
            return self._owners.setdefault(kind, Ownership())

    def follow_source(self, model_id: str, *, follows: bool) -> None:
        """Note whether a model of the program leaves its fields to its source."""
        with self._lock:
            (self._following.add if follows else self._following.discard)(model_id)

    def follows_source(self, model_id: str) -> bool:
        """Return whether a model of the program leaves its fields to its source."""
        with self._lock:
            return model_id in self._following

    def declare_singleton(self, which: tuple[str, ...], resource: Resource) -> Resource:
        """Note that a resource declares settings of which there is one; gives the first of all."""
        with self._lock:
            return self._singletons.setdefault(which, resource)

    def syncs_once(
        self,
        workspace: str | None,
        ask: Callable[[], list[SyncItem]],
    ) -> list[SyncItem]:
        """The syncs of a workspace as they were when they were first asked for.

        Raises as `KnownObjects.listing` does.
        """
        return self._syncs.ask(workspace, ask)


@dataclass(frozen=True)
class Scope:
    """The resource of one operation, and the clients and records that it may use.

    `polytomic` gives the client for a workspace (None: the one of the settings), `schemas` its
    live schemas; `resource` is the one that the operation is for.
    """

    polytomic: Callable[[Workspace | None], Polytomic]
    schemas: Callable[[Workspace | None], Schemas]
    resource: Resource
    process: Process

    def in_account(self, account: str | None) -> Scope:
        """Return the scope for which the workspace of the settings is that of an account."""

        def of(workspace: Workspace | None) -> Workspace:
            named = workspace or Workspace()
            return named if named.account else named._replace(account=account)

        def polytomic(workspace: Workspace | None) -> Polytomic:
            return self.polytomic(of(workspace))

        def schemas(workspace: Workspace | None) -> Schemas:
            return self.schemas(of(workspace))

        return replace(self, polytomic=polytomic, schemas=schemas)

    @property
    def identity(self) -> str:
        """The URN that the resource was created with."""
        return self.resource.identity
