"""States that users have, made by released versions, still preview empty."""

import json
from pathlib import Path

import pytest

from tests.engine.deployment import Deployment

STATES = Path(__file__).parent / "states"
RECORDED = sorted(STATES.glob("*.json"))


def test_states_are_recorded():
    assert RECORDED


@pytest.mark.parametrize("recorded", RECORDED, ids=lambda path: path.stem)
def test_a_recorded_state_previews_empty(deployment: Deployment, recorded: Path):
    deployment.program(recorded.with_suffix(".py").read_text())
    deployment.pulumi("stack", "import", "--file", str(recorded)).ok()
    deployment.preview("--expect-no-changes").ok()
    assert "recorded-" not in json.dumps(deployment.state())
