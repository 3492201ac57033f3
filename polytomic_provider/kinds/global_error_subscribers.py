"""Who is told by e-mail of the errors of a workspace's syncs."""

from typing import Annotated, Any, ClassVar

from pydantic import Field

from polytomic_provider.api import Polytomic
from polytomic_provider.api.routes.singletons import GlobalErrorSubscribersRequest, Singleton
from polytomic_provider.kinds.arguments import Facts, ResourceArguments
from polytomic_provider.kinds.singleton import SingletonHandler


class GlobalErrorSubscribersArguments(ResourceArguments):
    """The arguments. Source: `PUT /api/notifications/global-error-subscribers`."""

    emails: Annotated[list[str], Facts(unordered=True)] = Field(
        description="E-mail addresses that are told of errors; all others are taken out."
    )
    organization_id: Annotated[str | None, Facts(replaces=True, unmanaged=True)] = Field(
        default=None, min_length=1, description="Workspace; for partner and deployment keys."
    )


class GlobalErrorSubscribersHandler(SingletonHandler):
    """The subscribers of a workspace."""

    kind = "GlobalErrorSubscribers"
    arguments = GlobalErrorSubscribersArguments
    computed: ClassVar = {}
    request = GlobalErrorSubscribersRequest
    default: ClassVar = {"emails": []}
    emails = ("emails",)

    def routes(self, polytomic: Polytomic, *place: str) -> Singleton[Any, Any]:
        """The workspace's."""
        del place
        return polytomic.global_error_subscribers
