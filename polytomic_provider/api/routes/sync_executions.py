"""The executions of a sync: starts, lists, reads and cancels them (`/api/syncs/{id}/executions…`).

executions = polytomic.executions_of("248d…")
started = executions.start(ExecutionRequest(resync=True), idempotency_key=key).data
executions.get(started.id).data.status
"""

from collections.abc import Iterator
from typing import ClassVar

from pydantic import JsonValue

from polytomic_provider.api.routes.executions import Executions, bytes_of, first
from polytomic_provider.api.wire import Request
from polytomic_provider.api.wire.execution import Execution


class ExecutionRequest(Request):
    """Body of `POST /api/syncs/{id}/executions`."""

    identities: list[str] | None = None
    resync: bool | None = None
    test: bool | None = None


class SyncExecutions(Executions[Execution]):
    """The executions of one sync."""

    of = ("syncs",)
    execution = Execution
    kinds = ("errors", "warnings", "inserts", "updates", "deletes", "records")
    refused: ClassVar[dict[str, JsonValue]] = {"identities": False, "resync": "-", "test": "-"}

    def failed(self, id_: str, most_bytes: int = bytes_of(0)) -> Iterator[JsonValue]:
        """The records that failed (`GET …/executions/{id}/errors`)."""
        return self._files(id_, "errors", most_bytes)

    def records(self, id_: str, kind: str, most: int) -> list[dict[str, JsonValue]]:
        """The first records of a kind (`GET …/executions/{id}/{kind}`)."""
        return first(self._files(id_, kind, bytes_of(most)), most)
