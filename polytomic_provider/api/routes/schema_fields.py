"""One field of an object of a connection: added to what the source has, or overridden.

polytomic.schema_field("248d…", "shop.orders", "city").get().data.type
"""

from uuid import uuid4

from pydantic import JsonValue

from polytomic_provider.api.http.replies import Reply
from polytomic_provider.api.http.transport import Transport
from polytomic_provider.api.routes.paths import api_path
from polytomic_provider.api.routes.schemas import Schemas
from polytomic_provider.api.wire import Request
from polytomic_provider.api.wire.schemas import SchemaFieldReply


class FieldOverride(Request):
    """Body of `PATCH …/fields/{field_id}`; what is left out stays, an empty `path` ends it."""

    label: str | None = None
    type: str | None = None
    path: str | None = None
    example: JsonValue = None
    definition: str | list[JsonValue] | None = None


class AddedField(Request):
    """A field of the body of `POST …/fields`, which replaces the field of the same `field_id`."""

    field_id: str
    label: str
    type: str
    path: str | None = None
    example: JsonValue = None
    definition: str | list[JsonValue] | None = None


class SchemaField:
    """One field; each call raises what `Transport.request` raises, and NotFound."""

    def __init__(
        self, transport: Transport, connection_id: str, schema_id: str, field_id: str
    ) -> None:
        self._transport = transport
        self._connection_id = connection_id
        self._schema_id = schema_id
        self._field_id = field_id

    def get(self) -> Reply[SchemaFieldReply]:
        """Read the field from its schema (`GET /api/connections/{id}/schemas/{schema_id}`).

        A field without an id: the object has no such field.

        Raises:
            UnexpectedReply: Polytomic does not show which fields the object has.
        """
        reply = Schemas(self._transport).get(self._connection_id, self._schema_id)
        fields = reply.data.fields
        if fields is None:
            raise reply.unexpected("the reply does not show the fields of the object")
        found = next((one for one in fields if one.id == self._field_id), SchemaFieldReply())
        return reply.having(found)

    def replace(self, request: AddedField | FieldOverride) -> Reply[SchemaFieldReply]:
        """Add the field (`POST …/fields`) or change it (`PATCH …/fields/{field_id}`).

        The answer to the POST has no body, and may mean that only some of several fields were
        kept; so the field is read again. The POST may be repeated, and its key lets the transport
        do so.

        Raises:
            UnexpectedReply: Polytomic does not show the field.
        """
        if isinstance(request, AddedField):
            body: JsonValue = {"fields": [request.body()]}
            self._transport.request("POST", self._path(), json=body, idempotency_key=uuid4().hex)
        else:
            self._transport.request("PATCH", self._path(self._field_id), json=request.body())
        reply = self.get()
        if reply.data.id is None:
            raise reply.unexpected(
                f"Polytomic accepted the field {self._field_id!r} and does not show it"
            )
        return reply

    def delete(self) -> None:
        """Delete the field, or end its override (`DELETE …/fields/{field_id}`).

        Raises:
            BadRequest: It was detected in the source, and nothing overrides it.
        """
        self._transport.request("DELETE", self._path(self._field_id))

    def _path(self, *more: str) -> str:
        schema = ("connections", self._connection_id, "schemas", self._schema_id)
        return api_path(*schema, "fields", *more)
