"""A sync against the live schemas of its models and its target."""

from collections.abc import Iterator, Sequence
from typing import Any

from polytomic_provider.facts.sync_rules import MODES_THAT_CREATE, MODES_THAT_UPDATE
from polytomic_provider.spec.sync import TARGET, Condition, FieldMapping, IdentityMapping, SyncSpec
from polytomic_provider.validation.model_schema import not_a_field
from polytomic_provider.validation.problems import Problem, Severity, one_of
from polytomic_provider.validation.schemas import Source, Target, TargetField, TargetMode

MOST_VALUES = 20
"""How many values of a picklist a message lists."""


def sync_against_model(spec: SyncSpec, model: Any, exposed: Source) -> list[Problem]:
    """Return the fields of one of its models that a sync names and that are not there.

    Args:
        spec: The sync.
        model: The model, as the sync refers to it.
        exposed: The fields that the model exposes once the deployment is done.
    """
    return [
        Problem(path, not_a_field(source.field, exposed.label, exposed.fields))
        for path, source in spec.sources()
        if source.model is model or source.model == model
        if isinstance(source.field, str) and source.field not in exposed.fields
    ]


def sync_against_target(spec: SyncSpec, target: Target) -> list[Problem]:
    """Return everything that the target does not offer, and a warning for what it will miss.

    Source: `GET /api/connections/{id}/modelsync/target/fields`.
    """
    mode = spec.mode
    if not isinstance(mode, str):
        return []
    if target.modes and mode not in target.modes:
        text = f"{target.label} does not offer {mode!r}; {one_of(mode, target.modes, 'mode')}"
        return [Problem("mode", text)]
    offered = target.modes.get(mode, TargetMode(mode))
    return list(_Check(mode, offered, target).all(spec))


