"""The tutorial is walked as it is written: its commands typed, its program put together."""

import re
from pathlib import Path
from textwrap import dedent

import httpx
import pytest

from tests.docs.walk import ROOT, Walk, build_wheel, free_port, lend_dependencies

PAGE = (ROOT / "docs" / "tutorial" / "1-emulator.md").read_text(encoding="utf-8")
BLOCK = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```', re.MULTILINE | re.DOTALL)


@pytest.mark.torture
@pytest.mark.timeout(900)
def test_whoever_follows_the_tutorial_lands_rows_and_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "pulumi-polytomic" / "dist").mkdir(parents=True)
    build_wheel(tmp_path / "pulumi-polytomic" / "dist")
    folder = tmp_path / "contacts"
    port = str(free_port())
    address = f"http://127.0.0.1:{port}"
    ran: list[str] = []
    shown: list[str] = []
    with Walk(tmp_path) as walk:
        for language, title, text in BLOCK.findall(PAGE.replace("8080", port)):
            if title == "second terminal":
                walk.enter_in_another_terminal(text.strip(), folder, address)
            elif language == "sh":
                if text.strip() == "pulumi destroy":
                    ran = _runs(walk, address)
                shown.append(walk.enter(dedent(text)))
            else:
                with (folder / title).open("a", encoding="utf-8") as file:
                    file.write(text)
            if (folder / ".venv").exists():
                lend_dependencies(folder / ".venv")
        there = httpx.get(f"{address}/api/connections", headers={"Authorization": "Bearer try-it"})
    assert ran == ["completed"]
    assert "Sync 'contacts-to-netsuite'" in "".join(shown)
    assert there.json()["data"] == []


def _runs(walk: Walk, address: str) -> list[str]:
    """The states of the sync's runs, which wrote something; nothing is left to deploy."""
    sync = walk.enter("pulumi stack output sync_id").strip()
    key = {"Authorization": "Bearer try-it"}
    found = httpx.get(f"{address}/api/syncs/{sync}/executions", headers=key).json()["data"]
    assert all(run["counts"]["insert"] + run["counts"]["update"] > 0 for run in found)
    assert walk.enter("pulumi preview --expect-no-changes")
    return [run["status"] for run in found]
