"""A sync's arguments against the live schemas of its model and its target."""

from collections.abc import Iterator, Mapping
from typing import Any

from polytomic_provider.facts.sync_rules import MODES_THAT_CREATE, MODES_THAT_UPDATE
from polytomic_provider.validation.model_schema import not_a_field
from polytomic_provider.validation.problems import Problem, Severity, one_of
from polytomic_provider.validation.schemas import Source, Target, TargetField, TargetMode
from polytomic_provider.validation.sync_parts import (
    ConditionPart,
    IdentityPart,
    MappingPart,
    conditions_of,
    identities_of,
    mappings_of,
    sources_of,
)


def sync_against_model(arguments: Mapping[str, Any], model: Source) -> list[Problem]:
    """Fields of its model that a sync names and that are not there.

    `model` has the fields that the model exposes once the deployment is done.
    """
    return [
        Problem(path, not_a_field(name, model.label, model.fields))
        for path, name in sources_of(arguments)
        if name not in model.fields
    ]


def sync_against_target(arguments: Mapping[str, Any], target: Target) -> list[Problem]:
    """Everything that the target does not offer, and a warning for what it will miss.

    Source: `GET /api/connections/{id}/modelsync/target/fields`.
    """
    mode = arguments.get("mode")
    if not isinstance(mode, str):
        return []
    if target.modes and mode not in target.modes:
        return [
            Problem(
                "mode", f"{target.label} does not offer it; {one_of(mode, target.modes, 'mode')}"
            )
        ]
    offered = target.modes.get(mode, TargetMode(mode))
    check = _Check(mode, offered, target)
    return list(check.all(arguments))


class _Check:
    """One mode of one target."""

    def __init__(self, mode: str, offered: TargetMode, target: Target) -> None:
        self._mode = mode
        self._offered = offered
        self._target = target

    def all(self, arguments: Mapping[str, Any]) -> Iterator[Problem]:
        """Everything that is wrong, in the order of the arguments."""
        for mapping in mappings_of(arguments):
            yield from self.mapping(mapping)
        identities = list(identities_of(arguments))
        for identity in identities:
            yield from self.identity(identity)
        yield from self.identities(arguments, identities)
        for condition in conditions_of(arguments):
            if condition.kind == "Target":
                yield from self.condition(condition)
        yield from self.unmapped(arguments)

    def mapping(self, part: MappingPart) -> Iterator[Problem]:
        """The target field is there and can be written in this mode."""
        per_field = part.sync_mode is not None and part.sync_mode != self._mode
        if per_field and part.sync_mode == "create" and self._offered.supports_field_modes is False:
            yield Problem(part.path, f"{self._in_mode()} takes no mode per field")
        if part.target is None or (part.new and self._target.creates_fields):
            return
        found = self._find(part.target)
        if found is None:
            yield from self._missing(part.path, part.target)
            return
        if not self._writable(found):
            text = f"{part.target!r} of {self._target.label} cannot be written in mode {self._mode}"
            yield Problem(part.path, text)
        if part.encrypted and found.encryptable is False:
            yield Problem(part.path, f"{part.target!r} of {self._target.label} cannot be encrypted")

    def identity(self, part: IdentityPart) -> Iterator[Problem]:
        """The target field is there and can match records by this function."""
        if part.target is None or (part.new and self._target.creates_identity_fields):
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
        elif found.identity_functions and part.function not in (None, *found.identity_functions):
            known = one_of(part.function, found.identity_functions, "function")
            text = f"{part.target!r} of {self._target.label} does not match by {part.function}"
            yield Problem(part.path, f"{text}; {known}")

    def identities(
        self, arguments: Mapping[str, Any], parts: list[IdentityPart]
    ) -> Iterator[Problem]:
        """There is an identity where the mode needs one, and not more than the target takes."""
        given = arguments.get("identity") is not None or arguments.get("identities") is not None
        if self._offered.requires_identity and not given:
            known = [f.id for f in self._target.fields.values() if f.supports_identity]
            fields = f"; {self._target.label} matches by {', '.join(known)}" if known else ""
            yield Problem("identity", f"is required by {self._in_mode()}{fields}")
        if len(parts) > 1 and self._target.several_identities is False:
            yield Problem("identities", f"{self._target.label} matches by one identity only")

    def condition(self, part: ConditionPart) -> Iterator[Problem]:
        """The mode takes target filters, and the field takes this function."""
        if self._offered.supports_target_filters is False:
            yield Problem(part.path, f"{self._in_mode()} takes no target filters")
            return
        if part.field is None:
            return
        found = self._find(part.field)
        if found is None:
            yield from self._missing(part.path, part.field)
        elif found.filterable is False:
            yield Problem(
                part.path, f"{part.field!r} of {self._target.label} cannot be filtered by"
            )
        elif found.filter_functions and part.function not in (None, *found.filter_functions):
            known = one_of(part.function, found.filter_functions, "function")
            text = f"{part.field!r} of {self._target.label} does not take {part.function}; {known}"
            yield Problem(f"{part.path}.function", text)

    def unmapped(self, arguments: Mapping[str, Any]) -> Iterator[Problem]:
        """Fields without which the target refuses a new record."""
        if self._mode not in MODES_THAT_CREATE:
            return
        parts = list(mappings_of(arguments))
        if any(part.target is None for part in parts) or not isinstance(
            arguments.get("fields"), dict | list
        ):
            return
        given = {part.target for part in parts} | {i.target for i in identities_of(arguments)}
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
