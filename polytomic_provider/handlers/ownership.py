"""Which resource of the program an object belongs to, as far as this process has seen."""

import threading
from dataclasses import dataclass, field

from polytomic_provider.handlers.known_objects import Resource


@dataclass
class Ownership:
    """The owners of the objects of one kind, by the objects' ids; safe to use from many threads."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _owners: dict[str, list[Resource]] = field(default_factory=dict[str, list[Resource]])

    def note(self, id_: str, resource: Resource) -> None:
        """Note that the object is that of `resource`; references without identity own nothing."""
        if not resource.identity:
            return
        with self._lock:
            owners = self._owners.setdefault(id_, [])
            if resource not in owners:
                owners.append(resource)

    def forget(self, id_: str) -> None:
        """Note that the object is gone."""
        with self._lock:
            self._owners.pop(id_, None)

    def other_owner(self, id_: str, resource: Resource) -> Resource | None:
        """Another resource whose object this is."""
        with self._lock:
            owners = self._owners.get(id_, ())
            return next((owner for owner in owners if owner.urn != resource.urn), None)
