"""Which resource of the program an object belongs to, as far as this process has seen."""

import threading
from collections.abc import Collection
from dataclasses import dataclass, field

from polytomic_provider.kinds.lifecycle.known_objects import Resource
from polytomic_provider.kinds.lifecycle.natural_key import NaturalKey


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
    _wanted: list[Wanted] = field(default_factory=list[Wanted])
    _deleted: list[Deleted] = field(default_factory=list[Deleted])
    _aliases: dict[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    _identities: dict[str, str] = field(default_factory=dict[str, str])
    _becoming: dict[str, NaturalKey] = field(default_factory=dict[str, NaturalKey])

    def note_aliases(self, urn: str, aliases: Collection[str]) -> None:
        """Note the URNs that a resource may have had before, as its aliases say."""
        with self._lock:
            self._aliases[urn] = frozenset(aliases)

    def note_state(self, id_: str, resource: Resource, becoming: NaturalKey | None = None) -> None:
        """Note that the state of `resource` holds the object, and what the program makes of it.

        A replacement has another identity than that, and is the same resource.
        """
        with self._lock:
            if becoming is not None:
                self._becoming[id_] = becoming
            if resource.identity:
                self._identities[resource.urn] = resource.identity
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

    def note_deleted(self, deleted: Deleted) -> None:
        """Note that a resource deleted its object in this run."""
        with self._lock:
            self._deleted.append(deleted)

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
            self._wanted.append(wanted)
            for id_, owners in self._owners.items():
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
            for wanted in self._wanted:
                if self._differ(wanted.resource, resource) and wanted.is_for(id_, natural_key):
                    return wanted.resource
            return None

    def deleted_by_another(
        self, id_: str | None, natural_key: NaturalKey, resource: Resource
    ) -> Deleted | None:
        """What another resource deleted in this run: the object of that id, else of that name."""
        with self._lock:
            for deleted in self._deleted:
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
            mine = [one for one in self._deleted if not self._differ(one.resource, resource)]
            return frozenset(one.id for one in mine)

    def object_of(self, resource: Resource) -> str | None:
        """The id of an object that the resource has, under this URN or an earlier one."""
        with self._lock:
            for id_, owners in self._owners.items():
                if any(one.urn == resource.urn or self._renamed(one, resource) for one in owners):
                    return id_
            return None

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
        if natural_key is not None:
            self._things[id_] = natural_key

    def _other(self, id_: str, resource: Resource) -> Resource | None:
        owners = self._owners.get(id_, ())
        return next((owner for owner in owners if owner.urn != resource.urn), None)
