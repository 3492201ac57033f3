"""Bars of the ratios to the peers, as SVG."""

from collections.abc import Sequence
from html import escape

BAR, GAP, LEFT, WIDE = 14, 10, 270, 760
MOST = 3.0
"""Longer ratios are cut; their number says what they are."""


def chart(title: str, rows: Sequence[tuple[str, Sequence[tuple[str, float]]]]) -> str:
    """A row of bars for each operation: the peers' names and the ratios of this provider to them.

    The line is where both took the same time; shorter is faster.
    """
    unit = (WIDE - LEFT - 60) / MOST
    y, parts = 46, []
    for label, bars in rows:
        middle = y + len(bars) * BAR / 2 + 4
        parts.append(f'<text x="{LEFT - 10}" y="{middle}" text-anchor="end">{escape(label)}</text>')
        for position, (_, ratio) in enumerate(bars):
            length, top = min(ratio, MOST) * unit, y + position * BAR
            parts.append(
                f'<rect class="p{position}" x="{LEFT}" y="{top}" width="{length:.0f}" '
                f'height="{BAR - 2}"/><text x="{LEFT + length + 5:.0f}" y="{top + 10}" '
                f'class="n">{ratio:.2f}</text>'
            )
        y += len(bars) * BAR + GAP
    names = list(dict.fromkeys(name for _, bars in rows for name, _ in bars))
    for position, name in enumerate(names):
        x = LEFT + position * 190
        parts.append(
            f'<rect class="p{position}" x="{x}" y="28" width="10" height="10"/>'
            f'<text x="{x + 15}" y="37">to {escape(name)}</text>'
        )
    line = LEFT + unit
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {y + 6}" role="img" '
        f'aria-label="{escape(title)}"><style>text{{font:12px sans-serif;fill:#444}}'
        ".n{font-size:11px}.p0{fill:#5b6ee1}.p1{fill:#e19b5b}"
        "@media(prefers-color-scheme:dark){text{fill:#ccc}}</style>"
        f'<text x="8" y="16" font-weight="bold">{escape(title)}</text>{"".join(parts)}'
        f'<line x1="{line:.0f}" y1="42" x2="{line:.0f}" y2="{y}" stroke="#999" '
        'stroke-dasharray="3"/></svg>\n'
    )
