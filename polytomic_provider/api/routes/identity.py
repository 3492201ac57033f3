"""Asks Polytomic whose key it is."""

from polytomic_provider.api.http.replies import Reply, as_model
from polytomic_provider.api.http.transport import Transport
from polytomic_provider.api.routes.paths import api_path
from polytomic_provider.api.wire.identity import Me


class Identity:
    """The route `/api/me`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def me(self) -> Reply[Me]:
        """The caller and the workspace of the key (`GET /api/me`)."""
        return as_model(self._transport.request("GET", api_path("me")), Me)
