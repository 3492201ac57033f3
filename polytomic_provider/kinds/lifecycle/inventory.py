"""The objects of a kind in a workspace, and the POST of one more."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from polytomic_provider.api import (
    NotFound,
    Polytomic,
)
from polytomic_provider.api.routes.collection import Collection
from polytomic_provider.api.wire import Request
from polytomic_provider.kinds.lifecycle.duplicates import Found
from polytomic_provider.kinds.lifecycle.known_objects import KnownObjects, Listing
from polytomic_provider.kinds.lifecycle.natural_key import NaturalKey
from polytomic_provider.kinds.lifecycle.recorded_outcomes import recorded_outcome
from polytomic_provider.kinds.lifecycle.scope import Scope


@dataclass(frozen=True)
class Inventory:
    """The objects of a kind in a workspace, to find duplicates of `natural_key` among them.

    `known` is what this process knows of the kind; `thing_in` says what the object of a reply is.
    """

    kind: str
    noun: str
    natural_key: NaturalKey
    known: KnownObjects
    routes: Collection[Any, Any, Any]
    natural_key_in: Callable[[Any], NaturalKey]
    scope: Scope

    def listing(self) -> Listing:
        """Return the list of the kind; it is read once per run."""
        return self.known.listing(self.list)

    def duplicates(self, listing: Listing) -> list[Found]:
        """GET the objects of the list that are duplicates, and return those that still are."""
        same: list[Found] = []
        for id_, key in sorted(self.known.named(listing, self.natural_key.name).items()):
            found = self.look_at(id_) if key.may_be(self.natural_key) else None
            if found is not None and self.natural_key_of(found).is_same(self.natural_key):
                same.append(found)
        return same

    def look_at(self, id_: str) -> Found | None:
        """GET an object and record it for the rest of the run; None if it is gone."""
        found = self.get(id_)
        self.known.note(id_, None if found is None else self.natural_key_of(found))
        return found

    def list(self) -> Listing:
        """GET the list of the kind, whatever was read before."""
        return read_listing(self.routes, self.natural_key_in)

    def get(self, id_: str) -> Found | None:
        """GET an object; None for a clean 404."""
        try:
            return as_found(self.routes.get(id_).data)
        except NotFound:
            return None

    def natural_key_of(self, found: Found) -> NaturalKey:
        """Return the natural key of a found object."""
        return self.natural_key_in(found.reply)


@dataclass(frozen=True)
class Creation(Inventory):
    """The same, for one object that is to be created by `request`."""

    polytomic: Polytomic
    request: Request

    def post(self, key: str, before_repeat: Callable[[], None]) -> Found:
        """POST the request under an idempotency key.

        `before_repeat` is called before a request is repeated that may have taken effect.
        """
        reply = self.routes.create(
            self.request,
            idempotency_key=key,
            before_repeat=before_repeat,
        )
        return as_found(reply.data)

    def replay(self, key: str) -> Found | None:
        """Ask for the outcome recorded under `key`, by a POST with an empty body."""
        nothing = type(self.request).model_construct()
        reply = recorded_outcome(lambda: self.routes.create(nothing, idempotency_key=key))
        return None if reply is None else as_found(reply.data)

    def server_time(self) -> datetime | None:
        """Return the `Date` of a fresh reply (`GET /api/me`)."""
        return self.polytomic.identity.me().date


def read_listing(
    routes: Collection[Any, Any, Any], natural_key_in: Callable[[Any], NaturalKey]
) -> Listing:
    """GET every page of the list of a kind."""
    reply = routes.list()
    keys = {one.id: natural_key_in(one) for one in reply.data}
    return Listing(keys, reply.date, {one.id: one for one in reply.data})


def as_found(reply: Any) -> Found:
    """Return an object of any kind from its reply."""
    return Found(
        reply.id,
        reply.name,
        getattr(reply, "created_at", None),
        reply,
        getattr(reply, "type", None),
    )
