"""All sessions of a process ask at one pace for each key."""

import time

import pytest

from polytomic_emulator import RunningEmulator
from polytomic_provider.api import RateLimited, resolve_settings
from polytomic_provider.host.session import Session

SECONDS = 2


def _session(emulator: RunningEmulator, key: str) -> Session:
    config = {"polytomic:apiKey": key, "polytomic:url": emulator.url}
    return Session(resolve_settings(config, {}))


def test_a_refusal_of_one_session_holds_back_all_sessions_of_the_key_and_no_other():
    with RunningEmulator() as emulator:
        other = _session(emulator, emulator.workspace()["api_key"])
        first, second = (_session(emulator, emulator.api_key) for _ in range(2))
        emulator.fail(
            kind="status", status=429, retry_after=SECONDS, method="GET", path="/api/me", times=1
        )
        began = time.monotonic()
        with pytest.raises(RateLimited):
            first.polytomic(None).transport.request("GET", "/api/me", retry=False)
        other.polytomic(None).connections.list()
        assert time.monotonic() - began < SECONDS
        second.polytomic(None).connections.list()
        assert time.monotonic() - began >= SECONDS
