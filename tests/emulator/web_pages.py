"""The console's pages as a browser without scripts sees them: headings, controls, forms."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

import httpx


@dataclass
class WebPage(HTMLParser):
    """A parsed page. pairs: what its last form would send if nothing is changed."""

    text: str
    headings: list[int] = field(default_factory=list[int])
    roles: list[str] = field(default_factory=list[str])
    labelled: set[str] = field(default_factory=set[str])
    controls: list[str] = field(default_factory=list[str])
    links: list[str] = field(default_factory=list[str])
    pairs: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    invalid: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        super().__init__()
        self._select = self._area = ""
        self._chosen = False
        self.ids: list[str] = []
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        if tag in ("main", "header", "nav"):
            self.roles.append(tag)
        if tag == "a":
            self.links.append(given.get("href", ""))
        if tag == "label" and "for" in given:
            self.labelled.add(given["for"])
        if tag == "form":
            self.pairs = []
        if tag in ("input", "select", "textarea"):
            self._control(tag, given)
        if tag == "option" and self._select and ("selected" in given or not self._chosen):
            self._chosen = True
            value = given.get("value", "")
            self.pairs = [one for one in self.pairs if one[0] != self._select]
            self.pairs.append((self._select, value))

    def _control(self, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if given.get("type") != "hidden":
            self.controls.append(given.get("id", name))
        if given.get("type") == "checkbox":
            self.labelled.add(given.get("id", ""))  # it stands inside its label
            if "checked" in given:
                self.pairs.append((name, given["value"]))
        elif tag == "input":
            self.pairs.append((name, given.get("value", "")))
        elif tag == "select":
            self._select, self._chosen = name, False
        else:
            self._area = name
            self.pairs.append((name, ""))
        if "aria-invalid" in given:
            self.invalid.append(given.get("id", ""))

    def handle_data(self, data: str) -> None:
        if self._area:
            value = data.removeprefix("\n")
            self.pairs = [*self.pairs[:-1], (self._area, value)]

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._area = ""


def visit(person: httpx.Client, path: str) -> WebPage:
    """A page that is there."""
    reply = person.get(path)
    assert reply.status_code == 200, reply.text
    return WebPage(reply.text)


def send(
    person: httpx.Client,
    path: str,
    filled: dict[str, str] | None = None,
    *,
    without: tuple[str, str] | None = None,
) -> httpx.Response:
    """Open the form at a path, fill in some of it, send all of it. without: a box to untick."""
    changes = filled or {}
    pairs = [one for one in visit(person, path).pairs if one[0] not in changes and one != without]
    kind = {"content-type": "application/x-www-form-urlencoded"}
    body = urlencode([*pairs, *changes.items()])
    return person.post(path, content=body, headers=kind)
