"""Resources are registered as the SDK does it, at a cost that does not grow with their number."""

import subprocess

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


@ON_EACH_HOST
def test_the_pickled_provider_is_what_the_sdk_makes_of_it(host: Host):
    python = host.virtualenv / "bin" / "python"
    done = subprocess.run((python, "-c", SAME_TEXT), capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("same\n", "")
