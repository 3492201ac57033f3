"""What one run reads of connections and their schemas: each thing once, shared by all who ask."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from polytomic_provider.api import (
    APIError,
    BadRequest,
    NotFound,
    Polytomic,
    PolytomicError,
    SingleFlight,
    Unprocessable,
)
from polytomic_provider.api.http.operation import within
from polytomic_provider.api.http.settings import Settings
from polytomic_provider.api.wire.connection import ConnectionReply
from polytomic_provider.facts import connection_types
from polytomic_provider.facts.connection_types import ConnectionType, from_schema
from polytomic_provider.live import replies
from polytomic_provider.live.not_checked import NotChecked, Refused, reason_of
from polytomic_provider.live.samples import Samples
from polytomic_provider.validation.bulk_ends import BulkEnd
from polytomic_provider.validation.schemas import Source, SourceField, Target

if TYPE_CHECKING:
    from polytomic_provider.api.wire.model import ModelReply
    from polytomic_provider.api.wire.target import TargetObjects

T = TypeVar("T")

PATIENCE_SECONDS = 30.0
"""How long one question may take, retries included; never more than the operation has left."""


FEW_MODELS = 2
"""So many models are asked for one by one; a list has all of them, whose they may be."""

REFUSALS = (400, 404, 422)
"""How Polytomic answers a question about something that cannot be."""

SELECTORS = ("table", "object", "stream_id")
"""The names under which services offer the objects that a model can read."""


class Schemas:
    """The live schemas of one workspace; threads may share it.

    Args:
        polytomic: The client that acts in the workspace.
        of_one_moment: What could not be read stays so, as a preview needs it; else it is tried
            again for the next who asks, as a deployment needs it, where caches get ready.
    """

    def __init__(self, polytomic: Polytomic, *, of_one_moment: bool) -> None:
        self._polytomic = polytomic
        self._of_one_moment = of_one_moment
        self._once = SingleFlight("the schema", keep_failures=of_one_moment)
        self._lock = threading.Lock()
        self._asked_models: set[str] = set()
        self._added: dict[str, dict[str, dict[str, None]]] = {}
        """The fields that the program adds, by connection and object."""
        """By connection: the object and the id of each field that the program adds."""
        self.samples = Samples(polytomic)

    @property
    def settings(self) -> Settings:
        """Where and as whom they are asked for."""
        return self._polytomic.settings

    def connection_type(self, type_id: str) -> ConnectionType | None:
        """A connection type as it is today; None for one that there is not.

        Source: `GET /api/connection_types/{id}`.
        """
        packaged = connection_types.get(type_id)

        def ask() -> ConnectionType | None:
            try:
                schema = self._polytomic.connection_types.schema(type_id).data
            except NotFound:
                return None
            name = packaged.name if packaged else type_id
            return from_schema(type_id, name, packaged.use_oauth if packaged else True, schema)

        return self._read(("type", type_id), ask)

    def connections(self) -> Mapping[str, ConnectionReply]:
        """Every connection by its id (`GET /api/connections`)."""

        def ask() -> Mapping[str, ConnectionReply]:
            found = self._polytomic.connections.list().data
            return {one.id: one for one in found}

        return self._read("connections", ask)

    def healthy(self, connection_id: str) -> ConnectionReply:
        """A connection that can be asked what it has.

        Raises NotChecked where it is gone or not healthy.
        """

        def ask() -> ConnectionReply:
            found = self._connection(connection_id)
            if not found.healthy:
                reason = found.status_error or found.status or "it waits for consent"
                raise NotChecked(f"connection {found.name!r} is not healthy: {reason.rstrip('.')}")
            return found

        return self._read(("healthy", connection_id), ask)

    def usable(self, connection_id: str) -> ConnectionReply:
        """A healthy connection whose schema cache is ready, so that what it lacks is not there.

        A schema that shows all that is looked for needs no such question.
        Raises NotChecked. Source: `GET /api/connections/{id}/schemas/status`.
        """
        connection = self.healthy(connection_id)

        def ask() -> ConnectionReply:
            if not self._polytomic.schemas.status(connection_id).data.ready:
                name = connection.name
                raise NotChecked(f"the schema cache of connection {name!r} is not ready yet")
            return connection

        return self._read(("usable", connection_id), ask)

    def _connection(self, connection_id: str) -> ConnectionReply:
        """From the list; in a deployment, which makes connections, by itself."""
        if self._of_one_moment:
            found = self.connections().get(connection_id)
            if found is not None:
                return found
        else:
            kept = self.connection_in_hand(connection_id)
            if kept is not None:
                return kept
            try:
                return self._polytomic.connections.get(connection_id).data
            except NotFound:
                pass
        raise NotChecked(f"there is no connection {connection_id}")

    def connection_in_hand(self, connection_id: str) -> ConnectionReply | None:
        """A healthy connection from the reply that made or changed it in this run."""
        kept = self._once.kept(("connection", connection_id))
        return kept if isinstance(kept, ConnectionReply) and kept.healthy else None

    def keep_connection(self, connection: ConnectionReply, *, ready: bool = False) -> None:
        """Keep a connection from a reply; `ready`: its schema cache was ready."""
        self._once.keep(("connection", connection.id), connection)
        if ready:
            self._once.keep(("healthy", connection.id), connection)
            self._once.keep(("usable", connection.id), connection)

    def source(self, connection_id: str, configuration: Mapping[str, Any]) -> Source | None:
        """What a model's configuration reads; None where the source does not have it.

        It has the fields that the program adds to the object, too.

        Source: `GET /api/connections/{id}/modelsync/source/fields`.
        """
        connection = self.healthy(connection_id)
        chosen = selection(configuration)
        label = replies.source_label(connection, chosen)

        def ask() -> Source | None:
            try:
                fields = self._polytomic.sources.fields(connection_id, params=chosen).data
            except APIError:
                self.usable(connection_id)
                if self.absent_choice(connection_id, chosen) is None:
                    raise
                return None
            return replies.source(label, fields)

        try:
            found = self._read(("source", connection_id, tuple(sorted(chosen.items()))), ask)
        except Refused as answer:
            if self._reads_an_added_field(connection_id, chosen.get("query", "")):
                text = "the query reads a field that the program adds, which is not there yet"
                raise NotChecked(text) from answer
            raise
        selected = next((chosen[key] for key in SELECTORS if key in chosen), None)
        added = {} if selected is None else self.added_to(connection_id, selected)
        if found is None or not added:
            return found
        fields = {name: SourceField(name) for name in added}
        return replace(found, fields={**fields, **found.fields})

    def absent_choice(
        self, connection_id: str, chosen: Mapping[str, str]
    ) -> tuple[str, list[str]] | None:
        """The key whose value the source does not offer, with the values that it does.

        None where it offers them all, or does not list them.
        Source: `GET /api/connections/{id}/modelsync/source`.
        """

        def ask() -> dict[str, list[str]]:
            reply = self._polytomic.sources.get(connection_id)
            return replies.choices(reply.data)

        offered = self._read(("choices", connection_id), ask)
        listed = [values for key, values in offered.items() if key in SELECTORS]
        for key, value in chosen.items():
            known = offered.get(key)
            if known is None and key in SELECTORS and len(listed) == 1:
                known = listed[0]
            if known and value not in known and not _without_namespace(value, known):
                return key, known
        return None

    def source_keys(self, connection_id: str) -> list[str]:
        """The keys that the configuration of a model over a connection can have.

        Empty where the server does not say. Source: `GET /api/connections/{id}/modelsync/source`.
        """

        def ask() -> list[str]:
            found = self._polytomic.sources.get(connection_id).data
            return list(found.configuration or {})

        return self._read(("keys", connection_id), ask)

    def target(self, connection_id: str, object_id: str) -> Target | None:
        """An object that syncs write to; None where the connection does not have it.

        Source: `GET /api/connections/{id}/modelsync/target/fields`.
        """
        connection = self.healthy(connection_id)

        def ask() -> Target | None:
            try:
                found = self._polytomic.targets.fields(connection_id, target=object_id).data
            except APIError:
                self.usable(connection_id)
                known = self.target_objects(connection_id)
                if object_id in known or _without_namespace(object_id, known):
                    raise
                return None
            return replies.target(connection, object_id, found)

        return self._read(("target", connection_id, object_id), ask)

    def target_objects(self, connection_id: str) -> list[str]:
        """The ids of all objects that syncs can write to."""
        return [one.id for one in self._targets(connection_id).objects if one.id]

    def target_creation(self, connection_id: str) -> list[str] | None:
        """The properties of an object that a sync makes; empty where it can make none.

        None where the server does not say.
        """
        creation = self._targets(connection_id).target_creation
        if creation is None or creation.supported is None:
            return None
        listed = creation.properties or () if creation.supported else ()
        return [one.id for one in listed if one.id]

    def _targets(self, connection_id: str) -> TargetObjects:
        """Source: `GET /api/connections/{id}/modelsync/targetobjects`."""

        def ask() -> TargetObjects:
            return self._polytomic.targets.objects(connection_id).data

        return self._read(("targets", connection_id), ask)

    def bulk_source(self, connection_id: str) -> BulkEnd:
        """A connection as the source of bulk syncs.

        Source: `GET /api/connections/{id}/bulksync/source`.
        """
        connection = self.usable(connection_id)

        def ask() -> BulkEnd:
            found = self._polytomic.bulk_syncs.source(connection_id).data
            return replies.bulk_source(connection, found)

        found = self._read(("bulk source", connection_id), ask)
        if connection_id not in self._added:
            return found
        objects = {
            id_: replace(one, fields={**self.added_to(connection_id, id_), **one.fields})
            for id_, one in found.objects.items()
            if one.fields
        }
        return replace(found, objects={**found.objects, **objects})

    def bulk_destination(self, connection_id: str) -> BulkEnd:
        """A connection as the destination of bulk syncs.

        Source: `GET /api/connections/{id}/bulksync/target`.
        """

        def ask() -> BulkEnd:
            connection = self._connection(connection_id)
            found = self._polytomic.bulk_syncs.destination(connection_id).data
            return replies.bulk_destination(connection, found)

        return self._read(("bulk destination", connection_id), ask)

    def copied_by(self, bulk_sync_id: str) -> list[str]:
        """The ids of the schemas that a bulk sync copies.

        Raises NotChecked where it is gone. Source: `GET /api/bulk/syncs/{id}/schemas`.
        """

        def ask() -> list[str]:
            try:
                found = self._polytomic.bulk_syncs.schemas(bulk_sync_id).data
            except NotFound:
                raise NotChecked(f"there is no bulk sync {bulk_sync_id}") from None
            return [one.id for one in found if one.enabled and one.id]

        return self._read(("copied", bulk_sync_id), ask)

    def fields_of(self, connection_id: str, schema_id: str) -> list[str] | None:
        """The ids of the fields of an object of a connection; None where there is no such object.

        `added_to` gives those that the program adds.
        Source: `GET /api/connections/{id}/schemas/{schema_id}`.
        """
        self.usable(connection_id)

        def ask() -> list[str] | None:
            try:
                return self._polytomic.primary_keys(connection_id, schema_id).get().data.known
            except NotFound:
                return None

        return self._read(("fields", connection_id, schema_id), ask)

    def note_field(self, connection_id: str, schema_id: str, field_id: str) -> None:
        """Note that the program adds a field, which what is read of the schema may lack."""
        with self._lock:
            objects = self._added.setdefault(connection_id, {})
            objects.setdefault(schema_id, {})[field_id] = None

    def added_to(self, connection_id: str, object_id: str) -> dict[str, None]:
        """Return the ids of the fields that the program adds to an object, as noted so far."""
        with self._lock:
            return {
                field_id: None
                for schema_id, fields in self._added.get(connection_id, {}).items()
                if schema_id == object_id
                or _without_namespace(schema_id, [object_id])
                or _without_namespace(object_id, [schema_id])
                for field_id in fields
            }

    def _reads_an_added_field(self, connection_id: str, query: str) -> bool:
        """Return whether a query names a field that the program adds to the connection."""
        text = query.casefold()
        with self._lock:
            objects = self._added.get(connection_id, {}).values()
            return any(field_id.casefold() in text for fields in objects for field_id in fields)

    def model(self, model_id: str) -> ModelReply:
        """Return a model as Polytomic has it (`GET /api/models/{id}`).

        Raises NotChecked where it is gone.
        """

        def ask() -> ModelReply:
            if self._many_models(model_id):
                with suppress(NotChecked):  # who may read one model need not be shown them all
                    listed = self._models().get(model_id)
                    if listed is not None:
                        return listed
            try:
                return self._polytomic.models.get(model_id).data
            except NotFound:
                raise NotChecked(f"there is no model {model_id}") from None

        return self._read(("model", model_id), ask)

    def _many_models(self, model_id: str) -> bool:
        """Return whether a preview has asked for so many models that one list costs less."""
        with self._lock:
            self._asked_models.add(model_id)
            return self._of_one_moment and len(self._asked_models) > FEW_MODELS

    def _models(self) -> Mapping[str, ModelReply]:
        """Every model by its id (`GET /api/models`)."""

        def ask() -> Mapping[str, ModelReply]:
            return {one.id: one for one in self._polytomic.models.list().data}

        return self._read("models", ask)

    def keep_model(self, model: ModelReply) -> None:
        """Keep a model from the reply to its creation or update, so that no GET is needed."""
        self._once.keep(("model", model.id), model)

    def unless_there(self, noun: str, id_: str) -> Mapping[str, str] | None:
        """Return None if an object exists; else the names of all objects of its kind by id.

        `noun` is `connection`, `model` or `sync`. A reply counts only if the key is for the
        workspace that the settings name: elsewhere every object reads as missing.
        """
        routes = self._polytomic.collection(noun)

        def everything() -> Mapping[str, str]:
            self._polytomic.workspace.organization_id()
            found = routes.list().data
            return {one.id: one.name or "" for one in found}

        def ask() -> Mapping[str, str] | None:
            try:
                found = routes.get(id_).data
            except (BadRequest, NotFound, Unprocessable):
                existing = everything()
                return None if id_ in existing else existing
            if noun == "model":
                self.keep_model(found)
            return None

        if noun == "connection" and self._of_one_moment and id_ in self.connections():
            return None
        return self._read(("there", noun, id_), ask)

    def schedules_after(self) -> Mapping[str, list[str]]:
        """For each sync that runs after others, their ids (`GET /api/syncs`)."""

        def ask() -> Mapping[str, list[str]]:
            return replies.run_after(self._polytomic.syncs.list().data)

        return self._read("syncs", ask)

    def _read(self, key: object, question: Callable[[], T]) -> T:
        try:
            with within(PATIENCE_SECONDS):
                return self._once.ask(key, question)
        except PolytomicError as error:
            refused = isinstance(error, APIError) and error.status in REFUSALS
            raise (Refused if refused else NotChecked)(reason_of(error)) from error


def selection(configuration: Mapping[str, Any]) -> dict[str, str]:
    """The part of a model's configuration that chooses what to read, as discovery takes it."""
    return {k: v for k, v in configuration.items() if isinstance(v, str) and v}


def _without_namespace(name: str, known: list[str]) -> bool:
    """Whether one of `known` is `name` with a schema before it, such as `public.`."""
    return any(one.endswith(f".{name}") for one in known)
