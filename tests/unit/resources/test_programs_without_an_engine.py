"""Programs that run against Pulumi's mocks, as in a preview of new resources, without a key."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

import pulumi
import pytest
from pulumi.runtime import mocks, settings, stack
from pulumi.runtime.proto import engine_pb2

from polytomic_provider import (
    Connection,
    ConnectionReadiness,
    Model,
    SchemaField,
    SchemaPrimaryKeys,
    Sync,
)

Run = Callable[[Callable[[], None]], list[str]]


class _NothingExists(mocks.Mocks):
    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        self.inputs[args.name] = args.inputs
        return None, args.inputs

    def call(self, args: mocks.MockCallArgs) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        return {}, []

    def __init__(self) -> None:
        self.inputs: dict[str, dict[str, Any]] = {}


class _Engine(mocks.MockEngine):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__(None)
        self.logged: list[str] = []

    def Log(self, request: Any) -> None:  # noqa: N802
        if request.severity != engine_pb2.DEBUG:
            self.logged.append(request.message)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[_NothingExists]:
    for name in ("POLYTOMIC_API_KEY", "POLYTOMIC_PARTNER_KEY", "POLYTOMIC_DEPLOYMENT_KEY"):
        monkeypatch.delenv(name, raising=False)
    yield _NothingExists()
    settings.reset_options()


@pytest.fixture
def preview(world: _NothingExists) -> Run:
    """Run a program as a preview; gives what it logs."""

    def run(program: Callable[[], None]) -> list[str]:
        asyncio.set_event_loop(asyncio.new_event_loop())
        mocks.set_mocks(world, preview=True)
        engine = _Engine()
        settings.SETTINGS.engine = engine

        async def whole() -> None:
            try:
                await stack.run_pulumi_func(program)
            except pulumi.RunError as error:
                engine.logged.append(str(error))

        asyncio.get_event_loop().run_until_complete(whole())
        return engine.logged

    return run


def _model(name: str, connection: Any, *fields: str, **more: Any) -> Model:
    configuration = {"table": name}
    return Model(
        name, connection_id=connection, configuration=configuration, fields=list(fields), **more
    )


def _connection(name: str = "crm") -> Connection:
    return Connection(name, type="salesforce", configuration={"domain": "acme.my.salesforce.com"})


def _sync(model: Any, connection: Any, **arguments: Any) -> Sync:
    given: dict[str, Any] = {
        "mode": "updateOrCreate",
        "target": {"connection_id": connection, "object": "Lead"},
        "identity": ("Email", "Email"),
        "fields": {"LastName": "LastName"},
        **arguments,
    }
    return Sync("sync", model=model, **given)


def test_each_field_is_looked_for_in_its_own_new_model(preview: Run):
    def program() -> None:
        crm = _connection()
        people = _model("people", crm, "Email", "LastName")
        accounts = _model("accounts", crm, "Name")
        fields = [
            {"source": {"model_id": accounts.id, "field": "Name"}, "target": "Company"},
            {"source": {"model_id": people, "field": "LastName"}, "target": "LastName"},
        ]
        _sync(people, crm, fields=fields)

    assert preview(program) == []


@pytest.mark.parametrize("known", [False, True])
def test_a_field_that_neither_model_declares_is_named_with_its_place(
    preview: Run, world: _NothingExists, known: bool, monkeypatch: pytest.MonkeyPatch
):
    if known:
        made = lambda args: (f"{args.name}-id", args.inputs)  # noqa: E731
        monkeypatch.setattr(world, "new_resource", made)

    def program() -> None:
        crm = _connection()
        people = _model("people", crm, "Email", "LastName")
        accounts = _model("accounts", crm, "Name")
        fields = [
            {"source": {"model_id": accounts.id, "field": "Nmae"}, "target": "Company"},
            {"source": "Nmae", "target": "LastName"},
        ]
        _sync(people, crm, fields=fields)

    shown = "\n".join(preview(program))
    assert (
        "fields[0]: the model declares no such field; did you mean 'Name'? known fields: Name\n"
        in (shown)
    )
    assert "fields[1]: the model declares no such field; known fields: Email, LastName" in shown


def test_a_resource_a_gate_or_an_output_of_one_is_taken_at_every_reference(
    preview: Run, world: _NothingExists
):
    def program() -> None:
        crm = _connection()
        ready = ConnectionReadiness("ready", connection=pulumi.Output.from_input(crm))
        people = _model(
            "people",
            pulumi.Output.from_input(ready),
            "Email",
            "LastName",
            enricher={"connection_id": ready, "configuration": {}},
            relations=[{"from": "Email", "to": {"model_id": crm_model(crm), "field": "Id"}}],
        )
        _sync(pulumi.Output.from_input(people), ready)

    def crm_model(crm: Connection) -> Model:
        return _model("accounts", crm, "Id")

    assert preview(program) == []
    assert set(world.inputs["people"]) >= {"connection_id", "relations", "enricher"}


def test_a_resource_of_another_kind_is_refused_by_its_path(preview: Run):
    def program() -> None:
        crm = _connection()
        people = _model("people", crm, "Email", "LastName")
        _sync(crm, people)

    shown = preview(program)
    assert "Sync 'sync': model: expected a Model, got Connection 'crm'" in shown
    assert "Sync 'sync': target.connection_id: expected a Connection, got Model 'people'" in shown


def test_python_values_are_converted_or_refused_on_the_row(preview: Run, world: _NothingExists):
    class Contact(str, Enum):  # noqa: UP042
        LAST = "LastName"

    def program() -> None:
        crm = _connection()
        people = _model("people", crm, "Email", "LastName")
        filters = [{"field": "Email", "function": "OnOrAfter", "value": date(2026, 1, 2)}]
        _sync(people, crm, fields={Contact.LAST: Contact.LAST}, filters=filters)
        Connection("bad", type="salesforce", configuration={"domain": Decimal(1)})

    shown = preview(program)
    assert world.inputs["sync"]["fields"] == {"LastName": "LastName"}
    assert world.inputs["sync"]["filters"][0]["value"] == "2026-01-02"
    assert [line for line in shown if "'sync'" in line] == []
    (bad,) = [line for line in shown if "got Decimal" in line]
    assert bad.startswith("Connection 'bad': configuration.domain: expected text")


def test_what_is_exported_of_a_resource_holds_outputs_only(preview: Run):
    made: list[Any] = []

    def program() -> None:
        crm = _connection()
        ready = ConnectionReadiness("ready", connection="an-id")
        people = _model("people", crm, "Email", "LastName")
        made.extend([crm, ready, people, _sync(people, crm)])

    preview(program)
    for resource in made:
        public = {key: value for key, value in vars(resource).items() if not key.startswith("_")}
        assert [key for key, value in public.items() if not isinstance(value, pulumi.Output)] == []


REFUSED = [
    ({"import_": "an-id"}, "take the object over with `adopt_id='an-id'`"),
    ({"ignore_changes": ["configuraton"]}, "did you mean 'configuration'?"),
    ({"deleted_with": "crm"}, "name a Connection with `force_destroy=True`"),
    ({"replace_with": ["crm"]}, "Polytomic does not delete a model that is in use"),
]


@pytest.mark.parametrize(("options", "way_out"), REFUSED)
def test_an_option_that_cannot_work_is_refused_with_the_way_out(
    preview: Run, options: dict[str, Any], way_out: str
):
    def program() -> None:
        crm = _connection()
        found = {
            name: crm if value == "crm" else [crm] if value == ["crm"] else value
            for name, value in options.items()
        }
        _model("people", crm, "Email", opts=pulumi.ResourceOptions(**found))

    shown = "\n".join(preview(program))
    assert "Model 'people': `" in shown
    assert way_out in shown


def test_options_that_work_are_left_alone(preview: Run):
    def program() -> None:
        crm = Connection(
            "crm",
            type="salesforce",
            configuration={"domain": "acme.my.salesforce.com"},
            force_destroy=True,
        )
        paths = ["configuration.table", "fields[0]", "name", "*"]
        options = pulumi.ResourceOptions(deleted_with=crm, ignore_changes=paths)
        people = _model("people", crm, "Email", "LastName", opts=options)
        gate = ConnectionReadiness(
            "ready", connection=crm, opts=pulumi.ResourceOptions(deleted_with=people)
        )
        _sync(people, gate, opts=pulumi.ResourceOptions(replace_with=[people]))

    assert preview(program) == []


def test_the_id_of_an_object_that_is_replaced_is_not_kept(
    preview: Run, world: _NothingExists, monkeypatch: pytest.MonkeyPatch
):
    def keep_the_old_model(args: mocks.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        old = {"model": "an-id"} if args.name == "sync" else {}
        return None, {**args.inputs, **old}

    monkeypatch.setattr(world, "new_resource", keep_the_old_model)

    def program() -> None:
        crm = _connection()
        _sync(_model("people", crm, "Email", "LastName"), crm)

    (shown, _) = preview(program)
    assert shown.startswith("Sync 'sync': model: Model 'people' is replaced in this run")
    assert "--target-dependents" in shown


@pytest.fixture
def few_nested_calls() -> Iterator[int]:
    """A Python that nests no more calls than this, so that fewer resources need to be many."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(400)
    yield 400
    sys.setrecursionlimit(before)


