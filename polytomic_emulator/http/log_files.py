"""The files of records that an execution leaves: JSON lines behind signed addresses.

They stand outside of `/api`, as the storage does that Polytomic's addresses lead to: whoever has an
address needs no key, until it expires. Source: `…/executions/{id}/{type}`.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from urllib.parse import unquote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from polytomic_emulator.errors import ApiError, Forbidden, NotFound
from polytomic_emulator.state.clock import stamp_of
from polytomic_emulator.state.results import Outcome
from polytomic_emulator.state.store import State

LIFETIME_SECONDS = 900
"""How long an address works; that it is short is all that is documented."""

_KEY = "log_signing_key"
_SEGMENT = 500
_PROCESSED = ("inserted", "updated", "upserted", "deleted", "failed")

TYPES: dict[str, Callable[[Outcome], bool]] = {
    "records": lambda one: one.status in _PROCESSED,
    "errors": lambda one: one.status == "failed",
    "warnings": lambda one: bool(one.warnings),
    "inserts": lambda one: one.status == "inserted",
    "updates": lambda one: one.status in ("updated", "upserted"),
    "deletes": lambda one: one.status == "deleted",
}
"""The types of files and what is in each. Source: the clients' `ExecutionLogType`."""


@dataclass(frozen=True)
class LogFile:
    """One file of an execution: its type and name, such as `errors` and `errors-00001.json`."""

    execution_id: str
    type: str
    name: str


def records_of(state: State, execution_id: str, kind: str) -> list[Outcome]:
    """What is in an execution's files of a type."""
    return [one for one in state.results.of(execution_id) if TYPES[kind](one)]


def files_of(state: State, execution_id: str, kind: str) -> list[LogFile]:
    """An execution's files of a type; none where there is nothing to tell."""
    count = len(records_of(state, execution_id, kind))
    return [
        LogFile(execution_id, kind, f"{kind}-{start // _SEGMENT + 1:05}.json")
        for start in range(0, count, _SEGMENT)
    ]


def contents(state: State, file: LogFile) -> str:
    """A file's records, one JSON object a line. Raises NotFound."""
    names = [one.name for one in files_of(state, file.execution_id, file.type)]
    if file.name not in names:
        raise NotFound("there is no such log file")
    start = names.index(file.name) * _SEGMENT
    found = records_of(state, file.execution_id, file.type)[start : start + _SEGMENT]
    shown = ({key: value for key, value in asdict(one).items() if value} for one in found)
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in shown)


def signed(state: State, base_url: str, file: LogFile) -> tuple[str, str]:
    """The address of a file, and when it expires (RFC 3339)."""
    expires = int(state.clock.seconds()) + LIFETIME_SECONDS
    query = urlencode({"expires": expires, "signature": _signature(state, file, str(expires))})
    path = f"logs/{file.execution_id}/{file.type}/{file.name}"
    return f"{base_url}/{path}?{query}", stamp_of(expires)


def _signature(state: State, file: LogFile, expires: str) -> str:
    with state.database.transaction():
        key: str | None = state.database.setting(_KEY)
        if key is None:
            key = secrets.token_hex(32)
            state.database.remember(_KEY, key)
    message = "\n".join((file.execution_id, file.type, file.name, expires))
    return hmac.new(key.encode(), message.encode(), hashlib.sha256).hexdigest()


def _opened(state: State, file: LogFile, expires: str, signature: str) -> str:
    known = _signature(state, file, expires)
    if not hmac.compare_digest(known.encode(), signature.encode()):
        raise Forbidden("the signature of this address is not valid")
    if state.clock.seconds() >= int(expires):
        raise Forbidden("this address has expired; ask the API for a new one")
    return contents(state, file)


def routes(state: State) -> list[Route]:
    """Where the signed addresses lead."""

    async def download(request: Request) -> Response:
        file = LogFile(
            *(unquote(request.path_params[key]) for key in ("execution_id", "type", "name"))
        )
        query = request.query_params
        expires, signature = query.get("expires", ""), query.get("signature", "")
        try:
            text = await run_in_threadpool(_opened, state, file, expires, signature)
        except ApiError as refusal:
            return JSONResponse(refusal.body(), refusal.status)
        return Response(text, media_type="application/x-ndjson")

    return [Route("/logs/{execution_id}/{type}/{name}", download)]
