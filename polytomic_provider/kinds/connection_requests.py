"""From a connection's arguments to the bodies of its requests."""

from collections.abc import Mapping
from typing import Any, cast

from polytomic_provider.api.wire.connection import ConnectionReply, ConnectionRequest
from polytomic_provider.facts import connection_types
from polytomic_provider.facts.connection_types import Property
from polytomic_provider.facts.secrets import MASK, is_secret
from polytomic_provider.kinds.lifecycle.comparison import Comparison
from polytomic_provider.kinds.lifecycle.overlay import overlay_keys

_SENT_AT_CREATION = (
    "name",
    "type",
    "configuration",
    "redirect_url",
    "policies",
    "healthcheck_interval",
    "organization_id",
    "validate",
)
_SENT_IN_UPDATES = ("name", "policies", "healthcheck_interval", "organization_id", "validate")


def create_request(arguments: Mapping[str, Any]) -> ConnectionRequest:
    """The body of `POST /api/connections`: what the user set, and what its type requires."""
    fields = {name: arguments[name] for name in _SENT_AT_CREATION if _is_set(arguments, name)}
    fields["configuration"] = _with_required_defaults(fields.get("type"), fields["configuration"])
    return ConnectionRequest.model_validate(fields)


def _with_required_defaults(
    type_id: str | None, configuration: Mapping[str, Any]
) -> dict[str, Any]:
    """Add the keys that the type requires and has a default for.

    Not every server fills in what it requires, and a replacement has deleted the old connection
    by the time that it refuses the new one.
    """
    known = connection_types.get(type_id) if type_id else None
    if known is None or known.use_oauth:
        return dict(configuration)
    missing = {
        key: known.properties[key].default
        for key in known.required
        if key in known.properties and configuration.get(key) is None
    }
    return {
        **configuration,
        **{k: default for k, default in missing.items() if default is not None},
    }


def update_request(current: ConnectionReply, comparison: Comparison) -> ConnectionRequest:
    """The body of `PUT /api/connections/{id}`, which replaces the connection in full.

    What the program does not manage, or no longer manages, is taken from `current`; secrets come
    from the program alone.
    """
    old, new = comparison.old, comparison.new
    fields: dict[str, Any] = {n: new[n] for n in _SENT_IN_UPDATES if _is_set(new, n)}
    fields.setdefault("name", current.name)
    fields.setdefault("policies", current.policies or [])
    type_id = current.type or cast("str | None", new.get("type"))
    fields["configuration"] = overlay_keys(
        kept_configuration(type_id, current.configuration or {}),
        old.get("configuration") or {},
        new.get("configuration") or {},
    )
    if "reconnect" in comparison.changed:
        fields["reconnect"] = True
    return ConnectionRequest.model_validate(fields)


def kept_configuration(type_id: str | None, configuration: Mapping[str, Any]) -> dict[str, Any]:
    """The part of a reply's configuration that can be sent back: no mask, nothing read-only."""
    known = connection_types.get(type_id) if type_id else None
    properties: Mapping[str, Property] = known.properties if known else {}
    kept: dict[str, Any] = {}
    for key, value in configuration.items():
        found = properties.get(key)
        if found is not None and (found.read_only or found.internal):
            continue
        if value is not None and value != MASK and not is_secret(type_id, (key,)):
            kept[key] = value
    return kept


def _is_set(arguments: Mapping[str, Any], name: str) -> bool:
    return arguments.get(name) is not None
