"""One execution of a sync: started once for each trigger, followed to its end, and judged."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from polytomic_provider.api import Polytomic
from polytomic_provider.api.routes.sync_executions import ExecutionRequest, SyncExecutions
from polytomic_provider.kinds.arguments import Facts
from polytomic_provider.kinds.runs.handler import RunArguments, RunHandler
from polytomic_provider.kinds.sync.handler import SyncHandler

_WAYS = {
    "test": "with a few records only",
    "resync": "all records, changed or not",
    "identities": "the records named only",
}


class SyncRunArguments(RunArguments):
    """The arguments of a run. Source: `POST /api/syncs/{id}/executions`."""

    sync: Annotated[str, Facts(id_of="Sync", replaces=True)] = Field(
        min_length=1, description="The Sync to run, or its id."
    )
    resync: bool | None = Field(
        default=None, description="True: sync all records, not only those that changed."
    )
    test: bool | None = Field(default=None, description="True: try it with a few records.")
    identities: list[str] | None = Field(
        default=None, min_length=1, description="Sync only the records with these identity values."
    )


class SyncRunHandler(RunHandler):
    """A run of a sync."""

    kind = "SyncRun"
    runs = SyncHandler()
    argument = "sync"
    arguments = SyncRunArguments
    request = ExecutionRequest

    def executions(self, polytomic: Polytomic, id_: str) -> SyncExecutions:
        """Those of the sync."""
        return polytomic.executions_of(id_)

    def ways(self, arguments: Mapping[str, Any]) -> list[str]:
        """Which records are synced, where not all that changed."""
        return [text for name, text in _WAYS.items() if arguments.get(name)]
