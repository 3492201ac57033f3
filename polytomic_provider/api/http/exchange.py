"""One request as errors name it: method, path, settings, and how server texts are shown."""

from dataclasses import dataclass, field
from typing import Final

from pydantic import JsonValue

from polytomic_provider.api.http.errors import PolytomicError
from polytomic_provider.api.http.operation import present
from polytomic_provider.api.http.ordinary_words import only_ordinary
from polytomic_provider.api.http.retries import Cause
from polytomic_provider.api.http.settings import Settings
from polytomic_provider.api.http.shown_text import one_line

LONGEST_SHOWN: Final = 1000


@dataclass(frozen=True)
class Exchange:
    """A request: method, path and the settings that it is sent with.

    Attributes:
        method: HTTP method.
        path: Path below the deployment's address, without its query.
        settings: The settings it is asked with.
        keyed_post: It is a POST with an `Idempotency-Key`.
    """

    method: str
    path: str
    settings: Settings
    keyed_post: bool = False

    @property
    def asked(self) -> str:
        """Method and path."""
        return f"{self.method} {self.path}"

    def clean(self, text: str, *, longest: int = LONGEST_SHOWN) -> str:
        """Return a server's text on one line, cut, without the key and control characters."""
        line = one_line(self.settings.redact(text))
        return line if len(line) <= longest else f"{line[:longest]}…"

    def words(self, text: str, *, longest: int = LONGEST_SHOWN) -> str:
        """Return a server's words as `clean` does, with possible unknown secrets masked."""
        operation = present()
        if operation is not None and operation.shown is not None:
            text = only_ordinary(text, operation.shown)
        return self.clean(text, longest=longest)

    def clean_json(self, value: JsonValue) -> JsonValue:
        """Return a JSON value of a reply without the key."""
        if isinstance(value, str):
            return self.settings.redact(value)
        if isinstance(value, list):
            return [self.clean_json(element) for element in value]
        if isinstance(value, dict):
            return {self.settings.redact(k): self.clean_json(v) for k, v in value.items()}
        return value


@dataclass(frozen=True)
class Failure:
    """How an attempt failed: the error for people, and what the decision to retry needs.

    Attributes:
        error: What is raised if it stays.
        cause: What it failed of.
        status: HTTP status of the reply, if there was one.
        message: The server's words.
        retry_after: Seconds that the server asked to wait.
    """

    error: PolytomicError
    cause: Cause
    status: int | None = None
    message: str = field(default="", repr=False)
    retry_after: float | None = None
