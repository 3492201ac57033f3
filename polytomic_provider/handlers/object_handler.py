"""The life of an object that Polytomic keeps under an id, the same for every such kind."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from polytomic_provider.api import NotFound, Polytomic, PolytomicError
from polytomic_provider.api.wire import Request
from polytomic_provider.handlers.comparison import Comparison
from polytomic_provider.handlers.creation import Keys, create_once
from polytomic_provider.handlers.creation_routes import RouteCreation, Routes
from polytomic_provider.handlers.handler import Handler
from polytomic_provider.handlers.scope import Scope
from polytomic_provider.handlers.state import Inputs, State


class ObjectHandler(Handler):
    """Create once, read, update by GET and PUT, delete; a kind adds its routes and bodies.

    `noun` names an object of the kind in messages.
    """

    noun: ClassVar[str]

    @abstractmethod
    def routes(self, polytomic: Polytomic) -> Routes:
        """The routes of this kind."""

    @abstractmethod
    def create_request(self, arguments: Mapping[str, Any]) -> Request:
        """The body of the POST: what the user set, and nothing else."""

    @abstractmethod
    def update_request(
        self,
        current: Any,
        old: Mapping[str, Any],
        new: Mapping[str, Any],
        comparison: Comparison,
    ) -> Request:
        """The body of the PUT: managed arguments over what is there."""

    @abstractmethod
    def is_same(self, arguments: Mapping[str, Any], reply: Any) -> bool:
        """Whether an object of the list would be doubled by creating these arguments."""

    @abstractmethod
    def read_arguments(self, reply: Any, like: Mapping[str, Any]) -> dict[str, Any]:
        """The server's values in the user's words; everything, where `like` is empty."""

    @abstractmethod
    def read_computed(self, reply: Any, old: Mapping[str, Any]) -> dict[str, Any]:
        """The outputs that only Polytomic knows."""

    @abstractmethod
    def remove(self, scope: Scope, polytomic: Polytomic, state: State) -> None:
        """Send the DELETE."""

    def created(self, scope: Scope, polytomic: Polytomic, reply: Any, request: Request) -> Any:
        """What to do about the reply of a creation; gives the reply to keep."""
        del scope, polytomic, request
        return reply

    def updated(self, scope: Scope, reply: Any, comparison: Comparison) -> None:
        """What to say about the reply of an update."""

    def compare(self, state: State, arguments: Mapping[str, Any]) -> Comparison:
        """As for every kind; the workspace it is in counts as its organization."""
        if arguments.get("organization_id") is not None and state.workspace:
            placed = {"organization_id": state.workspace, **state.arguments}
            state = replace(state, arguments=placed)
        return super().compare(state, arguments)

    def create(self, scope: Scope, inputs: Inputs) -> State:
        """Make the object, or find the one that an earlier run of this program has made."""
        arguments = inputs.arguments
        polytomic = self.client(scope, arguments)
        workspace = polytomic.workspace.organization_id()
        request = self.create_request(arguments)
        creation = RouteCreation(
            kind=self.kind,
            workspace=workspace,
            polytomic=polytomic,
            routes=self.routes(polytomic),
            request=request,
            is_same=lambda reply: self.is_same(arguments, reply),
            scope=scope,
        )
        settings = polytomic.settings
        keys = Keys(settings.key, inputs.identity, settings.namespace, request.body())
        reply = create_once(scope, creation, keys).reply
        reply = self.created(scope, polytomic, reply, request)
        return State(
            id=reply.id,
            arguments=arguments,
            computed=self.read_computed(reply, {}),
            workspace=reply.organization_id or workspace,
            identity=inputs.identity,
            timeouts=inputs.timeouts,
        )

    def read(self, scope: Scope, state: State) -> State | None:
        """GET; gone only on a clean 404 from the workspace that the object is in."""
        polytomic = self.guarded(scope, state)
        try:
            reply = self.routes(polytomic).get(state.id, deadline=scope.deadline).data
        except NotFound:
            return None
        return replace(
            state,
            arguments=self.read_arguments(reply, state.arguments),
            computed=self.read_computed(reply, state.computed),
            workspace=state.workspace or reply.organization_id,
        )

    def update(self, scope: Scope, state: State, inputs: Inputs) -> State:
        """GET, lay the managed arguments over it, PUT, which replaces the object in full."""
        comparison = self.compare(state, inputs.arguments)
        written = replace(state, arguments=inputs.arguments, timeouts=inputs.timeouts)
        if not comparison.sent:
            return written
        routes = self.routes(self.guarded(scope, state))
        try:
            current = routes.get(state.id, deadline=scope.deadline).data
            request = self.update_request(current, state.arguments, inputs.arguments, comparison)
            reply = routes.update(state.id, request, deadline=scope.deadline).data
        except NotFound as gone:
            raise PolytomicError(
                f"{self.noun} {state.id} was deleted outside this program",
                hint="Run `pulumi up --refresh`: it will be created again.",
            ) from gone
        self.updated(scope, reply, comparison)
        return replace(written, computed=self.read_computed(reply, state.computed))

    def delete(self, scope: Scope, state: State) -> None:
        """DELETE; one that is gone already is deleted."""
        polytomic = self.guarded(scope, state)
        try:
            self.remove(scope, polytomic, state)
        except NotFound:
            return

    def client(self, scope: Scope, arguments: Mapping[str, Any]) -> Polytomic:
        """The client for the workspace that the arguments name, else the one of the settings."""
        organization: Any = arguments.get("organization_id")
        return scope.polytomic(organization if isinstance(organization, str) else None)

    def guarded(self, scope: Scope, state: State) -> Polytomic:
        """The client, after making sure that it is for the workspace of the object."""
        polytomic = self.client(scope, state.arguments)
        name = state.arguments.get("name")
        subject = f"{self.noun} {name!r} ({state.id})" if name else f"{self.noun} {state.id}"
        polytomic.workspace.check(state.workspace, subject=subject)
        return polytomic
