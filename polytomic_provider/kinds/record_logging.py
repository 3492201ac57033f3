"""Whether, and where, the records of a workspace's executions are logged."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field

from polytomic_provider.api import Polytomic
from polytomic_provider.api.routes.singletons import RecordLoggingRequest, Singleton
from polytomic_provider.kinds.arguments import Facts, ResourceArguments
from polytomic_provider.kinds.singleton import SingletonHandler


class RecordLoggingArguments(ResourceArguments):
    """The arguments. Source: `PUT /api/organization/record-logging`."""

    enabled: bool = Field(description="Whether records are logged.")
    delivery_connection_id: Annotated[str | None, Facts(id_of="Connection")] = Field(
        default=None,
        min_length=1,
        description="The Connection, or its id, of the file storage that gets the logs; left out: "
        "none.",
    )
    delivery_prefix: str | None = Field(
        default=None, min_length=1, description="Path under which they are put; left out: none."
    )
    organization_id: Annotated[str | None, Facts(replaces=True, unmanaged=True)] = Field(
        default=None, min_length=1, description="Workspace; for partner and deployment keys."
    )


class RecordLoggingHandler(SingletonHandler):
    """The record logging of a workspace."""

    kind = "RecordLogging"
    noun = "settings of record logging"
    arguments = RecordLoggingArguments
    computed: ClassVar = {
        "delivery_connection_name": "Name of the connection that gets the logs, as last read."
    }
    request = RecordLoggingRequest
    default: ClassVar[Mapping[str, Any]] = {
        "enabled": False,
        "delivery_connection_id": None,
        "delivery_prefix": None,
    }

    def routes(self, polytomic: Polytomic, *place: str) -> Singleton[Any, Any]:
        """The workspace's."""
        del place
        return polytomic.record_logging
