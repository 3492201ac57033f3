"""The log of requests: what it tells, and what it never tells."""

import io
import json
import os
import re
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polytomic_provider.api import BadRequest, Polytomic, Transport, open_log
from polytomic_provider.api.http.request_log import Level, RequestLog
from polytomic_provider.api.http.shown_body import HARMLESS, shown_body
from tests.unit.api.scripted_server import Clock, Server, answer, data, hang_up

Connect = Callable[..., Polytomic]


@pytest.fixture
def logged(server: Server, connect: Connect, clock: Clock) -> Callable[..., list[str]]:
    """The lines of one request at a level."""

    def ask(
        level: Level, method: str = "POST", path: str = "/api/connections", **request: Any
    ) -> list[str]:
        out = io.StringIO()
        transport = Transport(
            connect(server.url).settings,
            sleep=clock.sleep,
            now=clock.now,
            log=RequestLog(level, out),
        )
        with suppress(BadRequest):
            transport.request(method, path, **request)
        transport.close()
        return out.getvalue().splitlines()

    return ask


def test_a_request_is_one_line(logged: Callable[..., list[str]], server: Server) -> None:
    server.play(answer(503, {}, X_Request_Id="req-1"), hang_up, data({}, X_Request_Id="req-2"))
    lines = logged(Level.INFO, idempotency_key="k" * 20, json={"name": "a"})
    shown = [re.sub(r"^\S+Z (\w+) \d+ ", r"\1 ", line) for line in lines]
    assert shown == [
        "WARNING POST /api/connections 503 0ms attempt=1 idempotency_key=yes request_id=req-1",
        "WARNING POST /api/connections dropped 0ms attempt=2 idempotency_key=yes request_id=-",
        "INFO POST /api/connections 200 0ms attempt=3 idempotency_key=yes request_id=req-2",
    ]


def test_only_what_went_wrong_is_a_warning(
    logged: Callable[..., list[str]], server: Server
) -> None:
    server.play(data({}), answer(400, {"message": "canary-echo"}))
    assert logged(Level.WARNING) == []
    assert "canary" not in "".join(logged(Level.WARNING))


def test_bodies_are_shown_at_debug_only_and_masked(
    logged: Callable[..., list[str]], server: Server, key: str
) -> None:
    server.always(data({"id": "c1", "status": "healthy", "auth_code": "canary-code"}))
    body = {
        "type": "netsuite",
        "name": "NetSuite\nforged line",
        "configuration": {
            "account_id": "canary-of-a-program",
            "token": "canary-token",
            "odd": "canary-odd",
            "ssl": True,
        },
        "authorization": f"Bearer {key}",
    }
    assert "configuration" not in "".join(logged(Level.INFO, json=body))
    (line,) = logged(Level.DEBUG, json=body)
    assert "canary" not in line
    assert key not in line
    assert '"account_id": "********"' in line
    assert '"ssl": true' in line
    assert '"status": "healthy"' in line


@given(
    st.recursive(
        st.just("canary") | st.integers(900_000, 900_009),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.text(max_size=8).filter(lambda name: name not in HARMLESS)
                | st.just("configuration"),
                inner,
                max_size=3,
            )
        ),
    )
)
def test_no_value_under_an_unknown_name_is_ever_shown(body: Any) -> None:
    shown = json.dumps(shown_body(body))
    assert "canary" not in shown
    assert "90000" not in shown


@pytest.mark.parametrize(
    "body",
    [
        {"filters": [{"field": "Email", "function": "Equality", "value": "canary"}]},
        {"override_fields": [{"target": "Company", "value": "canary"}]},
        {"encryption_passphrase": "canary"},
        {"name": "https://ann:canary@files.example.com"},
        {"configuration": {"query": "select 'canary'", "table": "t"}},
        {"type": "csv", "configuration": {"headers": [{"name": "A", "value": "canary"}]}},
        {"type": "csv", "configuration": {"auth": {"basic": {"password": "canary"}}}},
        {"type": {"id": "netsuite"}, "configuration": {"token": "canary"}},
        {"status_error": "the password canary is wrong"},
        {"auth_url": "https://app.polytomic.com/connect?token=canary"},
    ],
)
def test_what_may_be_secret_is_masked(body: dict[str, Any]) -> None:
    assert "canary" not in json.dumps(shown_body(body))


