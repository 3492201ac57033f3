"""The page of `polytomic graph --format html`: the search narrows syncs and fields."""

from pathlib import Path

from playwright.sync_api import Page, expect
from polytomic import Polytomic

from polytomic_emulator import RunningEmulator
from tests.cli.command import polytomic
from tests.emulator.pipelines import pipeline


def test_the_search_finds_syncs_and_fields(tmp_path: Path, page: Page, emulator: RunningEmulator):
    made = pipeline(emulator, Polytomic(base_url=emulator.url, token=emulator.api_key))
    made.sync(name="Newsletter")
    made.sync(name="Invoices", fields=[made.mapping("LastName", "company")])
    told = polytomic("graph", "--format", "html", "--no-stack", emulator=emulator).ok()
    file = tmp_path / "lineage.html"
    file.write_text(told.output, encoding="utf-8")
    page.goto(file.as_uri())
    syncs = page.locator("section:visible h2")
    expect(syncs).to_have_text(["Invoices", "Newsletter"])
    search = page.get_by_label("Find a system, model, sync or field")
    search.fill("email")
    expect(syncs).to_have_text(["Newsletter"])
    expect(page.locator("tbody tr:visible")).to_have_count(1)
    search.fill("INVOICES")
    expect(syncs).to_have_text(["Invoices"])
    expect(page.locator("output")).to_have_text("1 sync")
    search.fill("no such thing")
    expect(syncs).to_have_count(0)
    search.fill("netsuite")
    expect(syncs).to_have_count(2)
    page.set_viewport_size({"width": 360, "height": 700})
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360
