"""How a page function becomes a route: a form in, a page or a redirect out, refusals as pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from polytomic_emulator.console.rendering import Page, Redirect, respond
from polytomic_emulator.console.wording import sentence
from polytomic_emulator.control.routing import check_local, decoded
from polytomic_emulator.errors import ApiError, Forbidden, TooLarge
from polytomic_emulator.http.request_log import RequestLog
from polytomic_emulator.state.store import State

FORM_LIMIT = 1024 * 1024
"""The largest form, in bytes, that the console reads."""


@dataclass(frozen=True)
class Console:
    """What the pages may reach."""

    state: State
    requests: RequestLog


@dataclass(frozen=True)
class Form:
    """What a person filled in; a name may appear several times."""

    pairs: tuple[tuple[str, str], ...] = ()

    def text(self, name: str) -> str:
        """The last value of a name, line ends as `\\n`; empty when it was not sent."""
        found = self.texts(name)
        return found[-1] if found else ""

    def texts(self, name: str) -> list[str]:
        """Every value of a name."""
        return [value.replace("\r\n", "\n") for key, value in self.pairs if key == name]

    def has(self, name: str) -> bool:
        """Whether a name was sent: a box is ticked, a button pressed."""
        return any(key == name for key, _ in self.pairs)


@dataclass(frozen=True)
class Visit:
    """One request for a page: path parameters, query, and the form of a POST."""

    params: Mapping[str, str]
    query: Mapping[str, str]
    form: Form = field(default_factory=Form)


PageFunction = Callable[[Console, Visit], Page | Redirect]


def route(
    console: Console, method: str, path: str, function: PageFunction, *, anywhere: bool = False
) -> Route:
    """A route whose function runs in a thread and in one transaction, between what is due.

    anywhere: the page's address is a secret that lets in who knows it, from any machine; every
    other page is for this machine only, and for no page of another site.
    """

    async def endpoint(request: Request) -> Response:
        try:
            if not anywhere:
                check_local(request)
                _check_site(request)
            form = await _form(request) if method == "POST" else Form()
            visit = Visit(decoded(request.path_params), request.query_params, form)
            return respond(await run_in_threadpool(_run, console, function, visit))
        except ApiError as refusal:
            return respond(refused(refusal))

    return Route(path, endpoint, methods=[method])


def _run(console: Console, function: PageFunction, visit: Visit) -> Page | Redirect:
    with console.state.database.transaction():
        console.state.settle()
        result = function(console, visit)
        console.state.settle()
        return result


def refused(refusal: ApiError) -> Page:
    """The page that says why there is none."""
    return Page("missing.html", {"message": sentence(refusal.message)}, refusal.status)


def _check_site(request: Request) -> None:
    """Refuse a form that a page of another site sends. Browsers say where a request began."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    if request.method == "POST" and site not in ("same-origin", "none"):
        raise Forbidden("the console takes forms from its own pages only")


async def _form(request: Request) -> Form:
    raw = b""
    async for piece in request.stream():
        raw += piece
        if len(raw) > FORM_LIMIT:
            raise TooLarge(f"the form is larger than {FORM_LIMIT} bytes")
    text = raw.decode("utf-8", "replace")
    return Form(tuple(parse_qsl(text, keep_blank_values=True)))
