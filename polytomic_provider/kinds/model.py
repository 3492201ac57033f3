"""A model: a view over one source, an object or a query with the fields to expose."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, cast

from pydantic import Field

from polytomic_provider.api import Polytomic, workspace_of
from polytomic_provider.api.wire.model import EnricherReply, ModelReply, ModelRequest
from polytomic_provider.kinds.arguments import Arguments, Facts, facts_of
from polytomic_provider.kinds.lifecycle.comparison import Comparison
from polytomic_provider.kinds.lifecycle.known_objects import Resource
from polytomic_provider.kinds.lifecycle.natural_key import NaturalKey
from polytomic_provider.kinds.lifecycle.object_handler import ObjectHandler
from polytomic_provider.kinds.lifecycle.overlay import overlay, overlay_keys
from polytomic_provider.kinds.lifecycle.projection import project, project_configuration
from polytomic_provider.kinds.lifecycle.scope import Process, Scope
from polytomic_provider.kinds.lifecycle.state import State
from polytomic_provider.kinds.model_users import refuse_if_used
from polytomic_provider.kinds.object_arguments import ObjectArguments
from polytomic_provider.live import LiveContext, LiveResult, check_model, selection
from polytomic_provider.validation import Problem
from polytomic_provider.validation.model_schema import model_problems
from polytomic_provider.validation.untyped import as_mapping

_REQUEST_FIELDS = (
    "name",
    "connection_id",
    "configuration",
    "fields",
    "additional_fields",
    "identifier",
    "relations",
    "tracking_columns",
    "labels",
    "policies",
    "enricher",
    "organization_id",
)


class AdditionalFieldArguments(Arguments):
    """A field of the user's own. Source: `additional_fields` of `POST /api/models`."""

    name: str = Field(min_length=1)
    type: str = Field(min_length=1)
    label: str
    example: Any = None


class RelationTarget(Arguments):
    """The field of another model that a relation leads to."""

    model_id: Annotated[str, Facts(id_of="Model")] = Field(min_length=1)
    field: str = Field(min_length=1)


class RelationArguments(Arguments):
    """A join to another model. Source: `relations` of `POST /api/models`."""

    from_: str = Field(alias="from", min_length=1)
    to: RelationTarget


class EnricherArguments(Arguments):
    """Enrichment of a model. Source: `enricher` of `POST /api/models`."""

    connection_id: Annotated[str, Facts(id_of="Connection")] = Field(min_length=1)
    configuration: dict[str, Any] | None = None
    mappings: dict[str, str] | None = None
    fields: list[dict[str, Any]] | None = None


_OF_THE_SOURCE = ("fields", "identifier", "tracking_columns")


class ModelArguments(ObjectArguments):
    """The arguments of a model. Source: `POST /api/models`, `PUT /api/models/{id}`."""

    connection_id: Annotated[str, Facts(id_of="Connection", replaces=True)] = Field(
        min_length=1, description="The source: a Connection, a ConnectionReadiness or an id."
    )
    configuration: Annotated[dict[str, Any], Facts(managed_keys=True, unmanaged=True)] = Field(
        description='What to read, such as `{"table": "Contact"}` or `{"query": "..."}`.'
    )
    fields: Annotated[list[str] | None, Facts(unordered=True, unmanaged=True)] = Field(
        default=None, description="Names of the source fields to expose; left out: all."
    )
    name: str | None = Field(
        default=None, min_length=1, description="Name in Polytomic; default: the resource's name."
    )
    identifier: Annotated[str | None, Facts(unmanaged=True)] = Field(
        default=None,
        description="Name of the field that identifies a record; left out: kept as it is.",
    )
    additional_fields: Annotated[list[AdditionalFieldArguments] | None, Facts(unordered=True)] = (
        Field(default=None, description="Fields of your own: `{name, type, label, example}`.")
    )
    relations: Annotated[list[RelationArguments] | None, Facts(unordered=True, replaces=True)] = (
        Field(default=None, description="Joins to other models: `{from, to: {model_id, field}}`.")
    )
    tracking_columns: Annotated[list[str] | None, Facts(unordered=True, unmanaged=True)] = Field(
        default=None, description="Columns that show what changed; left out: kept as they are."
    )
    labels: Annotated[list[str] | None, Facts(unordered=True, write_only=True, unmanaged=True)] = (
        Field(default=None, description="Labels; left out: kept as they are.")
    )
    policies: Annotated[list[str] | None, Facts(unordered=True, unmanaged=True)] = Field(
        default=None, description="Ids of the permission policies; left out: kept as they are."
    )
    enricher: Annotated[EnricherArguments | None, Facts(replaces=True)] = Field(
        default=None, description="Enrichment: `{connection_id, configuration, mappings, fields}`."
    )
    organization_id: Annotated[str | None, Facts(replaces=True, unmanaged=True)] = Field(
        default=None, min_length=1, description="Workspace; for partner and deployment keys."
    )


