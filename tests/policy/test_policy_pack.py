"""The policy pack in `stacks/policy`: its rules, and the pack through the real `pulumi`."""

import importlib.util
import json
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import ROOT, Deployment
from tests.engine.programs import PIPELINE

SUBSCRIBERS = """
from polytomic_provider import SyncErrorHandling
SyncErrorHandling("errors", sync=sync, subscribers=["ada@acme.example"])
"""
PACK = ROOT / "stacks" / "policy" / "pack"
_spec = importlib.util.spec_from_file_location("rules", PACK / "rules.py")
assert _spec is not None
assert _spec.loader is not None
rules: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(rules)


@pytest.mark.parametrize(
    ("active", "schedule", "broken"),
    [
        (True, None, True),
        (True, {"frequency": "manual"}, True),
        (True, {"frequency": "daily", "hour": 1, "minute": 2}, False),
        (False, None, False),
        (None, None, False),
    ],
)
def test_an_active_sync_needs_a_schedule(active: bool | None, schedule: Any, broken: bool):
    sync = {"active": active, "schedule": schedule}
    given = {key: value for key, value in sync.items() if value is not None}
    assert bool(list(rules.unscheduled(given))) is broken


@pytest.mark.parametrize(
    ("bulk_sync", "broken"),
    [
        ({"active": True}, True),
        ({"active": True, "default_schedule": {"frequency": "manual"}}, True),
        ({"active": True, "default_schedule": {"frequency": "hourly", "minute": 1}}, False),
        (
            {
                "active": True,
                "default_schedule": {"frequency": "manual"},
                "additional_schedules": [{"frequency": "daily", "hour": 1, "minute": 1}],
            },
            False,
        ),
        ({"active": False}, False),
        ({}, False),
    ],
)
def test_an_active_bulk_sync_needs_a_schedule(bulk_sync: dict[str, Any], broken: bool):
    assert bool(list(rules.unscheduled_bulk(bulk_sync))) is broken


@pytest.mark.parametrize(
    ("sync", "subscribers", "broken"),
    [
        ({"active": True}, [], True),
        ({"active": True}, ["ada@acme.example"], False),
        ({"active": False}, [], False),
        ({}, [], False),
    ],
)
def test_somebody_is_told_when_an_active_sync_fails(
    sync: dict[str, Any], subscribers: list[str], broken: bool
):
    assert bool(list(rules.unwatched(sync, subscribers))) is broken


def test_a_connection_of_the_list_is_protected():
    def told(name: str, **options: bool) -> list[str]:
        return list(rules.unprotected(name, options, ["ware.*", "crm"]))

    assert told("warehouse", protect=True) == []
    assert told("other") == []
    assert told("my crm") == []
    assert told("crm") == ["the connection 'crm' needs opts=pulumi.ResourceOptions(protect=True)"]
    (forced,) = told("warehouse", protect=True, force_destroy=True)
    assert forced.startswith("the connection 'warehouse' must not have force_destroy")


@pytest.mark.parametrize(
    "sync",
    [
        {"fields": {"SSN": "ssn"}},
        {"fields": {"SSN": ["a", "ssn"]}},
        {"fields": {"SSN": {"target": "ssn"}}},
        {"fields": [{"source": "SSN", "target": "ssn"}]},
        {"fields": [{"source": {"model_id": "m", "field": "SSN"}, "target": "ssn"}]},
        {"identity": ["SSN", "ssn"]},
        {"identity": {"source": "SSN", "target": "ssn", "function": "Equality"}},
    ],
)
def test_a_protected_field_is_found_in_every_form(sync: dict[str, Any]):
    sync = {"model": "m", "mode": "updateOrCreate", **sync}
    told = list(rules.protected(sync, ["ssn"], "[protected]", "Newsletter"))
    assert any(
        "'SSN' is protected, and goes to 'ssn' of connection 'Newsletter'" in one for one in told
    )
    assert list(rules.protected(sync, ["ssn"], "[protected]", None))
    assert list(rules.protected(sync, ["ssn"], "[protected]", "Vault [Protected]")) == []
    assert list(rules.protected(sync, ["email"], "[protected]", "Newsletter")) == []


