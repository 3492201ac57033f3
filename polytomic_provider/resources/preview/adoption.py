"""Says in a preview what a resource would adopt and change, or what exists already. Reads only."""

import asyncio
from collections.abc import Callable, Iterator, Sequence

from polytomic_provider.api import PolytomicError, redact
from polytomic_provider.host.scrubbing import scrub
from polytomic_provider.host.session import Session
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.adoption import AdoptionPreview, wants_adoption
from polytomic_provider.kinds.lifecycle.object_handler import ObjectHandler
from polytomic_provider.resources.hidden_texts import secret_paths, secrets_at
from polytomic_provider.resources.preview.caller import MAY_PASS
from polytomic_provider.resources.preview.declared import Declared, Deployed
from polytomic_provider.validation import Problem, Severity

PATIENCE_SECONDS = 60.0
LIST_SECONDS = 30.0


def adopts(deployed: Deployed) -> bool:
    """Whether the deployment takes over an object, so that the resource is not in the stack yet."""
    return deployed.id_ is None and wants_adoption(deployed.arguments)


async def preview_adoption(
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
    secrets = [*session.settings.keys, *secrets_at(hidden, handler, arguments)]

    def look() -> AdoptionPreview:
        scope = session.scope(deployed.urn, PATIENCE_SECONDS, _say_nothing)
        return handler.preview_adoption(scope, arguments, hidden, deployed.replaced)

    try:
        found = await asyncio.to_thread(look)
    except PolytomicError as error:
        severity = Severity.WARNING if isinstance(error, MAY_PASS) else Severity.ERROR
        return [Problem("", scrub(error, secrets), severity)], None
    return [Problem("", redact(found.text, secrets), Severity.INFO)], found.id


async def foresee(session: Session, declared: Declared, deployed: Deployed) -> list[Problem]:
    """What creating a resource does that its row does not show."""
    handler = HANDLERS[declared.kind]
    if deployed.id_ is not None or adopts(deployed):
        return []

    def look() -> str | None:
        scope = session.scope(deployed.urn, PATIENCE_SECONDS, _say_nothing)
        return handler.foresee(scope, deployed.arguments)

    try:
        text = await asyncio.to_thread(look)
    except PolytomicError as error:
        text = f"what it does could not be foreseen: {error.message}"
    return [Problem("", text, Severity.INFO)] if text else []


def existing(
    session: Session,
    kind: str,
    new: Sequence[tuple[Declared, Deployed]],
    is_ours: Callable[[str], bool],
) -> Iterator[tuple[Declared, Deployed, Problem]]:
    """The resources to be made, all of one kind, whose objects exist already; reads only.

    `is_ours` says whether a resource of the program has the object of an id. Where Polytomic does
    not answer, that is said of the rest, and it is not asked again.
    """
    handler = HANDLERS[kind]
    if not isinstance(handler, ObjectHandler):
        return
    failed: str | None = None
    for declared, deployed in new:
        try:
            scope = session.scope(deployed.urn, LIST_SECONDS, _say_nothing)
            text = None if failed else handler.existing(scope, deployed.arguments, is_ours)
        except PolytomicError as error:
            failed, text = f"whether it exists already could not be seen: {error.message}", None
        if failed or text:
            severity = Severity.WARNING if text else Severity.INFO
            yield declared, deployed, Problem("", text or failed or "", severity)


def _say_nothing(message: str, *, warning: bool = False, passing: bool = False) -> None:
    """Ignore messages: only the outcome counts here."""
