"""Measure `pulumi preview`: requests and wall time by number of pipelines. Asserts nothing.

    PYTHONPATH=. python benchmarks/preview.py --pipelines 1 50 --latency 0 100

A pipeline is a model and a sync; all share two connections. Measured are a preview that changes
nothing and one that changes every sync, each with everything off, with live validation, and with
data previews as well. The numbers are of the machine as it is just now.
"""

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment
from tests.engine.programs import PIPELINE

SETTINGS: Mapping[str, Mapping[str, str]] = {
    "neither": {"liveValidation": "off", "dataPreview": "off"},
    "validation": {"liveValidation": "error", "dataPreview": "off"},
    "validation and data": {"liveValidation": "error", "dataPreview": "counts"},
}
_MODEL = PIPELINE.index("contacts = Model(")
_LOOP = """
for number in range({count}):
    contacts = Model(
        f"contacts-{{number}}",
        connection_id=salesforce_ready,
        configuration={{"table": "Contact"}},
        fields=["Id", "Email", "FirstName", "LastName", "Phone"],
    )
    Sync(
        f"sync-{{number}}",
        model=contacts,
        mode="updateOrCreate",
        target={{"connection_id": netsuite_ready, "object": "contact"}},
        identity=("Email", "email"),
        fields={{"Email": "email", "FirstName": "firstName", "LastName": "lastName"}},
        filters=[is_not_null({filter!r})],
    )
"""


def program(count: int, filtered: str = "LastName") -> str:
    """So many pipelines over two connections."""
    return PIPELINE[:_MODEL] + _LOOP.format(count=count, filter=filtered)


def kinds(requests: list[dict[str, Any]]) -> str:
    """The requests by what they are about."""

    def kind(path: str) -> str:
        if "modelsync" in path or "/schemas/" in path or "connection_types" in path:
            return "schema"
        return "data" if path.endswith(("/sample", "/records")) else "other"

    counted = Counter(kind(one["path"]) for one in requests)
    return ", ".join(f"{counted[name]} {name}" for name in ("schema", "data", "other"))


def measure(deployment: Deployment, emulator: RunningEmulator) -> str:
    """One preview: how long it took, and what it asked."""
    emulator.clear_requests()
    began = time.perf_counter()
    deployment.pulumi("preview").ok()
    took = time.perf_counter() - began
    asked = emulator.requests()
    return f"{took:6.1f} s   {len(asked):4} requests ({kinds(asked)})"


def measure_pipelines(count: int, latencies: list[int]) -> None:
    """Deploy so many pipelines and print every measure of them."""
    with tempfile.TemporaryDirectory() as folder, RunningEmulator(consent_after=0.1) as emulator:
        environment = {
            "POLYTOMIC_DEPLOYMENT_URL": emulator.url,
            "POLYTOMIC_API_KEY": emulator.api_key,
        }
        deployment = Deployment(Path(folder), environment).create()
        began = time.perf_counter()
        deployment.deploy(program(count))
        print(f"\n{count} pipelines, deployed in {time.perf_counter() - began:.1f} s")
        for latency in latencies:
            emulator.delay(latency)
            for change, text in (("unchanged", "LastName"), ("changed", "Phone")):
                deployment.program(program(count, text))
                for name, values in SETTINGS.items():
                    for key, value in values.items():
                        deployment.pulumi("config", "set", f"polytomic:{key}", value).ok()
                    found = measure(deployment, emulator)
                    print(f"{latency:4} ms   {change:9}   {name:20} {found}", flush=True)


def main() -> None:
    """Print everything that there is to say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pipelines", type=int, nargs="+", default=[1, 50, 200])
    parser.add_argument("--latency", type=int, nargs="+", default=[0, 100], help="milliseconds")
    wanted = parser.parse_args()
    for count in wanted.pipelines:
        measure_pipelines(count, wanted.latency)


if __name__ == "__main__":
    main()
