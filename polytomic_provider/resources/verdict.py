"""Every problem on its own resource's row, then one failure for the whole program.

Pulumi's own check stops at the first bad resource. So a preview collects: constructors do not
raise, each resource is registered and gets its messages, and the program fails at its end.
"""

import asyncio
from collections.abc import Awaitable
from weakref import WeakKeyDictionary

import pulumi

from polytomic_provider.resources.caller import caller_problem
from polytomic_provider.validation import Problem, Severity

_verdicts: WeakKeyDictionary[asyncio.AbstractEventLoop, "_Verdict"] = WeakKeyDictionary()


class _Verdict:
    """What one run of a program has found so far; a run has one event loop."""

    def __init__(self) -> None:
        self.reports: list[asyncio.Task[int]] = []
        self.begun = False

    async def give(self) -> None:
        """Wait for every report, those that come while waiting too; then fail if one is bad."""
        caller = asyncio.ensure_future(caller_problem())
        seen = 0
        while seen < len(self.reports):
            seen = len(self.reports)
            await asyncio.gather(*self.reports)
        unreached = await caller
        bad = [task.result() for task in self.reports if task.result() > 0]
        if unreached is not None and unreached.severity is Severity.WARNING:
            pulumi.log.warn(str(unreached))
        elif unreached is not None:
            raise pulumi.RunError(str(unreached))
        if bad:
            resources = "1 resource has" if len(bad) == 1 else f"{len(bad)} resources have"
            raise pulumi.RunError(
                f"{resources} problems, {sum(bad)} in all, shown above on their rows. "
                "Nothing was created or changed."
            )


def has_errors(problems: list[Problem]) -> bool:
    """Whether one of the problems stops the deployment."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def report(resource: pulumi.Resource, label: str, problems: Awaitable[list[Problem]]) -> None:
    """Show the problems of `resource` on its row, and let the program fail when all are shown.

    `label` names the resource in the text too: not every display of Pulumi shows the row.
    """
    loop = asyncio.get_event_loop()
    verdict = _verdicts.setdefault(loop, _Verdict())
    verdict.reports.append(loop.create_task(_report(resource, label, problems)))
    if not verdict.begun:
        verdict.begun = True
        pulumi.Output.from_input(loop.create_task(verdict.give()))


async def _report(resource: pulumi.Resource, label: str, problems: Awaitable[list[Problem]]) -> int:
    """Log every problem and wait until the engine has it; gives the number of errors."""
    found = await problems
    if not found:
        return 0
    await resource.urn.future()
    others = asyncio.all_tasks()
    for problem in found:
        log = pulumi.log.error if problem.severity is Severity.ERROR else pulumi.log.warn
        log(f"{label}: {problem}", resource)
    await asyncio.gather(*(asyncio.all_tasks() - others))
    return sum(problem.severity is Severity.ERROR for problem in found)
