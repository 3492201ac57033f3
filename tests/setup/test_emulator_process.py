"""The emulator that `make up` starts in the background: found again, restarted, explained."""

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
    command = tmp_path / ".venv" / "bin" / "polytomic"
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
