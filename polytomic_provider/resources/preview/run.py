"""Every problem on its own resource's row, then one failure for the whole program.

Pulumi's own check stops at the first bad resource. So a preview collects: check is silent, each
resource is registered and judged by what comes back, and the program fails at its end.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from weakref import WeakKeyDictionary

import pulumi

from polytomic_provider.api import SettingsError, UnknownAccount, workspace_of
from polytomic_provider.api.http.shown_text import for_terminal
from polytomic_provider.host.engine_log import log
from polytomic_provider.host.session import Session, open_session
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.resources.hidden_texts import secrets_of
from polytomic_provider.resources.preview.adoption import (
    adopts,
    existing,
    foresee,
    preview_adoption,
)
from polytomic_provider.resources.preview.caller import caller_problem
from polytomic_provider.resources.preview.data import DataPreviews, few
from polytomic_provider.resources.preview.declared import Declared, Deployed
from polytomic_provider.resources.preview.live_checks import LiveChecks
from polytomic_provider.resources.preview.program import Program
from polytomic_provider.validation import Problem, Severity, has_errors

MOST_ROWS = 2
"""How many resources have the same remark on rows of their own."""

_runs: WeakKeyDictionary[asyncio.AbstractEventLoop, "Run"] = WeakKeyDictionary()


def judge(declared: Declared) -> None:
    """Judge a registered resource, show what is wrong on its row, and fail the program for it."""
    loop = asyncio.get_event_loop()
    found = _runs.get(loop)
    if found is None:
        found = _runs[loop] = Run()
        pulumi.Output.from_input(loop.create_task(found.give(loop)))
    found.add(declared)


class Run:
    """One preview of a program, and what it has found so far; it has one event loop."""

    def __init__(self) -> None:
        self.tasks: list[asyncio.Task[int]] = []
        self.new: list[tuple[Declared, Deployed]] = []
        self.remarks: dict[str, list[tuple[Declared, Deployed]]] = {}
        self.session = _session()
        self.callers: dict[str | None, asyncio.Future[Problem | None]] = {}
        self._caller(None)
        self.program = Program()
        self.live = LiveChecks(self.session, self.program)
        self.data = DataPreviews.of_this_run(self.session)

    def add(self, declared: Declared) -> None:
        """Begin to judge a resource."""
        self.program.add(declared)
        hidden = asyncio.ensure_future(self._hide(declared))
        self.tasks.append(asyncio.ensure_future(self._judge_and_show(declared, hidden)))

    async def give(self, loop: asyncio.AbstractEventLoop) -> None:
        """Wait until all are judged, those that come while waiting too; then fail if one is bad."""
        try:
            seen = 0
            while seen < len(self.tasks):
                seen = len(self.tasks)
                await asyncio.gather(*self.tasks)
            bad = [count for task in self.tasks if (count := task.result())]
            for declared, deployed, problem in self.program.duplicates():
                bad.append(self._show(declared, deployed, [problem]))
            await self._show_existing()
            self._show_remarks()
            self.live.tell_unchecked()
            self.data.tell_missing()
            unreached = [await one for one in self.callers.values()]
        finally:
            _runs.pop(loop, None)
            self.live.threads.end()
            self.data.threads.end()
            if self.session is not None:
                self.session.close()
        for problem in dict.fromkeys(filter(None, unreached)):
            if problem.severity is not Severity.WARNING:
                raise pulumi.RunError(for_terminal(str(problem)))
            pulumi.log.warn(for_terminal(str(problem)))
        if bad:
            resources = "1 resource has" if len(bad) == 1 else f"{len(bad)} resources have"
            raise pulumi.RunError(
                f"{resources} problems, {sum(bad)} in all, shown above on their rows. "
                "Nothing was created or changed."
            )

    def _caller(self, account: str | None) -> "asyncio.Future[Problem | None]":
        """What keeps the program from an account; each is asked once."""
        if account not in self.callers:
            self.callers[account] = asyncio.ensure_future(caller_problem(self.session, account))
        return self.callers[account]

    async def _hide(self, declared: Declared) -> list[str]:
        """The secrets of a resource, shown in no message of this run from here on.

        A server may repeat them in its words about another resource.
        """
        try:
            secrets = await secrets_of(declared)
        except Exception:
            return []  # the program failed at its arguments, and Pulumi says why
        if self.session is not None:
            self.session.hide(secrets)
        return secrets

    async def _judge_and_show(self, declared: Declared, hidden: "asyncio.Future[list[str]]") -> int:
        """Judge a resource and show what was found; gives the number of errors."""
        try:
            return await self._judge_what_is_deployed(declared, hidden)
        finally:
            self.program.note_adopted(declared, None)

    async def _judge_what_is_deployed(
        self, declared: Declared, hidden: "asyncio.Future[list[str]]"
    ) -> int:
        deployed = await declared.deployed
        if deployed is None:
            return 0
        if not adopts(deployed):
            self.program.note_adopted(declared, None)
        self.program.note(declared, deployed)
        handler = HANDLERS[declared.kind]
        if self.session is not None:
            try:
                self.session.settings.of(workspace_of(deployed.arguments))
            except UnknownAccount as error:
                return self._show(declared, deployed, [Problem("account", str(error))])
            schemas = self.session.schemas(workspace_of(deployed.arguments))
            handler.note_added(schemas, deployed.arguments)
        secrets = [*await hidden, *handler.secrets(deployed.arguments)]
        if self.session is not None:
            self.session.hide(secrets)
        return self._show(declared, deployed, await self._judge(declared, deployed), secrets)

    async def _judge(self, declared: Declared, deployed: Deployed) -> list[Problem]:
        """What is wrong with a resource, or worth knowing of it."""
        caller = self._caller(workspace_of(deployed.arguments).account)
        session = self.session if await caller is None else None
        if deployed.left_alone:
            return await self.live.check_live(declared, deployed) if session is not None else []
        wanted, as_deployed = await declared.wanted, deployed
        deployed = await self.program.settled(declared, deployed)
        arguments = deployed.arguments
        found = [*declared.refused, *HANDLERS[declared.kind].problems(arguments)]
        if session is not None:
            found = await self.live.confirm(declared, deployed, found)
        found += self.program.wrong_kinds(as_deployed)
        found += self.program.stale_references(wanted, as_deployed)
        if self.session is not None:
            found += self.program.other_accounts(as_deployed, self.session.settings)
        if has_errors(found):
            return found
        if declared.kind == "Sync":
            found += self.program.undeclared_fields(arguments)
        if session is None:
            return found
        references = [
            one for one in deployed.references if deployed.id_ is None or not one.replaces
        ]
        found += await self.live.references(deployed, references)
        if has_errors(found):
            return found
        foreseen, adopted = await preview_adoption(session, declared, deployed)
        found += foreseen
        self.program.note_adopted(declared, adopted)
        if has_errors(found):
            return found
        found += await foresee(session, declared, deployed)
        if adopted is not None:
            deployed = replace(deployed, id_=adopted)
        elif deployed.id_ is None and deployed.replaced is None and not adopts(deployed):
            self.new.append((declared, deployed))
        looked, told = await asyncio.gather(
            self.live.check_live(declared, deployed),
            self.data.tell(declared, deployed, self.program),
        )
        found += [one for one in looked if one not in found]
        if not has_errors(found):
            for remark in told:
                self.remarks.setdefault(remark.text, []).append((declared, deployed))
        return found

    async def _show_existing(self) -> None:
        """Warn of new resources whose objects exist already; by now it is known what is whose."""
        session = self.session
        if session is None:
            return

        def look(kind: str) -> list[tuple[Declared, Deployed, Problem]]:
            new = [each for each in self.new if each[0].kind == kind]
            return list(existing(session, kind, new, partial(self.program.has, kind)))

        kinds = {declared.kind for declared, _ in self.new}
        for found in await asyncio.gather(*(asyncio.to_thread(look, kind) for kind in kinds)):
            for declared, deployed, problem in found:
                if problem.severity is Severity.INFO:
                    self.remarks.setdefault(problem.text, []).append((declared, deployed))
                else:
                    self._show(declared, deployed, [problem])

    def _show_remarks(self) -> None:
        """Show what was remarked of syncs: on their rows, or in one line for all of the same."""
        for text, owners in self.remarks.items():
            if len(owners) <= MOST_ROWS:
                for declared, deployed in owners:
                    self._show(declared, deployed, [Problem("", text, Severity.INFO)])
                continue
            named = few([repr(declared.name) for declared, _ in owners], ", ")
            line = f"{len(owners)} {owners[0][0].kind}s ({named}): {text}"
            shown = self.session.scrubbed(line) if self.session is not None else line
            log(Severity.INFO, shown, "")

    def _show(
        self,
        declared: Declared,
        deployed: Deployed,
        found: Sequence[Problem],
        secrets: Sequence[str] = (),
    ) -> int:
        """Log problems on the row of their resource; gives the number of errors.

        The kind and name of the resource stand in the text too: not every display of Pulumi shows
        the row.
        """
        for problem in found:
            text = f"{declared.kind} {declared.name!r}: {problem}"
            shown = self.session.scrubbed(text, secrets) if self.session is not None else text
            log(problem.severity, shown, deployed.urn)
        return sum(problem.severity is Severity.ERROR for problem in found)


def _session() -> Session | None:
    """A session of the run's own: what a preview finds is of one moment. None without settings."""
    try:
        settings = open_session(pulumi.runtime.get_config).settings
    except SettingsError:
        return None
    return Session(settings, schemas_of_one_moment=True)
