"""No secret in a message, in whatever form it got there."""

import json
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
