"""One line of JSON for each test that ran, for the report: what was tried, and whether it held."""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

VARIABLE = "POLYTOMIC_TEST_RESULTS"
"""Environment variable: the file to add lines to."""
HELD = "POLYTOMIC_TEST_HELD"
"""Environment variable: a file of test ids, one a line, that need not run again."""

LONGEST_REASON = 2000
"""So much of what a failed test said is kept."""


@dataclass(frozen=True)
class Result:
    """What became of one test.

    `tried` counts what it tried, where that is more than one thing; `why` is the end of what a
    test said that did not hold.
    """

    test: str
    held: bool
    tried: int = 1
    why: str = ""


def keep(report: pytest.TestReport) -> None:
    """Add a line for a test that ran, where a file is asked for."""
    wanted = os.environ.get(VARIABLE)
    if not wanted or report.when != "call" or "PYTEST_XDIST_WORKER" in os.environ:
        return
    if report.skipped:
        return
    tried = dict(report.user_properties).get("tried", 1)
    why = "" if report.passed else report.longreprtext[-LONGEST_REASON:]
    result = Result(report.nodeid, report.passed, int(str(tried)), why)
    with Path(wanted).open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(result)) + "\n")


def without_held(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take out the tests that need not run again."""
    wanted = os.environ.get(HELD)
    if not wanted:
        return
    held = set(Path(wanted).read_text(encoding="utf-8").splitlines())
    config.hook.pytest_deselected(items=[one for one in items if one.nodeid in held])
    items[:] = [one for one in items if one.nodeid not in held]


def read(files: Iterable[Path]) -> dict[str, Result]:
    """The last result of each test in the files."""
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    results = [Result(**json.loads(line)) for line in lines]
    return {one.test: one for one in results}
