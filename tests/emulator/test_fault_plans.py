"""What goes wrong from the start: by file, by flags, by keywords of `RunningEmulator`."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner, Result

from polytomic_emulator import RunningEmulator
from polytomic_emulator.faults.plan import PlanError
from polytomic_provider.cli.commands import polytomic as command
from tests.emulator.samples import netsuite

EVERYTHING: dict[str, Any] = {
    "behaviour": {"type_shape": "string"},
    "faults": [{"kind": "status", "status": 503, "route": "/api/me"}],
    "failure_rate": 0,
    "latency": {"milliseconds": 1, "route": "/api/connections"},
    "rate_limit": [{"requests": 2, "seconds": 60, "route": "/api/models"}],
    "connection_faults": [{"type": "netsuite", "after_reads": 1}],
}
AS_TOML = """
failure_rate = 0
[behaviour]
type_shape = "string"
[[faults]]
kind = "status"
status = 503
route = "/api/me"
[latency]
milliseconds = 1
route = "/api/connections"
[[rate_limit]]
requests = 2
seconds = 60
route = "/api/models"
[[connection_faults]]
type = "netsuite"
after_reads = 1
"""


def _plan(folder: Path, text: str, name: str = "faults.json") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["emulator", *arguments])


def _go_wrong(emulator: RunningEmulator) -> None:
    """Meet everything that `EVERYTHING` says."""
    headers = {"Authorization": f"Bearer {emulator.api_key}"}
    with httpx.Client(base_url=emulator.url, headers=headers) as http:
        assert [http.get("/api/me").status_code for _ in range(2)] == [503, 200]
        assert [http.get("/api/models").status_code for _ in range(3)] == [200, 200, 429]
        assert len(emulator.control("GET", "latency")) == 1
        made = http.post("/api/connections", json=netsuite()).json()["data"]
        path = f"/api/connections/{made['id']}"
        reads = [http.get(path).json()["data"] for _ in range(2)]
        assert [one["status"] for one in reads] == ["healthy", "error"]
        assert reads[0]["type"] == "netsuite"


@pytest.mark.parametrize(
    ("name", "text"), [("faults.json", json.dumps(EVERYTHING)), ("faults.toml", AS_TOML)]
)
def test_a_file_says_what_goes_wrong(tmp_path: Path, name: str, text: str) -> None:
    with RunningEmulator(faults=_plan(tmp_path, text, name)) as emulator:
        _go_wrong(emulator)


def test_a_reset_leads_back_to_the_plan() -> None:
    with RunningEmulator(faults=EVERYTHING) as emulator:
        for _ in range(2):
            _go_wrong(emulator)
            emulator.clear_faults()
            emulator.reset()


def test_switches_of_a_plan_hold_as_long_as_the_plan(tmp_path: Path) -> None:
    def shape(**options: Any) -> str:
        with RunningEmulator(data=tmp_path, **options) as emulator:
            return emulator.control("GET", "behaviour")["switches"]["type_shape"]

    assert shape() == "object"
    assert shape(faults={"behaviour": {"type_shape": "string"}}) == "string"
    assert shape() == "object"


@pytest.mark.parametrize(
    ("described", "place"),
    [
        ({"fault": []}, "fault is not known; known are behaviour, faults"),
        ([], "must be an object"),
        ({"faults": [{"kind": "drop"}, {"kind": "meteor"}]}, "faults[1].kind cannot be 'meteor'"),
        ({"faults": [{"status": 500}]}, "faults[0].kind is required; known are status, html"),
        ({"faults": [{"kind": "drop", "pth": "/"}]}, "faults[0].pth is not known"),
        ({"faults": ["drop"]}, "faults[0] must be an object"),
        ({"faults": [{"kind": "drop", "route": "/api/mee"}]}, "faults[0].route cannot be"),
        ({"faults": [{"kind": "drop", "probability": 1.5}]}, "faults[0].probability must be"),
        ({"failure_rate": "5%"}, "failure_rate must be a number from 0 to 1"),
        ({"latency": "slow"}, "latency must be a list"),
        ({"latency": {"milliseconds": -1}}, "latency.milliseconds must be a whole number"),
        ({"latency": -1}, "latency.milliseconds must be a whole number"),
        ({"rate_limit": {"requests": 1, "seconds": "1"}}, "rate_limit.seconds must be a number"),
        ({"rate_limit": [{"seconds": 1}]}, "rate_limit[0].requests with seconds"),
        ({"connection_faults": [{"action": "melt"}]}, "connection_faults[0].action cannot be"),
        ({"behaviour": {"type_shape": "round"}}, "switch type_shape cannot be 'round'"),
        ({"behaviour": []}, "behaviour must be an object"),
    ],
)
def test_a_mistake_in_a_file_is_named_with_its_place(
    tmp_path: Path, described: Any, place: str
) -> None:
    path = _plan(tmp_path, json.dumps(described))
    refused = _run("--faults", str(path))
    assert refused.exit_code == 1
    assert str(path) in refused.output
    assert place in refused.output
    assert "Traceback" not in refused.output


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("faults.json", '{\n  "faults": [}', "is not JSON: Expecting value at line 2 column 14"),
        ("faults.toml", "\nfaults = [", "is not TOML"),
        ("faults.json", "[" * 100_000, "nested too deeply"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(
    tmp_path: Path, name: str, text: str, place: str
) -> None:
    refused = _run("--faults", str(_plan(tmp_path, text, name)))
    assert (refused.exit_code, place in refused.output) == (1, True), refused.output


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere.json"
    assert f"{missing} cannot be read: No such file" in _run("--faults", str(missing)).output
    with pytest.raises(PlanError, match="nowhere"):
        RunningEmulator(faults=missing)


def test_a_program_learns_of_a_mistake_before_anything_listens() -> None:
    with pytest.raises(PlanError, match=r"faults\[0\]\.times"):
        RunningEmulator(faults={"faults": [{"kind": "drop", "times": "often"}]})


def test_the_help_names_every_key_of_a_file() -> None:
    shown = _run("--help").output
    for key in EVERYTHING:
        assert key in shown
