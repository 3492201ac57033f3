"""Rules about a connection's `configuration`: what may be sent, what is secret, what is added.

Messages name keys and known values, never a value that was sent: it may be a secret.
"""

from collections.abc import Mapping
from typing import Any, cast

from polytomic_emulator.errors import BadRequest, Unprocessable
from polytomic_emulator.state import services
from polytomic_emulator.state.identifiers import Identifiers
from polytomic_provider.facts.connection_types import ConnectionType, Property
from polytomic_provider.facts.secrets import MASK, is_secret

Configuration = dict[str, Any]

_PYTHON_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "array": (list,),
    "object": (dict,),
}

# The schema's `required` does not bind OAuth types; these keys are what the pages on the types
# themselves ask for. Source: Polytomic's page on Salesforce connections, table of fields.
_REQUIRED_OF_OAUTH: Mapping[str, tuple[str, ...]] = {"salesforce": ("domain",)}
_REQUIRED_OF_MODE: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("salesforce", "clientcredentials"): ("client_id", "client_secret"),
    ("salesforce", "api"): ("client_id", "client_secret", "oauth_refresh_token"),
}
_TOKEN_KEYS = ("oauth_refresh_token", "refresh_token", "oauth_access_token", "access_token")


def check(
    kind: ConnectionType,
    configuration: Configuration,
    *,
    path: str = "configuration",
    conditions: bool = False,
) -> None:
    """Raise BadRequest or Unprocessable for the first key that this type does not accept.

    path: of the configuration in the request. conditions: the conditions of the type's schema bind.
    """
    _check_keys(path, configuration, kind.properties, closed=True)
    for key, value in configuration.items():
        found = kind.properties[key]
        if value is not None and (found.read_only or found.internal):
            field = f"{path}.{key}"
            raise Unprocessable(f"{field} is set by the server", field=field)
    required = required_keys(kind, configuration)
    if conditions:
        required += services.conditionally_required(kind.id, with_defaults(kind, configuration))
    missing = [key for key in required if configuration.get(key) in (None, "")]
    if missing:
        field = f"{path}.{missing[0]}"
        raise Unprocessable(
            f"{field} is required for connections of type {kind.id}",
            field=field,
            missing=[f"{path}.{key}" for key in missing],
        )


def required_keys(kind: ConnectionType, configuration: Configuration) -> tuple[str, ...]:
    """The keys that must have a value, with this configuration."""
    if not kind.use_oauth:
        return tuple(key for key in kind.required if _default(kind, key) is None)
    mode = (kind.id, str(configuration.get("connect_mode")))
    return _REQUIRED_OF_OAUTH.get(kind.id, ()) + _REQUIRED_OF_MODE.get(mode, ())


def _default(kind: ConnectionType, key: str) -> Any:
    found = kind.properties.get(key)
    return found.default if found else None


def _check_keys(
    path: str, value: Configuration, known: Mapping[str, Property], *, closed: bool
) -> None:
    for key, item in value.items():
        field = f"{path}.{key}"
        found = known.get(key)
        if found is None:
            if closed:
                raise Unprocessable(f"{field} is not known", field=field, known_values=list(known))
        elif item is not None:
            _check_value(field, item, found)


def _check_value(field: str, value: Any, known: Property) -> None:
    _check_type(field, value, known.json_type)
    if known.enum and value not in known.enum:
        raise Unprocessable(
            f"{field} must be one of {', '.join(map(str, known.enum))}",
            field=field,
            known_values=list(known.enum),
        )
    is_list = isinstance(value, list)
    for item in cast("list[Any]", value) if is_list else [value]:
        if is_list:
            _check_type(field, item, known.item_type)
        if known.children and isinstance(item, dict):
            keys = cast("Configuration", item)
            _check_keys(field, keys, known.children, closed=known.closed)


def _check_type(field: str, value: Any, json_type: str | None) -> None:
    expected = _PYTHON_TYPES.get(json_type or "")
    if expected is None:
        return
    if not isinstance(value, expected) or (isinstance(value, bool) and bool not in expected):
        raise BadRequest(f"{field} must be of type {json_type}", field=field, expected=json_type)


def without_nulls(configuration: Configuration) -> Configuration:
    """A copy in which a key with null counts as left out."""
    return {key: value for key, value in configuration.items() if value is not None}


def secret_at(kind: ConnectionType, path: tuple[str, ...]) -> bool:
    """Whether the API masks the value at this path.

    At the top the schema's own mark decides. It marks nothing below, where credentials of
    `auth`, `basic`, `header`, `query` and `oauth` are masked all the same.
    """
    if len(path) == 1:
        found = kind.properties.get(path[0])
        return found is not None and found.sensitive
    return is_secret(kind.id, path)


