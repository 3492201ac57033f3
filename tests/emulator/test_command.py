import contextlib
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.emulator.processes import COMMAND, Process
from tests.emulator.samples import SALESFORCE
from tests.emulator.waiting import until


def test_it_says_where_it_listens_and_what_it_is(start: Callable[..., Process]) -> None:
    running = start()
    until(lambda: "Ctrl+C" in running.output())
    first, *rest = running.output().splitlines()
    assert first == f"Polytomic emulator listening on {running.ready['url']}"
    assert "not Polytomic" in rest[0]
    assert running.ready["api_key"] in "".join(rest)
    assert running.ready["url"].startswith("http://127.0.0.1:")
    assert running.ready["pid"] == running.process.pid
    with running.client() as http:
        me = http.get("/api/me").json()["data"]
    assert me["organization_id"] == running.ready["organization_id"]


def test_its_options_set_key_workspace_port_and_seed(
    start: Callable[..., Process], tmp_path: Path
) -> None:
    organization_id = "5b7c2a3e-0000-4000-8000-000000000001"
    running = start("--api-key", "my-own-key", "--organization-id", organization_id)
    assert running.ready["api_key"] == "my-own-key"
    assert running.ready["organization_id"] == organization_id
    port = running.ready["url"].rsplit(":", 1)[1]
    running.end(signal.SIGTERM)
    seeded = start("--port", port, "--seed", "5")
    assert seeded.ready["url"] == running.ready["url"]
    assert start("--seed", "5").ready["api_key"] == seeded.ready["api_key"]
    refused = subprocess.run(
        [COMMAND, "emulator", "--port", port], capture_output=True, text=True, timeout=60
    )
    assert refused.returncode == 1
    assert f"Cannot listen on 127.0.0.1 port {port}" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to send")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_quietly(start: Callable[..., Process], number: int) -> None:
    running = start()
    with running.client() as http:
        http.get("/api/me")
        http.post("/emulator/faults", json={"kind": "hang", "times": None})
        with contextlib.suppress(httpx.ReadTimeout):
            http.get("/api/me", timeout=0.2)
        assert running.end(number) == 0
    assert running.output().splitlines()[-1] == "Stop it with Ctrl+C."


def test_it_says_when_it_consents_by_itself(start: Callable[..., Process]) -> None:
    running = start("--consent-after", "0.3")
    with running.client() as http:
        body = {"name": "Salesforce", "type": "salesforce", "configuration": SALESFORCE}
        made = http.post("/api/connections", json=body).json()["data"]["id"]
        path = f"/api/connections/{made}"
        until(lambda: http.get(path).json()["data"]["status"] == "healthy")
    expected = f'Authorized connection "Salesforce" ({made}) by itself, 0.3 s after it asked.'
    until(lambda: expected in running.output())


@pytest.mark.parametrize("missing", ["click", "starlette", "uvicorn"])
def test_a_package_that_is_not_installed_is_named_with_the_way_to_get_it(missing: str) -> None:
    program = (
        f"import sys; sys.modules[{missing!r}] = None\n"
        "sys.argv = ['polytomic', 'emulator']\n"
        "from polytomic_provider.cli import main; main()"
    )
    refused = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60
    )
    assert refused.returncode == 1
    assert "pip install 'pulumi-polytomic[" in refused.stderr
    assert missing in refused.stderr or missing == "click"
    assert "Traceback" not in refused.stderr


def test_a_data_folder_that_cannot_be_used_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "emulator.sqlite").write_text("not a database at all" * 100)
    for data in (tmp_path / "file" / "below", tmp_path / "foreign"):
        refused = subprocess.run(
            [COMMAND, "emulator", "--data", str(data)], capture_output=True, text=True, timeout=60
        )
        assert refused.returncode == 1
        assert f"The data folder {data} cannot be used" in refused.stderr
        assert "Traceback" not in refused.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to send")
def test_the_ready_file_goes_with_the_emulator(
    start: Callable[..., Process], tmp_path: Path
) -> None:
    ready_file = tmp_path / "new-folder" / "ready.json"
    running = start("--ready-file", str(ready_file))
    assert json.loads(ready_file.read_text())["url"] == running.ready["url"]
    running.end(signal.SIGTERM)
    assert not ready_file.exists()


def test_flags_make_requests_slow_few_and_unlucky(start: Callable[..., Process]) -> None:
    running = start("--latency", "120", "--requests-per-minute", "2")
    with running.client() as http:
        assert http.get("/api/me").elapsed.total_seconds() >= 0.12
        assert [http.get("/api/me").status_code for _ in range(2)] == [200, 429]
    with start("--failure-rate", "1").client() as http:
        faults = http.get("/emulator/faults").json()
        assert len(faults) == 5
        with contextlib.suppress(httpx.TransportError):
            assert http.get("/api/me").status_code in (500, 503, 200)
        assert sum(one["played"] for one in http.get("/emulator/faults").json()) == 1


def test_a_flag_stands_for_the_key_of_the_file(
    start: Callable[..., Process], tmp_path: Path
) -> None:
    described = {"latency": 5000, "faults": [{"kind": "status", "status": 503}]}
    (tmp_path / "faults.json").write_text(json.dumps(described))
    running = start("--faults", str(tmp_path / "faults.json"), "--latency", "1")
    until(lambda: "Ctrl+C" in running.output())
    assert f"goes wrong    {tmp_path / 'faults.json'}, latency 1\n" in running.output()
    with running.client() as http:
        assert http.get("/emulator/latency").json()[0]["milliseconds"] == 1
        assert http.get("/api/me").status_code == 503


def test_it_listens_beyond_this_machine_only_with_a_warning(start: Callable[..., Process]) -> None:
    everywhere = start("--host", "0.0.0.0")  # noqa: S104
    until(lambda: "WARNING: 0.0.0.0 can be reached from other machines" in everywhere.output())
    local = start("--host", "127.0.0.1")
    until(lambda: "Ctrl+C" in local.output())
    assert "WARNING" not in local.output()


def test_a_host_that_is_not_of_this_machine_is_explained() -> None:
    refused = subprocess.run(
        [COMMAND, "emulator", "--host", "192.0.2.1"], capture_output=True, text=True, timeout=60
    )
    assert refused.returncode == 1
    assert "--host is an address of this machine" in refused.stderr
    assert "Traceback" not in refused.stderr
