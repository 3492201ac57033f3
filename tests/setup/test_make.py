"""`make setup`, plain `pulumi` in the root, and `make up` with its sisters."""

import json
import os
import re
import shutil
import signal
import stat
import subprocess
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from polytomic_emulator import RunningEmulator
from tests.setup.ports import own_emulator_port
from tests.setup.terminal import Terminal
from tools.environment.checkout import Checkout
from tools.stack.backend import backend_settings
from tools.stack.target import PIPELINE_VALUES

ROOT = Path(__file__).parents[2]


def clean_environment(folder: Path, **more: str) -> dict[str, str]:
    """Our environment with a Pulumi home in `folder` and nothing that leads to a stack."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PULUMI_", "POLYTOMIC_", "MAKE", "MFLAGS"))
    }
    return {
        **kept,
        "PULUMI_HOME": str(folder / "home"),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        **more,
    }


def run(
    *command: str | Path, cwd: Path, env: Mapping[str, str], code: int = 0
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    assert done.returncode == code, f"{command}:\n{done.stdout}\n{done.stderr}"
    return done


def few_programs(folder: Path) -> str:
    """Make a PATH with what POSIX's shell scripts may use, and not `ps`, `lsof` or `curl`."""
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    for name in ("sh", "dirname", "make", "sed", "expand"):
        link = programs / name
        if not link.is_symlink():
            link.symlink_to(shutil.which(name) or f"/bin/{name}")
    return str(programs)


def test_a_second_make_setup_has_nothing_to_do(tmp_path: Path) -> None:
    env = clean_environment(tmp_path, PATH=few_programs(tmp_path))
    done = run("make", "setup", cwd=ROOT, env=env)

    assert done.stdout == "Set up already: nothing to do.\n"


def test_plain_pulumi_preview_works_in_the_repository_root(tmp_path: Path) -> None:
    stack = f"test-{uuid.uuid4().hex[:12]}"
    (tmp_path / "state").mkdir()
    with RunningEmulator() as emulator:
        env = clean_environment(
            tmp_path,
            PATH=f".engine/bin:.venv/bin:{os.environ['PATH']}",
            PULUMI_BACKEND_URL=f"file://{tmp_path / 'state'}",
            PULUMI_CONFIG_PASSPHRASE="for this test only",
            POLYTOMIC_DEPLOYMENT_URL=emulator.url,
            POLYTOMIC_API_KEY=emulator.api_key,
        )
        try:
            run("pulumi", "stack", "init", stack, cwd=ROOT, env=env)
            for value in PIPELINE_VALUES:
                kind = "--secret" if value.secret else "--plaintext"
                setting = (value.key, value.sample or "made-up", kind, "--stack", stack)
                run("pulumi", "config", "set", *setting, cwd=ROOT, env=env)

            done = run("pulumi", "preview", "--stack", stack, cwd=ROOT, env=env)
        finally:
            (ROOT / f"Pulumi.{stack}.yaml").unlink(missing_ok=True)

    assert "to create" in done.stdout
    assert "from $PATH" not in done.stdout + done.stderr


FAKE_PYTHON = """#!/bin/sh
printf '%s\\n' "$PATH" >> "$NOTES/paths"
printf '%s\\n' "$*" >> "$NOTES/called"
"""


def test_make_works_in_folders_of_any_name(tmp_path: Path) -> None:
    """Every target, with a Python that only notes how it was called."""
    root = tmp_path / 'it\'s a $HOME `x` "clone" & \\ ü; #'
    python = root / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(FAKE_PYTHON)
    python.chmod(0o755)
    shutil.copy(ROOT / "Makefile", root)
    shutil.copytree(ROOT / "tools", root / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    listed = (ROOT / "Makefile").read_text().split(".PHONY:")[1].splitlines()[0].split()
    targets = set(listed) - {"help", "browser", "lock", "clean"}
    env = {"PATH": few_programs(tmp_path), "HOME": "/nowhere", "NOTES": str(tmp_path)}

    for target in sorted(targets):
        run("make", target, cwd=root, env=env)

    paths = {line for line in (tmp_path / "paths").read_text().splitlines() if line != env["PATH"]}
    assert paths == {f"{root}/.engine/bin:{root}/.venv/bin:{env['PATH']}"}
    called = (tmp_path / "called").read_text()
    for module in ("pytest", "ruff", "basedpyright", "tools.make_stack", "tools.make_setup"):
        assert f"-m {module}" in called


@pytest.mark.torture
def test_a_clone_in_a_folder_of_any_name_is_set_up_and_deploys(tmp_path: Path) -> None:
    root = tmp_path / 'it\'s a $HOME "clone" ü'
    run("git", "clone", "-q", ROOT, root, cwd=tmp_path, env=dict(os.environ))
    env = clean_environment(tmp_path)

    run("make", "setup", cwd=root, env=env)
    own_emulator_port(Checkout(root))
    deployed = run("make", "up", cwd=root, env=env).stdout
    stopped = run("make", "down", cwd=root, env=env).stdout

    assert "Stack dev is deployed" in deployed
    assert "The emulator has stopped" in stopped


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Checkout]:
    """A checkout of its own on this one's virtual environment and engine."""
    root = tmp_path / "checkout"
    root.mkdir()
    for name in (".venv", ".engine"):
        (root / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "Pulumi.yaml", root)
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("tools", "stacks"):
        shutil.copytree(ROOT / name, root / name, symlinks=True, ignore=ignored)
    checkout = Checkout(root)
    own_emulator_port(checkout)
    yield checkout
    make_stack("down", checkout)


