"""What all wire types share: strict requests, lenient replies, objects that stand for their id."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, cast

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, JsonValue

from polytomic_provider.api.http.shown_text import one_line


class Request(BaseModel):
    """A body to send: unknown names and wrong types are refused, only what is set is sent."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, hide_input_in_errors=True, validate_by_alias=True
    )

    def body(self) -> dict[str, JsonValue]:
        """The JSON object with the API's own names."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)


class ReplyObject(BaseModel):
    """An object of a reply: every field may be missing or null, unknown ones are ignored."""

    model_config = ConfigDict(
        extra="ignore", frozen=True, hide_input_in_errors=True, coerce_numbers_to_str=True
    )


def _id_of(value: Any) -> Any:
    return cast("Mapping[str, Any]", value).get("id") if isinstance(value, Mapping) else value


def as_moment(value: Any) -> datetime | None:
    """Read an RFC 3339 time; None for anything else."""
    if isinstance(value, datetime):
        return value
    # Python 3.11 reads at most six digits of a second.
    text = re.sub(r"(\.[0-9]{6})[0-9]+", r"\1", value) if isinstance(value, str) else ""
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


IdOf = Annotated[str | None, BeforeValidator(_id_of)]
"""An id, given as a string or as an object with `id`."""

Words = Annotated[str | None, AfterValidator(lambda words: words and one_line(words))]
"""What a server says to a person: one line."""

Moment = Annotated[datetime | None, BeforeValidator(as_moment)]
"""RFC 3339 time in UTC; None where the server gives none or something else."""
