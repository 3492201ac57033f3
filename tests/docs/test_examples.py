"""Whoever deploys an example and looks again sees nothing to do: all of them, from everywhere."""

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from polytomic_emulator import RunningEmulator
from tests.docs.examples import (
    COMMANDS,
    COMPLETIONS,
    NO_PROGRAMS,
    NOT_RUN,
    OTHER_LANGUAGES,
    PAGES,
    ROOT,
    Block,
    Completion,
    blocks,
)
from tests.engine.deployment import PROJECT, Deployment

BLOCKS = blocks()
PYTHON = [one for one in BLOCKS if one.language == "python"]


def _is(block: Block, key: tuple[str, str]) -> bool:
    return block.place == key[0] and key[1] in block.text


def _is_python(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def _programs() -> list[Any]:
    """Each program with what completes it."""
    programs = [one for one in PYTHON if not any(_is(one, key) for key in NO_PROGRAMS)]
    return [pytest.param(one.text, _completion(one), id=one.place) for one in programs]


def _completion(block: Block) -> Completion:
    found = [value for key, value in COMPLETIONS.items() if _is(block, key)]
    return found[0] if found else Completion()


@pytest.mark.torture
@pytest.mark.parametrize(("text", "completion"), _programs())
def test_after_any_example_the_preview_is_empty(tmp_path: Path, text: str, completion: Completion):
    with RunningEmulator(consent_after=0.2) as emulator:
        for shown, written in completion.before(emulator).items():
            text = text.replace(shown, written)
        environment = {
            "POLYTOMIC_DEPLOYMENT_URL": emulator.url,
            "POLYTOMIC_API_KEY": emulator.api_key,
        }
        if completion.partner:
            del environment["POLYTOMIC_API_KEY"]
            environment |= {
                "POLYTOMIC_PARTNER_KEY": emulator.partner_key,
                "POLYTOMIC_ORGANIZATION_ID": emulator.organization_id,
            }
        deployment = Deployment(tmp_path, environment).create(_project(completion))
        deployment.program(completion.prelude + text)
        for key, value in completion.config.items():
            declared = completion.project.get("config", {}).get(key, {"secret": True})
            kept = "--secret" if declared.get("secret") else "--plaintext"
            deployment.pulumi("config", "set", kept, key, value).ok()
        deployment.up().ok()
        deployment.preview("--expect-no-changes").ok()
        deployment.preview("--refresh", "--expect-no-changes").ok()


def test_no_program_has_a_mistake_that_a_type_checker_finds(tmp_path: Path):
    for number, program in enumerate(_programs()):
        text, completion = program.values
        (tmp_path / f"program_{number}.py").write_text(completion.prelude + text, "utf-8")
    command = [sys.executable, "-m", "basedpyright", "--pythonpath", sys.executable]
    settings = tmp_path / "pyrightconfig.json"
    settings.write_text(json.dumps({"typeCheckingMode": "standard"}))
    done = subprocess.run(
        [*command, "--outputjson"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    found = json.loads(done.stdout)["generalDiagnostics"]
    assert [one for one in found if one["severity"] == "error"] == []


def _project(completion: Completion) -> str:
    """The project's file, with the program in its own folder and run by this Python."""
    if not completion.project:
        return PROJECT
    kept = {key: value for key, value in completion.project.items() if key != "main"}
    runtime = {"name": "python", "options": {"virtualenv": sys.prefix}}
    return yaml.safe_dump({**kept, "runtime": runtime})


def test_every_block_is_a_program_or_known_not_to_be_one():
    others = [one for one in BLOCKS if one.language not in {"python", *OTHER_LANGUAGES}]
    assert [one for one in others if one.language or _is_python(one.text)] == []
    for key in (*COMPLETIONS, *NO_PROGRAMS):
        assert len([one for one in PYTHON if _is(one, key)]) == 1, key


def test_every_command_is_run_by_a_test_or_says_why_not():
    unrun: set[str] = set()
    for page in PAGES:
        text = NOT_RUN.sub("", page.read_text(encoding="utf-8"))
        if "```sh" in text:
            unrun.add(str(page.relative_to(ROOT)))
    assert unrun == set(COMMANDS)
    assert [test for test in COMMANDS.values() if not (ROOT / test).exists()] == []
