from collections.abc import Iterator

import httpx
import pytest
from polytomic import Polytomic, UnprocessableEntityError

from polytomic_emulator import RunningEmulator
from tests.emulator.samples import MASK, SALESFORCE, netsuite
from tests.emulator.waiting import until

BODY = {"name": "Salesforce", "type": "salesforce", "configuration": SALESFORCE}


@pytest.fixture
def browser(emulator: RunningEmulator) -> Iterator[httpx.Client]:
    """A person's browser: no credential, redirects not followed."""
    with httpx.Client(base_url=emulator.url) as client:
        yield client


def test_an_oauth_connection_waits_for_a_person(polytomic: Polytomic) -> None:
    made = polytomic.connections.create(**BODY).data
    assert made.saved is False
    assert made.status != "healthy"
    assert made.status_error
    assert made.auth_url.startswith("http://127.0.0.1:")
    assert made.auth_code is None
    assert made.configuration == SALESFORCE | {"connect_mode": "browser"}
    read = polytomic.connections.get(made.id).data
    assert (read.saved, read.status) == (False, made.status)


def test_no_read_shows_the_auth_url(http: httpx.Client) -> None:
    made = http.post("/api/connections", json=BODY).json()["data"]
    assert "auth_url" in made
    for path in (f"/api/connections/{made['id']}", "/api/connections"):
        assert made["auth_url"].rsplit("/", 1)[1] not in http.get(path).text


