"""Whatever a client sends, the emulator answers in order: no 5xx, no traceback, nothing broken."""

import http.client
import json
import logging
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from polytomic import Polytomic

from polytomic_emulator import RunningEmulator
from polytomic_emulator.control.routing import CONTROL_HEADER
from polytomic_emulator.http.exchange import BODY_LIMIT
from polytomic_emulator.http.messages import DEEPEST
from polytomic_emulator.http.routes import ROUTES
from tests.emulator.bulk_uses import bulk_body
from tests.emulator.exercises import TABLE, Stage
from tests.emulator.fuzz_bodies import valid_bodies
from tests.emulator.fuzz_requests import Known, Request, requests
from tests.emulator.pipelines import connect, pipeline

PLAIN = ("organization", "policy", "role", "user", "webhook")
LISTS = (
    *("/api/connections", "/api/models", "/api/syncs"),
    *("/api/permissions/roles", "/api/permissions/policies", "/api/webhooks"),
    "/api/bulk/syncs",
)
KEPT = (
    *("/emulator/connections", "/emulator/models", "/emulator/syncs"),
    *(f"/emulator/stored/{kind}" for kind in (*PLAIN, "bulk_sync")),
)
PAGES = ("/", "/requests")
PARTS = ("mapping", "filters", "schedule", "settings")


class Errors(logging.Handler):
    """Keeps what is logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(self.format(record))


class Target:
    """An emulator that begins every request in the same state."""

    def __init__(self, emulator: RunningEmulator) -> None:
        client = Polytomic(base_url=emulator.url, token=emulator.api_key, max_retries=0)
        stage = Stage(pipeline(emulator, client))
        self.known = _known(stage)
        self.errors = Errors()
        database = emulator._running().state.database  # pyright: ignore[reportPrivateUsage]
        self._state: sqlite3.Connection = database._connection  # pyright: ignore[reportPrivateUsage]
        self._lock: Any = database._lock  # pyright: ignore[reportPrivateUsage]
        self._saved = sqlite3.connect(":memory:", check_same_thread=False)
        self._state.backup(self._saved)
        address = urlsplit(emulator.url)
        self._http = http.client.HTTPConnection("127.0.0.1", address.port or 0, timeout=30)
        self._token = emulator.control_token

    def restore(self) -> None:
        """Back to the state of the beginning."""
        with self._lock:
            self._saved.backup(self._state)

    def send(self, request: Request) -> tuple[int, bytes]:
        """The answer's status and body."""
        self._http.putrequest(request.method, request.path, skip_accept_encoding=True)
        for name, text in request.headers.items():
            self._http.putheader(name, text.encode("latin-1"))
        self._http.putheader(CONTROL_HEADER, self._token)
        self._http.putheader("content-length", str(len(request.body)))
        self._http.endheaders(request.body)
        answer = self._http.getresponse()
        return answer.status, answer.read()

    def read(self, path: str, method: str = "GET") -> tuple[int, bytes]:
        """The answer to a plain question."""
        headers = {"authorization": f"Bearer {self.known.api_key}"}
        return self.send(Request(method, path, headers, b""))


