from playwright.sync_api import Page, expect
from polytomic import Polytomic

from polytomic_emulator import RunningEmulator


def test_a_person_connects_a_service_from_a_card(page: Page, emulator: RunningEmulator) -> None:
    polytomic = Polytomic(base_url=emulator.url, token=emulator.api_key, max_retries=0)
    back = f"{emulator.url}/landing"
    card = polytomic.connections.connect(
        name="Customer's CRM", redirect_url=back, whitelist=["salesforce", "netsuite"]
    ).data
    page.goto(card.redirect_url)
    page.get_by_label("Service").select_option("Salesforce")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Connect “Customer's CRM” to Salesforce"
    )
    page.get_by_label("Domain").fill("acme.my.salesforce.com")
    page.get_by_role("button", name="Connect").click()
    page.get_by_role("button", name="Allow").click()
    expect(page).to_have_url(back)
    made = polytomic.connections.list().data
    assert [(one.name, one.status) for one in made] == [("Customer's CRM", "healthy")]


def test_secrets_are_not_shown_while_they_are_typed(page: Page, emulator: RunningEmulator) -> None:
    polytomic = Polytomic(base_url=emulator.url, token=emulator.api_key, max_retries=0)
    card = polytomic.connections.connect(name="N", redirect_url=emulator.url, type="netsuite").data
    page.goto(card.redirect_url)
    expect(page.get_by_label("Account id")).to_have_attribute("type", "text")
    expect(page.get_by_label("Consumer secret")).to_have_attribute("type", "password")
