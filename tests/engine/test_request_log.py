"""The log of requests holds every request of a deployment."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment
from tests.engine.programs import PIPELINE

ADOPTING = (
    PIPELINE
    + """
Connection(
    "warehouse",
    type="salesforce",
    configuration={"domain": "other.my.salesforce.com"},
    adopt=True,
)
"""
)
LINE = re.compile(r"(GET|POST|PUT|DELETE) (/api/\S+) \d{3} ")


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    with RunningEmulator(consent_after=0.2) as running:
        yield running


@pytest.mark.torture
def test_the_log_holds_every_request_of_a_preview_and_of_an_up(
    deployment: Deployment, emulator: RunningEmulator, tmp_path: Path
):
    httpx.post(
        f"{emulator.url}/api/connections",
        headers={"Authorization": f"Bearer {emulator.api_key}"},
        json={"name": "warehouse", "type": "salesforce", "configuration": {"domain": "a.b.com"}},
    ).raise_for_status()
    log = tmp_path / "home" / "requests.log"
    deployment.program(ADOPTING)
    for arguments in (("preview",), ("up", "--yes"), ("preview", "--refresh")):
        log.write_text("")
        emulator.clear_requests()
        deployment.pulumi(*arguments).ok()
        logged = Counter(LINE.findall(log.read_text()))
        asked = Counter((one["method"], one["path"]) for one in emulator.requests())
        assert logged == asked
        assert len(asked) > 3
