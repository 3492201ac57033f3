"""Hooks of MkDocs, named in `mkdocs.yml`."""

import shutil
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from tools.site.llms import index_for_language_models


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the pages of a folder in place of each folder that the navigation names."""
    config.nav = _with_folders(config.nav, Path(config.docs_dir))
    return config


def _with_folders(nav: Any, docs: Path) -> Any:
    if isinstance(nav, list):
        return [_with_folders(one, docs) for one in nav]
    if isinstance(nav, dict):
        return {title: _with_folders(one, docs) for title, one in nav.items()}
    if not nav.endswith("/"):
        return nav
    found = sorted((docs / nav).glob("*.md"), key=lambda page: (page.stem != "index", page.stem))
    return [str(page.relative_to(docs)) for page in found]


def on_post_build(config: MkDocsConfig) -> None:
    """Write `llms.txt`, and each page's Markdown beside the page."""
    docs, site = Path(config.docs_dir), Path(config.site_dir)
    for page in docs.rglob("*.md"):
        shutil.copyfile(page, site / page.relative_to(docs))
    (site / "llms.txt").write_text(index_for_language_models(docs), encoding="utf-8")
