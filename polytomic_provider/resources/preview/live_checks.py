"""Runs the live checks of a preview concurrently; each schema is read once, nothing is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

import pulumi

from polytomic_provider.api import workspace_of
from polytomic_provider.api.http.shown_text import for_terminal
from polytomic_provider.host.session import Session
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.references import Reference, reference_problems
from polytomic_provider.live import LiveContext, LiveResult, Schemas
from polytomic_provider.resources.preview.declared import Declared, Deployed
from polytomic_provider.resources.preview.program import Program
from polytomic_provider.resources.preview.threads import Threads
from polytomic_provider.spec.sync_parse import own_fields
from polytomic_provider.validation import Problem, Severity

THREADS = 32


T = TypeVar("T")


@dataclass
class LiveChecks:
    """The live checks of one run, and what could not be checked.

    Args:
        session: Of the run; None where no request can be made.
        program: The resources of the program.
    """

    session: Session | None
    program: Program
    unchecked: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    threads: Threads = field(default_factory=lambda: Threads(THREADS))

    @property
    def setting(self) -> str:
        """`polytomic:liveValidation`."""
        return self.session.settings.live_validation if self.session is not None else "off"

    async def confirm(
        self, declared: Declared, deployed: Deployed, problems: list[Problem]
    ) -> list[Problem]:
        """What stands of the problems with shapes once Polytomic is asked."""
        if self.session is None or self.setting == "off" or not problems:
            return problems
        handler, arguments = HANDLERS[declared.kind], deployed.arguments
        ask = partial(handler.confirm, arguments=arguments, problems=problems)
        return await self._ask(self.session, deployed, ask)

    async def references(
        self, deployed: Deployed, references: Sequence[Reference]
    ) -> list[Problem]:
        """The references that are not the id of an existing object of the right kind."""
        asked = [
            one
            for one in references
            if isinstance(one.value, str) and not self.program.has(one.kind, one.value)
        ]
        if self.session is None or not asked:
            return []
        return await self._ask(
            self.session,
            deployed,
            partial(reference_problems, references=asked, is_there=self.program.has),
        )

    async def check_live(self, declared: Declared, deployed: Deployed) -> list[Problem]:
        """Everything that does not fit.

        What a deployment creates or changes is an error; what it leaves alone was hurt from
        outside, and is a warning.
        """
        if self.session is None or self.setting == "off":
            return []
        handler = HANDLERS[declared.kind]

        def look(schemas: Schemas) -> LiveResult:
            live = LiveContext(schemas, deployed.id_, self.program.arguments_of)
            return handler.check_live(live, deployed.arguments)

        result = await self._ask(self.session, deployed, look)
        for reason in result.unchecked:
            self.unchecked.setdefault(reason, []).append(f"{declared.kind} {declared.name!r}")
        problems = list(result.problems)
        if deployed.left_alone:
            return [await self._hurt(declared, problem) for problem in problems]
        if self.setting == "warn":
            problems = [_as_warning(problem) for problem in problems]
        return problems + [Problem("", text, Severity.INFO) for text in result.told]

    async def _ask(
        self, session: Session, deployed: Deployed, question: Callable[[Schemas], T]
    ) -> T:
        def ask() -> T:
            return question(session.schemas(workspace_of(deployed.arguments)))

        return await self.threads.run(ask)

    async def _hurt(self, declared: Declared, problem: Problem) -> Problem:
        """The problem as a warning that names the syncs of the program that it hurts."""
        if declared.kind != "Model" or problem.severity is Severity.WARNING:
            return _as_warning(problem)
        syncs = [
            repr(one.name)
            for one, deployed in await self.program.syncs_of(declared)
            if any(repr(name) in problem.text for _, name in own_fields(deployed.arguments))
        ]
        hurt = f" (hurts {', '.join(syncs)})" if syncs else ""
        return replace(_as_warning(problem), text=problem.text + hurt)

    def tell_unchecked(self) -> None:
        """Say in one line what could not be checked, and why."""
        if not self.unchecked or self.session is None:
            return
        parts = [f"{', '.join(names)} ({reason})" for reason, names in self.unchecked.items()]
        text = for_terminal(self.session.scrubbed("; ".join(parts)))
        log = pulumi.log.warn if "is not healthy" in text else pulumi.log.info
        log(
            f"Not checked against live schemas yet: {text}. "
            "`pulumi up` checks before anything is sent."
        )


def _as_warning(problem: Problem) -> Problem:
    return replace(problem, severity=Severity.WARNING)
