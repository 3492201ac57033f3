"""Masks secrets in texts, however they are spelled.

A server may repeat a secret escaped, encoded, in another letter case, broken over lines or cut.
So both are compared in one normal form, and any eight characters in a row of a secret are masked,
quotes and white space aside.
"""

import base64
import html
import json
import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

from polytomic_provider.api.http.secret import MASK, Secret

CUT: Final = "\N{HORIZONTAL ELLIPSIS}"
"""What stands where a server's words were too long and were cut."""

SHORTEST: Final = 4
"""Masking shorter texts would leave nothing of a message, and hide nothing."""

RUN: Final = 8
LONG_RUN: Final = 16
"""For key files and addresses, and for digits: eight of them stand in ordinary words, too."""

ROUNDS: Final = 4
"""How often a text is unescaped: each system on the way may have escaped it once more."""

_NAMED: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_ESCAPE: Final = re.compile(
    r"(?P<percent>(?:%[0-9A-Fa-f]{2})+)"
    r"|(?P<pair>\\u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2})"
    r"|\\(?:u(?P<unicode>[0-9A-Fa-f]{4})|U(?P<wide>000[0-9A-Fa-f]{5})|x(?P<byte>[0-9A-Fa-f]{2}))"
    r"|(?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)"
    r"|\\(?P<named>[nrtbf])"
)
_DROPPED: Final = frozenset("\\\"'`\N{REPLACEMENT CHARACTER}")
"""Quoting adds or doubles these."""

ORDINARY: Final = frozenset(
    "account bigquery condition configuration connection connections constant consumer "
    "credential credentials database deployment emulator endpoint environment function hostname "
    "identity instance netsuite organization override passphrase password passwords permission "
    "polytomic postgres postgresql production provider readiness redshift refresh resource "
    "salesforce schedule security service snowflake sqlserver username warehouse webhook "
    "webhooks workspace".split()
)
"""Words of messages that a secret may have in it, as many passwords do; alone they tell nothing."""

_ADDRESS: Final = re.compile(
    r"(?:https?|wss?|ftps?|sftp|postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|kafka"
    r"|snowflake|sqlserver|mssql|oracle|databricks|s3|gs|abfss?|wasbs?|ldaps?|smtps?|ssh|file)://",
    re.IGNORECASE,
)

Span = tuple[int, int]


class Redactor:
    """Masks secrets in texts, in a time that does not depend on how many there are.

    Safe to use from many threads.
    """

    def __init__(self, secrets: Iterable[str | Secret] = ()) -> None:
        self._runs: dict[int, set[str]] = {}
        self._wholes: set[str] = set()
        self._beginnings: set[str] = set()
        self._short: set[str] = set()
        self._lock = threading.Lock()
        self.add(secrets)

    def add(self, secrets: Iterable[str | Secret]) -> None:
        """Mask these, too."""
        for secret in secrets:
            marks = _marks(secret.reveal() if isinstance(secret, Secret) else secret)
            with self._lock:
                self._wholes |= marks.wholes
                for run in marks.runs:
                    self._runs.setdefault(len(run), set()).add(run)
                self._beginnings |= marks.beginnings
                self._short |= marks.short

    def redact(self, text: str) -> str:
        """`text` with a mask in place of every secret and of every long part of one."""
        with self._lock:
            runs, short = dict(self._runs), sorted(self._short, key=len, reverse=True)
        for form in short:
            text = text.replace(form, MASK)
        if not runs:
            return self._without_beginnings(text)
        letters, spans = _normal(text)
        certain: list[Span] = []
        ordinary: list[Span] = []
        for length, marks in runs.items():
            for at in range(len(letters) - length + 1):
                run = letters[at : at + length]
                if run in marks:
                    place = spans[at][0], spans[at + length - 1][1]
                    alone = run not in self._wholes and _is_ordinary(text, place)
                    (ordinary if alone else certain).append(place)
        # Beside more of the secret, an ordinary word is a part of it.
        touching = [
            one
            for one in ordinary
            if any(one[0] <= end and begin <= one[1] for begin, end in certain)
        ]
        return self._without_beginnings(_masked(text, [*certain, *touching]))

    def _without_beginnings(self, text: str) -> str:
        """`text` without what is left of a secret where a long message was cut."""
        *parts, last = text.split(CUT)
        return CUT.join([*map(self._without_beginning, parts), last])

    def _without_beginning(self, part: str) -> str:
        letters, spans = _normal(part)
        for length in range(min(RUN - 1, len(letters)), SHORTEST - 1, -1):
            if letters[-length:] in self._beginnings:
                return part[: spans[-length][0]] + MASK
        return part


