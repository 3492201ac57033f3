"""Says in a preview what a resource would adopt, and what that would change. Reads only."""

import asyncio
from collections.abc import Mapping
from typing import Any, cast

import pulumi

from polytomic_provider.api import PolytomicError
from polytomic_provider.handlers import HANDLERS
from polytomic_provider.handlers.adoption import wants_adoption
from polytomic_provider.handlers.object_handler import ObjectHandler
from polytomic_provider.handlers.state import REPLACED
from polytomic_provider.resources.caller import MAY_PASS
from polytomic_provider.resources.hidden_texts import secret_paths, secrets_at
from polytomic_provider.resources.live_checks import Declared
from polytomic_provider.resources.verdict import session_of_preview
from polytomic_provider.scrubbing import scrub, scrub_text
from polytomic_provider.session import Session
from polytomic_provider.validation import Problem, Severity

PATIENCE_SECONDS = 60.0


async def foresee(
    resource: pulumi.dynamic.Resource, declared: Declared, given: Mapping[str, Any]
) -> list[Problem]:
    """What stands against the adoption that the arguments ask for, or what it would do.

    Nothing where none is asked for, or where the resource is in the stack already. `given` are
    the arguments as the program wrote them, which still show what it made secret.
    """
    handler = HANDLERS[declared.kind]
    if not isinstance(handler, ObjectHandler) or not given.keys() & {"adopt", "adopt_id"}:
        return []
    arguments = await declared.arguments
    try:
        if not wants_adoption(arguments) or await resource.id.is_known():
            return []
        urn = await resource.urn.future() or ""
        replaced = await _replaced(resource)
    except Exception:
        return []  # the engine has refused the resource, and says why
    session = session_of_preview()
    if session is None:
        return []
    hidden = await secret_paths(given)
    return await asyncio.to_thread(_look, session, handler, urn, arguments, hidden, replaced)


async def _replaced(resource: pulumi.dynamic.Resource) -> str | None:
    """The id of the object that is to be replaced, where the provider's check could tell."""
    output: Any = getattr(resource, REPLACED, None)
    if not isinstance(output, pulumi.Output) or not await output.is_known():  # pyright: ignore[reportUnknownMemberType]
        return None
    id_: Any = await cast("pulumi.Output[Any]", output).future()
    return id_ if isinstance(id_, str) else None


def _look(
    session: Session,
    handler: ObjectHandler,
    urn: str,
    arguments: Mapping[str, Any],
    hidden: set[str],
    replaced: str | None,
) -> list[Problem]:
    secrets = [session.settings.key.reveal(), *secrets_at(hidden, handler, arguments)]
    scope = session.scope(urn, PATIENCE_SECONDS, _say_nothing)
    try:
        text = handler.foresee(scope, arguments, hidden, replaced)
    except PolytomicError as error:
        severity = Severity.WARNING if isinstance(error, MAY_PASS) else Severity.ERROR
        return [Problem("", scrub(error, secrets), severity)]
    return [Problem("", scrub_text(text, secrets), Severity.INFO)]


def _say_nothing(message: str, *, warning: bool = False, passing: bool = False) -> None:
    """A look has nothing to say but its outcome."""
