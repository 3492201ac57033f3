"""Looks up the executions of syncs and the rows of models and queries from inside a program.

Like the functions about connections, each comes twice: plain, answering at once, and with
`_output`, taking values that are not known yet. `organization_id` names another workspace, for
partner and deployment keys; `account` an account of the configuration. Each raises RunError, with
the reason and the way out.
"""

from typing import Any

import pulumi

from polytomic_provider.api import Polytomic, Workspace
from polytomic_provider.api.lookup import find_one
from polytomic_provider.asking import ask, later, plain, plains


def get_sync_executions(
    id_or_name: str, *, organization_id: str | None = None, account: str | None = None
) -> list[dict[str, Any]]:
    """The newest executions of a sync, the newest first: status, counts and errors.

        last = get_sync_executions("Contacts to leads")[:1]
        pulumi.export("last", [one["status"] for one in last])

    Args:
        id_or_name: Id of the sync, or its exact name.
        organization_id: Workspace, for partner and deployment keys.
        account: Account of the configuration.

    Source: `GET /api/syncs/{id}/executions`.
    """

    def look(api: Polytomic) -> list[dict[str, Any]]:
        return plains(api.executions_of(_sync(api, id_or_name)).recent())

    return ask(look, Workspace(account, organization_id))


def get_sync_execution(
    id_or_name: str,
    execution_id: str,
    *,
    organization_id: str | None = None,
    account: str | None = None,
) -> dict[str, Any]:
    """One execution of a sync: status, counts and errors.

        run = get_sync_execution("Contacts to leads", "248d...")
        pulumi.export("inserted", run["counts"]["insert"])

    Args:
        id_or_name: Id of the sync, or its exact name.
        execution_id: Id of the execution.
        organization_id: Workspace, for partner and deployment keys.
        account: Account of the configuration.

    Source: `GET /api/syncs/{id}/executions/{id}`.
    """

    def look(api: Polytomic) -> dict[str, Any]:
        return plain(api.executions_of(_sync(api, id_or_name)).get(execution_id))

    return ask(look, Workspace(account, organization_id))


def get_model_sample(
    id_or_name: str, *, organization_id: str | None = None, account: str | None = None
) -> dict[str, Any]:
    """Some rows of a model, with their values: `records` maps model ids to fields.

        sample = get_model_sample("contacts")
        pulumi.export("rows", len(sample["records"]))

    The rows are data of the connected service; an output of them stands in the stack's state.

    Args:
        id_or_name: Id of the model, or its exact name.
        organization_id: Workspace, for partner and deployment keys.
        account: Account of the configuration.

    Source: `GET /api/models/{id}/sample`.
    """

    def look(api: Polytomic) -> dict[str, Any]:
        found = find_one("model", api.models.list().data, id_or_name, lambda one: one.name)
        return plain(api.models.sample(found.id))

    return ask(look, Workspace(account, organization_id))


def run_query(
    id_or_name: str,
    query: str,
    *,
    most: int = 100,
    organization_id: str | None = None,
    account: str | None = None,
) -> list[dict[str, Any]]:
    """The first rows of a query on a connection, each a mapping of columns to values.

        (newest,) = run_query("warehouse", "SELECT max(id) AS id FROM public.contacts")
        pulumi.export("newest", newest["id"])

    The query runs whenever the program runs, in previews too: let it read, never write. The rows
    are data of the connected service; an output of them stands in the stack's state. Polytomic gets
    the query as a part of an address: write no secret into it.

    Args:
        id_or_name: Id of the connection, or its exact name.
        query: The query, in the words of the connected service.
        most: Most rows to return.
        organization_id: Workspace, for partner and deployment keys.
        account: Account of the configuration.

    Source: `POST /api/connections/{id}/query`, `GET /api/queries/{id}`.
    """

    def look(api: Polytomic) -> list[dict[str, Any]]:
        found = find_one(
            "connection", api.connections.list().data, id_or_name, lambda one: one.name
        )
        return api.queries.run(found.id, query, most=most)

    return ask(look, Workspace(account, organization_id))


def get_sync_executions_output(
    id_or_name: pulumi.Input[str],
    *,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[list[dict[str, Any]]]:
    """`get_sync_executions` for a sync that may not exist yet."""
    return later(get_sync_executions, id_or_name, organization_id=organization_id, account=account)


def get_sync_execution_output(
    id_or_name: pulumi.Input[str],
    execution_id: pulumi.Input[str],
    *,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[dict[str, Any]]:
    """`get_sync_execution` for an execution that may not exist yet."""
    return later(
        get_sync_execution,
        id_or_name,
        execution_id,
        organization_id=organization_id,
        account=account,
    )


def get_model_sample_output(
    id_or_name: pulumi.Input[str],
    *,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[dict[str, Any]]:
    """`get_model_sample` for a model that may not exist yet."""
    return later(get_model_sample, id_or_name, organization_id=organization_id, account=account)


def run_query_output(
    id_or_name: pulumi.Input[str],
    query: pulumi.Input[str],
    *,
    most: pulumi.Input[int] = 100,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[list[dict[str, Any]]]:
    """`run_query` on a connection that may not exist yet."""
    return later(
        run_query, id_or_name, query, most=most, organization_id=organization_id, account=account
    )


def _sync(api: Polytomic, id_or_name: str) -> str:
    return find_one("sync", api.syncs.list().data, id_or_name, lambda one: one.name).id
