"""Whatever a server does with the secrets of a connection, nothing that is told shows them."""

import base64
import html
import json
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from polytomic_emulator import RunningEmulator
from polytomic_provider import dynamic
from polytomic_provider.api import open_log, resolve_settings
from polytomic_provider.dynamic import DynamicProvider, OperationFailed
from polytomic_provider.facts import connection_types
from polytomic_provider.facts.connection_types import Property
from polytomic_provider.facts.secrets import is_secret
from polytomic_provider.kinds.lifecycle.state import read_inputs, read_state
from tests.quick_session import Clock, QuickSession

SAMPLE = ("netsuite", "csv", "api", "salesforce", "postgresql")
"""Flat and nested secrets, pairs of a header, an OAuth type, a database."""

MARK = "canary-7d1f-"
IN_BASE64 = base64.b64encode(b"canary-").decode()[:8]
NUMBER = 909090909
"""The canary where a secret is an integer."""

Echo = Callable[[str], Any]
ECHOES: dict[str, Echo] = {
    "message": lambda text: {"message": f"refused: {text}"},
    "metadata": lambda text: {
        "message": "refused",
        "metadata": {"configuration.field": {"value": text}},
    },
    "percent": lambda text: {"message": f"refused: {quote(text, safe='')}"},
    "json": lambda text: {"message": f"refused: {json.dumps(json.dumps(text))}"},
    "base64": lambda text: {"message": f"refused: {base64.b64encode(text.encode()).decode()}"},
    "html": lambda text: {"message": f"refused: {html.escape(text)}"},
    "cut": lambda text: {"message": "x" * (1000 - len(text) // 2) + text},
}


def _each_type() -> list[Any]:
    return [
        pytest.param(one, marks=() if one in SAMPLE else pytest.mark.torture)
        for one in connection_types.all_types()
    ]


def secret_configuration(type_id: str, mark: str) -> dict[str, Any]:
    """A configuration with a canary at every secret key and something that fits at the others."""
    known = connection_types.all_types()[type_id]
    made = _filled(type_id, known.properties, (), mark)
    return {name: made[name] for name in made if made[name] is not None}


def _filled(
    type_id: str, properties: Mapping[str, Property], path: tuple[str, ...], mark: str
) -> dict[str, Any]:
    return {
        name: _value(type_id, found, (*path, name), mark)
        for name, found in properties.items()
        if not (found.read_only or found.internal)
    }


def _value(type_id: str, found: Property, path: tuple[str, ...], mark: str) -> Any:
    if found.children:
        inner = _filled(type_id, found.children, path, mark)
        return [inner] if found.json_type == "array" else inner
    if is_secret(type_id, path):
        return NUMBER if found.json_type == "integer" else f'{MARK}{mark} "{".".join(path)}"/é'
    if found.enum:
        return found.enum[0]
    plain: dict[str, Any] = {
        "boolean": True,
        "integer": 5,
        "number": 1.5,
        "array": [],
        "object": {},
    }
    return plain.get(found.json_type or "", "plain")


def canaries(value: Any) -> list[str]:
    """Every canary of a configuration, as the server would write it."""
    if isinstance(value, dict):
        return [one for item in value.values() for one in canaries(item)]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, list):
        return [one for item in value for one in canaries(item)]  # pyright: ignore[reportUnknownVariableType]
    return [str(value)] if value == NUMBER or MARK in str(value) else []


@dataclass
class Told:
    """A provider in front of an emulator, and all that anybody could read of its work."""

    emulator: RunningEmulator
    log: Path
    level: str
    said: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        config = {"polytomic:apiKey": self.emulator.api_key, "polytomic:url": self.emulator.url}
        environ = {"POLYTOMIC_LOG": self.level, "POLYTOMIC_LOG_FILE": str(self.log)}
        log = open_log(environ, self.said.append)
        settings = resolve_settings(config, {})
        self.session = QuickSession(settings, log=log, clock=Clock(self.emulator))
        self.provider = DynamicProvider("Connection")
        self.provider._session = self.session  # pyright: ignore[reportPrivateUsage]

    def refuse(self, method: str, body: Any) -> None:
        """Let the server refuse every such request with this body."""
        self.emulator.clear_faults()
        self.emulator.fail(
            kind="status",
            status=422,
            method=method,
            path="^/api/connections",
            times=None,
            body=body,
        )

    def fails(self, operation: Callable[..., object], *arguments: Any) -> str:
        """Let an operation fail; gives its message, and notes all that a traceback holds."""
        with pytest.raises(OperationFailed) as raised:
            operation(*arguments)
        error: BaseException | None = raised.value
        self.said.append("".join(traceback.format_exception(raised.value)))
        while error is not None:
            notes: list[str] = getattr(error, "__notes__", [])
            self.said += [str(error), repr(error), *notes]
            error = error.__cause__ or error.__context__
        return str(raised.value)

    def leaks(self) -> list[str]:
        """Everything told, shown or logged that holds a canary."""
        texts = [*self.said, repr(self.session), repr(self.session.settings)]
        texts += self.log.read_text().splitlines()
        marks = (MARK, IN_BASE64, str(NUMBER), self.emulator.api_key)
        return [text for text in texts if any(mark in text for mark in marks)]


@pytest.fixture(scope="module")
def server() -> Iterator[RunningEmulator]:
    with RunningEmulator() as emulator:
        yield emulator


@pytest.fixture
def told(
    server: RunningEmulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Told]:
    server.reset()

    def make(level: str) -> Told:
        made = Told(server, tmp_path / f"{level}.log", level)

        def tell(message: str, **_: Any) -> None:
            made.said.append(message)

        monkeypatch.setattr(dynamic, "tell", tell)
        return made

    return make


def _plain(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Outputs as Pulumi hands them back, with their secrets opened."""

    def opened(value: Any) -> Any:
        if isinstance(value, dict):
            if "value" in value and len(value) == 2 and any(len(k) == 32 for k in value):  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
                return opened(value["value"])
            return {key: opened(item) for key, item in value.items()}  # pyright: ignore[reportUnknownVariableType]
        if isinstance(value, list):
            return [opened(item) for item in value]  # pyright: ignore[reportUnknownVariableType]
        return value

    return {key: opened(value) for key, value in properties.items()}


@pytest.mark.parametrize("type_id", _each_type())
def test_no_secret_of_any_type_is_told_whatever_the_server_says(
    told: Callable[[str], Told], type_id: str
):
    run = told("debug")
    old = secret_configuration(type_id, "old")
    new = secret_configuration(type_id, "new")
    inputs = {"name": "made", "type": type_id, "configuration": old, "__identity": "urn:made"}
    changed = {**inputs, "configuration": new}
    run.said += [str(failure.reason) for failure in run.provider.check({}, inputs).failures]
    for echo in ECHOES.values():
        for secret in canaries(old):
            run.refuse("POST", echo(secret))
            assert "422" in run.fails(run.provider.create, inputs)
    run.emulator.clear_faults()
    run.emulator.fail(kind="drop", when="after", method="POST", path="^/api/connections$")
    made = run.provider.create(inputs)
    outs = _plain(made.outs or {})
    assert canaries(outs["configuration"]) == canaries(old)
    run.said += [repr(read_inputs(inputs)), repr(read_state("id", outs, frozenset(inputs)))]
    run.provider.read(str(made.id), outs)
    for secret in (*canaries(old), *canaries(new)):
        run.refuse("PUT", {"message": f"{secret} is not it"})
        assert "422" in run.fails(run.provider.update, made.id, outs, changed)
    run.emulator.clear_faults()
    updated = _plain(run.provider.update(str(made.id), outs, changed).outs or {})
    assert canaries(updated["configuration"]) == canaries(new)
    run.provider.delete(str(made.id), updated)
    assert run.leaks() == []
    assert "POST /api/connections 201" in run.log.read_text()


@pytest.mark.parametrize("type_id", ["csv", "api", "webhook"])
def test_a_nested_secret_that_the_server_shows_is_not_told_and_no_drift(
    told: Callable[[str], Told], type_id: str
):
    run = told("debug")
    run.emulator.behave(nested_secrets="shown")
    try:
        inputs = {
            "name": "made",
            "type": type_id,
            "configuration": secret_configuration(type_id, "nested"),
            "__identity": "urn:made",
        }
        made = run.provider.create(inputs)
        outs = _plain(made.outs or {})
        read = run.provider.read(str(made.id), outs)
        assert _plain(read.outs or {})["configuration"] == outs["configuration"]
        assert canaries(outs["configuration"]) == canaries(inputs["configuration"])
        assert run.leaks() == []
    finally:
        run.emulator.behave_as_usual()


@pytest.mark.parametrize("level", ["debug", "info", "warning"])
def test_no_level_of_the_log_and_no_word_about_a_wait_shows_a_secret(
    told: Callable[[str], Told], level: str
):
    run = told(level)
    configuration = secret_configuration("netsuite", level)
    inputs = {"name": "made", "type": "netsuite", "configuration": configuration}
    echo = f"busy with {json.dumps(configuration)} and {run.emulator.api_key}"
    run.emulator.fail(
        kind="status", status=429, method="POST", retry_after=0.01, body={"message": echo}
    )
    made = run.provider.create(inputs)
    assert any("trying again" in text for text in run.said)
    assert " 429 " in run.log.read_text()
    assert run.leaks() == []
    assert made.id


def test_a_secret_of_one_resource_in_words_about_another_is_not_shown(told: Callable[[str], Told]):
    run = told("debug")
    configuration = secret_configuration("netsuite", "first")
    run.provider.check({}, {"type": "netsuite", "configuration": configuration})
    run.refuse("POST", {"message": f"the other one has {json.dumps(configuration)}"})
    other = {"name": "other", "type": "salesforce", "configuration": {"domain": "acme"}}
    assert "[secret]" in run.fails(run.provider.create, other)
    assert run.leaks() == []


@pytest.mark.parametrize("method", ["DELETE", "GET"])
@pytest.mark.parametrize("echo", ECHOES)
def test_deleting_and_reading_show_no_secret_of_a_resource_that_this_run_has_not_seen(
    told: Callable[[str], Told], method: str, echo: str
):
    arguments = {"name": "crm 2", "type": "salesforce", "configuration": {"domain": "acme"}}
    made = told("info").provider.create({**arguments, "__identity": "urn:made"})
    outs = _plain(made.outs or {})
    run = told("debug")
    for secret in canaries(secret_configuration("netsuite", "unseen")):
        run.refuse(method, ECHOES[echo](secret))
        operation = run.provider.delete if method == "DELETE" else run.provider.read
        assert "422" in run.fails(operation, str(made.id), outs)
    in_use = f"connection 'crm 2' ({made.id}) is in use by 3 syncs since 2025-01-02"
    run.refuse("DELETE", {"message": in_use})
    assert in_use in run.fails(run.provider.delete, str(made.id), outs)
    assert run.leaks() == []


@pytest.mark.parametrize("broken", ["secrets", "compare"])
def test_a_fault_of_the_provider_itself_shows_no_secret(
    told: Callable[[str], Told], monkeypatch: pytest.MonkeyPatch, broken: str
):
    run = told("debug")
    outs = {"type": "netsuite", "configuration": secret_configuration("netsuite", "old")}
    news = {"type": "netsuite", "configuration": secret_configuration("netsuite", "new")}

    def fault(*given: Any) -> None:
        raise TypeError(f"{given!r}")

    monkeypatch.setattr(type(run.provider.handler), broken, fault)
    assert "report it" in run.fails(run.provider.diff, "id", outs, news)
    run.log.touch()
    assert run.leaks() == []


def test_a_secret_in_the_health_of_a_connection_is_not_written(told: Callable[[str], Told]):
    run = told("debug")
    outs = {"type": "netsuite", "configuration": secret_configuration("netsuite", "health")}
    words = f"login failed with {json.dumps(outs['configuration'])}"
    state = read_state("id", {**outs, "status_error": words}, frozenset(outs))
    written = run.provider.written(state)["status_error"]
    assert "login failed" in written
    assert MARK not in written
