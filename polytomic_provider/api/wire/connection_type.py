"""Connection types on the wire (`/api/connection_types`)."""

from pydantic import JsonValue

from polytomic_provider.api.wire import ReplyObject


class ConnectionTypeReply(ReplyObject):
    """A kind of system that Polytomic connects to, such as `salesforce`."""

    id: str
    name: str | None = None
    use_oauth: bool | None = None
    capabilities: dict[str, JsonValue] | None = None
