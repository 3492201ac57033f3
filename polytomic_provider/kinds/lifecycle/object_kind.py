"""What a kind defines about its objects; `object_handler` has the shared lifecycle."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from polytomic_provider.api import Polytomic
from polytomic_provider.api.routes.collection import Collection
from polytomic_provider.api.wire import Request
from polytomic_provider.kinds.lifecycle.comparison import Comparison
from polytomic_provider.kinds.lifecycle.handler import Handler
from polytomic_provider.kinds.lifecycle.inventory import Inventory, read_listing
from polytomic_provider.kinds.lifecycle.listed import listed
from polytomic_provider.kinds.lifecycle.natural_key import NaturalKey
from polytomic_provider.kinds.lifecycle.scope import Scope
from polytomic_provider.kinds.lifecycle.state import State
from polytomic_provider.validation import Problem, has_errors, holds_unknown, is_unknown
from polytomic_provider.validation.shapes import request_problems


class ObjectKind(Handler):
    """The routes and bodies of a kind, and what its objects are (see `object_handler`).

    `place` is the argument that gives `NaturalKey.place`.
    """

    place: ClassVar[str]

    def routes(
        self, polytomic: Polytomic, arguments: Mapping[str, Any]
    ) -> Collection[Any, Any, Any]:
        """The collection that an object is in, such as `Polytomic.connections`.

        `arguments` are those of the object, for kinds that are below another object.
        """
        del arguments
        return polytomic.collection(self.noun)

    @abstractmethod
    def create_request(self, arguments: Mapping[str, Any]) -> Request:
        """The body of the POST: what the user set, and nothing else."""

    @abstractmethod
    def update_request(self, current: Any, comparison: Comparison) -> Request:
        """The body of the PUT: managed arguments over what is there."""

    @abstractmethod
    def natural_key(self, arguments: Mapping[str, Any]) -> NaturalKey:
        """Return what identifies a duplicate of an object of these arguments."""

    @abstractmethod
    def natural_key_of(self, reply: Any) -> NaturalKey:
        """Return the same for a reply, which may be an element of a list."""

    @abstractmethod
    def read_arguments(self, reply: Any, like: Mapping[str, Any]) -> dict[str, Any]:
        """Return the server's values in the spelling of `like`; all of them if `like` is empty."""

    @abstractmethod
    def read_computed(self, reply: Any, old: Mapping[str, Any]) -> dict[str, Any]:
        """The outputs that only Polytomic knows."""

    @abstractmethod
    def remove(self, scope: Scope, polytomic: Polytomic, state: State) -> None:
        """Send the DELETE."""

    def complete(
        self,
        polytomic: Polytomic,
        reply: Any,
        arguments: Mapping[str, Any],
        comparison: Comparison | None = None,
    ) -> Any:
        """Return a reply with what other requests than the object's own GET show of it.

        Called before a reply is read into arguments, and with the `comparison` that an update is
        for before the request of that update is made.
        """
        del polytomic, arguments, comparison
        return reply

    def written(
        self,
        scope: Scope,
        polytomic: Polytomic,
        reply: Any,
        arguments: Mapping[str, Any],
        comparison: Comparison | None,
    ) -> Any:
        """Do what is left after a POST or a PUT; return the reply to keep.

        `comparison` is what the update was for; None where the object is made, adopted or finished.
        """
        del scope, polytomic, arguments, comparison
        return reply

    def prepare(self, scope: Scope, arguments: Mapping[str, Any]) -> None:
        """Update what the object depends on, before its arguments are validated."""

    def part_problems(self, arguments: Mapping[str, Any]) -> list[Problem]:
        """Return what the parts of the arguments ask of each other; never raises."""
        del arguments
        return []

    def problems(self, arguments: Mapping[str, Any]) -> list[Problem]:
        """Return everything wrong with the arguments that no request is needed to see.

        Where nothing is, and everything is known, the request is built: what the API's own types
        refuse is a problem of the arguments.
        """
        problems = super().problems(arguments) + self.part_problems(arguments)
        if arguments.get("adopt") is True and arguments.get("adopt_id") is not None:
            problems.append(Problem("adopt", "give `adopt` or `adopt_id`, not both"))
        if has_errors(problems) or holds_unknown(arguments):
            return problems
        named = {**arguments, "name": arguments.get("name") or self.noun}
        return problems + request_problems(lambda: self.create_request(named))

    def compare(self, state: State, arguments: Mapping[str, Any]) -> Comparison:
        """As for every kind; the workspace it is in counts as its organization."""
        if arguments.get("organization_id") is not None and state.workspace:
            placed = {"organization_id": state.workspace, **state.arguments}
            state = replace(state, arguments=placed)
        return super().compare(state, arguments)

    def subject(self, state: State) -> str:
        """Name the object: its noun, its name where it has one, its id."""
        name = self.name_in(state.arguments)
        return f"{self.noun} {name!r} ({state.id})" if name else f"{self.noun} {state.id}"

    def inventory(
        self, scope: Scope, polytomic: Polytomic, arguments: Mapping[str, Any]
    ) -> Inventory:
        """Return the inventory of the kind, to look for duplicates of these arguments."""
        workspace = polytomic.workspace.organization_id()
        return Inventory(
            kind=self.kind,
            noun=self.noun,
            natural_key=self.natural_key(arguments),
            known=scope.process.known(self.kind, workspace),
            routes=self.routes(polytomic, arguments),
            natural_key_in=self.natural_key_of,
            scope=scope,
        )

    def listed(
        self, scope: Scope, polytomic: Polytomic, id_: str, arguments: Mapping[str, Any]
    ) -> Any | None:
        """Return an object from the list of this run; None: gone, not there, or no list."""
        known = scope.process.known(self.kind, polytomic.workspace.organization_id())
        routes = self.routes(polytomic, arguments)
        items = listed(known, lambda: read_listing(routes, self.natural_key_of))
        return None if known.is_gone(id_) else items.get(id_)

    def known_natural_key(self, arguments: Mapping[str, Any]) -> NaturalKey | None:
        """Return the natural key of these arguments; None while a part of it is unknown."""
        try:
            natural_key = self.natural_key(arguments)
        except (KeyError, TypeError, AttributeError):
            return None
        unknown = any(map(is_unknown, (natural_key.name, natural_key.place, natural_key.object)))
        return None if unknown else natural_key

    def name_in(self, arguments: Mapping[str, Any]) -> str | None:
        """Return the name that messages give an object of these arguments, if it has one."""
        natural_key = self.known_natural_key(arguments)
        return arguments.get("name") if natural_key is None else natural_key.name

    def note(self, scope: Scope, polytomic: Polytomic, id_: str, reply: Any) -> None:
        """Record an object and its owner for the rest of the run; `reply=None` after a delete."""
        known = scope.process.known(self.kind, polytomic.workspace.organization_id())
        owners = scope.process.owners(self.kind)
        if reply is None:
            known.note(id_, None)
            owners.forget(id_)
        else:
            known.note(id_, self.natural_key_of(reply))
            owners.note(id_, scope.resource, self.natural_key_of(reply))
