"""Which values of a connection's configuration are secret.

The type's own schema says it for keys at the top; it marks nothing below them, and says nothing
of types it does not know. There, names decide: to take an account number for a secret costs a
`[secret]` in a diff, to miss a password costs the password.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from polytomic_provider.facts import connection_types
from polytomic_provider.facts.connection_types import Property

MASK = "********"
"""What Polytomic's API writes in place of a secret in every reply."""

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_PASSWORD_IN_ADDRESS = re.compile(r"://[^/\s:@]*:[^/\s@]+@")
_PARAMETER = re.compile(r"(?:^|[?&;])([A-Za-z][\w.-]*)=[^&;\s]{4}")
_PASSWORD_OF_CONNECTION = re.compile(r"(?:^|[\s;])(?:password|passwd|pwd)=\S", re.IGNORECASE)
_WEBHOOK = re.compile(
    r"https://(?:hooks\.slack\.com/|hooks\.zapier\.com/|discord(?:app)?\.com/api/webhooks/"
    r"|outlook\.office\.com/webhook|[\w.-]+\.webhook\.office\.com/)",
    re.IGNORECASE,
)
"""Addresses to which whoever knows them may write."""
_SECRET_WORDS = frozenset(
    "secret secrets token tokens password passwd passphrase pwd pass credential credentials "
    "apikey apikeys key keys auth authorization bearer cookie signature pin jwt pem dsn".split()
)
_PLAIN_LAST_WORDS = frozenset(
    "expiry expires endpoint url uri method mode type style name id ids at enabled prompt "
    "size ttl length count".split()
)
_SECRET_ENDINGS = ("secret", "token", "password", "passwd", "apikey", "passphrase", "credentials")

Replace = Callable[[Any], Any]


def looks_secret(name: str) -> bool:
    """Whether a configuration key is named like a secret (`api_key`, `clientSecret`, `token`)."""
    words = [word.lower() for word in _WORD.findall(name)]
    if not words or words[-1] in _PLAIN_LAST_WORDS:
        return False
    if any(word in _SECRET_WORDS for word in words):
        return True
    return words[-1].endswith(_SECRET_ENDINGS) or tuple(words[-2:]) == ("connection", "string")


def carries_credential(text: str) -> bool:
    """Whether a text holds what lets somebody in.

    That is a password, a key or a signature in an address or in a connection string, or the
    address of a webhook that asks for nothing else.
    """
    if any(one.search(text) for one in (_PASSWORD_IN_ADDRESS, _PASSWORD_OF_CONNECTION, _WEBHOOK)):
        return True
    names = _PARAMETER.findall(text)
    return any(name.lower() == "sig" or looks_secret(name) for name in names)


def replace_credentials(value: Any, replace: Replace) -> Any:
    """A copy of `value` with `replace` applied to every text in it that carries a credential."""
    if isinstance(value, str):
        return replace(value) if carries_credential(value) else value
    if isinstance(value, dict):
        items = cast("dict[str, Any]", value).items()
        return {key: replace_credentials(item, replace) for key, item in items}
    if isinstance(value, list):
        return [replace_credentials(item, replace) for item in cast("list[Any]", value)]
    return value


def is_secret(type_id: str | None, path: tuple[str, ...]) -> bool:
    """Whether the value at `path` of this connection type's configuration is secret.

    `path` holds object keys only; positions in lists are left out. Anything below a secret is
    secret too.
    """
    known = connection_types.get(type_id) if type_id is not None else None
    properties: Mapping[str, Property] = known.properties if known else {}
    for depth, name in enumerate(path):
        found = properties.get(name)
        if _secret_key(name, found, of_pair=depth > 0 and "label" not in properties):
            return True
        properties = found.children if found else {}
    return False


def _is_known(type_id: str | None, path: tuple[str, ...]) -> bool:
    """Whether facts describe the key at `path`; below a free-form object every key is known."""
    known = connection_types.get(type_id) if type_id is not None else None
    if known is None:
        return False
    properties, closed = known.properties, True
    for name in path:
        found = properties.get(name)
        if found is None:
            return not closed
        properties, closed = found.children, found.closed
    return True


def _secret_key(name: str, found: Property | None, *, of_pair: bool) -> bool:
    if found is not None:
        if found.sensitive:
            return True
        if found.children or found.enum or found.json_type in ("boolean", "integer", "number"):
            return False
    if name == "value" and of_pair:
        return True  # of a name/value pair: an HTTP header or a query parameter
    return looks_secret(name)


def replace_secrets(type_id: str | None, configuration: Any, replace: Replace) -> Any:
    """A copy of `configuration` with `replace` applied to every value that is or may be secret.

    The value of a misspelled key may be the secret that the right key wants.
    """
    return _replace(type_id, (), configuration, replace)


def may_be_secret(type_id: str | None, path: tuple[str, ...]) -> bool:
    """Whether a value must not be shown: it is secret, or its key is not one of a known type."""
    type_is_known = type_id is not None and connection_types.get(type_id) is not None
    return is_secret(type_id, path) or (type_is_known and not _is_known(type_id, path))


def _replace(type_id: str | None, path: tuple[str, ...], value: Any, replace: Replace) -> Any:
    if path and may_be_secret(type_id, path):
        return replace(value) if value is not None else None
    if isinstance(value, str):
        return replace_credentials(value, replace)
    if isinstance(value, dict):
        items = cast("dict[str, Any]", value).items()
        return {key: _replace(type_id, (*path, str(key)), item, replace) for key, item in items}
    if isinstance(value, list):
        return [_replace(type_id, path, item, replace) for item in cast("list[Any]", value)]
    return value


def secret_values(type_id: str | None, configuration: Any) -> Iterator[Any]:
    """Every secret value in `configuration`, for scrubbing texts."""
    found: list[Any] = []
    _replace(type_id, (), configuration, found.append)
    yield from found
