"""Pages as HTML: the templates, the style sheet, the headers that keep a page harmless."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, RedirectResponse, Response

from polytomic_emulator.console import wording

if TYPE_CHECKING:
    from jinja2 import Environment

_HEADERS = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class Page:
    """A page to show. secret_address: whoever knows the address of the page may use it."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict[str, Any])
    status: int = 200
    secret_address: bool = False


@dataclass(frozen=True)
class Redirect:
    """Where to go next. After a form this keeps a reload from sending it twice."""

    address: str


def respond(result: Page | Redirect) -> Response:
    """The response of a page function."""
    if isinstance(result, Redirect):
        return RedirectResponse(result.address, 303, _HEADERS)
    values = {**result.values, "style_address": _style()[1], "words": wording}
    html = _templates().get_template(result.template).render(values)
    # A page behind a secret address may send its person to another site, which must not learn the
    # address. The other forms stay here, and the server has to see that they do.
    secret = result.secret_address
    policy = _POLICY if secret else f"{_POLICY}; form-action 'self'"
    headers = {
        **_HEADERS,
        "content-security-policy": policy,
        "referrer-policy": "no-referrer" if secret else "same-origin",
    }
    return HTMLResponse(html, result.status, headers)


@cache
def _texts() -> Mapping[str, str]:
    folder = files("polytomic_emulator.console") / "templates"
    return {item.name: item.read_text(encoding="utf-8") for item in folder.iterdir()}


@cache
def _style() -> tuple[str, str]:
    """The style sheet, and its address, which changes with it."""
    text = "\n".join(_texts()[name] for name in sorted(_texts()) if name.endswith(".css"))
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return text, f"/console-{digest}.css"


def style_sheet() -> Response:
    """The style sheet of every page."""
    headers = {"cache-control": "max-age=31536000, immutable", "x-content-type-options": "nosniff"}
    return Response(_style()[0], 200, headers, "text/css; charset=utf-8")


@cache
def _templates() -> "Environment":
    """The page templates. Most emulators never show a page, and Jinja takes long to import."""
    from jinja2 import DictLoader, Environment, StrictUndefined

    return Environment(
        loader=DictLoader(dict(_texts())),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
