"""The how-to pages: their commands are typed, what they say of failures happens."""

import re
import sys
from pathlib import Path

import pytest

from polytomic_emulator import RunningEmulator
from tests.docs.walk import ROOT, Walk
from tests.engine.deployment import Deployment

PROJECT = f"""
name: contacts
runtime: {{name: python, options: {{virtualenv: {sys.prefix}}}}}
options: {{refresh: always}}
"""
PROGRAM = """
from polytomic_provider import Role

Role("analysts")
"""
IMPORTS = """
import pulumi
from polytomic_provider import *
"""


def _blocks(page: str, language: str) -> list[str]:
    text = (ROOT / "docs" / "how-to" / f"{page}.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}[^\n]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.mark.torture
@pytest.mark.parametrize("page", ["recover", "secrets", "workspaces"])
def test_the_commands_of_a_page_work_on_a_stack_that_is_deployed(tmp_path: Path, page: str) -> None:
    (tmp_path / "Pulumi.yaml").write_text(PROJECT)
    (tmp_path / "__main__.py").write_text(PROGRAM)
    with RunningEmulator() as emulator, Walk(tmp_path) as walk:
        walk.enter(
            f"export POLYTOMIC_DEPLOYMENT_URL={emulator.url} POLYTOMIC_API_KEY={emulator.api_key}\n"
            "export PULUMI_BACKEND_URL=file://$PWD PULUMI_CONFIG_PASSPHRASE=try-it\n"
            "pulumi stack init live && pulumi up"
        )
        for command in _blocks(page, "sh"):
            walk.enter(command)
        made = [one["name"] for one in emulator.list_stored("role") if not one["system"]]
    assert made == ["analysts"]


@pytest.mark.torture
def test_a_forgotten_gate_fails_as_the_page_says_and_adding_it_replaces_nothing(
    tmp_path: Path,
) -> None:
    without, added = _blocks("gates", "python")
    (told,) = _blocks("gates", "text")
    with RunningEmulator() as emulator:
        environment = {
            "POLYTOMIC_DEPLOYMENT_URL": emulator.url,
            "POLYTOMIC_API_KEY": emulator.api_key,
        }
        deployment = Deployment(tmp_path, environment).create()
        deployment.program(IMPORTS + without)
        failed = deployment.up("--skip-preview").failed().text
        words = " ".join(failed.split())
        for part in (
            told.split("is unauthorized")[0],
            told.split("To fix: ")[1].split("\nopen")[0],
        ):
            assert " ".join(part.split()) in words
        (connection,) = emulator.connections()
        emulator.authorize(connection["id"])
        emulator.finish_schema(connection["id"])
        deployment.up("--skip-preview").ok()
        (model,) = emulator.models()

        deployment.program(IMPORTS + without.split("contacts = ")[0] + added)
        deployment.up("--skip-preview").ok()
        assert [one["id"] for one in emulator.models()] == [model["id"]]


@pytest.mark.torture
def test_one_program_with_a_partner_key_makes_objects_in_two_workspaces(tmp_path: Path) -> None:
    _, program = _blocks("workspaces", "python")
    with RunningEmulator(consent_after=0.2) as emulator:
        acme, globex = (emulator.workspace(name)["organization_id"] for name in ("Acme", "Globex"))
        environment = {
            "POLYTOMIC_DEPLOYMENT_URL": emulator.url,
            "POLYTOMIC_PARTNER_KEY": emulator.partner_key,
            "POLYTOMIC_ORGANIZATION_ID": emulator.organization_id,
        }
        deployment = Deployment(tmp_path, environment).create()
        deployment.deploy(f"{IMPORTS}\nACME, GLOBEX = {acme!r}, {globex!r}\n{program}")
        made = emulator.all_stored()
        assert sorted(one["organization_id"] for one in made["model"]) == sorted([acme, globex])
        deployment.preview("--refresh", "--expect-no-changes").ok()


@pytest.mark.torture
def test_one_program_with_two_accounts_makes_objects_in_two_workspaces(tmp_path: Path) -> None:
    program, _ = _blocks("workspaces", "python")
    with RunningEmulator(consent_after=0.2) as emulator:
        eu, us = (emulator.workspace(name) for name in ("Europe", "America"))
        keys = {"EU": eu["api_key"], "US": us["api_key"]}
        environment = {
            "POLYTOMIC_API_KEY": eu["api_key"],
            "POLYTOMIC_DEPLOYMENT_URL": emulator.url,
            **{f"POLYTOMIC_API_KEY_{name}": key for name, key in keys.items()},
            **{f"POLYTOMIC_DEPLOYMENT_URL_{name}": emulator.url for name in keys},
        }
        deployment = Deployment(tmp_path, environment).create()
        deployment.deploy(f'{IMPORTS}\nRole("here")\n{program}')
        made = emulator.all_stored()
        assert [one["organization_id"] for one in made["model"]] == [us["organization_id"]]
        here = [one["organization_id"] for one in made["role"] if one["name"] == "here"]
        assert here == [eu["organization_id"]]
        deployment.preview("--refresh", "--expect-no-changes").ok()
