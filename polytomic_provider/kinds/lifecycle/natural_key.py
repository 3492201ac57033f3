"""The natural key of an object: two objects with equal keys are duplicates."""

import unicodedata
from dataclasses import dataclass, field


@dataclass(frozen=True)
class NaturalKey:
    """What identifies a duplicate: the name, the place and the target object.

    `name` is None for a kind of which a workspace has one object at most.
    `place` is what it belongs to and cannot leave: a connection's type, the connection that a
    model reads or that a sync writes to. `object` is a sync's target object. None: not known,
    which in `place` and `object` may be anything. `type` is only for showing it.
    """

    name: str | None
    place: str | None
    object: str | None = None
    type: str | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        # Servers may keep a text in another Unicode form than the program wrote it in.
        for name in ("name", "place", "object"):
            value = getattr(self, name)
            if isinstance(value, str):
                object.__setattr__(self, name, unicodedata.normalize("NFC", value))

    def may_be(self, other: "NaturalKey") -> bool:
        """Return whether the two may be duplicates, as far as both are known."""
        known_places = (self.place, other.place)
        return self._agrees(other) and (None in known_places or self.place == other.place)

    def is_same(self, other: "NaturalKey") -> bool:
        """Return whether the two are duplicates."""
        return self._agrees(other) and self.place == other.place

    def described(self, id_: str) -> str:
        """Return the object as a line of a list of candidates: name, id and type."""
        name = "" if self.name is None else f"{self.name!r} "
        return f"{name}({id_}{f', {self.type}' if self.type else ''})"

    def _agrees(self, other: "NaturalKey") -> bool:
        objects = (self.object, other.object)
        return self.name == other.name and (None in objects or self.object == other.object)
