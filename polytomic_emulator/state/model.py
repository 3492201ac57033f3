"""One model as the server knows it, and the request that makes or changes it."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ModelField:
    """One field of a model. `id` is stable as long as the model has a field of this name."""

    id: str
    name: str
    label: str
    type: str
    remote_type: str
    created_at: str
    updated_at: str
    example: Any = None
    unique: bool = False
    user_added: bool = False


@dataclass(frozen=True)
class AddedField:
    """A field that the user adds to those of the source."""

    name: str
    type: str
    label: str
    example: str | None = None


@dataclass(frozen=True)
class Relation:
    """A join: the model's field `source` has the values of another model's field."""

    source: str
    model_id: str
    field: str


@dataclass(frozen=True)
class Label:
    """A word that models are found by."""

    id: str
    name: str


@dataclass(frozen=True)
class Enricher:
    """What completes a model's records; `fields` as the request has them."""

    connection_id: str
    enricher_id: str | None = None
    configuration: dict[str, Any] = field(default_factory=dict[str, Any])
    mappings: dict[str, str] = field(default_factory=dict[str, str])
    fields: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def field_names(self) -> list[str]:
        """What it adds to a model's fields."""
        return [str(one["name"]) for one in self.fields if one.get("name")]


@dataclass(frozen=True)
class ModelRequest:
    """The body of create and update, read but not judged. `fields` None: every field."""

    name: str
    connection_id: str
    configuration: dict[str, Any]
    fields: list[str] | None = None
    additional_fields: list[AddedField] = field(default_factory=list[AddedField])
    identifier: str | None = None
    tracking_columns: list[str] = field(default_factory=list[str])
    relations: list[Relation] = field(default_factory=list[Relation])
    enricher: Enricher | None = None
    labels: list[str] = field(default_factory=list[str])
    policies: list[str] = field(default_factory=list[str])


@dataclass(frozen=True)
class Model:
    """One model. `type` is its connection's; `version` counts its changes from 1."""

    id: str
    workspace_id: str
    name: str
    type: str
    connection_id: str
    configuration: dict[str, Any]
    fields: list[ModelField]
    created_at: str
    updated_at: str
    created_by: dict[str, str]
    version: int = 1
    identifier: str | None = None
    tracking_columns: list[str] = field(default_factory=list[str])
    relations: list[Relation] = field(default_factory=list[Relation])
    enricher: Enricher | None = None
    labels: list[Label] = field(default_factory=list[Label])
    policies: list[str] = field(default_factory=list[str])

    def field_names(self) -> list[str]:
        """What a sync can map: the model's own fields and those of its enricher."""
        enriched = self.enricher.field_names() if self.enricher else []
        return [one.name for one in self.fields] + enriched


def model_from(document: dict[str, Any]) -> Model:
    """A stored model."""
    enricher: dict[str, Any] | None = document["enricher"]
    parts: dict[str, Any] = {
        "fields": [ModelField(**one) for one in document["fields"]],
        "relations": [Relation(**one) for one in document["relations"]],
        "labels": [Label(**one) for one in document["labels"]],
        "enricher": Enricher(**enricher) if enricher else None,
    }
    return Model(**document | parts)
