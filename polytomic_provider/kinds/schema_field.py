"""A field of an object of a connection: added to what the source has, or overridden."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Field, JsonValue

from polytomic_provider.api import Polytomic, PolytomicError, workspace_of
from polytomic_provider.api.http.operation import remaining, say, sleep, within
from polytomic_provider.api.http.pauses import Pauses
from polytomic_provider.api.routes.schema_fields import AddedField, FieldOverride, SchemaField
from polytomic_provider.api.wire.schemas import SchemaFieldReply
from polytomic_provider.facts.field_types import (
    DEFINITIONS,
    FIELD_TYPES,
    LISTED_DEFINITIONS,
    type_of,
)
from polytomic_provider.kinds.arguments import Facts, ResourceArguments
from polytomic_provider.kinds.lifecycle.scope import Scope
from polytomic_provider.kinds.lifecycle.state import Inputs, State
from polytomic_provider.kinds.singleton import SingletonHandler
from polytomic_provider.live import LiveContext, LiveResult, Schemas, check_fields
from polytomic_provider.validation import Problem, has_errors, holds_unknown
from polytomic_provider.validation.problems import one_of

LONGEST_REMOVAL = 60.0
"""Seconds that a deletion waits until the schema no longer shows the field."""


def _a_type(value: str) -> str:
    if value not in FIELD_TYPES:
        raise ValueError(one_of(value, FIELD_TYPES, "type", show=True))
    return value


def _a_definition(value: object) -> object:
    if isinstance(value, str) and value not in DEFINITIONS:
        raise ValueError(one_of(value, DEFINITIONS, "definition", show=True))
    if type_of(value) is None and not holds_unknown(value):
        begins = ", ".join(sorted(LISTED_DEFINITIONS))
        raise ValueError(f"expected a word or a list that begins with one of {begins}")
    return value


class SchemaFieldArguments(ResourceArguments):
    """The arguments. Source: `POST /api/connections/{id}/schemas/{schema_id}/fields`, `PATCH`."""

    connection_id: Annotated[str, Facts(id_of="Connection", replaces=True)] = Field(
        min_length=1, description="The Connection, a ConnectionReadiness or an id."
    )
    schema_id: Annotated[str, Facts(replaces=True)] = Field(
        min_length=1, description="Id of the object, such as `Contact` or `public.orders`."
    )
    field_id: Annotated[str, Facts(replaces=True)] = Field(
        min_length=1, description="Id of the field to add, or of the detected one to override."
    )
    label: Annotated[str | None, Facts(unmanaged=True)] = Field(
        default=None,
        min_length=1,
        description="What people see; needed to add a field; left out: kept as it is.",
    )
    type: Annotated[Annotated[str, AfterValidator(_a_type)] | None, Facts(unmanaged=True)] = Field(
        default=None,
        description=f"One of {', '.join(f'`{one}`' for one in FIELD_TYPES)}; needed to add a field "
        "unless `definition` says it; left out: kept as it is.",
    )
    definition: Annotated[
        Annotated[Any, AfterValidator(_a_definition)] | None, Facts(unmanaged=True)
    ] = Field(
        default=None,
        description="The type in detail: a word such as `bigint` or `date`, or a list such as "
        '`["array", "string"]`. Left out: kept as it is.',
    )
    path: Annotated[str | None, Facts(unmanaged=True)] = Field(
        default=None,
        description="JSONPath of the value in a record, such as `$.address.city`; an empty text "
        "ends it; left out: kept as it is.",
    )
    example: Annotated[Any, Facts(write_only=True, unmanaged=True)] = Field(
        default=None, description="A sample value for people; no reply shows it."
    )
    organization_id: Annotated[
        str | None, Facts(provider_side=True, needed_by_delete=True, unmanaged=True)
    ] = Field(
        default=None, min_length=1, description="Workspace; left out: that of the connection given."
    )


class SchemaFieldHandler(SingletonHandler):
    """A field as the program defines it: added where the source has none, else overridden."""

    kind = "SchemaField"
    noun = "field"
    arguments = SchemaFieldArguments
    computed: ClassVar = {"remote_type": "Type of the field in the source, as last read."}
    request = FieldOverride
    default: ClassVar[Mapping[str, Any]] = dict.fromkeys(
        ("label", "type", "definition", "path", "example")
    )
    of = "connection_id"
    within = ("schema_id", "field_id")

    def routes(self, polytomic: Polytomic, *place: str) -> Any:
        """The field's."""
        return polytomic.schema_field(*place)

    def problems(self, arguments: Mapping[str, Any]) -> list[Problem]:
        """Something is said of the field, and of its type the same thing twice."""
        problems = super().problems(arguments)
        if has_errors(problems):
            return problems
        if all(arguments.get(name) is None for name in self.default):
            text = "say at least one of label, type, definition, path and example"
            problems.append(Problem("", text))
        type_, of_definition = arguments.get("type"), type_of(arguments.get("definition"))
        if isinstance(type_, str) and of_definition not in (None, type_):
            text = f"belongs to the type {of_definition!r}, and `type` is {type_!r}"
            problems.append(Problem("definition", text))
        return problems

    def check_live(self, live: LiveContext, arguments: Mapping[str, Any]) -> LiveResult:
        """Hold the object to those of the connection; a field that is added says what it is."""
        return check_fields(live, arguments, partial(_missing, arguments))

    def create(self, scope: Scope, inputs: Inputs) -> State:
        """Add the field, or override the one that is there."""
        made = super().create(scope, inputs)
        self.note_added(scope.schemas(workspace_of(made.arguments)), made.arguments)
        return made

    def note_added(self, schemas: Schemas, arguments: Mapping[str, Any]) -> None:
        """Let models, bulk syncs and primary keys of the same program use the field."""
        place = [arguments.get(name) for name in ("connection_id", *self.within)]
        if all(isinstance(one, str) for one in place):
            schemas.note_field(*map(str, place))

    def is_there(self, reply: SchemaFieldReply) -> bool:
        """Whether the object has the field; an override that was ended by hand is drift."""
        return reply.id is not None

    def read_arguments(self, reply: SchemaFieldReply, like: Mapping[str, Any]) -> dict[str, Any]:
        """The server's values in the program's words."""
        return super().read_arguments(_Shown.of(reply, like), like)

    def restore(self, routes: SchemaField, arguments: Mapping[str, Any]) -> str:
        """Delete the field, or end its override; wait until the schema shows it no more.

        Polytomic reads the schema anew after the deletion, and may show the field until then: the
        next resource over it would take it for one that stays.
        """
        name = arguments["field_id"]
        reply = routes.get().data
        if not self.is_there(reply) or reply.user_managed is False:
            return f"nothing overrides the field {name!r} any more"
        routes.delete()
        pauses = Pauses()
        with within(LONGEST_REMOVAL):
            while (reply := routes.get().data).user_managed:
                if remaining() <= 0:
                    say(f"the schema still shows the field {name!r}", warning=True)
                    break
                sleep(pauses.within(remaining()))
        ended = "ended the override of" if self.is_there(reply) else "deleted"
        return f"{ended} the field {name!r}"

    def _body(
        self, current: SchemaFieldReply, values: Mapping[str, Any]
    ) -> AddedField | FieldOverride:
        """The body of the PATCH, or of the POST where there is no such field."""
        given = {name: values[name] for name in self.default if values.get(name) is not None}
        if "definition" in given:
            given.setdefault("type", type_of(given["definition"]))
        if self.is_there(current):
            return FieldOverride.model_validate(given)
        missing = [name for name in ("label", "type") if name not in given]
        if missing:
            raise PolytomicError(
                f"the object {values['schema_id']!r} has no field {values['field_id']!r}, and to "
                f"add one it takes {' and '.join(missing)}",
                hint="To fix: correct `field_id`, or say `label` and `type`.",
            )
        kept = {name: value for name, value in given.items() if value != ""}
        return AddedField.model_validate({"field_id": values["field_id"], **kept})


class _Shown(SchemaFieldReply):
    """A field under the names of the arguments."""

    label: str | None = None
    definition: JsonValue = None

    @classmethod
    def of(cls, reply: SchemaFieldReply, like: Mapping[str, Any]) -> "_Shown":
        """Name the parts of a reply; those that API 2024-02-08 does not show are as written."""
        shown = {**reply.model_dump(), "label": reply.name, "definition": reply.type_spec}
        if reply.user_managed is None and reply.id is not None:
            shown |= {name: like.get(name) for name in ("definition", "path")}
        return cls.model_validate(shown)


def _missing(arguments: Mapping[str, Any], schema_id: str, there: list[str]) -> Iterator[Problem]:
    """What a field that is to be added lacks."""
    field_id = arguments.get("field_id")
    if not isinstance(field_id, str) or field_id in there:
        return
    near = one_of(field_id, there, "field")
    adds = f"{schema_id} has no field {field_id!r}, so this adds it; {near}"
    if arguments.get("label") is None:
        yield Problem("label", f"is required: {adds}")
    if arguments.get("type") is None and arguments.get("definition") is None:
        yield Problem("type", f"is required: {adds}")
