"""What `make up` prints of the events of a deployment."""

import json

import pytest

from tools.stack.consent import consent_addresses

ADDRESS = "https://app.example.com/consent/1"


def printed(capsys: pytest.CaptureFixture[str], *lines: str) -> str:
    """Return what is printed for these lines of Pulumi's event log."""
    with consent_addresses() as events, events.open("w") as log:
        log.writelines(f"{line}\n" for line in lines)
    return capsys.readouterr().out


def message(text: str, severity: str = "info") -> str:
    return json.dumps({"diagnosticEvent": {"message": text, "severity": severity}})


def test_an_address_is_printed_once_on_a_line_of_its_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    waiting = message(f"<{{%reset%}}>Waiting for consent: open {ADDRESS}<{{%reset%}}>\n")

    assert printed(capsys, waiting, waiting) == f"\nWaiting for consent:\n{ADDRESS}\n"


def test_two_connections_give_two_addresses(capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(capsys, message(f"open {ADDRESS}"), message(f"open {ADDRESS}2"))

    assert [line for line in shown.splitlines() if ":/" in line] == [ADDRESS, f"{ADDRESS}2"]


def test_nothing_else_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    others = (
        message(f"Open {ADDRESS} to give consent, then run `pulumi up` again.", "error"),
        message(f"props: open {ADDRESS}", "debug"),
        message("Waiting for connection c1: schema cache 'refreshing'"),
        json.dumps({"resourcePreEvent": {"metadata": {"urn": "urn:pulumi:dev::p::t::n"}}}),
    )

    assert printed(capsys, *others) == ""


def test_a_line_that_is_no_event_does_not_end_it(capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(capsys, '{"sequence": 1, "diagn', "", "7", message(f"open {ADDRESS}"))

    assert ADDRESS in shown


def test_more_events_than_a_pipe_holds_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    filler = [message("x" * 1000)] * 200

    assert ADDRESS in printed(capsys, *filler, message(f"open {ADDRESS}"))
