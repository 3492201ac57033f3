"""The key is in no variable of any frame of an error, where pytest and error reporters look."""

import socket
import traceback
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from polytomic_provider.api import Polytomic, PolytomicError, Transport, resolve_settings
from polytomic_provider.api.http import errors, transport
from polytomic_provider.api.http.interruption import Interrupted, Interruption
from polytomic_provider.api.http.operation import Operation, allowing, carrying_out
from polytomic_provider.api.http.retries import Deadline
from polytomic_provider.host.session import open_session
from tests.unit.api.conftest import KEY
from tests.unit.api.scripted_server import (
    Server,
    Step,
    answer,
    cut_short,
    data,
    hang_up,
    stay_silent,
    text,
)

CERTIFICATE = str(Path(__file__).with_name("untrusted_localhost.pem"))


def _links(error: BaseException) -> Iterator[BaseException]:
    """The error, and whatever it came of, also where Python would not show that."""
    waiting, found = [error], set[int]()
    while waiting:
        link = waiting.pop()
        if id(link) not in found:
            found.add(id(link))
            yield link
            waiting += [one for one in (link.__cause__, link.__context__) if one is not None]


def frames_that_show(error: BaseException, words: str) -> list[str]:
    """The variables of frames of the product and of what it calls in which `words` stand."""
    shown: list[str] = []
    for link in _links(error):
        for frame, line in traceback.walk_tb(link.__traceback__):
            if "/tests/" in frame.f_code.co_filename:
                continue
            for name, value in frame.f_locals.items():
                if words in repr(value):
                    shown.append(f"{frame.f_code.co_filename}:{line} {name}")
    return shown


SETTINGS: dict[str, tuple[Mapping[str, str], Mapping[str, str]]] = {
    "workers": ({"apiKey": KEY, "workers": "many"}, {}),
    "key as timeout": ({"apiKey": KEY, "requestTimeout": KEY}, {}),
    "key as workers": ({"apiKey": KEY, "workers": KEY}, {}),
    "key as address": ({"apiKey": KEY, "url": KEY}, {}),
    "key in an address": ({"apiKey": KEY, "url": f"https://{KEY}.example:99999"}, {}),
    "key as user": ({"apiKey": KEY, "url": f"https://{KEY}@example.com"}, {}),
    "address as key": ({"apiKey": f"https://{KEY}"}, {}),
    "two lines": ({"apiKey": f"{KEY}\n{KEY}"}, {}),
    "two kinds": ({"apiKey": KEY, "partnerKey": KEY}, {}),
    "two kinds in the environment": (
        {},
        {"POLYTOMIC_API_KEY": KEY, "POLYTOMIC_DEPLOYMENT_KEY": KEY},
    ),
    "no organization": ({}, {"POLYTOMIC_PARTNER_KEY": KEY}),
    "colon in the organization": ({"partnerKey": KEY, "organizationId": f"a:{KEY}"}, {}),
    "plain http": ({"apiKey": KEY, "url": f"http://polytomic.example/{KEY}"}, {}),
    "untrusted": ({"url": "https://evil.example"}, {"POLYTOMIC_API_KEY": KEY}),
    "untrusted list": (
        {"url": "https://evil.example"},
        {"POLYTOMIC_API_KEY": KEY, "POLYTOMIC_TRUSTED_URLS": f"https://{KEY}@x"},
    ),
    "missing": ({}, {"ANOTHER": KEY}),
    "no such account": ({"account": "asia", "accounts": f'{{"eu": {{"apiKey": "{KEY}"}}}}'}, {}),
    "no account": ({"account": "eu", "accounts": f'"{KEY}"'}, {}),
    "accounts cut short": ({"accounts": f'{{"eu": {{"apiKey": "{KEY}"'}, {}),
    "account with a wrong setting": ({"accounts": f'{{"eu": {{"key": "{KEY}"}}}}'}, {}),
}

