"""Which engine set-up takes: the installed one if it is good enough."""

import re
from pathlib import Path

import pytest

from tools.engine.from_path import find_installed
from tools.engine.release import COMPANIONS, Version, minimum_version, pinned_version
from tools.environment.checkout import Checkout

CHECKOUT = Checkout(Path(__file__).parents[2])


def install(folder: Path, version: str, companions: tuple[str, ...] = COMPANIONS) -> Path:
    folder.mkdir(parents=True)
    for name in ("pulumi", *companions):
        (folder / name).write_text(f"#!/bin/sh\necho {version}\n")
        (folder / name).chmod(0o755)
    return folder


def test_an_installed_engine_is_taken_with_what_is_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = install(tmp_path / "bin", "v3.300.1")
    monkeypatch.setenv("PATH", str(folder))

    found = find_installed(CHECKOUT)

    assert found == {name: folder / name for name in ("pulumi", *COMPANIONS)}


def test_a_link_to_an_engine_leads_to_the_plugins_beside_the_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = install(tmp_path / "opt", "v3.300.1")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "pulumi").symlink_to(folder / "pulumi")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))

    found = find_installed(CHECKOUT)

    assert found is not None
    assert found["pulumi-language-python"] == folder / "pulumi-language-python"


@pytest.mark.parametrize(
    ("version", "companions", "reason"),
    [
        ("v3.218.9", COMPANIONS, "older than 3.219.0"),
        ("v3.300.1", COMPANIONS[1:], "no pulumi-language-python beside it"),
    ],
)
def test_an_engine_that_does_not_do_is_passed_over_with_the_reason(
    version: str,
    companions: tuple[str, ...],
    reason: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PATH", str(install(tmp_path / "bin", version, companions)))

    assert find_installed(CHECKOUT) is None
    assert reason in capsys.readouterr().out


def test_the_checkouts_own_engine_does_not_count_as_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout = Checkout(tmp_path)
    monkeypatch.setenv("PATH", str(install(checkout.engine_bin, "v3.300.1")))

    assert find_installed(checkout) is None


def test_versions_are_ordered_by_their_numbers() -> None:
    assert Version.parse("v3.99.0") < Version.parse("3.219") < Version.parse("v3.219.1-alpha.2")


def test_the_pinned_engine_is_no_older_than_the_locked_sdk() -> None:
    locked = _locked("requirements.lock")

    assert pinned_version(CHECKOUT) >= locked > minimum_version()
    assert f"pulumi=={locked}\n" in (CHECKOUT.root / "tools/lock-constraints.txt").read_text()


def test_the_lowest_sdk_that_is_tested_is_the_lowest_that_is_declared() -> None:
    declared = re.search(r'"pulumi>=([\d.]+),<\d+"', CHECKOUT.pyproject.read_text())
    assert declared is not None
    assert _locked("requirements-lowest.lock") == Version.parse(declared[1])


def _locked(name: str) -> Version:
    (line,) = re.findall(r"^pulumi==(\S+)", (CHECKOUT.root / name).read_text(), re.MULTILINE)
    return Version.parse(line)
