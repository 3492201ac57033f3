"""A webhook, as a Pulumi resource."""

import pulumi

from polytomic_provider.resources.object_resource import ObjectResource


class Webhook(ObjectResource, kind="Webhook"):
    """A webhook: where Polytomic sends the events of a workspace, which has one at most.

        Webhook("events", endpoint="https://acme.example/polytomic", secret=signing_secret)

    Args:
        resource_name: Name of the resource in the program.
        endpoint: Address that events are sent to.
        secret: What events are signed with; secret.
        disabled: True: no event is sent or kept; left out: kept as it is.
        organization_id: Workspace, for partner and deployment keys; replaces.
        account: Account of the configuration, whose key is used.
        adopt: True: take over the webhook that the workspace has already.
        adopt_id: Take over the webhook of this id.
        opts: Pulumi's resource options.

    Source: `POST /api/webhooks`, `GET`, `PUT` and `DELETE /api/webhooks/{id}`,
    `POST /api/webhooks/{id}/enable` and `/disable`.
    """

    endpoint: pulumi.Output[str]
    secret: pulumi.Output[str]
    disabled: pulumi.Output[bool | None]
    organization_id: pulumi.Output[str | None]
    account: pulumi.Output[str | None]
    adopt: pulumi.Output[bool | None]
    adopt_id: pulumi.Output[str | None]

    disabled_reason: pulumi.Output[str | None]
    """Why Polytomic has disabled it, as last read."""

    def __init__(
        self,
        resource_name: str,
        *,
        endpoint: pulumi.Input[str],
        secret: pulumi.Input[str],
        disabled: pulumi.Input[bool] | None = None,
        organization_id: pulumi.Input[str] | None = None,
        account: str | None = None,
        adopt: pulumi.Input[bool] = False,
        adopt_id: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        arguments = {"endpoint": endpoint, "secret": secret, "disabled": disabled}
        adoption = {"adopt": adopt or None, "adopt_id": adopt_id}
        placed = {"organization_id": organization_id, "account": account}
        self._declare(resource_name, {**arguments, **placed, **adoption}, opts)
