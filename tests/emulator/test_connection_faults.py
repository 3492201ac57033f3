import pytest
from polytomic import Polytomic

from polytomic_emulator import RunningEmulator
from polytomic_emulator.running import ControlError
from tests.emulator.pipelines import connect
from tests.emulator.samples import SALESFORCE


def _statuses(polytomic: Polytomic, connection_id: str, reads: int) -> list[str]:
    return [polytomic.connections.get(connection_id).data.status for _ in range(reads)]


def test_health_fails_after_some_reads_and_stays_so(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    netsuite = connect(emulator, polytomic)
    emulator.fail_connections(id=netsuite, after_reads=2, status_error="account locked")
    assert _statuses(polytomic, netsuite, 4) == ["healthy", "healthy", "error", "error"]
    assert polytomic.connections.get(netsuite).data.status_error == "account locked"
    emulator.heal(netsuite)
    assert _statuses(polytomic, netsuite, 4) == ["healthy"] * 4


def test_a_connection_that_does_not_exist_yet_is_meant_by_type_or_name(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    emulator.fail_connections(type="netsuite", name="Netsuite")
    emulator.fail_connections(type="hubspot")
    netsuite, postgres = (connect(emulator, polytomic, kind) for kind in ("netsuite", "postgresql"))
    assert _statuses(polytomic, netsuite, 1) == ["error"]
    assert _statuses(polytomic, postgres, 1) == ["healthy"]


def test_it_may_fail_again_and_again(polytomic: Polytomic, emulator: RunningEmulator) -> None:
    netsuite = connect(emulator, polytomic)
    emulator.fail_connections(id=netsuite, after_reads=1, times=None)
    for _ in range(2):
        assert _statuses(polytomic, netsuite, 2) == ["healthy", "error"]
        emulator.heal(netsuite)
    emulator.clear_connection_faults()
    assert _statuses(polytomic, netsuite, 3) == ["healthy"] * 3


def test_consent_is_withdrawn_after_some_reads(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    emulator.fail_connections(action="revoke", after_reads=1)
    netsuite = connect(emulator, polytomic)
    assert _statuses(polytomic, netsuite, 3) == ["healthy"] * 3
    waiting = polytomic.connections.create(
        name="S", type="salesforce", configuration=SALESFORCE
    ).data.id
    assert _statuses(polytomic, waiting, 2) == ["unauthorized"] * 2
    emulator.authorize(waiting)
    assert _statuses(polytomic, waiting, 2) == ["healthy", "unauthorized"]
    assert "revoked" in polytomic.connections.get(waiting).data.status_error


@pytest.mark.parametrize(
    "failing", [{"action": "explode"}, {"after_reads": -1}, {"kind": "netsuite"}, {"type": 5}]
)
def test_a_connection_fault_that_makes_no_sense_is_refused(
    emulator: RunningEmulator, failing: dict[str, object]
) -> None:
    with pytest.raises(ControlError, match="400"):
        emulator.fail_connections(**failing)
    assert emulator.control("GET", "connection-faults") == []
