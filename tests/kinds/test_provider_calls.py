"""Check and read of the provider class, as Pulumi's host calls them."""

from types import SimpleNamespace
from typing import Any

import pytest
from pulumi.output import Unknown
from pulumi.runtime.rpc import is_rpc_secret

from polytomic_provider import dynamic
from polytomic_provider.api import Unauthorized
from polytomic_provider.dynamic import DynamicProvider, OperationFailed
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.arguments import facts_of
from polytomic_provider.kinds.lifecycle.state import State
from tests.kinds.conftest import Workbench

NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def provider(workbench: Workbench):
    def of(kind: str) -> DynamicProvider:
        made = DynamicProvider(kind)
        made._session = workbench.session
        return made

    return of


def _sync(**arguments: Any) -> dict[str, Any]:
    return {
        "mode": "updateOrCreate",
        "model": NOBODY,
        "target": {"connection_id": NOBODY, "object": "Lead"},
        "identity": ["Email", "Email"],
        "fields": {"Email": "Email"},
        **arguments,
    }


def _reasons(result: Any) -> list[str]:
    return [failure.reason for failure in result.failures]


PLACES = [
    ("Model", {"connection_id": "@", "configuration": {"table": "Contact"}}, "connection_id"),
    ("ConnectionReadiness", {"connection": "@"}, "connection"),
    (
        "SharedConnection",
        {"connection_id": "@", "child_organization_id": Unknown(), "name": "Shared"},
        "connection_id",
    ),
    ("SyncRun", {"sync": "@"}, "sync"),
    ("BulkSyncRun", {"bulk_sync": "@"}, "bulk_sync"),
    ("UserApiKey", {"user": "@"}, "user"),
    ("User", {"email": "ada@acme.example", "role_ids": ["@"]}, "role_ids[0]"),
    ("Policy", {"name": "crm", "actions": {"create": ["@"]}}, "actions.create[0]"),
    ("BulkSyncRun", {"bulk_sync": "@"}, "bulk_sync"),
    ("SyncErrorHandling", {"sync": "@"}, "sync"),
    (
        "SchemaPrimaryKeys",
        {"connection_id": "@", "schema_id": "Contact", "fields": ["Email"]},
        "connection_id",
    ),
    (
        "SchemaField",
        {"connection_id": "@", "schema_id": "Contact", "field_id": "Email", "label": "E"},
        "connection_id",
    ),
    ("BulkSyncErrorHandling", {"bulk_sync": "@"}, "bulk_sync"),
    (
        "BulkSync",
        {
            "source_connection_id": "@",
            "destination_connection_id": Unknown(),
            "destination_configuration": {},
        },
        "source_connection_id",
    ),
    (
        "BulkSync",
        {
            "source_connection_id": Unknown(),
            "destination_connection_id": "@",
            "destination_configuration": {},
        },
        "destination_connection_id",
    ),
    (
        "Sync",
        _sync(schedule={"frequency": "runafter", "run_after": {"bulk_sync_ids": ["@"]}}),
        "schedule.run_after.bulk_sync_ids[0]",
    ),
    ("RecordLogging", {"enabled": True, "delivery_connection_id": "@"}, "delivery_connection_id"),
    ("Sync", _sync(target={"connection_id": "@", "object": "Lead"}), "target.connection_id"),
    ("Sync", _sync(model="@"), "model"),
    (
        "Sync",
        _sync(fields=[{"source": {"model_id": "@", "field": "a"}, "target": "b"}]),
        "fields[0].source.model_id",
    ),
    (
        "Sync",
        _sync(schedule={"frequency": "runafter", "run_after": {"sync_ids": ["@"]}}),
        "schedule.run_after.sync_ids[0]",
    ),
    (
        "Model",
        {
            "connection_id": Unknown(),
            "configuration": {},
            "relations": [{"from": "a", "to": {"model_id": "@", "field": "b"}}],
        },
        "relations[0].to.model_id",
    ),
    (
        "Model",
        {
            "connection_id": Unknown(),
            "configuration": {},
            "enricher": {"connection_id": "@", "configuration": {}},
        },
        "enricher.connection_id",
    ),
]


OF_A_PARTNER = {("SharedConnection", "child_organization_id")}
"""What an API key cannot ask for."""


def test_every_argument_that_names_an_object_has_a_place():
    named = {(kind, path.partition(".")[0].partition("[")[0]) for kind, _, path in PLACES}
    facts = {
        (kind, one.name)
        for kind, handler in HANDLERS.items()
        for one in facts_of(handler.arguments).values()
        if one.id_of is not None
    }
    assert facts - named == OF_A_PARTNER


def _with(value: Any, id_: str) -> Any:
    if isinstance(value, dict):
        return {key: _with(item, id_) for key, item in value.items()}
    if isinstance(value, list):
        return [_with(item, id_) for item in value]
    return id_ if value == "@" else value


@pytest.mark.parametrize(("kind", "news", "path"), PLACES)
@pytest.mark.parametrize("id_", ["crm", NOBODY, "a/b?c"])
def test_a_text_that_is_no_id_of_an_object_is_refused_by_its_path(
    provider: Any, salesforce: State, kind: str, news: dict[str, Any], path: str, id_: str
):
    found = [
        reason
        for reason in _reasons(provider(kind).check({}, _with(news, id_)))
        if reason.startswith(f"{path}: there is no ")
    ]
    assert len(found) == 1
    assert f"with the id {id_!r}" in found[0]
    assert "To fix: write the " in found[0]
    if id_ == "crm" and "connection" in path:
        assert f"the connection named 'crm' has the id {salesforce.id}" in found[0]


