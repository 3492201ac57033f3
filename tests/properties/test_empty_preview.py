"""After a create nothing differs: the object reads as it was written, whatever the server does."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from polytomic_emulator import RunningEmulator
from polytomic_provider.kinds.lifecycle.state import State
from tests.engine.test_contradictions import SERVERS
from tests.kinds.conftest import Workbench
from tests.oracle.held import wrong_with
from tests.quick_session import Clock
from tests.valid_arguments import SERVICES, connections, models, syncs

EACH = int(os.environ.get("POLYTOMIC_TEST_ARGUMENT_SETS", "1000")) // len(SERVERS) + 1
IN_EVERY_RUN = 5


class Ground:
    """One emulator with a ready connection of every service, and a number for each example."""

    def __init__(self, server: dict[str, Any]) -> None:
        self.emulator = RunningEmulator().start()
        self.emulator.behave(**server)
        self.bench = Workbench(self.emulator, clock=Clock(self.emulator))
        self.number = 0
        self.ready: dict[str, str] = {}

    def connection(self, service: str, arguments: dict[str, Any]) -> str:
        """The id of a ready connection of that service, made once."""
        if service not in self.ready:
            made = self.bench.create("Connection", f"ground {service}", **arguments)
            self.bench.create("ConnectionReadiness", connection=made.id, timeout="30s")
            self.ready[service] = made.id
        return self.ready[service]

    def name(self) -> str:
        """A name that no other object has."""
        self.number += 1
        return f"object {self.number}"


@pytest.fixture(scope="module", params=list(SERVERS))
def ground(request: pytest.FixtureRequest) -> Iterator[Ground]:
    made = Ground(SERVERS[request.param])
    yield made
    made.emulator.stop()


def _holds(bench: Workbench, kind: str, made: State) -> None:
    """Polytomic has what the program says, and reading says the same in the program's words."""
    assert wrong_with(bench.emulator, kind, made.id, made.arguments) == []
    read = bench.read(kind, made)
    assert read is not None
    shown = {name: value for name, value in read.arguments.items() if value is not None}
    assert shown == made.arguments


def _check(ground: Ground, data: st.DataObject) -> None:
    """Make one object of each kind, and hold each to the law."""
    bench = ground.bench
    connection = data.draw(connections(), label="connection")
    made = bench.create("Connection", ground.name(), **connection)
    _holds(bench, "Connection", made)

    source, target = data.draw(st.tuples(*[st.sampled_from(SERVICES)] * 2), label="services")
    source_id = ground.connection(source, data.draw(connections(source)))
    target_id = ground.connection(target, data.draw(connections(target)))
    model = data.draw(models(source_id, source), label="model")
    view = bench.create("Model", ground.name(), **model)
    _holds(bench, "Model", view)

    reply = bench.session.polytomic(None).models.get(view.id).data
    names = [str(field.name) for field in reply.fields or ()]
    sync = data.draw(syncs(view.id, names, target_id, target), label="sync")
    _holds(bench, "Sync", bench.create("Sync", ground.name(), **sync))


# Not shrunk: each example asks a server, and an example is short enough to read.
RUN = settings(
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def _play(ground: Ground, sets: int) -> None:
    @settings(RUN, max_examples=sets)
    @given(st.data())
    def each(data: st.DataObject) -> None:
        _check(ground, data)

    each()


@pytest.mark.torture
@pytest.mark.timeout(3600)
def test_what_was_made_reads_as_it_was_written(
    ground: Ground, record_property: Callable[[str, object], None]
):
    _play(ground, EACH)
    record_property("tried", EACH)


def test_a_few_that_were_made_read_as_they_were_written(ground: Ground):
    _play(ground, IN_EVERY_RUN)
