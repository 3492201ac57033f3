"""A type checker sees the mistakes that a program makes, before Pulumi runs."""

import json
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
MISTAKES = HERE / "deliberate_mistakes.py"
EXPECTED = re.compile(r"# expect: ([\w ]+)")


def test_the_type_checker_reports_exactly_the_deliberate_mistakes():
    done = subprocess.run(
        [sys.executable, "-m", "basedpyright", "--outputjson", str(MISTAKES)],
        cwd=HERE.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    found = {
        (one["range"]["start"]["line"] + 1, one["rule"])
        for one in json.loads(done.stdout)["generalDiagnostics"]
        if one["severity"] == "error"
    }
    lines = enumerate(MISTAKES.read_text().splitlines(), 1)
    expected = {
        (number, rule)
        for number, line in lines
        for match in EXPECTED.finditer(line)
        for rule in match[1].split()
    }
    assert found == expected