def redact(text: str, secrets: Iterable[str | Secret]) -> str:
    """`text` with a mask in place of every secret and of every long part of one."""
    return Redactor(secrets).redact(text)


@dataclass(frozen=True)
class _Marks:
    """The pieces of secrets that must not be shown.

    Attributes:
        runs: So many letters of its normal form in a row.
        wholes: Those of them that are masked even where they are an ordinary word.
        beginnings: What may be left of it at a cut.
        short: The spellings of one that is too short for runs.
    """

    runs: frozenset[str] = frozenset()
    wholes: frozenset[str] = frozenset()
    beginnings: frozenset[str] = frozenset()
    short: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def _marks(secret: str) -> _Marks:
    letters = _normal(secret)[0]
    beginnings = frozenset(_beginnings(letters))
    if len(letters) < RUN:
        short = frozenset(form for form in _spellings(secret) if len(form) >= SHORTEST)
        return _Marks(beginnings=beginnings, short=short)
    length = LONG_RUN if _has_common_parts(secret) else RUN
    runs = {*_runs(letters, length), *_runs(_hex(secret), LONG_RUN)}
    for encoded in _in_base64(secret):
        runs |= _runs(encoded, RUN)
    in_forms = {secret.replace(" ", "+")} if " " in secret else set[str]()
    for part in {*in_forms, *_lines(secret), *_parts_of_address(secret)}:
        runs |= _runs(_normal(part)[0], LONG_RUN if _has_common_parts(part) else RUN)
    wholes = runs if letters in ORDINARY else {letters}
    return _Marks(frozenset(runs), frozenset(wholes), beginnings)


def _has_common_parts(secret: str) -> bool:
    """Whether eight characters of it may stand in ordinary words, as in key files and addresses."""
    if "\n" in secret.strip() or _ADDRESS.match(secret.strip()):
        return True
    try:
        return isinstance(json.loads(secret), dict | list)
    except (ValueError, RecursionError):
        return False


def _runs(letters: str, length: int) -> set[str]:
    """Every `length` letters in a row; all of them, where they are fewer and still enough."""
    if len(letters) < RUN:
        return set()
    length = min(length, len(letters))
    return {letters[at : at + length] for at in range(len(letters) - length + 1)}


def _beginnings(letters: str) -> Iterator[str]:
    return (letters[:length] for length in range(SHORTEST, min(RUN, len(letters) + 1)))


def _spellings(secret: str) -> set[str]:
    """A short secret as programs write it; in a normal form it would be part of ordinary words."""
    whole = secret.strip()
    in_json = {json.dumps(whole, ensure_ascii=plain)[1:-1] for plain in (True, False)}
    in_pages = {html.escape(whole), html.escape(whole, quote=False)}
    in_addresses = {quote(whole), quote(whole, safe=""), quote_plus(whole)}
    encoded = {base64.b64encode(whole.encode("utf-8", "replace")).decode().rstrip("=")}
    return {secret, whole, repr(whole)[1:-1], *in_json, *in_pages, *in_addresses, *encoded}


def _lines(secret: str) -> list[str]:
    lines = [line.strip() for line in secret.splitlines()]
    return [line for line in lines if len(line) >= RUN] if len(lines) > 1 else []