class ModelHandler(ObjectHandler):
    """The life of a model in Polytomic."""

    kind = "Model"
    place = "connection_id"
    arguments = ModelArguments
    computed: ClassVar[Mapping[str, str]] = {
        "type": "Connection type of its source.",
    }

    def part_problems(self, arguments: Mapping[str, Any]) -> list[Problem]:
        """What the parts of a model ask of each other."""
        return model_problems(arguments)

    def check_live(self, live: LiveContext, arguments: Mapping[str, Any]) -> LiveResult:
        """What the source has."""
        return check_model(live, arguments)

    def create_request(self, arguments: Mapping[str, Any]) -> ModelRequest:
        """The body of `POST /api/models`."""
        given = {n: arguments[n] for n in _REQUEST_FIELDS if arguments.get(n) is not None}
        return ModelRequest.model_validate(given)

    def update_request(self, current: ModelReply, comparison: Comparison) -> ModelRequest:
        """The body of `PUT /api/models/{id}`: the managed arguments over what is there."""
        old, new = comparison.old, comparison.new
        program = {n: new[n] for n in _REQUEST_FIELDS if new.get(n) is not None}
        body = overlay(facts_of(ModelArguments), _kept(current), program)
        body = {name: value for name, value in body.items() if value or name in program}
        there, before = current.configuration or {}, as_mapping(old.get("configuration"))
        # What chose the object or the query would choose it still.
        unchosen = [key for key in selection(before) if key not in program["configuration"]]
        configuration = overlay_keys(there, before, program["configuration"], drop=unchosen)
        body["configuration"] = configuration
        if body.get("enricher") and current.enricher and current.enricher.enricher_id:
            body["enricher"] = {"enricher_id": current.enricher.enricher_id, **body["enricher"]}
        if selection(there) != selection(configuration):
            # What the server had of another object or query need not be there in this one.
            for name in _OF_THE_SOURCE:
                if new.get(name) is None:
                    body.pop(name, None)
        return ModelRequest.model_validate(body)

    def natural_key(self, arguments: Mapping[str, Any]) -> NaturalKey:
        """The connection and the name."""
        return NaturalKey(arguments.get("name"), arguments["connection_id"])

    def natural_key_of(self, reply: ModelReply) -> NaturalKey:
        """The connection and the name."""
        return NaturalKey(reply.name, reply.connection_id, type=reply.type)

    def written(
        self,
        scope: Scope,
        polytomic: Polytomic,
        reply: ModelReply,
        arguments: Mapping[str, Any],
        comparison: Comparison | None,
    ) -> ModelReply:
        """Let the syncs of this run know its fields."""
        for organization in {None, reply.organization_id}:
            workspace = workspace_of(arguments)._replace(organization_id=organization)
            scope.schemas(workspace).keep_model(reply)
        if comparison is None:
            scope.process.follow_source(reply.id, follows=arguments.get("fields") is None)
        return reply

    def note_state(
        self, process: Process, resource: Resource, state: State, arguments: Mapping[str, Any]
    ) -> None:
        """As for every kind; note whether the model leaves its fields to its source."""
        super().note_state(process, resource, state, arguments)
        process.follow_source(state.id, follows=arguments.get("fields") is None)

    def read_computed(self, reply: ModelReply, old: Mapping[str, Any]) -> dict[str, Any]:
        """The type of the source."""
        return {"type": reply.type or old.get("type")}

    def read_arguments(self, reply: ModelReply, like: Mapping[str, Any]) -> dict[str, Any]:
        """The server's values; of the configuration only the keys that the user manages."""
        server = _server_values(reply)
        configuration: dict[str, Any] = dict(reply.configuration or {})
        if not like:
            return {**server, "configuration": configuration}
        shown = {
            name: project(facts, server.get(name), like.get(name))
            for name, facts in facts_of(ModelArguments).items()
        }
        shown["organization_id"] = like.get("organization_id")
        managed: Mapping[str, Any] = like.get("configuration") or {}
        shown["configuration"] = project_configuration(configuration, managed, lambda _: False)
        shown["enricher"] = _project_enricher(reply.enricher, like.get("enricher"))
        return shown

    def remove(self, scope: Scope, polytomic: Polytomic, state: State) -> None:
        """`DELETE /api/models/{id}`, unless that would break the syncs of others."""
        refuse_if_used(scope, polytomic, state)
        polytomic.models.delete(state.id)


def _server_values(reply: ModelReply) -> dict[str, Any]:
    fields = reply.fields or []
    relations = [one.model_dump(mode="json", by_alias=True) for one in reply.relations or ()]
    return {
        "connection_id": reply.connection_id,
        "name": reply.name,
        "fields": [field.name for field in fields if not field.user_added],
        "identifier": reply.identifier,
        "tracking_columns": reply.tracking_columns,
        "policies": reply.policies,
        "relations": relations or None,
        "additional_fields": [
            {"name": f.name, "type": f.type, "label": f.label, "example": f.example}
            for f in fields
            if f.user_added
        ]
        or None,
    }


def _project_enricher(server: EnricherReply | None, like: Any) -> Any:
    """Return the enrichment with the keys that the program wrote; the API adds an id and fields."""
    if server is None or not server.connection_id:
        return None
    there = server.model_dump(mode="json")
    if not isinstance(like, dict):
        return {"connection_id": server.connection_id}
    mine = cast("dict[str, Any]", like)
    shown = project_configuration(there, mine, lambda _: False)
    if "fields" in mine and _same_fields(there.get("fields"), mine["fields"]):
        shown["fields"] = mine["fields"]
    return shown


def _same_fields(server: Any, written: Any) -> bool:
    """Return whether a reply has the fields that the program wrote, by their names."""
    names = [{one.get("name") for one in fields or ()} for fields in (server, written)]
    return names[0] == names[1]


def _kept(current: ModelReply) -> dict[str, Any]:
    """Return what a model has now, by the names of requests."""
    return {
        "name": current.name,
        "fields": [field.name for field in current.fields or () if not field.user_added],
        "identifier": current.identifier,
        "tracking_columns": current.tracking_columns,
        "policies": current.policies,
        "labels": current.label_names,
    }
