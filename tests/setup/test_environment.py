"""Set-up's own parts: choosing a Python, stamps, locks, failures, links."""

import subprocess
import sys
from pathlib import Path

import pytest

from tools.environment.checkout import Checkout
from tools.environment.errors import SetupError
from tools.environment.progress import Task, run
from tools.environment.stamp import digest, read_stamp, write_stamp
from tools.environment.virtualenv import ensure_virtualenv, link_programs

ROOT = Path(__file__).parents[2]


def make_executable(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def find_python(folder: Path, asked: str = "") -> subprocess.CompletedProcess[str]:
    """Runs a copy of tools/find_python beside no .venv, with only `folder/bin` on PATH."""
    script = make_executable(folder / "tools" / "find_python", "")
    script.write_text((ROOT / "tools" / "find_python").read_text())
    (folder / "bin").mkdir(exist_ok=True)
    # All that the script itself needs.
    (folder / "bin" / "dirname").symlink_to("/usr/bin/dirname")
    return subprocess.run(
        ["/bin/sh", script, asked],
        env={"PATH": str(folder / "bin")},
        capture_output=True,
        text=True,
    )


def test_a_python_that_does_not_fit_is_passed_over(tmp_path: Path) -> None:
    make_executable(tmp_path / "bin" / "python3", "exit 1")
    fitting = make_executable(tmp_path / "bin" / "python3.12", "exit 0")

    assert find_python(tmp_path).stdout.strip() == str(fitting)


def test_no_fitting_python_is_said_with_what_was_tried(tmp_path: Path) -> None:
    found = find_python(tmp_path)

    assert found.returncode == 1
    assert "3.11, 3.12 or 3.13 is needed" in found.stderr
    assert "python3 python3.13 python3.12 python3.11" in found.stderr


def test_a_python_without_venv_names_the_package_to_install(tmp_path: Path) -> None:
    make_executable(tmp_path / "bin" / "python3", 'case "$2" in *venv*) exit 1;; esac')

    found = find_python(tmp_path)

    assert found.returncode == 1
    assert "python3-venv" in found.stderr


def test_only_the_python_that_was_asked_for_is_tried(tmp_path: Path) -> None:
    make_executable(tmp_path / "bin" / "python3", "exit 0")

    assert "tried: python9." in find_python(tmp_path, "python9").stderr


def test_contents_that_move_between_files_change_the_digest() -> None:
    assert digest(b"ab", b"c") != digest(b"a", b"bc")


def test_a_stamp_is_read_back_and_a_broken_one_counts_as_none(tmp_path: Path) -> None:
    stamp = tmp_path / "stamp.json"
    assert read_stamp(stamp) == {}

    write_stamp(stamp, {"lock": "1"})
    assert read_stamp(stamp) == {"lock": "1"}

    stamp.write_text('{"lock": ')
    assert read_stamp(stamp) == {}


def task(folder: Path, *command: str, timeout: float | None = None) -> Task:
    return Task("Doing it", command, folder / "log" / "it.log", folder, timeout=timeout)


def test_a_failed_command_is_reported_with_the_end_of_its_output(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"(?s)Doing it failed \(exit code 3\).*no space left"):
        run(task(tmp_path, "/bin/sh", "-c", "echo no space left; exit 3"))


def test_a_command_beyond_its_time_is_ended(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="not done after 1 s"):
        run(task(tmp_path, "/bin/sh", "-c", "sleep 600", timeout=1.0))


def test_a_command_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="no-such-command does not start"):
        run(task(tmp_path, str(tmp_path / "no-such-command")))


def test_a_second_set_up_waits_for_the_first(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    hold = (
        "import sys, pathlib; from tools.environment.exclusive import exclusive\n"
        "with exclusive(pathlib.Path(sys.argv[1]), waiting='waiting for the first'):\n"
        "    print('inside', flush=True); sys.stdin.readline()\n"
    )
    command = [sys.executable, "-c", hold, str(lock)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as first:
        assert first.stdin is not None
        assert first.stdout is not None
        assert first.stdout.readline() == "inside\n"
        with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as second:
            assert second.stdin is not None
            assert second.stdout is not None
            assert second.stdout.readline() == "waiting for the first\n"
            first.kill()
            assert second.stdout.readline() == "inside\n"
            second.stdin.close()


def test_every_program_gets_a_link_to_the_virtual_environment(tmp_path: Path) -> None:
    program = tmp_path / "stacks" / "a"
    program.mkdir(parents=True)
    (program / "__main__.py").touch()
    (tmp_path / ".venv").mkdir()

    assert link_programs(Checkout(tmp_path))
    assert not link_programs(Checkout(tmp_path))
    assert (program / ".venv").resolve() == tmp_path / ".venv"


def test_a_folder_in_the_way_of_the_link_is_named(tmp_path: Path) -> None:
    (tmp_path / "stacks" / "a" / ".venv").mkdir(parents=True)
    (tmp_path / "stacks" / "a" / "__main__.py").touch()

    with pytest.raises(SetupError, match=r"a/\.venv is in the way"):
        link_programs(Checkout(tmp_path))


def test_a_linked_virtual_environment_of_another_checkout_is_left_alone(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    (theirs / "bin").mkdir(parents=True)
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / ".venv").symlink_to(theirs)
    for name in ("pyproject.toml", "requirements.lock"):
        (mine / name).write_text("")

    with pytest.raises(SetupError, match="a link to a virtual environment of another checkout"):
        ensure_virtualenv(Checkout(mine))

    assert (theirs / "bin").is_dir()
