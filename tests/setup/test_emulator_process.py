"""The emulator that `make up` starts in the background: found again, restarted, explained."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.setup.ports import own_emulator_port
from tools.environment.checkout import Checkout
from tools.stack.emulator import ensure_emulator, stop_emulator
from tools.stack.errors import StackError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Checkout]:
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    checkout = Checkout(tmp_path)
    own_emulator_port(checkout)
    yield checkout
    stop_emulator(checkout)


def test_a_running_emulator_is_used_again(checkout: Checkout) -> None:
    first = ensure_emulator(checkout, manual_consent=False)

    assert ensure_emulator(checkout, manual_consent=False) == first


def test_no_other_program_is_needed_to_start_find_and_stop_it(
    checkout: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    first = ensure_emulator(checkout, manual_consent=False)

    assert ensure_emulator(checkout, manual_consent=False) == first
    assert stop_emulator(checkout) is True
    assert stop_emulator(checkout) is False


def test_a_killed_emulator_counts_as_not_running_though_its_file_is_left(
    checkout: Checkout,
) -> None:
    first = ensure_emulator(checkout, manual_consent=False)
    os.kill(first.pid, signal.SIGKILL)
    os.waitpid(first.pid, 0)
    assert (checkout.local_state / "emulator.json").exists()

    assert stop_emulator(checkout) is False
    second = ensure_emulator(checkout, manual_consent=False)
    assert (second.url, second.api_key) == (first.url, first.api_key)


def test_an_emulator_that_does_not_answer_is_replaced(checkout: Checkout) -> None:
    first = ensure_emulator(checkout, manual_consent=False)
    os.kill(first.pid, signal.SIGSTOP)

    second = ensure_emulator(checkout, manual_consent=False)

    assert second.pid != first.pid
    assert second.url == first.url


def test_an_emulator_that_is_only_starting_is_left_alone(checkout: Checkout) -> None:
    ensure_emulator(checkout, manual_consent=False)
    ready = checkout.local_state / "emulator.json"
    described = ready.read_text()
    ready.unlink()

    with pytest.raises(StackError, match="starting or stopping here"):
        ensure_emulator(checkout, manual_consent=False)

    ready.write_text(described)
    assert stop_emulator(checkout) is True


def test_another_kind_of_consent_restarts_it_with_the_same_workspace(checkout: Checkout) -> None:
    automatic = ensure_emulator(checkout, manual_consent=False)
    manual = ensure_emulator(checkout, manual_consent=True)

    assert (manual.url, manual.api_key) == (automatic.url, automatic.api_key)
    assert manual.pid != automatic.pid


def test_a_file_that_names_somebody_elses_process_counts_as_not_running(
    checkout: Checkout,
) -> None:
    (checkout.local_state / "emulator.json").write_text(
        '{"url": "http://127.0.0.1:9", "api_key": "k", "pid": 1}'
    )

    assert stop_emulator(checkout) is False


def test_an_emulator_that_does_not_start_is_reported_with_its_output(tmp_path: Path) -> None:
    command = tmp_path / ".venv" / "bin" / "python"
    command.parent.mkdir(parents=True)
    command.write_text("#!/bin/sh\necho the disk is full; exit 1\n")
    command.chmod(0o755)

    with pytest.raises(StackError, match="the disk is full"):
        ensure_emulator(Checkout(tmp_path), manual_consent=False)


def test_a_taken_port_is_left_to_whoever_has_it(checkout: Checkout) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        (checkout.local_state / "emulator.port").write_text(port)

        started = ensure_emulator(checkout, manual_consent=False)

    assert not started.url.endswith(f":{port}")
    assert (checkout.local_state / "emulator.port").read_text() == started.url.rpartition(":")[2]
