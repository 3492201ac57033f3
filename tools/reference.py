"""Write the tables of `docs/resources.md` anew from the argument models.

python -m tools.reference
"""

import re
from pathlib import Path

from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.arguments import Facts, facts_of
from polytomic_provider.kinds.object_arguments import ObjectArguments

PAGE = Path(__file__).parents[1] / "docs" / "resources.md"
_TABLE = re.compile(r"<!-- (\w+) -->\n.*?<!-- end -->\n", re.DOTALL)


def page(text: str) -> str:
    """Return the page with each table as the code has it."""
    return _TABLE.sub(lambda found: _between_marks(found[1]), text)


def kinds_of(text: str) -> list[str]:
    """Return the kinds that the page has tables of."""
    return [found[1] for found in _TABLE.finditer(text)]


def _between_marks(kind: str) -> str:
    return f"<!-- {kind} -->\n\n{_tables(kind)}\n<!-- end -->\n"


def _tables(kind: str) -> str:
    handler = HANDLERS[kind]
    lines = ["| argument | what it is | a change |", "|---|---|---|"]
    shown = [facts for facts in facts_of(handler.arguments).values() if not facts.hidden]
    for facts in sorted(shown, key=lambda one: one.name in ObjectArguments.model_fields):
        lines.append(f"| `{facts.name}` | {facts.description} | {_effect(facts)} |")
    lines += ["", "| output | what it is |", "|---|---|"]
    lines += [f"| `{name}` | {text} |" for name, text in handler.computed.items()]
    return "".join(f"{line}\n" for line in lines)


def _effect(facts: Facts) -> str:
    if facts.provider_side:
        return "sends nothing"
    return "replaces" if facts.replaces else "updates"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text()))