def _known(stage: Stage) -> Known:
    contacts = stage.contacts
    sync, execution, _, file = stage.logged
    other = bulk_body(contacts.salesforce, stage.postgresql, name="Other", active=True)
    others = [contacts.sync(name=f"Sync {number}").id for number in range(2)]
    hubspot = connect(stage.emulator, stage.client, "hubspot")
    ids = {
        "connections": [contacts.salesforce, contacts.netsuite, stage.postgresql, hubspot],
        "enrichment": [stage.apollo],
        "enrichment-source": [stage.apollo],
        "modelsync": [contacts.salesforce],
        "properties": [stage.postgresql],
        "{schema_id": [stage.postgresql],
        "models": [contacts.model],
        "syncs": [sync, *others],
        "bulk": [stage.bulk, stage.client.bulk_sync.create(**other).data.id],
        "bulk execution": [stage.bulk_ended[1]],
        "schedule_id": [stage.bulk_schedule],
        "schema of bulk": ["Contact", "Lead"],
        "sync_id": [sync],
        "execution": [execution],
        "jobs": [stage.job],
        "permissions": [
            *(stage.role, stage.policy),
            contacts.client.permissions.roles.list().data[0].id,
        ],
        "webhooks": [stage.webhook],
        "users": [stage.user],
        "organizations": [stage.org],
        "organization_id": [stage.org],
        "type of jobs": ["createmodel", "samplemodel"],
        "type of syncs": ["errors", "records"],
        "type of connection_types": ["salesforce", "github", "postgresql"],
        "filename": [file],
        "schema_id": [TABLE, "contacts"],
        "field_id": [stage.score, "email", "none"],
        "property": ["name"],
        "token": [stage.token],
    }
    return Known(
        stage.emulator.api_key,
        stage.emulator.partner_key,
        stage.emulator.organization_id,
        ids,
        valid_bodies(contacts, stage.postgresql),
    )


@pytest.fixture(scope="module")
def target() -> Iterator[Target]:
    with RunningEmulator(seed=1) as emulator:
        made = Target(emulator)
        watched = [logging.getLogger(name) for name in ("polytomic.emulator", "uvicorn.error")]
        levels = [logger.level for logger in watched]
        for logger in watched:
            logger.addHandler(made.errors)
            logger.setLevel(logging.ERROR)
        yield made
        for logger, level in zip(watched, levels, strict=True):
            logger.removeHandler(made.errors)
            logger.setLevel(level)


def _check(target: Target, request: Request, *, pages: bool) -> None:
    """The answer is one that the API gives, and everything can still be read afterwards."""
    target.restore()
    status, body = target.send(request)
    assert status < 500, f"{request}\n{status} {body!r}"
    if status >= 400 and request.method != "HEAD":
        refusal = json.loads(body)
        assert refusal.get("status") in (status, "Unauthorized"), f"{request}\n{refusal}"
    if status < 300 and request.method != "GET":
        for path in (*LISTS, *KEPT, *(PAGES if pages else ())):
            read, text = target.read(path)
            assert read == 200, f"{request}\nthen GET {path}: {read} {text!r}"
        for method, path in _uses(request, body, pages=pages):
            used, text = target.read(path, method)
            assert used < 500, f"{request}\nthen {method} {path}: {used} {text!r}"
    assert target.errors.texts == [], f"{request}\n{target.errors.texts}"


def _uses(request: Request, body: bytes, *, pages: bool) -> list[tuple[str, str]]:
    """What puts to work the thing that a request made or changed, and shows it to a person."""
    made: Any = json.loads(body).get("data") if body else None
    if not isinstance(made, dict) or "id" not in made:
        return []
    uses: list[tuple[str, str]] = []
    shown: list[str] = []
    if request.path.startswith("/api/connections"):
        shown = [f"/connections/{made['id']}"]
    if request.path.startswith("/api/models"):
        uses = [("GET", f"/api/models/{made['id']}/sample")]
        shown = [f"/models/{made['id']}", f"/models/{made['id']}/edit"]
    if request.path.startswith("/api/bulk/syncs") and "normalize_names" in made:
        sync = made["id"]
        uses = [
            ("POST", f"/emulator/bulk-syncs/{sync}/run"),
            ("GET", f"/api/bulk/syncs/{sync}/status"),
        ]
    if request.path.startswith("/api/syncs") and "mode" in made:
        sync = made["id"]
        uses = [("POST", f"/emulator/syncs/{sync}/run"), ("GET", f"/api/syncs/{sync}/status")]
        shown = [f"/syncs/{sync}", *(f"/syncs/{sync}/edit/{part}" for part in PARTS)]
    return uses + [("GET", path) for path in shown if pages]


