"""The documentation site is built without a warning; what is made from the code is the code's."""

import os
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

import polytomic_provider
from polytomic_provider.kinds import HANDLERS
from tests.docs.examples import FENCE, PAGES, ROOT
from tools import reference
from tools.reference import errors, functions
from tools.reference.docstrings import read


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make docs` does it, into a folder of its own."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "http_proxy": "http://127.0.0.1:9"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder


class Page(HTMLParser):
    """What a page of the site points to, and what can be pointed to in it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors = {""}
        self.fetched: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.anchors |= {found.get("id") or "", found.get("name") or ""}
        if tag == "a" and found.get("href"):
            self.links.append(found["href"] or "")
        # A link to the page's own address in `rel` is read by nobody's browser.
        if tag in {"script", "img"} or (tag == "link" and found.get("rel") == "stylesheet"):
            self.fetched.append(found.get("src") or found.get("href") or "")


@pytest.fixture(scope="module")
def built(site: Path) -> dict[Path, Page]:
    """Every page of the site, but the one for addresses that a server does not know."""
    return {path: Page(path) for path in site.rglob("*.html") if path.name != "404.html"}


def test_every_link_leads_to_a_page_and_a_place_in_it(built: dict[Path, Page]) -> None:
    assert len(built) > 20
    broken = [
        (page, link)
        for page, found in built.items()
        for link in found.links
        if not urlsplit(link).scheme and not _leads_somewhere(page, link, built)
    ]
    assert broken == []


def _leads_somewhere(page: Path, link: str, built: dict[Path, Page]) -> bool:
    parts = urlsplit(link)
    path = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if path not in built:
        return path.is_file()
    return unquote(parts.fragment) in built[path].anchors | {"__comments"}


def test_a_page_fetches_nothing_from_elsewhere(built: dict[Path, Page]) -> None:
    fetched = {address for found in built.values() for address in found.fetched}
    assert [one for one in fetched if urlsplit(one).scheme or one.startswith("//")] == []


def test_language_models_find_every_page(site: Path) -> None:
    index = (site / "llms.txt").read_text(encoding="utf-8")
    pages = [str(path.relative_to(site)) for path in site.rglob("*.md")]
    assert [page for page in pages if f"]({page})" not in index and page != "index.md"] == []


def test_what_is_made_from_the_code_is_up_to_date() -> None:
    stale = [path for path, text in reference.pages() if path.read_text("utf-8") != text]
    assert stale == [], "run `python -m tools.reference`"


@pytest.mark.parametrize("name", [*HANDLERS, *functions.NAMES])
def test_every_resource_and_function_has_an_example_and_says_its_paths(name: str) -> None:
    told = read(getattr(polytomic_provider, name))
    assert any(name in example for example in told.examples), "an example in its docstring"
    assert "/api/" in told.source or "/api/" in " ".join(told.text)


def test_every_error_says_what_to_do_and_no_other() -> None:
    assert sorted(one.__name__ for one in errors.classes()) == sorted(errors.WHAT_TO_DO)


def _links_of_files() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        text = FENCE.sub("", page.read_text(encoding="utf-8"))
        for part in text.split("](")[1:]:
            yield page, part.partition(")")[0]


def test_every_link_between_files_leads_to_one() -> None:
    """In the checkout, where pages are read without the site."""
    links = [(page, link) for page, link in _links_of_files() if not urlsplit(link).scheme]
    assert len(links) > 20
    gone = [
        (str(page), link)
        for page, link in links
        if link.partition("#")[0] and not (page.parent / link.partition("#")[0]).exists()
    ]
    assert gone == []
