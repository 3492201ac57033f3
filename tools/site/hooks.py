"""Hooks of MkDocs, named in `mkdocs.yml`."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from tools.site.llms import index_for_language_models


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the pages of a folder in place of each folder that the navigation names."""
    named = set(_pages(config.nav))
    config.nav = _with_folders(config.nav, Path(config.docs_dir), named)
    return config


def _pages(nav: Any) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    else:
        for part in nav.values() if isinstance(nav, dict) else nav:
            yield from _pages(part)


def _with_folders(nav: Any, docs: Path, named: set[str]) -> Any:
    if isinstance(nav, dict):
        return {title: _with_folders(part, docs, named) for title, part in nav.items()}
    if not isinstance(nav, list):
        return nav
    found: list[Any] = []
    for part in nav:
        if isinstance(part, str) and part.endswith("/"):
            found += [page for page in _folder(docs, part) if page not in named]
        else:
            found.append(_with_folders(part, docs, named))
    return found


def _folder(docs: Path, folder: str) -> list[str]:
    """The pages of a folder, its index first."""
    pages = sorted((docs / folder).glob("*.md"), key=lambda page: (page.stem != "index", page.stem))
    return [str(page.relative_to(docs)) for page in pages]


def on_post_build(config: MkDocsConfig) -> None:
    """Write `llms.txt`, and each page's Markdown beside the page."""
    docs, site = Path(config.docs_dir), Path(config.site_dir)
    for page in docs.rglob("*.md"):
        shutil.copyfile(page, site / page.relative_to(docs))
    (site / "llms.txt").write_text(index_for_language_models(docs), encoding="utf-8")
