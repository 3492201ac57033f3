"""An organization: a workspace of a partner account, and how its people sign in."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field

from polytomic_provider.api import PARTNER_ITSELF, Polytomic, workspace_of
from polytomic_provider.api.routes.organizations import OrganizationRequest
from polytomic_provider.kinds.arguments import Facts
from polytomic_provider.kinds.lifecycle.scope import Scope
from polytomic_provider.kinds.object_arguments import ObjectArguments
from polytomic_provider.kinds.plain_kind import PlainKind
from polytomic_provider.live import LiveContext, LiveResult
from polytomic_provider.live.key_checks import check_partner_key


class OrganizationArguments(ObjectArguments):
    """The arguments of an organization. Source: `POST /api/organizations`."""

    name: str | None = Field(
        default=None,
        min_length=1,
        description="Name, unique in the partner account; default: the resource's name.",
    )
    sso_domain: str | None = Field(
        default=None, min_length=1, description="Domain of the addresses that sign in by SSO."
    )
    sso_org_id: str | None = Field(
        default=None, min_length=1, description="Id of the organization at WorkOS, for SAML."
    )
    issuer: str | None = Field(
        default=None, min_length=1, description="URL of the OpenID Connect issuer."
    )
    client_id: Annotated[str | None, Facts(write_only=True)] = Field(
        default=None, min_length=1, description="Client id that the issuer gave; never shown."
    )
    client_secret: Annotated[str | None, Facts(secret=True, write_only=True)] = Field(
        default=None, min_length=1, description="Client secret that the issuer gave; secret."
    )


class OrganizationHandler(PlainKind):
    """The life of an organization in Polytomic."""

    kind = "Organization"
    arguments = OrganizationArguments
    computed: ClassVar[Mapping[str, str]] = {}
    request = OrganizationRequest

    def client(self, scope: Scope, arguments: Mapping[str, Any]) -> Polytomic:
        """The client of the partner's account, which is in no organization."""
        of = workspace_of(arguments)._replace(organization_id=PARTNER_ITSELF)
        return scope.polytomic(of)

    def check_live(self, live: LiveContext, arguments: Mapping[str, Any]) -> LiveResult:
        """The key is a partner's or a deployment's."""
        del arguments
        return check_partner_key(live, "manages organizations")
