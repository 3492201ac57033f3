"""What happens when a bulk sync fails."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field

from polytomic_provider.api import Polytomic
from polytomic_provider.api.routes.singletons import BulkSyncErrorHandlingRequest, Singleton
from polytomic_provider.kinds.arguments import Facts, ResourceArguments
from polytomic_provider.kinds.singleton import SingletonHandler


class BulkSyncErrorHandlingArguments(ResourceArguments):
    """The arguments. Source: `PUT /api/bulk/syncs/{id}/error-handling`."""

    bulk_sync: Annotated[str, Facts(id_of="BulkSync", replaces=True)] = Field(
        min_length=1, description="The BulkSync, or its id."
    )
    subscribers: Annotated[list[str] | None, Facts(unordered=True, unmanaged=True)] = Field(
        default=None,
        description="E-mail addresses that are told when it fails; left out: kept as they are.",
    )
    ingestion_failure_threshold: Annotated[int | None, Facts(unmanaged=True)] = Field(
        default=None,
        ge=0,
        description="How far reading may fall behind before a run fails, in seconds or items as "
        "the source counts; 0: no threshold of its own; left out: kept as it is.",
    )
    organization_id: Annotated[
        str | None, Facts(provider_side=True, needed_by_delete=True, unmanaged=True)
    ] = Field(
        default=None, min_length=1, description="Workspace; left out: that of the BulkSync given."
    )


class BulkSyncErrorHandlingHandler(SingletonHandler):
    """The error handling of a bulk sync; a new one has neither subscribers nor a threshold."""

    kind = "BulkSyncErrorHandling"
    noun = "error handling settings"
    arguments = BulkSyncErrorHandlingArguments
    computed: ClassVar = {}
    request = BulkSyncErrorHandlingRequest
    # A PUT clears the threshold with 0.
    default: ClassVar[Mapping[str, Any]] = {"subscribers": [], "ingestion_failure_threshold": 0}
    of = "bulk_sync"
    emails = ("subscribers",)

    def routes(self, polytomic: Polytomic, *place: str) -> Singleton[Any, Any]:
        """The bulk sync's."""
        return polytomic.bulk_sync_error_handling(*place)
