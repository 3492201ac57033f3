"""What a program makes secret stays secret, wherever and in whatever form it comes back."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from pulumi.runtime.rpc import is_rpc_secret, unwrap_rpc_secret

from polytomic_provider import dynamic
from polytomic_provider.dynamic import DynamicProvider, OperationFailed
from polytomic_provider.host.program_secrets import seal_paths, shows, values_at
from polytomic_provider.kinds.lifecycle.state import State
from tests.kinds.conftest import Workbench

CANARY = "canary-constant"
CHANGED = "canary-of-a-person"

Properties = dict[str, Any]
Given = tuple[Properties, list[str]]


@pytest.fixture
def given(make_sync: Callable[..., State], workbench: Workbench) -> Properties:
    """The arguments of a sync that is not there yet."""
    made = make_sync()
    workbench.delete("Sync", made)
    return {**made.arguments, "name": "secretive", "__identity": "urn:secretive"}


def _provider(workbench: Workbench, kind: str = "Sync") -> DynamicProvider:
    made = DynamicProvider(kind)
    made._session = workbench.session  # pyright: ignore[reportPrivateUsage]
    return made


def _opened(value: Any) -> Any:
    """What Pulumi hands back to the provider: plain values."""
    if is_rpc_secret(value):
        return _opened(unwrap_rpc_secret(value))
    if isinstance(value, dict):
        return {key: _opened(item) for key, item in value.items()}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, list):
        return [_opened(item) for item in value]  # pyright: ignore[reportUnknownVariableType]
    return value


def _in_clear(value: Any) -> str:
    """All that is not marked secret."""

    def shown(value: Any) -> Any:
        if is_rpc_secret(value):
            return "[secret]"
        if isinstance(value, dict):
            return {key: shown(item) for key, item in value.items()}  # pyright: ignore[reportUnknownVariableType]
        if isinstance(value, list):
            return [shown(item) for item in value]  # pyright: ignore[reportUnknownVariableType]
        return value

    return json.dumps(shown(value))


def _constant_in_fields(value: str) -> Given:
    fields = [
        {"source": "Email", "target": "Email"},
        {"target": "Company", "override_value": value},
    ]
    return {"fields": fields}, ["fields.override_value"]


def _filter(value: str) -> Given:
    condition = {"field": "LastName", "function": "Equality", "value": value}
    return {"filters": [condition]}, ["filters.value"]


def _override(value: str) -> Given:
    condition = {"field": "LastName", "function": "Equality", "value": "x", "override": value}
    return {"overrides": [condition]}, ["overrides.override"]


def _constants(value: str) -> Given:
    return {"override_fields": {"Company": value}}, ["override_fields.Company"]


PLACES = [_constant_in_fields, _filter, _override, _constants]


@pytest.mark.parametrize("place", PLACES)
def test_a_secret_of_the_program_is_sealed_in_outputs_and_after_reading(
    workbench: Workbench, given: Properties, place: Callable[[str], Given]
):
    arguments, paths = place(CANARY)
    news = {**given, **arguments, "__secrets": paths}
    provider = _provider(workbench)
    made = provider.create(news)
    outs = made.outs or {}
    assert CANARY not in _in_clear(outs)
    assert outs["__secrets"] == paths
    assert outs["name"] == "secretive"
    read = provider.read(str(made.id), _opened(outs))
    assert CANARY not in _in_clear([read.outs, read.inputs])
    assert _opened(read.inputs)["__secrets"] == paths
    assert {k: _opened(read.inputs)[k] for k in arguments} == arguments
    assert provider.diff(str(made.id), _opened(read.outs), news).changes is False


DRIFT: list[tuple[Callable[[str], Given], str, Any]] = [
    (_constant_in_fields, "override_fields", [{"target": "FirstName", "override_value": CANARY}]),
    (_constant_in_fields, "override_fields", [{"target": "FirstName", "override_value": CHANGED}]),
    (_constants, "override_fields", [{"target": "Company", "override_value": CHANGED}]),
    (_constants, "override_fields", [{"target": "FirstName", "override_value": f"a {CANARY} b"}]),
    (_filter, "filters[0].value", CHANGED),
    (_override, "overrides[0].override", CHANGED),
    (_override, "override_fields", [{"target": "FirstName", "override_value": CANARY}]),
]


@pytest.mark.parametrize(("place", "path", "value"), DRIFT)
def test_what_a_person_makes_of_a_secret_stays_secret_however_often_it_is_read(
    workbench: Workbench, given: Properties, place: Callable[[str], Given], path: str, value: Any
):
    arguments, paths = place(CANARY)
    news = {**given, **arguments, "__secrets": paths}
    provider = _provider(workbench)
    made = provider.create(news)
    workbench.emulator.edit("sync", str(made.id), path, value)
    outs = _opened(made.outs)
    for _ in range(3):
        workbench.restart()
        provider = _provider(workbench)
        read = provider.read(str(made.id), outs)
        assert "canary-" not in _in_clear([read.outs, read.inputs])
        outs = _opened(read.outs)
    assert "canary-" in json.dumps(outs)
    assert provider.diff(str(made.id), outs, news).changes is not False
    updated = provider.update(str(made.id), outs, news).outs or {}
    assert updated["__secrets"] == paths
    assert "canary-" not in _in_clear(updated)


def test_a_secret_query_that_a_person_changes_is_shown_nowhere(
    workbench: Workbench, salesforce: State
):
    query = "SELECT Email FROM Contact WHERE LastName = '{}'"
    news = {
        "name": "people",
        "connection_id": salesforce.id,
        "configuration": {"query": query.format(CANARY)},
        "__identity": "urn:people",
        "__secrets": ["configuration.query"],
    }
    provider = _provider(workbench, "Model")
    made = provider.create(news)
    assert CANARY not in _in_clear(made.outs)
    changed = query.format(CHANGED)
    workbench.emulator.edit("model", str(made.id), "configuration.query", changed)
    read = provider.read(str(made.id), _opened(made.outs))
    assert "canary-" not in _in_clear([read.outs, read.inputs])
    assert CHANGED in json.dumps(_opened(read.outs))


@pytest.mark.parametrize("place", PLACES)
def test_no_message_repeats_a_secret_of_the_program(
    workbench: Workbench,
    given: Properties,
    monkeypatch: pytest.MonkeyPatch,
    place: Callable[[str], Given],
):
    said: list[str] = []
    monkeypatch.setattr(dynamic, "tell", lambda message, **_: said.append(message))
    arguments, paths = place("s-17")
    news = {**given, **arguments, "__secrets": paths}
    workbench.emulator.fail(
        kind="status",
        status=422,
        method="POST",
        path="^/api/syncs$",
        times=None,
        body={"message": "refused: s-17"},
    )
    provider = _provider(workbench)
    with pytest.raises(OperationFailed, match=r"refused: \[secret\]") as raised:
        provider.create(news)
    assert "s-17" not in str(raised.value)
    workbench.emulator.clear_faults()
    made = provider.create(news)
    changed = {**news, **place("s-18")[0]}
    workbench.emulator.fail(
        kind="status",
        status=422,
        method="PUT",
        path="^/api/syncs",
        times=None,
        body={"message": "not s-18 for s-17"},
    )
    with pytest.raises(OperationFailed, match=r"not \[secret\] for \[secret\]"):
        provider.update(str(made.id), _opened(made.outs), changed)
    assert not any("s-17" in one or "s-18" in one for one in said)


def test_a_problem_of_check_does_not_repeat_a_secret_of_the_program(
    workbench: Workbench, given: Properties
):
    news = {**given, "mode": "canary-mode", "__secrets": ["mode"]}
    reasons = [one.reason for one in _provider(workbench).check({}, news).failures]
    assert any("[secret]" in one for one in reasons)
    assert "canary-" not in str(reasons)


def test_what_becomes_secret_later_is_an_update_that_sends_nothing(
    workbench: Workbench, given: Properties
):
    arguments, paths = _filter(CANARY)
    provider = _provider(workbench)
    made = provider.create({**given, **arguments})
    news = {**given, **arguments, "__secrets": paths}
    olds = _opened(made.outs)
    assert "__secrets" not in olds
    assert provider.diff(str(made.id), olds, news).changes is True
    before = len(workbench.emulator.requests())
    updated = provider.update(str(made.id), olds, news).outs or {}
    assert len(workbench.emulator.requests()) == before
    assert CANARY not in _in_clear(updated)
    assert provider.diff(str(made.id), _opened(updated), news).changes is False
    plain_again = provider.diff(str(made.id), _opened(updated), {**given, **arguments})
    assert plain_again.changes is False


def test_what_facts_call_secret_is_no_difference_in_an_older_state(workbench: Workbench):
    news = {
        "name": "ns",
        "type": "netsuite",
        "configuration": {"account_id": "1", "token": "canary-1"},
        "__identity": "urn",
        "__secrets": ["configuration.token"],
    }
    provider = _provider(workbench, "Connection")
    olds = {k: v for k, v in news.items() if k != "__secrets"}
    assert provider.diff("id", olds, news).changes is False


def test_paths_reach_into_lists_and_through_keys_with_dots():
    value = {"a.b": [{"c": 1}, {"c": None}, "x"], "d": {"e": False}}
    assert values_at(value, "a.b.c") == [1]
    assert values_at(value, "d.e") == [False]
    assert values_at(value, "d.e.f") == values_at(value, "a") == []
    sealed = seal_paths(value, ["a.b.c", "d.e"], lambda _: "*")
    assert sealed == {"a.b": [{"c": "*"}, {"c": None}, "*"], "d": {"e": "*"}}


def test_a_short_secret_is_seen_where_it_stands_alone():
    assert shows({"minute": 5}, ["5"])
    assert not shows({"minute": 15, "on": True}, ["5", "", "True"])
    assert shows({"a": ["x canary y"]}, ["canary"])
    assert shows({"canary": None}, ["canary"])
