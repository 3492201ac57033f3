"""What happens when a sync or some of its records fail."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field

from polytomic_provider.api import Polytomic
from polytomic_provider.api.routes.singletons import Singleton, SyncErrorHandlingRequest
from polytomic_provider.kinds.arguments import Facts, ResourceArguments
from polytomic_provider.kinds.singleton import SingletonHandler


class SyncErrorHandlingArguments(ResourceArguments):
    """The arguments. Source: `PUT /api/syncs/{id}/error-handling`."""

    sync: Annotated[str, Facts(id_of="Sync", replaces=True)] = Field(
        min_length=1, description="The Sync, or its id."
    )
    subscribers: Annotated[list[str] | None, Facts(unordered=True, unmanaged=True)] = Field(
        default=None,
        description="E-mail addresses that are told when it fails; left out: kept as they are.",
    )
    auto_retry_record_errors: Annotated[bool | None, Facts(unmanaged=True)] = Field(
        default=None,
        description="Whether the next run tries failed records again; left out: kept as it is.",
    )
    notify_on_record_errors: Annotated[bool | None, Facts(unmanaged=True)] = Field(
        default=None,
        description="Whether they are told of single records too; left out: kept as it is.",
    )
    warning_notifications: Annotated[bool | None, Facts(unmanaged=True)] = Field(
        default=None,
        description="Whether they are told of warnings too; left out: kept as it is.",
    )
    organization_id: Annotated[
        str | None, Facts(provider_side=True, needed_by_delete=True, unmanaged=True)
    ] = Field(
        default=None, min_length=1, description="Workspace; left out: that of the Sync given."
    )


class SyncErrorHandlingHandler(SingletonHandler):
    """The error handling of a sync. Polytomic documents no default: this is that of a new sync."""

    kind = "SyncErrorHandling"
    noun = "error handling settings"
    arguments = SyncErrorHandlingArguments
    computed: ClassVar = {}
    request = SyncErrorHandlingRequest
    default: ClassVar[Mapping[str, Any]] = {
        "subscribers": [],
        "auto_retry_record_errors": True,
        "notify_on_record_errors": False,
        "warning_notifications": False,
    }
    of = "sync"
    emails = ("subscribers",)

    def routes(self, polytomic: Polytomic, *place: str) -> Singleton[Any, Any]:
        """The sync's."""
        return polytomic.sync_error_handling(*place)
