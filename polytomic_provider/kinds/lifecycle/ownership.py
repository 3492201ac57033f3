"""Which resource of the program an object belongs to, as far as this process has seen."""

import threading
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeAlias, TypeVar

from polytomic_provider.kinds.lifecycle.known_objects import Resource
from polytomic_provider.kinds.lifecycle.natural_key import NaturalKey

Mark: TypeAlias = tuple[str, str | None]
"""What something is known by, such as `("urn", …)` or `("name", …)`."""

T = TypeVar("T", bound=Hashable)


@dataclass
class _Index(Generic[T]):
    """Items by their marks, so that a search looks at those few that may be meant.

    A search gives candidates: what an item was marked with earlier may no longer be true.
    """

    _count: int = 0
    _order: dict[T, int] = field(default_factory=dict[T, int])
    _items: dict[Mark, set[T]] = field(default_factory=dict[Mark, set[T]])

    def add(self, item: T, marks: Iterable[Mark]) -> None:
        """Add an item, or more marks of one that is there."""
        self._count += 1
        self._order.setdefault(item, self._count)
        for mark in marks:
            self._items.setdefault(mark, set()).add(item)

    def find(self, marks: Iterable[Mark]) -> list[T]:
        """Return the items with one of the marks, those added first in front."""
        found: set[T] = set()
        for mark in marks:
            found |= self._items.get(mark, set())
        there = [item for item in found if item in self._order]
        return sorted(there, key=self._order.__getitem__)

    def remove(self, item: T) -> None:
        """Find an item no more, until it is added again."""
        self._order.pop(item, None)


@dataclass(frozen=True)
class Wanted:
    """An object that a resource is going to adopt: by its id, else by what it is."""

    resource: Resource
    id: str | None
    natural_key: NaturalKey | None

    def is_for(self, id_: str, natural_key: NaturalKey | None) -> bool:
        """Whether this may be the object of that id."""
        if self.id is not None:
            return self.id == id_
        return (
            self.natural_key is not None
            and natural_key is not None
            and self.natural_key.may_be(natural_key)
        )


@dataclass(frozen=True)
class Deleted:
    """An object that a resource deleted in this run."""

    id: str
    natural_key: NaturalKey | None
    resource: Resource


