"""Run the proof and write `docs/explanation/reliability.md`: what was tried, and what held.

    python -m tests.faults.report                     runs everything that the table tells of
    python -m tests.faults.report results.jsonl …     tells of runs that are over

A run that was cut short goes on where it stopped, as long as the code is the same: its results are
in `.reliability/`, in a file named after a digest of the code.
"""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.faults.kill_cells import CELLS, FAST_CELLS
from tests.faults.results import HELD, VARIABLE, Result, read

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "reliability.md"
KEPT = ROOT / ".reliability"
CODE = ("polytomic_provider", "polytomic_emulator", "tests", "requirements.lock")
TESTS = (
    "tests/faults",
    "tests/properties/test_any_sequence.py",
    "tests/properties/test_empty_preview.py",
    "tests/engine/test_passing_failures.py",
    "tests/docs/test_examples.py",
    "tests/oracle/test_laws.py",
)
PYTEST = (
    *("-q", "-n", "auto", "--dist", "worksteal", "-m", "torture or not torture"),
    "--timeout=1800",  # a machine that does something else too must not look like a defect
)


@dataclass(frozen=True)
class Row:
    """One row of the table: a sentence, and the tests that it tells of."""

    what: str
    tests: str
    planned: str

    def cells(self, results: Iterable[Result]) -> tuple[str, int, int]:
        """The sentence, how much was tried, how much of it held."""
        mine = [one for one in results if re.search(self.tests, one.test)]
        return self.what, sum(r.tried for r in mine), sum(r.tried for r in mine if r.held)


def _kill_rows() -> list[Row]:
    return [
        Row(
            f"kill -9 of the {victim}, {point}",
            rf"test_a_killed_run.*\[{victim}-{point}-",
            str(sum(cell[:2] == (victim, point) for cell in CELLS)),
        )
        for victim in ("engine", "provider")
        for point in ("before send", "after commit", "after reply", "before state is written")
    ]


ROWS = [
    *_kill_rows(),
    Row(
        "kill -9 while Pulumi writes the state at the end only",
        "killed_in_fast_mode",
        str(len(FAST_CELLS)),
    ),
    *(
        Row(
            f"one request fails, each kind of request in each of 13 ways, during {operation}",
            rf"test_a_request_that_fails_anywhere.*-{operation}\]",
            "every kind",
        )
        for operation in ("create", "read", "update", "replace", "delete")
    ),
    Row(
        "random sequences of up to 30 operations, faults, kills and restarts",
        "test_any_sequence_ends",
        "2,000",
    ),
    Row(
        "the same on a server without idempotency keys, where a person adopts what is in doubt",
        "test_any_sequence_without_keys_ends",
        "200",
    ),
    Row(
        "random sets of arguments, an object of each kind from each, read back and compared",
        "test_what_was_made_reads",
        "1,000",
    ),
    Row("random programs through the command line", "test_the_preview_after_any_program", "35"),
    Row(
        "one `pulumi up` of 50 pipelines while one request in 20 fails, in each of 7 ways",
        "test_fifty_pipelines.*one_request_in_twenty",
        "7",
    ),
    Row(
        "the same while all 7 ways strike at once, with and without idempotency keys",
        "test_fifty_pipelines.*one_request_in_three",
        "2",
    ),
    Row(
        "one `pulumi up` of 50 pipelines at 60 requests a minute",
        "test_a_limit_of_sixty",
        "1",
    ),
    *(
        Row(what, tests, planned)
        for what, tests, planned in (
            (
                "no HOME, locale C, odd folder names, standard output closed or full",
                "odd_machine",
                "6",
            ),
            ("the state's disk is full in the middle", "test_a_disk_that_is_full", "4"),
            ("the state cannot be written", "test_a_state_that_cannot_be_written", "1"),
            ("another user than root", "test_another_user_than_root", "1"),
            ("the server's clock jumps while a reply is lost", "test_a_clock_that_jumps", "6"),
            ("resources of one program, deployed at once", "test_three_thousand", "3,000"),
            ("clients that ask the emulator at once", "test_two_hundred_clients", "200"),
        )
    ),
    Row("every example of the documentation", "test_after_any_example", "every one"),
    Row(
        "random pairs of programs that differ in one leaf, deployed one after the other",
        "test_any_change_of_one_leaf_is_deployed",
        "10,000",
    ),
    Row(
        "one leaf of a deployed object changed by hand, seen and repaired",
        "test_any_change_of_one_leaf_on_the_server_is_repaired",
        "every leaf",
    ),
]

_BEGIN = """# Reliability

What was tried to make a deployment lose or double an object, and what held. Everything here was
tried against the emulator that comes with this package, never against Polytomic itself: it shows
what the provider does when requests fail in these ways, not how often they do.

"Held" means: after the failure, one more `pulumi up` (after `pulumi cancel`, where a killed engine
left its lock) ends with exactly one object for each declared resource, the state holds its id, and
the preview is empty. For random arguments and programs, for examples and for 50 pipelines it means
that the first `pulumi up` does all that and the preview after it is empty.

| What was tried | In full | Tried | Held |
|---|---:|---:|---:|
"""

