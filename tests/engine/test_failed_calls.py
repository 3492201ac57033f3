"""A failed call of the provider shows our message as it stands, and nothing of Python."""

import re
from textwrap import dedent

import pytest

from polytomic_emulator import RunningEmulator
from polytomic_provider.api import PolytomicError
from polytomic_provider.host.session import open_session
from tests.engine.deployment import Deployment, Run
from tests.engine.hosts import ON_EACH_HOST

TWO = """
    from polytomic_provider import Connection

    for name in ("first", "second"):
        Connection(name, type="salesforce", configuration={"domain": "acme.my.salesforce.com"})
"""


def _diagnostics(run: Run) -> dict[str, str]:
    """What stands under each resource's name at the end of the output."""
    text = run.text.partition("\nDiagnostics:\n")[2].partition("\nResources:\n")[0]
    blocks = [block.partition(":\n") for block in dedent(text).strip().split("\n\n")]
    return {
        head.rpartition("(")[2].rstrip(")"): dedent(body).removesuffix("\n")
        for head, _, body in blocks
    }


@ON_EACH_HOST
def test_the_message_of_a_failed_call_is_shown_as_it_stands(
    deployment: Deployment, emulator: RunningEmulator, monkeypatch: pytest.MonkeyPatch
):
    deployment.program(TWO)
    emulator.fail(kind="status", status=422, method="POST", times=None)
    run = deployment.up("--skip-preview").failed()
    for name in ("first", "second"):
        (line,) = _diagnostics(run)[name].splitlines()
        assert line.startswith("error: ")
        text = "POST /api/connections: 422 Unprocessable Entity: fault played by the emulator"
        assert re.search(rf"{text} \(request \w+\)$", line)
    emulator.clear_faults()
    deployment.up("--skip-preview").ok()

    # The host configures a provider once: what fails there must fail every later call.
    run = deployment.destroy(environment={"POLYTOMIC_API_KEY": ""}).failed()
    monkeypatch.setenv("POLYTOMIC_API_KEY", "")
    with pytest.raises(PolytomicError) as raised:
        open_session({}.get)
    for name in ("first", "second"):
        assert _diagnostics(run)[name] == f"error: {raised.value}"
    assert sorted(deployment.resources()) == ["first", "second"]
    assert len(emulator.connections()) == 2
