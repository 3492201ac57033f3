"""What an execution leaves to read: its console log, and the addresses of its files of records."""

from dataclasses import asdict
from typing import Any

from polytomic_emulator.errors import BadRequest, NotFound
from polytomic_emulator.http import log_files
from polytomic_emulator.http.executions import found
from polytomic_emulator.http.messages import Call, Reply
from polytomic_emulator.http.pages import limit_of
from polytomic_emulator.http.present import without_absent
from polytomic_emulator.state.results import ENTRIES
from polytomic_emulator.state.store import State


def console(state: State, call: Call) -> Reply:
    """`GET …/executions/{id}/consolelog`: the latest lines, the oldest of them first."""
    return console_of(state, call, found(state, call).id)


def console_of(state: State, call: Call, execution_id: str) -> Reply:
    """The same for any execution."""
    lines = state.results.log(execution_id)
    after = call.incoming.query.get("after", "")
    if after:
        cursor = _order(after)
        lines = [one for one in lines if _order(one.id) > cursor]
    shown = lines[-limit_of(call, ENTRIES) :]
    answer: dict[str, Any] = {
        "entries": [asdict(one) for one in shown],
        "next_cursor": shown[-1].id if shown else after or None,
    }
    return Reply(body={"data": without_absent(answer, state.behaviour)})


def _order(cursor: str) -> tuple[int, int]:
    """The place of a line: milliseconds and a number. Raises BadRequest."""
    milliseconds, dash, number = cursor.partition("-")
    if not (dash and all(one.isascii() and one.isdigit() for one in (milliseconds, number))):
        raise BadRequest("after must be the id of a line, or a next_cursor", field="after")
    return int(milliseconds[:20]), int(number[:20])


def index(state: State, call: Call) -> Reply:
    """`GET …/executions/{id}/logs`: the types that there is something of."""
    execution = found(state, call)
    base = f"{call.incoming.base_url}/api/syncs/{execution.sync_id}/executions/{execution.id}"
    counts = {
        kind: len(log_files.records_of(state, execution.id, kind)) for kind in log_files.TYPES
    }
    shown = {
        kind: {"count": count, "url": f"{base}/{kind}"} if count else None
        for kind, count in counts.items()
    }
    return Reply(body={"data": without_absent(shown, state.behaviour)})


def urls(state: State, call: Call) -> Reply:
    """`GET …/executions/{id}/{type}`: a signed address for each file."""
    execution = found(state, call)
    files = log_files.files_of(state, execution.id, _type(call))
    addresses = [log_files.signed(state, call.incoming.base_url, one) for one in files]
    shown: dict[str, Any] = {
        "urls": [url for url, _ in addresses],
        "expires": addresses[0][1] if addresses else None,
    }
    return Reply(body={"data": without_absent(shown, state.behaviour)})


def file(state: State, call: Call) -> Reply:
    """`GET …/executions/{id}/{type}/{filename}`: on to the signed address."""
    execution = found(state, call)
    asked = log_files.LogFile(execution.id, _type(call), call.params["filename"])
    if asked not in log_files.files_of(state, execution.id, asked.type):
        raise NotFound("there is no such log file")
    url, _ = log_files.signed(state, call.incoming.base_url, asked)
    return Reply(302, headers={"location": url})


def _type(call: Call) -> str:
    kind = call.params["type"]
    if kind not in log_files.TYPES:
        known = list(log_files.TYPES)
        raise BadRequest(f"log type {kind!r} is not known", field="type", known_values=known)
    return kind
