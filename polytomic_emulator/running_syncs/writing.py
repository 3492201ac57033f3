"""What a draft does to the target: which record it becomes, or why it becomes none.

The target is an image in memory: what an earlier row wrote is seen by later ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from polytomic_emulator.running_syncs.drafting import Draft, as_record, named
from polytomic_emulator.running_syncs.matching import Matcher, Stored, key_of
from polytomic_emulator.running_syncs.values import shown
from polytomic_emulator.state.catalogs import CatalogObject
from polytomic_emulator.state.modes import MODES
from polytomic_emulator.state.results import Outcome, Status
from polytomic_emulator.state.sync import Sync
from polytomic_provider.filtering import Condition, Filter
from polytomic_provider.filtering.logic import label_at

_UNMATCHED = ("append", "replace", "snapshot")
"""The modes that look for no record of the target."""
_BY_SERVICE = ("id", "created", "modified")
"""What a service writes into a new record by itself."""
SNAPSHOT_FIELD = "_polytomic_snapshot_at"


@dataclass(frozen=True)
class Write:
    """One change of the target. A new record's id is provisional: `new:0`, `new:1` …"""

    kind: Literal["insert", "update", "delete"]
    id: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Step:
    """What became of a record, and the change that it takes."""

    outcome: Outcome
    write: Write | None = None


@dataclass(frozen=True)
class _Record:
    id: str
    values: dict[str, Any]


