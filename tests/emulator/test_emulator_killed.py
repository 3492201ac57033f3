"""The emulator killed at any moment: what it acknowledged is there when it starts again."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import httpx
import pytest

from tests.emulator.processes import COMMAND, Process
from tests.emulator.samples import netsuite
from tests.emulator.waiting import until


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
        [COMMAND, "emulator", "--data", data], capture_output=True, text=True, timeout=60
    )
    assert second.returncode == 1
    assert "Another emulator is using the data folder" in second.stderr
    assert "Traceback" not in second.stderr
    first.end(signal.SIGKILL)
    again = start("--data", data)
    assert again.ready["organization_id"] == first.ready["organization_id"]
