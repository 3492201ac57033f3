"""Measure whole commands beside a naive provider, and write the table of the page on performance.

    make bench
    PYTHONPATH=. python -m benchmarks.deployments --pipelines 50 200 --latency 20 --rounds 3

A pipeline is two connections, a model and a sync; `shared` ones have the same two connections.
Each round runs everything in turn, on the machine as it is; the table has medians, and the ratio
to the naive provider of the same round. Asserts nothing.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment

PAGE = Path(__file__).parents[1] / "docs" / "explanation" / "performance.md"
FAST: Mapping[str, str] = {
    "PULUMI_EXPERIMENTAL": "true",
    "PULUMI_SKIP_CHECKPOINTS": "true",
}
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "preview of all new": ("preview",),
    "up": ("up", "--yes", "--skip-preview"),
    "preview without a change": ("preview",),
    "the same with --refresh": ("preview", "--refresh"),
    "destroy": ("destroy", "--yes", "--skip-preview"),
}
OURS = """
from polytomic_provider import Connection, Model, Sync

def connections(n):
    return (
        Connection(f"source-{n}", type="postgresql", configuration={
            "hostname": "db.example", "port": 5432, "database": "crm", "username": "ann",
            "password": "p"}),
        Connection(f"target-{n}", type="netsuite", configuration={
            "account_id": "1", "consumer_key": "k", "consumer_secret": "s", "token": "t",
            "token_secret": "x"}),
    )

shared = connections("shared") if SHARED else None
for n in range(PIPELINES):
    source, target = shared or connections(n)
    model = Model(f"model-{n}", connection_id=source, configuration={"table": "public.contacts"},
                  fields=["id", "email", "last_name"])
    Sync(f"sync-{n}", model=model, target={"connection_id": target, "object": "contact"},
         mode="updateOrCreate", identity=("email", "email"),
         fields={"email": "email", "last_name": "lastName"})
"""
NAIVE = """
from naive import Object

def connections(n):
    return (
        Object(f"source-{n}", "/api/connections", {"type": "postgresql", "configuration": {
            "hostname": "db.example", "port": 5432, "database": "crm", "username": "ann",
            "password": "p"}}),
        Object(f"target-{n}", "/api/connections", {"type": "netsuite", "configuration": {
            "account_id": "1", "consumer_key": "k", "consumer_secret": "s", "token": "t",
            "token_secret": "x"}}),
    )

shared = connections("shared") if SHARED else None
for n in range(PIPELINES):
    source, target = shared or connections(n)
    model = Object(f"model-{n}", "/api/models", {
        "connection_id": source.id, "configuration": {"table": "public.contacts"},
        "fields": ["id", "email", "last_name"]})
    Object(f"sync-{n}", "/api/syncs", {
        "mode": "updateOrCreate", "target": {"connection_id": target.id, "object": "contact"},
        "identity": {"source": {"model_id": model.id, "field": "email"}, "target": "email",
                     "function": "Equality"},
        "fields": [{"source": {"model_id": model.id, "field": "last_name"}, "target": "lastName"}],
        "schedule": {"frequency": "manual"}})
"""


@dataclass(frozen=True)
class Measure:
    """What one command took: wall seconds, CPU seconds of all its processes, requests."""

    wall: float
    cpu: float
    requests: int


@contextmanager
def _stack(text: str) -> Iterator[tuple[Deployment, RunningEmulator]]:
    with tempfile.TemporaryDirectory() as folder, RunningEmulator(consent_after=0) as emulator:
        environment = {
            "POLYTOMIC_DEPLOYMENT_URL": emulator.url,
            "POLYTOMIC_API_KEY": emulator.api_key,
        }
        made = Deployment(Path(folder), environment).create()
        naive = Path(__file__).with_name("naive.py").read_text(encoding="utf-8")
        (made.folder / "project" / "naive.py").write_text(naive, encoding="utf-8")
        made.program(text)
        yield made, emulator


def _children_cpu() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(text: str, latency: int, *, fast: bool) -> dict[str, Measure]:
    """Run every command on one stack."""
    found: dict[str, Measure] = {}
    with _stack(text) as (stack, emulator):
        emulator.behave(schema_seconds=0)
        emulator.delay(latency)
        if fast:
            stack.environment |= FAST
        for name, command in COMMANDS.items():
            more = ("--parallel", "64") if fast else ()
            emulator.clear_requests()
            cpu, began = _children_cpu(), time.perf_counter()
            stack.pulumi(*command, *more, timeout=1800).ok()
            wall = time.perf_counter() - began
            found[name] = Measure(wall, _children_cpu() - cpu, len(emulator.requests()))
    return found


def rows(pipelines: int, latency: int, rounds: int) -> Iterator[str]:
    """The lines of the table for so many pipelines."""
    for shared in (False, True):
        head = f"SHARED, PIPELINES = {shared}, {pipelines}\n"
        for fast in (False, True):
            pairs = [
                (
                    measure(head + OURS, latency, fast=fast),
                    measure(head + NAIVE, latency, fast=fast),
                )
                for _ in range(rounds)
            ]
            for name in COMMANDS:
                wall = median(ours[name].wall for ours, _ in pairs)
                cpu = median(ours[name].cpu for ours, _ in pairs)
                requests = pairs[0][0][name].requests
                ratio = median(ours[name].wall / naive[name].wall for ours, naive in pairs)
                yield (
                    f"| {pipelines}{', shared' if shared else ''} | {'fast' if fast else 'stock'} "
                    f"| {name} | {wall:.1f} | {cpu:.1f} | {requests} | {ratio:.2f} |"
                )


def main() -> None:
    """Measure, print, and write the table where it stands."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pipelines", type=int, nargs="+", default=[50, 200])
    parser.add_argument("--latency", type=int, default=20, help="milliseconds")
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args()
    lines: list[str] = []
    for count in wanted.pipelines:
        for line in rows(count, wanted.latency, wanted.rounds):
            print(line, flush=True)
            lines.append(line)
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition("<!-- measured -->\n")
    _, _, after = rest.partition("<!-- end -->")
    rounds = "one round" if wanted.rounds == 1 else f"{wanted.rounds} rounds"
    told = (
        f"Latency {wanted.latency} ms, {rounds}, {os.cpu_count()} processors.\n\n"
        "| pipelines | mode | command | seconds | CPU seconds | requests | to naive |\n"
        "|---|---|---|---:|---:|---:|---:|\n"
    )
    table = told + "\n".join(lines) + "\n"
    PAGE.write_text(f"{before}<!-- measured -->\n{table}<!-- end -->{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
