"""A program and the provider's process import what they use, and nothing else."""

import subprocess
import sys

import pytest

from polytomic_provider.kinds import HANDLERS

_PROGRAM = """
import sys
{statement}
print("\\n".join(sys.modules))
"""


def _imported_by(statement: str) -> set[str]:
    script = _PROGRAM.format(statement=statement)
    done = subprocess.run(
        (sys.executable, "-c", script), capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "statement",
    [
        "from polytomic_provider import Connection",
        "import polytomic_provider.dynamic",
        "from polytomic_provider.kinds import HANDLERS; HANDLERS['Connection']",
    ],
)
def test_connections_alone_import_no_other_kind(statement: str) -> None:
    imported = _imported_by(statement)
    kinds = {one for one in imported if one.startswith("polytomic_provider.kinds.")}
    others = {type(HANDLERS[one]).__module__ for one in HANDLERS if one != "Connection"}
    assert others & kinds == set()
    assert "polytomic_provider.api.wire.sync_reply" not in imported
    assert "polytomic_provider.previews.forecast" not in imported


def test_httpx_loads_no_command_line_though_rich_is_installed() -> None:
    imported = _imported_by("import polytomic_provider.dynamic, httpx")
    assert "httpx" in imported
    assert imported & {"rich", "click", "pygments", "httpx._main"} == set()


def test_what_type_checkers_read_is_not_loaded_by_a_program() -> None:
    imported = _imported_by("from polytomic_provider import Connection, ModelSyncPipeline")
    for read in ("configurations", "resources.connection_overloads", "resources.typed_connection"):
        assert f"polytomic_provider.{read}" not in imported
