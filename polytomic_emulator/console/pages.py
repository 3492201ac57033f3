"""Every page of the console and its address."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from polytomic_emulator.console import (
    connect,
    connection,
    connection_object,
    consent,
    execution,
    model,
    model_editing,
    overview,
    request_log,
    sync,
    sync_editing,
)
from polytomic_emulator.console.rendering import Page, style_sheet
from polytomic_emulator.console.routing import Console, Visit, route
from polytomic_emulator.errors import NotFound


def routes(console: Console) -> list[Route]:
    """Every route of the console."""
    for_whom_the_address_is = [
        ("GET", "/consent/{token}", consent.show),
        ("POST", "/consent/{token}", consent.decide),
        ("GET", "/connect/{token}", connect.show),
        ("POST", "/connect/{token}", connect.fill),
    ]
    for_this_machine = [
        ("GET", "/", overview.show),
        ("GET", "/connections/{id}", connection.show),
        ("GET", "/connections/{id}/objects/{object_id}", connection_object.show),
        ("POST", "/connections/{id}/{action}", connection.act),
        ("GET", "/models/{id}", model.show),
        ("GET", "/models/{id}/edit", model_editing.show),
        ("POST", "/models/{id}/edit", model_editing.save),
        ("GET", "/syncs/{id}", sync.show),
        ("GET", "/syncs/{id}/edit/{part}", sync_editing.show),
        ("POST", "/syncs/{id}/edit/{part}", sync_editing.save),
        ("POST", "/syncs/{id}/{action}", sync.act),
        ("GET", "/syncs/{id}/executions/{execution_id}", execution.show),
        ("GET", "/requests", request_log.show),
        ("GET", "/requests/{id}", request_log.show_one),
    ]
    return [
        Route("/console-{version}.css", _style),
        *(
            route(console, method, path, function, anywhere=True)
            for method, path, function in for_whom_the_address_is
        ),
        *(route(console, method, path, function) for method, path, function in for_this_machine),
        route(console, "GET", "/{path:path}", _missing, anywhere=True),
    ]


def _style(request: Request) -> Response:
    return style_sheet()


def _missing(console: Console, visit: Visit) -> Page:
    raise NotFound("there is no page at this address")
