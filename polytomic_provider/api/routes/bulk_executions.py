"""The executions of a bulk sync: starts, lists, reads and cancels them.

executions = polytomic.bulk_executions_of("248d…")
started = executions.start(BulkExecutionRequest(test=True), idempotency_key=key).data
executions.get(started.id).data.failed_schemas

Source: `/api/bulk/syncs/{id}/executions…`.
"""

from collections.abc import Iterator
from typing import Any, ClassVar, Final, Literal, cast

from pydantic import JsonValue

from polytomic_provider.api.routes.executions import Executions, bytes_of, first
from polytomic_provider.api.wire import Request
from polytomic_provider.api.wire.execution import BulkExecution

ResyncMode = Literal["refetch", "resync", "rebuild"]
FetchMode = Literal["none", "incremental", "full"]

_LEVELS: Final = ("level", "severity", "status", "type")
_BAD: Final = frozenset(("error", "errors", "failed", "failure", "fatal"))
_REASONS: Final = ("reason", "error", "error_message", "errors")


class BulkExecutionRequest(Request):
    """Body of `POST /api/bulk/syncs/{id}/executions`."""

    schemas: list[str] | None = None
    resync_mode: ResyncMode | None = None
    fetch_mode: FetchMode | None = None
    test: bool | None = None


class BulkExecutions(Executions[BulkExecution]):
    """The executions of one bulk sync."""

    of = ("bulk", "syncs")
    execution = BulkExecution
    kinds = ("errors",)
    refused: ClassVar[dict[str, JsonValue]] = {
        "schemas": False,
        "resync_mode": False,
        "fetch_mode": False,
        "test": "-",
    }

    def failed(self, id_: str, most_bytes: int = bytes_of(0)) -> Iterator[JsonValue]:
        """The records in the log files that tell of an error (`GET …/executions/{id}/logs`).

        All that is documented of these files is where they are: other lines may stand beside them.
        """
        return filter(_tells_of_error, self._files(id_, "logs", most_bytes))

    def records(self, id_: str, kind: str, most: int) -> list[dict[str, JsonValue]]:
        """The first records that failed; no other kind is told apart."""
        return first(self.failed(id_, bytes_of(most)), most) if kind in self.kinds else []


def _tells_of_error(record: Any) -> bool:
    if not isinstance(record, dict):
        return False
    values = cast("dict[str, Any]", record)
    bad = any(str(values.get(name)).lower() in _BAD for name in _LEVELS)
    return bad or any(values.get(name) for name in _REASONS)
