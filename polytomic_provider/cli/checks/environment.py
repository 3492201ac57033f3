"""Checks of this machine: versions, the project, and the settings."""

import platform
import re
import shutil
from collections.abc import Generator, Iterator
from importlib.metadata import PackageNotFoundError, metadata, version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from polytomic_provider.cli.checks.finding import Finding, fix, note
from polytomic_provider.cli.project import (
    PulumiFailed,
    StackConfiguration,
    project_folder,
    pulumi,
    selected_stack,
    stack_configuration,
)
from polytomic_provider.host.stack_file import account_keys_in_clear

if TYPE_CHECKING:
    from polytomic_provider.api import Settings

PACKAGE: Final = "pulumi-polytomic"
LOWEST_ENGINE: Final = "3.219"
KEYS: Final = ("polytomic:apiKey", "polytomic:partnerKey", "polytomic:deploymentKey")


def check_versions() -> Iterator[Finding]:
    """Look at Python, this package, Pulumi's SDK and its engine."""
    yield _ranged("Python", platform.python_version(), str(metadata(PACKAGE)["Requires-Python"]))
    yield Finding(PACKAGE, version(PACKAGE))
    wanted = next(
        one for one in metadata(PACKAGE).get_all("Requires-Dist") or () if _is_sdk(str(one))
    )
    try:
        yield _ranged("Pulumi SDK", version("pulumi"), str(wanted))
    except PackageNotFoundError:
        yield fix("Pulumi SDK", "not installed", f"pip install '{wanted}'")
    yield _engine()


def _engine() -> Finding:
    check = "Pulumi engine"
    try:
        found = pulumi("version").strip()
    except PulumiFailed as failed:
        return fix(check, str(failed), "install it, and put it on PATH")
    place = f"{found.removeprefix('v')} ({shutil.which('pulumi')})"
    if _numbers(found) < _numbers(LOWEST_ENGINE):
        return fix(check, place, f"install {LOWEST_ENGINE} or newer")
    return Finding(check, place)


def check_project(
    stack: str | None, *, no_stack: bool
) -> Generator[Finding, None, StackConfiguration | None]:
    """Look at the project and its stack.

    Returns:
        What the stack's configuration says; None where it cannot be read.
    """
    folder = project_folder()
    if no_stack or (folder is None and stack is None):
        why = "--no-stack" if no_stack else "no Pulumi.yaml here or above"
        yield Finding("Project", f"none ({why}): settings of the environment")
        return StackConfiguration()
    yield _project(folder)
    try:
        name = stack or selected_stack()
        if name is None:
            yield note(
                "Stack",
                "none is selected: settings of the environment",
                "pulumi stack select NAME",
            )
            return StackConfiguration()
        configuration = stack_configuration(name)
    except PulumiFailed as failed:
        yield fix("Stack", str(failed), "see to it that `pulumi config` works here, or --no-stack")
        return None
    yield Finding("Stack", name)
    for key in KEYS:
        if key in configuration.in_clear:
            yield _in_clear(key, f"pulumi config set --secret {key}")
    for key in account_keys_in_clear(name, folder or Path.cwd()):
        yield _in_clear(key, f"pulumi config set --path --secret '{key}'")
    return configuration


def _in_clear(key: str, command: str) -> Finding:
    return fix(
        "Stack",
        f"{key} stands in clear in its file, and is refused there",
        f"make a new key, then {command}",
    )


def _project(folder: Path | None) -> Finding:
    if folder is None:
        return fix("Project", "no Pulumi.yaml here or above", "go to the project's folder")
    text = (folder / "Pulumi.yaml").read_text(encoding="utf-8", errors="replace")
    if re.search(r"\brefresh:\s*['\"]?always\b", text):
        return Finding("Project", str(folder))
    return note(
        "Project",
        f"{folder}: Pulumi.yaml does not have `refresh: always`, so changes that were made outside"
        " are not seen",
        "add to Pulumi.yaml: options: {refresh: always}",
    )


def check_settings(settings: "Settings") -> Iterator[Finding]:
    """Look at where each setting came from; the key itself is never shown."""
    places = settings.provenance
    if settings.account is not None:
        yield Finding("Account", settings.account)
    yield Finding("Key", f"{settings.key_kind.value} from {settings.key_place()}")
    yield Finding("Address", f"{settings.url} ({places.get('url', 'default')})")
    for name, place in places.items():
        if name not in ("key", "url") and place != "default":
            value = getattr(settings, name)
            yield Finding("Setting", settings.redact(f"{name} {value} ({place})"))


def _is_sdk(requirement: str) -> bool:
    return re.match(r"pulumi\s*[<>=~!(]", requirement) is not None


def _ranged(check: str, found: str, wanted: str) -> Finding:
    """Whether a version is in a range such as `>=3.235,<4`."""
    limits = re.findall(r"(>=|<)\s*([\d.]+)", wanted)
    number = _numbers(found)
    fits = all(
        number >= _numbers(limit) if sign == ">=" else number < _numbers(limit)
        for sign, limit in limits
    )
    if fits:
        return Finding(check, found)
    return fix(check, found, f"install {', '.join(f'{sign}{limit}' for sign, limit in limits)}")


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text)[:2])
