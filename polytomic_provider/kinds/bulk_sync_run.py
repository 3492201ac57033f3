"""One execution of a bulk sync: started once for each trigger, followed to its end, and judged."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field

from polytomic_provider.api import Polytomic
from polytomic_provider.api.routes.bulk_executions import (
    BulkExecutionRequest,
    BulkExecutions,
    FetchMode,
    ResyncMode,
)
from polytomic_provider.api.wire.execution import BulkExecution
from polytomic_provider.kinds.arguments import Facts
from polytomic_provider.kinds.bulk_sync.handler import BulkSyncHandler
from polytomic_provider.kinds.runs.handler import RunArguments, RunHandler
from polytomic_provider.live import LiveContext, LiveResult
from polytomic_provider.live.bulk_checks import check_run
from polytomic_provider.validation import Problem
from polytomic_provider.validation.untyped import as_list

_MOST_NAMED = 6


class BulkSyncRunArguments(RunArguments):
    """The arguments of a run. Source: `POST /api/bulk/syncs/{id}/executions`."""

    bulk_sync: Annotated[str, Facts(id_of="BulkSync", replaces=True)] = Field(
        min_length=1, description="The BulkSync to run, or its id."
    )
    schemas: Annotated[list[str] | None, Facts(unordered=True)] = Field(
        default=None, min_length=1, description="Copy only these schemas; left out: all enabled."
    )
    resync_mode: ResyncMode | None = Field(
        default=None,
        description="Copy all rows again: `refetch` over what is there, `resync` after emptying "
        "the tables, `rebuild` after making them anew.",
    )
    fetch_mode: FetchMode | None = Field(
        default=None,
        description="Which rows are read: `none`, `incremental` or `full`; left out: the "
        "server's choice.",
    )
    test: bool | None = Field(
        default=None,
        description="True: read a few rows of each schema and write none; excludes `resync_mode`.",
    )


class BulkSyncRunHandler(RunHandler):
    """A run of a bulk sync."""

    kind = "BulkSyncRun"
    runs = BulkSyncHandler()
    argument = "bulk_sync"
    arguments = BulkSyncRunArguments
    request = BulkExecutionRequest
    computed: ClassVar[Mapping[str, str]] = {
        **RunHandler.computed,
        "counts": "How many records it handled: `total`, `error`, `warnings`.",
        "records": "How many records of each schema.",
        "failed_schemas": "The schemas that were not copied.",
    }

    def problems(self, arguments: Mapping[str, Any]) -> list[Problem]:
        """Shapes, and what excludes each other."""
        problems = super().problems(arguments)
        if arguments.get("test") is True and isinstance(arguments.get("resync_mode"), str):
            text = "excludes `resync_mode`: a test writes nothing. To fix: leave one of them out"
            problems.append(Problem("test", text))
        return problems

    def check_live(self, live: LiveContext, arguments: Mapping[str, Any]) -> LiveResult:
        """The schemas named against those that the bulk sync copies."""
        return check_run(live, arguments)

    def executions(self, polytomic: Polytomic, id_: str) -> BulkExecutions:
        """Those of the bulk sync."""
        return polytomic.bulk_executions_of(id_)

    def ways(self, arguments: Mapping[str, Any]) -> list[str]:
        """Which schemas and rows are copied, where not all that changed."""
        found: list[str] = []
        named = [str(one) for one in as_list(arguments.get("schemas"))]
        if named:
            more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
            found.append(f"only {', '.join(named[:_MOST_NAMED])}{more}")
        if arguments.get("test"):
            found.append("a test, which writes nothing")
        for name in ("resync_mode", "fetch_mode"):
            if isinstance(arguments.get(name), str):
                found.append(f"{name} {arguments[name]!r}")
        return found

    def more_computed(self, execution: BulkExecution) -> dict[str, Any]:
        """What became of each schema."""
        schemas = execution.schemas or ()
        counts = {one.schema_id: one.record_count or 0 for one in schemas if one.schema_id}
        return {"records": counts, "failed_schemas": execution.failed_schemas}