def test_a_program_of_more_resources_than_python_nests_calls_is_previewed(
    preview: Run,
    world: _NothingExists,
    few_nested_calls: int,
    monkeypatch: pytest.MonkeyPatch,
):
    count = few_nested_calls
    lists_of_tasks: list[Any] = []
    monkeypatch.setattr(asyncio, "all_tasks", lists_of_tasks.append)

    def program() -> None:
        for number in range(count):
            _connection(f"crm-{number}")

    assert preview(program) == []
    assert len(world.inputs) == count
    assert lists_of_tasks == [], "a list of all tasks for each resource grows with their square"


def _many_pipelines(count: int) -> Callable[[], None]:
    def program() -> None:
        for number in range(count):
            crm = _connection(f"crm-{number}")
            ready = ConnectionReadiness(f"ready-{number}", connection=crm)
            people = _model(f"people-{number}", ready, "Email", "LastName")
            Sync(
                f"sync-{number}",
                model=people,
                mode="updateOrCreate",
                target={"connection_id": ready, "object": "Lead"},
                identity=("Email", "Email"),
                fields={"LastName": "LastName"},
            )

    return program


@dataclass
class _Counted:
    """What a program made the SDK and the event loop do."""

    tasks: int = 0
    """Tasks of asyncio that were made."""
    waited_for: int = 0
    """Outputs that the SDK waited for, counted again each time it waited."""


