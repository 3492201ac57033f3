"""Which records of the target a row is the same thing as, by the sync's identity.

Empty values match nothing. Numbers and the texts that read as them are equal; e-mail addresses are
compared without regard to case, as the services that have such a type do.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, cast
from urllib.parse import urlsplit

from polytomic_emulator.state.catalogs import CatalogField
from polytomic_emulator.state.sync import Identity

# Second levels that belong to a country's registry, as in example.co.uk.
_SECOND_LEVELS = frozenset({"ac", "co", "com", "edu", "gov", "net", "org"})


class Stored(Protocol):
    """A record of the target."""

    @property
    def id(self) -> str: ...
    @property
    def values(self) -> Mapping[str, Any]: ...


def key_of(value: Any, field: CatalogField | None) -> str | None:
    """What equal values have in common; None for an empty one."""
    if value is None or value == "" or value == []:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value)
    ignores_case = field is not None and field.source_type == "email"
    return text.strip().casefold() if ignores_case else text


def host_of(value: Any) -> str | None:
    """The host of an address, an e-mail address or a bare name, without `www.`."""
    text = str(value).strip().lower() if value is not None else ""
    if "://" not in text:
        text = f"//{text.rpartition('@')[2]}"
    try:
        host = urlsplit(text).hostname or ""
    except ValueError:
        return None
    return host.removeprefix("www.").rstrip(".") or None


def domain_of(value: Any) -> str | None:
    """The domain that somebody registered: the last two names of the host, or three."""
    host = host_of(value)
    if host is None:
        return None
    names = host.split(".")
    country = len(names) > 2 and len(names[-1]) == 2 and names[-2] in _SECOND_LEVELS
    return ".".join(names[-3 if country else -2 :])


def agrees(function: str, source: Any, target: Any, field: CatalogField | None) -> bool:
    """Whether a source's value and a target's value mean the same record.

    Source: `identity.function` of `POST /api/syncs`. ISubstring: the target's text contains the
    source's. OneOf: they, or two items of theirs, are equal.
    """
    if key_of(source, field) is None or key_of(target, field) is None:
        return False
    if function == "ISubstring":
        return str(source).casefold() in str(target).casefold()
    if function in ("DomainMatch", "HostnameMatch"):
        part = domain_of if function == "DomainMatch" else host_of
        return part(source) is not None and part(source) == part(target)
    if function == "OneOf":
        return bool(_items(source, field) & _items(target, field))
    return key_of(source, field) == key_of(target, field)


def _items(value: Any, field: CatalogField | None) -> set[str | None]:
    items = cast("list[Any]", value) if isinstance(value, list) else [value]
    return {key_of(item, field) for item in items} - {None}


class Matcher:
    """The target's records, found by a row's identity values."""

    def __init__(
        self,
        identities: Sequence[Identity],
        strategy: str | None,
        fields: Mapping[str, CatalogField],
        stored: Sequence[Stored],
    ) -> None:
        self._identities = identities
        self._all = strategy == "and"
        self._fields = fields
        self._stored: dict[str, Stored] = {}
        self._places: dict[str, int] = {}
        self._by_key: list[dict[str, dict[str, None]]] = [{} for _ in identities]
        for one in stored:
            self.put(one)

    def put(self, stored: Stored) -> None:
        """A record is new, or has new values; it keeps its place among the others."""
        self.drop(stored.id)
        self._places.setdefault(stored.id, len(self._places))
        self._stored[stored.id] = stored
        for index, identity in zip(self._by_key, self._identities, strict=True):
            key = self._key(identity, stored.values.get(identity.target))
            if key is not None:
                index.setdefault(key, {})[stored.id] = None

    def drop(self, record_id: str) -> None:
        """A record is gone."""
        stored = self._stored.pop(record_id, None)
        if stored is None:
            return
        for index, identity in zip(self._by_key, self._identities, strict=True):
            key = self._key(identity, stored.values.get(identity.target))
            if key is not None:
                del index[key][record_id]

    def _key(self, identity: Identity, value: Any) -> str | None:
        return key_of(value, self._fields.get(identity.target))

    def find(self, values: Sequence[Any]) -> list[Stored]:
        """The records that a row matches, oldest first; `values`: of its identity's sources.

        By priority the first mapping that finds any decides; with `and` every mapping must match.
        """
        found: list[dict[str, None]] = [
            self._matching(position, value) for position, value in enumerate(values)
        ]
        if self._all:
            ids = [one for one in found[0] if all(one in ids for ids in found[1:])]
        else:
            ids = list(next((ids for ids in found if ids), ()))
        return [self._stored[one] for one in sorted(ids, key=self._places.__getitem__)]

    def _matching(self, position: int, value: Any) -> dict[str, None]:
        identity = self._identities[position]
        if identity.function == "Equality":
            key = self._key(identity, value)
            return self._by_key[position].get(key, {}) if key is not None else {}
        field = self._fields.get(identity.target)
        return {
            one.id: None
            for one in self._stored.values()
            if agrees(identity.function, value, one.values.get(identity.target), field)
        }
