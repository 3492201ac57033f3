"""Says in a preview what a resource would adopt and change, or what exists already. Reads only."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from polytomic_provider.api import PolytomicError
from polytomic_provider.handlers import HANDLERS
from polytomic_provider.handlers.adoption import Foresight, wants_adoption
from polytomic_provider.handlers.object_handler import ObjectHandler
from polytomic_provider.handlers.scope import Scope
from polytomic_provider.resources.caller import MAY_PASS
from polytomic_provider.resources.declared import Declared, Deployed
from polytomic_provider.resources.hidden_texts import secret_paths, secrets_at
from polytomic_provider.scrubbing import scrub, scrub_text
from polytomic_provider.session import Session
from polytomic_provider.validation import Problem, Severity

PATIENCE_SECONDS = 60.0

T = TypeVar("T")


def adopts(deployed: Deployed) -> bool:
    """Whether the deployment takes over an object, so that the resource is not in the stack yet."""
    return deployed.id_ is None and wants_adoption(deployed.arguments)


async def foresee(
    session: Session, declared: Declared, deployed: Deployed
) -> tuple[list[Problem], str | None]:
    """What stands against the adoption that the arguments ask for, or what it would do.

    With the id of the object, where it is known.
    """
    handler = HANDLERS[declared.kind]
    if not isinstance(handler, ObjectHandler) or not adopts(deployed):
        return [], None
    hidden = await secret_paths(declared.given) | deployed.secret
    arguments = deployed.arguments

    def ask(scope: Scope) -> Foresight:
        return handler.foresee(scope, arguments, hidden, deployed.replaced)

    found = await asyncio.to_thread(_look, session, deployed, ask)
    secrets = [session.settings.key.reveal(), *secrets_at(hidden, handler, arguments)]
    if isinstance(found, Foresight):
        return [Problem("", scrub_text(found.text, secrets), Severity.INFO)], found.id
    severity = Severity.WARNING if isinstance(found, MAY_PASS) else Severity.ERROR
    return [Problem("", scrub(found, secrets), severity)], None


async def existing(
    session: Session, declared: Declared, deployed: Deployed, is_ours: Callable[[str], bool]
) -> list[Problem]:
    """A warning where the object that the deployment makes is there already.

    `is_ours` says whether a resource of the program has the object of an id.
    """
    handler = HANDLERS[declared.kind]
    if not isinstance(handler, ObjectHandler):
        return []
    arguments = deployed.arguments

    def ask(scope: Scope) -> str | None:
        return handler.existing(scope, arguments, is_ours)

    found = await asyncio.to_thread(_look, session, deployed, ask)
    if found is None:
        return []
    if isinstance(found, str):
        return [Problem("", found, Severity.WARNING)]
    text = f"whether it exists already could not be seen: {found.message}"
    return [Problem("", text, Severity.WARNING)]


def _look(session: Session, deployed: Deployed, ask: Callable[[Scope], T]) -> T | PolytomicError:
    """What `ask` gives, or the error that Polytomic gave it."""
    try:
        return ask(session.scope(deployed.urn, PATIENCE_SECONDS, _say_nothing))
    except PolytomicError as error:
        return error


def _say_nothing(message: str, *, warning: bool = False, passing: bool = False) -> None:
    """A look has nothing to say but its outcome."""
