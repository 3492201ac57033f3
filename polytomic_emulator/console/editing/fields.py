"""The fields that a sync's form offers: those of its models, and those of its target."""

from dataclasses import dataclass

from polytomic_emulator.console.editing.controls import Choice, Control, Group, choices
from polytomic_emulator.errors import NotFound
from polytomic_emulator.state.catalogs import Catalog, CatalogObject
from polytomic_emulator.state.model import Model
from polytomic_emulator.state.store import State
from polytomic_emulator.state.sync import Source, Sync

_MARK = "|"


@dataclass(frozen=True)
class Fields:
    """What can be chosen. `object` None: the target's fields are not known, so they are typed."""

    models: list[Model]
    catalog: Catalog | None
    object: CatalogObject | None

    def of_models(self, name: str, label: str, value: str, *first: Choice) -> Control:
        """A choice of one of the models' fields; `first` stand before them."""
        groups = [Group("", first)] if first else []
        groups += [
            Group(
                one.name,
                tuple(
                    Choice(reference(Source(one.id, field.name)), _named(field.label, field.name))
                    for field in one.fields
                ),
            )
            for one in self.models
        ]
        return Control(name, label, value, "select", _with(groups, value))

    def of_target(self, name: str, label: str, value: str) -> Control:
        """A choice of one of the target's fields, or a text where they are not known."""
        if self.object is None or self.object.open:
            return Control(name, label, value)
        known = [(one.id, _named(one.name, one.id)) for one in self.object.fields.values()]
        offered = choices([("", "Choose a field"), *known], value)
        return Control(name, label, value, "select", (Group("", offered),))

    def of_both(self, name: str, label: str, value: str, *first: Choice) -> Control:
        """A choice of one field of the models or of the target."""
        control = self.of_models(name, label, value, *first)
        known = self.object.fields.values() if self.object else ()
        target = tuple(Choice(f"target{_MARK}{one.id}", _named(one.name, one.id)) for one in known)
        groups = [one for one in control.groups if one.label != _GONE]
        if target:
            groups.append(Group(f"Target: {self.object.name if self.object else ''}", target))
        return Control(name, label, value, "select", _with(groups, value))

    def type_of(self, value: str) -> str:
        """The type of a chosen field; empty when it is not known."""
        source, target = source_of(value), target_of(value)
        for model in self.models:
            for field in model.fields:
                if source == Source(model.id, field.name):
                    return field.type
        found = self.object.fields.get(target) if self.object and target else None
        return found.type if found else ""


_GONE = "Not there any more"


def _with(groups: list[Group], value: str) -> tuple[Group, ...]:
    """The groups, and one more for a value that none of them has."""
    known = {choice.value for group in groups for choice in group.choices}
    if not value or value in known:
        return tuple(groups)
    return (*groups, Group(_GONE, (Choice(value, value.rpartition(_MARK)[2]),)))


def fields_of(state: State, sync: Sync) -> Fields:
    """The fields that a sync can use: of every model of its workspace, its own first."""
    own = sync.model_ids()
    models = sorted(state.models.of(sync.workspace_id), key=lambda one: one.id not in own)
    try:
        target = state.connections.get(sync.target.connection_id)
    except NotFound:
        return Fields(models, None, None)
    catalog = state.service_changes.known(target)
    return Fields(models, catalog, catalog.find(sync.target.object or ""))


def reference(source: Source) -> str:
    """A model's field as the value of a choice."""
    return f"{source.model_id}{_MARK}{source.field}"


def target_reference(field: str) -> str:
    """A target's field as the value of a choice."""
    return f"target{_MARK}{field}"


def source_of(value: str) -> Source | None:
    """The model's field that was chosen, if it is one."""
    model_id, mark, field = value.partition(_MARK)
    return Source(model_id, field) if mark and model_id != "target" else None


def target_of(value: str) -> str | None:
    """The target's field that was chosen, if it is one."""
    kind, mark, field = value.partition(_MARK)
    return field if mark and kind == "target" else None


def _named(label: str, name: str) -> str:
    return name if label == name else f"{label} ({name})"
