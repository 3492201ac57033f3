"""Programs with arguments drawn at random, through the real command line: the preview is empty."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment
from tests.engine.test_contradictions import SERVERS
from tests.valid_arguments import SERVICES, connections, fields_of, models, syncs

EACH = 5
_HEAD = """from polytomic_provider import Connection, ConnectionReadiness, Model, Sync

source = Connection("source", {source})
source_ready = ConnectionReadiness("source-ready", connection=source, timeout="60s")
target = Connection("target", {target})
target_ready = ConnectionReadiness("target-ready", connection=target, timeout="60s")
model = Model("model", {model})
sync = Sync("sync", {sync})
"""


def _keywords(arguments: dict[str, Any]) -> str:
    written = ", ".join(f"{name}={value!r}" for name, value in arguments.items())
    for name in ("source_ready", "target_ready", "model"):
        written = written.replace(f"'<{name}>'", name)
    return written


@st.composite
def programs(draw: st.DrawFn) -> str:
    """A program with one pipeline."""
    source, target = draw(st.sampled_from(SERVICES)), draw(st.sampled_from(SERVICES))
    model = draw(models("<source_ready>", source))
    sync = draw(syncs("<model>", fields_of(model, source), "<target_ready>", target))
    return _HEAD.format(
        source=_keywords(draw(connections(source))),
        target=_keywords(draw(connections(target))),
        model=_keywords(model),
        sync=_keywords(sync),
    )


@pytest.mark.torture
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("server", list(SERVERS))
def test_the_preview_after_any_program_is_empty(tmp_path: Path, server: str, record_property: Any):
    numbers = iter(range(1000))

    @settings(
        max_examples=EACH,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(programs())
    def each(program: str) -> None:
        with RunningEmulator(consent_after=0) as emulator:
            emulator.behave(**SERVERS[server])
            environment = {
                "POLYTOMIC_DEPLOYMENT_URL": emulator.url,
                "POLYTOMIC_API_KEY": emulator.api_key,
            }
            deployment = Deployment(tmp_path / str(next(numbers)), environment).create()
            deployment.deploy(program)
            deployment.preview("--refresh", "--expect-no-changes").ok()

    each()
    record_property("tried", EACH)
