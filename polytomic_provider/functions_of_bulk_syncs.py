"""Looks up bulk syncs, and what connections offer to them, from inside a program.

Like the functions about connections, each comes twice: plain, answering at once, and with
`_output`, taking values that are not known yet. `organization_id` names another workspace, for
partner and deployment keys. Each raises RunError, with the reason and the way out.
"""

from typing import Any

import pulumi

from polytomic_provider.api import Polytomic
from polytomic_provider.api.lookup import find_one
from polytomic_provider.asking import ask, later, plain


def get_bulk_syncs(*, organization_id: str | None = None) -> list[dict[str, Any]]:
    """Every bulk sync of a workspace, without schemas.

        pulumi.export("copies", [one["name"] for one in get_bulk_syncs()])

    Source: `GET /api/bulk/syncs`.
    """

    def look(api: Polytomic) -> list[dict[str, Any]]:
        found = api.bulk_syncs.list().data
        return [one.model_dump(mode="json", exclude={"schemas"}) for one in found]

    return ask(look, organization_id)


def get_bulk_sync(id_or_name: str, *, organization_id: str | None = None) -> dict[str, Any]:
    """A bulk sync by its id or its exact name, with the ids of the `schemas` that it copies.

        copies = get_bulk_sync("CRM to warehouse")
        pulumi.export("objects", copies["schemas"])

    Args:
        id_or_name: Id of the bulk sync, or its exact name.
        organization_id: Workspace, for partner and deployment keys.

    Source: `GET /api/bulk/syncs`, `GET /api/bulk/syncs/{id}/schemas`.
    """

    def look(api: Polytomic) -> dict[str, Any]:
        everything = api.bulk_syncs.list().data
        found = find_one("bulk sync", everything, id_or_name, lambda one: one.name)
        copied = [one.id for one in api.bulk_syncs.schemas(found.id).data if one.enabled]
        return {**found.model_dump(mode="json"), "schemas": copied}

    return ask(look, organization_id)


def get_bulk_source(connection_id: str, *, organization_id: str | None = None) -> dict[str, Any]:
    """What can be copied out of a connection: its `schemas` with all fields, configuration keys.

        source = get_bulk_source("248d...")
        pulumi.export("objects", [one["id"] for one in source["schemas"]])

    Args:
        connection_id: Id of the connection, whose schema cache must be ready.
        organization_id: Workspace, for partner and deployment keys.

    Source: `GET /api/connections/{id}/bulksync/source`.
    """
    return ask(lambda api: plain(api.bulk_syncs.source(connection_id)), organization_id)


def get_bulk_destination(
    connection_id: str, *, organization_id: str | None = None
) -> dict[str, Any]:
    """What a connection takes as destination: `modes`, configuration keys, histories.

        destination = get_bulk_destination(get_connection("warehouse")["id"])
        pulumi.export("keys", list(destination["configuration"]))

    Args:
        connection_id: Id of the connection.
        organization_id: Workspace, for partner and deployment keys.

    Source: `GET /api/connections/{id}/bulksync/target`.
    """
    return ask(lambda api: plain(api.bulk_syncs.destination(connection_id)), organization_id)


def get_bulk_syncs_output(
    *, organization_id: pulumi.Input[str] | None = None
) -> pulumi.Output[list[dict[str, Any]]]:
    """`get_bulk_syncs` for a workspace that may not exist yet."""
    return later(get_bulk_syncs, organization_id=organization_id)


def get_bulk_sync_output(
    id_or_name: pulumi.Input[str], *, organization_id: pulumi.Input[str] | None = None
) -> pulumi.Output[dict[str, Any]]:
    """`get_bulk_sync` for an id or a name that may not be known yet."""
    return later(get_bulk_sync, id_or_name, organization_id=organization_id)


def get_bulk_source_output(
    connection_id: pulumi.Input[str], *, organization_id: pulumi.Input[str] | None = None
) -> pulumi.Output[dict[str, Any]]:
    """`get_bulk_source` for a connection that may not exist yet."""
    return later(get_bulk_source, connection_id, organization_id=organization_id)


def get_bulk_destination_output(
    connection_id: pulumi.Input[str], *, organization_id: pulumi.Input[str] | None = None
) -> pulumi.Output[dict[str, Any]]:
    """`get_bulk_destination` for a connection that may not exist yet."""
    return later(get_bulk_destination, connection_id, organization_id=organization_id)
