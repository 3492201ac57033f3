"""Tables that a test adds to a service, with rows."""

from typing import Any

import pytest
from polytomic import NotFoundError, Polytomic

from polytomic_emulator import RunningEmulator
from polytomic_emulator.running import ControlError
from tests.emulator.pipelines import connect, model_over

COLUMNS = [
    {"name": "id", "type": "number", "required": True, "unique": True},
    {"name": "label", "type": "string"},
    {"name": "paid", "type": "boolean"},
]
ROWS: list[dict[str, Any]] = [{"id": 7, "label": "a", "paid": True}, {"label": "b"}]


def tables(client: Polytomic, connection_id: str) -> list[str]:
    return client.model_sync.get_source(connection_id).data.items["table"].items


def test_a_table_is_in_every_connection_of_the_type_and_in_no_other(
    emulator: RunningEmulator, polytomic: Polytomic
) -> None:
    first, snowflake = (connect(emulator, polytomic, kind) for kind in ("postgresql", "snowflake"))
    assert emulator.add_table("postgresql", "orders", COLUMNS, ROWS) == "public.orders"
    second = connect(emulator, polytomic, "postgresql")
    for made in (first, second):
        assert "public.orders" in tables(polytomic, made)
        emulator.delete_record(made, "orders", 7)
        assert [one["label"] for one in emulator.records(made, "public.orders")] == ["b"]
    assert "public.orders" not in tables(polytomic, snowflake)


def test_a_table_of_one_connection_goes_with_it(
    emulator: RunningEmulator, polytomic: Polytomic
) -> None:
    first, second = (connect(emulator, polytomic, "postgresql") for _ in range(2))
    emulator.add_table(first, "crm.orders", {"id": "number"})
    emulator.add_table(second, "crm.orders", {"key": "string"})
    names = [
        [field.name for field in polytomic.schemas.get(made, "crm.orders").data.fields]
        for made in (first, second)
    ]
    assert names == [["id"], ["key"]]
    polytomic.connections.delete(first)
    third = connect(emulator, polytomic, "postgresql")
    assert "crm.orders" not in tables(polytomic, third)
    assert "crm.orders" in tables(polytomic, second)


def test_models_queries_and_syncs_use_the_table(
    emulator: RunningEmulator, polytomic: Polytomic
) -> None:
    postgres = connect(emulator, polytomic, "postgresql")
    emulator.add_table(postgres, "etl.source", COLUMNS, ROWS)
    emulator.add_table(postgres, "etl.target", {"id": "number", "label": "string"})
    query = "SELECT id, label FROM etl.source WHERE id > 1 ORDER BY id"
    model = model_over(polytomic, postgres, configuration={"query": query}, fields=["id", "label"])
    mappings = [
        {"source": {"model_id": model.id, "field": name}, "target": name}
        for name in ("id", "label")
    ]
    sync = polytomic.model_sync.create(
        name="Orders",
        mode="replace",
        fields=mappings,
        target={"connection_id": postgres, "object": "etl.target"},
        schedule={"frequency": "manual"},
    ).data
    emulator.run_sync(sync.id)
    # The service counts rows that come without an id: the second one got 2.
    assert emulator.records(postgres, "etl.target") == [
        {"id": 2, "label": "b"},
        {"id": 7, "label": "a"},
    ]


def test_columns_follow_from_the_rows_where_none_are_given(
    emulator: RunningEmulator, polytomic: Polytomic
) -> None:
    postgres = connect(emulator, polytomic, "postgresql")
    row = {"n": 1.5, "flag": False, "tags": [], "more": {}, "text": "x"}
    emulator.add_table(postgres, "mixed", rows=[{"n": 1}, row])
    fields = polytomic.schemas.get(postgres, "public.mixed").data.fields
    assert {one.name: one.type for one in fields} == {
        "n": "number",
        "flag": "boolean",
        "tags": "array",
        "more": "object",
        "text": "string",
    }
    assert emulator.records(postgres, "mixed")[1] == row


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"service": "postgers"}, "neither a connection type nor a connection"),
        ({"table": "contacts"}, "there is a table 'public.contacts' already"),
        ({"columns": {"id": "integer"}}, "type 'integer' is not known"),
        ({"columns": {}}, "columns must not be empty"),
        ({"columns": {"id": "number"}, "rows": [{"idd": 1}]}, "has no column 'idd'"),
    ],
)
def test_a_table_that_cannot_be_is_refused(
    emulator: RunningEmulator, given: dict[str, Any], words: str
) -> None:
    sent = {"service": "postgresql", "table": "orders", "columns": {"id": "number"}} | given
    with pytest.raises(ControlError, match=words):
        emulator.add_table(**sent)


def test_a_reset_forgets_added_tables(emulator: RunningEmulator, polytomic: Polytomic) -> None:
    emulator.add_table("postgresql", "orders", {"id": "number"})
    emulator.reset()
    postgres = connect(emulator, polytomic, "postgresql")
    with pytest.raises(NotFoundError):
        polytomic.schemas.get(postgres, "public.orders")
