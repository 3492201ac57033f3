"""The page about reliability tells what was tried and what did not hold."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.faults import report
from tests.faults.kill_cells import CELLS, FAST_CELLS, POINTS
from tests.faults.report import PAGE, ROWS, page
from tests.faults.results import HELD, Result, read


def test_what_did_not_hold_shows_in_the_table():
    kill = "test_a_killed_run_is_made_good_by_the_next[engine-after reply-Sync-create-1]"
    held = page([Result(kill, held=True), Result("x::test_any_sequence_ends[0]", True, 500)])
    assert f"| kill -9 of the engine, after reply | {len(CELLS) // 8} | 1 | 1 |" in held
    assert "| 2,000 | 500 | 500 |" in held
    broken = page([Result(kill, held=False)])
    assert f"| kill -9 of the engine, after reply | {len(CELLS) // 8} | 1 | 0 |" in broken


def test_the_rows_plan_what_the_tests_have():
    kills = [row for row in ROWS if row.what.startswith("kill -9 of")]
    assert len(kills) == 2 * len(POINTS)
    assert sum(int(row.planned) for row in kills) == len(CELLS)
    (fast,) = (row for row in ROWS if row.tests == "killed_in_fast_mode")
    assert int(fast.planned) == len(FAST_CELLS)


def test_of_two_runs_of_a_test_the_later_counts(tmp_path: Path):
    file = tmp_path / "results.jsonl"
    file.write_text('{"test": "a", "held": false, "tried": 3}\n{"test": "a", "held": true}\n')
    assert read([file]) == {"a": Result("a", held=True)}


def test_the_page_is_made_by_the_command():
    rows = [line for line in PAGE.read_text().splitlines() if line.startswith("| ")][1:]
    numbers = [line.split("|")[-4:-1] for line in rows]
    assert [line.split(" | ")[0].removeprefix("| ") for line in rows] == [r.what for r in ROWS]
    assert all(int(t.replace(",", "")) >= int(h.replace(",", "")) for _, t, h in numbers)


def test_a_run_that_was_cut_short_goes_on_where_it_stopped(tmp_path: Path):
    results = tmp_path / "kept" / "results.jsonl"
    results.parent.mkdir()
    results.write_text(
        '{"test": "a.py::test_one[x y]", "held": true}\n{"test": "a.py::test_two", "held": false}\n'
    )
    asked: dict[str, Any] = {}
    report.run(results, call=lambda command, **how: asked.update(how))
    assert Path(asked["env"][HELD]).read_text() == "a.py::test_one[x y]"


def test_what_held_is_left_out(tmp_path: Path):
    held = tmp_path / "held"
    own = "tests/faults/test_report.py::test_the_rows_plan_what_the_tests_have"
    held.write_text(own)
    command = (sys.executable, "-m", "pytest", "-q", "-n", "0", "--collect-only", __file__)
    ran = subprocess.run(
        command,
        cwd=report.ROOT,
        env={**os.environ, HELD: str(held)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert own not in ran.stdout
    assert "test_of_two_runs_of_a_test_the_later_counts" in ran.stdout


def test_results_belong_to_the_code(tmp_path: Path):
    (tmp_path / "tests").mkdir()
    before = report.results_of(tmp_path)
    (tmp_path / "tests" / "a.py").write_text("x = 1")
    changed = report.results_of(tmp_path)
    assert before != changed
    assert changed == report.results_of(tmp_path)
