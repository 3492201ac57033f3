"""What is written to the state is read again, also by later versions."""

from datetime import timedelta

import pytest

from polytomic_provider.kinds.lifecycle.state import (
    Inputs,
    State,
    read_inputs,
    read_state,
    write_inputs,
    write_state,
)

NAMES = frozenset(("type", "name"))


def test_a_state_survives_being_written_and_read():
    state = State(
        id="1",
        arguments={"type": "salesforce", "name": "CRM"},
        computed={"status": "healthy"},
        workspace="w",
        identity="urn:pulumi:dev::p::t::n",
        timeouts={"delete": timedelta(minutes=5)},
    )
    assert read_state("1", write_state(state), NAMES) == state


def test_inputs_survive_being_written_and_read():
    inputs = Inputs({"type": "salesforce"}, "urn", {"create": timedelta(seconds=90)})
    assert read_inputs(write_inputs(inputs)) == inputs


def test_a_state_of_a_newer_version_says_to_upgrade():
    with pytest.raises(ValueError, match="upgrade the package"):
        read_state("1", {"__version": 99}, NAMES)


def test_nothing_absent_is_written():
    written = write_state(State("1", {"type": "a", "name": None}, {"auth_url": None}))
    assert written == {"type": "a", "__version": 1}
