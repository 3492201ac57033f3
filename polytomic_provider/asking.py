"""How a function asks Polytomic from inside a program, at once or when its values are known."""

import asyncio
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import pulumi

from polytomic_provider.api import Polytomic, PolytomicError, Workspace
from polytomic_provider.api.http.operation import allowing
from polytomic_provider.api.http.replies import Reply
from polytomic_provider.api.http.shown_text import for_terminal
from polytomic_provider.api.wire import ReplyObject
from polytomic_provider.host.scrubbing import scrub
from polytomic_provider.host.session import open_session
from polytomic_provider.resources.key_in_clear import refuse_key_in_clear

P = ParamSpec("P")
R = TypeVar("R")
PATIENCE_SECONDS = 60.0


def ask(question: Callable[[Polytomic], R], workspace: Workspace | None) -> R:
    session = None
    refuse_key_in_clear()
    try:
        session = open_session(pulumi.runtime.get_config)
        with allowing(PATIENCE_SECONDS):
            return question(session.polytomic(workspace))
    except PolytomicError as error:
        secrets = [*session.settings.keys] if session is not None else []
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
