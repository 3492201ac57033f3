"""A connection to a business system or database, as a Pulumi resource."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pulumi

from polytomic_provider.resources.object_resource import ObjectResource

if TYPE_CHECKING:
    from polytomic_provider.resources.typed_connection import TypedConnection
else:
    TypedConnection = ObjectResource


class Connection(TypedConnection, kind="Connection"):
    """A connection in Polytomic, such as a Salesforce org or a Postgres database.

        salesforce = Connection(
            "salesforce", type="salesforce", configuration={"domain": "acme.my.salesforce.com"}
        )
        pulumi.export("auth_url", salesforce.auth_url)

    Secrets in `configuration` become Pulumi secrets by themselves. Keys that are left out keep
    what Polytomic has. A connection that is in use is not deleted unless `force_destroy` is set.

    Args:
        resource_name: Name of the resource in the program.
        type: Connection type, such as `salesforce`, `netsuite`, `postgresql`; replaces.
        configuration: Settings of that type, by the API's names.
        name: Name in Polytomic; default: `resource_name`.
        redirect_url: Where the browser goes after consent; used at creation only.
        policies: Ids of the permission policies; left out: kept as they are.
        healthcheck_interval: How often its health is checked, such as `1h`.
        organization_id: Workspace, for partner and deployment keys; replaces.
        account: Account of the configuration, whose key is used.
        validate: False saves without trying the credentials first.
        reconnect: Any value; changing it starts consent anew and gives a new `auth_url`.
        force_destroy: True: deleting also deletes the models and syncs that use it.
        adopt: True: take over the connection that is there already and is the same thing
            (type and name), where there is exactly one.
        adopt_id: Take over the connection of this id.
        opts: Pulumi's resource options; `import_`, `provider` and
            `delete_before_replace=False` are refused.

    Source: `POST /api/connections`, `GET`, `PUT` and `DELETE /api/connections/{id}`.
    """

    type: pulumi.Output[str]
    configuration: pulumi.Output[dict[str, Any]]
    name: pulumi.Output[str]
    redirect_url: pulumi.Output[str | None]
    policies: pulumi.Output[list[str] | None]
    healthcheck_interval: pulumi.Output[str | None]
    organization_id: pulumi.Output[str | None]
    account: pulumi.Output[str | None]
    validate: pulumi.Output[bool | None]
    reconnect: pulumi.Output[Any]
    force_destroy: pulumi.Output[bool | None]
    adopt: pulumi.Output[bool | None]
    adopt_id: pulumi.Output[str | None]

    auth_url: pulumi.Output[str | None]
    """Where a person gives consent, from the last create or update reply; None if not needed."""
    auth_code: pulumi.Output[str | None]
    """The code of a code-style consent (`connect_mode: code`); secret."""
    status: pulumi.Output[str | None]
    """Health as last read, such as `healthy`."""
    status_error: pulumi.Output[str | None]
    """Why it is not healthy, as last read."""
    saved: pulumi.Output[bool | None]
    """False while consent is missing, as last read."""

    def _create(
        self,
        resource_name: str,
        *,
        type: pulumi.Input[str],
        configuration: pulumi.Input[Mapping[str, Any]],
        name: pulumi.Input[str] | None = None,
        redirect_url: pulumi.Input[str] | None = None,
        policies: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        healthcheck_interval: pulumi.Input[str] | None = None,
        organization_id: pulumi.Input[str] | None = None,
        account: str | None = None,
        validate: pulumi.Input[bool] | None = None,
        reconnect: pulumi.Input[Any] | None = None,
        force_destroy: pulumi.Input[bool] = False,
        adopt: pulumi.Input[bool] = False,
        adopt_id: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        self._declare(
            resource_name,
            {
                "type": type,
                "configuration": configuration,
                "name": name,
                "redirect_url": redirect_url,
                "policies": policies,
                "healthcheck_interval": healthcheck_interval,
                "organization_id": organization_id,
                "account": account,
                "validate": validate,
                "reconnect": reconnect,
                "force_destroy": force_destroy or None,
                "adopt": adopt or None,
                "adopt_id": adopt_id,
            },
            opts,
        )
        self._deletes_what_uses_it = force_destroy is True
        self.auth_url = self.auth_url.apply(_or_none)

    if not TYPE_CHECKING:
        __init__ = _create


def _or_none(url: str | None) -> str | None:
    """Return None for the empty address by which the state says that there is none."""
    return url or None