@pytest.mark.parametrize(
    ("path", "reply"),
    [
        ("/api/models/m1/sample", {"records": [{"m1": {"name": "canary", "status": 4711}}]}),
        ("/api/connections/c1/schemas/public.users/records", [{"name": "canary", "id": 4711}]),
        ("/api/jobs/samplemodel/j1", {"result": {"records": [{"m1": {"name": "canary"}}]}}),
    ],
)
def test_of_rows_no_value_is_shown_whatever_their_columns_are_called(
    logged: Callable[..., list[str]], server: Server, path: str, reply: Any
) -> None:
    server.play(data(reply))
    (line,) = logged(Level.DEBUG, "GET", path)
    assert '"name": "********"' in line
    assert "canary" not in line
    assert "4711" not in line


def test_nothing_is_logged_unless_asked_for() -> None:
    warnings: list[str] = []
    assert open_log({}, warnings.append) is None
    assert warnings == []


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"POLYTOMIC_LOG": "loud"}, "'loud' is no level (debug, info, warning)"),
        ({"POLYTOMIC_LOG_FILE": "a"}, "does nothing without POLYTOMIC_LOG"),
        ({"POLYTOMIC_LOG": "info", "POLYTOMIC_LOG_FILE": "/no/such/folder/a"}, "cannot be written"),
        ({"POLYTOMIC_LOG": "info", "POLYTOMIC_LOG_FILE": "/"}, "cannot be written"),
        ({"POLYTOMIC_LOG": "info", "POLYTOMIC_LOG_FILE": "a\0b"}, "cannot be written"),
    ],
)
def test_what_cannot_be_logged_is_told_and_stops_nothing(
    environment: dict[str, str], told: str
) -> None:
    warnings: list[str] = []
    assert open_log(environment, warnings.append) is None
    assert len(warnings) == 1
    assert told in warnings[0]


def test_the_file_is_appended_to_and_for_its_owner_only(
    tmp_path: Path, server: Server, connect: Connect
) -> None:
    path = tmp_path / "requests.log"
    path.write_text("earlier\n")
    path.chmod(0o644)
    server.always(data({}))
    for level in ("info", "DEBUG"):
        log = open_log({"POLYTOMIC_LOG": level, "POLYTOMIC_LOG_FILE": str(path)}, print)
        transport = Transport(connect(server.url).settings, log=log)
        transport.request("GET", "/api/me")
        transport.close()
    lines = path.read_text().splitlines()
    assert lines[0] == "earlier"
    assert len(lines) == 3
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("kind", ["link", "pipe", "device"])
def test_nothing_but_a_file_of_ones_own_is_written(tmp_path: Path, kind: str) -> None:
    path, other = tmp_path / "requests.log", tmp_path / "other"
    other.write_text("")
    other.chmod(0o644)
    if kind == "link":
        path.symlink_to(other)
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path = Path("/dev/null")
    warnings: list[str] = []
    environment = {"POLYTOMIC_LOG": "info", "POLYTOMIC_LOG_FILE": str(path)}
    assert open_log(environment, warnings.append) is None
    assert "cannot be written" in warnings[0]
    assert stat.S_IMODE(other.stat().st_mode) == 0o644


def test_a_log_that_breaks_disturbs_no_request(server: Server, connect: Connect) -> None:
    out = io.StringIO()
    out.close()
    server.always(data({"a": 1}))
    transport = Transport(connect(server.url).settings, log=RequestLog(Level.DEBUG, out))
    assert transport.request("GET", "/api/me").data == {"a": 1}
    transport.close()
