"""How an object of any kind is posted, listed and found again: the routes behind `creation`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from polytomic_provider.api import (
    APIError,
    Deadline,
    NotFound,
    Polytomic,
    RateLimited,
    Reply,
    ServerError,
    Unauthorized,
)
from polytomic_provider.api.wire import Request
from polytomic_provider.kinds.lifecycle.duplicates import Found
from polytomic_provider.kinds.lifecycle.known_objects import KnownObjects, Listing
from polytomic_provider.kinds.lifecycle.scope import Scope
from polytomic_provider.kinds.lifecycle.thing import Thing

TRIES_OF_500 = 4
PAUSE_SECONDS = 0.3


class Routes(Protocol):
    """The routes of one kind, such as `Polytomic.connections`."""

    create: Callable[..., Reply[Any]]
    get: Callable[..., Reply[Any]]
    update: Callable[..., Reply[Any]]
    delete: Callable[..., Reply[Any]]
    list: Callable[..., Reply[list[Any]]]


@dataclass(frozen=True)
class RouteInventory:
    """What there is of a kind, seen through its routes (see `creation.Inventory`)."""

    kind: str
    noun: str
    thing: Thing
    known: KnownObjects
    routes: Routes
    thing_in: Callable[[Any], Thing]
    scope: Scope

    def list(self, deadline: Deadline) -> Listing:
        """The list of the kind's route, every page of it."""
        reply = self.routes.list(deadline=deadline)
        return Listing({one.id: self.thing_in(one) for one in reply.data}, reply.date)

    def get(self, id_: str) -> Found | None:
        """GET, except for a clean 404."""
        try:
            return as_found(self.routes.get(id_, deadline=self.scope.deadline).data)
        except NotFound:
            return None

    def thing_of(self, found: Found) -> Thing:
        """What the reply says that it is."""
        return self.thing_in(found.reply)


@dataclass(frozen=True)
class RouteCreation(RouteInventory):
    """One object that is to be made (see `creation.Creatable`)."""

    polytomic: Polytomic
    request: Request

    def post(self, key: str, before_repeat: Callable[[], None]) -> Found:
        """POST the request under an idempotency key."""
        reply = self.routes.create(
            self.request,
            idempotency_key=key,
            deadline=self.scope.deadline,
            before_repeat=before_repeat,
        )
        return as_found(reply.data)

    def replay(self, key: str) -> Found | None:
        """Ask for the outcome recorded under `key`, with a body in which everything is missing.

        A 500 is asked for again: a recorded one stays, a passing one must not read as a failure.
        """
        nothing = type(self.request).model_construct()
        deadline = self.scope.deadline
        tries = 0
        while True:
            tries += 1
            try:
                reply = self.routes.create(nothing, idempotency_key=key, deadline=deadline)
                return as_found(reply.data)
            except ServerError as error:
                if error.status != 500:
                    raise
                if tries == TRIES_OF_500:
                    return None
                self.scope.sleep(PAUSE_SECONDS * tries)
            except (RateLimited, Unauthorized):
                raise
            except APIError:
                return None

    def server_time(self) -> datetime | None:
        """The `Date` of a fresh reply (`GET /api/me`)."""
        return self.polytomic.identity.me(deadline=self.scope.deadline).date


def as_found(reply: Any) -> Found:
    """An object as any kind's reply shows it."""
    return Found(
        reply.id,
        reply.name,
        getattr(reply, "created_at", None),
        reply,
        getattr(reply, "type", None),
    )
