"""The values that a configuration key can take, as the connected service lists them.

Source: `POST /api/connection_types/{type}/parameter_values`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from polytomic_emulator.errors import ApiError, BadRequest, NotFound
from polytomic_emulator.state import configuration as rules
from polytomic_emulator.state import services
from polytomic_emulator.state.authorization import REFUSED_UPSTREAM
from polytomic_emulator.state.connection import HEALTHY, Connection
from polytomic_provider.facts import connection_types
from polytomic_provider.facts.connection_types import ConnectionType

_NOT_AUTHORIZED = (
    "this needs authorization by {} first; complete it at the connection's auth_url, then ask again"
)


@dataclass(frozen=True)
class Question:
    """Which key, with which configuration so far. query: a part of the labels wanted."""

    field: str
    parameters: Mapping[str, Any]
    query: str = ""


def of_type(
    type_id: str, question: Question, stored: Connection | None
) -> dict[str, list[services.Value]]:
    """The values of one key, before there is a connection, or laid over a stored one.

    Raises NotFound for an unknown type, BadRequest for what keeps the service from being asked.
    """
    kind = connection_types.get(type_id)
    if kind is None:
        raise NotFound("connection type not found")
    if stored is not None and stored.type != type_id:
        raise BadRequest("the connection is of another type", field="connection_id")
    _check(kind, question, stored)
    values = services.parameter_values(kind)
    listed = {key: one for key, one in values.items() if key == question.field}
    enum = kind.properties[question.field].enum if question.field in kind.properties else ()
    if enum:
        listed = {question.field: [{"value": one, "label": str(one)} for one in enum]}
    if not listed:
        known = [key for key, one in kind.properties.items() if key in values or one.enum]
        raise BadRequest(
            f"{question.field!r} is no field of {type_id} whose values can be listed",
            field="field",
            known_values=known,
        )
    wanted = question.query.lower()
    return {
        key: [one for one in found if wanted in one["label"].lower()]
        for key, found in listed.items()
    }


def of_connection(connection: Connection) -> dict[str, list[services.Value]]:
    """The values of every key that has some. Raises BadRequest while the service says nothing."""
    if connection.awaits_consent:
        raise _unauthorized(connection.kind)
    if connection.status != HEALTHY:
        raise BadRequest(
            f'connection "{connection.name}" is {connection.status}: {connection.status_error}',
            connection_status=connection.status,
        )
    return services.parameter_values(connection.kind)


def _check(kind: ConnectionType, question: Question, stored: Connection | None) -> None:
    if question.field in kind.properties and kind.properties[question.field].enum:
        return  # no service has to be asked
    before = stored.configuration if stored else {}
    laid_over = rules.laid_over(kind, dict(question.parameters), before)
    try:
        rules.check(kind, laid_over, path="parameters")
    except ApiError as refusal:
        raise BadRequest(refusal.message, **refusal.metadata) from None
    consented = stored is not None and stored.status == HEALTHY
    if not (consented or rules.brings_authorization(kind, laid_over)):
        raise _unauthorized(kind)
    if rules.rejected_upstream(laid_over):
        raise BadRequest(f"could not connect to {kind.name}: {REFUSED_UPSTREAM}")


def _unauthorized(kind: ConnectionType) -> BadRequest:
    return BadRequest(_NOT_AUTHORIZED.format(kind.name), connection_status="unauthorized")
