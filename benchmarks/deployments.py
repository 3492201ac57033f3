"""Measure whole commands beside their peers; write the table and chart of the performance page.

    make bench
    PYTHONPATH=. python -m benchmarks.deployments --pipelines 50 200 --latency 0 100 --rounds 3

A pipeline is two connections, a model and a sync; `shared` ones have the same two connections.
Each round runs everything in turn, on the machine as it is; the table has medians, and the ratios
to the peers of the same round. Where `TOFU` names a binary of OpenTofu or Terraform and
`TF_PROVIDER` that of the official provider, they are measured, too. Asserts nothing.
"""

import argparse
import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.chart import chart
from benchmarks.peers import OPERATIONS, Naive, Official, Ours, Peer, peers
from benchmarks.processes import Processes
from polytomic_emulator import RunningEmulator

EXPLANATION = Path(__file__).parents[1] / "docs" / "explanation"
PAGE = EXPLANATION / "performance.md"
CHART = PAGE.parents[1] / "assets" / "performance.svg"
MEGABYTE = 1_000_000
HEAD = """\
| pipelines | ms | mode | command | seconds | CPU: program, provider, engine | peak MB | requests \
| at once | to naive | to official |
|---|---:|---|---|---:|---|---:|---:|---:|---:|---:|
"""


@dataclass(frozen=True)
class Case:
    """What is deployed, and how."""

    pipelines: int
    latency: int
    shared: bool
    fast: bool

    def named(self) -> str:
        """The case in words."""
        shared = " with shared connections" if self.shared else ""
        mode = "fast mode" if self.fast else "stock settings"
        return f"{self.pipelines} pipelines{shared}, {self.latency} ms, {mode}"


@dataclass(frozen=True)
class Measure:
    """What one command took: seconds, CPU seconds by role, bytes, requests, most at once."""

    wall: float
    cpu: Mapping[str, float]
    peak: int
    requests: int
    at_once: int


Found = dict[type[Peer], dict[str, Measure]]


def measure(peer: type[Peer], case: Case) -> dict[str, Measure]:
    """Run every operation of a peer on one stack."""
    found: dict[str, Measure] = {}
    with tempfile.TemporaryDirectory() as folder, RunningEmulator(consent_after=0) as emulator:
        emulator.behave(schema_seconds=0)
        emulator.delay(case.latency)
        stack = peer(Path(folder), emulator, case.pipelines, shared=case.shared, fast=case.fast)
        for operation in OPERATIONS:
            if operation in peer.lacks:
                continue
            stack.prepare(operation)
            emulator.clear_requests()
            began = time.perf_counter()
            with Processes() as processes:
                stack.run(operation)
                wall = time.perf_counter() - began
            asked = emulator.requests()
            at_once = _most_at_once(asked)
            found[operation] = Measure(wall, processes.cpu, processes.peak, len(asked), at_once)
    return found


def _most_at_once(asked: Sequence[Mapping[str, Any]]) -> int:
    moments = [(one["started"], 1) for one in asked]
    moments += [(one["finished"], -1) for one in asked if one["finished"]]
    most = now = 0
    for _, change in sorted(moments):
        now += change
        most = max(most, now)
    return most


def ratio(rounds: Sequence[Found], operation: str, peer: type[Peer]) -> float | None:
    """How many times as long this provider takes, in the middle of the rounds."""
    pairs = [(one[Ours][operation], one.get(peer, {}).get(operation)) for one in rounds]
    found = [ours.wall / theirs.wall for ours, theirs in pairs if theirs is not None]
    return median(found) if found else None


def row(case: Case, operation: str, rounds: Sequence[Found]) -> str:
    """One line of the table."""
    ours = [one[Ours][operation] for one in rounds]
    used = [median(one.cpu.get(role, 0.0) for one in ours) for role in ROLES]
    ratios = [ratio(rounds, operation, peer) for peer in (Naive, Official)]
    cells = (
        f"{case.pipelines}{', shared' if case.shared else ''}",
        case.latency,
        "fast" if case.fast else "stock",
        operation,
        f"{median(one.wall for one in ours):.1f}",
        ", ".join(f"{seconds:.1f}" for seconds in used),
        f"{median(one.peak for one in ours) / MEGABYTE:.0f}",
        ours[-1].requests,
        max(one.at_once for one in ours),
        *("" if one is None else f"{one:.2f}" for one in ratios),
    )
    return f"| {' | '.join(map(str, cells))} |"


ROLES = ("program", "provider", "engine")


def write(page: Path, told: str) -> None:
    """Put what was measured in place of what stands on the page."""
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition("<!-- measured -->\n")
    _, _, after = rest.partition("<!-- end -->")
    page.write_text(f"{before}<!-- measured -->\n{told}<!-- end -->{after}", encoding="utf-8")


def drawn(case: Case, rounds: Sequence[Found]) -> str:
    """The chart of a case."""
    bars: list[tuple[str, list[tuple[str, float]]]] = []
    for operation in OPERATIONS:
        ratios = [(peer.name, ratio(rounds, operation, peer)) for peer in (Naive, Official)]
        known = [(name, one) for name, one in ratios if one is not None]
        if known:
            bars.append((operation, known))
    return chart(f"Time of a command in multiples of its peers': {case.named()}", bars)


def main() -> None:
    """Measure, print, and write the table and the chart."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pipelines", type=int, nargs="+", default=[1, 50, 200])
    parser.add_argument("--latency", type=int, nargs="+", default=[100], help="milliseconds")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--connections", nargs="+", default=["own", "shared"])
    wanted = parser.parse_args()
    cases = [
        Case(pipelines, latency, connections == "shared", fast)
        for pipelines in wanted.pipelines
        for latency in wanted.latency
        for connections in wanted.connections
        for fast in (False, True)
    ]
    found: dict[Case, list[Found]] = defaultdict(list)
    for _ in range(wanted.rounds):
        for case in cases:
            found[case].append({peer: measure(peer, case) for peer in peers()})
            for operation in OPERATIONS:
                print(row(case, operation, found[case]), flush=True)
    lines = [row(case, one, found[case]) for case in cases for one in OPERATIONS]
    rounds = "One round" if wanted.rounds == 1 else f"Medians of {wanted.rounds} rounds"
    shown = max(cases, key=lambda one: (one.pipelines, one.latency, not one.shared, one.fast))
    CHART.write_text(drawn(shown, found[shown]), encoding="utf-8")
    picture = f"![{shown.named()}](../assets/{CHART.name})"
    told = f"{rounds}, {os.cpu_count()} processors.\n\n{picture}\n\n{HEAD}" + "\n".join(lines)
    write(PAGE, told + "\n")


if __name__ == "__main__":
    main()
