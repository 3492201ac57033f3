"""The executions of a sync: starts, lists, reads and cancels them (`/api/syncs/{id}/executions…`).

executions = polytomic.executions_of("248d…")
started = executions.start(ExecutionRequest(resync=True), idempotency_key=key).data
executions.get(started.id).data.status
"""

import json
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Final, cast

from pydantic import JsonValue

from polytomic_provider.api.http.replies import Reply, as_model, as_models
from polytomic_provider.api.http.transport import Transport
from polytomic_provider.api.routes.paths import api_path
from polytomic_provider.api.wire import ReplyObject, Request
from polytomic_provider.api.wire.execution import ConsoleLog
from polytomic_provider.api.wire.sync_list import Execution

_NO_REQUEST: Final[dict[str, JsonValue]] = {"identities": False, "resync": "-", "test": "-"}
"""A body that every server refuses that looks at it, since each value is of a wrong type."""
_READ_BYTES: Final = 256 * 1024
_RECORD_BYTES: Final = 4096
_REASONS: Final = ("reason", "error", "message", "error_message", "errors")
_RECORDS: Final = ("record", "record_id", "id", "identity")


class ExecutionRequest(Request):
    """Body of `POST /api/syncs/{id}/executions`."""

    identities: list[str] | None = None
    resync: bool | None = None
    test: bool | None = None


class LogFiles(ReplyObject):
    """Where the files of one type of an execution's records are."""

    urls: list[str] | None = None


class SyncExecutions:
    """The executions of one sync; each call raises what `Transport.request` raises."""

    def __init__(self, transport: Transport, sync_id: str) -> None:
        self._transport = transport
        self._path = ("syncs", sync_id, "executions")

    def start(
        self,
        request: ExecutionRequest,
        *,
        idempotency_key: str | None,
        before_repeat: Callable[[], None] | None = None,
    ) -> Reply[Execution]:
        """Begin an execution (`POST /api/syncs/{id}/executions`); Conflict while another runs."""
        return self._started(request.body(), idempotency_key, before_repeat)

    def replay(self, idempotency_key: str) -> Reply[Execution]:
        """Ask for the outcome recorded under a key; where there is none, the request is refused."""
        return self._started(_NO_REQUEST, idempotency_key, None)

    def recent(self) -> Reply[list[Execution]]:
        """The newest executions, the newest first (`GET /api/syncs/{id}/executions`): one page."""
        reply = self._transport.request("GET", api_path(*self._path))
        elements = reply.data if isinstance(reply.data, list) else []
        return as_models(reply.having(elements), Execution)

    def get(self, id_: str) -> Reply[Execution]:
        """Read an execution (`GET /api/syncs/{id}/executions/{id}`)."""
        return as_model(self._transport.request("GET", api_path(*self._path, id_)), Execution)

    def cancel(self, id_: str) -> Reply[JsonValue]:
        """Begin to cancel an execution (`POST …/executions/{id}/cancel`); it ends later."""
        return self._transport.request("POST", api_path(*self._path, id_, "cancel"))

    def log_url(self, id_: str) -> str:
        """The address that lists the files of records, for whoever has a key."""
        return f"{self._transport.settings.url}{api_path(*self._path, id_, 'logs')}"

    def failures(self, id_: str, most: int) -> list[str]:
        """The reasons of the first records that failed (`GET …/executions/{id}/errors`).

        The form of a record is not documented: the usual names of a reason are looked for.
        """
        return list(islice(filter(None, map(_reason, self._files(id_, "errors"))), most))

    def records(self, id_: str, kind: str, most: int) -> list[dict[str, JsonValue]]:
        """The first records of a kind (`GET …/executions/{id}/{kind}`), as their files have them.

        Args:
            id_: Id of the execution.
            kind: `errors`, `warnings`, `inserts`, `updates`, `deletes` or `records`.
            most: How many at most.
        """
        read = max(_READ_BYTES, most * _RECORD_BYTES)
        found = (one for one in self._files(id_, kind, read) if isinstance(one, dict))
        return cast("list[dict[str, JsonValue]]", list(islice(found, most)))

    def _files(self, id_: str, kind: str, most_bytes: int = _READ_BYTES) -> Iterator[JsonValue]:
        """Read the files of a kind of records, one after the other: JSON, or JSON lines."""
        reply = self._transport.request("GET", api_path(*self._path, id_, kind))
        for address in as_model(reply, LogFiles).data.urls or ():
            yield from _records(self._transport.download(address, most_bytes))

    def console(self, id_: str) -> Reply[ConsoleLog]:
        """The latest lines that an execution logged (`GET …/executions/{id}/consolelog`)."""
        path = api_path(*self._path, id_, "consolelog")
        return as_model(self._transport.request("GET", path), ConsoleLog)

    def _started(
        self,
        body: dict[str, JsonValue],
        idempotency_key: str | None,
        before_repeat: Callable[[], None] | None,
    ) -> Reply[Execution]:
        reply = self._transport.request(
            "POST",
            api_path(*self._path),
            json=body,
            idempotency_key=idempotency_key,
            before_repeat=before_repeat,
        )
        return as_model(reply, Execution)


def _records(text: str) -> Iterator[JsonValue]:
    try:
        whole = json.loads(text)
    except ValueError:
        for line in text.splitlines():
            try:
                yield json.loads(line)
            except ValueError:
                continue  # the last line of a long file is cut
        return
    yield from cast("list[Any]", whole) if isinstance(whole, list) else [whole]


def _reason(record: Any) -> str | None:
    if isinstance(record, str):
        return record
    if not isinstance(record, dict):
        return None
    values = cast("dict[str, Any]", record)
    said = next((values[name] for name in _REASONS if values.get(name)), None)
    if said is None:
        return None
    text = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
    key = next((values[name] for name in _RECORDS if isinstance(values.get(name), str)), None)
    return f"{key}: {text}" if key else text
