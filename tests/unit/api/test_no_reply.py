"""What a person reads when no usable reply comes: wrong address, TLS, proxies, time, pages."""

import gzip
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from polytomic_provider.api import (
    ConnectionDropped,
    NotPolytomic,
    Polytomic,
    ProxyFailure,
    RedirectRefused,
    TimedOut,
    TLSFailure,
    Transport,
    UnexpectedReply,
    Unreachable,
)
from polytomic_provider.api.http import transport as transport_module
from tests.unit.api.scripted_server import (
    Clock,
    Handler,
    Server,
    answer,
    cut_short,
    data,
    hang_up,
    stay_silent,
    text,
    trickle,
)

UNTRUSTED = str(Path(__file__).with_name("untrusted_localhost.pem"))
Connect = Callable[..., Polytomic]


def test_an_unknown_host_is_named_with_the_place_of_the_url(connect: Connect, clock: Clock) -> None:
    with pytest.raises(Unreachable) as caught:
        connect("https://polytomic.invalid").identity.me()
    assert "GET /api/me: the host polytomic.invalid is not known" in caught.value.message
    assert "from stack configuration polytomic:url" in str(caught.value)
    assert len(clock.sleeps) == 2


def test_a_connection_that_always_drops_is_given_up(
    server: Server, transport: Transport, clock: Clock
) -> None:
    server.always(hang_up)
    with pytest.raises(ConnectionDropped) as caught:
        transport.request("GET", "/api/me")
    assert "ended before the whole reply was there" in caught.value.message
    assert caught.value.arrived
    assert len(server.requests) == 8
    assert sum(clock.sleeps) == 51.5


def test_a_body_that_is_cut_is_a_dropped_connection(server: Server, transport: Transport) -> None:
    server.always(cut_short)
    with pytest.raises(ConnectionDropped):
        transport.request("GET", "/api/me", retry=False)


def test_half_json_is_a_dropped_connection(server: Server, transport: Transport) -> None:
    server.play(text(200, '{"data": {"id"', "application/json"), data("whole"))
    assert transport.request("GET", "/api/me").data == "whole"


def test_an_untrusted_certificate_is_said_to_be_that(
    servers: Callable[[], Server], connect: Connect, clock: Clock
) -> None:
    server = servers()
    server.speak_tls(UNTRUSTED)
    with pytest.raises(TLSFailure) as caught:
        connect(f"https://127.0.0.1:{server.server_port}").identity.me()
    assert "the certificate of 127.0.0.1" in caught.value.message
    assert "is not trusted: self" in caught.value.message
    assert "SSL_CERT_FILE" in str(caught.value)
    assert clock.sleeps == []


def test_a_certificate_named_by_ssl_cert_file_is_trusted(
    servers: Callable[[], Server], connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", UNTRUSTED)
    server = servers()
    server.speak_tls(UNTRUSTED)
    server.play(data({"email": "a@b.example"}))
    me = connect(f"https://127.0.0.1:{server.server_port}").identity.me()
    assert me.data.email == "a@b.example"


def test_certificates_that_cannot_be_read_are_said_to_be_that(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "broken.pem").write_text("no certificate")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "broken.pem"))
    with pytest.raises(TLSFailure) as caught:
        connect("https://app.example.com").identity.me()
    assert "SSL_CERT_FILE" in str(caught.value)


def test_https_to_a_server_of_plain_http_is_explained(server: Server, connect: Connect) -> None:
    with pytest.raises(TLSFailure) as caught:
        connect(f"https://127.0.0.1:{server.server_port}").identity.me()
    assert "seems to speak plain http" in str(caught.value)
    assert server.requests == []


