import json
from typing import Any

import httpx
import pytest
from polytomic import Polytomic

from polytomic_emulator import RunningEmulator
from tests.replies import Judge, Reply, problem_of

CONNECTION = "/api/connections/some-id"


def _reply(path: str = CONNECTION, status: int = 200, **more: Any) -> Reply:
    body = more.pop("body", {"data": {"id": "c", "type": {"id": "netsuite"}}})
    text = body if isinstance(body, str) else json.dumps(body)
    usual: dict[str, Any] = {"method": "GET", "version": "2025-09-18", "switches": {}}
    return Reply(path=path, status=status, body=text, **{**usual, "played": False, **more})


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (_reply(body={"data": {"type": "netsuite"}}), "connections.get cannot read it"),
        (_reply(body={"data": {"created_at": "yesterday"}}), "connections.get cannot read it"),
        (_reply(body={"data": {"owner": "me"}}), "connections.get knows no .data.owner"),
        (_reply(status=422, body={"message": "no"}), "connections.get declares no status 422"),
        (_reply(status=404, body={"status": "404 Not Found"}), "connections.get cannot read it"),
        (_reply(status=500, body={"key": "internal_error"}), "the emulator failed"),
        (_reply("/api/connections/some-id/secrets"), "has no operation"),
    ],
)
def test_a_reply_that_is_not_official_is_a_problem(reply: Reply, reason: str) -> None:
    assert reason in (problem_of(reply) or "")


@pytest.mark.parametrize(
    "reply",
    [
        _reply(),
        _reply(status=404, body={"message": "connection not found", "status": 404}),
        _reply(status=401, body={"message": "no credential", "status": 401}),
        _reply(status=204, body="", method="DELETE"),
        _reply("/api/webhooks/some-id", status=404, body={"message": "no"}, method="PUT"),
        _reply("/api/nowhere", status=404, body={"message": "no route"}),
    ],
)
def test_what_the_official_client_reads_is_none(reply: Reply) -> None:
    assert problem_of(reply) is None


def test_replies_of_faults_and_of_contrary_switches_are_not_judged() -> None:
    assert _reply().judged
    assert not _reply(played=True).judged
    assert not _reply(version="2024-02-08").judged
    assert not _reply(switches={"type_shape": "string"}).judged
    assert _reply(switches={"cache_status": "cached"}).judged
    assert _reply("/api/syncs", switches={"type_shape": "string"}).judged


def test_the_suites_own_judge_sees_what_an_emulator_answers(judge: Judge) -> None:
    before = set(judge.folder.iterdir())
    with RunningEmulator() as emulator:
        client = Polytomic(base_url=emulator.url, token=emulator.api_key)
        client.identity.get()
        (written,) = set(judge.folder.iterdir()) - before
        kept = Reply(**json.loads(written.read_text()))
        assert (kept.method, kept.path, kept.status, kept.judged) == ("GET", "/api/me", 200, True)
        emulator.fail(kind="status", status=200, body={"data": 5})
        assert httpx.get(f"{emulator.url}/api/me").json() == {"data": 5}
        last = Reply(**json.loads(written.read_text().splitlines()[-1]))
        assert last.played