REPLIES: dict[str, Step] = {
    **{
        str(status): answer(status, {"message": f"not {KEY}", "status": status})
        for status in (400, 401, 403, 404, 405, 408, 409, 418, 422, 429, 500, 599)
    },
    "422 in use": answer(
        422,
        {
            "message": "connection in use",
            "metadata": {"used_by": [{"type": "sync", "name": KEY, "id": "1"}]},
        },
    ),
    "404 of a gateway": text(404, KEY, "text/plain"),
    "page": text(200, f"<html>{KEY}", "text/html"),
    "half of JSON": text(200, f'{{"{KEY}', "application/json"),
    "no object": answer(200, [1]),
    "elsewhere": answer(302, Location=f"http://{KEY}.example/"),
    "cut": cut_short,
    "dropped": hang_up,
    "silent": stay_silent,
}


def _client(url: str, **settings: str) -> Polytomic:
    config = {"polytomic:apiKey": KEY, "polytomic:url": url}
    config |= {f"polytomic:{name}": value for name, value in settings.items()}
    resolved = resolve_settings(config, {})
    return Polytomic(resolved, transport=Transport(resolved, sleep=lambda _: None))


def _provoked(server: Server, tls: Server) -> Iterator[tuple[str, Callable[[], object]]]:
    for name, (config, environ) in SETTINGS.items():
        prefixed = {f"polytomic:{key}": value for key, value in config.items()}
        yield name, lambda config=prefixed, environ=environ: resolve_settings(config, environ)
        yield name, lambda config=prefixed, environ=environ: open_session(config.get, environ)
    for name, step in REPLIES.items():

        def ask(step: Step = step, method: str = "GET") -> object:
            server.always(step)
            client = _client(server.url, requestTimeout="1s", operationTimeout="1s")
            with allowing(1):
                if method == "GET":
                    return client.connections.get("1").data
                return client.transport.request(method, "/api/x", json={"a": 1})

        yield name, ask
        if name not in ("silent", "no object"):
            yield f"POST {name}", lambda ask=ask: ask(method="POST")
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{bound.getsockname()[1]}"
        yield "nobody", _client(nobody).connections.list
    yield "TLS", _client(tls.url.replace("http:", "https:")).connections.list
    yield "NaN", lambda: _client(server.url).transport.request("POST", "/x", json=float("nan"))
    yield "surrogate", lambda: _client(server.url).transport.request("GET", "/x\ud800")

    def interrupted() -> None:
        server.always(answer(503))
        gone = Interruption()
        gone.finish()
        with carrying_out(Operation(Deadline.after(5), gone)):
            _client(server.url).connections.list()

    yield "interrupted", interrupted

    def proxied() -> None:
        server.always(answer(407))
        settings = _client("https://polytomic.example").settings
        with httpx.Client(proxy=server.url) as http:
            Transport(settings, http=http, sleep=lambda _: None).request("GET", "/api/x")

    yield "proxy", proxied

    def other_workspace() -> None:
        server.always(data({"organization_id": "another"}))
        _client(server.url).workspace.check("mine", subject=KEY[:3])

    yield "workspace", other_workspace


def _classes(kind: type[PolytomicError]) -> Iterator[type[PolytomicError]]:
    yield kind
    for one in kind.__subclasses__():
        yield from _classes(one)


def test_no_frame_of_any_error_has_the_key(
    servers: Callable[[], Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "LARGEST_REPLY", 1000)
    server, tls = servers(), servers()
    tls.speak_tls(CERTIFICATE)
    raised: set[type[BaseException]] = set()
    for name, provoke in [
        *_provoked(server, tls),
        ("too large", lambda: _too_large(server)),
    ]:
        with pytest.raises(PolytomicError) as caught:
            provoke()
        raised.add(type(caught.value))
        assert frames_that_show(caught.value, KEY) == [], name
        shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
        own = [frame for frame in shown.stack if "/tests/" not in frame.filename]
        assert not any(KEY in str(frame.locals) for frame in own), name
    inner = (PolytomicError, errors.SettingsError, errors.TransportError)
    own_errors = {
        one for one in _classes(PolytomicError) if one.__module__ == errors.__name__
    } - set(inner)
    assert own_errors | {Interrupted} <= raised


def _too_large(server: Server) -> Any:
    server.always(data("x" * 2000))
    return _client(server.url).connections.list()
