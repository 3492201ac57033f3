from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from polytomic_emulator.errors import Unprocessable
from polytomic_emulator.running_syncs.reading import ModelRow, joined_rows
from polytomic_emulator.state.model import Model, ModelField, Relation
from polytomic_emulator.state.sync import Condition, Identity, Source
from polytomic_emulator.state.sync import Mapping as FieldMapping
from tests.unit.emulator.jobs import MODEL, mapped, sync

TABLES: dict[str, list[dict[str, Any]]] = {
    MODEL: [
        {"email": "ada", "company": 1, "changed": "v1"},
        {"email": "bob", "company": "2", "changed": "v2"},
        {"email": "cy", "company": None, "changed": "v3"},
    ],
    "companies": [
        {"id": "1", "name": "One"},
        {"id": "1", "name": "Twin"},
        {"id": 2, "name": "Two"},
    ],
    "owners": [{"of": "One", "who": "Zoe"}],
    "alone": [{"x": 1}],
}  # fmt: skip


def _model(name: str, *relations: Relation, **more: Any) -> Model:
    fields = [ModelField(key, key, key, "string", "string", "", "") for key in TABLES[name][0]]
    made = Model(name, "w", name, "t", "c", {}, fields, "", "", {}, relations=list(relations))
    return replace(made, **more)


PEOPLE = _model(MODEL, Relation("company", "companies", "id"))
COMPANIES = _model("companies")
# Its relation points at companies: the way to it from them is the other way round.
OWNERS = _model("owners", Relation("of", "companies", "name"))


def _read(model: Model) -> Sequence[ModelRow]:
    return [ModelRow(str(at), values) for at, values in enumerate(TABLES[model.id])]


def _joined(*sources: Source, models: Sequence[Model] = (PEOPLE, COMPANIES, OWNERS)) -> list[Any]:
    fields = [mapped("email"), *(FieldMapping("t", one) for one in sources)]
    rows = joined_rows(sync(fields=fields), models, _read)
    return [[row.values[one] for one in sources] for row in rows]


def test_a_relation_brings_the_first_row_that_it_leads_to() -> None:
    assert _joined(Source("companies", "name")) == [["One"], ["Two"], [None]]


def test_a_relation_leads_both_ways_and_over_several_models() -> None:
    owner = Source("owners", "who")
    assert _joined(owner) == [["Zoe"], [None], [None]]
    assert _joined(Source("companies", "name"), owner) == [
        ["One", "Zoe"],
        ["Two", None],
        [None] * 2,
    ]


def test_models_that_are_not_related_cannot_be_joined() -> None:
    with pytest.raises(Unprocessable, match='model "alone" is not related to model "people"'):
        _joined(Source("alone", "x"), models=[PEOPLE, _model("alone")])


def test_a_filter_on_a_model_that_is_gone_cannot_be_read() -> None:
    gone = Condition("Target", "Equality", target="name", value_source=Source("gone", "x"))
    with pytest.raises(Unprocessable, match="there is no model gone any more"):
        joined_rows(sync("update", conditions=[gone]), [PEOPLE], _read)


def test_a_sync_without_a_field_of_a_model_has_nothing_to_read() -> None:
    empty = sync(fields=[FieldMapping("name", None, "x")], identities=[])
    with pytest.raises(Unprocessable, match="nothing to read"):
        joined_rows(empty, [PEOPLE], _read)


def test_the_identity_names_the_base_model() -> None:
    made = sync(
        fields=[mapped("email")],
        identities=[Identity(Source("companies", "id"), "number", "Equality")],
    )
    rows = joined_rows(made, [PEOPLE, COMPANIES], _read)
    assert [row.key for row in rows] == ["0", "1", "2"]
    assert rows[0].values == {Source(MODEL, "email"): "ada", Source("companies", "id"): "1"}
    assert rows[0].own == {Source("companies", "id")}


def test_rows_that_share_a_key_are_told_apart() -> None:
    same = [ModelRow("k", {"email": name}) for name in "abc"]
    rows = joined_rows(sync(), [PEOPLE], lambda _: same)
    assert [row.key for row in rows] == ["k", "k #2", "k #3"]


def test_tracking_columns_travel_with_a_row() -> None:
    rows = joined_rows(sync(), [replace(PEOPLE, tracking_columns=["changed"])], _read)
    assert [row.tracked for row in rows] == [("v1",), ("v2",), ("v3",)]
    assert joined_rows(sync(), [PEOPLE], _read)[0].tracked is None
