"""What one preview reads of the data that syncs move, and of the syncs: each thing once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from polytomic_provider.api import NotFound, Polytomic, PolytomicError, SingleFlight
from polytomic_provider.live.not_checked import NotChecked, reason_of

if TYPE_CHECKING:
    from polytomic_provider.api.wire.sync_list import SyncStatus
    from polytomic_provider.api.wire.sync_reply import SyncReply

Row = Mapping[str, Any]
"""A row of a model or an object: its values by the names of its fields."""

T = TypeVar("T")


class Samples:
    """Samples of rows, and syncs as they are now, in one workspace; threads may share it.

    Each method raises NotChecked where Polytomic does not answer as it should, or not in the time
    of the operation, or of that of whoever asked first.
    """

    def __init__(self, polytomic: Polytomic) -> None:
        self._polytomic = polytomic
        self._once = SingleFlight("the data", keep_failures=True)

    def of_model(self, model_id: str) -> Sequence[Row]:
        """Some rows of a model, enriched fields among them (`GET /api/models/{id}/sample`)."""

        def ask() -> Sequence[Row]:
            reply = self._polytomic.models.sample(model_id).data
            return [_merged(record, model_id) for record in reply.records or ()]

        return self._read(("model", model_id), ask)

    def of_object(self, connection_id: str, object_id: str) -> Sequence[Row]:
        """Some rows of an object of a source.

        Source: `GET /api/connections/{id}/schemas/{schema_id}/records`.
        """

        def ask() -> Sequence[Row]:
            return self._polytomic.schemas.records(connection_id, object_id).data

        return self._read(("object", connection_id, object_id), ask)

    def sync(self, sync_id: str) -> SyncReply:
        """A sync as Polytomic has it now (`GET /api/syncs/{id}`)."""

        def ask() -> SyncReply:
            try:
                return self._polytomic.syncs.get(sync_id).data
            except NotFound:
                raise NotChecked(f"there is no sync {sync_id}") from None

        return self._read(("sync", sync_id), ask)

    def status(self, sync_id: str) -> SyncStatus:
        """What runs, ran last and comes next (`GET /api/syncs/{id}/status`)."""

        def ask() -> SyncStatus:
            return self._polytomic.syncs.status(sync_id).data

        return self._read(("status", sync_id), ask)

    def _read(self, key: object, question: Callable[[], T]) -> T:
        try:
            return self._once.ask(key, question)
        except PolytomicError as error:
            raise NotChecked(reason_of(error)) from error


def _merged(record: Mapping[str, Row | None], model_id: str) -> Row:
    """The model's own fields, then those of its enricher that have names of their own."""
    merged: dict[str, Any] = {}
    for source, values in record.items():
        if source != model_id:
            merged.update(values or {})
    merged.update(record.get(model_id) or {})
    return merged
