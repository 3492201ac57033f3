"""What one row of the source becomes, before anybody looks at the target."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from polytomic_emulator.running_syncs.values import Fitted, Unfit, fit
from polytomic_emulator.state.catalogs import CatalogObject
from polytomic_emulator.state.sync import Identity, Source, Sync
from polytomic_emulator.state.sync import Mapping as FieldMapping
from polytomic_provider.filtering import Condition, Filter, holds

Values = Mapping[Source, Any]


@dataclass(frozen=True)
class SourceRow:
    """One row of the sync's base model, with what the related models add.

    key: what names it in its source, over all runs. tracked: the values of the model's tracking
    columns, when it has any; own: those of the fields of the base model alone.
    """

    key: str
    values: Values
    tracked: tuple[Any, ...] | None = None
    own: frozenset[Source] = frozenset()


@dataclass(frozen=True)
class Draft:
    """What a row becomes. identity: the values that it is matched by, in the identity's order.

    once: values for a new record only, so that the next run finds it by its identity. gentle:
    targets that are not overwritten where the record has a value already. errors: why it cannot be
    written at all.
    """

    row: SourceRow
    identity: list[Any]
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    once: dict[str, Any] = field(default_factory=dict[str, Any])
    gentle: frozenset[str] = frozenset()
    warnings: list[str] = field(default_factory=list[str])
    errors: list[str] = field(default_factory=list[str])


def named(source: Source) -> str:
    """How a model's field is called in a record that filters look at."""
    return f"{source.model_id}.{source.field}"


def as_record(values: Values) -> dict[str, Any]:
    """A row's values as filters look at them."""
    return {named(source): value for source, value in values.items()}


class Drafts:
    """Makes drafts for one sync and target. Raises CannotEvaluate for overrides without sense."""

    def __init__(self, sync: Sync, target: CatalogObject, now: datetime) -> None:
        self._sync = sync
        self._target = target
        self._now = now
        self._overrides = [
            (one, Condition(named(one.source), one.function, one.value))
            for one in sync.overrides
            if one.function
        ]
        Filter([condition for _, condition in self._overrides])
        self._encrypted = {one.target for one in sync.fields if one.encryption_enabled}
        self._gentle = frozenset(
            one.target for one in sync.fields if one.sync_mode == "create" and sync.mode != "create"
        )

    def of(self, row: SourceRow) -> Draft:
        """The draft of a row."""
        values = self._overridden(row.values)
        identity = [self._sought(one, values.get(one.source)) for one in self._sync.identities]
        draft = Draft(row, identity, gentle=self._gentle)
        for mapping in self._sync.fields:
            if mapping.source is None or mapping.override_value is not None:
                fitted = self._fitted(mapping, mapping.override_value, draft.errors)
            else:
                fitted = self._fitted(mapping, values.get(mapping.source), draft.errors)
                # A constant is always a text in the API: that it was read is nothing to warn of.
                draft.warnings.extend([fitted.warning] if fitted.warning else [])
            draft.values[mapping.target] = fitted.value
        for one, value in zip(self._sync.identities, identity, strict=True):
            known = self._target.fields.get(one.target)
            if one.target not in draft.values and (known is None or known.createable):
                fitted = self._fitted(FieldMapping(one.target), value, draft.errors)
                draft.once[one.target] = fitted.value
        return draft

    def _sought(self, identity: Identity, value: Any) -> Any:
        """What a record of the target has where a row's identity has this value."""
        if value in (None, "") or identity.target not in self._encrypted:
            return value
        return encrypted(self._sync.encryption_passphrase or "", value)

    def _overridden(self, values: Values) -> dict[Source, Any]:
        """The values with the first override of each field whose condition holds."""
        found = dict(values)
        record = as_record(values)
        done: set[Source] = set()
        for override, condition in self._overrides:
            if override.source not in done and holds(condition, record, now=self._now):
                found[override.source] = override.override
                done.add(override.source)
        return found

    def _fitted(self, mapping: FieldMapping, value: Any, errors: list[str]) -> Fitted:
        if mapping.encryption_enabled and value is not None:
            return Fitted(encrypted(self._sync.encryption_passphrase or "", value))
        try:
            return fit(self._target.fields.get(mapping.target), mapping.target, value)
        except Unfit as unfit:
            errors.append(str(unfit))
            return Fitted(None)


def encrypted(passphrase: str, value: Any) -> str:
    """What stands in the target for an encrypted value: equal for equal values, not readable.

    The emulator keeps a keyed digest, which nobody can read back, in place of a ciphertext.
    """
    text = json.dumps(value, sort_keys=True, default=str)
    digest = hmac.new(passphrase.encode(), text.encode(), hashlib.sha256).hexdigest()
    return f"encrypted:{digest}"
