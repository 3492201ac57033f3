import httpx
import pytest
from polytomic import NotFoundError, Polytomic, UnprocessableEntityError

from polytomic_emulator import RunningEmulator
from tests.emulator.samples import NETSUITE, SALESFORCE, netsuite

BACK = "https://app.example.com/connected"


def test_a_connect_card_leads_to_a_connection_and_back(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    card = polytomic.connections.connect(name="NetSuite", redirect_url=BACK, type="netsuite").data
    assert card.redirect_url == f"{emulator.url}/connect/{card.token}"
    with httpx.Client() as person:
        assert "Connect “NetSuite” to NetSuite" in person.get(card.redirect_url).text
        done = person.post(card.redirect_url, data={"type": "netsuite", **NETSUITE})
        assert (done.status_code, done.headers["Location"]) == (303, BACK)
        made = polytomic.connections.list().data
        assert [(one.name, one.status) for one in made] == [("NetSuite", "healthy")]
        assert person.get(card.redirect_url).status_code == 404
        assert person.post(card.redirect_url, data={"type": "netsuite"}).status_code == 404


def test_an_oauth_card_goes_through_consent(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    card = polytomic.connections.connect(
        name="S", redirect_url=BACK, whitelist=["salesforce", "hubspot"]
    ).data
    with httpx.Client() as person:
        assert "What does" in person.get(card.redirect_url).text
        assert person.get(card.redirect_url, params={"type": "netsuite"}).status_code == 404
        form = {"type": "salesforce", "domain": "acme.my.salesforce.com"}
        asked = person.post(card.redirect_url, data=form).headers["Location"]
        assert asked.startswith("/consent/")
        allowed = person.post(emulator.url + asked, data={"decision": "allow"})
        assert allowed.headers["Location"] == BACK
    assert polytomic.connections.list().data[0].status == "healthy"


def test_a_card_reconnects_a_connection(polytomic: Polytomic, emulator: RunningEmulator) -> None:
    made = polytomic.connections.create(name="S", type="salesforce", configuration=SALESFORCE).data
    emulator.authorize(made.id)
    card = polytomic.connections.connect(name="S", redirect_url=BACK, connection=made.id).data
    with httpx.Client() as person:
        assert "Reconnect" in person.get(card.redirect_url).text
        asked = person.post(card.redirect_url, data={"type": "salesforce"}).headers["Location"]
        assert polytomic.connections.get(made.id).data.status == "unauthorized"
        allowed = person.post(emulator.url + asked, data={"decision": "allow"})
        assert allowed.headers["Location"] == BACK
    read = polytomic.connections.list().data
    assert [(one.id, one.name, one.status) for one in read] == [(made.id, "S", "healthy")]


def test_a_card_gives_a_connection_new_keys(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = polytomic.connections.create(**netsuite(policies=["p"])).data
    card = polytomic.connections.connect(name="N", redirect_url=BACK, connection=made.id).data
    done = httpx.post(card.redirect_url, data={"type": "netsuite", **NETSUITE, "token": "new"})
    assert done.headers["Location"] == BACK
    assert emulator.connection(made.id)["configuration"] == {**NETSUITE, "token": "new"}
    assert polytomic.connections.get(made.id).data.policies == ["p"]


def test_what_is_filled_in_wrong_can_be_mended(polytomic: Polytomic) -> None:
    card = polytomic.connections.connect(name="P", redirect_url=BACK, type="netsuite").data
    with httpx.Client() as person:
        wrong = person.post(card.redirect_url, data={"type": "netsuite", "account_id": "7"})
        assert wrong.status_code == 422
        assert "is required" in wrong.text
        assert 'value="7"' in wrong.text
    assert polytomic.connections.list().data == []


def test_a_card_ends_with_its_life(polytomic: Polytomic, emulator: RunningEmulator) -> None:
    card = polytomic.connections.connect(name="P", redirect_url=BACK, ttl=60).data
    assert httpx.get(card.redirect_url).status_code == 200
    emulator.advance_clock(60)
    assert httpx.get(card.redirect_url).status_code == 404
    assert httpx.get(f"{emulator.url}/connect/nothing").status_code == 404


def test_a_card_that_cannot_be_is_refused(polytomic: Polytomic, http: httpx.Client) -> None:
    polytomic.connections.create(**netsuite("Taken"))
    for wrong, field in (
        ({"name": " "}, "name"),
        ({"name": "Taken"}, "name"),
        ({"ttl": 604801}, "ttl"),
        ({"ttl": 0}, "ttl"),
        ({"type": "nothing"}, "type"),
        ({"whitelist": ["nothing"]}, "type"),
        ({"redirect_url": "javascript:alert(1)"}, "redirect_url"),
    ):
        with pytest.raises(UnprocessableEntityError) as refusal:
            polytomic.connections.connect(**{"name": "N", "redirect_url": BACK} | wrong)
        assert refusal.value.body.metadata["field"] == field
    with pytest.raises(NotFoundError):
        polytomic.connections.connect(name="N", redirect_url=BACK, connection="none")
    assert http.post("/api/connections/connect/", json={"name": "N"}).status_code == 400


def test_an_idempotency_key_opens_one_session(polytomic: Polytomic) -> None:
    cards = [
        polytomic.connections.connect(name="N", redirect_url=BACK, idempotency_key="card-key-1")
        for _ in range(2)
    ]
    assert cards[0] == cards[1]
