"""The Python language host under the real engine: programs that fail, end, wait and get killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.engine.deployment import ENGINE, Deployment

DEADLINE_SECONDS = 60.0

# Writes its process id in one step, then waits for something that never comes.
WAITING_PROGRAM = """
    import os, pathlib, time
    pathlib.Path("pid.partial").write_text(str(os.getpid()))
    os.replace("pid.partial", "pid")
    time.sleep(600)
"""


@pytest.fixture
def deployment(tmp_path: Path) -> Deployment:
    return Deployment(tmp_path).create()


def wait_until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"still not so after {DEADLINE_SECONDS} s: {what}"
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@contextmanager
def waiting_program(deployment: Deployment) -> Generator[tuple[subprocess.Popen[str], int]]:
    """A running `pulumi up` whose program waits; gives the engine and the program's pid."""
    deployment.program(WAITING_PROGRAM)
    pid_file = deployment.folder / "project" / "pid"
    engine = subprocess.Popen(
        [ENGINE / "pulumi", "up", "--yes", "--skip-preview", "--non-interactive"],
        cwd=deployment.folder / "project",
        env=deployment.environ(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        wait_until(pid_file.exists, "the program has started")
        yield engine, int(pid_file.read_text())
    finally:
        engine.kill()
        engine.wait()


def messages(deployment: Deployment) -> list[str]:
    """What a preview reports as errors, one entry for each."""
    preview = json.loads(deployment.pulumi("preview", "--json").failed().text)
    diagnostics = preview.get("diagnostics", [])
    return [entry["message"] for entry in diagnostics if entry["severity"] == "error"]


def test_a_failing_program_is_reported_once_with_the_users_traceback(
    deployment: Deployment,
) -> None:
    deployment.program("def order():\n    raise ValueError('no such field')\n\norder()\n")

    (message,) = messages(deployment)

    assert "ValueError: no such field" in message
    assert "in order" in message
    assert "pulumi-language-python-exec" not in message


def test_a_run_error_is_printed_without_a_traceback(deployment: Deployment) -> None:
    deployment.program("import pulumi\nraise pulumi.RunError('two problems:\\n - a\\n - b')\n")

    first, *_ = reported = messages(deployment)

    assert first.strip() == "error: two problems:\n - a\n - b"
    assert "Traceback" not in "".join(reported)


def test_a_programs_own_exit_code_is_reported(deployment: Deployment) -> None:
    deployment.program("raise SystemExit(7)\n")

    assert "exit code: 7" in "".join(messages(deployment))


def test_what_a_program_prints_is_shown_on_the_stack(deployment: Deployment) -> None:
    deployment.program(
        "import sys\nprint('to standard output')\nprint('to standard error', file=sys.stderr)\n"
    )

    shown = deployment.preview().ok().text

    assert "to standard output" in shown
    assert "to standard error" in shown


def test_an_interrupt_ends_the_program_quietly(deployment: Deployment) -> None:
    with waiting_program(deployment) as (engine, program):
        engine.send_signal(signal.SIGINT)
        shown, _ = engine.communicate(timeout=DEADLINE_SECONDS)

        assert "update canceled" in shown
        assert "Traceback" not in shown
        assert "KeyboardInterrupt" not in shown
        assert not is_running(program)


def test_a_killed_engine_leaves_no_program_behind(deployment: Deployment) -> None:
    with waiting_program(deployment) as (engine, program):
        engine.kill()

        wait_until(lambda: not is_running(program), "the program has ended")


def test_a_failed_resource_ends_a_program_that_would_wait_for_ever(
    deployment: Deployment,
) -> None:
    (deployment.folder / "project" / "failing.py").write_text(
        "from pulumi.dynamic import Resource, ResourceProvider\n"
        "class Provider(ResourceProvider):\n"
        "    def create(self, props):\n"
        "        raise Exception('refused by the server')\n"
        "class Failing(Resource):\n"
        "    def __init__(self, name):\n"
        "        super().__init__(Provider(), name, {})\n"
    )
    deployment.environment["PYTHONPATH"] = str(deployment.folder / "project")
    deployment.program("""
        import asyncio, pulumi
        from failing import Failing
        Failing("a")
        pulumi.export("never", pulumi.Output.from_input(1).apply(lambda _: asyncio.sleep(600)))
    """)

    shown = deployment.pulumi("up", "--yes", "--skip-preview").failed().text

    assert "refused by the server" in shown
    assert "never" not in shown


def test_configuration_and_secrets_reach_the_program(deployment: Deployment) -> None:
    deployment.pulumi("config", "set", "plain", "first value").ok()
    deployment.pulumi("config", "set", "--secret", "hidden", "second value").ok()
    deployment.program("""
        import pulumi
        config = pulumi.Config()
        pulumi.export("plain", config.require("plain"))
        pulumi.export("hidden", config.require_secret("hidden"))
        pulumi.export("where", [pulumi.get_stack(), pulumi.get_project()])
    """)
    deployment.up().ok()

    assert deployment.outputs() == {
        "plain": "first value",
        "hidden": "[secret]",
        "where": ["dev", "proof"],
    }


def test_without_a_virtualenv_option_the_named_python_runs_the_program(tmp_path: Path) -> None:
    deployment = Deployment(tmp_path, {"PULUMI_PYTHON_CMD": sys.executable})
    deployment.create("name: proof\nruntime: python\n")
    deployment.program("import pulumi, sys\npulumi.export('python', sys.executable)\n")

    assert sys.executable in deployment.preview().ok().text


def test_a_missing_virtual_environment_is_named(tmp_path: Path) -> None:
    deployment = Deployment(tmp_path, virtualenv=Path("no-such-folder")).create()

    assert "no-such-folder" in deployment.preview().failed().text


def test_a_provider_from_source_runs_beside_the_program(deployment: Deployment) -> None:
    plugin = deployment.folder / "project" / "greeter"
    plugin.mkdir()
    (plugin / "PulumiPlugin.yaml").write_text(
        f"runtime:\n  name: python\n  options:\n    virtualenv: {deployment.virtualenv}\n"
    )
    (plugin / "__main__.py").write_text(
        "from typing import TypedDict\n"
        "import pulumi\n"
        "from pulumi.provider.experimental import component_provider_host\n"
        "class Args(TypedDict):\n"
        "    who: pulumi.Input[str]\n"
        "class Greeter(pulumi.ComponentResource):\n"
        "    greeting: pulumi.Output[str]\n"
        "    def __init__(self, name: str, args: Args, opts=None):\n"
        "        super().__init__('greeter:index:Greeter', name, {}, opts)\n"
        "        self.greeting = pulumi.Output.concat('Hello, ', args['who'])\n"
        "        self.register_outputs({'greeting': self.greeting})\n"
        "component_provider_host(name='greeter', components=[Greeter])\n"
    )
    project = deployment.folder / "project" / "Pulumi.yaml"
    project.write_text(
        project.read_text() + "plugins:\n  providers:\n  - name: greeter\n    path: ./greeter\n"
    )
    deployment.program("""
        import pulumi
        class Greeter(pulumi.ComponentResource):
            greeting: pulumi.Output[str]
            def __init__(self, name, who):
                properties = {"who": who, "greeting": None}
                super().__init__("greeter:index:Greeter", name, properties, remote=True)
        pulumi.export("greeting", Greeter("g", "engine").greeting)
    """)

    deployment.up().ok()

    assert deployment.outputs() == {"greeting": "Hello, engine"}


def test_about_lists_the_packages_of_the_programs_environment(deployment: Deployment) -> None:
    about = json.loads(deployment.pulumi("about", "--json").ok().text)

    assert "pulumi-polytomic" in {entry["name"] for entry in about["dependencies"]}
    assert about["runtime"]["executable"].startswith(str(deployment.virtualenv))
