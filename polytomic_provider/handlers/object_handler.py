"""The life of an object that Polytomic keeps under an id, the same for every such kind."""

from abc import abstractmethod
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, ClassVar

from polytomic_provider.api import NotFound, Polytomic, PolytomicError
from polytomic_provider.api.wire import Request
from polytomic_provider.handlers.comparison import Comparison
from polytomic_provider.handlers.creation import create_once
from polytomic_provider.handlers.creation_routes import RouteCreation, Routes
from polytomic_provider.handlers.half_done import HalfDone
from polytomic_provider.handlers.handler import Handler
from polytomic_provider.handlers.idempotency_keys import Keys
from polytomic_provider.handlers.live_wall import hold_to_live_schemas
from polytomic_provider.handlers.scope import Scope
from polytomic_provider.handlers.state import Inputs, State
from polytomic_provider.handlers.thing import Thing


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
    def thing(self, arguments: Mapping[str, Any]) -> Thing:
        """By what a person would take an object of these arguments for another one."""

    @abstractmethod
    def thing_of(self, reply: Any) -> Thing:
        """The same of an object in a reply, which may be an element of a list."""

    @abstractmethod
    def read_arguments(self, reply: Any, like: Mapping[str, Any]) -> dict[str, Any]:
        """The server's values in the user's words; everything, where `like` is empty."""

    @abstractmethod
    def read_computed(self, reply: Any, old: Mapping[str, Any]) -> dict[str, Any]:
        """The outputs that only Polytomic knows."""

    @abstractmethod
    def remove(self, scope: Scope, polytomic: Polytomic, state: State) -> None:
        """Send the DELETE."""

    def completed(
        self, scope: Scope, polytomic: Polytomic, reply: Any, arguments: Mapping[str, Any]
    ) -> Any:
        """What to do about the reply of a creation; gives the reply to keep."""
        del scope, polytomic, arguments
        return reply

    def updated(self, scope: Scope, reply: Any, comparison: Comparison) -> None:
        """What to do about the reply of an update."""

    def compare(self, state: State, arguments: Mapping[str, Any]) -> Comparison:
        """As for every kind; the workspace it is in counts as its organization."""
        if arguments.get("organization_id") is not None and state.workspace:
            placed = {"organization_id": state.workspace, **state.arguments}
            state = replace(state, arguments=placed)
        return super().compare(state, arguments)

    def create(self, scope: Scope, inputs: Inputs) -> State:
        """Make the object, or find the one that an earlier run of this program has made.

        Raises HalfDone where it was made and could not be finished.
        """
        polytomic = self.client(scope, inputs.arguments)
        hold_to_live_schemas(self, scope, inputs.arguments)
        creation = self._creation(scope, polytomic, inputs.arguments)
        settings = polytomic.settings
        body = creation.request.body()
        keys = Keys(settings.key, inputs.identity, settings.namespace, body)
        found = create_once(scope, creation, keys)
        scope.process.owners(self.kind).note(found.id, scope.resource)
        workspace: str | None = found.reply.organization_id
        made = State(
            id=found.id,
            arguments=inputs.arguments,
            computed={},
            workspace=workspace or polytomic.workspace.organization_id(),
            identity=inputs.identity,
            timeouts=inputs.timeouts,
            unfinished=True,
        )
        try:
            made = replace(made, computed=self.read_computed(found.reply, {}))
            if found.trouble is not None:
                raise found.trouble
            return self._completed(scope, polytomic, found.reply, made)
        except BaseException as failure:
            raise HalfDone(self.noun, made, failure) from failure

    def read(self, scope: Scope, state: State) -> State | None:
        """GET; gone only on a clean 404 from the workspace that the object is in."""
        polytomic = self.guarded(scope, state)
        try:
            reply = self.routes(polytomic).get(state.id, deadline=scope.deadline).data
        except NotFound:
            self._note(scope, polytomic, state.id, None)
            return None
        self._note(scope, polytomic, state.id, reply)
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
        if not comparison.sent and not state.unfinished:
            return written
        polytomic = self.guarded(scope, state)
        routes = self.routes(polytomic)
        hold_to_live_schemas(self, scope, inputs.arguments, state.id)
        try:
            current = routes.get(state.id, deadline=scope.deadline).data
            request = self.update_request(current, state.arguments, inputs.arguments, comparison)
            reply = routes.update(state.id, request, deadline=scope.deadline).data
        except NotFound as gone:
            raise PolytomicError(
                f"{self.noun} {state.id} was deleted outside this program",
                hint="Run `pulumi up --refresh`: it will be created again.",
            ) from gone
        self._note(scope, polytomic, state.id, reply)
        self.updated(scope, reply, comparison)
        if state.unfinished:
            return self._completed(scope, polytomic, reply, written)
        return replace(written, computed=self.read_computed(reply, state.computed))

    def delete(self, scope: Scope, state: State) -> None:
        """DELETE; one that is gone already is deleted."""
        polytomic = self.guarded(scope, state)
        with suppress(NotFound):
            self.remove(scope, polytomic, state)
        self._note(scope, polytomic, state.id, None)

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

    def _creation(
        self, scope: Scope, polytomic: Polytomic, arguments: Mapping[str, Any]
    ) -> RouteCreation:
        workspace = polytomic.workspace.organization_id()
        return RouteCreation(
            kind=self.kind,
            noun=self.noun,
            thing=self.thing(arguments),
            known=scope.process.known(self.kind, workspace),
            polytomic=polytomic,
            routes=self.routes(polytomic),
            request=self.create_request(arguments),
            thing_in=self.thing_of,
            scope=scope,
        )

    def _completed(self, scope: Scope, polytomic: Polytomic, reply: Any, made: State) -> State:
        """The state of an object that is wholly made."""
        reply = self.completed(scope, polytomic, reply, made.arguments)
        computed = self.read_computed(reply, made.computed)
        return replace(made, computed=computed, unfinished=False)

    def _note(self, scope: Scope, polytomic: Polytomic, id_: str, reply: Any) -> None:
        """Note for the rest of the run what an object is, and whose; None: it is gone."""
        known = scope.process.known(self.kind, polytomic.workspace.organization_id())
        owners = scope.process.owners(self.kind)
        if reply is None:
            known.note(id_, None)
            owners.forget(id_)
        else:
            known.note(id_, self.thing_of(reply))
            owners.note(id_, scope.resource)