_END = """
A row that tried less than it says in full was cut short; one that held less than it tried tells of
a defect.

## How it was tried

- **Kills.** Four points: the request stands before the server and is not sent on; the server has
  done it and the reply is held; the reply has arrived; the provider has answered the engine and the
  state is not written. A gate between provider and emulator holds the very request until the
  process is dead, so no cell depends on timing. Each point is tried with the creation, update and
  deletion of a Connection, a Model and a Sync and the creation and update of a
  ConnectionReadiness, a SyncRun and a BulkSyncRun, with one resource and with four at once, and in
  part with `PULUMI_SKIP_CHECKPOINTS`, where a killed engine has recorded nothing. A request that a
  killed engine's orphan finishes later is let through before the next run.
- **Failing requests.** The requests of a run without faults are listed; then the same run is
  repeated once for each kind of them and each way to fail, of several that ask the same of
  different objects with another one each time: 500 before and after the change, and kept
  under the idempotency key; 503, 429, a 403 that stays, a gateway's page after the change;
  connections dropped before and after the change; a reply cut off; no reply before and after it.
- **Sequences.** A hypothesis state machine declares, changes, renames, replaces and removes
  resources, refreshes and destroys, edits and deletes objects outside, breaks requests, kills runs
  before a step is written down, and restarts the server, under the same six servers as below.
  Time is simulated: where the provider would wait, provider and emulator are later at once.
- **Arguments and programs.** Drawn from the emulator's own catalogs of objects, fields, modes and
  functions, under six servers that together show every reading of what Polytomic's documents leave
  open.
- **The machine.** One connection is deployed by the real command line, each time once more when the
  fault is over: disks of a few sizes and disks that nobody can write are mounted, which needs root.
  Pulumi may leave a state file on a full disk that is cut off; then its own backup beside it
  (`.json.bak`) is put in its place first, as a person has to.
  200 clients each make a role twice under one key, read it and list all.
- **One leaf.** Pairs of programs that differ in one value at any depth: another letter case, a
  slash, a zero in front, an empty text for 0, a key more or less, another order. An expansion of
  the arguments, written apart from the provider, says what Polytomic must hold and what the preview
  must say. The same for objects of which a person changed one value.

## Known holes

- A creation that failed in the last 24 hours is tried again under a key of the moment. If that
  retry is still being processed by Polytomic when the run is killed, and is finished only after
  the next run has looked, the next run makes a second object.
- An object whose creation was never recorded is recognised by its idempotency key for 24 hours,
  and only while the program's arguments and the API key stay as they were. Beyond that the next run
  stops with an error that names the object and the ways out; it makes no second one.
- Replies do not say when a role was made. One that was deleted and made again, and whose second
  creation was never recorded, ends in that error, too.
- An object whose creation was never recorded and that somebody renames before the next run is not
  found again.

## Make this page anew

```
make reliability
```

runs everything above and writes this page; it needs an hour and a half of two processors. Each
run draws other sequences, arguments and pairs of programs. A run that was cut short goes on where
it stopped while the code is the same. `POLYTOMIC_TEST_SEQUENCES` and
`POLYTOMIC_TEST_ARGUMENT_SETS` are environment variables for how many sequences and sets of
arguments; a smaller part of all of it is in `make test`.
"""


def page(results: Iterable[Result]) -> str:
    """The whole page."""
    known = list(results)
    lines = [
        f"| {what} | {row.planned} | {tried:,} | {held:,} |"
        for row in ROWS
        for what, tried, held in [row.cells(known)]
    ]
    return _BEGIN + "\n".join(lines) + "\n" + _END


def results_of(root: Path) -> Path:
    """The file for the results of the code as it stands there."""
    digest = hashlib.sha256()
    for part in CODE:
        files = [root / part] if (root / part).is_file() else (root / part).rglob("*.py")
        for file in sorted(files):
            digest.update(f"{file.relative_to(root)}\0".encode() + file.read_bytes())
    return root / KEPT.name / f"{digest.hexdigest()[:12]}.jsonl"


def run(file: Path, call: Callable[..., object] = subprocess.run) -> None:
    """Run what has not held yet according to the file; the results go into it."""
    file.parent.mkdir(exist_ok=True)
    file.touch()
    held = [one.test for one in read([file]).values() if one.held]
    before = file.with_suffix(".held")
    before.write_text("\n".join(held), encoding="utf-8")
    if held:
        print(f"{len(held)} tests held in an earlier run of the same code and are not repeated.")
    command = (sys.executable, "-m", "pytest", *PYTEST, *TESTS)
    environment = {**os.environ, VARIABLE: str(file), HELD: str(before)}
    call(command, cwd=ROOT, env=environment, check=False)


def main(arguments: list[str]) -> int:
    """Write the page; 1 where something did not hold."""
    files = [Path(one) for one in arguments]
    if not files:
        files = [results_of(ROOT)]
        run(files[0])
    results = read(files)
    PAGE.write_text(page(results.values()), encoding="utf-8")
    return 0 if all(one.held for one in results.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
