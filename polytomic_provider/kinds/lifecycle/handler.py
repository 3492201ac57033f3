"""The contract of a kind, which the one provider class serves."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, ClassVar

from polytomic_provider.api import Polytomic, workspace_of
from polytomic_provider.facts.secrets import replace_credentials, replace_secrets
from polytomic_provider.kinds.arguments import Arguments, facts_of
from polytomic_provider.kinds.lifecycle.comparison import Comparison, compare
from polytomic_provider.kinds.lifecycle.known_objects import Resource
from polytomic_provider.kinds.lifecycle.natural_key import NaturalKey
from polytomic_provider.kinds.lifecycle.scope import Process, Scope
from polytomic_provider.kinds.lifecycle.state import Inputs, State
from polytomic_provider.kinds.references import Reference, noun_of, references_in
from polytomic_provider.live import LiveContext, LiveResult, Schemas
from polytomic_provider.validation import Problem
from polytomic_provider.validation.shapes import shape_problems

Seal = Callable[[Any], Any]


class Handler(ABC):
    """One kind of resource: its argument model, and how it is created, read, updated and deleted.

    `noun` is what messages call an object: the words of `kind`, unless a subclass says otherwise.
    `computed` are the names of the outputs that only Polytomic knows, in documentation order;
    `secret_outputs` are those of them that are secret. `owns_nothing`: deleting it sends nothing.
    `stands_for`: its ids are ids of that kind, too.
    """

    kind: ClassVar[str]
    noun: ClassVar[str]
    arguments: ClassVar[type[Arguments]]
    computed: ClassVar[Mapping[str, str]]
    secret_outputs: ClassVar[tuple[str, ...]] = ()
    owns_nothing: ClassVar[bool] = False
    stands_for: ClassVar[str | None] = None

    def __init_subclass__(cls) -> None:
        if "kind" in vars(cls) and "noun" not in vars(cls):
            cls.noun = noun_of(cls.kind)

    def argument_names(self) -> frozenset[str]:
        """The names of all arguments."""
        return frozenset(facts_of(self.arguments))

    def known_natural_key(self, arguments: Mapping[str, Any]) -> NaturalKey | None:
        """Return what only one object can have; None where there is no such thing, or not yet."""
        del arguments

    def problems(self, arguments: Mapping[str, Any]) -> list[Problem]:
        """Return every problem of the arguments that no request is needed to see."""
        return shape_problems(self.arguments, arguments)

    def references(self, arguments: Mapping[str, Any]) -> Iterator[Reference]:
        """Yield every place among the arguments that names another object by its id."""
        return references_in(self.arguments, arguments)

    def check_live(self, live: LiveContext, arguments: Mapping[str, Any]) -> LiveResult:
        """Validate the arguments, as far as they are known, against what Polytomic has."""
        del live, arguments
        return LiveResult()

    def note_added(self, schemas: Schemas, arguments: Mapping[str, Any]) -> None:
        """Record what a declared resource adds to the schemas that others are held to."""
        del schemas, arguments

    def confirm(
        self, schemas: Schemas, arguments: Mapping[str, Any], problems: list[Problem]
    ) -> list[Problem]:
        """Return the `problems` that remain after asking Polytomic, which may know newer types."""
        del schemas, arguments
        return problems

    def compare(self, state: State, arguments: Mapping[str, Any]) -> Comparison:
        """Compare the arguments with those of the state."""
        return compare(self.arguments, state.arguments, arguments)

    def seal(self, values: Mapping[str, Any], seal: Seal) -> dict[str, Any]:
        """Return the values with `seal` applied to each secret among them."""
        sealed = dict(values)
        for name, facts in facts_of(self.arguments).items():
            if facts.keyed_by is not None and name in sealed:
                type_id: Any = sealed.get(facts.keyed_by)
                known = type_id if isinstance(type_id, str) else None
                sealed[name] = replace_secrets(known, sealed[name], seal)
            elif facts.secret and sealed.get(name) is not None:
                sealed[name] = seal(sealed[name])
            elif name in sealed:
                sealed[name] = replace_credentials(sealed[name], seal)
        for name in self.secret_outputs:
            if sealed.get(name) is not None:
                sealed[name] = seal(sealed[name])
        return sealed

    def secrets(self, values: Mapping[str, Any]) -> list[str]:
        """Return every secret text in the values, so that messages can be scrubbed."""
        found: list[str] = []
        self.seal(values, lambda secret: found.extend(texts_of(secret)))
        return found

    def unreadable(self, arguments: Mapping[str, Any]) -> list[str]:
        """Return the dotted paths of arguments, and keys of them, that no reply shows."""
        found: list[str] = []
        for name, facts in facts_of(self.arguments).items():
            value: Any = arguments.get(name)
            if value is None or facts.provider_side:
                continue
            if facts.write_only or facts.secret:
                found.append(name)
            elif facts.keyed_by is not None and isinstance(value, dict):
                type_id: Any = arguments.get(facts.keyed_by)
                sealed = replace_secrets(type_id, value, lambda _: None)
                found += [f"{name}.{key}" for key in value if sealed[key] != value[key]]  # pyright: ignore[reportUnknownVariableType]
        return found

    def client(self, scope: Scope, arguments: Mapping[str, Any]) -> Polytomic:
        """Return the client of the workspace in the arguments, else of the one in the settings."""
        return scope.polytomic(workspace_of(arguments))

    def guarded(
        self, scope: Scope, state: State, arguments: Mapping[str, Any] | None = None
    ) -> Polytomic:
        """Return the client, after checking that its workspace is that of the object.

        `arguments` name the workspace; those of the state unless given.
        """
        polytomic = self.client(scope, state.arguments if arguments is None else arguments)
        polytomic.workspace.check(state.workspace, subject=self.subject(state))
        return polytomic

    @abstractmethod
    def subject(self, state: State) -> str:
        """Return what messages call the object of a state."""

    def note_declaration(
        self,
        process: Process,
        resource: Resource,
        arguments: Mapping[str, Any],
        *,
        new: bool,
        aliases: Collection[str] = (),
    ) -> list[Problem]:
        """Record that the program declares a resource; return the problems of that.

        `aliases` are URNs that it may have had before.
        """
        del process, resource, arguments, new, aliases
        return []

    def replaced_object(self, process: Process, resource: Resource) -> str | None:
        """Return the id of the object that a resource to be created has in the state, if known."""
        del process, resource
        return None

    def note_state(
        self, process: Process, resource: Resource, state: State, arguments: Mapping[str, Any]
    ) -> None:
        """Record the object of a resource in the state; raise where the program contradicts it."""
        del process, resource, state, arguments

    def foresee(self, scope: Scope, arguments: Mapping[str, Any]) -> str | None:
        """Say in a preview what creating does that its row does not show; reads only."""
        del scope, arguments
        return None

    def announce(
        self, state: State, arguments: Mapping[str, Any], comparison: Comparison
    ) -> str | None:
        """Say what an update does that its row does not show; sends no request."""
        del state, arguments, comparison
        return None

    @abstractmethod
    def create(self, scope: Scope, inputs: Inputs) -> State:
        """Create the object exactly once, however often it is tried."""

    @abstractmethod
    def read(self, scope: Scope, state: State) -> State | None:
        """Return the object as it is now, in the program's spelling; None when it is gone."""

    @abstractmethod
    def update(self, scope: Scope, state: State, inputs: Inputs) -> State:
        """Update the object to the inputs; keep what the program does not manage."""

    @abstractmethod
    def delete(self, scope: Scope, state: State) -> None:
        """Delete the object; succeed if it is gone already."""


def texts_of(value: Any) -> list[str]:
    """Return every text in a plain value; numbers as the digits that a message would show."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return [str(value)]
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts_of(item)]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, list):
        return [text for item in value for text in texts_of(item)]  # pyright: ignore[reportUnknownVariableType]
    return []
