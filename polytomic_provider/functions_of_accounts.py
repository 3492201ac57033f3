"""Looks up what belongs to a workspace or a partner's account, from inside a program.

Like the functions about connections, each comes twice: plain, answering at once, and with
`_output`, taking values that are not known yet. `organization_id` names another workspace, for
partner and deployment keys; `account` an account of the configuration. Each raises RunError, with
the reason and the way out.
"""

from typing import Any

import pulumi

from polytomic_provider.api import PARTNER_ITSELF, Polytomic, Workspace
from polytomic_provider.api.lookup import find_one
from polytomic_provider.asking import ask, later, plain, plains
from polytomic_provider.facts.secrets import replace_credentials


def get_users(
    *, organization_id: str | None = None, account: str | None = None
) -> list[dict[str, Any]]:
    """Every user of a workspace, with the ids of the roles.

        pulumi.export("people", [one["email"] for one in get_users()])

    Source: `GET /api/organization/users`.
    """
    return ask(lambda api: plains(api.users.list()), Workspace(account, organization_id))


def get_user(
    id_or_email: str, *, organization_id: str | None = None, account: str | None = None
) -> dict[str, Any]:
    """A user by id or by e-mail address, whatever its letters (`GET /api/organization/users`).

        ada = get_user("ada@example.com")
        UserApiKey("ada-key", user=ada["id"])

    Args:
        id_or_email: Id of the user, or the address.
        organization_id: Workspace, for partner and deployment keys.
        account: Account of the configuration.
    """
    wanted = id_or_email.casefold() if "@" in id_or_email else id_or_email

    def find(api: Polytomic) -> dict[str, Any]:
        everyone = api.users.list().data
        found = find_one("user", everyone, wanted, lambda one: (one.email or "").casefold())
        return found.model_dump(mode="json")

    return ask(find, Workspace(account, organization_id))


def get_roles(
    *, organization_id: str | None = None, account: str | None = None
) -> list[dict[str, Any]]:
    """Every role of a workspace, Polytomic's own included.

        pulumi.export("roles", {one["name"]: one["id"] for one in get_roles()})

    Source: `GET /api/permissions/roles`.
    """
    return ask(lambda api: plains(api.roles.list()), Workspace(account, organization_id))


def get_role(
    id_or_name: str, *, organization_id: str | None = None, account: str | None = None
) -> dict[str, Any]:
    """A role by its id or its exact name, such as `Admin` (`GET /api/permissions/roles`).

        admin = get_role("Admin")
        User("eve", email="eve@example.com", role_ids=[admin["id"]])

    Args:
        id_or_name: Id of the role, or its exact name.
        organization_id: Workspace, for partner and deployment keys.
        account: Account of the configuration.
    """

    def find(api: Polytomic) -> dict[str, Any]:
        found = find_one("role", api.roles.list().data, id_or_name, lambda one: one.name)
        return found.model_dump(mode="json")

    return ask(find, Workspace(account, organization_id))


def get_policies(
    *, organization_id: str | None = None, account: str | None = None
) -> list[dict[str, Any]]:
    """Every policy of a workspace, with all actions.

        pulumi.export("policies", [one["name"] for one in get_policies()])

    Source: `GET /api/permissions/policies`.
    """
    return ask(lambda api: plains(api.policies.list()), Workspace(account, organization_id))


def get_policy(
    id_or_name: str, *, organization_id: str | None = None, account: str | None = None
) -> dict[str, Any]:
    """A policy by its id or its exact name (`GET /api/permissions/policies`).

        sales = get_policy("Sales")
        Connection("files", type="s3", configuration=bucket, policies=[sales["id"]])

    Args:
        id_or_name: Id of the policy, or its exact name.
        organization_id: Workspace, for partner and deployment keys.
        account: Account of the configuration.
    """

    def find(api: Polytomic) -> dict[str, Any]:
        found = find_one("policy", api.policies.list().data, id_or_name, lambda one: one.name)
        return found.model_dump(mode="json")

    return ask(find, Workspace(account, organization_id))


def get_organizations(*, account: str | None = None) -> list[dict[str, Any]]:
    """Every organization of a partner, the partner's own first; needs a partner or deployment key.

        pulumi.export("customers", [one["name"] for one in get_organizations()])

    Source: `GET /api/organizations`.
    """
    return ask(lambda api: plains(api.organizations.list()), Workspace(account, PARTNER_ITSELF))


