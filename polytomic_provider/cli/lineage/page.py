"""Lineage as one page of HTML, which needs nothing else and no network."""

from collections.abc import Sequence
from html import escape
from typing import Final

from polytomic_provider.cli.lineage.flows import Flow, Table

_STYLE: Final = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem;
       color: #1c2733; background: #fff; }
input { font: inherit; width: 100%; max-width: 30rem; padding: .4rem; box-sizing: border-box; }
section { border: 1px solid #c8d1da; border-radius: .5rem; padding: .5rem 1rem; margin: 1rem 0; }
h2 { font-size: 1.1rem; margin: .2rem 0; } p { margin: .2rem 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; } td, th { padding: .1rem 1rem .1rem 0; text-align: left;
       vertical-align: top; overflow-wrap: anywhere; }
.off { color: #5b6875; } [hidden] { display: none; }
@media (prefers-color-scheme: dark) { body { color: #dde4ea; background: #12181e; }
  .off { color: #9aa7b3; } section { border-color: #3a4652; } }
"""

# Shows the syncs and rows that have every word; a sync whose head has them keeps all its rows.
_SCRIPT: Final = """
const find = document.querySelector('input');
find.addEventListener('input', () => {
  const words = find.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const fits = text => words.every(word => text.toLowerCase().includes(word));
  let shown = 0;
  for (const sync of document.querySelectorAll('section')) {
    const head = sync.querySelector('header').textContent;
    let rows = 0;
    for (const row of sync.querySelectorAll('tbody tr')) {
      row.hidden = !fits(head) && !fits(head + ' ' + row.textContent);
      rows += !row.hidden;
    }
    sync.hidden = rows === 0 && !fits(head);
    shown += !sync.hidden;
  }
  document.querySelector('output').textContent = shown + (shown === 1 ? ' sync' : ' syncs');
});
"""


def as_page(flows: Sequence[Flow], *, title: str) -> str:
    """Write a page of all syncs, with a search over names, systems and fields."""
    sections = "\n".join(_section(one) for one in flows)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>{escape(title)}</h1>
<p><label>Find a system, model, sync or field<br><input type="search"></label>
<output>{len(flows)} sync{"" if len(flows) == 1 else "s"}</output></p>
{sections}
<script>{_SCRIPT}</script>
</body>
</html>
"""


def _section(flow: Flow) -> str:
    state = "on" if flow.active else "off"
    rows = "".join(
        f"<tr><td>{escape(one.model.name) if one.model else ''}</td>"
        f"<td>{escape(one.source)}</td><td>→ {escape(one.target)}</td></tr>"
        for one in flow.fields
    )
    sources = ", ".join(_named(one) for one in flow.models) or "no model"
    return f"""<section class="{state}">
<header><h2>{escape(flow.name)}</h2>
<p>{sources} → {_named(flow.target)}</p>
<p>{escape(flow.mode)}, {escape(flow.schedule)}, {state}</p></header>
<table><thead><tr><th>model</th><th>field</th><th>target</th></tr></thead>
<tbody>{rows}</tbody></table>
</section>"""


def _named(table: Table) -> str:
    system = table.system
    return f"<b>{escape(table.name)}</b> in {escape(system.name)} ({escape(system.type)})"
