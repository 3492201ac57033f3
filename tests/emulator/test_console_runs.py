"""What a run did, and the rows of objects and models, as the console shows them."""

import httpx
import pytest

from polytomic_emulator import RunningEmulator
from tests.emulator.pipelines import Pipeline
from tests.emulator.web_pages import WebPage, visit


@pytest.fixture
def run(contacts: Pipeline) -> tuple[str, str]:
    """A sync of contacts with a filter, and the address of its run."""
    sync = contacts.sync(filters=[contacts.filter("Email")])
    execution = contacts.emulator.start_execution(sync.id)
    contacts.emulator.finish_execution(sync.id)
    return sync.id, f"/syncs/{sync.id}/executions/{execution}"


def _numbers(page: WebPage) -> dict[str, int]:
    """How many records each tab says that it has."""
    found: dict[str, int] = {}
    for part in page.text.split('<a href="?show=')[1:]:
        name, number = part.split('"')[0], part.partition('class="many">')[2]
        found[name] = int(number.partition("<")[0].replace(",", ""))
    return found


def test_run_now_starts_what_the_api_starts(
    person: httpx.Client, contacts: Pipeline, emulator: RunningEmulator
) -> None:
    sync = contacts.sync()
    emulator.behave(hold_runs=True)
    reply = person.post(f"/syncs/{sync.id}/run")
    assert reply.headers["location"] == f"/syncs/{sync.id}?done=started"
    current = contacts.client.model_sync.get_status(sync.id).data.current_execution
    assert current is not None
    assert f"/syncs/{sync.id}/executions/{current.id}" in visit(person, f"/syncs/{sync.id}").links
    again = person.post(f"/syncs/{sync.id}/run")
    assert again.status_code == 422
    assert "the sync is running already" in again.text


def test_a_run_shows_the_counts_that_the_api_tells(
    person: httpx.Client, contacts: Pipeline, run: tuple[str, str]
) -> None:
    sync, address = run
    counts = contacts.client.model_sync.executions.list(sync).data[0].counts
    assert counts is not None
    numbers = _numbers(visit(person, address))
    assert numbers["landed"] == (counts.insert or 0) + (counts.update or 0)
    assert numbers["failed"] == counts.error
    assert numbers["landed"] > 0
    assert numbers["dropped"] > 0


def test_the_records_are_chosen_by_what_became_of_them(
    person: httpx.Client, run: tuple[str, str]
) -> None:
    _, address = run
    numbers = _numbers(visit(person, address))
    dropped = visit(person, f"{address}?show=dropped").text
    shown = "<strong>Filter A</strong>: Email is not null"
    assert dropped.count(shown) == min(numbers["dropped"], 25)
    failed = visit(person, f"{address}?show=failed").text
    assert failed.count('class="badge bad">failed') == min(numbers["failed"], 25)
    assert "lastName" in failed
    assert "Some records failed" in failed
    landed = visit(person, f"{address}?show=landed").text
    assert 'class="badge bad">failed' not in landed


def test_many_records_are_shown_in_pages(person: httpx.Client, run: tuple[str, str]) -> None:
    _, address = run
    first = visit(person, address)
    assert "?show=all&page=2" in [link.replace("&amp;", "&") for link in first.links]
    second = visit(person, f"{address}?show=all&page=2")
    assert first.text.count('<th scope="row"') == 25
    assert "26 to " in second.text
    assert visit(person, f"{address}?show=all&page=x").text.count('<th scope="row"') == 25


def test_a_run_that_could_not_begin_says_why(
    person: httpx.Client, contacts: Pipeline, emulator: RunningEmulator
) -> None:
    sync = contacts.sync()
    person.post(f"/connections/{contacts.netsuite}/break", data={"reason": "Quota used up"})
    execution = emulator.start_execution(sync.id)
    emulator.finish_execution(sync.id)
    page = visit(person, f"/syncs/{sync.id}/executions/{execution}")
    assert "It could not run" in page.text
    assert "Quota used up" in page.text


def test_a_run_of_another_sync_is_not_shown(
    person: httpx.Client, contacts: Pipeline, run: tuple[str, str]
) -> None:
    other = contacts.sync(name="Other")
    execution = run[1].rpartition("/")[2]
    assert person.get(f"/syncs/{other.id}/executions/{execution}").status_code == 404


def test_an_object_shows_its_rows_and_fields(person: httpx.Client, contacts: Pipeline) -> None:
    page = visit(person, f"/connections/{contacts.salesforce}")
    assert f"/connections/{contacts.salesforce}/objects/Contact" in page.links
    text = visit(person, f"/connections/{contacts.salesforce}/objects/Contact").text
    for shown in ("The first 25 of", "LastName", "read only", "null"):
        assert shown in text
    missing = person.get(f"/connections/{contacts.salesforce}/objects/Nothing")
    assert missing.status_code == 404


def test_what_a_run_inserted_is_among_the_rows_of_the_target(
    person: httpx.Client, contacts: Pipeline, run: tuple[str, str]
) -> None:
    before = contacts.emulator.records(contacts.netsuite, "contact")
    text = visit(person, f"/connections/{contacts.netsuite}/objects/contact").text
    assert f"with {len(before):,} rows" in text


def test_a_model_shows_sample_rows_or_why_it_has_none(
    person: httpx.Client, contacts: Pipeline
) -> None:
    address = f"/models/{contacts.model}"
    shown = visit(person, address).text
    rows = contacts.emulator.records(contacts.salesforce, "Contact")[:10]
    emails = [row["Email"] for row in rows if row["Email"]]
    assert emails
    assert all(email in shown for email in emails)
    person.post(f"/connections/{contacts.salesforce}/break", data={"reason": "Quota used up"})
    assert "It cannot be read" in visit(person, address).text
