"""The pages: who asks to be authorized, and what came of it."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from polytomic_provider.emulator.state.store import State


def pages(state: State) -> list[Route]:
    """Every page of the console."""

    def consent(request: Request) -> Response:
        found = state.connections.by_consent(request.path_params["token"])
        return PlainTextResponse(f"consent for {found.name if found else 'nothing'}")

    return [Route("/consent/{token}", consent)]