def test_ids_of_objects_of_other_kinds_are_refused_too(
    provider: Any, make_sync: Any, salesforce: State
):
    sync = make_sync()
    news = _sync(model=sync.id, target={"connection_id": salesforce.id, "object": "Lead"})
    (reason,) = _reasons(provider("Sync").check({}, news))
    assert reason.startswith("model: there is no model with the id ")


def test_a_reference_that_is_not_new_costs_no_request(
    provider: Any, workbench: Workbench, salesforce: State
):
    workbench.restart()
    news = {"connection_id": NOBODY, "configuration": {"table": "Contact"}}
    before = len(workbench.emulator.requests())
    changed = {**news, "name": "other"}
    assert _reasons(provider("Model").check(news, changed)) == []
    assert len(workbench.emulator.requests()) == before
    assert len(_reasons(provider("Model").check({}, changed))) == 1


def test_an_object_that_this_run_made_costs_no_request(
    provider: Any, workbench: Workbench, salesforce: State
):
    before = len(workbench.emulator.requests())
    news = {"connection_id": salesforce.id, "configuration": {"table": "Contact"}}
    assert _reasons(provider("Model").check({}, news)) == []
    assert len(workbench.emulator.requests()) == before


@pytest.mark.parametrize("status", [401, 403, 500, 503])
def test_what_cannot_be_read_is_not_missing(
    provider: Any, workbench: Workbench, salesforce: State, status: int
):
    workbench.restart(requestTimeout="1s")
    workbench.emulator.fail(kind="status", status=status, method="GET", path="^/api/", times=99)
    news = {"connection_id": NOBODY, "configuration": {"table": "Contact"}}
    assert _reasons(provider("Model").check({}, news)) == []


def test_a_key_of_another_workspace_does_not_make_everything_missing(
    provider: Any, workbench: Workbench, salesforce: State
):
    workbench.restart(organizationId=NOBODY)
    news = {"connection_id": salesforce.id[::-1], "configuration": {"table": "Contact"}}
    assert _reasons(provider("Model").check({}, news)) == []


def test_check_returns_the_same_inputs_in_a_preview_and_seals_secrets(provider: Any):
    news = {
        "type": "netsuite",
        "name": "ns",
        "configuration": {"account_id": "1", "token": "canary-1", "token_secret": Unknown()},
        "__identity": "urn",
    }
    check = provider("Connection").check
    deployed, previewed = check({}, news), check({}, {**news, "__reported": True})
    assert deployed.inputs.keys() == previewed.inputs.keys() == news.keys()
    assert is_rpc_secret(deployed.inputs["configuration"]["token"])
    assert deployed.inputs["configuration"]["account_id"] == "1"
    assert deployed.failures != []
    assert previewed.failures == []


def test_a_resource_whose_arguments_stay_is_not_judged(provider: Any):
    wrong = {"type": "netsuite", "configuration": {"tokken": "canary-1"}}
    assert provider("Connection").check(wrong, wrong).failures == []
    assert provider("Connection").check({}, wrong).failures != []


@pytest.mark.parametrize("kind", ["Connection", "Model", "Sync"])
def test_a_reference_to_nothing_is_an_error_and_one_that_is_gone_leaves_the_state(
    provider: Any, kind: str
):
    with pytest.raises(OperationFailed) as raised:
        provider(kind).read(NOBODY, {"__provider": "x"})
    assert f"there is no {kind.lower()} with the id {NOBODY!r}" in str(raised.value)
    gone = provider(kind).read(NOBODY, {"__provider": "x", "__version": 1.0})
    assert (gone.id, gone.outs) == (None, {})


def test_a_reference_has_no_inputs_however_often_it_is_read(provider: Any, salesforce: State):
    first = provider("Connection").read(salesforce.id, {"__provider": "x"})
    again = provider("Connection").read(salesforce.id, first.outs)
    assert first.inputs is again.inputs is None
    assert again.outs == first.outs


def test_an_object_that_is_retained_is_not_replaced_by_the_same_thing(
    provider: Any, workbench: Workbench, make_sync: Any
):
    sync = make_sync()
    olds = provider("Sync").written(sync)
    news = {**sync.arguments, "__identity": sync.identity, "model": NOBODY}
    assert "model" in provider("Sync").diff(sync.id, olds, news).replaces
    provider("Sync").check({}, {**news, "__retained": True})
    with pytest.raises(OperationFailed) as raised:
        provider("Sync").diff(sync.id, olds, news)
    assert "cannot be replaced: `retain_on_delete` keeps it" in str(raised.value)
    assert "model" in provider("Sync").diff(sync.id, olds, {**news, "name": "other"}).replaces


def test_what_concerns_the_whole_run_is_told_in_full_once(
    provider: Any, monkeypatch: pytest.MonkeyPatch
):
    refused = Unauthorized(401, None, "no", {}, "req", "GET", "/api/me", hint="Mend it.")
    told: list[str] = []
    for urn in ("urn::a", "urn::a", "urn::b"):
        call = SimpleNamespace(urn=urn, old_inputs=lambda: None)
        monkeypatch.setattr(dynamic, "current_call", lambda call=call: call)
        told.append(provider("Connection").explain(refused, []))
    assert told[0] == told[1]
    assert told[0].startswith("GET /api/me: 401 Unauthorized: no (request req)\nMend it.")
    assert told[2] == "failed for the same reason as 'a': Unauthorized"
