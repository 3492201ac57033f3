"""The pages: what there is, who asks to be authorized, and what came of it."""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from polytomic_provider.emulator.console import connect
from polytomic_provider.emulator.control.routing import check_local
from polytomic_provider.emulator.errors import ApiError, Forbidden
from polytomic_provider.emulator.state.connection import Connection
from polytomic_provider.emulator.state.store import State

if TYPE_CHECKING:
    from jinja2 import Environment

_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:;"
        " base-uri 'none'; frame-ancestors 'none'"
    ),
    # A consent link is a secret; the page it leads to must not learn it.
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


@cache
def _templates() -> "Environment":
    """The page templates. Most emulators never show a page, and Jinja takes long to import."""
    from jinja2 import DictLoader, Environment

    folder = files("polytomic_provider.emulator.console") / "templates"
    texts = {item.name: item.read_text(encoding="utf-8") for item in folder.iterdir()}
    return Environment(loader=DictLoader(texts), autoescape=True)


class Pages:
    """Everything that a person sees of the emulator."""

    def __init__(self, state: State) -> None:
        self._state = state

    def routes(self) -> list[Route]:
        """Every page of the console."""
        return [
            Route("/", self.overview),
            Route("/consent/{token}", self.consent, methods=["GET"]),
            Route("/consent/{token}", self.decide, methods=["POST"]),
            Route("/connect/{token}", self.card, methods=["GET"]),
            Route("/connect/{token}", self.fill_card, methods=["POST"]),
            Route("/{path:path}", self.missing, methods=["GET"]),
        ]

    def _page(self, template: str, status: int = 200, **values: Any) -> Response:
        html = _templates().get_template(template).render(values)
        return HTMLResponse(html, status, _HEADERS)

    def overview(self, request: Request) -> Response:
        """`/`: the connections and how they are."""
        try:
            check_local(request)
        except Forbidden as refusal:
            return self._page("missing.html", 403, message=refusal.message)
        return self._page(
            "overview.html",
            workspaces=self._state.workspaces.all(),
            connections=self._state.connections.all(),
        )

    def missing(self, request: Request) -> Response:
        """Any other address."""
        return self._page("missing.html", 404, message="There is no page at this address.")

    def consent(self, request: Request) -> Response:
        """`auth_url`: the question, or what was decided."""
        connection = self._state.connections.by_consent(request.path_params["token"])
        if connection is None:
            return self._gone()
        if connection.consent and connection.consent.given:
            return self._page("decided.html", connection=connection, allowed=True)
        denied = connection.consent is not None and connection.consent.denied
        if denied and "again" not in request.query_params:
            return self._page("decided.html", connection=connection, allowed=False)
        return self._question(connection)

    async def decide(self, request: Request) -> Response:
        """The answer of the person at `auth_url`."""
        form = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
        token = request.path_params["token"]
        return await run_in_threadpool(self._decide, token, form)

    def _decide(self, token: str, form: dict[str, str]) -> Response:
        with self._state.database.transaction():
            connection = self._state.connections.by_consent(token)
            if connection is None or connection.consent is None:
                return self._gone()
            allowed = form.get("decision") == "allow"
            code = connection.consent.code
            if allowed and code is not None and not _same_code(form.get("code", ""), code):
                return self._question(connection, wrong_code=True)
            if not connection.consent.given:
                settle = (
                    self._state.connections.authorize if allowed else (self._state.connections.deny)
                )
                settle(connection.id)
        return RedirectResponse(_next_page(connection, token, allowed), 303, _HEADERS)

    def _question(self, connection: Connection, *, wrong_code: bool = False) -> Response:
        workspace = self._state.workspaces.by_id(connection.workspace_id)
        return self._page(
            "consent.html",
            422 if wrong_code else 200,
            connection=connection,
            workspace=workspace,
            returns_to=urlsplit(connection.redirect_url).netloc
            if connection.redirect_url
            else None,
            by_code=connection.consent is not None and connection.consent.code is not None,
            wrong_code=wrong_code,
        )

    def card(self, request: Request) -> Response:
        """The `redirect_url` of a connect card: what a person fills in."""
        type_id = request.query_params.get("type", "")
        try:
            form = connect.form_of(self._state, request.path_params["token"], type_id)
        except ApiError as refusal:
            return self._page("missing.html", 404, message=f"{refusal.message}.".capitalize())
        return self._card_form(form)

    async def fill_card(self, request: Request) -> Response:
        """What a person filled in."""
        answers = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
        token = request.path_params["token"]
        return await run_in_threadpool(self._filled_card, token, answers)

    def _filled_card(self, token: str, answers: dict[str, str]) -> Response:
        with self._state.database.transaction():
            try:
                form = connect.form_of(self._state, token, answers.get("type", ""))
            except ApiError as refusal:
                return self._page("missing.html", 404, message=f"{refusal.message}.".capitalize())
            result = connect.settle(self._state, form, answers)
        if isinstance(result, connect.Form):
            return self._card_form(result)
        return RedirectResponse(result, 303, _HEADERS)

    def _card_form(self, form: connect.Form) -> Response:
        return self._page(
            "connect.html",
            422 if form.wrong else 200,
            form=form,
            workspace=self._state.workspaces.by_id(form.session.workspace_id),
            returns_to=urlsplit(form.session.redirect_url).netloc,
        )

    def _gone(self) -> Response:
        message = (
            "This authorization link is not valid any more. The connection was deleted, or a newer"
            " link took its place."
        )
        return self._page("missing.html", 404, message=message)


def _same_code(typed: str, code: str) -> bool:
    return typed.strip().upper().replace("-", "") == code.replace("-", "")


def _next_page(connection: Connection, token: str, allowed: bool) -> str:
    if connection.redirect_url is None:
        return f"/consent/{token}"
    if allowed:
        return connection.redirect_url
    address = urlsplit(connection.redirect_url)
    denied = urlencode({"error": "access_denied"})
    query = f"{address.query}&{denied}" if address.query else denied
    return address._replace(query=query).geturl()