def test_after_consent_it_is_healthy_and_shows_what_the_server_learned(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = polytomic.connections.create(**BODY).data
    emulator.authorize(made.id)
    read = polytomic.connections.get(made.id).data
    assert (read.saved, read.status, read.status_error) == (True, "healthy", "")
    assert read.configuration == {
        **SALESFORCE,
        "connect_mode": "browser",
        "oauth_refresh_token": MASK,
        "instance_url_override": "https://acmecorp.my.salesforce.com",
        "username": "user@emulator.example",
    }
    renamed = polytomic.connections.update(made.id, name="Renamed", configuration=SALESFORCE)
    assert (renamed.data.status, renamed.data.auth_url) == ("healthy", None)
    assert renamed.data.configuration == read.configuration


def test_denied_consent_says_why_and_can_be_given_later(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = polytomic.connections.create(**BODY).data
    emulator.deny(made.id)
    read = polytomic.connections.get(made.id).data
    assert (read.saved, read.status) == (False, "unauthorized")
    assert "denied" in read.status_error
    emulator.authorize(made.id)
    assert polytomic.connections.get(made.id).data.status == "healthy"


def test_update_before_consent_keeps_the_link(polytomic: Polytomic) -> None:
    made = polytomic.connections.create(**BODY).data
    renamed = polytomic.connections.update(made.id, name="Renamed", configuration=SALESFORCE)
    assert renamed.data.auth_url == made.auth_url


def test_reconnect_asks_anew_until_someone_consents(
    polytomic: Polytomic, emulator: RunningEmulator, browser: httpx.Client
) -> None:
    made = polytomic.connections.create(**BODY).data
    emulator.authorize(made.id)
    again = polytomic.connections.update(
        made.id, name="Salesforce", configuration=SALESFORCE, reconnect=True
    ).data
    assert again.auth_url not in (None, made.auth_url)
    assert again.status == "unauthorized"
    assert browser.get(made.auth_url).status_code == 404
    renamed = polytomic.connections.update(made.id, name="Other", configuration=SALESFORCE).data
    assert (renamed.status, renamed.auth_url) == ("unauthorized", again.auth_url)
    emulator.authorize(made.id)
    assert polytomic.connections.get(made.id).data.status == "healthy"


def test_reconnect_means_nothing_to_other_types(polytomic: Polytomic) -> None:
    made = polytomic.connections.create(**netsuite()).data
    body = netsuite(reconnect=True)
    del body["type"]
    changed = polytomic.connections.update(made.id, **body).data
    assert (changed.status, changed.auth_url) == ("healthy", None)


@pytest.mark.parametrize(
    "credentials",
    [
        {"oauth_refresh_token": "t"},
        {"connect_mode": "clientcredentials", "client_id": "i", "client_secret": "s"},
    ],
)
def test_credentials_that_are_sent_need_no_person(
    polytomic: Polytomic, credentials: dict[str, str]
) -> None:
    made = polytomic.connections.create(
        name="Salesforce", type="salesforce", configuration=SALESFORCE | credentials
    ).data
    assert (made.saved, made.status, made.auth_url) == (True, "healthy", None)


def test_credentials_that_are_sent_later_answer_the_question(polytomic: Polytomic) -> None:
    made = polytomic.connections.create(**BODY).data
    changed = polytomic.connections.update(
        made.id, name="Salesforce", configuration=SALESFORCE | {"oauth_refresh_token": "t"}
    ).data
    assert (changed.saved, changed.status, changed.auth_url) == (True, "healthy", None)


def test_a_type_that_keeps_no_token_remembers_its_consent(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = polytomic.connections.create(name="Intercom", type="intercom", configuration={}).data
    assert made.auth_url
    emulator.authorize(made.id)
    renamed = polytomic.connections.update(made.id, name="Renamed", configuration={}).data
    assert (renamed.status, renamed.auth_url) == ("healthy", None)


def test_the_page_says_who_asks_and_for_what(polytomic: Polytomic, browser: httpx.Client) -> None:
    name = '<b>"Sales"</b>'
    made = polytomic.connections.create(
        name=name, type="salesforce", configuration=SALESFORCE, redirect_url="https://x.example/a"
    ).data
    page = browser.get(made.auth_url)
    assert page.status_code == 200
    assert name not in page.text
    for text in ("&lt;b&gt;", "acmecorp.my.salesforce.com", "x.example", "not Polytomic"):
        assert text in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["referrer-policy"] == "no-referrer"


def test_an_answer_leads_to_the_redirect_url(polytomic: Polytomic, browser: httpx.Client) -> None:
    target = "https://x.example/done?step=2"
    for decision, expected in (("allow", target), ("deny", f"{target}&error=access_denied")):
        made = polytomic.connections.create(**BODY, redirect_url=target).data
        answer = browser.post(made.auth_url, data={"decision": decision})
        assert (answer.status_code, answer.headers["location"]) == (303, expected)
    assert [one.status for one in polytomic.connections.list().data] == [
        "healthy",
        "unauthorized",
    ]


def test_a_code_must_be_typed_where_the_mode_asks_for_one(
    polytomic: Polytomic, browser: httpx.Client
) -> None:
    made = polytomic.connections.create(
        name="S", type="salesforce", configuration=SALESFORCE | {"connect_mode": "code"}
    ).data
    assert made.auth_code
    assert made.auth_code not in browser.get(made.auth_url).text
    wrong = browser.post(made.auth_url, data={"decision": "allow", "code": "AAAA-0000"})
    assert wrong.status_code == 422
    assert polytomic.connections.get(made.id).data.status == "unauthorized"
    right = {"decision": "allow", "code": f" {made.auth_code.lower()} "}
    assert browser.post(made.auth_url, data=right).status_code == 303
    assert polytomic.connections.get(made.id).data.status == "healthy"


def test_a_used_link_changes_nothing_any_more(polytomic: Polytomic, browser: httpx.Client) -> None:
    made = polytomic.connections.create(**BODY).data
    browser.post(made.auth_url, data={"decision": "allow"})
    browser.post(made.auth_url, data={"decision": "deny"})
    assert polytomic.connections.get(made.id).data.status == "healthy"
    assert "is authorized" in browser.get(made.auth_url).text
    polytomic.connections.delete(made.id)
    assert browser.get(made.auth_url).status_code == 404
    assert browser.post(made.auth_url, data={"decision": "allow"}).status_code == 404


def test_consent_comes_by_itself_when_asked_for() -> None:
    with RunningEmulator(consent_after=0.2) as emulator:
        polytomic = Polytomic(base_url=emulator.url, token=emulator.api_key, max_retries=0)
        made = polytomic.connections.create(**BODY).data
        assert made.status == "unauthorized"
        until(lambda: polytomic.connections.get(made.id).data.status == "healthy")


def test_nobody_can_consent_where_nobody_was_asked(
    polytomic: Polytomic, http: httpx.Client
) -> None:
    made = polytomic.connections.create(**netsuite()).data
    reply = http.post(f"/emulator/connections/{made.id}/authorize")
    assert reply.status_code == 422


def test_a_name_of_two_connections_is_accepted_unless_told_otherwise(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    first = polytomic.connections.create(**BODY).data
    second = polytomic.connections.create(**BODY).data
    emulator.behave(duplicate_names="refuse")
    for call in (
        lambda: polytomic.connections.create(**BODY),
        lambda: polytomic.connections.update(first.id, name="Salesforce", configuration=SALESFORCE),
    ):
        with pytest.raises(UnprocessableEntityError) as refusal:
            call()
        assert refusal.value.body.metadata == {"field": "name"}
    polytomic.connections.delete(second.id)
    polytomic.connections.update(first.id, name="Salesforce", configuration=SALESFORCE)
