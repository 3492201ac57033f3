"""How an object of any kind is posted, listed and found again: the routes behind `creation`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from polytomic_provider.api import APIError, NotFound, Polytomic, Reply
from polytomic_provider.api.wire import Request
from polytomic_provider.handlers.creation import Found
from polytomic_provider.handlers.scope import Scope


class Routes(Protocol):
    """The routes of one kind, such as `Polytomic.connections`."""

    create: Callable[..., Reply[Any]]
    get: Callable[..., Reply[Any]]
    update: Callable[..., Reply[Any]]
    list: Callable[..., Reply[list[Any]]]


@dataclass(frozen=True)
class RouteCreation:
    """One object that is to be made (see `creation.Creatable`).

    `is_same` decides whether an object of the list is the same thing in the sense that two of
    them would be one too many.
    """

    kind: str
    workspace: str | None
    polytomic: Polytomic
    routes: Routes
    request: Request
    is_same: Callable[[Any], bool]
    scope: Scope

    def post(self, key: str) -> Found:
        """POST the request under an idempotency key."""
        deadline = self.scope.deadline
        return _found(self.routes.create(self.request, idempotency_key=key, deadline=deadline))

    def replay(self, key: str) -> Found | None:
        """Ask for the outcome recorded under `key`, with a body in which everything is missing."""
        nothing = type(self.request).model_construct()
        deadline = self.scope.deadline
        try:
            return _found(self.routes.create(nothing, idempotency_key=key, deadline=deadline))
        except APIError:
            return None

    def same_things(self) -> list[Found]:
        """The objects of the workspace that are the same thing."""
        everything = self.routes.list(deadline=self.scope.deadline).data
        return [_as_found(reply) for reply in everything if self.is_same(reply)]

    def exists(self, id_: str) -> bool:
        """GET finds it."""
        try:
            self.routes.get(id_, deadline=self.scope.deadline)
        except NotFound:
            return False
        return True

    def server_time(self) -> datetime | None:
        """The `Date` of a fresh reply (`GET /api/me`)."""
        return self.polytomic.identity.me(deadline=self.scope.deadline).date


def _found(reply: Reply[Any]) -> Found:
    return _as_found(reply.data)


def _as_found(reply: Any) -> Found:
    return Found(reply.id, repr(reply.name), getattr(reply, "created_at", None), reply)
