"""The pytest plugin of this package: an emulator for a test, and stacks that deploy to it.

def test_the_pipeline_deploys(polytomic_stack):
    stack = polytomic_stack(config={"salesforceDomain": "acme.my.salesforce.com"})
    stack.up()

pytest loads it by itself where the package is installed; until a fixture is used it imports
nothing beyond pytest.
"""

import json
import os
import re
import shutil
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

import pytest

if TYPE_CHECKING:
    from pulumi.automation import ConfigValue, Stack

    from polytomic_emulator import RunningEmulator

MARKER = "polytomic_emulator"
_PROJECT_FILE = re.compile(r"Pulumi\.(yaml|yml|json)")
_STACK_FILE = re.compile(r"Pulumi\..+\.(yaml|yml|json)")
_ENGINE = "https://www.pulumi.com/docs/iac/download-install/"


class StackFactory(Protocol):
    """What the fixture `polytomic_stack` is."""

    def __call__(
        self,
        work_dir: str | Path | None = None,
        *,
        config: "Mapping[str, str | ConfigValue] | None" = None,
        name: str | None = None,
    ) -> "Stack":
        """A new stack of the project in `work_dir`, deploying to the test's emulator.

        work_dir: folder with Pulumi.yaml; default: where the test's file is, or above it.
        config: the stack's configuration; `pulumi.automation.ConfigValue(..., secret=True)` for
            a secret.
        name: of the stack; default: a name that no other test uses.
        """
        ...


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line(
        "markers",
        f"{MARKER}(**options): options of the test's emulator, such as seed=7, consent_after=None,"
        " faults={'failure_rate': 0.05}; as for polytomic_emulator.RunningEmulator",
    )


@pytest.fixture
def polytomic_emulator(request: pytest.FixtureRequest) -> "Iterator[RunningEmulator]":
    """An emulator of Polytomic's API with a fresh workspace: `url`, `api_key`, control methods.

    OAuth connections are authorized by themselves. `@pytest.mark.polytomic_emulator(...)` gives
    other options, such as `consent_after=None`: then the test says when with `authorize`.
    """
    try:
        from polytomic_emulator.running import RunningEmulator
    except ModuleNotFoundError as error:
        pytest.fail(
            f"The fixture polytomic_emulator needs the package {error.name}. Install what it"
            " needs with: pip install 'pulumi-polytomic[emulator]'",
            pytrace=False,
        )
    options: dict[str, Any] = {"consent_after": 0}
    for mark in reversed(list(request.node.iter_markers(MARKER))):
        options |= mark.kwargs
    try:
        emulator = RunningEmulator(**options)
    except (TypeError, ValueError) as error:
        pytest.fail(f"@pytest.mark.{MARKER}: {error}", pytrace=False)
    with emulator:
        yield emulator


@pytest.fixture
def polytomic_stack(
    request: pytest.FixtureRequest, polytomic_emulator: "RunningEmulator", tmp_path: Path
) -> StackFactory:
    """Makes stacks of your own project: real Pulumi, state in a folder of the test, no account.

    Each is a `pulumi.automation.Stack` with `preview`, `up`, `outputs`, `refresh`, `destroy`.
    Whatever the environment and the project say, it deploys to `polytomic_emulator`. It runs in a
    folder of the test that leads to the project's files; the project's own stack files are neither
    read nor written.
    """

    def create(
        work_dir: str | Path | None = None,
        *,
        config: "Mapping[str, str | ConfigValue] | None" = None,
        name: str | None = None,
    ) -> "Stack":
        project = Path(work_dir) if work_dir is not None else _project_of(request.path)
        name = name or f"test-{uuid.uuid4().hex[:8]}"
        folder = _stand_in(project.resolve(), tmp_path / f"project-{uuid.uuid4().hex[:8]}")
        stack = _create_stack(folder, name, tmp_path / "pulumi-state")
        stack.set_all_config(_configuration(config or {}, polytomic_emulator))
        return stack

    return create


def _project_of(test_file: Path) -> Path:
    for folder in test_file.parents:
        if any((folder / f"Pulumi.{kind}").is_file() for kind in ("yaml", "yml", "json")):
            return folder
    pytest.fail(
        f"There is no Pulumi.yaml in the folder of {test_file} or above it: name the project's"
        " folder, as in polytomic_stack('path/to/project')",
        pytrace=False,
    )


def _stand_in(project: Path, folder: Path) -> Path:
    """Make a folder that Pulumi takes for the project, and that it may write into."""
    folder.mkdir(parents=True)
    for file in project.iterdir():
        if _PROJECT_FILE.fullmatch(file.name):
            (folder / file.name).write_text(_project_from_elsewhere(file), encoding="utf-8")
        elif not _STACK_FILE.fullmatch(file.name):
            try:
                (folder / file.name).symlink_to(file, target_is_directory=file.is_dir())
            except OSError:  # Windows lets not everybody make links
                copy = shutil.copytree if file.is_dir() else shutil.copy
                copy(file, folder / file.name)
    return folder


def _project_from_elsewhere(file: Path) -> str:
    """The project's description in which relative paths lead to where they led."""
    import yaml

    project: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
    if not isinstance(project, dict):
        return file.read_text(encoding="utf-8")  # Pulumi says what is wrong with it
    described = cast("dict[str, Any]", project)
    runtime: Any = described.get("runtime")
    options: Any = runtime.get("options") if isinstance(runtime, dict) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    for place, key in ((described, "main"), (cast("dict[str, Any]", options or {}), "virtualenv")):
        if isinstance(place.get(key), str):
            place[key] = str(file.parent / place[key])
    return json.dumps(described)


def _create_stack(project: Path, name: str, state: Path) -> "Stack":
    from pulumi import automation

    state.mkdir(exist_ok=True)
    environment = {
        "PULUMI_BACKEND_URL": state.as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": "a test's own",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "POLYTOMIC_ORGANIZATION_ID": "",
    }
    try:
        return automation.create_stack(
            name,
            work_dir=str(project),
            opts=automation.LocalWorkspaceOptions(env_vars=environment),
        )
    except FileNotFoundError:
        pytest.fail(
            "The fixture polytomic_stack needs the command `pulumi` on PATH"
            f" ({os.environ.get('PATH', '')}). Install it from {_ENGINE}",
            pytrace=False,
        )


def _configuration(
    config: "Mapping[str, str | ConfigValue]", emulator: "RunningEmulator"
) -> "dict[str, ConfigValue]":
    from pulumi.automation import ConfigValue

    given = {
        key: ConfigValue(value) if isinstance(value, str) else value
        for key, value in config.items()
    }
    # The stack's configuration wins over the project's and the environment's: no test may reach
    # a real workspace because of a key that happens to lie there.
    return given | {
        "polytomic:url": ConfigValue(emulator.url),
        "polytomic:apiKey": ConfigValue(emulator.api_key, secret=True),
    }
