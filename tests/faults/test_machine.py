"""What can be wrong with the machine: each time one more `pulumi up` puts everything right."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment
from tests.engine.programs import connection

NAME = "Kunden ü 顧客"
PROGRAM = connection("erp", name=NAME)
CLIENTS = 200
NOBODY = 65534


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    with RunningEmulator() as running:
        yield running


def _deployment(folder: Path, emulator: RunningEmulator) -> Deployment:
    environment = {
        "POLYTOMIC_DEPLOYMENT_URL": emulator.url,
        "POLYTOMIC_API_KEY": emulator.api_key,
    }
    made = Deployment(folder, environment).create()
    made.program(PROGRAM)
    return made


def _up(deployment: Deployment, shell: str = 'exec "$@"', **environment: str) -> int:
    """Run `pulumi up` within a shell script; gives the exit code."""
    up = (str(deployment.engine / "pulumi"), "up", "--yes", "--skip-preview", "--non-interactive")
    environ = {**deployment.environ(), **environment}
    done = subprocess.run(
        ("sh", "-c", shell, "sh", *up),
        cwd=deployment.folder / "project",
        env={name: value for name, value in environ.items() if value},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=240,
        check=False,
    )
    return done.returncode


def _is_put_right(deployment: Deployment, emulator: RunningEmulator) -> None:
    """One more `up` ends with one object, its id in the state, and an empty preview."""
    deployment.pulumi("cancel", "--yes")
    deployment.up("--skip-preview").ok()
    (made,) = emulator.connections()
    assert made["name"] == NAME
    assert deployment.resource("erp")["id"] == made["id"]
    deployment.preview("--refresh", "--expect-no-changes").ok()


@dataclass(frozen=True)
class Oddity:
    """A machine on which everything works all the same: shell, environment, folder."""

    shell: str = 'exec "$@"'
    environment: tuple[tuple[str, str], ...] = ()
    folder: str = "project"


ODDITIES = {
    "no HOME": Oddity(environment=(("HOME", ""),)),
    "locale C": Oddity(
        environment=(
            ("LC_ALL", "C"),
            ("LANG", "C"),
            ("PYTHONUTF8", "0"),
            ("PYTHONCOERCECLOCALE", "0"),
        )
    ),
    "a folder with a space, a quote and an umlaut": Oddity(folder="it's ü folder"),
    "standard output closed": Oddity('exec "$@" >&-'),
    "standard output and errors closed": Oddity('exec "$@" >&- 2>&-'),
    "standard output on a full disk": Oddity('exec "$@" >/dev/full 2>/dev/full'),
}


@pytest.mark.torture
@pytest.mark.parametrize("oddity", ODDITIES)
def test_an_odd_machine_deploys_or_the_next_run_does(
    tmp_path: Path, emulator: RunningEmulator, oddity: str
):
    odd = ODDITIES[oddity]
    deployment = _deployment(tmp_path / odd.folder, emulator)
    code = _up(deployment, odd.shell, **dict(odd.environment))
    if "standard output" not in oddity:
        assert code == 0
    _is_put_right(deployment, emulator)


@contextmanager
def _small_disk(folder: Path, kilobytes: int) -> Generator[None]:
    """Let the folder be a disk of that size."""
    folder.mkdir(exist_ok=True)
    size = f"size={kilobytes}k"
    mounted = subprocess.run(
        ("mount", "-t", "tmpfs", "-o", size, "tmpfs", folder), capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("only root can make a disk that is full")
    try:
        yield
    finally:
        subprocess.run(("umount", folder), check=True)


@pytest.mark.torture
@pytest.mark.parametrize("kilobytes", [28, 36, 44, 60])
def test_a_disk_that_is_full_in_the_middle_of_a_deployment_loses_nothing(
    tmp_path: Path, emulator: RunningEmulator, kilobytes: int
):
    """The state's disk has room for the stack, and not for all that a deployment writes."""
    deployment = _deployment(tmp_path / "stack", emulator)
    backend = deployment.folder / "backend"
    kept = shutil.copytree(backend, tmp_path / "kept")
    with _small_disk(backend, kilobytes):
        shutil.copytree(kept, backend, dirs_exist_ok=True)
        _up(deployment)
        shutil.copytree(backend, tmp_path / "after")
    assert len(emulator.connections()) <= 1
    shutil.copytree(tmp_path / "after", backend, dirs_exist_ok=True)
    _restore_cut_states(backend)
    _is_put_right(deployment, emulator)


def _restore_cut_states(backend: Path) -> None:
    """Put Pulumi's own backup in place of a state that it could write in part only."""
    for state in backend.rglob("stacks/*/*.json"):
        try:
            json.loads(state.read_text())
        except ValueError:
            backup = state.with_name(f"{state.name}.bak")
            json.loads(backup.read_text())
            shutil.copy(backup, state)


@contextmanager
def _read_only(folder: Path) -> Generator[None]:
    """Let nobody write into the folder, root neither."""
    for options in (("--bind",), ("-o", "remount,bind,ro")):
        done = subprocess.run(("mount", *options, folder, folder), capture_output=True, check=False)
        if done.returncode != 0:
            pytest.skip("only root can make a disk that cannot be written")
    try:
        yield
    finally:
        subprocess.run(("umount", folder), check=True)


