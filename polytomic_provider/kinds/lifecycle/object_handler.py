"""The lifecycle of every kind whose objects Polytomic keeps under an id."""

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from polytomic_provider.api import NotFound, Polytomic, PolytomicError
from polytomic_provider.api.http.operation import say
from polytomic_provider.kinds.lifecycle.adoption import (
    HIDDEN,
    Adoption,
    AdoptionPreview,
    AdoptsAnother,
    describe_changes,
    describe_existing,
    existing,
    find_to_adopt,
    wants_adoption,
)
from polytomic_provider.kinds.lifecycle.creation import create_once
from polytomic_provider.kinds.lifecycle.duplicates import (
    DeclaredTwice,
    Found,
    RetainedInTheWay,
    StillNeeded,
)
from polytomic_provider.kinds.lifecycle.half_done import HalfDone
from polytomic_provider.kinds.lifecycle.idempotency_keys import Keys
from polytomic_provider.kinds.lifecycle.inventory import Creation
from polytomic_provider.kinds.lifecycle.known_objects import Resource
from polytomic_provider.kinds.lifecycle.listed import (
    is_same,
    last_change,
    refreshes_from_lists,
    shows_unchanged,
)
from polytomic_provider.kinds.lifecycle.live_check import hold_to_live_schemas
from polytomic_provider.kinds.lifecycle.object_kind import ObjectKind
from polytomic_provider.kinds.lifecycle.ownership import Deleted, Wanted
from polytomic_provider.kinds.lifecycle.scope import Process, Scope
from polytomic_provider.kinds.lifecycle.state import Inputs, State
from polytomic_provider.validation import Problem, holds_unknown, is_unknown


