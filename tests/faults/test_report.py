"""The page about reliability tells what was tried and what did not hold."""

from pathlib import Path

from tests.faults.report import PAGE, ROWS, page
from tests.faults.results import Result, read
from tests.faults.test_kills import CELLS, POINTS


def test_what_did_not_hold_shows_in_the_table():
    kill = "test_a_killed_run_is_made_good_by_the_next[engine-after reply-Sync-create-1]"
    held = page([Result(kill, held=True), Result("x::test_any_sequence_ends[0]", True, 500)])
    assert "| kill -9 of the engine, after reply | 22 | 1 | 1 |" in held
    assert "| 10,000 | 500 | 500 |" in held
    broken = page([Result(kill, held=False)])
    assert "| kill -9 of the engine, after reply | 22 | 1 | 0 |" in broken


def test_the_rows_plan_what_the_tests_have():
    kills = [row for row in ROWS if row.what.startswith("kill -9")]
    assert len(kills) == 2 * len(POINTS)
    assert sum(int(row.planned) for row in kills) == len(CELLS)


def test_of_two_runs_of_a_test_the_later_counts(tmp_path: Path):
    file = tmp_path / "results.jsonl"
    file.write_text('{"test": "a", "held": false, "tried": 3}\n{"test": "a", "held": true}\n')
    assert read([file]) == {"a": Result("a", held=True)}


def test_the_page_is_made_by_the_command():
    rows = [line for line in PAGE.read_text().splitlines() if line.startswith("| ")][1:]
    numbers = [line.split("|")[-4:-1] for line in rows]
    assert [line.split(" | ")[0].removeprefix("| ") for line in rows] == [r.what for r in ROWS]
    assert all(int(t.replace(",", "")) >= int(h.replace(",", "")) for _, t, h in numbers)
