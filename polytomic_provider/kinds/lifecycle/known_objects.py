"""What this process knows about the objects of a kind: one list, and changes since then."""

import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from polytomic_provider.api import SingleFlight
from polytomic_provider.api.http.operation import remaining
from polytomic_provider.kinds.lifecycle.natural_key import NaturalKey

TOGETHER_SECONDS = 2.0
"""How long at most a creation waits for others of its kind, so that one look serves all."""

ENOUGH_TOGETHER = 16
"""When so many creations wait for a look, it begins, and nobody waits for more."""


@dataclass(frozen=True)
class Resource:
    """A resource of the program: its present URN, and `identity`, the URN at its creation.

    An alias gives a resource another URN and leaves its identity.
    """

    urn: str
    identity: str

    def is_other(self, resource: "Resource") -> bool:
        """Return whether the two are surely different resources."""
        return self.urn != resource.urn and self.identity != resource.identity


@dataclass(frozen=True)
class Listing:
    """The whole list of a kind: natural keys and items by id, and the server's time."""

    natural_keys: dict[str, NaturalKey]
    taken_at: datetime | None
    items: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False)


class InCreation(Exception):
    """Another resource of this program is creating a duplicate at this moment."""

    def __init__(self, other: Resource) -> None:
        super().__init__(other.urn)
        self.other = other


@dataclass
class KnownObjects:
    """The objects of one kind in one workspace; safe to use from many threads.

    The list is asked for once, before the first creation, however many resources wait for it. A
    failed list is asked for again. What this process makes, changes, sees or deletes afterwards
    is noted here, so that the list stays true without asking.
    """

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _list: SingleFlight = field(
        default_factory=lambda: SingleFlight("the list of what exists already")
    )
    _tried: SingleFlight = field(
        default_factory=lambda: SingleFlight("the list of what there is", keep_failures=True)
    )
    _changes: int = 0
    _there: dict[str, list[tuple[int, bool]]] = field(
        default_factory=dict[str, list[tuple[int, bool]]]
    )
    """Whether an object was there after each change that concerned it, by its id."""
    _noted: dict[str, NaturalKey | None] = field(default_factory=dict[str, NaturalKey | None])
    _noted_by_name: dict[str | None, set[str]] = field(default_factory=dict[str | None, set[str]])
    _by_name: tuple[Listing, dict[str | None, list[str]]] | None = None
    _in_creation: dict[Resource, NaturalKey] = field(default_factory=dict[Resource, NaturalKey])
    _looks: "_Looks" = field(default_factory=lambda: _Looks())

    def listing(self, ask: Callable[[], Listing]) -> Listing:
        """Return the list; call `ask` unless an earlier call has succeeded.

        Raises what `ask` raises, and what `SingleFlight.ask` does.
        """
        return self._list.ask("list", ask)

    def listing_tried_once(self, ask: Callable[[], Listing]) -> Listing:
        """Return the list; a failure is kept and raised again to later callers."""
        return self._tried.ask("list", lambda: self.listing(ask))

    def note(self, id_: str, natural_key: NaturalKey | None) -> None:
        """Record what an object is now; None records that it is gone."""
        with self._lock:
            before = self._noted.get(id_)
            if before is not None:
                self._noted_by_name[before.name].discard(id_)
            self._noted[id_] = natural_key
            self._changes += 1
            self._there.setdefault(id_, []).append((self._changes, natural_key is not None))
            if natural_key is not None:
                self._noted_by_name.setdefault(natural_key.name, set()).add(id_)

    def moment(self) -> int:
        """Return the number of changes so far, as a moment for `was_there`."""
        with self._lock:
            return self._changes

    def was_there(self, listing: Listing, id_: str, moment: int) -> bool:
        """Return whether an object was there at that moment, as far as this process had seen."""
        with self._lock:
            seen = [there for at, there in self._there.get(id_, ()) if at <= moment]
        return seen[-1] if seen else id_ in listing.natural_keys

    def is_gone(self, id_: str) -> bool:
        """Return whether this process has seen that an object is gone."""
        with self._lock:
            return id_ in self._noted and self._noted[id_] is None

    def natural_keys(self, listing: Listing) -> dict[str, NaturalKey]:
        """Return the natural key of every existing object by its id."""
        with self._lock:
            everything = {**listing.natural_keys, **self._noted}
        return {id_: key for id_, key in everything.items() if key is not None}

    def named(self, listing: Listing, name: str | None) -> dict[str, NaturalKey]:
        """Return the existing objects of a name by id, from an index."""
        with self._lock:
            if self._by_name is None or self._by_name[0] is not listing:
                by_name: dict[str | None, list[str]] = {}
                for id_, key in listing.natural_keys.items():
                    by_name.setdefault(key.name, []).append(id_)
                self._by_name = listing, by_name
            ids = {*self._by_name[1].get(name, ()), *self._noted_by_name.get(name, ())}
            found = {id_: self._noted.get(id_, listing.natural_keys.get(id_)) for id_ in ids}
        return {id_: key for id_, key in found.items() if key is not None and key.name == name}

    @contextmanager
    def creating(self, resource: Resource, natural_key: NaturalKey) -> Generator[None]:
        """Keep other resources of this program from creating a duplicate meanwhile.

        Raises InCreation where another one does already.
        """
        with self._lock:
            for other, theirs in self._in_creation.items():
                if other != resource and theirs.is_same(natural_key):
                    raise InCreation(other)
            self._in_creation[resource] = natural_key
        try:
            with self._looks.making(resource):
                yield
        finally:
            with self._lock:
                self._in_creation.pop(resource, None)

    def look_again(self, resource: Resource, ask: Callable[[], Listing]) -> Listing:
        """The list after the creation of a resource: one, for all that were made together.

        What it shows is known to later creations. Raises what `ask` raises, and what
        `SingleFlight.ask` does.
        """
        return self._looks.look(resource, lambda: self._noted_anew(ask()))

    def _noted_anew(self, listing: Listing) -> Listing:
        with self._lock:
            new = [id_ for id_ in listing.natural_keys if id_ not in self._noted]
        for id_ in new:
            self.note(id_, listing.natural_keys[id_])
        return listing


