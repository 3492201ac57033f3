"""The refusals of Polytomic's API, each with its status and its documented body.

ApiError
├── BadRequest      400  the request cannot be read, or a value has the wrong JSON type
├── Unauthorized    401  no credential, or one that nobody issued
├── Forbidden       403  a credential of the wrong kind
├── NotFound        404  no such object in the caller's workspace
├── NotAllowed      405  the path exists, the method does not
├── Conflict        409  the same idempotency key is being worked on; harbors
├── TooLarge        413  the body is larger than the emulator reads
├── Unprocessable   422  the request was understood and is refused
├── TooMany         429  a rate limit is exhausted
└── InternalError   500  the emulator itself failed
"""

from typing import Any, ClassVar


class ApiError(Exception):
    """A reply that refuses: `{"key", "message", "metadata", "status"}`."""

    status: ClassVar[int] = 500
    key: ClassVar[str] = "internal_error"

    def __init__(self, message: str, **metadata: Any) -> None:
        super().__init__(message)
        self.message = message
        self.metadata = metadata

    def body(self) -> dict[str, Any]:
        """The documented error body."""
        return {
            "key": self.key,
            "message": self.message,
            "metadata": self.metadata,
            "status": self.status,
        }


class BadRequest(ApiError):
    """The request cannot be read, or a value in it has the wrong JSON type."""

    status = 400
    key = "bad_request"


class Unauthorized(ApiError):
    """No credential, or one that this emulator did not issue."""

    status = 401
    key = "unauthorized"

    def body_of_2024(self) -> dict[str, Any]:
        """The body that API generation 2024-02-08 sends for this status only."""
        return {
            "code": self.status,
            "context": self.metadata,
            "error": self.message,
            "status": "Unauthorized",
        }


class Forbidden(ApiError):
    """The credential is known but not meant for this call."""

    status = 403
    key = "forbidden"


class NotFound(ApiError):
    """No such object in the caller's workspace, or no such route."""

    status = 404
    key = "not_found"


class NotAllowed(ApiError):
    """The path exists, the method does not."""

    status = 405
    key = "method_not_allowed"


class Conflict(ApiError):
    """Another request with this idempotency key is being worked on, or a harbor holds on."""

    status = 409
    key = "conflict"


class TooLarge(ApiError):
    """The request's body is larger than the emulator reads."""

    status = 413
    key = "request_too_large"


class Unprocessable(ApiError):
    """The request was understood and is refused."""

    status = 422
    key = "unprocessable_entity"


class TooMany(ApiError):
    """A rate limit is exhausted; header Retry-After says when it no longer is."""

    status = 429
    key = "too_many_requests"


class InternalError(ApiError):
    """The emulator itself failed; its terminal says how."""
