"""The engines and SDKs that this package claims to run on."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from os import environ
from pathlib import Path

import pytest

from tests.engine.deployment import ENGINE
from tools.engine.from_source import build_engine, build_environment, find_go, go_directive
from tools.engine.release import CLI_PACKAGE, COMPANIONS, SDK_MODULE, minimum_version
from tools.environment.checkout import Checkout
from tools.environment.exclusive import exclusive
from tools.environment.lowest_sdk import lowest_sdk
from tools.environment.stamp import digest, read_stamp, write_stamp

CHECKOUT = Checkout.here()

ON_EACH_HOST = pytest.mark.parametrize(
    "host",
    [
        "locked",
        "lowest-sdk",
        *(
            pytest.param(name, marks=[pytest.mark.torture, pytest.mark.timeout(1800)])
            for name in ("lowest-engine", "lowest-engine-and-sdk")
        ),
    ],
    indirect=True,
)
"""Runs a test on the locked engine and SDK, on the lowest SDK, and as torture on the lowest engine.

For tests of what reaches into Pulumi, which no promise of Pulumi covers.
"""


@dataclass(frozen=True)
class Host:
    """An engine, and a virtual environment with an SDK and this package."""

    engine: Path = ENGINE
    virtualenv: Path = Path(sys.prefix)

    @classmethod
    def named(cls, name: str) -> "Host":
        """One of those that `ON_EACH_HOST` names."""
        engine = _lowest_engine() if name.startswith("lowest-engine") else ENGINE
        return cls(engine, _lowest_sdk() if name.endswith("sdk") else Path(sys.prefix))


def _lowest_sdk() -> Path:
    made = lowest_sdk(CHECKOUT)
    assert (made / "setup.json").exists(), "run `make lowest-sdk` first, as `make test` does"
    return made


def _lowest_engine() -> Path:
    """The lowest engine, built from source once per checkout."""
    version = minimum_version()
    target = CHECKOUT.engine / "lowest-engine"
    stamp = target / "engine.json"
    go_mod = _go_mod(f"v{version}")
    wanted = {"recipe": digest(go_mod.encode())}
    with exclusive(CHECKOUT.engine / "lowest-engine.lock", waiting="The lowest engine is built."):
        if read_stamp(stamp) != wanted or not all((target / one).exists() for one in COMPANIONS):
            shutil.rmtree(target, ignore_errors=True)
            sources = target / "sources"
            sources.mkdir(parents=True)
            (sources / "go.mod").write_text(go_mod)
            _find_modules(sources)
            build_engine(CHECKOUT, sources, version, version, target)
            write_stamp(stamp, wanted)
    return target


def _go_mod(version: str) -> str:
    """A go.mod for another engine than that of tools/engine, with the same replacements."""
    pinned = (CHECKOUT.engine_sources / "go.mod").read_text().splitlines()
    return "\n".join(
        [
            "module engine",
            f"go {go_directive(CHECKOUT.engine_sources)}",
            f"require {CLI_PACKAGE.removesuffix('/cmd/pulumi')} {version}",
            f"require {SDK_MODULE} {version}",
            *(line for line in pinned if line.startswith("replace ")),
            "",
        ]
    )


def _find_modules(sources: Path) -> None:
    """Complete go.mod and go.sum by what the engine needs."""
    go = find_go()
    assert go is not None, "Go is needed to build the lowest engine"
    done = subprocess.run(
        (go, "list", "-mod=mod", "-deps", CLI_PACKAGE),
        cwd=sources,
        env=build_environment(environ),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
