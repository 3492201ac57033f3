"""A preview in Markdown: never more than 60 lines, whatever was previewed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from polytomic_provider.cli.lineage.mermaid import label
from polytomic_provider.cli.reporting.preview import Change, Preview

MOST_LINES: Final = 60
LONGEST_LINE: Final = 300
_ORDER: Final = ("create", "update", "replace", "delete", "import")


@dataclass
class _Section:
    """Lines between a head and an end, of which as many are shown as there is room for."""

    head: list[str]
    lines: list[str]
    end: list[str] = field(default_factory=list[str])
    least: int = 3
    unit: str = "lines"
    more: str = "{}"
    """How it is written that there are more; `{}` stands for that."""

    def shown(self, room: int) -> list[str]:
        """The section in at most `room` lines; nothing where that is too little to be of use."""
        space = room - len(self.head) - len(self.end)
        if len(self.lines) <= space:
            return [*self.head, *self.lines, *self.end]
        if space < self.least:
            return []
        kept = self.lines[: space - 1]
        more = self.more.format(f"… and {len(self.lines) - len(kept)} more {self.unit}")
        return [*self.head, *kept, self._row(more), *self.end]

    def _row(self, text: str) -> str:
        columns = self.head[-1].count("|") - 1 if self.lines[0].startswith("|") else 0
        return f"| {text} {'| ' * (columns - 1)}|" if columns else text


def marker(preview: Preview, key: str | None = None) -> str:
    """The line by which a comment is found again, to be updated instead of repeated."""
    return f"<!-- polytomic-report: {_plain(key or preview.stack or 'preview')} -->"


def as_markdown(preview: Preview, *, title: str, key: str | None = None) -> str:
    """Write a preview as a comment of at most 60 lines, the most important first."""
    stack = f" of {_code(preview.stack)}" if preview.stack else ""
    lines = [marker(preview, key), f"### {_plain(title)}{stack}", "", summary(preview)]
    sections = [
        _messages("Errors", preview.of("error")),
        _resources(preview.changes),
        _mappings(preview.changes),
        _lineage(preview.changes),
        _messages("Warnings", preview.of("warning")),
        _messages("What happens to the data", preview.of("info")),
    ]
    there = [one for one in sections if one is not None]
    room = MOST_LINES - len(lines)
    for index, section in enumerate(there):
        # A long section leaves every later one what it needs at least.
        kept = sum(_least(one) for one in there[index + 1 :])
        shown = section.shown(room - kept)
        lines += shown
        room -= len(shown)
    return "\n".join(lines) + "\n"


def summary(preview: Preview) -> str:
    """The preview in a sentence."""
    counts = Counter(one.operation for one in preview.changes)
    parts = [f"{counts[one]} to {one}" for one in _ORDER if counts[one]]
    changes = ", ".join(parts) or "No changes"
    errors, warnings = (len(preview.of(one)) for one in ("error", "warning"))
    told = [
        *([_counted(errors, "error")] if errors else []),
        *([_counted(warnings, "warning")] if warnings else []),
    ]
    return f"**{changes}**, {preview.same} unchanged" + (f"; {', '.join(told)}" if told else "")


def _least(section: _Section) -> int:
    return len(section.head) + len(section.end) + min(section.least, len(section.lines))


def _resources(changes: Sequence[Change]) -> _Section | None:
    if not changes:
        return None
    rows = [
        _row(one.operation, f"{_plain(one.kind)} {_code(one.name)}", _what_changes(one))
        for one in sorted(changes, key=lambda one: _ORDER.index(one.operation))
    ]
    head = ["", "| | resource | what changes |", "|---|---|---|"]
    return _Section(head, rows, unit="resources")


def _what_changes(change: Change) -> str:
    reasons = ", ".join(_code(one) for one in change.reasons)
    details = "; ".join(_plain(one) for one in change.details)
    return "; ".join(part for part in (reasons, details) if part)


def _mappings(changes: Sequence[Change]) -> _Section | None:
    syncs = [one for one in changes if one.mappings]
    rows = [
        _row(_plain(sync.name), _code(one.target), _code(one.before), _code(one.after))
        for sync in syncs
        for one in sync.mappings
    ]
    head = ["", "| sync | target field | comes from, before | after |", "|---|---|---|---|"]
    return _Section(head, rows, unit="fields") if rows else None


def _lineage(changes: Sequence[Change]) -> _Section | None:
    """The syncs that are made or changed as a flowchart, which GitHub and GitLab draw."""
    nodes: dict[str, str] = {}

    def node(text: str) -> str:
        id_ = nodes.setdefault(text, f"n{len(nodes)}")
        return f'{id_}["{label(_cut(text))}"]'

    ways = [(one, one.way) for one in changes if one.way is not None]
    lines = [
        f"  {' & '.join(map(node, way.sources))} --> "
        f's{number}(["{label(_cut(sync.name))} ({sync.operation})"]) --> {node(way.target)}'
        for number, (sync, way) in enumerate(ways)
    ]
    head = ["", "**Lineage**", "", "```mermaid", "flowchart LR"]
    return _Section(head, lines, ["```"], unit="syncs", more='  more["{}"]') if lines else None


def _messages(title: str, messages: Iterable[str]) -> _Section | None:
    lines = [_cut(line) for text in messages for line in text.splitlines() if line.strip()]
    if not lines:
        return None
    longest = max((len(run) for line in lines for run in _runs_of_backticks(line)), default=0)
    fence = "`" * max(3, longest + 1)
    return _Section(["", f"**{title}**", "", f"{fence}text"], lines, [fence])


def _runs_of_backticks(line: str) -> list[str]:
    return ["`" * len(run) for run in "".join("`" if c == "`" else " " for c in line).split()]


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _code(text: str | None) -> str:
    """A foreign text in a span of code, where no markup and no mention of a person works."""
    if text is None:
        return "-"
    shown = _cut(" ".join(text.split())).replace("`", "'").replace("|", "\\|")
    return f"`{shown}`" if shown else ""


def _plain(text: str) -> str:
    """A text without anything that Markdown, a table or a comment of HTML would obey."""
    shown = _cut(" ".join(text.split()))
    for sign, instead in (("--", "-\u200b-"), ("<", "&lt;"), ("|", "\\|"), ("@", "@\u200b")):
        shown = shown.replace(sign, instead)
    return "".join(f"\\{letter}" if letter in "*_`[]" else letter for letter in shown)


def _cut(line: str) -> str:
    line = "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in line
    )
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
