"""Model syncs on the wire, as the list and the running of them show them (`/api/syncs…`)."""

from collections.abc import Mapping
from typing import Any, cast

from pydantic import model_validator

from polytomic_provider.api.wire import Moment, ReplyObject
from polytomic_provider.api.wire.execution import Execution
from polytomic_provider.api.wire.sync_reply import SyncScheduleReply


class SyncItem(ReplyObject):
    """A sync in a list.

    Version 2025-09-18 lists these few fields, older ones whole syncs, whose `target` is read into
    `target_connection_id` and `target_object`.
    """

    id: str
    name: str | None = None
    active: bool | None = None
    mode: str | None = None
    target_connection_id: str | None = None
    target_object: str | None = None
    model_ids: list[str] | None = None
    schedule: SyncScheduleReply | None = None
    sync_all_records: bool | None = None
    only_enrich_updates: bool | None = None
    skip_initial_backfill: bool | None = None
    organization_id: str | None = None
    created_at: Moment = None
    updated_at: Moment = None

    @model_validator(mode="before")
    @classmethod
    def _flatten_target(cls, value: Any) -> Any:
        target: Any = cast("Mapping[str, Any]", value).get("target") if _is_map(value) else None
        if not _is_map(target):
            return value
        of_target = {
            "target_connection_id": target.get("connection_id"),
            "target_object": target.get("object"),
        }
        return {**of_target, **{k: v for k, v in value.items() if v is not None}}


class SyncActivation(ReplyObject):
    """Whether a sync runs on its schedule now."""

    id: str | None = None
    active: bool | None = None


class SyncStatus(ReplyObject):
    """The run that goes on, the last one that ended, and when the next one begins."""

    current_execution: Execution | None = None
    last_execution: Execution | None = None
    next_execution_time: Moment = None


def _is_map(value: Any) -> bool:
    return isinstance(value, Mapping)
