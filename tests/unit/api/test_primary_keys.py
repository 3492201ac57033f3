"""What is sent to make exactly some fields the primary key, whatever the server tells."""

import json
from typing import Any

import pytest

from polytomic_provider.api import Polytomic
from polytomic_provider.api.routes.primary_keys import PrimaryKeysRequest
from tests.unit.api.scripted_server import Server, answer, data

PATH = "/api/connections/c1/schemas/public.orders"


def _schema(**keys: tuple[bool, bool | None]) -> Any:
    fields = [
        {"id": name, "is_primary_key": is_key, "source_primary_key": source}
        for name, (is_key, source) in keys.items()
    ]
    return data({"id": "public.orders", "fields": fields})


@pytest.mark.parametrize(
    ("tells", "sent"),
    [
        (True, {"email": True, "id": False}),
        (False, {"email": True, "id": False, "note": False}),
    ],
)
def test_what_the_source_counts_is_taken_out_of_the_key_where_that_is_known(
    server: Server, polytomic: Polytomic, tells: bool, sent: dict[str, bool]
) -> None:
    before = _schema(
        id=(True, True if tells else None),
        email=(False, False if tells else None),
        note=(False, None),
    )
    server.play(before, answer(204), _schema(email=(True, None)))
    keys = polytomic.primary_keys("c1", "public.orders")
    assert keys.replace(PrimaryKeysRequest(fields=["email"])).data.fields == ["email"]
    _, put, _ = server.requests
    assert (put.method, put.path) == ("PUT", f"{PATH}/primary_keys")
    fields = json.loads(put.body)["fields"]
    assert {one["field_id"]: one["is_primary_key"] for one in fields} == sent


def test_no_field_lets_the_source_count_again(server: Server, polytomic: Polytomic) -> None:
    server.play(answer(204), _schema(id=(True, True)))
    polytomic.primary_keys("c1", "public.orders").replace(PrimaryKeysRequest(fields=[]))
    assert [one.method for one in server.requests] == ["DELETE", "GET"]
