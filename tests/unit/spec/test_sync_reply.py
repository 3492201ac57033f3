"""What in the reply of a sync differs from its program, and how that is shown."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from polytomic_provider.facts.sync_rules import ZERO_ID
from polytomic_provider.spec.sync_parse import spec_of
from polytomic_provider.spec.sync_reply import project_parts

MODEL = "6b1f0000-0000-4000-8000-000000000001"
OTHER = "6b1f0000-0000-4000-8000-000000000002"
NO_SOURCE = {"model_id": ZERO_ID, "field": ""}
SYNC: dict[str, Any] = {
    "name": "s",
    "mode": "update",
    "model": MODEL,
    "target": {"connection_id": OTHER, "object": "contact"},
    "identity": ["Email", "email"],
    "fields": {"Email": "email", "LastName": "lastName"},
}
TWO: dict[str, Any] = {"mappings": [["Email", "email"], ["Id", "id"]], "strategy": "priority"}

Wire = dict[str, Any]
Edit = Callable[[Wire], object]


def _drift(arguments: Wire, edit: Edit) -> Wire:
    """Return what a reply shows in another way than the program, after an edit of it."""
    program = {**SYNC, **arguments}
    server = deepcopy(spec_of(program).request())
    edit(server)
    shown = project_parts(server, program)
    return {name: value for name, value in shown.items() if value != program.get(name)}


def _put(*steps: str | int, value: Any) -> Edit:
    """Return an edit that puts a value at a place of the reply."""

    def edit(server: Wire) -> None:
        inside: Any = server
        for step in steps[:-1]:
            inside = inside[step]
        inside[steps[-1]] = value

    return edit


def _constant(**parts: Any) -> Wire:
    return {"source": NO_SOURCE, "target": "title", "override_value": "x", **parts}


def test_a_mapping_to_the_target_of_the_identity_may_be_missing():
    def drop(server: Wire) -> None:
        server["fields"] = [one for one in server["fields"] if one["target"] != "email"]

    assert _drift({}, drop) == {}


def test_a_missing_mapping_is_drift():
    def drop(server: Wire) -> None:
        server["fields"] = [one for one in server["fields"] if one["target"] == "email"]

    assert _drift({}, drop) == {"fields": {"Email": "email"}}


def test_a_missing_constant_is_drift_also_at_the_target_of_the_identity():
    program = {"fields": {"LastName": "lastName"}, "override_fields": {"email": "x"}}
    assert _drift(program, _put("override_fields", value=[])) == {"override_fields": None}


def test_a_constant_may_stand_among_the_mappings_and_apart_at_once():
    def both(server: Wire) -> None:
        server["fields"] += [_constant()]

    for constants in ({"title": "x"}, [{"target": "title", "override_value": "x"}]):
        assert _drift({"override_fields": constants}, both) == {}


def test_a_constant_among_the_mappings_of_a_program_is_shown_there():
    own = {"target": "title", "override_value": "x"}
    fields = [{"source": "Email", "target": "email"}, own]
    changed = _drift({"fields": fields}, _put("fields", 1, "override_value", value="y"))
    assert changed == {"fields": [fields[0], {**own, "override_value": "y"}]}


def test_a_constant_made_by_hand_is_shown_among_the_constants():
    def add(server: Wire) -> None:
        server["fields"].append(_constant(target="phone", override_value="5", new=False))

    constants = {"title": 7}
    assert _drift({"override_fields": constants}, add) == {
        "override_fields": {"phone": "5", "title": 7}
    }


def test_a_constant_with_a_mode_of_its_own_makes_the_constants_a_list():
    changed = _drift(
        {"override_fields": {"title": "x"}}, _put("override_fields", 0, "sync_mode", value="create")
    )
    own = {"target": "title", "override_value": "x", "sync_mode": "create"}
    assert changed == {"override_fields": [own]}


def test_a_server_may_leave_out_the_field_beside_a_constant():
    fields = {"LastName": {"target": "lastName", "override_value": "x"}}
    assert _drift({"fields": fields}, _put("fields", 0, "source", value=NO_SOURCE)) == {}


@pytest.mark.parametrize(("mode", "drifts"), [("update", False), ("create", True)])
def test_a_mapping_may_show_the_mode_of_the_sync_as_its_own(mode: str, drifts: bool):
    changed = _drift({}, _put("fields", 0, "sync_mode", value=mode))
    assert ("fields" in changed) is drifts


def test_a_server_may_leave_out_a_mode_of_a_mapping_that_is_the_syncs():
    fields = {"Email": {"target": "email", "sync_mode": "update"}}
    assert _drift({"fields": fields}, _put("fields", 0, "sync_mode", value=None)) == {}


def test_targets_of_one_field_keep_the_order_of_the_program_where_another_field_differs():
    def add(server: Wire) -> None:
        source = {"model_id": MODEL, "field": "Phone"}
        server["fields"] = [*reversed(server["fields"]), {"source": source, "target": "phone"}]

    shown = _drift({"fields": {"Email": ["a", "b"]}}, add)
    assert shown == {"fields": {"Email": ["a", "b"], "Phone": "phone"}}


@pytest.mark.parametrize(
    ("written", "edit"),
    [
        ("lastName", _put("fields", 1, "source", "field", value="Name")),
        ("lastName", _put("fields", 1, "source", "model_id", value=OTHER)),
        ("lastName", _put("fields", 1, "target", value="name")),
        ("lastName", _put("fields", 1, "override_value", value="x")),
        ({"target": "lastName", "new": True}, _put("fields", 1, "new", value=False)),
        (
            {"target": "lastName", "encryption_enabled": True},
            _put("fields", 1, "encryption_enabled", value=False),
        ),
        (
            {"target": "lastName", "override_value": "x"},
            _put("fields", 1, "source", "field", value="Name"),
        ),
    ],
)
def test_each_part_of_a_mapping_counts(written: Any, edit: Edit):
    changed = _drift({"fields": {"Email": "email", "LastName": written}}, edit)
    assert list(changed) == ["fields"]


@pytest.mark.parametrize(
    "edit",
    [
        _put("identity", "source", "field", value="Id"),
        _put("identity", "source", "model_id", value=OTHER),
        _put("identity", "target", value="id"),
        _put("identity", "function", value="ISubstring"),
        _put("identity", "new_field", value=True),
    ],
)
def test_each_part_of_an_identity_counts(edit: Edit):
    assert list(_drift({}, edit)) == ["identity"]


def test_another_identity_is_shown_in_the_form_that_the_program_uses_where_that_can_say_it():
    edit = _put("identity", "target", value="id")
    assert _drift({}, edit) == {"identity": ["Email", "id"]}
    written = {"source": "Email", "target": "email"}
    shown = {"source": "Email", "target": "id", "function": "Equality"}
    assert _drift({"identity": written}, edit) == {"identity": shown}
    contains = {"source": "Email", "target": "email", "function": "ISubstring"}
    assert _drift({}, _put("identity", "function", value="ISubstring")) == {"identity": contains}
    new = {**written, "function": "Equality", "new_field": True}
    assert _drift({}, _put("identity", "new_field", value=True)) == {"identity": new}
    assert _drift({}, _put("identity", value=None)) == {"identity": None}


def test_the_type_of_an_identitys_remote_field_counts_only_where_the_program_names_it():
    edit = _put("identity", "remote_field_type_id", value="another")
    assert _drift({}, edit) == {}
    named = {"source": "Email", "target": "email", "remote_field_type_id": "one"}
    assert list(_drift({"identity": named}, edit)) == ["identity"]


def test_the_older_form_may_show_any_one_of_several_identities():
    def older(number: int) -> Edit:
        def edit(server: Wire) -> None:
            server["identity"] = server.pop("identities")["mappings"][number]

        return edit

    several = {"identity": None, "identities": TWO}
    assert _drift(several, older(0)) == {}
    assert _drift(several, older(1)) == {}


def test_one_identity_that_is_none_of_several_is_drift():
    def other(server: Wire) -> None:
        server["identity"] = {**server.pop("identities")["mappings"][0], "target": "name"}

    shown = _drift({"identity": None, "identities": TWO}, other)
    assert shown == {"identities": {**TWO, "mappings": [["Email", "name"]]}}


def test_another_strategy_of_identities_is_drift():
    several = {"identity": None, "identities": TWO}
    shown = _drift(several, _put("identities", "strategy", value="and"))
    assert shown == {"identities": {**TWO, "strategy": "and"}}


def test_the_strategy_of_one_identity_says_nothing():
    one = {**TWO, "mappings": TWO["mappings"][:1]}
    several = {"identity": None, "identities": one}
    assert _drift(several, _put("identities", "strategy", value="and")) == {}
    assert _drift(several, _put("identities", "strategy", value=None)) == {}


def _filters(*conditions: Wire, **rest: Any) -> Wire:
    return {"filters": list(conditions), **rest}


BY_ID: Wire = {"field_id": "f1", "function": "Equality", "value": "x"}
ON_MODEL: Wire = {"field": "Email", "function": "Equality", "value": "x"}
ON_TARGET: Wire = {
    "field_id": "email",
    "field_type": "Target",
    "function": "Equality",
    "value_field": "Email",
}


@pytest.mark.parametrize(
    ("condition", "edit"),
    [
        (ON_MODEL, _put("filters", 0, "field", "field", value="Id")),
        (ON_MODEL, _put("filters", 0, "field", "model_id", value=OTHER)),
        (ON_MODEL, _put("filters", 0, "function", value="Inequality")),
        (ON_MODEL, _put("filters", 0, "value", value="y")),
        (ON_MODEL, _put("filters", 0, "field_type", value="Target")),
        (BY_ID, _put("filters", 0, "field_id", value="f2")),
        (ON_TARGET, _put("filters", 0, "field_id", value="name")),
        (ON_TARGET, _put("filters", 0, "value_field", "field", value="Id")),
        (ON_TARGET, _put("filters", 0, "value_field", value=None)),
    ],
)
def test_each_part_of_a_condition_counts(condition: Wire, edit: Edit):
    assert list(_drift(_filters(condition), edit)) == ["filters"]


def test_a_condition_that_shows_the_id_of_its_field_alone_is_compared_by_the_rest():
    def by_id(server: Wire) -> None:
        server["filters"][0] |= {"field": None, "field_id": "f1"}

    assert _drift(_filters(ON_MODEL), by_id) == {}


def test_the_values_of_a_set_have_no_order_and_those_of_a_range_have_one():
    for function, drifts in (("StringOneOf", False), ("Between", True)):
        condition = {"field": "Email", "function": function, "value": ["a", "b"]}
        changed = _drift(_filters(condition), _put("filters", 0, "value", value=["b", "a"]))
        assert ("filters" in changed) is drifts


def test_one_filter_less_is_drift():
    def drop(server: Wire) -> None:
        server["filters"].pop()

    assert _drift(_filters(ON_MODEL, BY_ID), drop) == {"filters": [ON_MODEL]}


def test_one_filter_more_is_drift():
    def add(server: Wire) -> None:
        server["filters"].append(deepcopy(server["filters"][0]))

    assert _drift(_filters(ON_MODEL), add) == {"filters": [ON_MODEL, ON_MODEL]}


@pytest.mark.parametrize(
    "edit",
    [
        _put("overrides", 0, "field", "field", value="Id"),
        _put("overrides", 0, "function", value="Inequality"),
        _put("overrides", 0, "value", value="y"),
        _put("overrides", 0, "override", value="other"),
        _put("overrides", value=[]),
    ],
)
def test_each_part_of_an_override_counts(edit: Edit):
    assert list(_drift({"overrides": [{**ON_MODEL, "override": "z"}]}, edit)) == ["overrides"]


def test_a_missing_override_is_drift_where_another_is_left():
    overrides = [{**ON_MODEL, "override": "z"}, {**ON_MODEL, "value": "y", "override": "z"}]

    def drop(server: Wire) -> None:
        server["overrides"].pop()

    assert _drift({"overrides": overrides}, drop) == {"overrides": overrides[:1]}


def _to(**parts: Any) -> Wire:
    return {"target": {**SYNC["target"], **parts}}


def test_another_object_of_the_target_is_drift():
    changed = _drift({}, _put("target", "object", value="lead"))
    assert changed == _to(object="lead")


def test_the_object_of_a_target_that_the_sync_creates_is_not_shown():
    target = {"connection_id": OTHER, "create": {"name": "made"}}
    assert _drift({"target": target}, _put("target", "object", value="made")) == {}


def test_an_object_in_a_target_without_one_is_drift():
    target = {"connection_id": OTHER}
    changed = _drift({"target": target}, _put("target", "object", value="lead"))
    assert changed == _to(object="lead")


def test_a_changed_key_inside_the_targets_configuration_is_shown_alone():
    program = _to(configuration={"mode": {"name": "x", "size": 1}})
    changed = _drift(program, _put("target", "configuration", "mode", value={"name": "y", "a": 2}))
    assert changed == _to(configuration={"mode": {"name": "y"}})


ON_TWO: Wire = {
    "filters": [ON_MODEL, ON_TARGET, {**ON_TARGET, "field_id": "id"}],
    **_to(filter_logic="A or B"),
}


def test_filters_on_the_target_in_another_order_may_have_their_logic_in_other_letters():
    def move(server: Wire) -> None:
        server["filters"].reverse()
        server["target"]["filter_logic"] = "B OR A"

    assert _drift(ON_TWO, move) == {}


def test_another_logic_of_the_filters_on_the_target_is_shown_where_the_program_has_it():
    assert _drift(ON_TWO, _put("target", "filter_logic", value="A and B")) == _to(
        filter_logic="A and B"
    )
    assert _drift(ON_TWO, _put("target", "filter_logic", value=None)) == _to()


def test_other_filters_on_the_model_leave_those_on_the_target_as_they_are_written():
    def change(server: Wire) -> None:
        server["filters"].reverse()
        server["filters"][2]["value"] = "y"

    shown = _drift(ON_TWO, change)
    assert shown == {"filters": [{**ON_MODEL, "value": "y"}, *ON_TWO["filters"][1:]]}


def test_a_sync_that_is_read_without_a_program_shows_the_logic_of_its_target_filters():
    server = spec_of({**SYNC, **ON_TWO}).request()
    assert project_parts(server, {})["target"]["filter_logic"] == "A or B"


def test_the_logic_of_one_kind_in_the_newer_form_counts():
    conditions = [{"field": "email", "function": "IsNull"}, {"field": "id", "function": "IsNull"}]
    program = {"target_filters": {"conditions": conditions, "logic": "A or B"}}
    assert _drift(program, _put("target_filters", "logic", value="B or A")) == {}
    changed = _drift(program, _put("target_filters", "logic", value="A and B"))
    assert changed == {"target_filters": {"conditions": conditions, "logic": "A and B"}}


def test_other_filters_on_the_target_leave_the_logic_of_those_on_the_model_as_it_is_written():
    def change(server: Wire) -> None:
        server["filter_logic"] = "B OR A"
        server["filters"][2]["function"] = "Inequality"

    program = _filters(ON_MODEL, BY_ID, ON_TARGET, filter_logic="A or B")
    changed = _drift(program, change)
    assert list(changed) == ["filters"]


NEWER: Wire = {
    "model_filters": {
        "conditions": [
            {"source": "Email", "function": "IsNull"},
            {"source": "Id", "function": "IsNull"},
            {"source": "Name", "function": "IsNull"},
        ],
        "logic": "A and (B or C)",
    },
    "target_filters": {"conditions": [{"field": "email", "function": "IsNull"}]},
}


def test_of_two_groups_of_filters_the_one_that_differs_is_shown_alone():
    def change(server: Wire) -> None:
        server["model_filters"]["conditions"].reverse()
        server["model_filters"]["logic"] = "(A or B) and C"
        server["target_filters"]["conditions"] = []

    assert _drift(NEWER, change) == {"target_filters": None}


def test_what_is_filtered_by_hand_is_shown_as_a_program_would_write_it():
    source = {"model_id": MODEL, "field": "Email"}
    added = {"function": "Equality", "field_type": "Target", "value_field": source}

    def older(server: Wire) -> None:
        server["filters"] += [{**added, "field_id": "email"}, {"field": source, "function": "True"}]

    shown = _drift(_filters(ON_MODEL), older)["filters"]
    assert shown == [ON_MODEL, {"field": "Email", "function": "True"}, ON_TARGET]

    def newer(server: Wire) -> None:
        condition = {"field": "id", "function": "Equality", "value_source": source}
        server["target_filters"]["conditions"].append(condition)

    own = {"field": "id", "value_source": "Email", "function": "Equality"}
    conditions = [*NEWER["target_filters"]["conditions"], own]
    assert _drift(NEWER, newer) == {"target_filters": {"conditions": conditions}}


def test_of_two_forms_in_a_reply_the_programs_own_is_read():
    source = {"model_id": MODEL, "field": "Email"}
    rest = {"function": "Equality", "value": "x"}

    def both(server: Wire) -> None:
        server["filters"] = [{**rest, "field_id": "f2"}]
        server["model_filters"] = {"conditions": [{**rest, "source": source}]}

    assert _drift(_filters(BY_ID), both) == {"filters": [{**BY_ID, "field_id": "f2"}]}
    other = {"model_filters": {"conditions": [{**rest, "source": "Id"}]}}
    own = {"model_filters": {"conditions": [{**rest, "source": "Email"}]}}
    assert _drift(other, both) == own


@pytest.mark.parametrize(
    "source",
    [None, {"model_id": ZERO_ID, "field": "Email"}, {"model_id": "", "field": "Email"}],
    ids=str,
)
def test_no_model_is_no_source(source: Any):
    program = {"fields": [{"target": "title", "override_value": "x"}]}
    assert _drift(program, _put("fields", 0, "source", value=source)) == {}
