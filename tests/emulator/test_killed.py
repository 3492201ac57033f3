"""The emulator killed at any moment: what it acknowledged is there when it starts again."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import httpx
import pytest

from polytomic_emulator import RunningEmulator
from polytomic_emulator.control.routing import CONTROL_HEADER
from tests.emulator.processes import COMMAND, Process
from tests.emulator.samples import netsuite
from tests.emulator.scripted_work import Worker, picture
from tests.emulator.waiting import until


def _with_control(emulator: RunningEmulator) -> httpx.Client:
    return httpx.Client(base_url=emulator.url, headers={CONTROL_HEADER: emulator.control_token})


def test_what_is_on_the_disk_after_each_request_is_all_that_was_acknowledged(
    tmp_path: Path,
) -> None:
    """The files as they stand at a moment are what a killed process leaves behind."""
    work, moments = Worker(), 0
    with (
        RunningEmulator(data=tmp_path / "data") as emulator,
        _with_control(emulator) as http,
    ):
        while not work.done:
            work.ask(http)
            seen, left_behind = picture(http), tmp_path / f"moment-{moments}"
            shutil.copytree(
                tmp_path / "data", left_behind, ignore=shutil.ignore_patterns("*.lock*")
            )
            with (
                RunningEmulator(data=left_behind) as again,
                _with_control(again) as reader,
            ):
                assert picture(reader) == seen
            moments += 1
    assert moments > 10


@pytest.mark.torture
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_killed_between_any_two_requests_it_goes_on_where_it_was(
    start: Callable[..., Process], tmp_path: Path
) -> None:
    work, data = Worker(), str(tmp_path / "data")
    seen: dict[str, Any] = {}
    while not work.done:
        running = start("--data", data)
        with running.client() as http:
            assert not seen or picture(http) == seen
            work.ask(http)
            seen = picture(http)
        assert running.end(signal.SIGKILL) == -signal.SIGKILL


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_key_held_by_a_killed_request_is_free_again(
    start: Callable[..., Process], tmp_path: Path
) -> None:
    data = str(tmp_path / "data")
    headers = {"Idempotency-Key": "held-by-the-killed"}
    running = start("--data", data, "--latency", "60000")
    with running.client() as http, ThreadPoolExecutor() as pool:
        held = pool.submit(http.post, "/api/connections", json=netsuite(), headers=headers)
        until(lambda: http.get("/emulator/requests").json())
        until(lambda: _status(http, headers) == 409)
        running.end(signal.SIGKILL)
        assert isinstance(held.exception(), httpx.TransportError)
    with start("--data", data).client() as http:
        made = http.post("/api/connections", json=netsuite(), headers=headers)
        assert made.status_code == 201
        assert len(http.get("/api/connections").json()["data"]) == 1


def _status(http: httpx.Client, headers: dict[str, str]) -> int:
    return http.post("/api/connections", json=netsuite(), headers=headers).status_code


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
