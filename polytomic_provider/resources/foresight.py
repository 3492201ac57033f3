"""Says in a preview what a resource would adopt, and what that would change. Reads only."""

import asyncio

from polytomic_provider.api import PolytomicError
from polytomic_provider.handlers import HANDLERS
from polytomic_provider.handlers.adoption import wants_adoption
from polytomic_provider.handlers.object_handler import ObjectHandler
from polytomic_provider.resources.caller import MAY_PASS
from polytomic_provider.resources.declared import Declared, Deployed
from polytomic_provider.resources.hidden_texts import secret_paths, secrets_at
from polytomic_provider.scrubbing import scrub, scrub_text
from polytomic_provider.session import Session
from polytomic_provider.validation import Problem, Severity

PATIENCE_SECONDS = 60.0


async def foresee(session: Session, declared: Declared, deployed: Deployed) -> list[Problem]:
    """What stands against the adoption that the arguments ask for, or what it would do.

    Nothing where none is asked for, or where the resource is in the stack already.
    """
    handler = HANDLERS[declared.kind]
    if not isinstance(handler, ObjectHandler) or deployed.id_ is not None:
        return []
    if not wants_adoption(deployed.arguments):
        return []
    hidden = await secret_paths(declared.given) | deployed.secret
    return await asyncio.to_thread(_look, session, handler, deployed, hidden)


def _look(
    session: Session, handler: ObjectHandler, deployed: Deployed, hidden: set[str]
) -> list[Problem]:
    arguments = deployed.arguments
    secrets = [session.settings.key.reveal(), *secrets_at(hidden, handler, arguments)]
    scope = session.scope(deployed.urn, PATIENCE_SECONDS, _say_nothing)
    try:
        text = handler.foresee(scope, arguments, hidden, deployed.replaced)
    except PolytomicError as error:
        severity = Severity.WARNING if isinstance(error, MAY_PASS) else Severity.ERROR
        return [Problem("", scrub(error, secrets), severity)]
    return [Problem("", scrub_text(text, secrets), Severity.INFO)]


def _say_nothing(message: str, *, warning: bool = False, passing: bool = False) -> None:
    """A look has nothing to say but its outcome."""