def test_a_proxy_that_wants_a_user_is_named_and_asked_once(
    server: Server, connect: Connect, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://user:proxy-password@127.0.0.1:{server.server_port}")
    server.always(answer(407))
    with pytest.raises(ProxyFailure) as caught:
        connect("https://polytomic.invalid").identity.me()
    assert "the proxy on the way to polytomic.invalid refused: 407" in caught.value.message
    assert "HTTPS_PROXY" in str(caught.value)
    assert "proxy-password" not in str(caught.value)
    assert [r.method for r in server.requests] == ["CONNECT"]
    assert "polytomic-version" not in str(server.requests[0].headers)
    assert clock.sleeps == []


def test_a_dead_proxy_is_mentioned(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with pytest.raises(Unreachable) as caught:
        connect("https://polytomic.invalid").identity.me()
    assert "A proxy is set in the environment" in str(caught.value)


def test_a_proxy_that_cannot_be_one_is_not_shown(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "gopher://user:proxy-password@127.0.0.1:9")
    with pytest.raises(ProxyFailure) as caught:
        connect("https://polytomic.invalid").identity.me()
    assert "proxy-password" not in str(caught.value)


def test_this_machine_is_never_asked_through_a_proxy(
    server: Server, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.play(data("direct"))
    assert transport.request("GET", "/api/me").data == "direct"


def test_a_silent_server_times_out_with_the_setting_named(server: Server, connect: Connect) -> None:
    server.always(stay_silent)
    polytomic = connect(server.url, requestTimeout="200ms")
    with pytest.raises(TimedOut) as caught:
        polytomic.transport.request("GET", "/api/me", retry=False)
    assert "no whole reply from 127.0.0.1" in caught.value.message
    assert "within 0.2 s (polytomic:requestTimeout)" in caught.value.message
    assert caught.value.arrived


@pytest.mark.parametrize(("method", "key"), [("GET", None), ("POST", "a-key-of-this-test")])
def test_a_silent_server_is_asked_again_where_that_is_safe(
    server: Server, connect: Connect, method: str, key: str | None
) -> None:
    server.play(stay_silent)
    server.always(data("awake"))
    transport = connect(server.url, requestTimeout="200ms").transport
    assert transport.request(method, "/api/me", idempotency_key=key).data == "awake"
    assert len(server.requests) >= 2


def test_a_small_reply_that_unpacks_to_a_huge_one_is_given_up(
    server: Server, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport_module, "LARGEST_REPLY", 1024 * 1024)

    def bomb(handler: Handler) -> None:
        body = gzip.compress(b"[" + b" " * 8 * 1024 * 1024 + b"]")
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Encoding", "gzip")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        with suppress(OSError):
            handler.wfile.write(body)

    server.always(bomb)
    with pytest.raises(UnexpectedReply, match="is larger than 1 MB") as caught:
        connect(server.url).transport.request("POST", "/api/x", json={})
    assert caught.value.arrived
    assert len(server.requests) == 1


def test_a_body_that_trickles_times_out(server: Server, connect: Connect) -> None:
    server.always(trickle)
    transport = connect(server.url, real_time=True, requestTimeout="300ms").transport
    with pytest.raises(TimedOut, match=r"within 0\.3 s"):
        transport.request("GET", "/api/me", retry=False)


def test_the_rest_of_the_operations_time_limits_a_request(server: Server, connect: Connect) -> None:
    server.always(stay_silent)
    transport = connect(server.url, operationTimeout="1s").transport
    with pytest.raises(TimedOut) as caught:
        transport.request("GET", "/api/me", retry=False)
    assert "within 1 s (what was left of the operation's time)" in caught.value.message
    assert "raise polytomic:operationTimeout" in str(caught.value)


def test_a_connection_that_is_never_made_times_out(connect: Connect, clock: Clock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"https://127.0.0.1:{mute.getsockname()[1]}"
        with pytest.raises(TimedOut) as caught:
            connect(url, requestTimeout="200ms").transport.request("POST", "/api/x", json={})
    assert "no connection to 127.0.0.1" in caught.value.message
    assert not caught.value.arrived
    assert len(clock.sleeps) == 2


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404])
def test_a_web_page_in_place_of_json_is_shown_by_its_first_words(
    server: Server, transport: Transport, status: int
) -> None:
    server.play(text(status, "<!doctype html>\n<title>Sign in</title>", "text/html; charset=utf-8"))
    with pytest.raises(NotPolytomic) as caught:
        transport.request("GET", "/api/me")
    assert f"{server.url} answered with {status} and text/html; charset=utf-8" in str(caught.value)
    assert "<!doctype html> <title>Sign in</title>" in str(caught.value)
    assert "Check polytomic:url" in str(caught.value)


def test_a_404_of_another_server_never_reads_as_gone(server: Server, transport: Transport) -> None:
    server.play(text(404, "404 page not found", "text/plain"))
    with pytest.raises(NotPolytomic):
        transport.request("GET", "/api/connections/1")


def test_a_redirect_on_the_same_host_is_followed_for_get(
    server: Server, transport: Transport
) -> None:
    server.play(answer(307, None, Location="/api/me/"), data("here"))
    assert transport.request("GET", "/api/me").data == "here"
    assert [r.path for r in server.requests] == ["/api/me", "/api/me/"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_redirected_change_is_refused(server: Server, transport: Transport, method: str) -> None:
    server.play(answer(307, None, Location="/api/elsewhere"))
    with pytest.raises(RedirectRefused, match="would send the change"):
        transport.request(method, "/api/x")
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_another_host_never_gets_the_key(
    server: Server, servers: Callable[[], Server], transport: Transport, status: int
) -> None:
    other = servers()
    target = f"http://localhost:{other.server_port}/api/me?token=hidden"
    server.play(answer(status, None, Location=target))
    with pytest.raises(RedirectRefused) as caught:
        transport.request("GET", "/api/me")
    assert other.requests == []
    assert f"leads to http://localhost:{other.server_port}/api/me," in caught.value.message
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize("location", ["", "https://127.0.0.1/api", "//evil.example/x", "http://["])
def test_other_redirects_are_refused(server: Server, transport: Transport, location: str) -> None:
    server.play(answer(302, None, Location=location))
    with pytest.raises(RedirectRefused):
        transport.request("GET", "/api/me")


def test_redirects_in_a_circle_end(server: Server, transport: Transport) -> None:
    server.always(answer(302, None, Location="/api/me"))
    with pytest.raises(RedirectRefused, match="more than 5 of them"):
        transport.request("GET", "/api/me")
    assert len(server.requests) == 6