@dataclass
class Ownership:
    """The owners of the objects of one kind, by the objects' ids; safe to use from many threads.

    References to objects that the program does not manage have no identity and own nothing.
    """

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _owners: dict[str, list[Resource]] = field(default_factory=dict[str, list[Resource]])
    _things: dict[str, NaturalKey] = field(default_factory=dict[str, NaturalKey])
    _objects: _Index[str] = field(default_factory=_Index[str])
    _wanted: _Index[Wanted] = field(default_factory=_Index[Wanted])
    _deleted: _Index[Deleted] = field(default_factory=_Index[Deleted])
    _aliases: dict[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    _aliased: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    _identities: dict[str, str] = field(default_factory=dict[str, str])
    _identified: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    _becoming: dict[str, NaturalKey] = field(default_factory=dict[str, NaturalKey])

    def note_aliases(self, urn: str, aliases: Collection[str]) -> None:
        """Note the URNs that a resource may have had before, as its aliases say."""
        with self._lock:
            self._aliases[urn] = frozenset(aliases)
            for alias in aliases:
                self._aliased.setdefault(alias, set()).add(urn)

    def note_state(self, id_: str, resource: Resource, becoming: NaturalKey | None = None) -> None:
        """Note that the state of `resource` holds the object, and what the program makes of it.

        A replacement has another identity than that, and is the same resource.
        """
        with self._lock:
            if becoming is not None:
                self._becoming[id_] = becoming
            if resource.identity:
                self._identities[resource.urn] = resource.identity
                self._identified.setdefault(resource.identity, set()).add(resource.urn)
            self._note(id_, resource, None)

    def note(self, id_: str, resource: Resource, natural_key: NaturalKey | None = None) -> None:
        """Note that the object is that of `resource`, and what it is."""
        with self._lock:
            self._note(id_, resource, natural_key)

    def take(self, id_: str, resource: Resource, natural_key: NaturalKey) -> Resource | None:
        """Make it the object of `resource`, or give the other resource whose it is already."""
        with self._lock:
            other = self._other(id_, resource)
            if other is None:
                self._note(id_, resource, natural_key)
            return other

    def forget(self, id_: str) -> None:
        """Note that the object is gone."""
        with self._lock:
            self._owners.pop(id_, None)
            self._things.pop(id_, None)
            self._objects.remove(id_)

    def note_deleted(self, deleted: Deleted) -> None:
        """Note that a resource deleted its object in this run."""
        with self._lock:
            names = _name(deleted.natural_key)
            marks = (("id", deleted.id), *names, *_resource(deleted.resource))
            self._deleted.add(deleted, marks)

    def becomes_another(self, id_: str, natural_key: NaturalKey) -> bool:
        """Return whether this run makes something else than `thing` of the object."""
        with self._lock:
            becoming = self._becoming.get(id_)
            return becoming is not None and not becoming.may_be(natural_key)

    def has(self, id_: str) -> bool:
        """Return whether the object is that of a resource of this program."""
        with self._lock:
            return bool(self._owners.get(id_))

    def other_owner(self, id_: str, resource: Resource) -> Resource | None:
        """Another resource whose object this is."""
        with self._lock:
            return self._other(id_, resource)

    def want(self, wanted: Wanted) -> Resource | None:
        """Note what a resource is going to adopt; gives another resource whose it is already."""
        with self._lock:
            marks = _name(wanted.natural_key) if wanted.id is None else [("id", wanted.id)]
            self._wanted.add(wanted, marks)
            for id_ in self._objects.find(marks):
                owners = self._owners.get(id_, ())
                others = [one for one in owners if self._differ(one, wanted.resource)]
                if others and wanted.is_for(id_, self._things.get(id_)):
                    return others[0]
            return None

    def in_the_way(
        self, id_: str, natural_key: NaturalKey | None, resource: Resource
    ) -> Resource | None:
        """Another resource that has the object or is going to adopt it, so that it must stay."""
        with self._lock:
            for owner in self._owners.get(id_, ()):
                if self._differ(owner, resource):
                    return owner
            for wanted in self._wanted.find([("id", id_), *_name(natural_key)]):
                if self._differ(wanted.resource, resource) and wanted.is_for(id_, natural_key):
                    return wanted.resource
            return None

    def deleted_by_another(
        self, id_: str | None, natural_key: NaturalKey, resource: Resource
    ) -> Deleted | None:
        """What another resource deleted in this run: the object of that id, else of that name."""
        with self._lock:
            marks = _name(natural_key) if id_ is None else [("id", id_)]
            for deleted in self._deleted.find(marks):
                named = (
                    deleted.natural_key is not None and deleted.natural_key.name == natural_key.name
                )
                wanted = deleted.id == id_ if id_ is not None else named
                if wanted and self._differ(deleted.resource, resource):
                    return deleted
            return None

    def deleted_by(self, resource: Resource) -> frozenset[str]:
        """The objects that the resource deleted in this run, as a replacement does."""
        with self._lock:
            found = self._deleted.find(self._marks(resource))
            return frozenset(one.id for one in found if not self._differ(one.resource, resource))

    def object_of(self, resource: Resource) -> str | None:
        """The id of an object that the resource has, under this URN or an earlier one."""
        with self._lock:
            for id_ in self._objects.find(self._marks(resource)):
                owners = self._owners.get(id_, ())
                if any(one.urn == resource.urn or self._renamed(one, resource) for one in owners):
                    return id_
            return None

    def _marks(self, resource: Resource) -> list[Mark]:
        """Every URN and identity that may be those of the same resource."""
        urns = {
            resource.urn,
            *self._aliases.get(resource.urn, ()),
            *self._aliased.get(resource.urn, ()),
            *self._identified.get(resource.identity, ()),
        }
        identities = {resource.identity, self._identities.get(resource.urn, resource.identity)}
        return [*(("urn", urn) for urn in urns), *(("identity", one) for one in identities)]

    def _differ(self, one: Resource, other: Resource) -> bool:
        return one.is_other(other) and not self._renamed(one, other)

    def _renamed(self, one: Resource, other: Resource) -> bool:
        """Whether aliases, or what the state held under its URN, make the two one resource."""
        pairs = ((one, other), (other, one))
        return any(
            old.urn in self._aliases.get(new.urn, ())
            or self._identities.get(new.urn, new.identity) == old.identity
            for new, old in pairs
        )

    def _note(self, id_: str, resource: Resource, natural_key: NaturalKey | None) -> None:
        if not resource.identity:
            return
        owners = self._owners.setdefault(id_, [])
        if resource not in owners:
            owners.append(resource)
        marks = (("id", id_), *_name(natural_key), *_resource(resource))
        self._objects.add(id_, marks)
        if natural_key is not None:
            self._things[id_] = natural_key

    def _other(self, id_: str, resource: Resource) -> Resource | None:
        owners = self._owners.get(id_, ())
        return next((owner for owner in owners if owner.urn != resource.urn), None)


def _name(natural_key: NaturalKey | None) -> list[Mark]:
    return [] if natural_key is None else [("name", natural_key.name)]


def _resource(resource: Resource) -> list[Mark]:
    return [("urn", resource.urn), ("identity", resource.identity)]
