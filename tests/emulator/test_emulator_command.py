import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.emulator.samples import SALESFORCE, netsuite
from tests.emulator.waiting import until

_COMMAND = shutil.which("polytomic", path=str(Path(sys.executable).parent)) or "polytomic"


class Process:
    """A `polytomic emulator` of its own."""

    def __init__(self, folder: Path, *options: str) -> None:
        self._ready_file = folder / f"ready-{time.monotonic_ns()}.json"
        if "--ready-file" in options:
            self._ready_file = Path(options[options.index("--ready-file") + 1])
        self._output = folder / f"output-{time.monotonic_ns()}.txt"
        with self._output.open("wb") as output:
            self.process = subprocess.Popen(
                [_COMMAND, "emulator", *options, "--ready-file", str(self._ready_file)],
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        until(lambda: self._ready_file.exists() or self.process.poll() is not None, 60)
        assert self._ready_file.exists(), self.output()
        self.ready: dict[str, Any] = json.loads(self._ready_file.read_text())

    def output(self) -> str:
        return self._output.read_text()

    def client(self) -> httpx.Client:
        headers = {"Authorization": f"Bearer {self.ready['api_key']}"}
        return httpx.Client(base_url=self.ready["url"], headers=headers, timeout=30)

    def end(self, signal_number: int) -> int:
        self.process.send_signal(signal_number)
        return self.process.wait(30)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Process]]:
    with contextlib.ExitStack() as stack:

        def starting(*options: str) -> Process:
            started = Process(tmp_path, *options)
            stack.callback(started.process.wait)
            stack.callback(started.process.kill)
            return started

        yield starting


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
        [_COMMAND, "emulator", "--port", port], capture_output=True, text=True, timeout=60
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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_emulator_loses_nothing_that_it_acknowledged(
    start: Callable[..., Process], tmp_path: Path
) -> None:
    data = str(tmp_path / "data")
    acknowledged: dict[str, bytes] = {}
    for round_number in range(3):
        running = start("--data", data)
        with running.client() as http:
            for number in range(10):
                key = f"round-{round_number}-{number}"
                headers = {"Idempotency-Key": key}
                made = http.post("/api/connections", json=netsuite(key), headers=headers)
                acknowledged[key] = made.content
            os.kill(running.process.pid, signal.SIGKILL)
            running.process.wait()
    running = start("--data", data)
    with running.client() as http:
        listed = [one["name"] for one in http.get("/api/connections").json()["data"]]
        assert listed == list(acknowledged)
        for key, content in acknowledged.items():
            headers = {"Idempotency-Key": key}
            again = http.post("/api/connections", json=netsuite(key), headers=headers)
            assert again.content == content


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_killed_at_work_it_ends_with_one_object_per_key(
    start: Callable[..., Process], tmp_path: Path
) -> None:
    data = str(tmp_path / "data")
    keys = [f"key-number-{number}" for number in range(300)]
    acknowledged: dict[str, bytes] = {}

    def create(http: httpx.Client, key: str) -> None:
        headers = {"Idempotency-Key": key}
        with contextlib.suppress(httpx.TransportError):
            made = http.post("/api/connections", json=netsuite(key), headers=headers)
            assert made.status_code == 201
            # What a killed server had answered stays the answer.
            assert acknowledged.setdefault(key, made.content) == made.content

    running = start("--data", data)
    with running.client() as http, ThreadPoolExecutor(8) as pool:
        work = [pool.submit(create, http, key) for key in keys]
        until(lambda: len(acknowledged) > 20)
        running.process.kill()
        running.process.wait()
        wait(work)
    assert len(acknowledged) < len(keys)
    assert all(job.exception() is None for job in work)
    running = start("--data", data)
    with running.client() as http:
        for key in keys:
            create(http, key)
        listed = [one["name"] for one in http.get("/api/connections").json()["data"]]
    assert sorted(listed) == sorted(keys)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_data_folder_belongs_to_one_process_even_after_a_kill(
    start: Callable[..., Process], tmp_path: Path
) -> None:
    data = str(tmp_path / "data")
    first = start("--data", data)
    second = subprocess.run(
        [_COMMAND, "emulator", "--data", data], capture_output=True, text=True, timeout=60
    )
    assert second.returncode == 1
    assert "Another emulator is using the data folder" in second.stderr
    assert "Traceback" not in second.stderr
    first.end(signal.SIGKILL)
    again = start("--data", data)
    assert again.ready["organization_id"] == first.ready["organization_id"]


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
            [_COMMAND, "emulator", "--data", str(data)], capture_output=True, text=True, timeout=60
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
