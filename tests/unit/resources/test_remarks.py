"""The same remark on many resources is one line."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from polytomic_provider.resources.preview import run
from polytomic_provider.resources.preview.declared import Declared, Deployed
from polytomic_provider.validation import Severity


@pytest.mark.parametrize(("count", "lines"), [(1, 1), (2, 2), (3, 1), (150, 1)])
def test_a_remark_that_many_share_is_said_once(
    count: int, lines: int, monkeypatch: pytest.MonkeyPatch
):
    said: list[tuple[Severity, str, str]] = []
    monkeypatch.setattr(run, "log", lambda *line: said.append(line))
    monkeypatch.setattr(run, "_session", lambda: None)

    async def remark() -> None:
        found = run.Run()
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        for number in range(count):
            declared = Declared("Sync", f"s{number}", {}, (), done, done)
            deployed = Deployed("Sync", {}, f"urn::s{number}", None, left_alone=False)
            found.remarks.setdefault("It is new.", []).append((declared, deployed))
        found._show_remarks()

    # The thread of a browser test has a loop that runs already.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, remark()).result()
    assert len(said) == lines
    assert sum(len(text) for _, text, _ in said) < 200
    if count == 150:
        assert said == [
            (
                Severity.INFO,
                "150 Syncs ('s0', 's1', 's2', 's3', 's4' and 145 more): It is new.",
                "",
            )
        ]
