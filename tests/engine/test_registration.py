"""Resources are registered as the SDK does it, at a cost that does not grow with their number."""

import subprocess

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment
from tests.engine.hosts import ON_EACH_HOST, Host

SAME_TEXT = """
from pulumi.dynamic.dynamic import serialize_provider
from polytomic_provider.dynamic import DynamicProvider
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.resources.registration import pickled_provider

for kind in HANDLERS:
    ours, theirs = pickled_provider(kind), serialize_provider(DynamicProvider(kind))
    assert ours == theirs, (kind, ours, theirs)
print("same")
"""

MANY = """
    from polytomic_provider import Connection

    for number in range(3000):
        Connection(f"crm-{number}", type="salesforce", configuration={"domain": "acme.example"})
"""


@ON_EACH_HOST
def test_the_pickled_provider_is_what_the_sdk_makes_of_it(host: Host):
    python = host.virtualenv / "bin" / "python"
    done = subprocess.run((python, "-c", SAME_TEXT), capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("same\n", "")


@pytest.mark.torture
@pytest.mark.timeout(3600)
def test_a_program_of_three_thousand_resources_is_previewed(
    deployment: Deployment, emulator: RunningEmulator
):
    deployment.program(MANY)
    run = deployment.pulumi("preview", timeout=3000).ok()
    assert "+ 3001 to create" in run.text
    assert len(emulator.requests()) < 100
