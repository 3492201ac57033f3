"""What becomes of every row of a sync, worked out without changing anything.

The decisions that Polytomic's documents leave open:
- The same identity twice in the source: the first row is synced, later ones are skipped with a
  warning. Several records of the target match: the first is updated, with a warning; mode `remove`
  removes every one.
- A row whose identity is empty fails in the modes that match records.
- `replace` and `snapshot` write every row in every run. The other modes write the rows that changed
  since the sync sent them, unless they are told to send all; a change of the sync's own mappings
  counts as one of every row.
- A row that failed is tried again in the next run, unless the sync's error handling says not to.
- `skip_initial_backfill`: the first run only takes note of the rows.
- A test run syncs the first rows that there is anything to do about.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from polytomic_emulator.running_syncs.drafting import (
    Draft,
    Drafts,
    SourceRow,
    as_record,
    named,
)
from polytomic_emulator.running_syncs.matching import Stored, key_of
from polytomic_emulator.running_syncs.writing import Step, Writer
from polytomic_emulator.state.catalogs import CatalogObject
from polytomic_emulator.state.execution import COUNTS, Named, StartRequest
from polytomic_emulator.state.results import Outcome
from polytomic_emulator.state.sync import Source, Sync
from polytomic_provider.facts.secrets import MASK
from polytomic_provider.filtering import Condition, Filter
from polytomic_provider.filtering.logic import label_at

TEST_ROWS = 5
"""How many rows a test run syncs: what the API documents of test runs of bulk syncs."""

_COUNTED = {
    "inserted": "insert",
    "updated": "update",
    "upserted": "upserts",
    "deleted": "delete",
    "failed": "error",
}
_EVERY_ROW = ("replace", "snapshot")


@dataclass(frozen=True)
class Job:
    """Everything that a plan depends on.

    names: how each model is called, the base model under an empty name. known: digests of what was
    synced; None before the first run. retry_errors: of the sync's error handling.
    """

    sync: Sync
    target: CatalogObject
    rows: Sequence[SourceRow]
    stored: Sequence[Stored]
    now: datetime
    properties: Mapping[str, Any] = field(default_factory=dict[str, Any])
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    known: Mapping[str, str] | None = None
    request: StartRequest = field(default_factory=StartRequest)
    retry_errors: bool = True


@dataclass(frozen=True)
class Plan:
    """The steps in the order of the source. digests: what the sync then knows; None: as before.

    absent: the named records that the source does not have.
    """

    steps: list[Step]
    digests: dict[str, str] | None
    absent: list[list[Named]]


def plan(job: Job) -> Plan:
    """What an execution is to do. Raises CannotEvaluate for filters or overrides without sense."""
    return _Planning(job).plan()


def counts_of(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """The counts of an execution. total: what was written, deleted or failed; warnings: records."""
    counted = Counter(_COUNTED[one.status] for one in outcomes if one.status in _COUNTED)
    counts = dict.fromkeys(COUNTS, 0) | counted
    return counts | {
        "total": counted.total(),
        "warnings": sum(bool(one.warnings) for one in outcomes),
    }


class _Planning:
    def __init__(self, job: Job) -> None:
        self._job = job
        sync = job.sync
        self._drafts = Drafts(sync, job.target, job.now)
        self._writer = Writer(sync, job.target, job.properties, job.stored, job.now)
        self._filter = Filter(
            [
                Condition(named(one.source), one.function, one.value)
                for one in sync.conditions_of("Model")
                if one.source is not None
            ],
            sync.model_logic,
        )
        self._masked = {one.source for one in sync.fields if one.encryption_enabled}
        self._own_targets = {
            one.target: one.source
            for one in sync.fields
            if one.source is not None and one.override_value is None
        }
        settings = (*sync.fields, *sync.overrides, *sync.identities)
        self._settings = json.dumps([asdict(one) for one in settings])
        request = job.request
        self._told = request.resync or request.chosen is not None
        self._every = self._told or sync.sync_all_records or sync.mode in _EVERY_ROW
        self._only_note = sync.skip_initial_backfill and job.known is None and not self._told
        self._partial = request.chosen is not None or request.test
        self._digests = dict(job.known or {}) if self._partial else {}
        self._first: dict[tuple[str | None, ...], str] = {}
        self._tested = 0

    def plan(self) -> Plan:
        rows, absent = self._chosen()
        steps = self._writer.emptied() if self._job.sync.mode == "replace" else []
        for row in rows:
            if self._job.request.test and self._tested == TEST_ROWS:
                break
            steps.extend(self._steps(row))
        unknown = self._job.known is None and self._job.sync.skip_initial_backfill
        return Plan(steps, None if self._partial and unknown else self._digests, absent)

    def _chosen(self) -> tuple[Sequence[SourceRow], list[list[Named]]]:
        """The rows that the request names, and what it names in vain."""
        wanted = self._job.request.chosen
        if wanted is None:
            return self._job.rows, []
        asked = {frozenset((one.source, one.value) for one in entry) for entry in wanted}
        shapes = {frozenset(source for source, _ in entry) for entry in asked}
        found: set[frozenset[tuple[Source, str | None]]] = set()
        rows: list[SourceRow] = []
        for row in self._job.rows:
            named_by = {
                frozenset((one, key_of(row.values.get(one), None)) for one in shape)
                for shape in shapes
            } & asked
            if named_by:
                rows.append(row)
                found |= named_by
        absent = [
            entry
            for entry in wanted
            if frozenset((one.source, one.value) for one in entry) not in found
        ]
        return rows, absent

    def _steps(self, row: SourceRow) -> list[Step]:
        outcome = Outcome(row.key, "unchanged", self._shown(row))
        dropped = self._filter.first_failure(as_record(row.values), now=self._job.now)
        if dropped is not None:
            label = label_at(dropped)
            reason = f"does not pass filter {label}"
            return [Step(replace(outcome, status="filtered", filter=label, reason=reason))]
        draft = self._drafts.of(row)
        digest = self._digest(draft)
        known = (self._job.known or {}).get(row.key)
        twin = self._twin(draft)
        if twin is not None:
            digest = f"{digest} as {twin}"
        self._digests[row.key] = digest
        if self._only_note:
            return [Step(replace(outcome, status="skipped", reason="the backfill is skipped"))]
        if known == digest and not self._every:
            return [Step(outcome)]
        self._tested += 1
        if twin is not None:
            warning = f"record {twin} has the same identity and was synced instead"
            return [Step(replace(outcome, status="skipped", reason=warning, warnings=[warning]))]
        steps = self._writer.written(draft, outcome)
        if steps[0].outcome.status == "failed" and self._job.retry_errors:
            del self._digests[row.key]
        return steps

    def _shown(self, row: SourceRow) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for source, value in row.values.items():
            model = self._job.names.get(source.model_id, "")
            name = f"{model}.{source.field}" if model else source.field
            found[name] = MASK if source in self._masked and value is not None else value
        return found

    def _twin(self, draft: Draft) -> str | None:
        """The earlier row with the same identity."""
        if self._job.sync.mode in ("append", *_EVERY_ROW):
            return None
        fields = self._job.target.fields
        key = tuple(
            key_of(value, fields.get(identity.target))
            for identity, value in zip(self._job.sync.identities, draft.identity, strict=True)
        )
        if not any(key):
            return None
        first = self._first.setdefault(key, draft.row.key)
        return None if first == draft.row.key else first

    def _digest(self, draft: Draft) -> str:
        """What a row looks like to this sync; another digest means that it changed."""
        row = draft.row
        if row.tracked is not None:
            looked_at: Any = row.tracked
        else:
            only_own = self._job.sync.only_enrich_updates
            values = {
                name: value
                for name, value in draft.values.items()
                if not only_own or self._own_targets.get(name) in row.own
            }
            looked_at = [values, draft.once, draft.identity, draft.errors]
        sync = self._job.sync
        text = json.dumps(
            [looked_at, self._settings, sync.mode, sync.target.object], sort_keys=True, default=str
        )
        return hashlib.sha256(text.encode()).hexdigest()
