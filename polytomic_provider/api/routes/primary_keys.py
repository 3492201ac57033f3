"""The primary key of an object of a connection: what the source says, or what was set over it.

polytomic.primary_keys("248d…", "public.orders").get().data.fields
"""

from polytomic_provider.api.http.replies import Reply
from polytomic_provider.api.http.transport import Transport
from polytomic_provider.api.routes.paths import api_path
from polytomic_provider.api.routes.schemas import Schemas
from polytomic_provider.api.wire import ReplyObject, Request
from polytomic_provider.api.wire.schemas import ConnectionSchema


class PrimaryKeyOverride(Request):
    """What is said of one field, over what the source says."""

    field_id: str
    is_primary_key: bool


class PrimaryKeysRequest(Request):
    """Body of `PUT /api/connections/{id}/schemas/{schema_id}/primary_keys`.

    Every earlier override is replaced; without any, what the source says counts.
    """

    fields: list[PrimaryKeyOverride]


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

    def replace(self, request: PrimaryKeysRequest) -> Reply[PrimaryKeysReply]:
        """Replace every override (`PUT …/primary_keys`), and read what holds now."""
        path = api_path(
            "connections", self._connection_id, "schemas", self._schema_id, "primary_keys"
        )
        self._transport.request("PUT", path, json=request.body())
        return self.get()


def _keys_of(schema: ConnectionSchema) -> PrimaryKeysReply:
    fields = [one for one in schema.fields or () if one.id]
    told = any(one.source_primary_key is not None for one in fields)
    return PrimaryKeysReply(
        fields=[str(one.id) for one in fields if one.is_primary_key],
        source_fields=[str(one.id) for one in fields if one.source_primary_key] if told else None,
        known=[str(one.id) for one in fields],
    )
