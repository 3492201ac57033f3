"""Pages of Polytomic Connect."""

import pytest

from polytomic_provider.api import Polytomic, RedirectRefused, UnexpectedReply, Unprocessable
from polytomic_provider.api.wire.connect_card import ConnectCardRequest
from tests.unit.api.scripted_server import Server, answer, data

REQUEST = ConnectCardRequest(
    name="ACME's Salesforce", redirect_url="https://app.example/done", whitelist=["salesforce"]
)


def test_a_page_is_made_under_the_path_with_the_slash(server: Server, polytomic: Polytomic) -> None:
    server.play(data({"redirect_url": "https://connect.example?token=t", "token": "t"}))
    reply = polytomic.connect_cards.create(REQUEST, idempotency_key="a-key-of-this-test")
    sent = server.requests[0]
    assert (sent.method, sent.path) == ("POST", "/api/connections/connect/")
    assert sent.headers["idempotency-key"] == "a-key-of-this-test"
    assert sent.json == {
        "name": "ACME's Salesforce",
        "redirect_url": "https://app.example/done",
        "whitelist": ["salesforce"],
    }
    assert reply.data.redirect_url == "https://connect.example?token=t"
    assert reply.data.token == "t"


def test_neither_the_address_nor_the_token_is_in_a_repr(
    server: Server, polytomic: Polytomic
) -> None:
    server.play(
        data({"redirect_url": "https://c.example?token=hidden-value", "token": "hidden-value"})
    )
    reply = polytomic.connect_cards.create(REQUEST)
    assert "idempotency-key" not in server.requests[0].headers
    assert "hidden-value" not in f"{reply!r} {reply} {reply.data!r} {reply.data}"


def test_a_page_without_an_address_is_no_page(server: Server, polytomic: Polytomic) -> None:
    server.play(data({"redirect_url": None, "token": "hidden-value"}))
    with pytest.raises(UnexpectedReply, match="redirect_url") as caught:
        polytomic.connect_cards.create(REQUEST)
    assert "hidden-value" not in str(caught.value)


def test_a_name_that_is_taken_is_told_in_polytomics_words(
    server: Server, polytomic: Polytomic
) -> None:
    server.play(answer(422, {"message": "name must be unique"}))
    with pytest.raises(Unprocessable, match="name must be unique"):
        polytomic.connect_cards.create(REQUEST)


def test_a_redirect_is_not_followed_with_the_request(server: Server, polytomic: Polytomic) -> None:
    server.play(answer(307, None, Location="/api/connections/connect"))
    with pytest.raises(RedirectRefused):
        polytomic.connect_cards.create(REQUEST)
    assert len(server.requests) == 1