def _parts_of_address(secret: str) -> list[str]:
    """The password, the values of the query, and long parts of the path of an address."""
    try:
        address = urlsplit(secret.strip())
        if not address.netloc:
            return []
        password = unquote(address.password or "")
        path = [part for part in address.path.split("/") if len(part) >= LONG_RUN]
        return [password, *path, *(value for _, value in parse_qsl(address.query))]
    except ValueError:
        return []


def _hex(secret: str) -> str:
    return secret.encode("utf-8", "replace").hex()


def _in_base64(secret: str) -> Iterator[str]:
    """A secret within a text in Base64, such as `user:secret`: where it starts decides the form."""
    for text in {secret, secret.strip()}:
        for before in range(3):
            data = b"\0" * before + text.encode("utf-8", "replace")
            # Letters that also depend on what stands before or after.
            first, last = -(-before * 8 // 6), len(data) * 8 // 6
            for encode in (base64.b64encode, base64.urlsafe_b64encode):
                yield _normal(encode(data).decode()[first:last])[0]


def _normal(text: str) -> tuple[str, list[Span]]:
    """The letters that matter, unescaped and folded, and where each of them stands in `text`."""
    # A line break may stand in the middle of an escape.
    spans = [(at, at + 1) for at, letter in enumerate(text) if not letter.isspace()]
    letters = "".join(text.split())
    for _ in range(ROUNDS):
        unescaped = _unescaped(letters, spans)
        if unescaped is None:
            break
        letters, spans = unescaped
    kept = [
        (folded, span)
        for letter, span in zip(letters, spans, strict=True)
        for folded in _folded(letter)
    ]
    return "".join(letter for letter, _ in kept), [span for _, span in kept]


@lru_cache(maxsize=4096)
def _folded(letter: str) -> str:
    """A letter whatever its case and form; nothing for what quoting and line breaks change."""
    plain = unicodedata.normalize("NFKD", letter.upper()).casefold()
    return "".join(
        one for one in plain if one.isprintable() and not one.isspace() and one not in _DROPPED
    )


def _unescaped(letters: str, spans: list[Span]) -> tuple[str, list[Span]] | None:
    """One round of unescaping; None where there is nothing to do."""
    parts: list[str] = []
    places: list[Span] = []
    done = 0
    for match in _ESCAPE.finditer(letters):
        begin, end = match.span()
        meant = _meant(match)
        parts += (letters[done:begin], meant)
        places += spans[done:begin]
        places += [(spans[begin][0], spans[end - 1][1])] * len(meant)
        done = end
    if not parts:
        return None
    return "".join([*parts, letters[done:]]), [*places, *spans[done:]]


def _meant(match: re.Match[str]) -> str:
    kind, written = match.lastgroup, match[0]
    if kind == "percent":
        try:
            return bytes.fromhex(written.replace("%", "")).decode()
        except ValueError:
            return written
    if kind == "pair":
        return json.loads(f'"{written}"')
    if kind == "entity":
        return html.unescape(written)
    if kind == "named":
        return _NAMED[match["named"]]
    number = int(match[str(kind)], 16)
    return chr(number) if number <= 0x10FFFF else written


def _is_ordinary(text: str, place: Span) -> bool:
    """Whether a place lies within an ordinary word that stands there by itself."""
    begin, end = place
    while begin > 0 and text[begin - 1].isalnum():
        begin -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[begin:end].casefold() in ORDINARY


def _masked(text: str, found: Iterable[Span]) -> str:
    """`text` with one mask over each of these places, and over those that touch."""
    masks: list[Span] = []
    for span in sorted(found):
        if masks and span[0] <= masks[-1][1]:
            masks[-1] = masks[-1][0], max(masks[-1][1], span[1])
        else:
            masks.append(span)
    shown: list[str] = []
    last = 0
    for begin, end in masks:
        shown += (text[last:begin], MASK)
        last = end
    return "".join([*shown, text[last:]])
