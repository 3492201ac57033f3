"""Looks up settings and parses their texts into values, or raises errors that explain."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

import httpx

from polytomic_provider.api.http.durations import ACCEPTED as ACCEPTED_DURATION
from polytomic_provider.api.http.durations import parse_duration
from polytomic_provider.api.http.errors import InsecureURL, InvalidSetting, SettingsError
from polytomic_provider.api.http.redaction import redact
from polytomic_provider.api.http.secret import Secret

API_VERSIONS: Final = ("2025-09-18", "2024-02-08", "2023-04-25", "2022-12-12", "2021-05-23")
MOST_WORKERS: Final = 256
_STACK: Final = "stack configuration "
_ENVIRONMENT: Final = "environment "

_ACCEPTED_URL: Final = (
    "the address of a Polytomic deployment such as https://app.polytomic.com, "
    "without user, query and fragment"
)


@dataclass(frozen=True)
class Place:
    """A setting that was found: the name of its place, its text, and secrets not to show."""

    name: str
    value: str = field(repr=False)
    secrets: tuple[Secret, ...] = ()

    @property
    def in_stack(self) -> bool:
        """Whether it is in the stack's configuration."""
        return self.name.startswith(_STACK)

    @property
    def in_environment(self) -> bool:
        """Whether it is in the environment."""
        return self.name.startswith(_ENVIRONMENT)

    def invalid(
        self, accepted: str, *, secret: bool = False, hint: str | None = None
    ) -> InvalidSetting:
        """The error that this value deserves."""
        value = None if secret else self.shown(self.value)
        return InvalidSetting(self.name, accepted, value=value, hint=hint)

    def shown(self, text: str) -> str:
        """`text` without any of the keys that were found."""
        return redact(text, self.secrets)


class SettingPlaces:
    """The places where settings stand: stack configuration, then environment."""

    def __init__(self, config: Mapping[str, str], environ: Mapping[str, str]) -> None:
        self._config = config
        self._environ = environ
        self._secrets: tuple[Secret, ...] = ()

    def hide(self, name: str, variable: str) -> None:
        """Keep what stands under these names out of every later error."""
        for text in (self._config.get(f"polytomic:{name}"), self._environ.get(variable)):
            if text and text.strip():
                self._secrets += (Secret(text.strip()),)

    def in_stack(self, name: str) -> Place | None:
        """The setting `polytomic:<name>`, if it is there and not empty."""
        return self._place(f"{_STACK}polytomic:{name}", self._config, name)

    def in_environment(self, variable: str) -> Place | None:
        """The environment variable, if it is there and not empty."""
        return self._place(f"{_ENVIRONMENT}{variable}", self._environ, variable)

    def find(self, name: str, variable: str | None = None) -> Place | None:
        """The setting in the first place that has it."""
        in_stack = self.in_stack(name)
        if in_stack is not None or variable is None:
            return in_stack
        return self.in_environment(variable)

    def each_in_environment(self, variable: str) -> list[Place]:
        """What stands in the environment variable between spaces."""
        texts = self._environ.get(variable, "").split()
        return [Place(f"{_ENVIRONMENT}{variable}", one, self._secrets) for one in texts]

    def read(self, name: str, variable: str | None = None, *, default: str) -> Place:
        """The setting in the first place that has it, else its default."""
        return self.find(name, variable) or Place("default", default)

    def describe_stack(self, name: str) -> str:
        """The place for a list of places, with a remark if something empty stands there."""
        return self._describe(f"{_STACK}polytomic:{name}", self._config, name)

    def describe_environment(self, variable: str) -> str:
        """The place for a list of places, with a remark if something empty stands there."""
        return self._describe(f"{_ENVIRONMENT}{variable}", self._environ, variable)

    def looked_in(self, name: str, variable: str) -> list[str]:
        """Both places of a setting, in order."""
        return [self.describe_stack(name), self.describe_environment(variable)]

    def _text(self, source: Mapping[str, str], name: str) -> str | None:
        return source.get(f"polytomic:{name}" if source is self._config else name)

    def _place(self, place: str, source: Mapping[str, str], name: str) -> Place | None:
        text = (self._text(source, name) or "").strip()
        return Place(place, text, self._secrets) if text else None

    def _describe(self, place: str, source: Mapping[str, str], name: str) -> str:
        return place if self._text(source, name) is None else f"{place} (it is there, but empty)"