def _fuzz(target: Target, cases: int, *, repeatable: bool) -> None:
    @settings(
        max_examples=cases,
        derandomize=repeatable,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(requests(target.known))
    def every_request_is_answered(request: Request) -> None:
        _check(target, request, pages=not repeatable)

    every_request_is_answered()


def test_nonsense_is_answered_in_order(target: Target) -> None:
    _fuzz(target, 150, repeatable=True)


@pytest.mark.torture
@pytest.mark.timeout(1200)
def test_much_nonsense_is_answered_in_order(target: Target) -> None:
    _fuzz(target, 5000, repeatable=False)


def test_every_route_that_reads_a_body_is_fuzzed_from_a_valid_one(target: Target) -> None:
    reading = {
        (route.method, route.path) for route in ROUTES if route.method in ("POST", "PUT", "PATCH")
    }
    assert reading <= set(target.known.bodies)


def test_the_bodies_to_damage_are_valid_before(target: Target) -> None:
    for (method, path), bodies in target.known.bodies.items():
        own = ("/api/connections", "/api/models", "/api/syncs", "/api/bulk/syncs")
        if path not in (*own, "/api/connections/test"):
            continue
        for body in bodies:
            target.restore()
            headers = {"authorization": f"Bearer {target.known.api_key}"}
            status, answer = target.send(Request(method, path, headers, json.dumps(body).encode()))
            assert status < 300, (path, body, answer)


@pytest.mark.parametrize(
    "start",
    [
        b"GET /api/\xff\xfe HTTP/1.1",
        b"GET /api/connections?\x80=\x81 HTTP/1.1",
        b"\x16\x03\x01\x02\x00\x01",
        b"BREW /api/me HTTP/1.1",
        b"GET http://elsewhere/api/me HTTP/1.1",
        b"GET /api/me HTTP/9.9",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1",
    ],
)
def test_bytes_that_are_no_request_are_no_trouble(target: Target, start: bytes) -> None:
    with closing(socket.create_connection(("127.0.0.1", target._http.port), timeout=10)) as raw:
        raw.sendall(start + b"\r\nhost: x\r\nconnection: close\r\n\r\n")
        answer = raw.recv(65536)
    assert not answer or int(answer.split(b" ")[1]) < 500
    assert target.errors.texts == []
    assert target.read("/api/me")[0] == 200


@pytest.mark.parametrize("path", ["/api/connections", "/api/syncs", "/api/nowhere"])
def test_an_oversized_body_is_refused_and_the_next_request_answered(
    target: Target, path: str
) -> None:
    headers = {"authorization": f"Bearer {target.known.api_key}"}
    body = b'{"name": "' + b"a" * BODY_LIMIT + b'"}'
    status, answer = target.send(Request("POST", path, headers, body))
    assert (status, json.loads(answer)["key"]) == (413, "request_too_large")
    assert target.read("/api/me")[0] == 200


def _nested(target: Target, depth: int, opening: str) -> tuple[int, dict[str, Any]]:
    """A model with something nested so deeply, in an enricher: deeper than its three levels."""
    closing_ = {"[": "]", '{"a":': "}"}[opening]
    deep = opening * depth + "1" + closing_ * depth
    connection = target.known.ids["connections"][0]
    body = (
        f'{{"name": "Deep", "connection_id": "{connection}",'
        f' "configuration": {{"table": "Contact"}},'
        f' "enricher": {{"connection_id": "{connection}", "configuration": {{"deep": {deep}}}}}}}'
    )
    headers = {"authorization": f"Bearer {target.known.api_key}"}
    status, answer = target.send(Request("POST", "/api/models", headers, body.encode()))
    return status, json.loads(answer)


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_a_body_nested_too_deeply_is_refused(target: Target, opening: str) -> None:
    target.restore()
    assert _nested(target, DEEPEST - 3, opening)[0] == 201
    for depth in (DEEPEST - 2, 200, 400, 800, 990, 3000, 100_000):
        status, answer = _nested(target, depth, opening)
        assert (status, answer["key"]) == (400, "bad_request")
    assert target.errors.texts == []
