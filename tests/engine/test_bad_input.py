"""Bad input is refused in a preview, every problem on its resource, nothing created."""

import re
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment
from tests.engine.programs import SALESFORCE, connection

THREE_BAD = """
    import pulumi
    from polytomic_provider import Connection

    Connection(
        "keys", type="salesforce",
        configuration={"domaim": "canary-1", "username": "shown", "connect_mode": "telepathy"},
    )
    Connection(
        "types", type="netsuite",
        configuration={"account_id": 5, "consumer_key": True, "consumer_secret": ["canary-3"]},
        policies="not-a-list",
    )
    Connection(
        "nested", type="csv",
        configuration={
            "url": "https://files.example.com/a.csv",
            "headers": [{"name": "X", "value": "canary-5", "values": "canary-6"}],
            "auth": {"basic": {"user": "canary-7"}},
        },
    )
    Connection("good", type="salesforce", configuration={"domain": "acme.my.salesforce.com"})
"""

CSV = 'configuration={"url": "https://files.example.com/a.csv"}'
EXPECTED = [
    "Connection 'keys': configuration.domaim: is not a key; did you mean 'domain'?",
    "Connection 'keys': configuration.username: is set by Polytomic and cannot be configured",
    "Connection 'keys': configuration.connect_mode: known values: api, browser, clientcredentials",
    "Connection 'types': configuration.account_id: expected text, got an integer",
    "Connection 'types': configuration.consumer_key: expected text, got a boolean",
    "Connection 'types': configuration.consumer_secret: expected text, got a list",
    "Connection 'types': configuration.token: is required by NetSuite",
    "Connection 'types': policies: expected a list, got text",
    "Connection 'nested': configuration.headers[0].values: is not a key; did you mean 'value'?",
    "Connection 'nested': configuration.auth.basic.user: is not a key; did you mean 'username'?",
    "3 resources have problems",
]