def parse_key(place: Place) -> str:
    """A key: printable ASCII without spaces, as an HTTP header needs it."""
    if not re.fullmatch(r"[\x21-\x7e]+", place.value):
        raise place.invalid(
            "a key of letters, digits and punctuation without spaces",
            secret=True,
            hint="Copy the key once more; a space, a line break or a foreign character is in it.",
        )
    if "://" in place.value:
        raise place.invalid(
            "a key", secret=True, hint="An address stands there; were key and address swapped?"
        )
    return place.value


def parse_text(place: Place, *, colon: bool = True) -> str:
    """A short text of one line; `colon=False` where a colon would end it (user of Basic)."""
    if not place.value.isprintable() or len(place.value) > 255 or not (colon or _plain(place)):
        accepted = "up to 255 printable characters"
        raise place.invalid(accepted if colon else f"{accepted} without colons and spaces")
    return place.value


def _plain(place: Place) -> bool:
    return place.value.isascii() and not re.search(r"[:\s]", place.value)


def parse_version(place: Place) -> str:
    """A generation of the API: a date."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", place.value):
        raise place.invalid(f"a date of the API such as {', '.join(API_VERSIONS)}")
    return place.value


def parse_seconds(place: Place) -> float:
    """A length of time, in seconds."""
    with suppress(ValueError):
        return parse_duration(place.value)
    raise place.invalid(ACCEPTED_DURATION)


def parse_bool(place: Place) -> bool:
    """`true` or `false`."""
    if place.value.lower() not in ("true", "false"):
        raise place.invalid("true, false")
    return place.value.lower() == "true"


def parse_choice(place: Place, accepted: tuple[str, ...]) -> str:
    """One of a few words."""
    if place.value.lower() not in accepted:
        raise place.invalid(", ".join(accepted))
    return place.value.lower()


def parse_workers(place: Place) -> int:
    """How many calls are served at once."""
    if not re.fullmatch(r"[0-9]{1,4}", place.value) or int(place.value) > MOST_WORKERS:
        raise place.invalid(f"a whole number from 0 to {MOST_WORKERS}")
    return int(place.value)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself: `localhost`, 127.0.0.0/8, ::1."""
    if host.lower() == "localhost":
        return True
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return address.is_loopback
    return address == IPv6Address("::1")


def parse_url(place: Place) -> str:
    """The address of the deployment, without trailing slashes and `/api`.

    Raises:
        InvalidSetting: It is no such address.
        InsecureURL: It is plain http, and not on this machine.
    """
    address = _address(place)
    if isinstance(address, SettingsError):
        raise address
    return address


def _address(place: Place) -> str | SettingsError:
    """The address, or the error to raise: this frame may have a key in its variables."""
    text = place.value if "://" in place.value else f"https://{place.value}"
    # Where user and password can hide, not even the error shows the text.
    if "@" in text:
        return place.invalid(_ACCEPTED_URL, secret=True, hint="A key has settings of its own.")
    if not re.search(r"[.:/]|^localhost$", place.value, re.IGNORECASE):
        # A key that is taken for a host would be looked up, and so told to every name server.
        return place.invalid(
            _ACCEPTED_URL,
            secret=True,
            hint="It has no dot, as a key has none; were key and address swapped? A host without a "
            "dot is written with its scheme, as in https://polytomic.",
        )
    if not re.fullmatch(r"[\x21-\x7e]+", text) or re.search(r"[\\?#]", text):
        return place.invalid(_ACCEPTED_URL)
    try:
        # The same parser that later sends the request: two parsers could see two hosts.
        url = httpx.URL(text)
        port = url.port
    except (httpx.InvalidURL, ValueError):
        return place.invalid(_ACCEPTED_URL)
    host = url.raw_host.decode("ascii")
    labels_fit = len(host) <= 253 and all(0 < len(label) <= 63 for label in host.split("."))
    fits = labels_fit and (port is None or port <= 65535)
    if url.scheme not in ("http", "https") or url.userinfo or not fits:
        return place.invalid(_ACCEPTED_URL)
    if url.scheme == "http" and not is_loopback(host):
        return InsecureURL(
            place.shown(f"{place.name}: http://{host} would carry the key in clear"),
            hint=place.shown(f"Use https://{host}; plain http is for this machine only."),
        )
    host = f"[{host}]" if ":" in host else host
    path = url.raw_path.decode("ascii").rstrip("/")
    path = path.removesuffix("/api").rstrip("/")
    return f"{url.scheme}://{host}{f':{port}' if port else ''}{path}"
