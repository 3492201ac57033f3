"""Looks up bulk syncs, and what connections offer to them, from inside a program.

Like the functions about connections, each comes twice: plain, answering at once, and with
`_output`, taking values that are not known yet. `organization_id` names another workspace, for
partner and deployment keys; `account` an account of the configuration. Each raises RunError, with
the reason and the way out.
"""

from typing import Any

import pulumi

from polytomic_provider.api import Polytomic, Workspace
from polytomic_provider.api.lookup import find_one
from polytomic_provider.api.wire.bulk_sync import BulkSyncReply
from polytomic_provider.asking import ask, later, plain, plains


def get_bulk_syncs(
    *, organization_id: str | None = None, account: str | None = None
) -> list[dict[str, Any]]:
    """Every bulk sync of a workspace, without schemas.

        pulumi.export("copies", [one["name"] for one in get_bulk_syncs()])

    Source: `GET /api/bulk/syncs`.
    """

    def look(api: Polytomic) -> list[dict[str, Any]]:
        found = api.bulk_syncs.list().data
        return [one.model_dump(mode="json", exclude={"schemas"}) for one in found]

    return ask(look, Workspace(account, organization_id))


def get_bulk_sync(
    id_or_name: str, *, organization_id: str | None = None, account: str | None = None
) -> dict[str, Any]:
    """A bulk sync by its id or its exact name, with the ids of the `schemas` that it copies.

        copies = get_bulk_sync("CRM to warehouse")
        pulumi.export("objects", copies["schemas"])

    Args:
        id_or_name: Id of the bulk sync, or its exact name.
        organization_id: Workspace, for partner and deployment keys.
        account: Account of the configuration.

    Source: `GET /api/bulk/syncs`, `GET /api/bulk/syncs/{id}/schemas`.
    """

    def look(api: Polytomic) -> dict[str, Any]:
        found = _found(api, id_or_name)
        copied = [one.id for one in api.bulk_syncs.schemas(found.id).data if one.enabled]
        return {**found.model_dump(mode="json"), "schemas": copied}

    return ask(look, Workspace(account, organization_id))


def get_bulk_sync_executions(
    id_or_name: str, *, organization_id: str | None = None, account: str | None = None
) -> list[dict[str, Any]]:
    """The newest executions of a bulk sync, the newest first: status, counts, errors, `schemas`.

        last = get_bulk_sync_executions("CRM to warehouse")[:1]
        pulumi.export("rows", [one["counts"]["total"] for one in last])

    Args:
        id_or_name: Id of the bulk sync, or its exact name.
        organization_id: Workspace, for partner and deployment keys.
        account: Account of the configuration.

    Source: `GET /api/bulk/syncs/{id}/executions`.
    """

    def look(api: Polytomic) -> list[dict[str, Any]]:
        return plains(api.bulk_executions_of(_found(api, id_or_name).id).recent())

    return ask(look, Workspace(account, organization_id))


def get_bulk_sync_execution(
    id_or_name: str,
    execution_id: str,
    *,
    organization_id: str | None = None,
    account: str | None = None,
) -> dict[str, Any]:
    """One execution of a bulk sync: status, counts and errors, of each of its `schemas` too.

        run = get_bulk_sync_execution("CRM to warehouse", "248d...")
        pulumi.export("copied", [one["schema_id"] for one in run["schemas"]])

    Args:
        id_or_name: Id of the bulk sync, or its exact name.
        execution_id: Id of the execution.
        organization_id: Workspace, for partner and deployment keys.
        account: Account of the configuration.

    Source: `GET /api/bulk/syncs/{id}/executions/{id}`.
    """

    def look(api: Polytomic) -> dict[str, Any]:
        return plain(api.bulk_executions_of(_found(api, id_or_name).id).get(execution_id))

    return ask(look, Workspace(account, organization_id))


def get_bulk_source(
    connection_id: str, *, organization_id: str | None = None, account: str | None = None
) -> dict[str, Any]:
    """What can be copied out of a connection: its `schemas` with all fields, configuration keys.

        source = get_bulk_source("248d...")
        pulumi.export("objects", [one["id"] for one in source["schemas"]])

    Args:
        connection_id: Id of the connection, whose schema cache must be ready.
        organization_id: Workspace, for partner and deployment keys.
        account: Account of the configuration.

    Source: `GET /api/connections/{id}/bulksync/source`.
    """
    return ask(
        lambda api: plain(api.bulk_syncs.source(connection_id)), Workspace(account, organization_id)
    )


def get_bulk_destination(
    connection_id: str, *, organization_id: str | None = None, account: str | None = None
) -> dict[str, Any]:
    """What a connection takes as destination: `modes`, configuration keys, histories.

        destination = get_bulk_destination(get_connection("warehouse")["id"])
        pulumi.export("keys", list(destination["configuration"]))

    Args:
        connection_id: Id of the connection.
        organization_id: Workspace, for partner and deployment keys.
        account: Account of the configuration.

    Source: `GET /api/connections/{id}/bulksync/target`.
    """
    return ask(
        lambda api: plain(api.bulk_syncs.destination(connection_id)),
        Workspace(account, organization_id),
    )


def get_bulk_syncs_output(
    *, organization_id: pulumi.Input[str] | None = None, account: str | None = None
) -> pulumi.Output[list[dict[str, Any]]]:
    """`get_bulk_syncs` for a workspace that may not exist yet."""
    return later(get_bulk_syncs, organization_id=organization_id, account=account)


def get_bulk_sync_output(
    id_or_name: pulumi.Input[str],
    *,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[dict[str, Any]]:
    """`get_bulk_sync` for an id or a name that may not be known yet."""
    return later(get_bulk_sync, id_or_name, organization_id=organization_id, account=account)


def get_bulk_sync_executions_output(
    id_or_name: pulumi.Input[str],
    *,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[list[dict[str, Any]]]:
    """`get_bulk_sync_executions` for a bulk sync that may not exist yet."""
    return later(
        get_bulk_sync_executions, id_or_name, organization_id=organization_id, account=account
    )


def get_bulk_sync_execution_output(
    id_or_name: pulumi.Input[str],
    execution_id: pulumi.Input[str],
    *,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[dict[str, Any]]:
    """`get_bulk_sync_execution` for an execution that may not exist yet."""
    return later(
        get_bulk_sync_execution,
        id_or_name,
        execution_id,
        organization_id=organization_id,
        account=account,
    )


def get_bulk_source_output(
    connection_id: pulumi.Input[str],
    *,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[dict[str, Any]]:
    """`get_bulk_source` for a connection that may not exist yet."""
    return later(get_bulk_source, connection_id, organization_id=organization_id, account=account)


def get_bulk_destination_output(
    connection_id: pulumi.Input[str],
    *,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[dict[str, Any]]:
    """`get_bulk_destination` for a connection that may not exist yet."""
    return later(
        get_bulk_destination, connection_id, organization_id=organization_id, account=account
    )


def _found(api: Polytomic, id_or_name: str) -> BulkSyncReply:
    there = api.bulk_syncs.list().data
    return find_one("bulk sync", there, id_or_name, lambda one: one.name)
