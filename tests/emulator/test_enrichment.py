from typing import Any

import httpx
import pytest
from polytomic import NotFoundError, Polytomic

from polytomic_emulator import RunningEmulator
from polytomic_provider.facts import connection_types


@pytest.fixture
def apollo(polytomic: Polytomic) -> str:
    kind = connection_types.get("apollo")
    assert kind is not None
    configuration: dict[str, Any] = dict.fromkeys(kind.required, "canary-key")
    made = polytomic.connections.create(name="A", type="apollo", configuration=configuration)
    return made.data.id


def test_what_an_enricher_needs_to_be_told_is_found_step_by_step(
    polytomic: Polytomic, apollo: str
) -> None:
    source = polytomic.models.get_enrichment_source(apollo).data
    assert source.requires_one_of == ["object"]
    assert source.items["object"].items == ["people", "organizations"]
    chosen = polytomic.models.get_enrichment_source(apollo, params={"object": ["people"]})
    assert chosen.data == source
    inputs = polytomic.models.post(apollo, configuration={"object": "people"}).data
    assert ["email"] in inputs
    assert ["first_name", "last_name", "domain"] in inputs


def test_an_http_enrichment_needs_the_inputs_that_it_declares(polytomic: Polytomic) -> None:
    mappings = [
        {"name": "email", "type": "string", "required": True},
        {"name": "hint", "type": "string", "required": False},
    ]
    configuration = {"url": "https://a", "method": "GET", "inputMappings": mappings}
    made = polytomic.connections.create(
        name="H", type="httpenrichment", configuration=configuration
    ).data.id
    assert polytomic.models.get_enrichment_source(made).data.requires_one_of == []
    assert polytomic.models.post(made).data == [["email"]]


def test_a_connection_that_cannot_enrich_is_404(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = polytomic.connections.create(
        name="N", type="hubspot", configuration={"oauth_refresh_token": "canary"}
    ).data.id
    with pytest.raises(NotFoundError, match="do not enrich"):
        polytomic.models.get_enrichment_source(made)
    with pytest.raises(NotFoundError):
        polytomic.models.post(made)
    with pytest.raises(NotFoundError):
        polytomic.models.get_enrichment_source("none")
    listed = {one.id: one for one in polytomic.connections.get_types().data}
    assert listed["apollo"].capabilities.enrichment is True
    assert listed["hubspot"].capabilities.enrichment is False


@pytest.mark.parametrize("configuration", [{}, {"object": "planets"}, {"object": 5}, {"o": "x"}])
def test_an_impossible_enrichment_is_refused_with_the_known_values(
    http: httpx.Client, apollo: str, configuration: dict[str, Any]
) -> None:
    reply = http.post(
        f"/api/enrichment/{apollo}/inputfields", json={"configuration": configuration}
    )
    assert reply.status_code == 404
    assert reply.json()["metadata"]["known_values"]
    params = {f"params[{key}]": value for key, value in configuration.items()}
    path = f"/api/connections/{apollo}/modelsync/enrichment-source"
    assert http.get(path, params=params).status_code == (400 if params else 200)
