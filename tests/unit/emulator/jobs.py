"""Jobs for the tests of planning: a model of people, a target of contacts, a run in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from polytomic_emulator.running_syncs.drafting import SourceRow
from polytomic_emulator.running_syncs.planning import Job, Plan, plan
from polytomic_emulator.state.catalogs import CatalogField, CatalogObject
from polytomic_emulator.state.results import Outcome
from polytomic_emulator.state.sync import (
    Condition,
    Identity,
    Schedule,
    Source,
    Sync,
    Target,
)
from polytomic_emulator.state.sync import (
    Mapping as FieldMapping,
)

MODEL = "people"
NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)


LEVELS = ({"value": "1", "label": "Gold"}, {"value": "2", "label": "Tin"})


def _field(name: str, kind: str = "string", source_type: str = "", **more: Any) -> CatalogField:
    return CatalogField(name, name, kind, source_type or kind, **more)


CONTACT = CatalogObject(
    "contact",
    "Contact",
    {
        one.id: one
        for one in (
            _field("id", createable=False, updateable=False, unique=True),
            _field("email", source_type="email"),
            _field("name", required=True),
            _field("number", unique=True),
            _field("age", "number", "int"),
            _field("born", "datetime", "date"),
            _field("since", createable=True, updateable=False),
            _field("level", values=LEVELS),
            _field("tags", "array"),
        )
    },
)  # fmt: skip


def source(name: str) -> Source:
    """A field of the model."""
    return Source(MODEL, name)


def mapped(name: str, target: str | None = None, **more: Any) -> FieldMapping:
    """A mapping from a field of the model."""
    return FieldMapping(target or name, source(name), **more)


def identity(name: str = "email", function: str = "Equality", target: str = "") -> Identity:
    """An identity mapping."""
    return Identity(source(name), target or name, function)


def condition(name: str, function: str, value: Any = None) -> Condition:
    """A filter on the model."""
    return Condition("Model", function, source(name), value=value)


def sync(mode: str = "updateOrCreate", **more: Any) -> Sync:
    """A sync of e-mail and name, matched by e-mail."""
    made = Sync(
        id="sync",
        workspace_id="workspace",
        name="People",
        mode=mode,
        fields=[mapped("email"), mapped("name")],
        target=Target("connection", "contact"),
        schedule=Schedule("manual"),
        created_at="",
        updated_at="",
        created_by={},
        identities=[identity()],
    )
    return replace(made, **more)


def rows(*people: Mapping[str, Any]) -> list[SourceRow]:
    """Rows of the model; a row is named by its `key`, else by its place."""
    return [
        SourceRow(
            key=str(values.get("key", position)),
            values={source(name): value for name, value in values.items() if name != "key"},
            own=frozenset(source(name) for name in values),
        )
        for position, values in enumerate(people)
    ]


@dataclass
class Held:
    """A record of the target."""

    id: str
    values: dict[str, Any]


@dataclass
class Service:
    """A target and the memory of a sync, in place of the database."""

    stored: list[Held] = field(default_factory=list[Held])
    known: dict[str, str] | None = None
    drawn: int = 0
    target: CatalogObject = CONTACT

    def add(self, **values: Any) -> Held:
        """A record that is there already."""
        self.drawn += 1
        self.stored.append(Held(f"r{self.drawn}", values))
        return self.stored[-1]

    def run(self, sync: Sync, people: Sequence[SourceRow], **more: Any) -> list[Outcome]:
        """Run a sync and apply its plan."""
        job = Job(sync, self.target, people, list(self.stored), NOW, known=self.known, **more)
        made: Plan = plan(job)
        real: dict[str, Held] = {one.id: one for one in self.stored}
        for write in (step.write for step in made.steps if step.write):
            if write.kind == "insert":
                real[write.id] = self.add(**write.values)
            elif write.kind == "delete":
                self.stored.remove(real[write.id])
            else:
                held = real[write.id]
                held.values = {**held.values, **write.values}
        if made.digests is not None:
            self.known = made.digests
        return [step.outcome for step in made.steps]

    def values(self) -> list[dict[str, Any]]:
        """What the target's records hold."""
        return [one.values for one in self.stored]


def told(outcomes: Sequence[Outcome]) -> list[tuple[str, str]]:
    """Each outcome's status and reason."""
    return [(one.status, one.reason) for one in outcomes]
