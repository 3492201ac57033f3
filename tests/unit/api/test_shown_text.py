"""No foreign text commands a terminal or a CI, and none keeps a reply or a message from its way."""

import json
from collections.abc import Callable

import pytest
from google.protobuf import struct_pb2
from hypothesis import example, given
from hypothesis import strategies as st

from polytomic_provider.api import Polytomic
from polytomic_provider.api.http.shown_text import for_terminal, one_line
from polytomic_provider.host import engine_log
from tests.unit.api.scripted_server import Server, reply_with

COMMANDS = ["::set-output name=x::y", "##vso[task.x]y", "##[error]y", "##teamcity[x]",
            "##vso[", "###vso[x]", "::::x", ":: x"]  # fmt: skip
PIECES = st.sampled_from(
    [*COMMANDS, "\n", "\r", "\r\n", "\t", " ", "\x1b[31m", "\x9b", "\0", "\u2028", "\u202e",
     "\ud800", "\x85", "\v", "word", ":", "#"]
)  # fmt: skip


def obeyed(text: str) -> list[str]:
    """The lines of a text that a CI takes for commands, as runners look for them."""
    return [
        line
        for line in text.splitlines()
        if line.strip().startswith("::") or "##vso[" in line or "##[" in line or "##team" in line
    ]


@given(st.lists(PIECES | st.text(max_size=3), max_size=12).map("".join))
@example("\t::x")
@example("\u00a0::x")
@example("\u3000::set-env")
def test_no_text_has_anything_but_letters_and_lines_that_nobody_obeys(text: str) -> None:
    for shown in (for_terminal(text), for_terminal(one_line(text))):
        assert obeyed(shown) == []
        assert all(letter.isprintable() for letter in shown if letter != "\n")
        shown.encode()
        assert for_terminal(shown) == shown


def test_plain_text_stays_as_it_is() -> None:
    text = "Sync 'a::b' failed: ## of 5 [x]\n  - urn:pulumi:dev::p::t::n\nTo fix: `a = b[0]`"
    assert for_terminal(text) == text


def test_half_of_a_character_in_a_reply_reaches_pulumi_as_another(
    server: Server, connect: Callable[..., Polytomic]
) -> None:
    body = rb'{"data": {"\ud800k": ["a\uDFFFb", "\ud83d\ude00", "\\ud800"], "n": null}}'
    server.always(reply_with(200, body, "application/json"))
    data = connect(server.url).transport.request("GET", "/api/x").data
    assert data == {"\ufffdk": ["a\ufffdb", "\N{GRINNING FACE}", "\\ud800"], "n": None}
    struct_pb2.Struct().update(json.loads(json.dumps(data)))


@pytest.mark.parametrize("words", COMMANDS)
def test_messages_of_program_and_provider_obey_nobody(
    words: str, capfd: pytest.CaptureFixture[str]
) -> None:
    foreign = f"{words}\n\x1b]0;{words}\x07\ud800\r\n{words}"
    engine_log.tell(foreign, urn="")
    engine_log.log(engine_log.Severity.INFO, foreign, "")
    shown = capfd.readouterr().err
    assert "\x1b" not in shown
    assert shown.count("\N{REPLACEMENT CHARACTER}") >= 4
    assert obeyed(shown) == []
