"""The primary key of an object of a connection: what the source says, or what was set over it.

polytomic.primary_keys("248d…", "public.orders").get().data.fields
"""

from collections.abc import Mapping

from pydantic import JsonValue

from polytomic_provider.api.http.replies import Reply
from polytomic_provider.api.http.transport import Transport
from polytomic_provider.api.routes.paths import api_path
from polytomic_provider.api.routes.schemas import Schemas
from polytomic_provider.api.wire import ReplyObject, Request
from polytomic_provider.api.wire.schemas import ConnectionSchema


class PrimaryKeysRequest(Request):
    """The fields that are the primary key; none: what the source says counts."""

    fields: list[str]


class PrimaryKeysReply(ReplyObject):
    """The ids of the fields that are the primary key, of those that the source says, and of all.

    `source_fields` is None where the server does not tell, as in API 2024-02-08.
    """

    fields: list[str]
    source_fields: list[str] | None
    known: list[str]


class PrimaryKeys:
    """One object's; each call raises what `Transport.request` raises, and NotFound."""

    def __init__(self, transport: Transport, connection_id: str, schema_id: str) -> None:
        self._transport = transport
        self._connection_id = connection_id
        self._schema_id = schema_id

    def get(self) -> Reply[PrimaryKeysReply]:
        """Read the schema (`GET /api/connections/{id}/schemas/{schema_id}`)."""
        reply = Schemas(self._transport).get(self._connection_id, self._schema_id)
        return reply.having(_keys_of(reply.data))

    def override(self, keys: Mapping[str, bool]) -> None:
        """Say of fields whether they are part of the key, in place of every earlier override.

        Source: `PUT /api/connections/{id}/schemas/{schema_id}/primary_keys`.
        """
        fields: list[JsonValue] = [
            {"field_id": field_id, "is_primary_key": is_key} for field_id, is_key in keys.items()
        ]
        self._transport.request("PUT", self._overrides(), json={"fields": fields})

    def reset(self) -> None:
        """Let the source count again.

        Source: `DELETE /api/connections/{id}/schemas/{schema_id}/primary_keys`.
        """
        self._transport.request("DELETE", self._overrides())

    def replace(self, request: PrimaryKeysRequest) -> Reply[PrimaryKeysReply]:
        """Make exactly these fields the key, or none to let the source count; read what holds."""
        if request.fields:
            there = self.get().data
            source = there.known if there.source_fields is None else there.source_fields
            self.override({one: one in request.fields for one in (*request.fields, *source)})
        else:
            self.reset()
        return self.get()

    def _overrides(self) -> str:
        return api_path(
            "connections", self._connection_id, "schemas", self._schema_id, "primary_keys"
        )


def _keys_of(schema: ConnectionSchema) -> PrimaryKeysReply:
    fields = [one for one in schema.fields or () if one.id]
    told = any(one.source_primary_key is not None for one in fields)
    return PrimaryKeysReply(
        fields=[str(one.id) for one in fields if one.is_primary_key],
        source_fields=[str(one.id) for one in fields if one.source_primary_key] if told else None,
        known=[str(one.id) for one in fields],
    )
