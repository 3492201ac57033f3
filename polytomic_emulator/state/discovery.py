"""What a connection offers to models and syncs: its catalog, if it can be looked at now."""

from dataclasses import dataclass

from polytomic_emulator.errors import ApiError, BadRequest, NotFound
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.catalogs import (
    Catalog,
    CatalogObject,
    Creation,
    CreationProperty,
)
from polytomic_emulator.state.connection import HEALTHY, Connection
from polytomic_emulator.state.queries import QueryError, selected_object
from polytomic_emulator.state.schema_caches import SchemaCaches

STREAM = "stream_id"
"""The selector that the guide uses for every service, whatever the service itself calls it."""
QUERY = "query"


@dataclass(frozen=True)
class Refusal:
    """With which error a request that cannot use a connection is refused."""

    error: type[ApiError] = BadRequest
    field: str | None = None

    def about(self, connection: Connection) -> dict[str, str]:
        """What the metadata of the error says."""
        about = {"connection_id": connection.id}
        return about | {"field": self.field} if self.field else about


def catalog_for(
    schemas: SchemaCaches,
    connection: Connection,
    behaviour: Behaviour,
    refusal: Refusal | None = None,
) -> Catalog:
    """The connection's catalog. Refused while it is not healthy, or its cache was never ready."""
    refusal = refusal or Refusal()
    check_healthy(connection, refusal)
    cache = schemas.look(connection.id, behaviour)
    if behaviour.unready_cache == "refuse" and (cache is None or not cache.populated):
        raise refusal.error(
            f'cache refresh in progress for connection "{connection.name}"',
            **refusal.about(connection),
        )
    return schemas.service.known(connection)


def check_healthy(connection: Connection, refusal: Refusal | None = None) -> None:
    """Refuse what needs a connection that is healthy."""
    refusal = refusal or Refusal()
    if connection.status != HEALTHY:
        reason = f": {connection.status_error}" if connection.status_error else ""
        raise refusal.error(
            f'connection "{connection.name}" is {connection.status}{reason}',
            connection_status=connection.status,
            **refusal.about(connection),
        )


def source_catalog_for(
    schemas: SchemaCaches,
    connection: Connection,
    behaviour: Behaviour,
    refusal: Refusal | None = None,
) -> Catalog:
    """As `catalog_for`, with the fields that users defined or renamed."""
    catalog = catalog_for(schemas, connection, behaviour, refusal)
    return schemas.changes.applied(connection.id, catalog)


@dataclass(frozen=True)
class Choices:
    """What a model's configuration can have. open: keys of which one is still to be chosen."""

    items: dict[str, list[str]]
    open: list[str]


def source_choices(catalog: Catalog, chosen: dict[str, object]) -> Choices:
    """What is left to choose after `chosen`. Raises BadRequest for what cannot be chosen.

    `schema` narrows the tables of a service that has schemas.
    """
    check_configuration(catalog, chosen, "params", ("schema",) if catalog.namespace else ())
    schema = chosen.pop("schema", None)
    objects = [one for one in catalog.objects if schema is None or one.startswith(f"{schema}.")]
    if not chosen.keys() - set(catalog.options):
        items = {key: [] if key == QUERY else objects for key in catalog.selectors}
        return Choices(items, list(catalog.selectors))
    found = source_object(catalog, chosen)
    if chosen.get(QUERY):
        return Choices({QUERY: []}, [])
    selector = next(key for key in catalog.selectors if key != QUERY)
    return Choices({selector: [found.id]}, [])


def check_configuration(
    catalog: Catalog, configuration: dict[str, object], path: str, more: tuple[str, ...] = ()
) -> None:
    """Raise BadRequest for a key of a model's configuration that the service does not have."""
    known = [*_selectors(catalog), *catalog.options, *more]
    for key in configuration:
        if key not in known:
            field = f"{path}[{key}]" if path == "params" else f"{path}.{key}"
            raise BadRequest(f"{field} is not known", field=field, known_values=known)


def _selectors(catalog: Catalog) -> list[str]:
    return list(dict.fromkeys([*catalog.selectors, STREAM, "table"]))


def source_object(catalog: Catalog, configuration: dict[str, object]) -> CatalogObject:
    """What a model configuration reads. Raises BadRequest, naming the known values."""
    known = _selectors(catalog)
    chosen = {key: configuration[key] for key in known if configuration.get(key) not in (None, "")}
    if len(chosen) != 1:
        raise BadRequest(
            f"exactly one of {', '.join(catalog.selectors)} is required in configuration",
            field="configuration",
            requires_one_of=list(catalog.selectors),
        )
    ((key, value),) = chosen.items()
    field = f"configuration.{key}"
    if not isinstance(value, str):
        raise BadRequest(f"{field} must be a string", field=field)
    if key == QUERY:
        try:
            return selected_object(value, catalog)
        except QueryError as error:
            raise error.refusal(field) from None
    found = catalog.find(value)
    if found is None:
        raise BadRequest(
            f"{field}: there is no object {value!r}",
            field=field,
            known_values=list(catalog.objects),
        )
    return found


def target_object(
    catalog: Catalog, object_id: str, created: list[str], refusal: Refusal
) -> CatalogObject:
    """An existing target. `created`: ids of the targets that earlier syncs made."""
    found = catalog.find(object_id)
    if found is not None:
        return found
    if object_id in created:
        return CatalogObject(object_id, object_id, {}, open=True)
    raise refusal.error(
        f"there is no target object {object_id!r}",
        field=refusal.field,
        known_values=[*catalog.objects, *created],
    )


def new_target(catalog: Catalog, create: dict[str, str], refusal: Refusal) -> CatalogObject:
    """A target that a sync is to create, from `target_creation.properties`."""
    creation = creation_of(catalog, refusal)
    for known in creation.properties:
        field = f"{refusal.field}.{known.id}"
        if not create.get(known.id):
            raise refusal.error(f"{field} is required to create a target", field=field)
        allowed = [one["value"] for one in known.values]
        if allowed and create[known.id] not in allowed:
            raise refusal.error(
                f"{field} must be one of {', '.join(allowed)}", field=field, known_values=allowed
            )
    unknown = [key for key in create if key not in {one.id for one in creation.properties}]
    if unknown:
        raise refusal.error(
            f"{refusal.field}.{unknown[0]} is not known",
            field=f"{refusal.field}.{unknown[0]}",
            known_values=[one.id for one in creation.properties],
        )
    object_id = creation.object.format(**create)
    return CatalogObject(object_id, object_id, {}, open=True)


def creation_of(catalog: Catalog, refusal: Refusal) -> Creation:
    """How targets are created. Refused where they cannot be."""
    if catalog.creation is None:
        about = {"field": refusal.field} if refusal.field else {}
        raise refusal.error("this connection does not support creating targets", **about)
    return catalog.creation


def creation_property(catalog: Catalog, property_id: str) -> CreationProperty:
    """One property of a new target. Raises NotFound."""
    known = creation_of(catalog, Refusal(NotFound)).properties
    found = next((one for one in known if one.id == property_id), None)
    if found is None:
        raise NotFound("target property not found", known_values=[one.id for one in known])
    return found
