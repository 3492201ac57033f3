"""Every problem on its own resource's row, then one failure for the whole program.

Pulumi's own check stops at the first bad resource. So a preview collects: constructors do not
raise, each resource is registered and gets its messages, and the program fails at its end.
"""

import asyncio
from collections.abc import Awaitable
from weakref import WeakKeyDictionary

import pulumi

from polytomic_provider.resources.caller import caller_problem
from polytomic_provider.resources.data_previews import DataPreviews
from polytomic_provider.resources.engine_log import log
from polytomic_provider.resources.hidden_texts import secrets_of
from polytomic_provider.resources.live_checks import Declared, LiveChecks, session_of_this_run
from polytomic_provider.resources.same_things import Registered, same_thing
from polytomic_provider.session import Session
from polytomic_provider.validation import Problem, Severity

_verdicts: WeakKeyDictionary[asyncio.AbstractEventLoop, "_Verdict"] = WeakKeyDictionary()


class _Verdict:
    """What one run of a program has found so far; a run has one event loop."""

    def __init__(self) -> None:
        self.reports: list[asyncio.Task[int]] = []
        self.registered: list[Registered] = []
        self.begun = False
        self.caller = asyncio.ensure_future(caller_problem())
        self.session = session = session_of_this_run()
        self.live = LiveChecks.of_this_run(session)
        self.data = DataPreviews.of_this_run(session)

    async def give(self) -> None:
        """Wait for every report, those that come while waiting too; then fail if one is bad."""
        seen = 0
        while seen < len(self.reports):
            seen = len(self.reports)
            await asyncio.gather(*self.reports)
        unreached = await self.caller
        bad = [task.result() for task in self.reports if task.result() > 0]
        self.live.tell_unchecked()
        self.data.tell_missing()
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


def _of_this_run() -> _Verdict:
    loop = asyncio.get_event_loop()
    verdict = _verdicts.get(loop)
    if verdict is None:
        verdict = _verdicts[loop] = _Verdict()
    return verdict


async def appealed(declared: Declared, problems: list[Problem]) -> list[Problem]:
    """What stands of the problems with shapes once Polytomic, where it can be, is asked."""
    verdict = _of_this_run()
    if not problems or await verdict.caller is not None:
        return problems
    return await verdict.live.appeal(declared, problems)


def report(
    resource: pulumi.Resource, declared: Declared, problems: Awaitable[list[Problem]]
) -> None:
    """Show the problems of `resource` on its row, and let the program fail when all are shown."""
    loop = asyncio.get_event_loop()
    verdict = _of_this_run()
    verdict.live.declared.append(declared)
    mine = Registered.of(declared, resource)
    verdict.registered.append(mine)
    hidden = loop.create_task(_hide(verdict.session, declared))
    verdict.reports.append(loop.create_task(_report(verdict, mine, problems, hidden)))
    if not verdict.begun:
        verdict.begun = True
        pulumi.Output.from_input(loop.create_task(verdict.give()))


async def _hide(session: Session | None, declared: Declared) -> list[str]:
    """The secrets of a resource, shown in no message of this run from here on.

    A server may repeat them in its words about another resource.
    """
    try:
        secrets = await secrets_of(declared)
    except Exception:
        return []  # the program failed at its arguments, and Pulumi says why
    if session is not None:
        session.hide(secrets)
    return secrets


async def _report(
    verdict: _Verdict,
    mine: Registered,
    problems: Awaitable[list[Problem]],
    hidden: Awaitable[list[str]],
) -> int:
    """Log every problem and wait until the engine has it; gives the number of errors.

    The kind and name of the resource stand in the text too: not every display of Pulumi shows
    the row.
    """
    declared, resource = mine.declared, mine.resource
    found = list(await problems)
    urn = await resource.urn.future()
    if not has_errors(found):
        found += await same_thing(mine, verdict.registered)
    if not has_errors(found) and await verdict.caller is None:
        looked, told = await asyncio.gather(
            verdict.live.look(declared, resource), verdict.data.tell(declared, resource)
        )
        found += [one for one in looked if one not in found]
        found += [] if has_errors(found) else told
    if not found:
        return 0
    secrets = await hidden
    for problem in found:
        text = f"{declared.kind} {declared.name!r}: {problem}"
        shown = verdict.session.scrubbed(text, secrets) if verdict.session is not None else text
        log(problem.severity, shown, urn or "")
    return sum(problem.severity is Severity.ERROR for problem in found)
