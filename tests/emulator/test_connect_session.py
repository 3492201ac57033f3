from typing import Any

import httpx
import pytest
from polytomic import Polytomic, UnauthorizedError
from polytomic.types.connect_session_response import ConnectSessionResponse

from polytomic_emulator import RunningEmulator
from tests.emulator.samples import NETSUITE, netsuite

BACK = "https://app.example.com/connected"


def _session(client: Polytomic, token: str | None) -> ConnectSessionResponse:
    options: Any = {"additional_query_parameters": {"token": token}} if token else None
    return client.connections.get_connect_session(request_options=options).data


def test_a_session_says_what_its_card_fixed(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    card = polytomic.connections.connect(
        name="N", redirect_url=BACK, whitelist=["netsuite", "hubspot"], dark=True
    ).data
    session = _session(polytomic, card.token)
    assert (session.name, session.redirect_url, session.dark) == ("N", BACK, True)
    assert (session.type, session.whitelist) == (None, ["netsuite", "hubspot"])
    assert session.organization_name == polytomic.identity.get().data.organization_name
    assert session.connection_id is None
    assert session.id
    assert card.token not in session.id
    fixed = polytomic.connections.connect(name="F", redirect_url=BACK, type="netsuite").data
    session = _session(polytomic, fixed.token)
    assert (session.type, session.whitelist, session.dark) == ("netsuite", [], False)


def test_a_session_names_the_connection_that_it_reconnects_or_made(
    polytomic: Polytomic,
) -> None:
    made = polytomic.connections.create(**netsuite()).data
    card = polytomic.connections.connect(name="N", redirect_url=BACK, connection=made.id).data
    session = _session(polytomic, card.token)
    assert (session.type, session.connection_id) == ("netsuite", made.id)
    card = polytomic.connections.connect(name="M", redirect_url=BACK, type="netsuite").data
    httpx.post(card.redirect_url, data={"type": "netsuite", **NETSUITE})
    made_id = _session(polytomic, card.token).connection_id
    assert made_id in {one.id for one in polytomic.connections.list().data}


def test_the_token_is_the_only_credential_and_lives_as_long_as_its_session(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    card = polytomic.connections.connect(name="N", redirect_url=BACK, type="netsuite", ttl=600).data
    address = f"{emulator.url}/api/connections/connect/session"
    reply = httpx.get(address, params={"token": card.token})
    assert (reply.status_code, reply.json()["data"]["name"]) == (200, "N")
    for token in (None, "guessed"):
        with pytest.raises(UnauthorizedError):
            _session(polytomic, token)
    emulator.advance_clock(599)
    assert _session(polytomic, card.token).name == "N"
    emulator.advance_clock(2)
    with pytest.raises(UnauthorizedError):
        _session(polytomic, card.token)


def test_the_request_log_does_not_learn_the_token(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    card = polytomic.connections.connect(name="N", redirect_url=BACK, type="netsuite").data
    _session(polytomic, card.token)
    assert card.token not in str(emulator.requests())
