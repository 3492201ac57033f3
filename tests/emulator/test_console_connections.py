import httpx
from polytomic import Polytomic

from polytomic_emulator import RunningEmulator
from tests.emulator.pipelines import Pipeline, connect
from tests.emulator.samples import SALESFORCE, netsuite
from tests.emulator.web_pages import visit


def test_the_overview_shows_what_there_is(person: httpx.Client, contacts: Pipeline) -> None:
    sync = contacts.sync(schedule={"frequency": "daily", "hour": "6", "minute": "30"})
    page = visit(person, "/")
    for address in (
        f"/connections/{contacts.salesforce}",
        f"/models/{contacts.model}",
        f"/syncs/{sync.id}",
    ):
        assert address in page.links
    links = list(page.links)
    assert links.index(f"/syncs/{sync.id}") < links.index(f"/connections/{contacts.salesforce}")
    assert "Every day at 06:30 UTC" in page.text
    assert "Contacts" in page.text


def test_the_overview_shows_every_workspace(
    person: httpx.Client, emulator: RunningEmulator
) -> None:
    other = emulator.workspace("Somebody else")
    Polytomic(base_url=emulator.url, token=other["api_key"]).connections.create(
        **netsuite("Theirs")
    )
    page = visit(person, "/")
    assert "Somebody else" in page.text
    assert "Theirs" in page.text


def test_a_connection_is_made_unhealthy_and_healthy(
    person: httpx.Client, polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = connect(emulator, polytomic)
    page = f"/connections/{made}"
    done = person.post(f"{page}/break", data={"reason": "Rate limit"})
    assert (done.status_code, done.headers["location"]) == (303, f"{page}?done=broken")
    read = polytomic.connections.get(made).data
    assert (read.status, read.status_error) == ("error", "Rate limit")
    assert "Rate limit" in visit(person, page).text
    assert person.post(f"{page}/heal").status_code == 303
    assert polytomic.connections.get(made).data.status == "healthy"


def test_a_schema_is_refreshed_only_where_the_api_would(
    person: httpx.Client, polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = connect(emulator, polytomic)
    before = emulator.schema(made)["started_at"]
    assert person.post(f"/connections/{made}/refresh").status_code == 303
    assert emulator.schema(made)["started_at"] > before
    person.post(f"/connections/{made}/break")
    refused = person.post(f"/connections/{made}/refresh")
    assert refused.status_code == 422
    assert "only healthy connections can be refreshed" in refused.text


def test_an_authorization_is_revoked_and_given_again(
    person: httpx.Client, polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = connect(emulator, polytomic, "salesforce")
    assert person.post(f"/connections/{made}/revoke").status_code == 303
    assert polytomic.connections.get(made).data.status == "unauthorized"
    page = visit(person, f"/connections/{made}")
    consent = next(link for link in page.links if link.startswith("/consent/"))
    assert person.post(consent, data={"decision": "allow"}).status_code == 303
    assert polytomic.connections.get(made).data.status == "healthy"


def test_nothing_is_revoked_where_nobody_was_asked(
    person: httpx.Client, polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = connect(emulator, polytomic)
    refused = person.post(f"/connections/{made}/revoke")
    assert refused.status_code == 422
    assert "That was refused." in refused.text
    assert "Revoke authorization" not in person.get(f"/connections/{made}").text


def test_a_connection_that_waits_leads_to_its_consent(
    person: httpx.Client, polytomic: Polytomic
) -> None:
    made = polytomic.connections.create(
        name="Sandbox", type="salesforce", configuration=SALESFORCE
    ).data
    page = visit(person, f"/connections/{made.id}")
    assert f"/consent/{made.auth_url.rsplit('/', 1)[1]}" in page.links
    assert "Authorization has not been completed." in page.text


def test_a_connection_names_its_users(person: httpx.Client, contacts: Pipeline) -> None:
    sync = contacts.sync()
    links = visit(person, f"/connections/{contacts.salesforce}").links
    assert {f"/models/{contacts.model}", f"/syncs/{sync.id}"} <= set(links)