def make_stack(
    command: str, checkout: Checkout, code: int = 0, **more: str
) -> subprocess.CompletedProcess[str]:
    """What `make COMMAND` runs after set-up."""
    folder = checkout.root.parent
    env = clean_environment(folder, PATH=few_programs(folder), **more)
    interpreter = ROOT / ".venv" / "bin" / "python"
    return run(
        interpreter, "-m", "tools.make_stack", command, cwd=checkout.root, env=env, code=code
    )


def auth_url(deployed: str) -> str:
    """Return the address among the outputs of a deployment."""
    shown = re.search(r'auth_url +: "(\S+)"', deployed)
    assert shown is not None, deployed
    return shown.group(1)


def test_make_up_deploys_to_an_emulator_of_its_own_and_leaves_a_working_stack(
    checkout: Checkout,
) -> None:
    deployed = make_stack("up", checkout).stdout

    assert "Polytomic is the emulator at http://127.0.0.1:" in deployed
    assert "Previewing update (dev)" in deployed
    assert "What to try next" in deployed
    assert "run the sync there, see what landed" in deployed
    assert f"\nWaiting for consent:\n{auth_url(deployed)}\n" in deployed

    passphrase = checkout.local_state / "passphrase"
    assert stat.S_IMODE(passphrase.stat().st_mode) == 0o600
    assert passphrase.read_text().strip() not in (checkout.root / "Pulumi.dev.yaml").read_text()

    # Plain `pulumi` sees the same stack after the line that `make up` names.
    env = clean_environment(checkout.root.parent)
    plain = run(
        *("/bin/sh", "-c", ". .polytomic/environment && pulumi preview --expect-no-changes"),
        cwd=checkout.root,
        env=env,
    )
    assert "unchanged" in plain.stdout

    assert "deleted" in make_stack("destroy", checkout).stdout
    assert "The emulator has stopped" in make_stack("down", checkout).stdout
    assert "No emulator is running" in make_stack("down", checkout).stdout


@pytest.mark.torture
def test_the_emulator_comes_back_at_the_same_address_after_make_down(checkout: Checkout) -> None:
    make_stack("preview", checkout)
    ready = checkout.local_state / "emulator.json"
    before = json.loads(ready.read_text())
    make_stack("down", checkout)

    make_stack("preview", checkout)

    after = json.loads(ready.read_text())
    assert (after["url"], after["api_key"]) == (before["url"], before["api_key"])
    assert after["pid"] != before["pid"]


def test_live_without_its_values_names_the_commands_and_leaves_dev_alone(
    checkout: Checkout,
) -> None:
    done = make_stack("up", checkout, 1, POLYTOMIC_API_KEY="a key of a real workspace")
    refused = done.stderr

    first, _, instead, *_ = done.stdout.splitlines()
    assert first == ("POLYTOMIC_API_KEY is set: make up deploys to the real workspace of that key")
    assert instead == "  env -u POLYTOMIC_API_KEY make up"
    assert "a key of" not in done.stdout
    assert "pulumi config set --stack live --secret netsuiteToken\n" in refused
    assert "pulumi config set --stack live salesforceDomain acme.my.salesforce.com" in refused
    assert not (checkout.local_state / "emulator.json").exists()
    assert not (checkout.root / "Pulumi.dev.yaml").exists()
    assert "polytomic:" not in (checkout.root / "Pulumi.live.yaml").read_text()


