"""Checks the key and the address of each account with one request per preview."""

import asyncio

from polytomic_provider.api import (
    PolytomicError,
    ServerError,
    TimedOut,
    Unreachable,
    Workspace,
)
from polytomic_provider.api.http.operation import allowing
from polytomic_provider.host.scrubbing import scrub
from polytomic_provider.host.session import Session
from polytomic_provider.validation import Problem, Severity

PATIENCE_SECONDS = 10.0
MAY_PASS = (Unreachable, TimedOut, ServerError)
"""Failures that a preview can do without: it then checks what needs no request."""


async def caller_problem(session: Session | None, account: str | None = None) -> Problem | None:
    """What keeps this program from an account of Polytomic, or None."""
    return await asyncio.to_thread(_ask, session, account) if session is not None else None


def _ask(session: Session, account: str | None) -> Problem | None:
    polytomic = session.polytomic(Workspace(account))
    try:
        with allowing(PATIENCE_SECONDS):
            polytomic.identity.me()
            if polytomic.settings.organization_id:
                polytomic.workspace.organization_id()
    except PolytomicError as error:
        text = scrub(error, [*session.settings.keys])
        if isinstance(error, MAY_PASS):
            return Problem(
                "",
                f"Previewed without Polytomic, so only shapes were checked: {text}",
                Severity.WARNING,
            )
        return Problem("", text)
    return None
