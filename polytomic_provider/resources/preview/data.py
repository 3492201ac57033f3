"""Says in a preview what the syncs that it makes or changes would do to the data. Reads only."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pulumi

from polytomic_provider.api import Deadline, workspace_of
from polytomic_provider.api.http.operation import Operation, carrying_out
from polytomic_provider.api.http.shown_text import for_terminal
from polytomic_provider.host.session import Session
from polytomic_provider.resources.hidden_texts import secret_paths
from polytomic_provider.resources.preview.declared import Declared, Deployed
from polytomic_provider.resources.preview.program import Program
from polytomic_provider.resources.preview.threads import Threads
from polytomic_provider.validation import Problem, Severity

if TYPE_CHECKING:
    from polytomic_provider.previews.forecast import Forecast, Planned
    from polytomic_provider.previews.sampling import SampleOptions

BUDGET_SECONDS = 10.0
"""How long a preview waits for what it tells of one sync; all are asked at the same time."""

TOO_SLOW = f"Polytomic took longer than {BUDGET_SECONDS:g} s"
THREADS = 24
"""Fewer than the client has connections, so that slow samples hold up no validation."""

MOST_NAMED = 5
LONGEST_REASON = 160
_WITH_CONSTANTS = ("fields", "override_fields", "overrides")


@dataclass
class DataPreviews:
    """The samples and impacts of one run, and the syncs that had none."""

    session: Session | None = None
    missing: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    threads: Threads = field(default_factory=lambda: Threads(THREADS))

    @classmethod
    def of_this_run(cls, session: Session | None) -> DataPreviews:
        """As the setting `polytomic:dataPreview` says."""
        if session is None or session.settings.data_preview == "off":
            return cls()
        return cls(session)

    async def tell(self, declared: Declared, deployed: Deployed, program: Program) -> list[Problem]:
        """What is worth knowing of a sync that the deployment makes or changes; never raises."""
        if self.session is None or declared.kind != "Sync" or deployed.left_alone:
            return []
        # A program without syncs does not pay for what this imports.
        from polytomic_provider.previews.forecast import Forecast, Planned

        try:
            model = program.arguments_of(deployed.arguments.get("model"))
            planned = Planned(deployed.arguments, deployed.id_, model)
            asked = self._ask(self.session, declared, planned)
            found = await asyncio.wait_for(asked, BUDGET_SECONDS)
        except TimeoutError:
            found = Forecast((), TOO_SLOW)
        except Exception as error:
            # The message could hold values of records.
            found = Forecast((), f"an error that was not expected: {type(error).__name__}")
        if found.missing is not None:
            self.missing.setdefault(found.missing, []).append(repr(declared.name))
        return [Problem("", text, Severity.INFO) for text in found.messages]

    async def _ask(self, session: Session, declared: Declared, planned: Planned) -> Forecast:
        from polytomic_provider.previews.forecast import forecast

        ends = Deadline.after(BUDGET_SECONDS)
        look = await self._look(session, declared.given)

        def ask() -> Forecast:
            schemas = session.schemas(workspace_of(planned.arguments))
            with carrying_out(Operation(ends)):
                return forecast(schemas, planned, look)

        return await self.threads.run(ask)

    async def _look(self, session: Session, given: Mapping[str, Any]) -> SampleOptions:
        from polytomic_provider.previews.sampling import SampleOptions

        settings = session.settings
        rows, plain = settings.data_preview == "rows", settings.preview_values == "plain"
        hidden = await secret_paths(given) if rows else set[str]()
        return SampleOptions(rows, plain, any(path.startswith(_WITH_CONSTANTS) for path in hidden))

    def tell_missing(self) -> None:
        """Say in one line of which syncs there is no sample, and why."""
        if not self.missing or self.session is None:
            return
        parts = [
            f"{few([f'Sync {name}' for name in names], ', ')} ({_short(reason)})"
            for reason, names in self.missing.items()
        ]
        text = for_terminal(self.session.scrubbed(few(parts, "; ")))
        pulumi.log.info(f"No sample of the data of: {text}.")


def few(parts: list[str], between: str) -> str:
    """The first of many parts, and how many more there are."""
    more = len(parts) - MOST_NAMED
    listed = between.join(parts[:MOST_NAMED])
    return f"{listed} and {more} more" if more > 0 else listed


def _short(reason: str) -> str:
    return reason if len(reason) <= LONGEST_REASON else f"{reason[:LONGEST_REASON]}…"
