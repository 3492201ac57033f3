"""A process that is killed at any moment leaves runs whole, records and results alike."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from polytomic import Polytomic

from polytomic_emulator import RunningEmulator
from tests.emulator.pipelines import connect, pipeline

_PROGRAM = """
import sys, time
from pathlib import Path
from polytomic_emulator import RunningEmulator

print(RunningEmulator(data=Path(sys.argv[1])).start().url, flush=True)
time.sleep(60)
"""


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(12))
def test_runs_that_are_killed_are_done_once_or_not_begun(tmp_path: Path, seed: int) -> None:
    with RunningEmulator(data=tmp_path) as first:
        first.behave(run_seconds=0.01)
        client = Polytomic(base_url=first.url, token=first.api_key, max_retries=0)
        contacts = pipeline(first, client)
        database = connect(first, client, "postgresql")
        # Every run adds every contact again.
        sync = contacts.sync(
            mode="create",
            identity=None,
            sync_all_records=True,
            fields=[contacts.mapping("Email", "email")],
            target={"connection_id": database, "object": "public.contacts"},
        ).id
        before = len(first.records(database, "public.contacts"))
        key = first.api_key
    _killed_while_running(tmp_path, sync, key, random.Random(seed).uniform(0, 0.3))
    with RunningEmulator(data=tmp_path) as second:
        for execution in second.executions(sync):
            second.end_of(execution["id"])
        executions = second.executions(sync)
        assert {one["status"] for one in executions} == {"completed"}
        told = sum(one["counts"]["insert"] for one in executions)
        listed = sum(len(second.results(one["id"], status="inserted")) for one in executions[:50])
        rows = len(second.records(database, "public.contacts"))
        assert rows == before + told
        assert listed == sum(one["counts"]["insert"] for one in executions[:50])


def _killed_while_running(folder: Path, sync: str, key: str, seconds: float) -> None:
    """Start run after run for some seconds, then kill."""
    arguments = [sys.executable, "-c", _PROGRAM, str(folder)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            headers = {"Authorization": f"Bearer {key}"}
            with httpx.Client(base_url=url, headers=headers) as client:
                client.post(f"/api/syncs/{sync}/executions", json={}).raise_for_status()
                end = time.monotonic() + seconds
                while time.monotonic() < end:
                    client.post(f"/api/syncs/{sync}/executions", json={})
        finally:
            process.send_signal(signal.SIGKILL)
