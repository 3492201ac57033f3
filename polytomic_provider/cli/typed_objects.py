"""The objects of connections with their fields, as `polytomic types` writes them down."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final, Protocol

from polytomic_provider.api import Polytomic, PolytomicError
from polytomic_provider.api.http.errors import BadRequest, NotFound, Unprocessable
from polytomic_provider.api.lookup import find_one
from polytomic_provider.api.wire.connection import ConnectionReply

_REFUSALS: Final = (BadRequest, NotFound, Unprocessable)
"""How a server may answer that a connection is no source, or no target."""


@dataclass(frozen=True)
class Field:
    """A field by its `id`, which programs name it by; `label` and `type` are for readers."""

    id: str
    label: str | None
    type: str | None


@dataclass(frozen=True)
class Object:
    """An object of a connection by its `id`, such as `Contact` or `public.contacts`."""

    id: str
    label: str | None
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Connected:
    """A connection with those of its objects that are wanted."""

    id: str
    name: str
    type: str
    objects: tuple[Object, ...]


class _Described(Protocol):
    """What all replies tell of a field."""

    id: str | None
    name: str | None
    type: str | None


class _Named(Protocol):
    id: str | None
    name: str | None


@dataclass(frozen=True)
class _Offer:
    id: str
    name: str | None


def find_connections(polytomic: Polytomic, wanted: Iterable[str]) -> list[ConnectionReply]:
    """Return the connections of these ids or exact names, or all; ordered by name.

    Raises PolytomicError where one is not there, or several have a name.
    """
    there = polytomic.connections.list().data
    named = [find_one("connection", there, one.strip(), lambda found: found.name) for one in wanted]
    found = {one.id: one for one in named or there}
    return sorted(found.values(), key=lambda one: (one.name or "", one.id))


def read_objects(
    polytomic: Polytomic, connections: Iterable[ConnectionReply], wanted: Collection[str]
) -> list[Connected]:
    """Read the objects of connections: those of these ids or exact names, or all.

    Reading all takes one request for what a connection offers as a source and one for its targets;
    then one for each object whose fields these do not tell.

    Raises PolytomicError where a connection cannot be read, or none has an object that is wanted.
    """
    offers: list[_Offer] = []
    read: list[Connected] = []
    for one in connections:
        try:
            objects = tuple(_objects(polytomic, one.id, wanted, offers))
        except _REFUSALS as error:
            raise PolytomicError(
                f"the objects of connection {one.name!r} ({one.id}) cannot be read: "
                f"{error.message}",
                hint="To fix: see what `polytomic doctor` says about the connection.",
            ) from None
        if objects or not wanted:
            ordered = tuple(sorted(objects, key=lambda found: (found.id.casefold(), found.id)))
            read.append(Connected(one.id, one.name or one.id, one.type or "", ordered))
    for name in wanted:
        if not any(name in (found.id, found.label) for one in read for found in one.objects):
            find_one("object", offers, name, lambda offer: offer.name)
    return read


def _objects(
    polytomic: Polytomic, connection_id: str, wanted: Collection[str], offers: list[_Offer]
) -> Iterable[Object]:
    refused: PolytomicError | None = None
    readable: dict[str, tuple[_Named, Iterable[_Described] | None]] = {}
    try:
        source = polytomic.bulk_syncs.source(connection_id, include_fields=not wanted).data
        readable = {one.id: (one, one.fields) for one in source.schemas or () if one.id}
    except _REFUSALS as error:
        refused = error
    chosen = {id_: told for id_, told in readable.items() if _is_wanted(told[0], wanted)}
    offers += [_Offer(id_, told[0].name) for id_, told in readable.items()]
    for id_, (named, fields) in chosen.items():
        if fields is None:
            fields = polytomic.schemas.get(connection_id, id_).data.fields or ()
        yield Object(id_, named.name, _fields(fields))
    if wanted and all(
        any(name in (id_, told[0].name) for id_, told in chosen.items()) for name in wanted
    ):
        return
    for one in _writable(polytomic, connection_id, refused):
        if one.id and one.id not in readable:
            offers.append(_Offer(one.id, one.name))
            if _is_wanted(one, wanted):
                told = polytomic.targets.fields(connection_id, target=one.id).data
                yield Object(one.id, one.name, _fields(told.fields or ()))


def _writable(
    polytomic: Polytomic, connection_id: str, refused: PolytomicError | None
) -> Iterable[_Named]:
    """Return what syncs can write to; not every source is a target, nor the reverse."""
    try:
        return polytomic.targets.objects(connection_id).data.objects
    except _REFUSALS:
        if refused is not None:
            raise refused from None
        return ()


def _is_wanted(one: _Named, wanted: Collection[str]) -> bool:
    return not wanted or one.id in wanted or one.name in wanted


def _fields(told: Iterable[_Described]) -> tuple[Field, ...]:
    """Return the fields in an order that does not depend on the server's."""
    found = {one.id: Field(one.id, one.name, one.type) for one in told if one.id}
    return tuple(sorted(found.values(), key=lambda one: (one.id.casefold(), one.id)))
