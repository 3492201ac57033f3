"""What a run leaves to read, on the wire (`/api/syncs/{id}/executions/{id}/…`)."""

from typing import Annotated

from pydantic import Field

from polytomic_provider.api.wire import Moment, ReplyObject
from polytomic_provider.api.wire.spellings import NoNulls, Text


class ConsoleEntry(ReplyObject):
    """A line that a run logged."""

    id: str | None = None
    level: str | None = None
    message: Text = Field(default=None, repr=False)
    timestamp: Moment = None


class ConsoleLog(ReplyObject):
    """The latest lines that a run logged, the oldest of them first."""

    entries: Annotated[list[ConsoleEntry] | None, NoNulls] = None
