"""What holds for every page of the console."""

from typing import Any

import httpx
import pytest
from polytomic import Polytomic

from polytomic_emulator import RunningEmulator
from tests.emulator.pipelines import Pipeline, connect
from tests.emulator.samples import WEBHOOK
from tests.emulator.web_pages import visit

EDITS = ("mapping", "filters", "schedule", "settings")


@pytest.fixture
def addresses(contacts: Pipeline, polytomic: Polytomic) -> list[str]:
    """Every page of a workspace in which everything is used."""
    postgresql = connect(contacts.emulator, polytomic, "postgresql")
    webhook = polytomic.connections.create(
        name="Hook", type="webhook", configuration=WEBHOOK
    ).data.id
    waiting = polytomic.connections.create(
        name="Sandbox", type="salesforce", configuration={"domain": "d.my.salesforce.com"}
    ).data.id
    queried = polytomic.models.create(
        name="Queried",
        connection_id=postgresql,
        configuration={"query": "select email from public.contacts"},
    ).data.id
    contacts.emulator.edit("model", queried, "configuration.api_token", "canary-query")
    sync = contacts.sync(
        filters=[contacts.filter(), contacts.filter("Email", "StringContains", value="@")],
        override_fields=[{"target": "comments", "override_value": "x"}],
        overrides=[{"field": contacts.source("LastName"), "function": "IsNull", "override": "-"}],
        encryption_passphrase="canary-passphrase",
    ).id
    execution = contacts.emulator.start_execution(sync)
    contacts.emulator.finish_execution(sync)
    requests = [one["id"] for one in contacts.emulator.requests()]
    connections = [contacts.salesforce, contacts.netsuite, postgresql, webhook, waiting]
    return [
        "/",
        *(f"/connections/{one}" for one in connections),
        *(f"/models/{one}{part}" for one in (contacts.model, queried) for part in ("", "/edit")),
        f"/syncs/{sync}",
        f"/syncs/{sync}/executions/{execution}",
        f"/connections/{contacts.netsuite}/objects/contact",
        *(f"/syncs/{sync}/edit/{part}" for part in EDITS),
        "/requests",
        *(f"/requests/{one}" for one in requests),
    ]


def test_every_page_says_that_it_is_not_polytomic(
    person: httpx.Client, addresses: list[str]
) -> None:
    for address in addresses:
        assert "It is not Polytomic." in person.get(address).text


def test_no_page_shows_a_secret(
    person: httpx.Client, addresses: list[str], emulator: RunningEmulator
) -> None:
    token = emulator.connections()[0]["configuration"]["oauth_refresh_token"]
    for address in addresses:
        text = person.get(address).text
        for secret in ("canary", token, emulator.api_key, emulator.partner_key):
            assert secret not in text, address


def test_every_page_can_be_walked_by_its_landmarks_headings_and_labels(
    person: httpx.Client, addresses: list[str]
) -> None:
    for address in addresses:
        page = visit(person, address)
        assert page.roles[:3] == ["header", "nav", "nav"] or page.roles[:3] == [
            "header",
            "nav",
            "main",
        ]
        assert page.roles.count("main") == 1
        assert "#content" in page.links
        assert page.headings.count(1) == 1, address
        deeper = zip(page.headings, page.headings[1:], strict=False)
        assert all(after - before <= 1 for before, after in deeper), (address, page.headings)
        assert set(page.controls) <= page.labelled, address
        assert len(page.ids) == len(set(page.ids)), address


def test_every_link_of_every_page_leads_to_a_page(
    person: httpx.Client, addresses: list[str]
) -> None:
    links = {link for one in addresses for link in visit(person, one).links if link[:1] == "/"}
    for link in links:
        assert person.get(link).status_code == 200, link


def test_pages_run_no_script_and_load_nothing_from_elsewhere(
    person: httpx.Client, addresses: list[str]
) -> None:
    for address in addresses:
        reply = person.get(address)
        policy = reply.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "unsafe" not in policy
        assert "<script" not in reply.text
        assert reply.headers["cache-control"] == "no-store"


def test_the_style_sheet_has_an_address_that_changes_with_it(person: httpx.Client) -> None:
    address = person.get("/").text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    reply = person.get(address)
    assert reply.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in reply.headers["cache-control"]
    assert "prefers-color-scheme: dark" in reply.text


def test_names_are_texts_and_never_markup(
    person: httpx.Client, contacts: Pipeline, emulator: RunningEmulator
) -> None:
    name = '<b title="x">Sales</b>'
    emulator.change(contacts.salesforce, name=name)
    emulator.change_model(contacts.model, name=name)
    sync = contacts.sync(name=name)
    for address in (
        "/",
        f"/connections/{contacts.salesforce}",
        f"/models/{contacts.model}",
        f"/syncs/{sync.id}",
        f"/syncs/{sync.id}/edit/settings",
    ):
        text = person.get(address).text
        assert name not in text
        assert "&lt;b title=&#34;x&#34;&gt;Sales&lt;/b&gt;" in text


@pytest.fixture
def foreign() -> list[dict[str, str]]:
    """Headers of requests that begin somewhere else than at a page of the console."""
    return [
        {"host": "emulator.example"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ]


def test_forms_of_other_sites_change_nothing(
    person: httpx.Client, contacts: Pipeline, foreign: list[dict[str, Any]]
) -> None:
    sync = contacts.sync()
    for headers in foreign:
        for address in (
            f"/connections/{contacts.salesforce}/break",
            f"/models/{contacts.model}/edit",
            f"/syncs/{sync.id}/activate",
            f"/syncs/{sync.id}/edit/settings",
        ):
            assert person.post(address, headers=headers).status_code == 403
    assert contacts.client.connections.get(contacts.salesforce).data.status == "healthy"
    assert contacts.client.model_sync.get(sync.id).data.active is False


def test_pages_are_not_for_other_hosts(person: httpx.Client, contacts: Pipeline) -> None:
    for address in ("/", f"/connections/{contacts.salesforce}", "/requests"):
        assert person.get(address, headers={"host": "emulator.example"}).status_code == 403


@pytest.mark.parametrize(
    "address",
    [
        "/syncs/nothing/executions/nothing",
        "/nothing",
        "/connections/nothing",
        "/models/nothing",
        "/models/nothing/edit",
        "/syncs/nothing",
        "/syncs/nothing/edit/mapping",
        "/requests/nothing",
    ],
)
def test_an_address_without_a_page_says_so(person: httpx.Client, address: str) -> None:
    reply = person.get(address)
    assert reply.status_code == 404
    assert "Nothing to see here" in reply.text


def test_a_button_or_a_part_that_is_not_there_is_no_page(
    person: httpx.Client, contacts: Pipeline
) -> None:
    sync = contacts.sync()
    assert person.post(f"/syncs/{sync.id}/explode").status_code == 404
    assert person.post(f"/connections/{contacts.netsuite}/explode").status_code == 404
    assert person.get(f"/syncs/{sync.id}/edit/everything").status_code == 404


def test_a_form_that_is_too_large_is_refused(person: httpx.Client, contacts: Pipeline) -> None:
    sync = contacts.sync()
    path = f"/syncs/{sync.id}/edit/settings"
    assert person.post(path, content=b"name=" + b"x" * 1024 * 1024).status_code == 413
