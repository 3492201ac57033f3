"""How the whole suite runs."""

import os
import ssl
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import settings

from polytomic_emulator.http.reply_record import VARIABLE
from polytomic_provider.api.http.operation import begin
from tests.faults import results
from tests.replies import Judge


def pytest_xdist_auto_num_workers() -> int:
    """Two workers a processor for `-n auto`: half of a test's time is waiting for something."""
    return 2 * (os.cpu_count() or 1)


def pytest_configure(config: pytest.Config) -> None:
    """An example may take its time; `make test` draws the same ones every time, torture others."""
    repeatable = config.getoption("markexpr") == "not torture"
    settings.register_profile("suite", deadline=None, derandomize=repeatable)
    settings.load_profile("suite")
    # Each of the tests' HTTP clients, the official ones too, would read all certificates anew.
    read = cache(ssl.create_default_context)
    ssl.create_default_context = lambda *args, **kwargs: read(*args, **kwargs)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep the result where a file is asked for."""
    results.keep(report)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what held in the run that this one continues."""
    results.without_held(config, items)


@pytest.fixture(scope="session", autouse=True)
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """Lets every emulator that is started from here on record its replies."""
    folder = tmp_path_factory.mktemp("replies")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(VARIABLE, str(folder))
        yield Judge(folder)


@pytest.fixture(autouse=True)
def replies_are_official(judge: Judge) -> Iterator[None]:
    """Fails the test that was given a reply which the official client cannot read."""
    yield
    problems = judge.problems()
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


@pytest.fixture(autouse=True)
def no_operation_outlives_its_test() -> Iterator[None]:
    """A scope's operation would bound a later test's requests by its own deadline and clock."""
    yield
    begin(None)