class _Check:
    """One mode of one target."""

    def __init__(self, mode: str, offered: TargetMode, target: Target) -> None:
        self._mode = mode
        self._offered = offered
        self._target = target

    def all(self, spec: SyncSpec) -> Iterator[Problem]:
        """Yield everything that is wrong, in the order of the arguments."""
        for mapping in (*spec.mappings, *spec.constants):
            yield from self.mapping(mapping)
        for identity in spec.identities:
            yield from self.identity(identity)
        yield from self.identities(spec)
        for condition in spec.conditions():
            if condition.kind == TARGET:
                yield from self.condition(condition)
        yield from self.unmapped(spec)

    def mapping(self, part: FieldMapping) -> Iterator[Problem]:
        """The target field is there and can be written in this mode."""
        per_field = part.sync_mode is not None and part.sync_mode != self._mode
        if per_field and part.sync_mode == "create" and self._offered.supports_field_modes is False:
            yield Problem(part.path, f"{self._in_mode()} takes no mode per field")
        if not isinstance(part.target, str) or (part.new is True and self._target.creates_fields):
            return
        found = self._find(part.target)
        if found is None:
            yield from self._missing(part.path, part.target)
            return
        yield from self.constant(part, found)
        if not self._writable(found):
            text = f"{part.target!r} of {self._target.label} cannot be written in mode {self._mode}"
            yield Problem(part.path, text)
        if part.encryption_enabled is True and found.encryptable is False:
            yield Problem(part.path, f"{part.target!r} of {self._target.label} cannot be encrypted")

    def constant(self, part: FieldMapping, found: TargetField) -> Iterator[Problem]:
        """A constant is one of the target's values, where these are a closed set."""
        value = part.override_value
        if isinstance(value, str) and found.values and value not in found.values:
            of = f"{part.target!r} of {self._target.label}"
            yield Problem(part.path, f"is not a value of {of}; {_values(found.values)}")

    def identity(self, part: IdentityMapping) -> Iterator[Problem]:
        """The target field is there and can match records by this function."""
        new = part.new_field is True and self._target.creates_identity_fields
        if not isinstance(part.target, str) or new:
            return
        found = self._find(part.target)
        if found is None:
            yield from self._missing(part.path, part.target)
        elif found.supports_identity is False:
            known = [f.id for f in self._target.fields.values() if f.supports_identity]
            yield Problem(
                part.path,
                f"{part.target!r} of {self._target.label} cannot match records; "
                f"{one_of(part.target, known, 'identity field')}",
            )
        elif found.identity_functions and _differs(part.function, found.identity_functions):
            known = one_of(part.function, found.identity_functions, "function")
            text = f"{part.target!r} of {self._target.label} does not match by {part.function}"
            yield Problem(part.path, f"{text}; {known}")

    def identities(self, spec: SyncSpec) -> Iterator[Problem]:
        """There is an identity where the mode needs one, and not more than the target takes."""
        if self._offered.requires_identity and not spec.identities and not spec.several:
            known = [f.id for f in self._target.fields.values() if f.supports_identity]
            fields = f"; {self._target.label} matches by {', '.join(known)}" if known else ""
            yield Problem("identity", f"is required by {self._in_mode()}{fields}")
        if len(spec.identities) > 1 and self._target.several_identities is False:
            yield Problem("identities", f"{self._target.label} matches by one identity only")

    def condition(self, part: Condition) -> Iterator[Problem]:
        """The mode takes target filters, and the field takes this function."""
        if self._offered.supports_target_filters is False:
            yield Problem(part.path, f"{self._in_mode()} takes no target filters")
            return
        field = part.field or part.field_id
        if not isinstance(field, str):
            return
        found = self._find(field)
        if found is None:
            yield from self._missing(part.path, field)
        elif found.filterable is False:
            yield Problem(part.path, f"{field!r} of {self._target.label} cannot be filtered by")
        elif found.filter_functions and _differs(part.function, found.filter_functions):
            known = one_of(part.function, found.filter_functions, "function")
            text = f"{field!r} of {self._target.label} does not take {part.function}; {known}"
            yield Problem(f"{part.path}.function", text)

    def unmapped(self, spec: SyncSpec) -> Iterator[Problem]:
        """Something is mapped, and so are the fields without which records are refused."""
        parts = (*spec.mappings, *spec.constants)
        whole = spec.whole and all(isinstance(part.target, str) for part in parts)
        if whole and not parts and self._mode != "remove" and not self._target.mappings_optional:
            yield Problem("fields", f"maps nothing; {self._target.label} needs a mapping")
        if not whole or self._mode not in MODES_THAT_CREATE:
            return
        given = {part.target for part in parts} | {one.target for one in spec.identities}
        missing = [f.id for f in self._target.fields.values() if f.required and f.id not in given]
        if missing:
            yield Problem(
                "fields",
                f"{self._target.label} requires {', '.join(missing)}, which nothing is mapped to: "
                "new records may be refused",
                Severity.WARNING,
            )

    def _find(self, name: str) -> TargetField | None:
        """The field; where the target's columns are the users' own, every name is one."""
        if not self._target.fields:
            return TargetField(name)
        return self._target.fields.get(name)

    def _missing(self, path: str, name: str) -> Iterator[Problem]:
        yield Problem(path, not_a_field(name, self._target.label, self._target.fields))

    def _writable(self, found: TargetField) -> bool:
        if self._mode in MODES_THAT_CREATE and found.createable is not False:
            return True
        if self._mode in MODES_THAT_UPDATE and found.updateable is not False:
            return True
        return self._mode not in (*MODES_THAT_CREATE, *MODES_THAT_UPDATE)

    def _in_mode(self) -> str:
        return f"mode {self._mode} of {self._target.label}"


def _differs(function: Any, known: Sequence[str]) -> bool:
    return isinstance(function, str) and function not in known


def _values(known: Sequence[str]) -> str:
    listed = ", ".join(known[:MOST_VALUES])
    more = len(known) - MOST_VALUES
    return f"known values: {listed}{f' and {more} more' if more > 0 else ''}"