def get_events(
    *,
    type: str | None = None,
    starting_after: str | None = None,
    ending_before: str | None = None,
    limit: int = 100,
    organization_id: str | None = None,
    account: str | None = None,
) -> list[dict[str, Any]]:
    """What happened in a workspace, such as `sync.completed`, each event with its particulars.

        pulumi.export("failures", get_events(type="sync.failed", limit=10))

    Args:
        type: Only events of this type, such as `sync.failed`.
        starting_after: Only those after this time, such as `2026-01-31T00:00:00Z`.
        ending_before: Only those before this time.
        limit: How many at most, up to 100.
        organization_id: Workspace, for partner and deployment keys.
        account: Account of the configuration.

    Source: `GET /api/events`.
    """
    query = {
        "type": type,
        "starting_after": starting_after,
        "ending_before": ending_before,
        "limit": str(limit),
    }
    return ask(lambda api: plains(api.events.list(query)), Workspace(account, organization_id))


def get_job(
    type: str, job_id: str, *, organization_id: str | None = None, account: str | None = None
) -> dict[str, Any]:
    """How far a job is that Polytomic has started, and its result (`GET /api/jobs/{type}/{id}`).

        pulumi.export("status", get_job("createmodel", "248d...")["status"])

    Args:
        type: Kind of the job, such as `createmodel`.
        job_id: Id of the job.
        organization_id: Workspace, for partner and deployment keys.
        account: Account of the configuration.
    """

    def look(api: Polytomic) -> dict[str, Any]:
        job = plain(api.jobs.get(type, job_id))
        return {**job, "result": replace_credentials(job["result"], lambda _: None)}

    return ask(look, Workspace(account, organization_id))


def get_connection_types(
    *, organization_id: str | None = None, account: str | None = None
) -> list[dict[str, Any]]:
    """Every type that a connection can have today, with what it can do.

        pulumi.export("types", [one["id"] for one in get_connection_types()])

    Source: `GET /api/connection_types`.
    """
    return ask(lambda api: plains(api.connection_types.list()), Workspace(account, organization_id))


def get_parameter_values(
    connection_id: str, *, organization_id: str | None = None, account: str | None = None
) -> dict[str, Any]:
    """The values that a connection offers for its parameters, by parameter.

        choices = get_parameter_values("248d...")
        pulumi.export("sheets", [one["value"] for one in choices["spreadsheet_id"]["values"]])

    Source: `GET /api/connections/{id}/parameter_values`.
    """
    return ask(
        lambda api: api.connections.parameter_values(connection_id).data,
        Workspace(account, organization_id),
    )


def get_users_output(
    *,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[list[dict[str, Any]]]:
    """`get_users` for values that may not be known yet."""
    return later(get_users, organization_id=organization_id, account=account)


def get_user_output(
    id_or_email: pulumi.Input[str],
    *,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[dict[str, Any]]:
    """`get_user` for values that may not be known yet."""
    return later(get_user, id_or_email, organization_id=organization_id, account=account)


def get_roles_output(
    *,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[list[dict[str, Any]]]:
    """`get_roles` for values that may not be known yet."""
    return later(get_roles, organization_id=organization_id, account=account)


def get_role_output(
    id_or_name: pulumi.Input[str],
    *,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[dict[str, Any]]:
    """`get_role` for values that may not be known yet."""
    return later(get_role, id_or_name, organization_id=organization_id, account=account)


def get_policies_output(
    *,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[list[dict[str, Any]]]:
    """`get_policies` for values that may not be known yet."""
    return later(get_policies, organization_id=organization_id, account=account)


def get_policy_output(
    id_or_name: pulumi.Input[str],
    *,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[dict[str, Any]]:
    """`get_policy` for values that may not be known yet."""
    return later(get_policy, id_or_name, organization_id=organization_id, account=account)


def get_connection_types_output(
    *,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[list[dict[str, Any]]]:
    """`get_connection_types` for values that may not be known yet."""
    return later(get_connection_types, organization_id=organization_id, account=account)


def get_parameter_values_output(
    connection_id: pulumi.Input[str],
    *,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[dict[str, Any]]:
    """`get_parameter_values` for values that may not be known yet."""
    return later(
        get_parameter_values, connection_id, organization_id=organization_id, account=account
    )


def get_organizations_output(*, account: str | None = None) -> pulumi.Output[list[dict[str, Any]]]:
    """`get_organizations` as an Output."""
    return later(get_organizations, account=account)


def get_events_output(
    *,
    type: pulumi.Input[str] | None = None,
    starting_after: pulumi.Input[str] | None = None,
    ending_before: pulumi.Input[str] | None = None,
    limit: pulumi.Input[int] = 100,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[list[dict[str, Any]]]:
    """`get_events` for values that may not be known yet."""
    return later(
        get_events,
        type=type,
        starting_after=starting_after,
        ending_before=ending_before,
        limit=limit,
        organization_id=organization_id,
        account=account,
    )


def get_job_output(
    type: pulumi.Input[str],
    job_id: pulumi.Input[str],
    *,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[dict[str, Any]]:
    """`get_job` for values that may not be known yet."""
    return later(get_job, type, job_id, organization_id=organization_id, account=account)
