"""Editors and type checkers know the configuration of each connection type."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from polytomic_provider import configurations
from polytomic_provider.facts.connection_types import all_types
from tests.typing.editor import editor
from tools.configurations import class_name, files

MISTAKES = Path(__file__).parent / "configuration_mistakes.py"
WRONG = re.compile(r"# wrong(?:: (\w+))?$")
MYPY_ERROR = re.compile(r"^\S+?:(\d+): error: ", re.MULTILINE)


def _check(checker: str, *arguments: str, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", checker, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def _wrong_lines(checker: str) -> set[int]:
    lines = enumerate(MISTAKES.read_text().splitlines(), 1)
    found = {number: told for number, line in lines if (told := WRONG.search(line))}
    return {number for number, told in found.items() if told[1] in (None, checker)}


def test_pyright_refuses_exactly_the_wrong_lines():
    shown = _check("basedpyright", "--outputjson", str(MISTAKES), folder=MISTAKES.parents[2])
    errors = [one for one in json.loads(shown)["generalDiagnostics"] if one["severity"] == "error"]
    assert {one["range"]["start"]["line"] + 1 for one in errors} == _wrong_lines("pyright")
    said = "\n".join(one["message"] for one in errors)
    assert '"domian" is an undefined item in type "Salesforce"' in said
    assert '"Literal[\'salesfroce\']" is not assignable to "Unchecked"' in said


def test_mypy_refuses_exactly_the_wrong_lines(tmp_path: Path):
    cache = str(tmp_path / "cache")
    shown = _check("mypy", "--strict", "--cache-dir", cache, str(MISTAKES), folder=tmp_path)
    assert {int(number) for number in MYPY_ERROR.findall(shown)} == _wrong_lines("mypy")
    # Of one slip, mypy must not print what each connection type would have taken.
    assert "overload" not in shown
    assert len(shown) < 40_000


def test_the_generated_files_are_up_to_date():
    stale = [path.name for path, text in files() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "run `python -m tools.configurations`"


@pytest.mark.parametrize("type_id", sorted(all_types()))
def test_each_type_takes_what_a_program_may_set_and_nothing_else(type_id: str):
    typed = getattr(configurations, class_name(type_id))
    schema = all_types()[type_id].schema
    raw = schema.get("properties") or {}
    hidden = {k for k, v in raw.items() if v.get("hidden") and not v.get("api_field")}
    read_only = {k for k, v in raw.items() if v.get("readOnly")}
    assert typed.__required_keys__ | typed.__optional_keys__ == raw.keys() - hidden - read_only
    assert typed.__required_keys__ <= set(schema.get("required", ()))


def test_what_is_not_checked_is_the_value_itself():
    settings = {"key": 5}
    assert configurations.Unchecked(settings) is settings


def test_an_editor_completes_types_keys_and_values(tmp_path: Path):
    file = tmp_path / "__main__.py"
    (tmp_path / "pyrightconfig.json").write_text("{}")
    start = "from polytomic_provider import Connection\n"
    with editor(tmp_path) as there:
        types = there.completions(file, start + 'Connection("crm", type="|")')
        keys = there.completions(
            file, start + 'Connection("crm", type="zoho_crm", configuration={"|"})'
        )
        values = there.completions(
            file,
            start + 'Connection("crm", type="awsathena", configuration={"auth_mode": "|"})',
        )
    assert types == {f'"{one}"' for one in all_types()}
    assert keys == {'"client_id"', '"client_secret"', '"region"'}
    assert {'"access_key_and_secret"', '"iam_role"'} <= values
