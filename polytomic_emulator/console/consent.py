"""The page behind `auth_url`: who asks to be authorized, and what came of it."""

from urllib.parse import urlencode, urlsplit

from polytomic_emulator.console.rendering import Page, Redirect
from polytomic_emulator.console.routing import Console, Visit
from polytomic_emulator.state.connection import Connection


def show(console: Console, visit: Visit) -> Page:
    """The question, or what was decided."""
    connection = console.state.connections.by_consent(visit.params["token"])
    if connection is None or connection.consent is None:
        return _gone()
    if connection.consent.given:
        return _decided(connection, allowed=True)
    if connection.consent.denied and "again" not in visit.query:
        return _decided(connection, allowed=False)
    return _question(console, connection)


def decide(console: Console, visit: Visit) -> Page | Redirect:
    """The answer of the person."""
    state, token = console.state, visit.params["token"]
    connection = state.connections.by_consent(token)
    if connection is None or connection.consent is None:
        return _gone()
    allowed = visit.form.text("decision") == "allow"
    code = connection.consent.code
    if allowed and code is not None and not _same_code(visit.form.text("code"), code):
        return _question(console, connection, wrong_code=True)
    if not connection.consent.given:
        settle = state.connections.authorize if allowed else state.connections.deny
        settle(connection.id)
    return Redirect(_next_page(connection, token, allowed=allowed))


def _decided(connection: Connection, *, allowed: bool) -> Page:
    values = {"connection": connection, "allowed": allowed}
    return Page("decided.html", values, secret_address=True)


def _question(console: Console, connection: Connection, *, wrong_code: bool = False) -> Page:
    returns_to = connection.redirect_url
    values = {
        "connection": connection,
        "workspace": console.state.workspaces.by_id(connection.workspace_id),
        "returns_to": urlsplit(returns_to).netloc if returns_to else None,
        "by_code": connection.consent is not None and connection.consent.code is not None,
        "wrong_code": wrong_code,
    }
    return Page("consent.html", values, 422 if wrong_code else 200, secret_address=True)


def _gone() -> Page:
    message = (
        "This authorization link is not valid any more. The connection was deleted, or a newer"
        " link took its place."
    )
    return Page("missing.html", {"message": message}, 404, secret_address=True)


def _same_code(typed: str, code: str) -> bool:
    return typed.strip().upper().replace("-", "") == code.replace("-", "")


def _next_page(connection: Connection, token: str, *, allowed: bool) -> str:
    if connection.redirect_url is None:
        return f"/consent/{token}"
    if allowed:
        return connection.redirect_url
    address = urlsplit(connection.redirect_url)
    denied = urlencode({"error": "access_denied"})
    query = f"{address.query}&{denied}" if address.query else denied
    return address._replace(query=query).geturl()
