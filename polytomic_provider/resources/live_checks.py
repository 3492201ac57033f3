"""The live checks of one run of a program: at the same time, each schema once, never a write."""

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pulumi

from polytomic_provider.api import SettingsError
from polytomic_provider.handlers import HANDLERS
from polytomic_provider.handlers.state import VERSION
from polytomic_provider.live import Verdict
from polytomic_provider.resources.threads import Threads
from polytomic_provider.session import Session, open_session
from polytomic_provider.spec.sync_parse import own_fields
from polytomic_provider.validation import Problem, Severity

THREADS = 32


@dataclass(frozen=True)
class Declared:
    """A resource as the program declares it: its arguments as soon as a preview can know them.

    `model`: for a sync, the model that the same program declares. `given` are the arguments as the
    program wrote them, which still show what it made secret.
    """

    kind: str
    name: str
    arguments: Awaitable[dict[str, Any]]
    model: "Declared | None" = None
    given: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False, compare=False)


@dataclass
class LiveChecks:
    """What one run asks of live schemas, and what it could not ask."""

    session: Session | None = None
    declared: list[Declared] = field(default_factory=list[Declared])
    unchecked: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    threads: Threads = field(default_factory=lambda: Threads(THREADS))

    @classmethod
    def of_this_run(cls, session: Session | None) -> "LiveChecks":
        """As the setting `polytomic:liveValidation` says."""
        if session is None or session.settings.live_validation == "off":
            return cls()
        return cls(session)

    async def appeal(self, declared: Declared, problems: list[Problem]) -> list[Problem]:
        """What stands of the problems with shapes once Polytomic is asked."""
        session = self.session
        if session is None or not problems:
            return problems
        arguments = await declared.arguments

        def ask() -> list[Problem]:
            schemas = session.schemas(arguments.get("organization_id"))
            return HANDLERS[declared.kind].appeal(schemas, arguments, problems)

        return await self.threads.run(ask)

    async def look(self, declared: Declared, resource: pulumi.Resource) -> list[Problem]:
        """Everything that does not fit, once Pulumi has said what it will do with the resource.

        What a deployment creates or changes is an error; what it leaves alone was hurt from
        outside, and is a warning.
        """
        if self.session is None:
            return []
        id_ = await known_id(resource)
        arguments = await declared.arguments
        model = await declared.model.arguments if declared.model is not None else None
        verdict = await self._ask(self.session, declared.kind, arguments, id_, model)
        for reason in verdict.unchecked:
            self.unchecked.setdefault(reason, []).append(f"{declared.kind} {declared.name!r}")
        problems = list(verdict.problems)
        if id_ is not None and await is_left_alone(resource):
            problems = [await self._hurt(declared, problem) for problem in problems]
        elif self.session.settings.live_validation == "warn":
            problems = [_as_warning(problem) for problem in problems]
        return problems

    async def _ask(
        self,
        session: Session,
        kind: str,
        arguments: Mapping[str, Any],
        id_: str | None,
        model: Mapping[str, Any] | None,
    ) -> Verdict:

        def ask() -> Verdict:
            schemas = session.schemas(arguments.get("organization_id"))
            return HANDLERS[kind].look(schemas, arguments, id_=id_, model=model)

        return await self.threads.run(ask)

    async def _hurt(self, declared: Declared, problem: Problem) -> Problem:
        """The problem as a warning that names the syncs of the program that it hurts."""
        if declared.kind != "Model" or problem.severity is Severity.WARNING:
            return _as_warning(problem)
        syncs: list[str] = []
        for one in self.declared:
            if one.model is declared:
                arguments = await one.arguments
                if any(repr(field) in problem.text for _, field in own_fields(arguments)):
                    syncs.append(repr(one.name))
        hurt = f" (hurts {', '.join(syncs)})" if syncs else ""
        return replace(_as_warning(problem), text=problem.text + hurt)

    def tell_unchecked(self) -> None:
        """Say in one line what could not be checked, and why."""
        if not self.unchecked or self.session is None:
            return
        parts = [f"{', '.join(names)} ({reason})" for reason, names in self.unchecked.items()]
        text = self.session.scrubbed("; ".join(parts))
        log = pulumi.log.warn if "is not healthy" in text else pulumi.log.info
        log(
            f"Not checked against live schemas yet: {text}. "
            "`pulumi up` checks before anything is sent."
        )


def _as_warning(problem: Problem) -> Problem:
    return replace(problem, severity=Severity.WARNING)


def session_of_this_run() -> Session | None:
    """A session of the run's own: what a preview finds is of one moment. None without settings."""
    try:
        settings = open_session(pulumi.runtime.get_config).settings
    except SettingsError:
        return None
    return Session(settings, schemas_of_one_moment=True)


async def known_id(resource: pulumi.Resource) -> str | None:
    """The id of a resource that is there already and is not replaced."""
    id_: Any = getattr(resource, "id", None)
    return await id_.future() if await _is_known(id_) else None


async def is_left_alone(resource: pulumi.Resource) -> bool:
    """Whether the deployment neither makes nor changes a resource that is there."""
    return await _is_known(getattr(resource, VERSION, None))


async def _is_known(output: Any) -> bool:
    """Whether a preview knows the value of an output."""
    return isinstance(output, pulumi.Output) and await output.is_known()  # pyright: ignore[reportUnknownMemberType]
