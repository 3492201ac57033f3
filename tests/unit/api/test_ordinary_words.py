"""Words of a server whose secrets are not known: sentences stay, what looks like a secret goes."""

import base64
import random
import string

import pytest

from polytomic_provider.api.http.ordinary_words import only_ordinary
from polytomic_provider.api.http.secret import MASK

SENTENCES = [
    "connection in use",
    "The sync isn't running; it was canceled at 2025-01-02T03:04:05Z.",
    "object 3f1c8f6e-0a6b-4b6e-9f61-0d1c4f6f9a11 not found (404)",
    "field configuration.table is missing in public.users, at line 12 of 40",
    "DELETE /api/connections/3f1c8f6e-0a6b-4b6e-9f61-0d1c4f6f9a11 is not allowed: 3 syncs use it!",
    "relation 'Lead' of target.connection_id was refused: 100% of 5 tries failed",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_stays_as_it_is(sentence: str) -> None:
    assert only_ordinary(sentence, ()) == sentence


def _made(draw: random.Random) -> str:
    letters = string.ascii_letters + string.digits
    secret = "".join(draw.choices(letters, k=draw.randint(10, 40)))
    form = draw.choice(("plain", "punctuated", "hex", "base64", "address"))
    if form == "punctuated":
        return "".join(draw.choices(letters + "!$%&/=?*+-_.~#|^", k=draw.randint(10, 40)))
    if form == "hex":
        return secret.encode().hex()
    if form == "base64":
        return base64.b64encode(f"user:{secret}".encode()).decode()
    return f"postgres://user:{secret}@host/db" if form == "address" else secret


AROUND = ["%s", "login with %s failed", "password=%s", '{"token": "%s"}', "key: %s.", "(%s)"]


def test_what_looks_like_a_secret_goes_wherever_it_stands() -> None:
    draw = random.Random(17)
    for _ in range(20_000):
        secret = _made(draw)
        shown = only_ordinary(draw.choice(AROUND) % secret, ("crm 2",))
        eights = (secret[at : at + 8] for at in range(len(secret) - 7))
        assert not any(eight in shown for eight in eights), (secret, shown)


@pytest.mark.parametrize("words", ["password=sunshine", 'password: "sunshine"', "Token: sunshine"])
def test_a_plain_word_that_is_named_as_a_secret_goes(words: str) -> None:
    assert "sunshine" not in only_ordinary(words, ())


def test_the_name_of_the_object_at_hand_is_shown() -> None:
    assert only_ordinary("sync A1b2C3d4 runs", ("A1b2C3d4",)) == "sync A1b2C3d4 runs"
    assert only_ordinary("sync A1b2C3d4 runs", ()) == f"sync {MASK} runs"