@pytest.fixture
def count(preview: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], _Counted]:
    """Preview so many pipelines and count."""
    wait, create_task = asyncio.wait, asyncio.BaseEventLoop.create_task

    def counted(pipelines: int) -> _Counted:
        found = _Counted()

        def counting_wait(tasks: Any, **options: Any) -> Any:
            found.waited_for += len(tasks)
            return wait(tasks, **options)

        def counting_create_task(*arguments: Any, **options: Any) -> Any:
            found.tasks += 1
            return create_task(*arguments, **options)

        monkeypatch.setattr(asyncio, "wait", counting_wait)
        monkeypatch.setattr(asyncio.BaseEventLoop, "create_task", counting_create_task)
        assert "Error" not in "".join(preview(_many_pipelines(pipelines)))
        return found

    return counted


def test_the_sdk_does_not_wait_for_the_same_outputs_again_and_again(
    count: Callable[[int], _Counted],
):
    few, many = count(10), count(20)
    for found in (few, many):
        assert found.waited_for <= found.tasks
    assert many.tasks <= 2 * few.tasks


def test_what_is_said_of_a_connection_is_in_its_workspace(preview: Run, world: _NothingExists):
    def program() -> None:
        crm = Connection("crm", type="hubspot", configuration={}, organization_id="customer")
        ready = ConnectionReadiness("ready", connection=crm)
        elsewhere = ConnectionReadiness("elsewhere", connection="248d", organization_id="other")
        for name, given in {"crm": crm, "ready": ready, "elsewhere": elsewhere, "id": "c"}.items():
            place: Any = {"connection_id": given, "schema_id": "contacts"}
            SchemaField(f"{name}-field", **place, field_id="score", label="Score")
            SchemaPrimaryKeys(f"{name}-key", **place, fields=["email"])
        own: Any = {"connection_id": ready, "organization_id": "own"}
        SchemaField("own-field", **own, schema_id="contacts", field_id="name", label="Name")

    preview(program)
    found = {
        name: inputs.get("organization_id")
        for name, inputs in world.inputs.items()
        if name.endswith(("-field", "-key"))
    }
    assert found == {
        "crm-field": "customer",
        "crm-key": "customer",
        "ready-field": "customer",
        "ready-key": "customer",
        "elsewhere-field": "other",
        "elsewhere-key": "other",
        "id-field": None,
        "id-key": None,
        "own-field": "own",
    }
