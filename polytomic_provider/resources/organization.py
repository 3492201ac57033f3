"""An organization, as a Pulumi resource."""

import pulumi

from polytomic_provider.resources.object_resource import ObjectResource


class Organization(ObjectResource, kind="Organization"):
    """An organization: a workspace of a partner account. It needs a partner key.

        acme = Organization("acme", opts=pulumi.ResourceOptions(protect=True))
        ada = User("ada", email="ada@acme.example", organization_id=acme.id)

    Args:
        resource_name: Name of the resource in the program.
        name: Name, unique in the partner account; default: `resource_name`.
        sso_domain: Domain of the addresses that sign in by SSO.
        sso_org_id: Id of the organization at WorkOS, for SAML.
        issuer: URL of the OpenID Connect issuer.
        client_id: Client id that the issuer gave.
        client_secret: Client secret that the issuer gave; secret.
        account: Account of the configuration, whose key is used.
        adopt: True: take over the organization of that name that is there already.
        adopt_id: Take over the organization of this id.
        opts: Pulumi's resource options.

    What is left out of these is cleared: Polytomic replaces how people sign in as a whole.

    Source: `POST /api/organizations`, `GET`, `PUT` and `DELETE /api/organizations/{id}`.
    """

    name: pulumi.Output[str]
    sso_domain: pulumi.Output[str | None]
    sso_org_id: pulumi.Output[str | None]
    issuer: pulumi.Output[str | None]
    client_id: pulumi.Output[str | None]
    client_secret: pulumi.Output[str | None]
    account: pulumi.Output[str | None]
    adopt: pulumi.Output[bool | None]
    adopt_id: pulumi.Output[str | None]

    def __init__(
        self,
        resource_name: str,
        *,
        name: pulumi.Input[str] | None = None,
        sso_domain: pulumi.Input[str] | None = None,
        sso_org_id: pulumi.Input[str] | None = None,
        issuer: pulumi.Input[str] | None = None,
        client_id: pulumi.Input[str] | None = None,
        client_secret: pulumi.Input[str] | None = None,
        account: str | None = None,
        adopt: pulumi.Input[bool] = False,
        adopt_id: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        arguments = {
            "name": name,
            "sso_domain": sso_domain,
            "sso_org_id": sso_org_id,
            "issuer": issuer,
            "client_id": client_id,
            "client_secret": client_secret,
            "account": account,
        }
        adoption = {"adopt": adopt or None, "adopt_id": adopt_id}
        self._declare(resource_name, {**arguments, **adoption}, opts)
