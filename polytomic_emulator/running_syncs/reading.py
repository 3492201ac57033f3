"""The rows that a sync reads: those of its base model, and what related models add to each.

The base model is the one that the identity names, else the first that a mapping names. Another
model joins by a relation, its own or the other's, perhaps over a third; of several rows that a
relation leads to, the first is taken, as there is one record per row of the base model.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from polytomic_emulator.errors import Unprocessable
from polytomic_emulator.running_syncs.drafting import SourceRow
from polytomic_emulator.running_syncs.matching import key_of
from polytomic_emulator.state.model import Model
from polytomic_emulator.state.model_rows import ModelRow
from polytomic_emulator.state.sync import Source, Sync


@dataclass(frozen=True)
class _Step:
    """A way from one model to another: the field here has the value of the field there."""

    here: Source
    there: Source


ReadRows = Callable[[Model], Sequence[ModelRow]]


def base_model_id(sync: Sync) -> str:
    """The model whose rows become records. Raises Unprocessable for a sync that names none."""
    named = [one.source for one in sync.identities] + [one.source for one in sync.fields]
    found = next((one.model_id for one in named if one is not None), None)
    if found is None:
        raise Unprocessable("the sync maps no field of a model, so there is nothing to read")
    return found


def joined_rows(sync: Sync, models: Sequence[Model], read: ReadRows) -> list[SourceRow]:
    """The sync's rows. Raises Unprocessable where the models that it names are not related."""
    by_id = {one.id: one for one in models}
    base = by_id[base_model_id(sync)]
    wanted = list(dict.fromkeys(_sources(sync)))
    others = list(dict.fromkeys(one.model_id for one in wanted if one.model_id != base.id))
    gone = next((other for other in others if other not in by_id), None)
    if gone is not None:
        raise Unprocessable(f"there is no model {gone} any more, which a filter compares with")
    paths = {other: _path(base.id, other, models) for other in others}
    for other, path in paths.items():
        if path is None:
            raise Unprocessable(
                f'model "{by_id[other].name}" is not related to model "{base.name}": add a'
                " relation to one of them, or map no field of it"
            )
    passed = {step.there for path in paths.values() for step in path or ()}
    indexes = {there: _index(read(by_id[there.model_id]), there.field) for there in passed}
    own = frozenset(
        one
        for one in wanted
        if one.model_id == base.id and one.field in {field.name for field in base.fields}
    )
    seen: Counter[str] = Counter()
    rows: list[SourceRow] = []
    for row in read(base):
        seen[row.key] += 1
        # A model's identifier is what a person says is unique; it need not be.
        key = row.key if seen[row.key] == 1 else f"{row.key} #{seen[row.key]}"
        values = _values(row, base.id, wanted, paths, indexes)
        tracked = tuple(row.values.get(one) for one in base.tracking_columns) or None
        rows.append(SourceRow(key, values, tracked, own))
    return rows


def _sources(sync: Sync) -> Iterable[Source]:
    yield from (source for _, source in sync.sources())
    yield from (one.value_source for one in sync.conditions if one.value_source is not None)


def _path(start: str, end: str, models: Sequence[Model]) -> list[_Step] | None:
    """The shortest way from one model to another; None where there is none."""
    ways = [
        _Step(Source(one.id, relation.source), Source(relation.model_id, relation.field))
        for one in models
        for relation in one.relations
    ]
    ways += [_Step(way.there, way.here) for way in ways]
    found: dict[str, list[_Step]] = {start: []}
    waiting = deque([start])
    while waiting and end not in found:
        here = waiting.popleft()
        for way in ways:
            if way.here.model_id == here and way.there.model_id not in found:
                found[way.there.model_id] = [*found[here], way]
                waiting.append(way.there.model_id)
    return found.get(end)


def _index(rows: Sequence[ModelRow], field: str) -> dict[str | None, ModelRow]:
    found: dict[str | None, ModelRow] = {}
    for row in rows:
        found.setdefault(key_of(row.values.get(field), None), row)
    found.pop(None, None)
    return found


def _values(
    row: ModelRow,
    base: str,
    wanted: Sequence[Source],
    paths: Mapping[str, list[_Step] | None],
    indexes: Mapping[Source, Mapping[str | None, ModelRow]],
) -> dict[Source, Any]:
    joined: dict[str, ModelRow | None] = {base: row}
    for other, path in paths.items():
        at: ModelRow | None = row
        for step in path or ():
            value = None if at is None else at.values.get(step.here.field)
            at = indexes[step.there].get(key_of(value, None))
        joined[other] = at
    return {
        one: None if (at := joined[one.model_id]) is None else at.values.get(one.field)
        for one in wanted
    }
