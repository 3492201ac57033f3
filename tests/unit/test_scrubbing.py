"""No secret in a message, in whatever form it got there."""

import base64
import html
import json
import re
from urllib.parse import quote

import pytest

from polytomic_provider.scrubbing import scrub, scrub_text

SECRET = 'p@ss "w/o" rd\n'


@pytest.mark.parametrize(
    "form",
    [SECRET, SECRET.strip(), quote(SECRET.strip()), json.dumps(SECRET.strip()), repr(SECRET)],
)
def test_every_form_of_a_secret_is_replaced(form: str):
    text = scrub_text(f"before {form} after", [SECRET])
    assert "ss" not in text
    assert text.startswith("before ")
    assert text.endswith(" after")


def test_each_line_of_a_key_file_is_a_secret():
    key = "-----BEGIN KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\n-----END KEY-----"
    assert "kqhki" not in scrub_text("bad line kqhkiG9w0BAQEF", [key])


def test_short_secrets_do_not_garble_messages():
    assert scrub_text("a key is missing", ["a"]) == "a key is missing"


def test_an_unexpected_error_says_its_kind_and_asks_for_a_report():
    message = scrub(TypeError("hunter2 is not a number"), ["hunter2"])
    assert "TypeError" in message
    assert "hunter2" not in message
    assert "report it" in message


AWKWARD = 'cänary  "w/o" <é&+>\tend'


@pytest.mark.parametrize(
    "form",
    [
        json.dumps(AWKWARD, ensure_ascii=False),
        json.dumps(json.dumps({"token": AWKWARD})),
        json.dumps(json.dumps({"token": AWKWARD}, ensure_ascii=False), ensure_ascii=False),
        html.escape(AWKWARD),
        base64.b64encode(AWKWARD.encode()).decode(),
        base64.urlsafe_b64encode(AWKWARD.encode()).decode(),
        re.sub("%..", lambda found: found[0].lower(), quote(AWKWARD, safe="")),
        " ".join(AWKWARD.split()),
    ],
    ids=["utf8", "twice", "twice-utf8", "html", "base64", "base64-url", "lower-case", "one-line"],
)
def test_what_servers_make_of_a_secret_is_replaced_too(form: str):
    text = scrub_text(f"before {form} after", [AWKWARD])
    assert "[secret]" in text
    in_base64 = base64.b64encode(AWKWARD.encode()).decode()[:8]
    assert [part for part in ("nary", "end", in_base64) if part in text] == []


@pytest.mark.parametrize("kept", range(4, 12))
def test_the_beginning_of_a_secret_at_a_cut_is_replaced(kept: int):
    text = scrub_text(f"refused: {'canary-12345'[:kept]}… (tried twice)", ["canary-12345"])
    assert text == "refused: [secret]… (tried twice)"
