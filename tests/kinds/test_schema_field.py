"""A field of an object of a connection: added, or overridden, and taken back."""

from collections.abc import Callable, Mapping
from typing import Any

import httpx
import pytest

from polytomic_emulator import RunningEmulator
from polytomic_provider.api import BadRequest, NotFound, PolytomicError
from polytomic_provider.api.wire.schemas import SchemaFieldReply
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.duplicates import DeclaredTwice
from polytomic_provider.kinds.lifecycle.known_objects import Resource
from polytomic_provider.kinds.lifecycle.scope import Process
from polytomic_provider.kinds.lifecycle.state import State
from polytomic_provider.kinds.schema_field import SchemaFieldHandler
from polytomic_provider.live import LiveContext, Schemas
from polytomic_provider.validation import Problem, Unknown
from tests.kinds.conftest import Workbench
from tests.quick_session import Clock

KIND = "SchemaField"
ADDED = {
    "schema_id": "Contact",
    "field_id": "score",
    "label": "Score",
    "type": "number",
    "definition": "double",
    "path": "$.score",
}
OVERRIDDEN = {"schema_id": "Contact", "field_id": "Email", "label": "Work e-mail"}
SHOWN = ("name", "type", "type_spec", "path")
DETECTED = {"name": "Email", "type": "string", "type_spec": None, "path": None}


def _ask(emulator: RunningEmulator, method: str, path: str, body: Any = None) -> Any:
    headers = {"Authorization": f"Bearer {emulator.api_key}"}
    url = f"{emulator.url}/api/connections/{path}"
    return httpx.request(method, url, headers=headers, json=body).raise_for_status()


def _stored(workbench: Workbench, connection: State, field_id: str) -> dict[str, Any] | None:
    """A field as the emulator stores it."""
    path = f"{connection.id}/schemas/Contact"
    fields = _ask(workbench.emulator, "GET", path).json()["data"]["fields"]
    found = next((one for one in fields if one["id"] == field_id), None)
    return found and {name: found.get(name) for name in (*SHOWN, "user_managed")}


