"""What the executions of syncs and of bulk syncs have in common: start, list, read, cancel."""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, ClassVar, Final, Generic, TypeVar, cast

from pydantic import JsonValue

from polytomic_provider.api.http.replies import Reply, as_model, as_models
from polytomic_provider.api.http.transport import Transport
from polytomic_provider.api.routes.paths import api_path
from polytomic_provider.api.wire import Request
from polytomic_provider.api.wire.execution import ConsoleLog, Execution, LogFiles

_READ_BYTES: Final = 256 * 1024
_RECORD_BYTES: Final = 4096
_REASONS: Final = ("reason", "error", "message", "error_message", "errors")
_RECORDS: Final = ("record", "record_id", "id", "identity")

E = TypeVar("E", bound=Execution)


class Executions(ABC, Generic[E]):
    """The executions of one sync or bulk sync; each call raises what `Transport.request` raises.

    `of` is the path of all syncs of the sort, `execution` what a reply is read as, `kinds` are the
    kinds of records that `records` tells apart. `refused` is a body that every server refuses that
    looks at it, since each value is of a wrong type.
    """

    of: ClassVar[tuple[str, ...]]
    execution: type[E]
    kinds: ClassVar[tuple[str, ...]]
    refused: ClassVar[dict[str, JsonValue]]

    def __init__(self, transport: Transport, sync_id: str) -> None:
        self._transport = transport
        self._path = (*self.of, sync_id, "executions")

    def start(
        self,
        request: Request,
        *,
        idempotency_key: str | None,
        before_repeat: Callable[[], None] | None = None,
    ) -> Reply[E]:
        """Begin an execution (`POST …/executions`); Conflict while another runs."""
        return self._started(request.body(), idempotency_key, before_repeat)

    def replay(self, idempotency_key: str) -> Reply[E]:
        """Ask for the outcome recorded under a key; where there is none, the request is refused."""
        return self._started(self.refused, idempotency_key, None)

    def recent(self) -> Reply[list[E]]:
        """The newest executions, the newest first (`GET …/executions`): one page."""
        reply = self._transport.request("GET", api_path(*self._path))
        elements = reply.data if isinstance(reply.data, list) else []
        return as_models(reply.having(elements), self.execution)

    def get(self, id_: str) -> Reply[E]:
        """Read an execution (`GET …/executions/{id}`)."""
        return as_model(self._transport.request("GET", api_path(*self._path, id_)), self.execution)

    def cancel(self, id_: str) -> Reply[JsonValue]:
        """Begin to cancel an execution (`POST …/executions/{id}/cancel`); it ends later."""
        return self._transport.request("POST", api_path(*self._path, id_, "cancel"))

    def log_url(self, id_: str) -> str:
        """The address that lists the files of records, for whoever has a key."""
        return f"{self._transport.settings.url}{api_path(*self._path, id_, 'logs')}"

    def failures(self, id_: str, most: int) -> list[str]:
        """The reasons of the first records that failed.

        The form of a record is not documented: the usual names of a reason are looked for.
        """
        return list(islice(filter(None, map(_reason, self.failed(id_))), most))

    @abstractmethod
    def failed(self, id_: str, most_bytes: int = _READ_BYTES) -> Iterator[JsonValue]:
        """Read the records that failed from the first bytes of the files that tell of them."""

    @abstractmethod
    def records(self, id_: str, kind: str, most: int) -> list[dict[str, JsonValue]]:
        """The first records of a kind, such as `errors`, as their files have them."""

    def console(self, id_: str) -> Reply[ConsoleLog]:
        """The latest lines that an execution logged (`GET …/executions/{id}/consolelog`)."""
        path = api_path(*self._path, id_, "consolelog")
        return as_model(self._transport.request("GET", path), ConsoleLog)

    def _files(self, id_: str, name: str, most_bytes: int) -> Iterator[JsonValue]:
        """Read files of records, one after the other: JSON, or JSON lines."""
        reply = self._transport.request("GET", api_path(*self._path, id_, name))
        addresses = as_model(reply, LogFiles).data.urls or ()
        texts = (self._transport.download(one, most_bytes) for one in addresses)
        return (record for text in texts for record in _records(text))

    def _started(
        self,
        body: dict[str, JsonValue],
        idempotency_key: str | None,
        before_repeat: Callable[[], None] | None,
    ) -> Reply[E]:
        reply = self._transport.request(
            "POST",
            api_path(*self._path),
            json=body,
            idempotency_key=idempotency_key,
            before_repeat=before_repeat,
        )
        return as_model(reply, self.execution)


def first(records: Iterator[JsonValue], most: int) -> list[dict[str, JsonValue]]:
    """The first objects among records."""
    found = (one for one in records if isinstance(one, dict))
    return cast("list[dict[str, JsonValue]]", list(islice(found, most)))


def bytes_of(records: int) -> int:
    """How much of a file to read for so many records."""
    return max(_READ_BYTES, records * _RECORD_BYTES)


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