class ObjectHandler(ObjectKind):
    """Create once or adopt, read, update by GET and PUT, delete."""

    def create(self, scope: Scope, inputs: Inputs) -> State:
        """Create the object, or find the one that an earlier run of this program created.

        Raises HalfDone where it was made and could not be finished.
        """
        polytomic = self.client(scope, inputs.arguments)
        if wants_adoption(inputs.arguments):
            adoption = self.adoption(scope, polytomic, inputs.arguments)
            if adoption is not None:
                return self._adopt(scope, polytomic, inputs, adoption)
            say(self._made_instead())
        self._validate(scope, inputs.arguments)
        inventory = self.inventory(scope, polytomic, inputs.arguments)
        request = self.create_request(inputs.arguments)
        creation = Creation(**vars(inventory), polytomic=polytomic, request=request)
        settings = polytomic.settings
        keys = Keys(settings.key, inputs.identity, settings.namespace, request.body())
        found = create_once(scope, creation, keys)
        scope.process.owners(self.kind).note(found.id, scope.resource, inventory.natural_key)
        made = self._begun(polytomic, inputs, found)
        try:
            made = replace(made, computed=self.read_computed(found.reply, {}))
            if found.trouble is not None:
                raise found.trouble
            return self._completed(scope, polytomic, found.reply, made)
        except BaseException as failure:
            raise HalfDone(self.noun, made, failure) from failure

    def adoption(
        self, scope: Scope, polytomic: Polytomic, arguments: Mapping[str, Any]
    ) -> Adoption | None:
        """Return the object to adopt and what differs from the arguments; sends only GETs.

        None where a new object is to be made after all. Raises what `find_to_adopt` raises.
        """
        inventory = self.inventory(scope, polytomic, arguments)
        found = find_to_adopt(scope, inventory, arguments, self.place)
        if found is None:
            return None
        found = replace(found, reply=self.complete(polytomic, found.reply, arguments))
        there = self.read_arguments(found.reply, arguments)
        state = State(found.id, there, {}, workspace=found.reply.organization_id)
        comparison = self.compare(state, arguments)
        return Adoption(found, there, comparison, tuple(self.unreadable(arguments)))

    def preview_adoption(
        self,
        scope: Scope,
        arguments: Mapping[str, Any],
        hidden: Collection[str],
        replaced: str | None = None,
    ) -> AdoptionPreview:
        """Describe for a preview what an adoption would change; sends only GETs.

        Values that are secret, and those at the dotted paths `hidden`, are not shown. `replaced` is
        the id of the object that the resource has, where it is going to be replaced.
        """
        unknown = [name for name, value in arguments.items() if holds_unknown(value)]
        if replaced is not None:
            if arguments.get("adopt_id") == replaced:
                return AdoptionPreview(self._made_instead())
            gone = Deleted(replaced, None, scope.resource)
            scope.process.owners(self.kind).note_deleted(gone)
        if replaced is not None and self.known_natural_key(arguments) is None:
            values = ", ".join(unknown)
            return AdoptionPreview(
                f"replaced by a new {self.noun}, unless there is one to adopt, which shows once "
                f"{values} is known"
            )
        if self.known_natural_key(arguments) is None or "adopt_id" in unknown:
            id_: Any = arguments.get("adopt_id")
            known = isinstance(id_, str)
            which = f"{self.noun} {id_}" if known else f"a {self.noun}"
            shows = "what changes" if known else "which one"
            return AdoptionPreview(
                f"adopts {which}; {shows} shows once {', '.join(unknown)} is known"
            )
        adoption = self.adoption(scope, self.client(scope, arguments), arguments)
        if adoption is None:
            return AdoptionPreview(self._made_instead())
        id_ = adoption.found.id
        text = f"adopts {self.noun} {adoption.found}"
        changes = self._changes(adoption, arguments, hidden)
        if unknown:
            shows = f"shows once {', '.join(unknown)} is known"
            if not changes:
                return AdoptionPreview(f"{text}; what changes {shows}", id_)
            return AdoptionPreview(
                f"{text} and changes:{changes}\n    what else changes {shows}", id_
            )
        return AdoptionPreview(f"{text} and changes{f':{changes}' if changes else ' nothing'}", id_)

    def existing(
        self, scope: Scope, arguments: Mapping[str, Any], is_ours: Callable[[str], bool]
    ) -> str | None:
        """Describe for a preview the duplicate of an object to be created; sends only GETs.

        None where nothing is the same thing, as far as known, or where `is_ours` its id: another
        resource of the program has it.
        """
        if self.known_natural_key(arguments) is None or is_unknown(
            arguments.get("organization_id")
        ):
            return None
        inventory = self.inventory(scope, self.client(scope, arguments), arguments)
        found = existing(scope, inventory, is_ours)
        return describe_existing(self.noun, found) if found else None

    def _changes(
        self, adoption: Adoption, arguments: Mapping[str, Any], hidden: Collection[str]
    ) -> str:
        """Return the changes of an adoption, one a line, without secret values."""
        sealed = [self.seal(one, lambda _: HIDDEN) for one in (adoption.there, arguments)]
        lines = describe_changes(adoption, arguments, (sealed[0], sealed[1]), hidden)
        return "".join(f"\n    {line}" for line in lines)

    def _made_instead(self) -> str:
        return (
            f"replaced by a new {self.noun}: `adopt` and `adopt_id` only count until the stack has "
            "the resource, and can be removed"
        )

    def _adopt(
        self, scope: Scope, polytomic: Polytomic, inputs: Inputs, adoption: Adoption
    ) -> State:
        """Update the object to the program's arguments and take over its id."""
        found, comparison = adoption.found, adoption.comparison
        reply = found.reply
        if adoption.writes:
            self._validate(scope, inputs.arguments, found.id)
            request = self.update_request(reply, replace(comparison, old={}))
            try:
                routes = self.routes(polytomic, inputs.arguments)
                reply = routes.update(found.id, request).data
            except PolytomicError as failure:
                failure.add(f"this was to adopt {self.noun} {found}, which was not taken over")
                raise
        self.note(scope, polytomic, found.id, reply)
        reply = self.written(scope, polytomic, reply, inputs.arguments, comparison)
        hidden = scope.process.hidden_paths.get(scope.resource.urn, ())
        changes = self._changes(adoption, inputs.arguments, hidden)
        changed = f"changed:{changes}" if changes else "changed nothing"
        say(f"adopted {self.noun} {found} and {changed}")
        made = self._begun(polytomic, inputs, found)
        try:
            made = replace(made, computed=self.read_computed(reply, {}))
            return self._completed(scope, polytomic, reply, made)
        except BaseException as failure:
            raise HalfDone(self.noun, made, failure, done="adopted") from failure

    def read(self, scope: Scope, state: State) -> State | None:
        """GET, or the list where it shows the object unchanged.

        Gone only on a clean 404 from the workspace that the object is in.
        """
        polytomic = self.guarded(scope, state)
        if refreshes_from_lists(polytomic) and state.arguments and not state.unfinished:
            item = self.listed(scope, polytomic, state.id, state.arguments)
            if item is not None and self._is_unchanged(polytomic, item, state):
                self.note(scope, polytomic, state.id, item)
                return state
        try:
            reply = self.routes(polytomic, state.arguments).get(state.id).data
            reply = self.complete(polytomic, reply, state.arguments)
        except NotFound:
            self.note(scope, polytomic, state.id, None)
            return None
        self.note(scope, polytomic, state.id, reply)
        found = self._shown(state, reply)
        if not state.updated_at or not is_same(found, state):
            found = replace(found, updated_at=self._last_change(polytomic, reply, state))
        return found

    def _shown(self, state: State, reply: Any) -> State:
        """Return the state with the values of a reply."""
        return replace(
            state,
            arguments=self.read_arguments(reply, state.arguments),
            computed=self.read_computed(reply, state.computed),
            workspace=state.workspace or reply.organization_id,
        )

    def _is_unchanged(self, polytomic: Polytomic, item: Any, state: State) -> bool:
        routes = self.routes(polytomic, state.arguments)
        return shows_unchanged(item, state, routes, lambda reply: self._shown(state, reply))

    def _last_change(self, polytomic: Polytomic, reply: Any, state: State) -> str | None:
        return last_change(polytomic, self.routes(polytomic, state.arguments), reply)

    def update(self, scope: Scope, state: State, inputs: Inputs) -> State:
        """GET, overlay the managed arguments, PUT: a PUT replaces the whole object."""
        comparison = self.compare(state, inputs.arguments)
        written = replace(state, arguments=inputs.arguments, timeouts=inputs.timeouts)
        if not comparison.sent and not state.unfinished:
            return written
        polytomic = self.guarded(scope, state)
        routes = self.routes(polytomic, inputs.arguments)
        self._validate(scope, inputs.arguments, state.id)
        try:
            current = routes.get(state.id).data
            current = self.complete(polytomic, current, inputs.arguments, comparison)
            request = self.update_request(current, comparison)
            reply = routes.update(state.id, request).data
        except NotFound as gone:
            raise PolytomicError(
                f"{self.noun} {state.id} was deleted outside this program",
                hint="Run `pulumi up --refresh`: it will be created again.",
            ) from gone
        self.note(scope, polytomic, state.id, reply)
        reply = self.written(scope, polytomic, reply, inputs.arguments, comparison)
        if state.unfinished:
            return self._completed(scope, polytomic, reply, written)
        return replace(
            written,
            computed=self.read_computed(reply, state.computed),
            updated_at=self._last_change(polytomic, reply, written),
        )

    def delete(self, scope: Scope, state: State) -> None:
        """DELETE; one that is gone already is deleted.

        Raises StillNeeded where another resource of the program has the object, or adopts it.
        """
        polytomic = self.guarded(scope, state)
        owners = scope.process.owners(self.kind)
        natural_key = self.known_natural_key(state.arguments)
        other = owners.in_the_way(state.id, natural_key, scope.resource)
        if other is not None:
            raise StillNeeded(
                self.noun, self.name_in(state.arguments), state.id, other, scope.resource
            )
        with suppress(NotFound):
            self.remove(scope, polytomic, state)
        self.note(scope, polytomic, state.id, None)
        owners.note_deleted(Deleted(state.id, natural_key, scope.resource))

    def note_declaration(
        self,
        process: Process,
        resource: Resource,
        arguments: Mapping[str, Any],
        *,
        new: bool,
        aliases: Collection[str] = (),
    ) -> list[Problem]:
        """Record that a resource is declared; refuse to adopt the object of another resource."""
        if aliases:
            process.owners(self.kind).note_aliases(resource.urn, aliases)
        if not new or not wants_adoption(arguments):
            return []
        id_: Any = arguments.get("adopt_id")
        natural_key = None if id_ is not None else self.known_natural_key(arguments)
        wanted = Wanted(resource, id_ if isinstance(id_, str) else None, natural_key)
        owner = process.owners(self.kind).want(wanted)
        if owner is None:
            return []
        return [
            Problem("", str(DeclaredTwice(self.noun, self.name_in(arguments), owner, resource)))
        ]

    def replaced_object(self, process: Process, resource: Resource) -> str | None:
        """Return the id of its object if this process has read or compared it."""
        return process.owners(self.kind).object_of(resource)

    def note_state(
        self, process: Process, resource: Resource, state: State, arguments: Mapping[str, Any]
    ) -> None:
        """Record the resource as the owner of the object of its state.

        Raises AdoptsAnother where the program asks to adopt another object than that one, and
        RetainedInTheWay where it keeps an object and replaces it by the same thing.
        """
        process.owners(self.kind).note_state(state.id, resource, self.known_natural_key(arguments))
        wanted: Any = arguments.get("adopt_id")
        known = (None, state.id, state.arguments.get("adopt_id"))
        if wanted not in known and not is_unknown(wanted):
            raise AdoptsAnother(self.noun, wanted, state.id, resource)
        old, new = self.known_natural_key(state.arguments), self.known_natural_key(arguments)
        if resource.urn not in process.retained or old is None or new is None:
            return
        if old.may_be(new) and self.compare(state, arguments).replaces:
            raise RetainedInTheWay(self.noun, old.name, state.id)

    def _validate(self, scope: Scope, arguments: Mapping[str, Any], id_: str | None = None) -> None:
        """Raise where the arguments do not fit the live schemas, before anything is sent."""
        self.prepare(scope, arguments)
        hold_to_live_schemas(self, scope, arguments, id_)

    def _begun(self, polytomic: Polytomic, inputs: Inputs, found: Found) -> State:
        """Return the state of an object that was created and is not finished."""
        workspace: str | None = found.reply.organization_id
        return State(
            id=found.id,
            arguments=inputs.arguments,
            computed={},
            workspace=workspace or polytomic.workspace.organization_id(),
            identity=inputs.identity,
            timeouts=inputs.timeouts,
            unfinished=True,
        )

    def _completed(self, scope: Scope, polytomic: Polytomic, reply: Any, made: State) -> State:
        """Return the state of an object whose creation is finished."""
        reply = self.written(scope, polytomic, reply, made.arguments, None)
        computed = self.read_computed(reply, made.computed)
        return replace(
            made,
            computed=computed,
            unfinished=False,
            updated_at=self._last_change(polytomic, reply, made),
        )
