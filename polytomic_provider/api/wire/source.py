"""What a connection offers as a source of models, on the wire (`…/modelsync/source`)."""

from typing import Annotated

from pydantic import Field, JsonValue

from polytomic_provider.api.wire import Moment, ReplyObject
from polytomic_provider.api.wire.spellings import NoNulls


class ConfigurationValue(ReplyObject):
    """One key of a model's configuration: its type and the values to choose from."""

    type: str | None = None
    items: list[JsonValue] | None = None


class SourceMeta(ReplyObject):
    """The choices for one key; `requires_one_of` names keys of which one must be chosen first."""

    has_items: bool | None = None
    items: list[JsonValue] | None = None
    requires_one_of: list[str] | None = None


class ModelSyncSource(ReplyObject):
    """How a model over a connection can be configured.

    `configuration` and `items` are by configuration key, such as `table`; exactly one of the keys
    in `requires_one_of` must be chosen.
    """

    configuration: dict[str, ConfigurationValue | None] | None = None
    items: dict[str, SourceMeta | None] | None = None
    requires_one_of: list[str] | None = None


class ModelField(ReplyObject):
    """A field of a model or of a source; syncs address it by `name`, some filters by `id`."""

    id: str | None = None
    name: str | None = None
    label: str | None = None
    type: str | None = None
    remote_type: str | None = None
    description: str | None = None
    example: JsonValue = Field(default=None, repr=False)
    unique: bool | None = None
    user_added: bool | None = None
    created_at: Moment = None
    updated_at: Moment = None


ModelFields = Annotated[list[ModelField] | None, NoNulls]
