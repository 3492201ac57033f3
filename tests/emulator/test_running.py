import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from polytomic import Polytomic

from polytomic_emulator import RunningEmulator
from polytomic_emulator.state.database import FolderInUse
from tests.emulator.samples import netsuite


def _client(emulator: RunningEmulator) -> Polytomic:
    return Polytomic(base_url=emulator.url, token=emulator.api_key, max_retries=0)


def test_several_emulators_share_nothing() -> None:
    with RunningEmulator() as one, RunningEmulator() as two:
        assert one.url != two.url
        assert one.organization_id != two.organization_id
        _client(one).connections.create(**netsuite())
        assert _client(two).connections.list().data == []
        assert httpx.get(f"{two.url}/api/me", auth=("", one.api_key)).status_code == 401


def test_a_restart_keeps_the_port_and_forgets_the_rest() -> None:
    emulator = RunningEmulator(api_key="always-the-same-key")
    with emulator:
        url, organization_id = emulator.url, emulator.organization_id
        _client(emulator).connections.create(**netsuite())
    with emulator:
        assert emulator.url == url
        assert emulator.api_key == "always-the-same-key"
        assert emulator.organization_id != organization_id
        assert _client(emulator).connections.list().data == []


def test_another_emulator_can_take_over_the_port() -> None:
    with RunningEmulator() as first:
        port = int(first.url.rsplit(":", 1)[1])
        client = _client(first)
        client.identity.get()
    with RunningEmulator(port=port, api_key="k" * 20) as second:
        assert second.url == first.url
        assert _client(second).identity.get().data.organization_id == second.organization_id


def test_a_data_folder_outlives_the_emulator(tmp_path: Path) -> None:
    emulator = RunningEmulator(data=tmp_path / "state")
    with emulator:
        made = _client(emulator).connections.create(**netsuite()).data
        emulator.behave(type_shape="string")
        emulator.advance_clock(86400)
        key, organization_id = emulator.api_key, emulator.organization_id
    with emulator:
        assert (emulator.api_key, emulator.organization_id) == (key, organization_id)
        assert [one["id"] for one in emulator.connections()] == [made.id]
        assert emulator.control("GET", "behaviour")["switches"]["type_shape"] == "string"
        now = datetime.fromisoformat(emulator.control("GET", "clock")["now"])
        assert now - datetime.now(UTC) > timedelta(hours=23)


def test_a_data_folder_belongs_to_one_emulator_at_a_time(tmp_path: Path) -> None:
    second = RunningEmulator(data=tmp_path)
    with RunningEmulator(data=tmp_path), pytest.raises(FolderInUse, match="Another emulator"):
        second.start()
    with RunningEmulator(data=tmp_path):
        pass


def test_the_database_can_be_read_while_the_emulator_runs(tmp_path: Path) -> None:
    with RunningEmulator(data=tmp_path) as emulator:
        _client(emulator).connections.create(**netsuite())
        reader = sqlite3.connect(tmp_path / "emulator.sqlite")
        try:
            assert reader.execute("SELECT COUNT(*) FROM connections").fetchone() == (1,)
        finally:
            reader.close()


def test_a_seed_repeats_keys_and_ids() -> None:
    def run() -> tuple[str, str, str]:
        with RunningEmulator(seed=7) as emulator:
            made = _client(emulator).connections.create(**netsuite()).data
            return emulator.api_key, emulator.organization_id, made.id

    first = run()
    assert run() == first
    with RunningEmulator(seed=8) as other:
        assert other.api_key != first[0]


def test_a_seed_never_repeats_an_id_within_one_folder(tmp_path: Path) -> None:
    seen: set[str] = set()
    for _ in range(2):
        with RunningEmulator(seed=7, data=tmp_path) as emulator:
            seen.add(_client(emulator).connections.create(**netsuite()).data.id)
            emulator.reset()
            seen.add(_client(emulator).connections.create(**netsuite()).data.id)
    assert len(seen) == 4


def test_it_says_when_it_is_used_while_not_running() -> None:
    emulator = RunningEmulator()
    with pytest.raises(RuntimeError, match="not running"):
        emulator.requests()
    with emulator, pytest.raises(RuntimeError, match="running already"):
        emulator.start()
    emulator.stop()


def test_concurrent_clients_all_get_their_objects(emulator: RunningEmulator) -> None:
    headers = {"Authorization": f"Bearer {emulator.api_key}"}
    with (
        httpx.Client(base_url=emulator.url, headers=headers, timeout=60) as http,
        ThreadPoolExecutor(50) as pool,
    ):
        replies = list(
            pool.map(
                lambda n: http.post("/api/connections", json=netsuite(f"Number {n}")), range(200)
            )
        )
    assert {reply.status_code for reply in replies} == {201}
    ids = {reply.json()["data"]["id"] for reply in replies}
    assert ids == {one["id"] for one in emulator.connections()}
    assert len(ids) == 200


@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        ("polytomic_provider.cli.commands", ["uvicorn", "starlette", "jinja2", "pulumi"]),
        ("polytomic_emulator.server", ["jinja2", "pulumi", "httpx", "pydantic"]),
    ],
)
def test_starting_imports_no_more_than_it_needs(module: str, unwanted: list[str]) -> None:
    program = f"import sys, {module}; print([name for name in {unwanted} if name in sys.modules])"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert loaded.stdout.strip() == "[]"
