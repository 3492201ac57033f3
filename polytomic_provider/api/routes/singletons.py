"""Settings that always exist, one of a kind for a workspace or an object: read and replaced.

polytomic.global_error_subscribers.get().data.emails
polytomic.sync_error_handling("248d…").replace(SyncErrorHandlingRequest(subscribers=[]))
"""

from typing import Generic, TypeVar

from pydantic import ConfigDict, Field

from polytomic_provider.api.http.replies import Reply, as_model
from polytomic_provider.api.http.transport import Transport
from polytomic_provider.api.routes.paths import api_path
from polytomic_provider.api.wire import ReplyObject, Request

RequestT = TypeVar("RequestT", bound=Request)
ReplyT = TypeVar("ReplyT", bound=ReplyObject)


class Singleton(Generic[RequestT, ReplyT]):
    """One set of settings; each call raises what `Transport.request` raises."""

    def __init__(self, transport: Transport, reply: type[ReplyT], *path: str) -> None:
        self._transport = transport
        self._reply = reply
        self._path = path

    def get(self) -> Reply[ReplyT]:
        """Read the settings (`GET`)."""
        return as_model(self._transport.request("GET", api_path(*self._path)), self._reply)

    def replace(self, request: RequestT) -> Reply[ReplyT]:
        """Replace the settings (`PUT`)."""
        path = api_path(*self._path)
        reply = self._transport.request("PUT", path, json=request.body())
        return as_model(reply, self._reply)


class GlobalErrorSubscribersRequest(Request):
    """Body of `PUT /api/notifications/global-error-subscribers`."""

    emails: list[str]


class GlobalErrorSubscribersReply(ReplyObject):
    """Who is told of the errors of a workspace's syncs."""

    emails: list[str] | None = None


class SyncErrorHandlingRequest(Request):
    """Body of `PUT /api/syncs/{id}/error-handling`; what is left out stays as it is."""

    subscribers: list[str] | None = None
    auto_retry_record_errors: bool | None = None
    notify_on_record_errors: bool | None = None
    warning_notifications: bool | None = None


class SyncErrorHandlingReply(ReplyObject):
    """What happens when a sync or its records fail."""

    subscribers: list[str] | None = None
    auto_retry_record_errors: bool | None = None
    notify_on_record_errors: bool | None = None
    warning_notifications: bool | None = None


class BulkSyncErrorHandlingRequest(Request):
    """Body of `PUT /api/bulk/syncs/{id}/error-handling`; what is left out stays as it is."""

    subscribers: list[str] | None = None
    ingestion_failure_threshold: int | None = None


class BulkSyncErrorHandlingReply(ReplyObject):
    """What happens when a bulk sync fails."""

    subscribers: list[str] | None = None
    ingestion_failure_threshold: int | None = None


class RecordLoggingRequest(Request):
    """Body of `PUT /api/organization/record-logging`, which replaces everything."""

    model_config = ConfigDict(validate_by_name=True)

    enabled: bool
    delivery_connection_id: str | None = Field(default=None, alias="deliveryConnectionId")
    delivery_prefix: str | None = Field(default=None, alias="deliveryPrefix")


class RecordLoggingReply(ReplyObject):
    """Where the records of a workspace's executions are logged."""

    enabled: bool | None = None
    delivery_connection_id: str | None = Field(default=None, alias="deliveryConnectionId")
    delivery_connection_name: str | None = Field(default=None, alias="deliveryConnectionName")
    delivery_prefix: str | None = Field(default=None, alias="deliveryPrefix")