def test_a_name_has_to_be_of_the_form():
    assert list(rules.misnamed({"name": "crm-prod"}, "[a-z-]+")) == []
    assert list(rules.misnamed({"name": "CRM"}, "[a-z-]+")) == [
        "the name 'CRM' is not of the form [a-z-]+"
    ]
    assert list(rules.misnamed({}, "[a-z-]+")) == []


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=8,
)
_PARTS = ("active", "schedule", "fields", "identity", "identities", "name", "target", "model")


@pytest.mark.torture
@given(sync=st.dictionaries(st.sampled_from(_PARTS), _JSON))
def test_no_rule_fails_over_what_a_preview_does_not_know(sync: dict[str, Any]):
    list(rules.unscheduled(sync))
    list(rules.unscheduled_bulk({**sync, "default_schedule": sync.get("schedule")}))
    list(rules.unwatched(sync, []))
    list(rules.protected(sync, ["a"], "[protected]", None))
    list(rules.misnamed(sync, ".+"))


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The pack with an environment of its own: pulumi-policy, and all that this one has."""
    folder = tmp_path / "policy"
    shutil.copytree(PACK, folder)
    venv.create(folder / ".venv", with_pip=True)
    python = folder / ".venv" / "bin" / "python"
    wanted = (PACK / "requirements.txt").read_text().splitlines()[-1]
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--no-deps", wanted, "setuptools"], check=True
    )
    paths = sysconfig.get_paths(vars={key: str(folder / ".venv") for key in ("base", "platbase")})
    lent = f"{sysconfig.get_path('purelib')}\n{ROOT}\n"
    (Path(paths["purelib"]) / "lent.pth").write_text(lent)
    return folder


@pytest.mark.torture
def test_the_pack_stops_a_deployment_that_breaks_a_rule(tmp_path: Path, pack: Path):
    config = tmp_path / "policy.json"
    asked: dict[str, Any] = {
        "names": {"pattern": "[a-z]+"},
        "protected-connections": {"names": ["net.*"]},
        "protected-fields": {"fields": ["lastname"], "tag": "[protected]"},
    }
    config.write_text(json.dumps(asked))
    options = ("--policy-pack", str(pack), "--policy-pack-config", str(config))
    with RunningEmulator(consent_after=0.2) as emulator:
        environment = {
            "POLYTOMIC_DEPLOYMENT_URL": emulator.url,
            "POLYTOMIC_API_KEY": emulator.api_key,
        }
        deployment = Deployment(tmp_path / "stack", environment, Path(sys.prefix)).create()
        broken = PIPELINE.replace("Schedule.daily(hour=10, minute=30)", "Schedule.manual()")
        deployment.program(broken.replace('"contacts",\n', '"contacts", name="My contacts",\n'))
        told = " ".join(deployment.pulumi("up", "--yes", *options).failed().text.split())
        assert "it is active, but it has no schedule" in told
        assert "'LastName' is protected, and goes to 'lastName' of connection 'netsuite'" in told
        assert "the name 'My contacts' is not of the form [a-z]+" in told
        assert "the connection 'netsuite' needs opts=pulumi.ResourceOptions(protect=True)" in told
        assert told.count("nobody is told when it fails") == 1
        assert emulator.connections() == []
        asked["active-syncs-tell-of-errors"] = "mandatory"
        del asked["protected-connections"]
        asked["protected-fields"]["fields"] = ["ssn"]
        config.write_text(json.dumps(asked))
        watched = PIPELINE + SUBSCRIBERS
        deployment.program(watched)
        deployment.pulumi("up", "--yes", "--skip-preview", *options).ok()
        deployment.program(PIPELINE)
        told = " ".join(deployment.pulumi("preview", *options).failed().text.split())
        assert "nobody is told when it fails" in told
        deployment.program(watched)
        deployment.pulumi("preview", "--expect-no-changes", *options).ok()
