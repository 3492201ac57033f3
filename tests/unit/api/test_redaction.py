"""No secret in a message, in whatever form it got there."""

import base64
import html
import json
import re
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polytomic_provider.api import Redactor, redact
from polytomic_provider.api.http.redaction import ORDINARY
from tests.spellings import echoes

SECRET = 'p@ss "w/o" rd\n'


@pytest.mark.parametrize(
    "form",
    [SECRET, SECRET.strip(), quote(SECRET.strip()), json.dumps(SECRET.strip()), repr(SECRET)],
)
def test_every_form_of_a_secret_is_replaced(form: str):
    text = redact(f"before {form} after", [SECRET])
    assert "ss" not in text
    assert text.startswith("before ")
    assert text.endswith(" after")


def test_each_line_of_a_key_file_is_a_secret():
    key = "-----BEGIN KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\n-----END KEY-----"
    assert "kqhki" not in redact("bad line kqhkiG9w0BAQEF", [key])


def test_short_secrets_do_not_garble_messages():
    assert redact("a key is missing", ["a"]) == "a key is missing"


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
    text = redact(f"before {form} after", [AWKWARD])
    assert "[secret]" in text
    in_base64 = base64.b64encode(AWKWARD.encode()).decode()[:8]
    assert [part for part in ("nary", "end", in_base64) if part in text] == []


@pytest.mark.parametrize("kept", range(4, 12))
def test_the_beginning_of_a_secret_at_a_cut_is_replaced(kept: int):
    text = redact(f"refused: {'canary-12345'[:kept]}… (tried twice)", ["canary-12345"])
    assert text == "refused: [secret]… (tried twice)"


@pytest.mark.parametrize("value", ["quoted'\"keys", "back\\slashes", "plain-keys"])
def test_quotes_backslashes_and_case_hide_no_secret(value: str):
    redacted = redact(f"{value} {value!r} {json.dumps(value)} {value.upper()}", [value])
    assert redacted.count("[secret]") == 4
    assert "keys" not in redacted
    assert "slashes" not in redacted


SECRETS = st.text(
    st.characters(max_codepoint=0x17F, exclude_categories=("Cc", "Cf", "Zs")),
    min_size=10,
    max_size=60,
).filter(
    lambda secret: (
        not any(word in secret.casefold() for word in ORDINARY)
        # Eight characters of an address are common ones; its secret parts have their own tests.
        and not re.match(r"[A-Za-z]+://", secret)
    )
)


@pytest.mark.parametrize("secret", ["A000000://", "A000000://x", "k3y-of-a-scheme://abc"])
def test_a_secret_that_only_looks_like_an_address_is_not_shown_in_part(secret: str):
    for at in range(len(secret) - 7):
        assert redact(f"refused {secret[at : at + 8]}", [secret]) == "refused [secret]"


@settings(max_examples=300)
@given(SECRETS, st.data())
def test_no_eight_characters_in_a_row_are_shown_in_any_spelling(secret: str, data: st.DataObject):
    spelled = data.draw(echoes(secret))
    shown = redact(f"refused: {spelled.text}, try again", [secret])
    assert spelled.visible_in(shown) == []


@pytest.mark.torture
@pytest.mark.timeout(1800)
@settings(max_examples=100_000)
@given(SECRETS, st.data())
def test_a_hundred_thousand_echoes_show_nothing(secret: str, data: st.DataObject):
    spelled = data.draw(echoes(secret))
    shown = redact(f"refused: {spelled.text}, try again", [secret])
    assert spelled.visible_in(shown) == []


@pytest.mark.parametrize("user", ["", "a", "ab", "abc", "7d9d9ab2-7f0e-4f6e-b0c5-6d8b2d4b8a11"])
def test_a_secret_in_a_basic_authorization_is_not_shown(user: str):
    secret = "canary-0123456789-xyz"
    encoded = base64.b64encode(f"{user}:{secret}".encode()).decode()
    shown = redact(f"Authorization: Basic {encoded}", [secret])
    left = shown.removeprefix("Authorization: Basic ").replace("[secret]", "")
    assert secret[:6] not in base64.b64decode(left + "=" * (-len(left) % 4)).decode(errors="ignore")
    assert len(left) <= len(base64.b64encode(f"{user}:".encode())) + 8


@pytest.mark.parametrize("cut", range(8, 26))
def test_a_key_that_was_cut_is_not_shown(cut: int):
    key = "pt_0123456789abcdefghijklm"
    assert redact(f"bad key {key[:cut]}", [key]) == "bad key [secret]"
    assert redact(f"bad key {key[-cut:]}", [key]) == "bad key [secret]"


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("https://user:s3cret-pass@db.example/prod", "s3cret-pass"),
        ("https://acme.example/hook?sig=abcdefgh12345678", "abcdefgh12345678"),
        ("https://hooks.example/services/T0001/XyZabcdefghij0123456789", "abcdefghij0123456789"),
    ],
)
def test_the_secret_part_of_an_address_is_a_secret(address: str, part: str):
    assert part not in redact(f"{part} was refused", [address])
    ordinary = "https://user.example/prod was asked for user:pass"
    assert redact(ordinary, [address]) == ordinary


def test_one_redactor_takes_out_many_secrets():
    redactor = Redactor(f"secret-{number}-{number * 7919}" for number in range(500))
    assert redactor.redact("nothing to hide") == "nothing to hide"
    assert redactor.redact(f"of secret-499-{499 * 7919}.") == "of [secret]."


@pytest.mark.parametrize(
    "secret", ["MyPassword123", "polytomic_live_0a1b2c3d", "canary-consumer-key"]
)
def test_ordinary_words_in_a_secret_garble_no_message(secret: str):
    message = "Polytomic: configuration.password: the consumer_key is refused"
    assert redact(message, [secret]) == message
    assert redact(f"{message}: {secret}", [secret]) == f"{message}: [secret]"
    assert "[secret]" in redact(f"{secret[:-1]} is refused", [secret])


def test_a_secret_that_is_an_ordinary_word_is_masked_all_the_same():
    assert redact("the password is password", ["password"]) == "the [secret] is [secret]"