def test_destroy_without_a_stack_says_that_nothing_is_deployed(checkout: Checkout) -> None:
    assert "Nothing is deployed" in make_stack("destroy", checkout).stdout


def test_a_backend_that_the_user_has_set_is_left_alone(tmp_path: Path) -> None:
    settings = backend_settings(Checkout(tmp_path), {"PULUMI_BACKEND_URL": "s3://states"})

    assert settings == {}
    assert list(tmp_path.iterdir()) == []


def test_a_passphrase_that_the_user_has_set_is_kept(tmp_path: Path) -> None:
    settings = backend_settings(Checkout(tmp_path), {"PULUMI_CONFIG_PASSPHRASE": ""})

    assert settings == {"PULUMI_BACKEND_URL": f"file://{tmp_path}/.polytomic/state"}


def test_configuration_under_a_lost_passphrase_is_set_aside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "Pulumi.dev.yaml").write_text("encryptionsalt: old")

    backend_settings(Checkout(tmp_path), {})

    assert (tmp_path / ".polytomic" / "Pulumi.dev.yaml.old").read_text() == "encryptionsalt: old"
    assert not (tmp_path / "Pulumi.dev.yaml").exists()
    assert "passphrase that is gone" in capsys.readouterr().out


def test_every_make_target_is_listed_by_make_alone(tmp_path: Path) -> None:
    listed = run("make", cwd=ROOT, env={"PATH": few_programs(tmp_path)}).stdout

    for target in (ROOT / "Makefile").read_text().split(".PHONY:")[1].splitlines()[0].split():
        assert f"make {target} " in listed


def test_ctrl_c_lets_pulumi_end_in_order(checkout: Checkout) -> None:
    deploying = subprocess.Popen(
        [ROOT / ".venv/bin/python", "-m", "tools.make_stack", "up"],
        cwd=checkout.root,
        env=clean_environment(checkout.root.parent, CONSENT="manual"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    shown = ""
    with deploying:
        assert deploying.stdout is not None
        for line in deploying.stdout:
            shown += line
            if line == "Waiting for consent:\n":
                # A terminal sends it to everything that runs in the foreground.
                os.killpg(deploying.pid, signal.SIGINT)

    assert deploying.returncode == 1, shown
    assert "interrupted by Ctrl-C" in shown
    assert "Duration:" in shown
    locks = checkout.local_state / "state" / ".pulumi" / "locks"
    assert [file for file in locks.rglob("*") if file.is_file()] == []


@pytest.mark.torture
def test_a_terminal_keeps_the_consent_address_on_a_line_of_its_own(checkout: Checkout) -> None:
    with Terminal() as terminal:
        env = clean_environment(checkout.root.parent, TERM="xterm")
        terminal.start(str(ROOT / ".venv/bin/python"), "up", checkout.root, env)
        terminal.expect("Stack dev is deployed")

    # Pulumi has drawn its table many times since.
    position = terminal.lines.index("Waiting for consent:")
    address = terminal.lines[position + 1]
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/consent/\w+", address)
    assert re.search(r"ConnectionReadiness +\w+-ready", terminal.lines[position - 2])
    assert address == auth_url("".join(terminal.lines[position + 2 :]))


@pytest.mark.torture
def test_live_asks_at_the_terminal_for_its_values_and_for_a_yes(checkout: Checkout) -> None:
    answers = [value.sample or f"my own {value.key}" for value in PIPELINE_VALUES]
    with RunningEmulator(consent_after=0.2) as emulator, Terminal() as terminal:
        env = clean_environment(
            checkout.root.parent,
            POLYTOMIC_API_KEY=emulator.api_key,
            POLYTOMIC_DEPLOYMENT_URL=emulator.url,
            TERM="xterm",
        )
        terminal.start(str(ROOT / ".venv/bin/python"), "up", checkout.root, env)
        for value, answer in zip(PIPELINE_VALUES, answers, strict=True):
            terminal.expect(value.meaning)
            terminal.send(answer)
        terminal.expect("Do you want to perform this update?")
        terminal.send("yes")
        terminal.expect("Stack live is deployed")

    assert "my own netsuiteToken" not in terminal.shown
    configured = (checkout.root / "Pulumi.live.yaml").read_text()
    assert "salesforceDomain: acme.my.salesforce.com" in configured
    assert "my own" not in configured
    assert "polytomic:" not in configured
    assert not (checkout.local_state / "emulator.json").exists()
