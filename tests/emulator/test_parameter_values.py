from typing import Any

import httpx
import pytest
from polytomic import BadRequestError, NotFoundError, Polytomic

from polytomic_emulator import RunningEmulator
from polytomic_emulator.state.services import parameter_values
from polytomic_provider.facts import connection_types
from tests.emulator.samples import MASK, NETSUITE


def _gatsby(client: Polytomic) -> str:
    kind = connection_types.get("gatsby")
    assert kind is not None
    configuration = dict.fromkeys(kind.required, "canary-key")
    made = client.connections.create(name="G", type="gatsby", configuration=configuration)
    return made.data.id


def test_every_key_that_takes_a_value_and_a_label_has_values() -> None:
    listed = {
        (kind.id, key): values
        for kind in connection_types.all_types().values()
        for key, values in parameter_values(kind).items()
    }
    assert len(listed) == 24
    assert all(one["value"] and one["label"] for values in listed.values() for one in values)


def test_values_are_listed_before_there_is_a_connection(polytomic: Polytomic) -> None:
    kind = connection_types.get("gatsby")
    assert kind is not None
    reply = polytomic.connections.get_type_parameter_values(
        "gatsby", field="organizations", parameters=dict.fromkeys(kind.required, "key")
    )
    assert [one.label for one in reply.data["organizations"].values] == ["Acme", "Acme Labs"]
    assert reply.data["organizations"].allows_creation is False
    reply = polytomic.connections.get_type_parameter_values(
        "gatsby",
        field="organizations",
        parameters=dict.fromkeys(kind.required, "key"),
        query="LABS",
    )
    assert [one.value for one in reply.data["organizations"].values] == ["502"]


def test_an_enumerations_values_need_no_service(polytomic: Polytomic) -> None:
    reply = polytomic.connections.get_type_parameter_values("salesforce", field="connect_mode")
    values = [one.value for one in reply.data["connect_mode"].values]
    assert values == ["browser", "clientcredentials", "code", "api"]


def test_values_of_an_oauth_type_need_authorization_first(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = polytomic.connections.create(name="Sheets", type="gsheets", configuration={}).data
    for ask in (
        lambda: polytomic.connections.get_parameter_values(made.id),
        lambda: polytomic.connections.get_type_parameter_values(
            "gsheets", field="spreadsheet_id", connection_id=made.id
        ),
        lambda: polytomic.connections.get_type_parameter_values("gsheets", field="spreadsheet_id"),
    ):
        with pytest.raises(Exception, match="authorization") as early:
            ask()
        assert getattr(early.value, "status_code", None) == 400
    emulator.authorize(made.id)
    reply = polytomic.connections.get_type_parameter_values(
        "gsheets", field="spreadsheet_id", connection_id=made.id, parameters={}
    )
    values = reply.data["spreadsheet_id"].values
    assert (values[0].label, values[0].path) == ("Budget", "Finance/Budget")
    assert polytomic.connections.get_parameter_values(made.id).data == reply.data


def test_a_saved_connection_is_asked_with_its_saved_secrets(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = _gatsby(polytomic)
    assert set(polytomic.connections.get_parameter_values(made).data) == {"organizations"}
    masked = polytomic.connections.get(made).data.configuration
    assert MASK in masked.values()
    reply = polytomic.connections.get_type_parameter_values(
        "gatsby", field="organizations", connection_id=made, parameters=masked
    )
    assert reply.data["organizations"].values
    emulator.control("POST", f"connections/{made}/break", {"status_error": "gone fishing"})
    with pytest.raises(Exception, match="gone fishing"):
        polytomic.connections.get_parameter_values(made)


def test_a_connection_without_such_keys_has_no_values(polytomic: Polytomic) -> None:
    made = polytomic.connections.create(name="N", type="netsuite", configuration=NETSUITE).data
    assert polytomic.connections.get_parameter_values(made.id).data == {}


@pytest.mark.parametrize(
    ("type_id", "body", "field"),
    [
        ("gatsby", {"field": "organizations"}, "parameters."),
        ("gatsby", {"field": "colour", "parameters": {}}, "parameters."),
        ("salesforce", {"field": "connect_mod", "parameters": {}}, "parameters.domain"),
        ("github", {"field": "repositories", "parameters": {"none": 1}}, "parameters.none"),
        ("github", {"field": "repositories", "parameters": []}, "parameters"),
        ("github", {}, "field"),
        ("hubspot", {"field": "x", "parameters": {"oauth_refresh_token": "t"}}, "field"),
    ],
)
def test_a_question_that_cannot_be_answered_is_400(
    http: httpx.Client, type_id: str, body: dict[str, Any], field: str
) -> None:
    reply = http.post(f"/api/connection_types/{type_id}/parameter_values", json=body)
    assert reply.status_code == 400
    assert reply.json()["metadata"]["field"].startswith(field)


def test_credentials_that_the_service_refuses_list_nothing(polytomic: Polytomic) -> None:
    kind = connection_types.get("gatsby")
    assert kind is not None
    with pytest.raises(BadRequestError, match="refused"):
        polytomic.connections.get_type_parameter_values(
            "gatsby", field="organizations", parameters=dict.fromkeys(kind.required, "invalid")
        )


def test_unknown_types_and_connections_are_404(polytomic: Polytomic) -> None:
    ask = polytomic.connections.get_type_parameter_values
    with pytest.raises(NotFoundError):
        ask("gatzby", field="organizations")
    with pytest.raises(NotFoundError):
        ask("gatsby", field="organizations", connection_id="none")
    with pytest.raises(NotFoundError):
        polytomic.connections.get_parameter_values("none")
    made = _gatsby(polytomic)
    with pytest.raises(BadRequestError) as other:
        ask("iterable", field="event_types", connection_id=made)
    assert other.value.body.metadata["field"] == "connection_id"
