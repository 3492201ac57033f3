"""The page about runs in the emulator is a contract: its program runs, its names exist."""

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

from polytomic_emulator import RunningEmulator
from polytomic_emulator.running_syncs.planning import TEST_ROWS
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.results import KEPT, STATUSES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "emulated-runs.md").read_text(encoding="utf-8")


def test_the_program_runs() -> None:
    (program,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    counts, failed, rows = done.stdout.splitlines()
    assert counts == "completed 1 1"
    assert failed.endswith("email is empty: there is no identity to match records by")
    assert rows == "[{'email': 'ada@example.com'}]"


def test_what_the_page_names_exists() -> None:
    table = PAGE.split("## From a test")[1].split("##")[0]
    called = re.findall(r"`(\w+)(?:\([^`]*\))?`", "\n".join(table.splitlines()))
    switches = {one.name for one in fields(Behaviour)}
    known = {*STATUSES, *dir(RunningEmulator)}
    assert [name for name in called if name not in known] == []
    assert set(re.findall(r"(\w+)=…", table)) <= switches | {"status"}
    assert set(STATUSES) <= set(called)
    assert f"latest {KEPT} executions" in PAGE
    assert TEST_ROWS == 5