def _expected(arguments: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
    """What has to be stored after an `up`, by the documents: an oracle of its own.

    What the program says, over what is there; a type without a definition clears the definition.
    """
    there = dict(before or dict.fromkeys(SHOWN))
    names = {"label": "name", "type": "type", "definition": "type_spec", "path": "path"}
    for argument, name in names.items():
        if arguments.get(argument) is not None:
            there[name] = arguments[argument] or None
    if arguments.get("type") not in (None, (before or {}).get("type")):
        there["type_spec"] = arguments.get("definition")
    return {name: there[name] for name in SHOWN} | {"user_managed": True}


@pytest.fixture
def fields(workbench: Workbench, salesforce: State) -> Callable[..., State]:
    """Makes fields of the Salesforce connection."""

    def make(name: str = "made", **arguments: Any) -> State:
        return workbench.create(KIND, name, connection_id=salesforce.id, **arguments)

    return make


@pytest.mark.parametrize(
    "arguments",
    [
        ADDED,
        {**ADDED, "path": None, "definition": None},
        {**ADDED, "path": "", "type": "array", "definition": ["array", ["array", "string"]]},
        {"schema_id": "Contact", "field_id": "a%2Fb c", "label": "Odd", "type": "string"},
        OVERRIDDEN,
        {**OVERRIDDEN, "type": "object"},
        {**OVERRIDDEN, "label": None, "path": "$.mail"},
        {**OVERRIDDEN, "type": "datetime", "definition": "date"},
    ],
)
def test_what_is_stored_is_what_the_program_says_until_it_is_deleted(
    workbench: Workbench, salesforce: State, fields: Callable[..., State], arguments: dict[str, Any]
):
    said = {name: value for name, value in arguments.items() if value is not None}
    before = _stored(workbench, salesforce, said["field_id"])
    assert (before is None) == (said["field_id"] != "Email")
    assert HANDLERS[KIND].problems({"connection_id": salesforce.id, **said}) == []
    made = fields(**said)
    assert _stored(workbench, salesforce, said["field_id"]) == _expected(said, before)
    workbench.restart()
    read = workbench.read(KIND, made)
    assert read is not None
    assert not HANDLERS[KIND].compare(read, made.arguments).differs
    workbench.delete(KIND, read)
    assert _stored(workbench, salesforce, said["field_id"]) == before
    workbench.delete(KIND, read)


@pytest.mark.parametrize("arguments", [ADDED, {**OVERRIDDEN, "type": "number", "path": "$.m"}])
@pytest.mark.parametrize(
    "change",
    [{"label": "Other"}, {"type": "boolean", "definition": None}, {"path": ""}, {"path": "$.x"}],
)
def test_a_change_of_any_leaf_is_a_change_of_the_stored_field(
    workbench: Workbench,
    salesforce: State,
    fields: Callable[..., State],
    arguments: dict[str, Any],
    change: dict[str, Any],
):
    made = fields(**arguments)
    before = _stored(workbench, salesforce, arguments["field_id"])
    made = workbench.update(KIND, made, **change)
    after = _stored(workbench, salesforce, arguments["field_id"])
    assert after == _expected({**arguments, **change}, before) != before
    workbench.restart()
    read = workbench.read(KIND, made)
    assert read is not None
    assert not HANDLERS[KIND].compare(read, made.arguments).differs


@pytest.mark.parametrize(
    ("by_hand", "changed"),
    [
        ({"label": "Points"}, ("label",)),
        ({"type": "string"}, ("type", "definition")),
        ({"path": ""}, ("path",)),
        ({"definition": "int"}, ("definition",)),
    ],
)
def test_a_change_by_hand_is_seen_and_repaired(
    workbench: Workbench,
    salesforce: State,
    fields: Callable[..., State],
    by_hand: Any,
    changed: tuple[str, ...],
):
    made = fields(**ADDED)
    before = _stored(workbench, salesforce, "score")
    path = f"{salesforce.id}/schemas/Contact/fields/score"
    _ask(workbench.emulator, "PATCH", path, by_hand)
    workbench.restart()
    read = workbench.read(KIND, made)
    assert read is not None
    assert HANDLERS[KIND].compare(read, made.arguments).changed == changed
    workbench.update(KIND, read, **made.arguments)
    assert _stored(workbench, salesforce, "score") == before


def test_a_field_that_was_deleted_by_hand_is_gone_and_an_override_that_was_ended_is_drift(
    workbench: Workbench, salesforce: State, fields: Callable[..., State]
):
    added, overridden = fields("a", **ADDED), fields("b", **OVERRIDDEN)
    for field_id in ("score", "Email"):
        _ask(workbench.emulator, "DELETE", f"{salesforce.id}/schemas/Contact/fields/{field_id}")
    workbench.restart()
    assert workbench.read(KIND, added) is None
    read = workbench.read(KIND, overridden)
    assert read is not None
    assert HANDLERS[KIND].compare(read, overridden.arguments).changed == ("label",)
    workbench.delete(KIND, read)
    assert workbench.said[-1] == "nothing overrides the field 'Email' any more"
    workbench.update(KIND, read, **overridden.arguments)
    workbench.update(KIND, added, path="$.other")
    for field_id, name in (("score", "Score"), ("Email", "Work e-mail")):
        found = _stored(workbench, salesforce, field_id)
        assert found is not None
        assert found["name"] == name


def test_what_the_program_ends_to_say_is_kept(
    workbench: Workbench, salesforce: State, fields: Callable[..., State]
):
    made = fields(**ADDED)
    made = workbench.update(KIND, made, label="Points", path=None)
    found = _stored(workbench, salesforce, "score")
    assert found is not None
    assert (found["name"], found["path"]) == ("Points", "$.score")


def test_a_definition_says_the_type_too_and_an_example_is_sent_unseen(
    workbench: Workbench, salesforce: State, fields: Callable[..., State]
):
    said = {"schema_id": "Contact", "field_id": "score", "label": "Score", "definition": "bigint"}
    made = fields(**said, example={"points": 7})
    found = _stored(workbench, salesforce, "score")
    assert found is not None
    assert (found["type"], found["type_spec"]) == ("number", "bigint")
    workbench.restart()
    read = workbench.read(KIND, made)
    assert read is not None
    assert read.arguments["example"] == {"points": 7}
    workbench.emulator.clear_requests()
    workbench.update(KIND, read, example=8)
    (sent,) = workbench.emulator.requests("PATCH")
    assert sent["body"]["example"] == 8


def test_a_field_that_is_there_is_taken_over_as_the_preview_says(
    workbench: Workbench, salesforce: State, fields: Callable[..., State]
):
    handler, arguments = HANDLERS[KIND], {"connection_id": salesforce.id, **OVERRIDDEN}
    told = "takes over the field and replaces label: 'Email' => 'Work e-mail'"
    assert handler.foresee(workbench.scope("urn"), arguments) == told
    assert handler.foresee(workbench.scope("urn"), {**arguments, **ADDED}) is None
    fields(**OVERRIDDEN)
    assert workbench.said[-1] == told
    workbench.emulator.clear_requests()
    fields(**OVERRIDDEN)  # as the next run of one that was killed
    assert workbench.said[-1] == "takes over the field and changes nothing"
    assert workbench.emulator.requests("PATCH") == workbench.emulator.requests("POST") == []


def test_a_field_of_the_same_object_is_declared_once(
    workbench: Workbench, fields: Callable[..., State]
):
    handler, process = HANDLERS[KIND], Process()
    first, second = (Resource(f"urn::{name}", f"urn::{name}") for name in ("one", "two"))
    arguments = {"connection_id": "c", **ADDED}

    def declared(resource: Resource, **given: Any) -> list[Problem]:
        return handler.note_declaration(process, resource, {**arguments, **given}, new=True)

    assert declared(first) == []
    (problem,) = declared(second, label="Other")
    assert "field belongs to the resource 'one'" in str(problem)
    assert "remove one of the two" in str(problem)
    for other in ({"field_id": "x"}, {"schema_id": "Lead"}, {"connection_id": "d"}):
        assert declared(second, **other) == []
    fields("one", **ADDED)
    with pytest.raises(DeclaredTwice):
        fields("two", **ADDED)
    new = Unknown("crm")
    keys = [handler.known_natural_key({**arguments, "connection_id": new}) for _ in range(2)]
    assert keys[0] == keys[1] is not None
    assert handler.known_natural_key({**arguments, "field_id": Unknown("x")}) is None


def test_a_field_and_its_object_may_have_slashes_in_their_ids(workbench: Workbench):
    handler = HANDLERS[KIND]
    assert isinstance(handler, SchemaFieldHandler)
    for schema_id, field_id in (("x/2026/o.csv", "a/b"), ("x", "%2F/%"), ("x/fields/y", "ä")):
        id_ = handler.id_of("248d", schema_id, field_id)
        field = vars(handler.routes(workbench.session.polytomic(None), *handler.place_of(id_)))
        assert (field["_connection_id"], field["_schema_id"]) == ("248d", schema_id)
        assert field["_field_id"] == field_id


def test_a_renamed_resource_keeps_the_field(
    workbench: Workbench, salesforce: State, fields: Callable[..., State]
):
    """Pulumi makes the new one first, then deletes the old one."""
    old = fields("old", **ADDED)
    workbench.restart()
    fields("new", **ADDED)
    workbench.delete(KIND, old)
    assert _stored(workbench, salesforce, "score") is not None


def test_a_field_goes_with_its_connection(
    workbench: Workbench, salesforce: State, fields: Callable[..., State]
):
    made = fields(**ADDED)
    workbench.delete("Connection", salesforce)
    workbench.restart()
    assert workbench.read(KIND, made) is None
    workbench.delete(KIND, made)


def test_a_deletion_waits_until_the_schema_shows_the_field_no_more(
    workbench: Workbench, salesforce: State, fields: Callable[..., State]
):
    workbench.emulator.behave(deleted_fields="until_refreshed", schema_seconds=5)
    workbench.clock = Clock(workbench.emulator)
    workbench.restart()
    for arguments in (ADDED, OVERRIDDEN):
        made = fields(**arguments)
        workbench.delete(KIND, made)
        found = _stored(workbench, salesforce, arguments["field_id"])
        assert found is None or not found["user_managed"]
        made = fields(**arguments)
        found = _stored(workbench, salesforce, arguments["field_id"])
        assert found is not None
        assert found["user_managed"]
    workbench.emulator.hold_schema(salesforce.id)
    workbench.delete(KIND, made)
    assert "the schema still shows the field 'Email'" in workbench.said


def test_what_an_older_api_does_not_show_is_as_written():
    """API 2024-02-08 shows neither the path of a field nor whether a user defined it."""
    handler = HANDLERS[KIND]
    assert isinstance(handler, SchemaFieldHandler)
    shown = SchemaFieldReply(id="score", name="Points", type="number")
    read = handler.read_arguments(shown, ADDED)
    assert {name: read[name] for name in ADDED} == {**ADDED, "label": "Points"}
    told = handler.read_arguments(shown.model_copy(update={"user_managed": True}), ADDED)
    assert (told["definition"], told["path"]) == (None, None)


def test_a_field_that_polytomic_did_not_keep_is_an_error(
    workbench: Workbench, salesforce: State, fields: Callable[..., State]
):
    workbench.emulator.fail(kind="status", status=200, method="POST", path="/fields$")
    with pytest.raises(PolytomicError, match="accepted the field 'score' and does not show it"):
        fields(**ADDED)
    assert _stored(workbench, salesforce, "score") is None


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"type": "money"}, "type: 'money' is not a type; known types: array, binary"),
        ({"definition": "varchar"}, "definition: 'varchar' is not a definition; known definition"),
        ({"definition": []}, "definition: expected a word or a list that begins with one of arr"),
        ({"definition": ["list"]}, "definition: expected a word or a list that begins with one"),
        ({"definition": 5}, "definition: expected a word or a list that begins with one of arr"),
        ({"definition": "date"}, "definition: belongs to the type 'datetime', and `type` is 'num"),
        ({"label": ""}, "label: must not be empty"),
        ({"label": None, "type": None, "definition": None, "path": None}, "say at least one of "),
    ],
)
def test_what_cannot_be_is_refused_without_a_request(given: dict[str, Any], problem: str):
    arguments = {"connection_id": Unknown(), **ADDED, **given}
    said = {name: value for name, value in arguments.items() if value is not None}
    (found,) = HANDLERS[KIND].problems(said)
    assert str(found).startswith(problem)


