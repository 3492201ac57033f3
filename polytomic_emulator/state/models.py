"""Models: create, read, change, delete, and the rules that they obey."""

import json
import uuid
from dataclasses import asdict, replace

from polytomic_emulator.errors import BadRequest, NotFound, Unprocessable
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.catalogs import CatalogObject
from polytomic_emulator.state.clock import Clock
from polytomic_emulator.state.connection import Connection
from polytomic_emulator.state.connections import Connections
from polytomic_emulator.state.database import Database
from polytomic_emulator.state.discovery import (
    Refusal,
    check_configuration,
    source_catalog_for,
    source_object,
)
from polytomic_emulator.state.identifiers import Identifiers
from polytomic_emulator.state.model import (
    Label,
    Model,
    ModelField,
    ModelRequest,
    model_from,
)
from polytomic_emulator.state.schema_caches import SchemaCaches
from polytomic_emulator.state.usage import Usage

_ADDED_EMPTY = ("query", "schema", "tracking_columns")
"""The keys that the server adds to a model's configuration. Source: the Terraform importer."""


class Models:
    """Every model of every workspace."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        identifiers: Identifiers,
        connections: Connections,
        schemas: SchemaCaches,
        usage: Usage,
    ) -> None:
        self._database = database
        self._clock = clock
        self._identifiers = identifiers
        self._connections = connections
        self._schemas = schemas
        self._usage = usage

    def of(self, workspace_id: str) -> list[Model]:
        """A workspace's models, oldest first."""
        return self._many("WHERE workspace_id = ? ORDER BY position", workspace_id)

    def all(self) -> list[Model]:
        """Every model, oldest first."""
        return self._many("ORDER BY position")

    def find(self, model_id: str, workspace_id: str | None = None) -> Model | None:
        """One model; None also when another workspace owns it."""
        found = self._many("WHERE id = ?", model_id)
        if not found or workspace_id not in (None, found[0].workspace_id):
            return None
        return found[0]

    def get(self, model_id: str, workspace_id: str | None = None) -> Model:
        """One model. Raises NotFound also when another workspace owns it."""
        found = self.find(model_id, workspace_id)
        if found is None:
            raise NotFound("model not found")
        return found

    def field_ids(self, workspace_id: str) -> dict[tuple[str, str], str]:
        """The UUID of each field of a workspace's models, by model and name."""
        return {
            (model.id, field.name): field.id
            for model in self.of(workspace_id)
            for field in model.fields
        }

    def _many(self, where: str, *values: str) -> list[Model]:
        with self._database.transaction() as rows:
            query = f"SELECT document FROM models {where}"  # noqa: S608
            found = rows.execute(query, values).fetchall()
        return [model_from(json.loads(row["document"])) for row in found]

    def create(
        self, workspace_id: str, request: ModelRequest, actor: dict[str, str], behaviour: Behaviour
    ) -> Model:
        """Make a model over a connection that is healthy and whose schema is known."""
        made = self.preview(workspace_id, request, actor, behaviour)
        with self._database.transaction() as rows:
            rows.execute(
                "INSERT INTO models (id, workspace_id, document) VALUES (?, ?, ?)",
                (made.id, workspace_id, json.dumps(asdict(made))),
            )
        return made

    def preview(
        self, workspace_id: str, request: ModelRequest, actor: dict[str, str], behaviour: Behaviour
    ) -> Model:
        """The model that `create` would make. Nothing is kept."""
        now = self._clock.stamp()
        empty = Model(
            id=self._identifiers.uuid(),
            workspace_id=workspace_id,
            name="",
            type="",
            connection_id="",
            configuration={},
            fields=[],
            created_at=now,
            updated_at=now,
            created_by=actor,
        )
        return self._filled(empty, request, behaviour)

    def update(
        self, model_id: str, workspace_id: str, request: ModelRequest, behaviour: Behaviour
    ) -> Model:
        """Replace a model in full.

        Its version stays: the official Terraform provider takes a new one for a mistake.
        """
        before = self.get(model_id, workspace_id)
        changed = self._filled(before, request, behaviour)
        return self.store(replace(changed, updated_at=self._clock.stamp()))

    def _filled(self, model: Model, request: ModelRequest, behaviour: Behaviour) -> Model:
        self._check_name(model, request.name, behaviour)
        connection = self._connection(request.connection_id, model.workspace_id, "connection_id")
        catalog = source_catalog_for(
            self._schemas, connection, behaviour, Refusal(BadRequest, "connection_id")
        )
        # What the server itself adds, empty, is sent back by clients that read before they write.
        given = {
            key: value
            for key, value in request.configuration.items()
            if key not in _ADDED_EMPTY or value
        }
        check_configuration(catalog, given, "configuration")
        source = source_object(catalog, request.configuration)
        fields = self._fields(model, source, request, behaviour)
        self._check_references(request, source, [one.name for one in fields], model.workspace_id)
        enricher = request.enricher
        if enricher is not None and enricher.enricher_id is None:
            known = model.enricher.enricher_id if model.enricher else None
            enricher = replace(enricher, enricher_id=known or self._identifiers.uuid())
        return replace(
            model,
            name=request.name,
            type=connection.type,
            connection_id=connection.id,
            configuration=request.configuration,
            fields=fields,
            identifier=request.identifier or None,
            tracking_columns=request.tracking_columns,
            relations=request.relations,
            enricher=enricher,
            labels=self._labels(model.workspace_id, request.labels),
            policies=request.policies,
        )

    def _check_name(self, model: Model, name: str, behaviour: Behaviour) -> None:
        if not name.strip():
            raise BadRequest("name must not be empty", field="name")
        taken = behaviour.duplicate_names == "refuse" and any(
            one.name == name and one.id != model.id for one in self.of(model.workspace_id)
        )
        if taken:
            raise BadRequest("a model with this name already exists", field="name")

    def _connection(self, connection_id: str, workspace_id: str, field: str) -> Connection:
        try:
            return self._connections.get(connection_id, workspace_id)
        except NotFound as missing:
            raise BadRequest(missing.message, field=field) from None

    def _fields(
        self, model: Model, source: CatalogObject, request: ModelRequest, behaviour: Behaviour
    ) -> list[ModelField]:
        chosen = list(source.fields) if request.fields is None else request.fields
        if behaviour.duplicate_fields == "once":
            chosen = list(dict.fromkeys(chosen))
        now = self._clock.stamp()
        made: dict[str, ModelField] = {}
        for position, name in enumerate(chosen):
            found = source.fields.get(name)
            if found is None:
                raise _unknown_field(f"fields[{position}]", name, source, list(source.fields))
            made[name] = ModelField(
                id=field_id(model, name),
                name=name,
                label=found.name,
                type=found.type,
                remote_type=found.source_type,
                created_at=now,
                updated_at=now,
                unique=found.unique,
            )
        for position, added in enumerate(request.additional_fields):
            field = f"additional_fields[{position}].name"
            if added.name in made or added.name in source.fields:
                raise BadRequest(f"{field}: there is a field {added.name!r} already", field=field)
            made[added.name] = ModelField(
                id=field_id(model, added.name),
                name=added.name,
                label=added.label,
                type=added.type,
                remote_type=added.type,
                created_at=now,
                updated_at=now,
                example=added.example,
                user_added=True,
            )
        added_fields = [made[one.name] for one in request.additional_fields]
        before = {one.name: one for one in model.fields}
        return [
            replace(one, created_at=before[one.name].created_at) if one.name in before else one
            for one in (*(made[name] for name in chosen), *added_fields)
        ]

    def _check_references(
        self, request: ModelRequest, source: CatalogObject, names: list[str], workspace_id: str
    ) -> None:
        known = list(dict.fromkeys([*source.fields, *names]))
        if request.identifier and request.identifier not in known:
            raise _unknown_field("identifier", request.identifier, source, known)
        for position, column in enumerate(request.tracking_columns):
            if column not in known:
                raise _unknown_field(f"tracking_columns[{position}]", column, source, known)
        for position, relation in enumerate(request.relations):
            field = f"relations[{position}]"
            if relation.source not in known:
                raise _unknown_field(f"{field}.from", relation.source, source, known)
            other = self.find(relation.model_id, workspace_id)
            if other is None:
                raise BadRequest(f"{field}.to.model_id: model not found", field=f"{field}.to")
            if relation.field not in other.field_names():
                raise BadRequest(
                    f'{field}.to.field: model "{other.name}" has no field {relation.field!r}',
                    field=f"{field}.to.field",
                    known_values=other.field_names(),
                )
        if request.enricher is not None:
            self._connection(request.enricher.connection_id, workspace_id, "enricher.connection_id")

    def _labels(self, workspace_id: str, asked: list[str]) -> list[Label]:
        """A label is named, or referred to by its id."""
        known = {label.id: label for one in self.of(workspace_id) for label in one.labels}
        return [
            known.get(text)
            or Label(str(uuid.uuid5(uuid.NAMESPACE_OID, f"{workspace_id}/{text}")), text)
            for text in asked
        ]

    def store(self, model: Model) -> Model:
        """Write a model as it is, without any rule."""
        with self._database.transaction() as rows:
            rows.execute(
                "UPDATE models SET document = ? WHERE id = ?",
                (json.dumps(asdict(model)), model.id),
            )
        return model

    def delete(self, model_id: str, workspace_id: str, behaviour: Behaviour) -> None:
        """Delete a model; the syncs that use it are broken, or keep it, as told."""
        self.get(model_id, workspace_id)
        users = self._usage.of_model(model_id)
        if users and behaviour.used_model_delete == "refuse":
            raise Unprocessable("model in use", used_by=[user.used_by() for user in users])
        self.remove(model_id)

    def remove(self, model_id: str) -> None:
        """Forget a model, without any rule."""
        with self._database.transaction() as rows:
            rows.execute("DELETE FROM models WHERE id = ?", (model_id,))


def field_id(model: Model, name: str) -> str:
    """The UUID of a field of this name."""
    return str(uuid.uuid5(uuid.UUID(model.id), name))


def _unknown_field(field: str, name: str, source: CatalogObject, known: list[str]) -> BadRequest:
    return BadRequest(
        f"{field}: {source.id} has no field {name!r}", field=field, known_values=known
    )
