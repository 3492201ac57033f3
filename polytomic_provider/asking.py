"""How a function asks Polytomic from inside a program, at once or when its values are known."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any, ParamSpec, TypeVar

import pulumi

from polytomic_provider.api import Polytomic, PolytomicError
from polytomic_provider.api.http.operation import allowing
from polytomic_provider.api.http.replies import Reply
from polytomic_provider.api.http.shown_text import for_terminal
from polytomic_provider.api.wire import ReplyObject
from polytomic_provider.host.scrubbing import scrub
from polytomic_provider.host.session import open_session
from polytomic_provider.resources.key_in_clear import refuse_key_in_clear

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T", bound=Any)
PATIENCE_SECONDS = 60.0


def ask(question: Callable[[Polytomic], R], organization_id: str | None) -> R:
    session = None
    refuse_key_in_clear()
    try:
        session = open_session(pulumi.runtime.get_config)
        with allowing(PATIENCE_SECONDS):
            return question(session.polytomic(organization_id))
    except PolytomicError as error:
        secrets = [session.settings.key] if session is not None else []
        message = scrub(error, secrets)
    raise pulumi.RunError(for_terminal(message))


def later(function: Callable[..., R], *args: Any, **kwargs: Any) -> pulumi.Output[R]:
    """The answer once the arguments are known, from a thread: a program has one event loop."""
    given: pulumi.Output[dict[str, Any]] = pulumi.Output.from_input(
        {"positional": list(args), "named": kwargs}
    )

    def once_known(values: dict[str, Any]) -> pulumi.Output[R]:
        work = asyncio.to_thread(function, *values["positional"], **values["named"])
        return pulumi.Output.from_input(work)

    return given.apply(once_known)


def plain(reply: Reply[Any]) -> dict[str, Any]:
    found: ReplyObject = reply.data
    return found.model_dump(mode="json")


def plains(reply: Reply[Any]) -> list[dict[str, Any]]:
    return [one.model_dump(mode="json") for one in reply.data]


def find_one(
    noun: str, everything: Iterable[T], wanted: str, name_of: Callable[[T], str | None]
) -> T:
    """Return the one object of that id, else the one of exactly that name.

    Raises PolytomicError, which lists the candidates, where none or several have it.
    """
    there = list(everything)
    found = [one for one in there if one.id == wanted] or [
        one for one in there if name_of(one) == wanted
    ]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(sorted(f"{name_of(one)!r} ({one.id})" for one in found or there))
    count = f"{len(found)} {plural(noun)} have" if found else f"no {noun} has"
    raise PolytomicError(f"{count} the id or name {wanted!r}; there are: {listed or 'none'}")


def plural(noun: str) -> str:
    """Return the plural of what messages call an object."""
    return f"{noun.removesuffix('y')}ies" if noun.endswith("y") else f"{noun}s"