class Writer:
    """Writes drafts to the image of a target. Raises CannotEvaluate for filters without sense."""

    def __init__(
        self,
        sync: Sync,
        target: CatalogObject,
        properties: Mapping[str, Any],
        stored: Sequence[Stored],
        now: datetime,
    ) -> None:
        self._sync = sync
        self._mode = MODES[sync.mode]
        self._target = target
        self._properties = properties
        self._now = now
        self._records: dict[str, Stored] = {}
        identities = [] if sync.mode in _UNMATCHED else sync.identities
        self._matcher = Matcher(identities, sync.strategy, target.fields, [])
        self._matches = bool(identities)
        self._unique = {one.id: dict[str, str]() for one in target.fields.values() if one.unique}
        self._filter = _target_filter(sync)
        self._new = 0
        for one in stored:
            self._put(one)

    def emptied(self) -> list[Step]:
        """The steps that take every record away."""
        return [self._deleted(Outcome("", "deleted"), one) for one in list(self._records.values())]

    def written(self, draft: Draft, outcome: Outcome) -> list[Step]:
        """What a draft does, `outcome` telling of its source; several steps only in mode remove."""
        if self._matches and not self._has_identity(draft):
            names = " and ".join(one.source.field for one in self._sync.identities)
            return [_failed(outcome, f"{names} is empty: there is no identity to match records by")]
        found = self._matcher.find(draft.identity) if self._matches else []
        if self._sync.mode == "remove":
            steps = [self._deleted(outcome, one) for one in found]
            return steps or [_skipped(outcome, "no record of the target matches")]
        if draft.errors:
            return [_failed(outcome, "; ".join(draft.errors))]
        outcome = replace(outcome, warnings=[*outcome.warnings, *draft.warnings])
        if found:
            return [self._update(draft, outcome, found)]
        if self._mode.creates:
            return [self._insert(draft, outcome)]
        return [_skipped(outcome, "no record of the target matches")]

    def _has_identity(self, draft: Draft) -> bool:
        present = [key_of(value, None) is not None for value in draft.identity]
        return all(present) if self._sync.strategy == "and" else any(present)

    def _update(self, draft: Draft, outcome: Outcome, found: list[Stored]) -> Step:
        if not self._mode.updates:
            return _skipped(replace(outcome, target_id=found[0].id), "the record exists already")
        passing = [one for one in found if self._dropped_by(draft, one) is None]
        if not passing:
            label = self._dropped_by(draft, found[0])
            reason = f"the record of the target does not pass target filter {label}"
            return Step(
                replace(
                    outcome, status="filtered", filter=label, reason=reason, target_id=found[0].id
                )
            )
        record = passing[0]
        values = {
            name: value
            for name, value in draft.values.items()
            if self._updates(name) and not (name in draft.gentle and _filled(record.values, name))
        }
        wrong = self._wrong(values, {**record.values, **values}, record.id)
        if wrong:
            return _failed(replace(outcome, target_id=record.id), wrong)
        warnings = list(outcome.warnings)
        if len(passing) > 1:
            warnings.append(f"{len(passing)} records of the target match; the first was updated")
        self._put(_Record(record.id, {**record.values, **values}))
        told = replace(
            outcome,
            status=self._reported("updated"),
            target_id=record.id,
            target=values,
            before={name: record.values.get(name) for name in values},
            warnings=warnings,
        )
        return Step(told, Write("update", record.id, values))

    def _dropped_by(self, draft: Draft, record: Stored) -> str | None:
        if not self._filter.conditions:
            return None
        seen = as_record(draft.row.values) | {
            f"target.{name}": value for name, value in record.values.items()
        }
        position = self._filter.first_failure(seen, now=self._now)
        return None if position is None else label_at(position)

    def _insert(self, draft: Draft, outcome: Outcome) -> Step:
        values = {
            name: value
            for name, value in (draft.once | draft.values).items()
            if self._creates(name)
        }
        if self._sync.mode == "snapshot" and self._takes_columns():
            values[SNAPSHOT_FIELD] = self._now.isoformat().replace("+00:00", "Z")
        wrong = self._wrong(self._target.fields, values, None)
        if wrong:
            return _failed(outcome, wrong)
        record = _Record(f"new:{self._new}", values)
        self._new += 1
        self._put(record)
        status = self._reported("inserted")
        told = replace(outcome, status=status, target_id=record.id, target=values)
        return Step(told, Write("insert", record.id, values))

    def _takes_columns(self) -> bool:
        return self._target.open or bool(self._properties.get("supports_field_creation"))

    def _creates(self, name: str) -> bool:
        known = self._target.fields.get(name)
        return known is None or known.createable

    def _updates(self, name: str) -> bool:
        known = self._target.fields.get(name)
        return known is None or known.updateable

    def _wrong(
        self, written: Mapping[str, Any], values: Mapping[str, Any], record_id: str | None
    ) -> str | None:
        """Why a record cannot be so, looking at the fields that are written."""
        fields = [self._target.fields[name] for name in written if name in self._target.fields]
        missing = [
            one.id
            for one in fields
            if one.required
            and one.createable
            and not _filled(values, one.id)
            and (record_id is not None or one.seed not in _BY_SERVICE)
        ]
        if missing:
            return f"{', '.join(missing)} is required"
        for name, taken in self._unique.items():
            key = key_of(values.get(name), self._target.fields[name]) if name in written else None
            if key is not None and taken.get(key, record_id) != record_id:
                return f"{name} must be unique; another record has {shown(values[name])}"
        return None

    def _reported(self, status: Status) -> Status:
        """Some services do not say whether a record was new."""
        silent = self._properties.get("does_not_report_operation_counts")
        return "upserted" if silent and self._mode.creates and self._mode.updates else status

    def _deleted(self, outcome: Outcome, record: Stored) -> Step:
        self._forget(record.id)
        told = replace(outcome, status="deleted", target_id=record.id, before=dict(record.values))
        return Step(told, Write("delete", record.id, {}))

    def _put(self, record: Stored) -> None:
        self._forget(record.id)
        self._records[record.id] = record
        self._matcher.put(record)
        for name, taken in self._unique.items():
            key = key_of(record.values.get(name), self._target.fields[name])
            if key is not None:
                taken.setdefault(key, record.id)

    def _forget(self, record_id: str) -> None:
        record = self._records.pop(record_id, None)
        if record is None:
            return
        self._matcher.drop(record_id)
        for name, taken in self._unique.items():
            key = key_of(record.values.get(name), self._target.fields[name])
            if key is not None and taken.get(key) == record_id:
                del taken[key]


def _target_filter(sync: Sync) -> Filter:
    conditions = [
        Condition(
            f"target.{one.target}",
            one.function,
            one.value,
            named(one.value_source) if one.value_source else None,
        )
        for one in sync.conditions_of("Target")
    ]
    return Filter(conditions, sync.target_logic)


def _filled(values: Mapping[str, Any], name: str) -> bool:
    return values.get(name) not in (None, "")


def _failed(outcome: Outcome, reason: str) -> Step:
    return Step(replace(outcome, status="failed", reason=reason))


def _skipped(outcome: Outcome, reason: str) -> Step:
    return Step(replace(outcome, status="skipped", reason=reason))
