"""The schemas of a connection on the wire, and their cache (`/api/connections/{id}/schemas…`)."""

from typing import Final

from pydantic import AliasChoices, Field, JsonValue

from polytomic_provider.api.wire import Moment, ReplyObject

READY_WORDS: Final = frozenset({"fresh", "cached", "completed", "true"})

# `false` is the other side of the reading in which `cache_status` is `true` at the end.
UNREADY_WORDS: Final = frozenset({"refreshing", "false"})


class SchemaStatus(ReplyObject):
    """How far the schema cache of a connection is.

    The documents do not agree on `cache_status`: a word, `"true"`, `true`, and once the same word
    under the name `status`.
    """

    cache_status: str | bool | None = Field(
        default=None, validation_alias=AliasChoices("cache_status", "status")
    )
    last_refresh_started: Moment = None
    last_refresh_finished: Moment = None

    @property
    def ready(self) -> bool:
        """Whether the schema can be used, in every documented reading.

        A known word decides alone: while a refresh runs, the times are those of an older one, and
        a `cached` schema can be used while a newer one is fetched. Without a known word the times
        decide, as the documents advise: ready once the last refresh ended after it began.
        """
        word = "" if self.cache_status is None else str(self.cache_status).strip().lower()
        if word in READY_WORDS or word in UNREADY_WORDS:
            return word in READY_WORDS
        started, finished = self.last_refresh_started, self.last_refresh_finished
        # Equal counts: a server that drops fractions shows a quick refresh as of one second.
        return finished is not None and (started is None or finished >= started)


class SchemaFieldReply(ReplyObject):
    """A field of a schema; `is_primary_key` is what counts, an override included."""

    id: str | None = None
    name: str | None = None
    type: str | None = None
    type_spec: JsonValue = None
    remote_type: str | None = None
    path: str | None = None
    values: JsonValue = None
    association: JsonValue = None
    user_managed: bool | None = None
    is_primary_key: bool | None = None
    source_primary_key: bool | None = None
    primary_key_override: bool | None = None


class ConnectionSchema(ReplyObject):
    """An object of a connection (`GET /api/connections/{id}/schemas/{schema_id}`)."""

    id: str | None = None
    name: str | None = None
    fields: list[SchemaFieldReply] | None = None
