import httpx
import pytest
from polytomic import Polytomic

from polytomic_emulator import RunningEmulator
from tests.emulator.samples import MASK, netsuite
from tests.emulator.web_pages import visit


def test_the_request_log_shows_status_and_key(
    person: httpx.Client, http: httpx.Client, polytomic: Polytomic
) -> None:
    polytomic.connections.create(**netsuite(), idempotency_key="key-of-a-test")
    http.get("/api/connections/nothing")
    text = visit(person, "/requests").text
    assert text.index("/api/connections/nothing") < text.index('class="method">POST')
    for shown in ("404", "201", ">yes<"):
        assert shown in text


def test_a_request_is_shown_with_its_masked_body(
    person: httpx.Client, polytomic: Polytomic
) -> None:
    polytomic.connections.create(**netsuite(), idempotency_key="key-of-a-test")
    page = visit(person, "/requests")
    address = next(link for link in page.links if link.startswith("/requests/"))
    text = person.get(address).text
    assert "account_id" in text
    assert MASK in text
    assert "key-of-a-test" in text
    assert "canary" not in text


def test_requests_are_chosen_by_method_and_path(person: httpx.Client, http: httpx.Client) -> None:
    for path in ("/api/me", "/api/models", "/api/syncs"):
        http.get(path)
    page = visit(person, "/requests?method=GET&path=syncs")
    assert "/api/syncs" in page.text
    assert "/api/models" not in page.text
    none = visit(person, "/requests?method=PUT")
    assert "No recorded request is like that." in none.text


def test_a_fault_that_gives_no_answer_is_shown(
    person: httpx.Client, emulator: RunningEmulator
) -> None:
    emulator.fail(kind="drop", method="GET", path="/api/me", times=1)
    headers = {"Authorization": f"Bearer {emulator.api_key}"}
    with pytest.raises(httpx.TransportError):
        person.get("/api/me", headers=headers)
    assert "dropped" in visit(person, "/requests").text
