"""A connection that is shared with another organization, as a Pulumi resource."""

import pulumi

from polytomic_provider.resources.connection import Connection
from polytomic_provider.resources.declaration import declare
from polytomic_provider.resources.organization import Organization
from polytomic_provider.resources.resource import PolytomicResource, placed_like


class SharedConnection(PolytomicResource, kind="SharedConnection"):
    """A copy of a connection in another organization of the partner.

        acme = Organization("acme")
        shared = SharedConnection("warehouse", connection_id=warehouse, child_organization_id=acme)
        ready = ConnectionReadiness("warehouse-ready", connection=shared)
        contacts = Model(
            "contacts",
            connection_id=ready,
            configuration={"table": "public.contacts"},
            organization_id=acme.id,
        )

    The connection is one of the partner's own organization, and the key a partner's. The copy is a
    connection of the child organization, with the configuration and the health of its parent: give
    the resource, or its `id`, where a connection is meant.

    Args:
        resource_name: Name of the resource in the program.
        connection_id: The Connection to share, or its id; another one replaces.
        child_organization_id: The Organization to share it with, or its id; another one replaces.
        name: Name of the copy; default: `resource_name`; another one replaces.
        force_destroy: True: deleting also deletes the models and syncs that use the copy.
        organization_id: Workspace of the connection that is shared; left out: that of the
            Connection given, else that of the settings.
        account: Account of the configuration; left out: that of the Connection given.
        adopt: True: take over the copy of that name that is there already.
        adopt_id: Take over the copy of this id.
        opts: Pulumi's resource options.

    Source: `GET` and `POST /api/organizations/{org}/connections/{id}/shared`, `GET` and
    `DELETE /api/connections/{id}`.
    """

    connection_id: pulumi.Output[str]
    child_organization_id: pulumi.Output[str]
    name: pulumi.Output[str]
    force_destroy: pulumi.Output[bool | None]
    organization_id: pulumi.Output[str | None]
    account: pulumi.Output[str | None]
    adopt: pulumi.Output[bool | None]
    adopt_id: pulumi.Output[str | None]

    type: pulumi.Output[str | None]
    """Connection type, such as `salesforce`."""
    status: pulumi.Output[str | None]
    """Health as last read, such as `healthy`."""
    status_error: pulumi.Output[str | None]
    """Why it is not healthy, as last read."""

    def __init__(
        self,
        resource_name: str,
        *,
        connection_id: Connection | pulumi.Input[str],
        child_organization_id: Organization | pulumi.Input[str],
        name: pulumi.Input[str] | None = None,
        force_destroy: pulumi.Input[bool] = False,
        organization_id: pulumi.Input[str] | None = None,
        account: str | None = None,
        adopt: pulumi.Input[bool] = False,
        adopt_id: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        child = child_organization_id
        self._child: pulumi.Input[str] = child.id if isinstance(child, Organization) else child
        declare(
            self,
            "SharedConnection",
            resource_name,
            {
                "connection_id": connection_id,
                "child_organization_id": child_organization_id,
                "name": resource_name if name is None else name,
                "force_destroy": force_destroy or None,
                **placed_like(connection_id, organization_id, account),
                "adopt": adopt or None,
                "adopt_id": adopt_id,
            },
            opts,
        )
        self._deletes_what_uses_it = force_destroy is True

    def given_organization_id(self) -> pulumi.Input[str]:
        """Return the workspace that the copy is in."""
        return self._child
