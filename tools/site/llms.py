"""`llms.txt`: the pages with one line about each, for language models."""

import re
from pathlib import Path

_HEAD = """# pulumi-polytomic

> Polytomic's connections, models and syncs as Pulumi resources in Python. Unofficial, alpha.
"""
_FOLDERS = {
    "tutorial": "Tutorial",
    "how-to": "How to",
    "reference": "Reference",
    "explanation": "Explanation",
}


def index_for_language_models(docs: Path) -> str:
    """Return the index of all pages in a folder."""
    parts = [_HEAD]
    for folder, title in _FOLDERS.items():
        found = sorted((docs / folder).rglob("*.md"))
        parts.append(f"## {title}\n")
        parts += [_line(docs, page) for page in found]
        parts.append("")
    return "\n".join(parts)


def _line(docs: Path, page: Path) -> str:
    text = page.read_text(encoding="utf-8")
    title = text.partition("\n")[0].lstrip("# ")
    first = re.sub(r"<!--.*?-->", "", text.partition("\n")[2], flags=re.DOTALL).strip()
    summary = " ".join(first.partition("\n\n")[0].split())
    sentence = re.split(r"(?<=\.) (?=[A-Z`])", summary)[0]
    return f"- [{title}]({page.relative_to(docs)}): {sentence}"