def test_what_is_not_known_yet_is_no_problem():
    unknown = dict.fromkeys(("connection_id", *ADDED), Unknown())
    assert HANDLERS[KIND].problems(unknown) == []
    assert HANDLERS[KIND].problems({**unknown, "definition": ["array", Unknown()]}) == []


def _problems(workbench: Workbench, kind: str, *added: str, **arguments: Any) -> list[str]:
    schemas = Schemas(workbench.session.polytomic(None), of_one_moment=True)
    for field_id in added:
        place = {"connection_id": arguments["connection_id"], **ADDED, "field_id": field_id}
        HANDLERS[KIND].note_added(schemas, place)
    return [str(one) for one in HANDLERS[kind].check_live(LiveContext(schemas), arguments).problems]


def test_a_preview_names_the_object_that_is_not_there_and_what_a_new_field_lacks(
    workbench: Workbench, salesforce: State, fields: Callable[..., State]
):
    def problems(**given: Any) -> list[str]:
        return _problems(workbench, KIND, connection_id=salesforce.id, **given)

    assert problems(**ADDED) == problems(**OVERRIDDEN) == []
    wrong = problems(**{**ADDED, "schema_id": "Contct"})
    assert wrong == ["schema_id: the connection has no object 'Contct'"]
    found = problems(**{**OVERRIDDEN, "field_id": "Emial", "label": None})
    assert [one.partition(":")[0] for one in found] == ["label", "type"]
    assert "Contact has no field 'Emial', so this adds it; did you mean 'Email'?" in found[0]
    with pytest.raises(PolytomicError, match="to add one it takes label and type"):
        fields(schema_id="Contact", field_id="Emial", path="$.x")
    with pytest.raises(NotFound):
        fields(**{**ADDED, "schema_id": "Contct"})
    with pytest.raises(BadRequest):
        fields(**{**ADDED, "type": "money"})


@pytest.mark.parametrize(
    ("kind", "arguments"),
    [
        ("SchemaPrimaryKeys", {"schema_id": "Contact", "fields": ["score"]}),
        ("Model", {"configuration": {"table": "Contact"}, "fields": ["Id", "score"]}),
        ("Model", {"configuration": {"query": "SELECT score FROM Contact"}, "fields": ["score"]}),
        (
            "BulkSync",
            {
                "destination_connection_id": Unknown(),
                "schemas": [{"id": "Contact", "fields": ["score"]}],
            },
        ),
    ],
)
def test_other_resources_may_use_a_field_that_the_program_adds(
    workbench: Workbench, salesforce: State, kind: str, arguments: dict[str, Any]
):
    of = "source_connection_id" if kind == "BulkSync" else "connection_id"
    given = {"connection_id": salesforce.id, of: salesforce.id, **arguments}
    (wrong,) = _problems(workbench, kind, "scores", **given)
    assert "score" in wrong
    assert _problems(workbench, kind, "score", **given) == []