@pytest.mark.torture
def test_a_state_that_cannot_be_written_makes_nothing_that_is_lost(
    tmp_path: Path, emulator: RunningEmulator
):
    deployment = _deployment(tmp_path / "stack", emulator)
    with _read_only(deployment.folder / "backend"):
        assert _up(deployment) != 0
    _is_put_right(deployment, emulator)


@pytest.mark.torture
@pytest.mark.skipif(os.geteuid() != 0, reason="without root every test runs as another user")
def test_another_user_than_root_deploys(emulator: RunningEmulator):
    other = ("setpriv", f"--reuid={NOBODY}", "--clear-groups")
    python = (*other, "sh", "-c", 'exec "$@"', "sh", sys.executable, "-c", "")
    if subprocess.run(python, capture_output=True, check=False).returncode != 0:
        pytest.skip("this Python is in a folder that other users may not enter")
    with TemporaryDirectory() as name:  # the folders of pytest are open to nobody else
        folder = Path(name)
        folder.chmod(0o755)
        deployment = _deployment(folder / "stack", emulator)
        subprocess.run(("chown", "-R", str(NOBODY), deployment.folder), check=True)
        shell = f'exec setpriv --reuid={NOBODY} --clear-groups "$@"'
        assert _up(deployment, shell, PYTHONDONTWRITEBYTECODE="1") == 0
        subprocess.run(("chown", "-R", "0", deployment.folder), check=True)
        _is_put_right(deployment, emulator)


DAY = 86400.0


@pytest.mark.torture
@pytest.mark.parametrize("seconds", [400 * DAY, 2 * DAY, 3600.0, 5.0, -2 * DAY, -400 * DAY])
def test_a_clock_that_jumps_while_a_reply_is_lost_makes_no_second_object(
    tmp_path: Path, emulator: RunningEmulator, seconds: float
):
    """The server is that much later than the machine, or earlier, and jumps once more after it."""
    deployment = _deployment(tmp_path / "stack", emulator)
    emulator.fail(kind="drop", when="after", method="POST", path="^/api/connections$", times=1)
    emulator.advance_clock(seconds)
    _up(deployment)
    assert len(emulator.connections()) == 1
    emulator.advance_clock(seconds)
    _is_put_right(deployment, emulator)


MANY = """
    from polytomic_provider import Connection

    for number in range(3000):
        Connection(f"crm-{number}", type="salesforce", configuration={"domain": "acme.example"})
"""


@pytest.mark.torture
@pytest.mark.timeout(7200)
def test_three_thousand_resources_of_one_program_are_deployed(
    tmp_path: Path, emulator: RunningEmulator, record_property: Callable[[str, object], None]
):
    emulator.behave(lists="paged", page_size=1000)
    deployment = _deployment(tmp_path / "stack", emulator)
    deployment.program(MANY)
    asked = len(emulator.requests())
    assert "+ 3001 to create" in deployment.pulumi("preview", timeout=1800).ok().text
    assert len(emulator.requests()) - asked < 100
    wide = ("--parallel", "64")
    fast = {"PULUMI_EXPERIMENTAL": "true", "PULUMI_SKIP_CHECKPOINTS": "true"}
    deployment.up("--skip-preview", *wide, environment=fast, timeout=1800).ok()
    made = emulator.connections()
    assert len({one["name"] for one in made}) == len(made) == 3000
    deployment.pulumi("preview", "--expect-no-changes", timeout=1800).ok()
    deployment.destroy(*wide, environment=fast, timeout=1800).ok()
    assert emulator.connections() == []
    record_property("tried", 3000)


@pytest.mark.torture
def test_two_hundred_clients_at_once_are_all_answered(
    emulator: RunningEmulator, record_property: Callable[[str, object], None]
):
    """Each makes an object, twice under one key, reads it and lists all."""
    headers = {"Authorization": f"Bearer {emulator.api_key}"}

    def work(number: int) -> str:
        limits = httpx.Limits(max_connections=1)
        with httpx.Client(
            transport=httpx.HTTPTransport(limits=limits), base_url=emulator.url, timeout=120
        ) as client:
            body = {"name": f"role {number}"}
            keyed = {**headers, "Idempotency-Key": f"client-number-{number}"}
            made, again = (
                client.post("/api/permissions/roles", json=body, headers=keyed) for _ in range(2)
            )
            id_ = made.json()["data"]["id"]
            assert again.json()["data"]["id"] == id_
            read = client.get(f"/api/permissions/roles/{id_}", headers=headers)
            assert read.json()["data"]["name"] == body["name"]
            assert client.get("/api/permissions/roles", headers=headers).status_code == 200
            return id_

    with ThreadPoolExecutor(CLIENTS) as pool:
        ids = list(pool.map(work, range(CLIENTS)))
    assert len(set(ids)) == CLIENTS
    named = [one for one in emulator.list_stored("role") if one["name"].startswith("role ")]
    assert len(named) == CLIENTS
    record_property("tried", CLIENTS)