def test_one_preview_lists_every_problem_of_every_resource(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.program(THREE_BAD)
    shown = deployment.preview().failed().text
    assert [text for text in EXPECTED if text not in shown] == []
    assert "Traceback" not in shown
    rows = deployment.up().failed().text
    for resource in ("keys", "types", "nested"):
        assert f"dynamic/polytomic:Connection ({resource}):" in rows
    assert emulator.connections() == []
    assert deployment.resources() == []


def test_without_a_preview_check_is_the_wall(deployment: Deployment, emulator: RunningEmulator):
    deployment.program(THREE_BAD.replace('"good"', '"good", opts=pulumi.ResourceOptions()'))
    shown = deployment.up("--skip-preview").failed().text
    assert "has a problem: " in shown
    assert all(made["name"] == "good" for made in emulator.connections())


@pytest.mark.torture
def test_values_that_come_from_outputs_are_checked_too(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.program("""
        import pulumi
        from polytomic_provider import Connection

        Connection(
            "late", type="netsuite",
            configuration=pulumi.Output.from_input({"account_id": 5, "tokken": "canary-1"}),
        )
    """)
    shown = deployment.preview().failed().text
    assert "configuration.account_id: expected text, got an integer" in shown
    assert "configuration.tokken: is not a key; did you mean 'token'?" in shown


@pytest.mark.torture
def test_an_unknown_keyword_is_pythons_own_type_error(deployment: Deployment):
    deployment.program(SALESFORCE.replace("type=", 'colour="blue", type='))
    shown = deployment.preview().failed().text
    assert "TypeError" in shown
    assert "unexpected keyword argument 'colour'" in shown


@pytest.mark.torture
def test_a_type_that_polytomic_does_not_have_is_refused_with_the_nearest_name(
    deployment: Deployment,
):
    deployment.program(
        connection(type="salesforze", configuration={"api_key": "canary-1", "plain": "seen"})
    )
    shown = deployment.preview().failed().text
    assert "type: Polytomic has no such connection type; did you mean 'salesforce'?" in shown
    assert "seen" in shown

    deployment.pulumi("config", "set", "polytomic:liveValidation", "off").ok()
    shown = deployment.preview().ok().text
    assert "warning: Connection 'netsuite': type: is not a connection type that this" in shown


@pytest.mark.torture
def test_large_integers_and_masks_are_refused(deployment: Deployment):
    deployment.program(
        connection(
            type="salesforce",
            configuration={"domain": "a", "daily_api_calls": 2**53 + 2, "client_id": "********"},
        )
    )
    shown = deployment.preview().failed().text
    assert "configuration.daily_api_calls: integers beyond 2^53" in shown
    assert "configuration.client_id: is the mask shown in place of a secret" in shown


def test_without_a_key_every_place_that_was_looked_up_is_named(deployment: Deployment):
    deployment.program(SALESFORCE)
    shown = deployment.preview(environment={"POLYTOMIC_API_KEY": ""}).failed().text
    for place in ("polytomic:apiKey", "polytomic:partnerKey", "POLYTOMIC_API_KEY"):
        assert place in shown
    assert "pulumi config set --secret polytomic:apiKey" in shown
    assert "Traceback" not in shown


def test_a_wrong_key_shows_in_the_preview_and_where_it_came_from_once_for_all_resources(
    deployment: Deployment,
):
    six = 'for number in range(6): Connection(f"crm-{number}", type='
    deployment.program(SALESFORCE.partition("salesforce = ")[0] + f"{six}'csv', {CSV})")
    environment = {"POLYTOMIC_API_KEY": "canary-wrong-key"}
    preview = deployment.preview(environment=environment).failed().text
    up = deployment.up("--skip-preview", environment=environment).failed().text
    for shown in (preview, up.partition("\nDiagnostics:\n")[2]):
        assert shown.count(": 401 Unauthorized") == 1
        assert shown.count("POLYTOMIC_API_KEY") == 1
        assert re.search(r"error: [0-9a-f]{32}", shown) is None
        assert "Traceback" not in shown


@pytest.mark.torture
def test_plain_http_to_another_machine_is_refused_before_anything_is_sent(deployment: Deployment):
    deployment.program(SALESFORCE)
    environment = {"POLYTOMIC_DEPLOYMENT_URL": "http://polytomic.example.com"}
    shown = deployment.preview(environment=environment).failed().text
    assert "https" in shown
    assert "POLYTOMIC_DEPLOYMENT_URL" in shown


@pytest.mark.torture
def test_an_unreachable_server_is_a_warning_in_a_preview_and_an_error_in_up(
    deployment: Deployment,
):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        environment = {
            "POLYTOMIC_DEPLOYMENT_URL": f"http://127.0.0.1:{unused.getsockname()[1]}",
        }
        deployment.program(SALESFORCE)
        shown = deployment.preview(environment=environment).ok().text
        assert "Previewed without Polytomic" in shown
        deployment.pulumi("config", "set", "polytomic:operationTimeout", "2s").ok()
        run = deployment.up("--skip-preview", environment=environment).failed()
    assert "POLYTOMIC_DEPLOYMENT_URL" in run.text or "127.0.0.1" in run.text
    assert "Traceback" not in run.text
    assert deployment.resources() == []


class _WebPage(BaseHTTPRequestHandler):
    """Answers everything with a login page."""

    def do_GET(self) -> None:
        page = b"<!doctype html><title>Sign in</title>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    do_POST = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def _serving(server: ThreadingHTTPServer) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def test_a_web_page_in_place_of_json_says_to_check_the_address(deployment: Deployment):
    deployment.program(SALESFORCE)
    with _serving(ThreadingHTTPServer(("127.0.0.1", 0), _WebPage)) as port:
        environment = {"POLYTOMIC_DEPLOYMENT_URL": f"http://127.0.0.1:{port}"}
        shown = deployment.preview(environment=environment).failed().text
    assert "text/html" in shown
    assert "Check polytomic:url" in shown
    assert "Traceback" not in shown


@pytest.mark.torture
def test_a_certificate_that_is_not_trusted_is_said_in_plain_words(
    deployment: Deployment, tmp_path: Path
):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost",
         "-days", "1", "-keyout", key, "-out", certificate],
        capture_output=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    server = ThreadingHTTPServer(("127.0.0.1", 0), _WebPage)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    deployment.program(SALESFORCE)
    with _serving(server) as port:
        environment = {"POLYTOMIC_DEPLOYMENT_URL": f"https://127.0.0.1:{port}"}
        shown = deployment.preview(environment=environment).failed().text
    assert "certificate" in shown
    assert "Traceback" not in shown


@pytest.mark.parametrize(
    ("option", "way_out"),
    [
        ('import_="abc"', "Connection.get("),
        pytest.param(
            'provider=pulumi.ProviderResource("pulumi-python", "p", {})',
            "polytomic:apiKey",
            marks=pytest.mark.torture,
        ),
        pytest.param(
            'custom_timeouts=pulumi.CustomTimeouts(create="soon")',
            "custom_timeouts.create",
            marks=pytest.mark.torture,
        ),
    ],
)
@pytest.mark.torture
def test_options_that_cannot_work_are_refused_with_the_way_out(
    deployment: Deployment, option: str, way_out: str
):
    deployment.program(
        SALESFORCE.replace(
            'type="salesforce"', f'opts=pulumi.ResourceOptions({option}), type="salesforce"'
        )
    )
    shown = deployment.preview().failed().text
    assert way_out in shown
    assert "Traceback" not in shown
