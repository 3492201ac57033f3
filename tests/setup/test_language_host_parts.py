"""The pure parts of the language host: which Python, which command line, what an exit means."""

from pathlib import Path
from typing import Any

import pytest
from pulumi.runtime.proto import language_pb2

from tools.engine.language_host import dependencies, plugin, program
from tools.engine.language_host.interpreter import (
    Interpreter,
    InterpreterError,
    effective_toolchain,
    find_interpreter,
    read_options,
    virtualenv_path,
)

PYTHON = Interpreter(Path("/venv/bin/python"), Path("/venv"))


def make_virtualenv(folder: Path) -> Path:
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").touch(mode=0o755)
    return folder


def plugin_request(folder: Path, kind: str = "resource") -> Any:
    info = language_pb2.ProgramInfo(program_directory=str(folder), entry_point=".")
    return language_pb2.RunPluginRequest(info=info, kind=kind, args=["127.0.0.1:7"])


def test_the_virtualenv_option_is_relative_to_the_project(tmp_path: Path) -> None:
    virtualenv = make_virtualenv(tmp_path / "env")
    options = read_options(str(tmp_path), str(tmp_path / "program"), {"virtualenv": "env"})

    assert find_interpreter(options, {}) == Interpreter(virtualenv / "bin" / "python", virtualenv)


def test_a_uv_lock_above_the_program_means_uv_and_its_environment(tmp_path: Path) -> None:
    (tmp_path / "uv.lock").touch()
    program_folder = tmp_path / "stacks" / "a"
    program_folder.mkdir(parents=True)
    options = read_options(str(tmp_path), str(program_folder), {})

    assert effective_toolchain(options) == "uv"
    assert virtualenv_path(options) == tmp_path / ".venv"


def test_an_unknown_toolchain_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(InterpreterError, match="'conda'; known are: auto, pip, poetry, uv"):
        read_options(str(tmp_path), "", {"toolchain": "conda"})


def test_a_folder_that_is_no_virtual_environment_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "env").mkdir()
    options = read_options(str(tmp_path), "", {"virtualenv": "env"})

    with pytest.raises(InterpreterError, match="env, which is no virtual environment"):
        find_interpreter(options, {})


def test_no_python_at_all_names_what_was_looked_for(tmp_path: Path) -> None:
    options = read_options(str(tmp_path), "", {})

    with pytest.raises(InterpreterError, match="python3 and python on PATH"):
        find_interpreter(options, {"PATH": str(tmp_path)})


def test_a_virtual_environment_is_activated_for_the_program() -> None:
    environment = PYTHON.environment({"PATH": "/usr/bin", "PYTHONHOME": "/elsewhere"})

    assert environment == {"PATH": "/venv/bin:/usr/bin", "VIRTUAL_ENV": "/venv"}


def test_the_command_line_carries_the_whole_request() -> None:
    request = language_pb2.RunRequest(
        monitor_address="m:1",
        project="p",
        stack="s",
        pwd="/program",
        dryRun=True,
        parallel=16,
        organization="o",
        info=language_pb2.ProgramInfo(root_directory="/root-of-project", entry_point="."),
        args=["--user"],
    )

    command = program.command_line(PYTHON, Path("/bin/exec"), "e:2", request)

    expected = (
        "/venv/bin/python -u /bin/exec --monitor m:1 --engine e:2 --project p"
        " --root_directory /root-of-project --stack s --pwd /program --dry_run true"
        " --parallel 16 --organization o . --user"
    )
    assert command == expected.split()


@pytest.mark.parametrize(
    ("code", "ended_on_request", "expected"),
    [
        (0, False, program.RowResult()),
        (32, False, program.RowResult(bail=True)),
        (-15, True, program.RowResult(bail=True)),
        (1, False, program.RowResult(error="Program exited with non-zero exit code: 1")),
        (-9, False, program.RowResult(error="Program was ended by signal 9")),
    ],
)
def test_an_exit_code_becomes_what_the_engine_is_told(
    code: int, ended_on_request: bool, expected: program.RowResult
) -> None:
    assert program.outcome(code, ended_on_request=ended_on_request) == expected


def test_a_policy_pack_runs_under_the_sdks_policy_module(tmp_path: Path) -> None:
    command = plugin.command_line(PYTHON, plugin_request(tmp_path, "analyzer"))

    assert command[2:] == ["-m", "pulumi.policy", "127.0.0.1:7", str(tmp_path)]


def test_a_plugin_with_a_main_module_runs_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "__main__.py").touch()
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "my-plugin"\n')

    assert plugin.command_line(PYTHON, plugin_request(tmp_path))[2:] == [
        str(tmp_path),
        "127.0.0.1:7",
    ]


def test_a_packaged_plugin_runs_under_the_sdks_plugin_module(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "my-plugin"\n')

    command = plugin.command_line(PYTHON, plugin_request(tmp_path))

    assert command[2:] == ["-m", "pulumi.run.plugin", "my-plugin", "127.0.0.1:7"]


def test_an_installed_packages_plugin_is_required(tmp_path: Path) -> None:
    virtualenv = make_virtualenv(tmp_path / "env")
    packages = virtualenv / "lib" / "python3.11" / "site-packages"
    for name, text in {
        "pulumi_random": '{"resource": true, "name": "random", "version": "4.16.0"}',
        "pulumi_extras": '{"resource": false, "name": "extras"}',
    }.items():
        (packages / name).mkdir(parents=True)
        (packages / name / "pulumi-plugin.json").write_text(text)

    found = dependencies.required_plugins(Interpreter(virtualenv / "bin" / "python", virtualenv))

    assert found == [dependencies.PluginDependency("random", "4.16.0", "")]


def test_pulumi_install_makes_the_environment_and_installs_the_requirements(
    tmp_path: Path,
) -> None:
    (tmp_path / "requirements.txt").touch()
    options = read_options(str(tmp_path), str(tmp_path), {"virtualenv": "env"})

    commands = list(dependencies.install_commands(options, Path("/usr/bin/python3")))

    assert commands == [
        ["/usr/bin/python3", "-m", "venv", str(tmp_path / "env")],
        [str(tmp_path / "env/bin/python"), "-m", "pip", "install", "-r", "requirements.txt"],
    ]