@dataclass
class _Looks:
    """Looks at a kind after creations: each serves all that were made before it began."""

    _changed: threading.Condition = field(default_factory=threading.Condition)
    _making: set[Resource] = field(default_factory=set[Resource])
    _waiting: set[Resource] = field(default_factory=set[Resource])
    _next: SingleFlight = field(default_factory=lambda: _look())
    _is_looking: bool = False

    @contextmanager
    def making(self, resource: Resource) -> Generator[None]:
        """Note that an object is being made, until it is looked for, or has failed."""
        with self._changed:
            self._making.add(resource)
        try:
            yield
        finally:
            self._end_making(resource)

    def look(self, resource: Resource, ask: Callable[[], Listing]) -> Listing:
        """Wait for a moment for those that are being made, then look for all of them."""
        self._end_making(resource)
        with self._changed:
            mine = self._next
            self._waiting.add(resource)

            def has_begun() -> bool:
                return self._next is not mine

            def is_worth_it() -> bool:
                return has_begun() or not self._making or len(self._waiting) >= ENOUGH_TOGETHER

            self._changed.notify_all()
            self._changed.wait_for(is_worth_it, TOGETHER_SECONDS)
            patience = min(remaining(), threading.TIMEOUT_MAX)
            self._changed.wait_for(lambda: has_begun() or not self._is_looking, patience)
            begins = not has_begun()
            if begins:
                self._next, self._is_looking = _look(), True
                self._waiting.clear()
                self._changed.notify_all()
        try:
            return mine.ask("list", ask)
        finally:
            if begins:
                with self._changed:
                    self._is_looking = False
                    self._changed.notify_all()

    def _end_making(self, resource: Resource) -> None:
        with self._changed:
            self._making.discard(resource)
            self._changed.notify_all()


def _look() -> SingleFlight:
    return SingleFlight("the list after creations")
