"""Settings that always exist, one of a kind for a workspace or an object.

Creating the resource takes them over, deleting it restores the default, and nothing is adopted.
A kind gives its arguments, its request, the default and where the settings are.
"""

from abc import abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import unquote

from polytomic_provider.api import NotFound, Polytomic
from polytomic_provider.api.http.operation import say
from polytomic_provider.api.routes.singletons import Singleton
from polytomic_provider.api.wire import Request
from polytomic_provider.kinds.arguments import facts_of
from polytomic_provider.kinds.lifecycle.comparison import Comparison
from polytomic_provider.kinds.lifecycle.duplicates import DeclaredTwice
from polytomic_provider.kinds.lifecycle.handler import Handler
from polytomic_provider.kinds.lifecycle.known_objects import Resource
from polytomic_provider.kinds.lifecycle.natural_key import NaturalKey
from polytomic_provider.kinds.lifecycle.overlay import overlay
from polytomic_provider.kinds.lifecycle.projection import project
from polytomic_provider.kinds.lifecycle.scope import Process, Scope
from polytomic_provider.kinds.lifecycle.state import Inputs, State
from polytomic_provider.spec.equality import matches_set
from polytomic_provider.validation import Problem, Unknown, holds_unknown, is_unknown


class SingletonHandler(Handler):
    """Take over, read, update by GET and PUT, restore the default.

    `default` is what Polytomic has where nobody set anything. `of` is the argument that names the
    object which the settings are those of; without one they are those of the workspace; `within`
    are further arguments that tell several of one object apart, such as the id of a connection's
    object. The values of `of` and `within` are the place of the settings; `id_of` and `place_of`
    turn it into the id that Pulumi keeps and back. `emails` are arguments whose letters' case does
    not count.
    """

    request: ClassVar[type[Request]]
    default: ClassVar[Mapping[str, Any]]
    of: ClassVar[str | None] = None
    within: ClassVar[tuple[str, ...]] = ()
    emails: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def routes(self, polytomic: Polytomic, *place: str) -> Singleton[Any, Any]:
        """The routes of the settings at a place, which is empty for those of the workspace."""

    def create(self, scope: Scope, inputs: Inputs) -> State:
        """Take the settings over: PUT the program's values over what is there."""
        arguments = inputs.arguments
        polytomic = self.client(scope, arguments)
        workspace = polytomic.workspace.organization_id()
        id_ = self._id(polytomic, arguments)
        owners = scope.process.owners(self.kind)
        other = owners.take(id_, scope.resource, NaturalKey(None, id_))
        if other is not None:
            raise DeclaredTwice(self.noun, None, other, scope.resource)
        routes = self._routes(polytomic, id_)
        current = routes.get().data
        told = self._taken_over(current, arguments)
        if told is not None:
            say(told)
        reply = current
        there = self.read_arguments(current, arguments)
        if self._differing(there, arguments) or self.unreadable(arguments):
            reply = routes.replace(self._body(current, arguments)).data
        return State(
            id=id_,
            arguments=arguments,
            computed=self.read_computed(reply),
            workspace=workspace,
            identity=inputs.identity,
            timeouts=inputs.timeouts,
        )

    def read(self, scope: Scope, state: State) -> State | None:
        """GET; gone only with the object which the settings are those of."""
        polytomic = self.guarded(scope, state, state.arguments)
        try:
            reply = self._routes(polytomic, state.id).get().data
        except NotFound:
            if self.of is None:
                raise  # those of a workspace are always there
            return None
        if not self.is_there(reply):
            return None
        return replace(
            state,
            arguments=self.read_arguments(reply, state.arguments),
            computed=self.read_computed(reply),
        )

    def update(self, scope: Scope, state: State, inputs: Inputs) -> State:
        """GET, lay the program's values over it, PUT."""
        written = replace(state, arguments=inputs.arguments, timeouts=inputs.timeouts)
        if not self.compare(state, inputs.arguments).sent:
            return written
        polytomic = self.guarded(scope, state, inputs.arguments)
        routes = self._routes(polytomic, state.id)
        reply = routes.replace(self._body(routes.get().data, inputs.arguments)).data
        return replace(written, computed=self.read_computed(reply))

    def delete(self, scope: Scope, state: State) -> None:
        """Restore the default of what the program managed, unless another resource manages it."""
        polytomic = self.guarded(scope, state, state.arguments)
        other = scope.process.owners(self.kind).other_owner(state.id, scope.resource)
        if other is not None:
            say(f"the {self.noun} are left as they are: {other.urn} manages them now")
            return
        try:
            said = self.restore(self._routes(polytomic, state.id), state.arguments)
        except NotFound:
            return
        say(said)

    def is_there(self, reply: Any) -> bool:
        """Return whether a reply shows the settings; for a kind whose settings can be missing."""
        del reply
        return True

    def restore(self, routes: Any, arguments: Mapping[str, Any]) -> str:
        """Restore the default of what the arguments manage; return what was done."""
        managed = [name for name in self.default if arguments.get(name) is not None]
        restored = {name: self.default[name] for name in managed}
        routes.replace(self._body(routes.get().data, restored))
        return f"restored the default of the {self.noun}: {_listed(restored)}"

    def foresee(self, scope: Scope, arguments: Mapping[str, Any]) -> str | None:
        """What is there and is going to be replaced."""
        if self._place(arguments) is None or is_unknown(arguments.get("organization_id")):
            return None
        if self.of is not None and not isinstance(arguments.get(self.of), str):
            return None  # those of an object that is new, too
        polytomic = self.client(scope, arguments)
        reply = self._routes(polytomic, self._id(polytomic, arguments)).get().data
        return self._taken_over(reply, arguments)

    def known_natural_key(self, arguments: Mapping[str, Any]) -> NaturalKey | None:
        """Which settings they are; None where that is not known."""
        place = self._place(arguments)
        return None if place is None else NaturalKey(None, place)

    def note_declaration(
        self,
        process: Process,
        resource: Resource,
        arguments: Mapping[str, Any],
        *,
        new: bool,
        aliases: Collection[str] = (),
    ) -> list[Problem]:
        """Note that a resource is declared; refuses a second one of the same settings."""
        del new, aliases
        place = self._place(arguments)
        if place is None or (self.of is not None and not isinstance(arguments.get(self.of), str)):
            return []
        organization = arguments.get("organization_id") if self.of is None else None
        first = process.declare_singleton(
            (self.kind, place, str(arguments.get("account")), str(organization)), resource
        )
        if first.urn == resource.urn:
            return []
        return [Problem("", str(DeclaredTwice(self.noun, None, first, resource)))]

    def compare(self, state: State, arguments: Mapping[str, Any]) -> Comparison:
        """As for every kind; the workspace it is in counts as its organization."""
        if arguments.get("organization_id") is not None and state.workspace:
            placed = {"organization_id": state.workspace, **state.arguments}
            state = replace(state, arguments=placed)
        return super().compare(state, arguments)

    def read_arguments(self, reply: Any, like: Mapping[str, Any]) -> dict[str, Any]:
        """The server's values in the program's words."""
        server = reply.model_dump(mode="json")
        shown: dict[str, Any] = {}
        for name, facts in facts_of(self.arguments).items():
            written = like.get(name)
            same = name in self.emails and matches_set(_folded(server[name]), _folded(written))
            kept = same or name not in self.default
            shown[name] = written if kept else project(facts, server.get(name), written)
        return shown

    def read_computed(self, reply: Any) -> dict[str, Any]:
        """The outputs, each under its name in the reply."""
        server = reply.model_dump(mode="json")
        return {name: server.get(name) for name in self.computed}

    def _place(self, arguments: Mapping[str, Any]) -> str | None:
        """Whose settings they are; those of an object that is not there yet are told apart, too."""
        if self.of is None:
            return ""
        owner: Any = arguments.get(self.of)
        if isinstance(owner, Unknown):
            owner = None if owner.of is None else f"new {id(owner.of)}"
        place = [owner, *(arguments.get(name) for name in self.within)]
        known = [one for one in place if isinstance(one, str)]
        return self.id_of(*known) if len(known) == len(place) else None

    def _id(self, polytomic: Polytomic, arguments: Mapping[str, Any]) -> str:
        if self.of is not None:
            return self.id_of(*(str(arguments[name]) for name in (self.of, *self.within)))
        return polytomic.workspace.organization_id() or self.kind

    def _routes(self, polytomic: Polytomic, id_: str) -> Singleton[Any, Any]:
        return self.routes(polytomic, *self.place_of(id_))

    def id_of(self, *place: str) -> str:
        """Return the id of the settings at a place: its parts, by slashes.

        The first part of `within` may have slashes; those of the others are escaped.
        """
        parts, escaped = place[:2], place[2:]
        return "/".join((*parts, *(one.replace("%", "%25").replace("/", "%2F") for one in escaped)))

    def place_of(self, id_: str) -> tuple[str, ...]:
        """Return the place of the settings with an id; empty for those of the workspace."""
        if self.of is None:
            return ()
        if not self.within:
            return (id_,)
        owner, _, rest = id_.partition("/")
        first, *escaped = rest.rsplit("/", len(self.within) - 1)
        return owner, first, *map(unquote, escaped)

    def subject(self, state: State) -> str:
        """Name the settings and whose they are."""
        return f"the {self.noun} of {state.id}"

    def _body(self, current: Any, values: Mapping[str, Any]) -> Request:
        """The body of a PUT: `values` over what is there."""
        given = {name: values[name] for name in self.default if name in values}
        there = current.model_dump(mode="json")
        body = overlay(facts_of(self.arguments), there, given)
        return self.request.model_validate({k: v for k, v in body.items() if v is not None})

    def _differing(self, there: Mapping[str, Any], arguments: Mapping[str, Any]) -> list[str]:
        """The arguments of which the settings have other values."""
        facts = facts_of(self.arguments)
        return [
            name
            for name in self.default
            if (arguments.get(name) is not None or not facts[name].unmanaged)
            and there.get(name) != arguments.get(name)
        ]

    def _taken_over(self, current: Any, arguments: Mapping[str, Any]) -> str | None:
        """What becomes of the settings that are there; None: there are none yet."""
        there = self.read_arguments(current, arguments)
        if not self.is_there(current):
            return None
        changes = [
            f"{name}: {there.get(name)!r} => "
            + ("not known yet" if holds_unknown(wanted := arguments.get(name)) else repr(wanted))
            for name in self._differing(there, arguments)
        ]
        if not changes:
            return f"takes over the {self.noun} and changes nothing"
        return f"takes over the {self.noun} and replaces {'; '.join(changes)}"


def _listed(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value!r}" for name, value in values.items())


def _folded(addresses: Any) -> Any:
    if not isinstance(addresses, list):
        return addresses
    return [str(one).casefold() for one in addresses]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