def masked(
    kind: ConnectionType, configuration: Configuration, *, nested: bool = True
) -> Configuration:
    """A copy with every secret replaced by the documented mask; `nested`: also inside objects."""
    return {
        key: _masked(kind, (key,), value) if nested or secret_at(kind, (key,)) else value
        for key, value in configuration.items()
    }


def _masked(kind: ConnectionType, path: tuple[str, ...], value: Any) -> Any:
    if isinstance(value, dict):
        pairs = cast("Configuration", value).items()
        return {key: _masked(kind, (*path, key), item) for key, item in pairs}
    if isinstance(value, list):
        return [_masked(kind, path, item) for item in cast("list[Any]", value)]
    if value is None or value == "" or not secret_at(kind, path):
        return value
    return MASK


def with_defaults(kind: ConnectionType, configuration: Configuration) -> Configuration:
    """A copy with the type's defaults for keys that have no value, in the schema's order."""
    filled = {
        key: configuration.get(key, found.default)
        for key, found in kind.properties.items()
        if not found.internal
    }
    return {key: value for key, value in filled.items() if value is not None}


def with_omitted_secrets(
    kind: ConnectionType, sent: Configuration, stored: Configuration
) -> Configuration:
    """What PUT stores when omitted secrets are kept: absent or sent as the mask means unchanged."""
    kept = {
        key: stored[key]
        for key, found in kind.properties.items()
        if found.sensitive and key in stored and sent.get(key, MASK) == MASK
    }
    nested = {
        key: _unmasked(value, stored.get(key)) for key, value in sent.items() if key not in kept
    }
    return nested | kept


def laid_over(kind: ConnectionType, sent: Configuration, stored: Configuration) -> Configuration:
    """What was sent over what is stored, without what only the server writes; masks mean stored."""
    sent = without_nulls(sent)
    own = server_owned(kind, stored)
    merged = stored | with_omitted_secrets(kind, sent, stored)
    return {key: value for key, value in merged.items() if key not in own} | {
        key: value for key, value in sent.items() if key in own
    }


def _unmasked(sent: Any, stored: Any) -> Any:
    if isinstance(sent, dict):
        old = cast("Configuration", stored if isinstance(stored, dict) else {})
        pairs = cast("Configuration", sent).items()
        return {key: _unmasked(item, old.get(key)) for key, item in pairs}
    if isinstance(sent, list):
        before = cast("list[Any]", stored if isinstance(stored, list) else [])
        items = enumerate(cast("list[Any]", sent))
        return [_unmasked(item, before[n] if n < len(before) else None) for n, item in items]
    return stored if sent == MASK and stored is not None else sent


def server_owned(kind: ConnectionType, stored: Configuration) -> Configuration:
    """The part of a stored configuration that only the server writes."""
    return {
        key: value
        for key, value in stored.items()
        if (found := kind.properties.get(key)) and (found.read_only or found.internal)
    }


def token_key(kind: ConnectionType) -> str | None:
    """The key in which an OAuth type keeps the token of a finished consent."""
    return next((key for key in _TOKEN_KEYS if key in kind.properties), None)


def without_token(kind: ConnectionType, configuration: Configuration) -> Configuration:
    """A configuration after its consent is worth nothing any more."""
    token = token_key(kind)
    return {key: value for key, value in configuration.items() if key != token}


def brings_authorization(kind: ConnectionType, configuration: Configuration) -> bool:
    """Whether no person has to consent: not an OAuth type, or the credentials were sent."""
    if not kind.use_oauth or configuration.get("connect_mode") in ("clientcredentials", "api"):
        return True
    key = token_key(kind)
    return key is not None and bool(configuration.get(key))


def rejected_upstream(configuration: Configuration) -> bool:
    """Whether the pretended upstream service refuses: any text contains the word `invalid`."""
    return any("invalid" in text.lower() for text in _texts(configuration))


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    items: list[Any] = []
    if isinstance(value, dict):
        items = list(cast("Configuration", value).values())
    elif isinstance(value, list):
        items = cast("list[Any]", value)
    return [text for item in items for text in _texts(item)]


def server_values(
    kind: ConnectionType, configuration: Configuration, identifiers: Identifiers
) -> Configuration:
    """What the server writes once a connection works: its read-only keys and its token."""
    values: Configuration = {}
    for key, found in kind.properties.items():
        if not found.read_only or key in configuration:
            continue
        if found.sensitive:
            values[key] = identifiers.token()
        elif found.json_type == "string":
            values[key] = _server_value(key, configuration)
    token = token_key(kind)
    if kind.use_oauth and token and token not in configuration:
        values[token] = identifiers.token("emulator_token_")
    return values


def _server_value(key: str, configuration: Configuration) -> str:
    if key == "instance_url_override":
        domain = str(configuration.get("domain", "")).removeprefix("https://").strip("/")
        return f"https://{domain or 'emulator'}"
    return "user@emulator.example" if "user" in key or "email" in key else f"emulator-{key}"
