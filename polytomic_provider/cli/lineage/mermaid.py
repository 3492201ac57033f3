"""Lineage as a flowchart of Mermaid, which GitHub, GitLab and many wikis draw."""

from collections.abc import Iterator, Sequence
from typing import Final

from polytomic_provider.cli.lineage.flows import Flow, System, Table

MOST_FIELDS: Final = 15
"""How many fields an edge names; a longer label cannot be read."""

_ESCAPED: Final = (
    ("#", "#35;"),
    ("&", "#38;"),
    ('"', "#quot;"),
    ("<", "#lt;"),
    (">", "#gt;"),
    ("`", "#96;"),
)


def as_mermaid(flows: Sequence[Flow], *, fields: bool = True) -> str:
    """Draw systems, their models and objects, and the syncs between them."""
    return "\n".join(_lines(flows, fields=fields)) + "\n"


def _lines(flows: Sequence[Flow], *, fields: bool) -> Iterator[str]:
    yield "flowchart LR"
    models = dict.fromkeys(model for flow in flows for model in flow.models)
    targets = dict.fromkeys(flow.target for flow in flows)
    names = {model: f"m{number}" for number, model in enumerate(models)}
    names |= {target: f"t{number}" for number, target in enumerate(targets)}
    systems: dict[System, list[Table]] = {}
    for table in (*models, *targets):
        systems.setdefault(table.system, []).append(table)
    for number, (system, tables) in enumerate(systems.items()):
        yield f'  subgraph c{number}["{label(system.name)} ({label(system.type)})"]'
        for table in tables:
            shape = ("[", "]") if table in models else ("[(", ")]")
            yield f'    {names[table]}{shape[0]}"{label(table.name)}"{shape[1]}'
        yield "  end"
    for number, flow in enumerate(flows):
        state = "" if flow.active else ", off"
        text = f"{label(flow.name)}<br/>{label(flow.mode)}, {label(flow.schedule)}{state}"
        yield f'  s{number}(["{text}"])'
        for model in flow.models:
            labels = _ways(flow, model) if fields else []
            yield f"  {names[model]} {_arrow('-->', labels)} s{number}"
        constants = _ways(flow, None) if fields else []
        arrow = _arrow("-->" if flow.active else "-.->", constants)
        yield f"  s{number} {arrow} {names[flow.target]}"


def _ways(flow: Flow, model: Table | None) -> list[str]:
    """Each field that comes from a model; None: what comes from none, such as constants."""
    own = [
        f"{label(one.source)} → {label(one.target)}" for one in flow.fields if one.model == model
    ]
    more = len(own) - MOST_FIELDS
    return own if more <= 0 else [*own[:MOST_FIELDS], f"… and {more} more"]


def _arrow(arrow: str, labels: Sequence[str]) -> str:
    return f'{arrow}|"{"<br/>".join(labels)}"|' if labels else arrow


def label(text: str) -> str:
    """Return a foreign text as a label has it; Mermaid would obey quotes, tags and entities."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    for sign, instead in _ESCAPED:
        shown = shown.replace(sign, instead)
    return shown
