"""Models on the wire (`/api/models`)."""

from typing import Annotated

from pydantic import Field, JsonValue

from polytomic_provider.api.wire import IdOf, Moment, ReplyObject, Request
from polytomic_provider.api.wire.source import ModelFields
from polytomic_provider.api.wire.spellings import BareName, NoNulls, Text


class AdditionalField(Request):
    """A field that the user adds to those of the source."""

    name: str
    type: str
    label: str
    example: JsonValue = Field(default=None, repr=False)


class RelationEnd(Request):
    """The field of another model that a relation leads to."""

    model_id: str
    field: str


class Relation(Request):
    """A join: the field `from` of this model and a field of another one."""

    from_: str = Field(alias="from")
    to: RelationEnd


class Enricher(Request):
    """Enrichment of a model; `mappings` lead from its fields to the enricher's inputs.

    `enricher_id` is needed to change an enrichment; without `fields` all are used.
    """

    connection_id: str
    enricher_id: str | None = None
    configuration: dict[str, JsonValue] | None = Field(default=None, repr=False)
    mappings: dict[str, str] | None = None
    fields: list[dict[str, JsonValue]] | None = Field(default=None, repr=False)


class ModelRequest(Request):
    """Body of `POST /api/models` and `PUT /api/models/{id}`.

    Only the arguments that are given are sent. PUT replaces the model in full. `refresh` belongs
    to PUT.
    """

    name: str
    connection_id: str
    configuration: dict[str, JsonValue] = Field(repr=False)
    fields: list[str] | None = None
    additional_fields: list[AdditionalField] | None = None
    identifier: str | None = None
    tracking_columns: list[str] | None = None
    relations: list[Relation] | None = None
    enricher: Enricher | None = None
    labels: list[str] | None = None
    policies: list[str] | None = None
    organization_id: str | None = None
    refresh: bool | None = None


class RelationEndReply(ReplyObject):
    """The field of another model that a relation leads to."""

    model_id: str | None = None
    field: str | None = None


class RelationReply(ReplyObject):
    """A join: the field `from` of this model and a field of another one."""

    from_: str | None = Field(default=None, alias="from")
    to: RelationEndReply | None = None


class EnricherReply(ReplyObject):
    """Enrichment of a model."""

    connection_id: str | None = None
    enricher_id: str | None = None
    configuration: dict[str, JsonValue] | None = Field(default=None, repr=False)
    mappings: dict[str, Text] | None = None
    fields: ModelFields = None


class LabelReply(ReplyObject):
    """A label of a model; a bare text in place of the object is read as its name."""

    id: str | None = None
    name: str | None = None


class ModelReply(ReplyObject):
    """A model as replies show it.

    `fields` mixes those of the source and those that the user added. The server may add keys to
    `configuration`.
    """

    id: str
    name: str | None = None
    type: IdOf = None
    version: int | None = None
    connection_id: str | None = None
    configuration: dict[str, JsonValue] | None = Field(default=None, repr=False)
    fields: Annotated[ModelFields, Field(repr=False)] = None
    identifier: str | None = None
    tracking_columns: list[str] | None = None
    relations: Annotated[list[RelationReply] | None, NoNulls] = None
    enricher: EnricherReply | None = None
    labels: Annotated[list[Annotated[LabelReply, BareName]] | None, NoNulls] = None
    policies: list[str] | None = None
    organization_id: str | None = None
    created_at: Moment = None
    updated_at: Moment = None

    @property
    def label_names(self) -> list[str]:
        """The labels as requests take them: names, ids where there is no name."""
        names = [label.name or label.id for label in self.labels or ()]
        return [name for name in names if name]


class ModelSample(ReplyObject):
    """Some rows of a model, in no promised number or order.

    Each record maps the model's id, and the enricher's where there is one, to its fields' values.
    """

    records: Annotated[
        list[dict[str, dict[str, JsonValue] | None]] | None, NoNulls, Field(repr=False)
    ] = None
    warnings: Annotated[list[Text] | None, NoNulls] = None
