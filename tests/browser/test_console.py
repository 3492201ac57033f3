"""The console in a real browser: edit, run, revoke, by mouse and by keyboard, on every width."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from polytomic import Polytomic

from polytomic_emulator import RunningEmulator
from tests.emulator.pipelines import Pipeline, pipeline


@pytest.fixture
def contacts(emulator: RunningEmulator) -> Pipeline:
    client = Polytomic(base_url=emulator.url, token=emulator.api_key, max_retries=0)
    return pipeline(emulator, client)


@pytest.fixture
def sync(contacts: Pipeline) -> str:
    return contacts.sync(
        name="Contacts to NetSuite",
        filters=[contacts.filter("Email")],
        override_fields=[{"target": "comments", "override_value": "From Salesforce"}],
    ).id


def test_a_mapping_edited_by_hand_is_drift_for_the_client(
    page: Page, contacts: Pipeline, sync: str
) -> None:
    page.goto(contacts.emulator.url)
    page.get_by_role("link", name="Contacts to NetSuite").click()
    lines = page.get_by_role("region", name="Mapping").get_by_role("listitem")
    expect(lines.filter(has=page.get_by_text("lastName", exact=True))).to_have_count(1)
    page.get_by_role("link", name="Edit the mapping").click()
    row = page.get_by_role("group", name="Mapping 2")
    row.get_by_label("To", exact=True).select_option("title")
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_role("status")).to_contain_text("The sync is saved")
    expect(lines.filter(has=page.get_by_text("lastName", exact=True))).to_have_count(0)
    read = contacts.client.model_sync.get(sync).data
    assert [one.target for one in read.fields] == ["email", "title"]


def test_what_the_api_refuses_is_said_where_it_can_be_mended(
    page: Page, contacts: Pipeline, sync: str
) -> None:
    page.goto(f"{contacts.emulator.url}/syncs/{sync}/edit/filters")
    page.get_by_label("Logic of the filters on the model").fill("A and B")
    page.get_by_role("button", name="Save").last.click()
    logic = page.get_by_label("Logic of the filters on the model")
    expect(logic).to_have_attribute("aria-invalid", "true")
    expect(logic).to_have_accessible_description(re.compile("no filter has the label 'B'"))
    expect(logic).to_be_focused()
    page.get_by_role("alert").get_by_role("link").click()
    expect(logic).to_be_focused()


def test_a_sync_is_run_and_shows_what_landed_and_what_failed(
    page: Page, contacts: Pipeline, sync: str
) -> None:
    contacts.emulator.behave(run_seconds=0)
    page.goto(f"{contacts.emulator.url}/syncs/{sync}")
    page.get_by_role("button", name="Run now").click()
    expect(page.get_by_role("status")).to_have_text("The sync has been started.")
    runs = page.get_by_role("table", name="Runs of")
    expect(runs).to_contain_text("completed")
    runs.get_by_role("link").click()
    shown = page.get_by_role("navigation", name="Which records")
    for tab, words in (("Landed", "inserted"), ("Failed", "failed"), ("Dropped", "Filter A")):
        shown.get_by_role("link", name=tab).click()
        expect(page.get_by_role("table").get_by_role("row").nth(1)).to_contain_text(words)
        expect(shown.locator("[aria-current]")).to_contain_text(tab)


def test_an_authorization_is_revoked_and_given_again(page: Page, contacts: Pipeline) -> None:
    page.goto(f"{contacts.emulator.url}/connections/{contacts.salesforce}")
    page.get_by_role("button", name="Revoke authorization").click()
    health = page.get_by_role("region", name="Health")
    expect(health).to_contain_text("unauthorized")
    assert contacts.client.connections.get(contacts.salesforce).data.status == "unauthorized"
    health.get_by_role("link", name="Authorize").click()
    page.get_by_role("button", name="Allow").click()
    assert contacts.client.connections.get(contacts.salesforce).data.status == "healthy"


def test_a_name_is_edited_by_keyboard_alone(page: Page, contacts: Pipeline, sync: str) -> None:
    page.goto(f"{contacts.emulator.url}/syncs/{sync}")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    edit = page.get_by_role("link", name="Edit name and mode")
    for _ in range(10):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        if edit.evaluate("one => one === document.activeElement"):
            break
    expect(edit).to_be_focused()
    page.keyboard.press("Enter")
    name = page.get_by_label("Name")
    for _ in range(10):
        page.keyboard.press("Tab")
        if name.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Control+A")
    page.keyboard.type("By keyboard")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("By keyboard")
    assert contacts.client.model_sync.get(sync).data.name == "By keyboard"


@pytest.fixture
def addresses(contacts: Pipeline, sync: str) -> list[str]:
    """Every kind of page, with names that are long."""
    emulator = contacts.emulator
    emulator.change(contacts.salesforce, name="Salesforce" + "e" * 80)
    emulator.change_model(contacts.model, name="Model" + "l" * 80)
    execution = emulator.start_execution(sync)
    emulator.finish_execution(sync)
    request = emulator.requests()[-1]["id"]
    return [
        "/",
        f"/connections/{contacts.salesforce}",
        f"/connections/{contacts.salesforce}/objects/Contact",
        f"/models/{contacts.model}",
        f"/models/{contacts.model}/edit",
        f"/syncs/{sync}",
        *(f"/syncs/{sync}/edit/{part}" for part in ("mapping", "filters", "schedule", "settings")),
        f"/syncs/{sync}/executions/{execution}",
        "/requests",
        f"/requests/{request}",
    ]


@pytest.fixture(params=["light", "dark"])
def phone(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    scheme: Any = request.param
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": 360, "height": 740}, is_mobile=True
    )
    yield context.new_page()
    context.close()


_CONTROLS = "a[href], button:not([aria-hidden]), input:not([type=hidden]), select, textarea"

_CONTRASTS = """() => {
  const parse = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = parts => {
    const [r, g, b] = parts.slice(0, 3).map(value => {
      const share = value / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = one => {
    for (let at = one; at; at = at.parentElement) {
      const parts = parse(getComputedStyle(at).backgroundColor);
      if (parts.length === 3 || parts[3] === 1) return parts;
    }
    return [255, 255, 255];
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || one.closest('option, .unseen, .skip')) continue;
    const [a, b] = [light(parse(getComputedStyle(one).color)), light(ground(one))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) found.push([walker.currentNode.data.trim(), contrast]);
  }
  return found;
}"""


def test_every_page_fits_a_phone_and_can_be_read(
    phone: Page, contacts: Pipeline, addresses: list[str]
) -> None:
    for address in addresses:
        phone.goto(contacts.emulator.url + address)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360, address
        assert phone.evaluate(_CONTRASTS) == [], address


def test_every_control_of_every_page_has_a_name(
    page: Page, contacts: Pipeline, addresses: list[str]
) -> None:
    for address in addresses:
        page.goto(contacts.emulator.url + address)
        tree = page.locator("body").aria_snapshot()
        roles = ("link", "button", "textbox", "combobox", "checkbox")
        lines = [line.strip().removeprefix("- ").removesuffix(":") for line in tree.splitlines()]
        assert [line for line in lines if line in roles] == [], address
        assert page.locator(_CONTROLS).count() > 0
