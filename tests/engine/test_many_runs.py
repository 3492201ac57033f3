"""A program of the Automation API that runs many times in one process."""

from collections.abc import Iterator

import pytest

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment
from tests.engine.programs import PIPELINE

AUTOMATION = """
    import gc
    import threading
    import time

    from pulumi import automation as auto

    from polytomic_provider.resources.preview import run

    def program():
        exec(PROGRAM)

    def ours():
        return sorted(
            thread.name
            for thread in threading.enumerate()
            if thread.name.startswith("ThreadPoolExecutor")
        )

    def end_of_threads():
        until = time.monotonic() + 10
        while ours() and time.monotonic() < until:
            time.sleep(0.05)

    stack = auto.create_or_select_stack("many", project_name="proof", program=program)
    counts = []
    for _ in range(4):
        stack.preview()
        end_of_threads()
        counts.append(threading.active_count())
    gc.collect()
    print("threads grew by", counts[-1] - counts[0])
    print("of pools:", ours())
    print("runs kept:", len(run._runs))
"""


@pytest.fixture
def emulator() -> Iterator[RunningEmulator]:
    with RunningEmulator(consent_after=0.2) as running:
        yield running


@pytest.mark.torture
def test_previews_in_one_process_leave_no_threads_and_nothing_of_their_run(deployment: Deployment):
    shown = deployment.python(f"    PROGRAM = {PIPELINE!r}\n" + AUTOMATION).ok().text
    assert "threads grew by 0\n" in shown
    assert "of pools: []\n" in shown
    assert "runs kept: 0\n" in shown
