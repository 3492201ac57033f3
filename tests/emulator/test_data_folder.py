import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from polytomic import Polytomic

from polytomic_emulator import RunningEmulator
from polytomic_emulator.state.database import DATA_VERSION, FolderOfAnotherVersion
from tests.emulator.processes import COMMAND, Process
from tests.emulator.samples import netsuite


def _written_by(folder: Path, version: int) -> None:
    """A folder with data, as another version of the emulator left it."""
    with RunningEmulator(data=folder) as emulator:
        client = Polytomic(base_url=emulator.url, token=emulator.api_key, max_retries=0)
        client.connections.create(**netsuite())
    database = sqlite3.connect(folder / "emulator.sqlite")
    database.execute(f"PRAGMA user_version = {version}")
    database.close()


def test_data_carries_the_version_of_its_form_and_is_in_wal_mode(tmp_path: Path) -> None:
    with RunningEmulator(data=tmp_path):
        database = sqlite3.connect(tmp_path / "emulator.sqlite")
        assert database.execute("PRAGMA user_version").fetchone() == (DATA_VERSION,)
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        database.close()


@pytest.mark.parametrize(("version", "kind"), [(0, "older"), (DATA_VERSION + 1, "newer")])
def test_data_of_another_version_is_refused_and_left_alone(
    tmp_path: Path, version: int, kind: str
) -> None:
    _written_by(tmp_path, version)
    before = (tmp_path / "emulator.sqlite").read_bytes()
    for _ in range(2):
        with pytest.raises(FolderOfAnotherVersion) as refusal, RunningEmulator(data=tmp_path):
            pass
        message = str(refusal.value)
        assert str(tmp_path) in message
        assert (
            f"{kind} software (data version {version}; this emulator reads {DATA_VERSION})"
            in message
        )
    assert (tmp_path / "emulator.sqlite").read_bytes() == before


def test_the_command_says_so_without_a_traceback(tmp_path: Path) -> None:
    _written_by(tmp_path, DATA_VERSION + 1)
    refused = subprocess.run(
        [COMMAND, "emulator", "--data", str(tmp_path)], capture_output=True, text=True, timeout=60
    )
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "was written by newer software" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_data_whose_first_start_was_killed_half_way_is_taken_up(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "emulator.sqlite")
    database.execute(f"PRAGMA user_version = {DATA_VERSION}")
    database.execute("CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
    database.close()
    with RunningEmulator(data=tmp_path) as emulator:
        assert emulator.connections() == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_nobody_else_can_read_the_data(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    before = os.umask(0)
    try:
        with RunningEmulator(data=folder) as emulator:
            client = Polytomic(base_url=emulator.url, token=emulator.api_key, max_retries=0)
            client.connections.create(**netsuite())
            names = {path.name for path in folder.iterdir()}
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
        assert {"emulator.sqlite", "emulator.sqlite-wal", "emulator.lock"} <= names
        assert set(modes.values()) == {0o600}
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / "emulator.sqlite").chmod(0o644)
        with RunningEmulator(data=folder):
            assert stat.S_IMODE((folder / "emulator.sqlite").stat().st_mode) == 0o600
    finally:
        os.umask(before)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_nobody_else_can_read_the_ready_file(start: Callable[..., Process], tmp_path: Path) -> None:
    ready = tmp_path / "ready.json"
    running = start("--ready-file", str(ready))
    assert stat.S_IMODE(ready.stat().st_mode) == 0o600
    assert running.ready["control_token"] in running.output()
