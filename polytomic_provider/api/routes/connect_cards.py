"""Makes pages of Polytomic Connect, where end users connect their own systems."""

from polytomic_provider.api.http.replies import Reply, as_model
from polytomic_provider.api.http.transport import Transport
from polytomic_provider.api.routes.paths import api_path
from polytomic_provider.api.wire.connect_card import ConnectCardReply, ConnectCardRequest


class ConnectCards:
    """The route `/api/connections/connect/`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(
        self,
        request: ConnectCardRequest,
        *,
        idempotency_key: str | None = None,
    ) -> Reply[ConnectCardReply]:
        """Make a page for one connection (`POST /api/connections/connect/`)."""
        reply = self._transport.request(
            "POST",
            # Without the slash at its end the route may redirect, which a POST never follows.
            f"{api_path('connections', 'connect')}/",
            json=request.body(),
            idempotency_key=idempotency_key,
        )
        return as_model(reply, ConnectCardReply)
