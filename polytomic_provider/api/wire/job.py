"""Jobs on the wire (`/api/jobs/{type}/{id}`)."""

from pydantic import Field, JsonValue

from polytomic_provider.api.wire import ReplyObject
from polytomic_provider.api.wire.spellings import Text


class JobReply(ReplyObject):
    """Work that goes on after a reply; `result` is what the reply would have held, once done.

    `type` is `createmodel`, `updatemodel` …; `status` is `created`, `running`, `done` or `failed`.
    """

    job_id: str | None = None
    type: str | None = None
    status: str | None = None
    result: JsonValue = Field(default=None, repr=False)
    error: Text = None
