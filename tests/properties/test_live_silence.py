"""No false alarms: live schemas have nothing to say of arguments that work."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polytomic_provider.kinds import HANDLERS
from polytomic_provider.live import LiveContext, LiveResult, Schemas
from polytomic_provider.validation import Severity
from tests.properties.test_empty_preview import RUN, Ground
from tests.valid_arguments import SERVICES, connections, fields_of, models, syncs

PROGRAMS = 500
IN_EVERY_RUN = 12


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    made = Ground({"schema_conditions": True})
    yield made
    made.emulator.stop()


@pytest.fixture(scope="module")
def schemas(ground: Ground) -> Schemas:
    return ground.bench.session.schemas(None)


def alarms(verdict: LiveResult) -> list[str]:
    """Errors; a warning of what a target will miss may be right."""
    return [str(one) for one in verdict.problems if one.severity is Severity.ERROR]


def play(ground: Ground, schemas: Schemas, programs: int) -> None:
    @settings(RUN, max_examples=programs)
    @given(st.data())
    def each(data: st.DataObject) -> None:
        source, target = data.draw(st.tuples(*[st.sampled_from(SERVICES)] * 2), label="services")
        connection = data.draw(connections(source), label="connection")
        assert alarms(HANDLERS["Connection"].check_live(LiveContext(schemas), connection)) == []
        source_id = ground.connection(source, connection)
        target_id = ground.connection(target, data.draw(connections(target)))

        model = data.draw(models(source_id, source), label="model")
        seen = HANDLERS["Model"].check_live(LiveContext(schemas), model)
        assert (alarms(seen), seen.unchecked) == ([], ())

        ground.emulator.clear_requests()
        names = fields_of(model, source)
        sync = data.draw(syncs("a model that is new", names, target_id, target), label="sync")
        seen = HANDLERS["Sync"].check_live(LiveContext(schemas, None, lambda _: model), sync)
        assert (alarms(seen), seen.unchecked) == ([], ())
        assert {one["method"] for one in ground.emulator.requests()} <= {"GET"}

    each()


def test_valid_arguments_raise_no_alarm(ground: Ground, schemas: Schemas):
    play(ground, schemas, IN_EVERY_RUN)


@pytest.mark.torture
def test_five_hundred_valid_programs_raise_no_alarm(ground: Ground, schemas: Schemas):
    play(ground, schemas, PROGRAMS)
