"""Which fields of an object of a connection tell its records apart."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar

from pydantic import Field

from polytomic_provider.api import Polytomic
from polytomic_provider.api.routes.primary_keys import (
    PrimaryKeyOverride,
    PrimaryKeysReply,
    PrimaryKeysRequest,
)
from polytomic_provider.kinds.arguments import Facts, ResourceArguments
from polytomic_provider.kinds.singleton import SingletonHandler
from polytomic_provider.live import LiveContext, LiveResult, check_fields
from polytomic_provider.validation import Problem
from polytomic_provider.validation.model_schema import not_a_field
from polytomic_provider.validation.untyped import as_list


class SchemaPrimaryKeysArguments(ResourceArguments):
    """The arguments. Source: `PUT /api/connections/{id}/schemas/{schema_id}/primary_keys`."""

    connection_id: Annotated[str, Facts(id_of="Connection", replaces=True)] = Field(
        min_length=1, description="The Connection, a ConnectionReadiness or an id."
    )
    schema_id: Annotated[str, Facts(replaces=True)] = Field(
        min_length=1, description="Id of the object, such as `Contact` or `public.orders`."
    )
    fields: Annotated[list[str], Facts(unordered=True)] = Field(
        min_length=1, description="Ids of the fields that are the primary key, and no others."
    )
    organization_id: Annotated[
        str | None, Facts(provider_side=True, needed_by_delete=True, unmanaged=True)
    ] = Field(
        default=None, min_length=1, description="Workspace; left out: that of the connection given."
    )


class SchemaPrimaryKeysHandler(SingletonHandler):
    """The primary key of an object: set over what the source says, which counts again at last."""

    kind = "SchemaPrimaryKeys"
    noun = "primary key"
    arguments = SchemaPrimaryKeysArguments
    computed: ClassVar = {"source_fields": "Ids of the fields that the source says are the key."}
    request = PrimaryKeysRequest
    default: ClassVar[Mapping[str, Any]] = {"fields": []}
    of = "connection_id"
    within = ("schema_id",)

    def routes(self, polytomic: Polytomic, *place: str) -> Any:
        """The object's."""
        return polytomic.primary_keys(*place)

    def check_live(self, live: LiveContext, arguments: Mapping[str, Any]) -> LiveResult:
        """Hold the object and the fields to those that the connection has."""
        connection_id: Any = arguments.get("connection_id")

        def against(schema_id: str, there: list[str]) -> Iterator[Problem]:
            known = {**dict.fromkeys(there), **live.schemas.added_to(connection_id, schema_id)}
            for at, name in enumerate(as_list(arguments.get("fields"))):
                if isinstance(name, str) and name not in known:
                    yield Problem(f"fields[{at}]", not_a_field(name, schema_id, known))

        return check_fields(live, arguments, against)

    def _body(self, current: PrimaryKeysReply, values: Mapping[str, Any]) -> PrimaryKeysRequest:
        return overrides(current, values["fields"])


def overrides(current: PrimaryKeysReply, wanted: Sequence[str]) -> PrimaryKeysRequest:
    """Return what makes exactly the `wanted` fields the key; for none, no override at all.

    Where the server does not tell what the source says, every other field is taken out.
    """
    source = current.known if current.source_fields is None else current.source_fields
    named = dict.fromkeys((*wanted, *source)) if wanted else ()
    return PrimaryKeysRequest(
        fields=[PrimaryKeyOverride(field_id=one, is_primary_key=one in wanted) for one in named]
    )
