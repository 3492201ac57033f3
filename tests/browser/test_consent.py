import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from polytomic import Polytomic

from polytomic_emulator import RunningEmulator

NAME = "Salesforce (production)"


@pytest.fixture
def polytomic(emulator: RunningEmulator) -> Polytomic:
    return Polytomic(base_url=emulator.url, token=emulator.api_key, max_retries=0)


def _ask(polytomic: Polytomic, connect_mode: str = "browser", **more: Any) -> Any:
    configuration = {"domain": "acmecorp.my.salesforce.com", "connect_mode": connect_mode}
    return polytomic.connections.create(
        name=NAME, type="salesforce", configuration=configuration, **more
    ).data


def _state(polytomic: Polytomic, made: Any) -> tuple[bool, str, str]:
    read = polytomic.connections.get(made.id).data
    return read.saved, read.status, read.status_error


def test_a_person_reads_who_asks_and_allows_it(page: Page, polytomic: Polytomic) -> None:
    made = _ask(polytomic)
    page.goto(made.auth_url)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Allow “{NAME}” to use Salesforce?")
    for text in ("Emulated workspace", "acmecorp.my.salesforce.com", "Read and write"):
        expect(page.get_by_role("main")).to_contain_text(text)
    expect(page.get_by_role("banner")).to_contain_text("not Polytomic and not Salesforce")
    page.get_by_role("button", name="Allow").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"“{NAME}” is authorized")
    assert _state(polytomic, made) == (True, "healthy", "")


def test_a_person_lands_where_the_program_wanted(
    page: Page, polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    target = f"{emulator.url}/landing?from=consent"
    made = _ask(polytomic, redirect_url=target)
    page.goto(made.auth_url)
    page.get_by_role("button", name="Allow").click()
    expect(page).to_have_url(target)
    assert _state(polytomic, made)[1] == "healthy"


def test_a_person_denies_and_thinks_again(page: Page, polytomic: Polytomic) -> None:
    made = _ask(polytomic)
    page.goto(made.auth_url)
    page.get_by_role("button", name="Deny").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"“{NAME}” is not authorized")
    saved, status, reason = _state(polytomic, made)
    assert (saved, status) == (False, "unauthorized")
    assert "denied" in reason
    page.get_by_role("link", name="Decide again").click()
    expect(page.get_by_role("status")).to_have_text("You denied this before.")
    page.get_by_role("button", name="Allow").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("is authorized")
    assert _state(polytomic, made) == (True, "healthy", "")


def test_the_page_works_by_keyboard_alone(page: Page, polytomic: Polytomic) -> None:
    made = _ask(polytomic)
    page.goto(made.auth_url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Allow")).to_be_focused()
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("is authorized")


def test_a_wrong_code_is_explained_and_a_right_one_accepted(
    page: Page, polytomic: Polytomic
) -> None:
    made = _ask(polytomic, connect_mode="code")
    page.goto(made.auth_url)
    field = page.get_by_label("Code that the program showed you")
    field.fill("AAAA-1111")
    field.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("not the code")
    expect(field).to_be_focused()
    assert _state(polytomic, made)[1] == "unauthorized"
    field.fill(made.auth_code)
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("is authorized")


def test_a_link_that_is_over_says_so(page: Page, polytomic: Polytomic) -> None:
    made = _ask(polytomic)
    polytomic.connections.delete(made.id)
    page.goto(made.auth_url)
    expect(page.get_by_role("main")).to_contain_text("not valid any more")


def test_the_overview_leads_to_what_waits_for_a_person(
    page: Page, polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    page.goto(emulator.url)
    expect(page.get_by_role("main")).to_contain_text("no connections yet")
    _ask(polytomic)
    page.reload()
    row = page.get_by_role("row", name=NAME)
    expect(row).to_contain_text("unauthorized")
    row.get_by_role("link", name=f"Authorize {NAME}").click()
    page.get_by_role("button", name="Allow").click()
    page.goto(emulator.url)
    expect(row).to_contain_text("healthy")
    expect(page.get_by_role("link", name="Authorize")).to_have_count(0)


def _luminance(colour: str) -> float:
    red, green, blue = (
        value / 12.92 if (value := int(part) / 255) <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4
        for part in re.findall(r"\d+", colour)[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_fit_a_phone_and_can_be_read_in_both_schemes(
    browser: Browser, polytomic: Polytomic, emulator: RunningEmulator, scheme: Any
) -> None:
    long_name = "A name that is " + "very" * 40 + " long"
    waiting = polytomic.connections.create(
        name=long_name, type="salesforce", configuration={"domain": "d" * 200}
    ).data
    denied = _ask(polytomic)
    emulator.deny(denied.id)
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": 360, "height": 740}, is_mobile=True
    )
    page = context.new_page()
    for address in (waiting.auth_url, denied.auth_url, f"{emulator.url}/", f"{emulator.url}/x"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        dark = _luminance(page.evaluate("getComputedStyle(document.body).backgroundColor")) < 0.2
        assert dark == (scheme == "dark")
        for role in ("main", "banner"):
            area = page.get_by_role(role)
            text, ground = area.evaluate(
                "area => [getComputedStyle(area).color, getComputedStyle(area).backgroundColor]"
            )
            bright, dim = sorted((_luminance(text), _luminance(ground)), reverse=True)
            assert (bright + 0.05) / (dim + 0.05) >= 4.5
        for target in page.get_by_role("button").all():
            assert target.bounding_box()["height"] >= 44
    context.close()
