"""The objects that the parts of a sync name: its target, other models, what its schedule awaits."""

from collections.abc import Iterator
from typing import Final

from polytomic_provider.kinds.references import Reference
from polytomic_provider.spec.sync import SyncSpec
from polytomic_provider.validation import Unknown
from polytomic_provider.validation.problems import join_path
from polytomic_provider.validation.untyped import as_list, as_mapping

_AWAITED: Final = (("sync_ids", "Sync"), ("bulk_sync_ids", "BulkSync"))


def references_of_sync(spec: SyncSpec) -> Iterator[Reference]:
    """Yield every reference of a sync, without that to its own model."""
    schedule = as_mapping(spec.schedule)
    after = as_mapping(schedule.get("run_after"))
    places = [
        Reference("target.connection_id", "Connection", spec.target.connection_id, replaces=True),
        Reference("schedule.connection_id", "Connection", schedule.get("connection_id")),
        *(
            Reference(join_path(source.path, "model_id"), "Model", source.model)
            for _, source in spec.sources()
            if not source.own
        ),
        *(
            Reference(f"schedule.run_after.{key}[{position}]", kind, value)
            for key, kind in _AWAITED
            for position, value in enumerate(as_list(after.get(key)))
        ),
    ]
    return (one for one in places if isinstance(one.value, str | Unknown))
