"""Which records a started sync is limited to. Source: `POST /api/syncs/{id}/executions`."""

from collections.abc import Sequence

from polytomic_emulator.errors import BadRequest
from polytomic_emulator.state.execution import Named
from polytomic_emulator.state.sync import Sync

MOST_SOURCE_IDENTITIES = 1000


def named_by_identities(sync: Sync, values: Sequence[str]) -> list[list[Named]]:
    """The records with these values of the identity's source. Raises BadRequest."""
    _check_can_choose(sync, "identities")
    if len(sync.identities) > 1:
        raise BadRequest(
            "this sync has more than one identity mapping: use source_identities",
            field="identities",
        )
    return [[Named(sync.identities[0].source, value)] for value in values]


def check_source_identities(sync: Sync, entries: Sequence[Sequence[Named]]) -> None:
    """Raise BadRequest for entries that do not name records of this sync."""
    path = "source_identities"
    _check_can_choose(sync, path)
    if len(entries) > MOST_SOURCE_IDENTITIES:
        raise BadRequest(
            f"{path} can have at most {MOST_SOURCE_IDENTITIES} entries; it has {len(entries)}",
            field=path,
        )
    known = [identity.source for identity in sync.identities]
    for position, entry in enumerate(entries):
        field = f"{path}[{position}]"
        sources = [one.source for one in entry]
        strange = next((one for one in sources if one not in known), None)
        if strange is not None:
            raise BadRequest(
                f"{field}: {strange.field} of model {strange.model_id} is no source of this"
                " sync's identity",
                field=field,
                known_values=[one.field for one in known],
            )
        if not entry or len({one.model_id for one in sources}) > 1:
            raise BadRequest(f"{field} must name fields of one model", field=field)
        if sync.strategy == "and" and set(sources) != set(known):
            raise BadRequest(
                f"{field} must name every source of this sync's identity, which combines them"
                " with and",
                field=field,
                known_values=[one.field for one in known],
            )


def _check_can_choose(sync: Sync, field: str) -> None:
    if not sync.identities:
        raise BadRequest("this sync has no identity to name records by", field=field)
    if sync.mode == "replace":
        raise BadRequest(
            "mode replace writes every record: it cannot be limited to some", field=field
        )
