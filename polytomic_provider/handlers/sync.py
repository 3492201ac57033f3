"""A sync: a model's fields mapped onto a target object, with mode, identity, filters, schedule."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar, cast

from polytomic_provider.api import Polytomic, SyncReply, SyncRequest
from polytomic_provider.handlers.arguments import facts_of
from polytomic_provider.handlers.comparison import Comparison
from polytomic_provider.handlers.creation_routes import Routes
from polytomic_provider.handlers.object_handler import ObjectHandler
from polytomic_provider.handlers.running import delete_sync
from polytomic_provider.handlers.scope import Scope
from polytomic_provider.handlers.state import State
from polytomic_provider.handlers.sync_arguments import SyncArguments
from polytomic_provider.handlers.sync_projection import project_sync
from polytomic_provider.handlers.sync_requests import create_body, update_body
from polytomic_provider.handlers.thing import Thing
from polytomic_provider.live import Schemas, Verdict, check_sync
from polytomic_provider.validation import UNKNOWN, Problem, is_unknown
from polytomic_provider.validation.syncs import sync_problems


class SyncHandler(ObjectHandler):
    """The life of a sync in Polytomic."""

    kind = "Sync"
    noun = "sync"
    place = "target.connection_id"
    arguments = SyncArguments
    computed: ClassVar[Mapping[str, str]] = {
        "model_ids": "Ids of the models that it reads.",
    }

    def problems(self, arguments: Mapping[str, Any]) -> list[Problem]:
        """Shapes, then what the parts of a sync ask of each other."""
        return [*super().problems(arguments), *sync_problems(arguments)]

    def compare(self, state: State, arguments: Mapping[str, Any]) -> Comparison:
        """As for every kind; a target of another connection, or an unknown one, replaces."""
        comparison = super().compare(state, arguments)
        before, after = _connection(state.arguments), _connection(arguments)
        if "target" in comparison.changed and (is_unknown(after) or before != after):
            return replace(comparison, replaces=(*comparison.replaces, "target"))
        return comparison

    def look(
        self,
        schemas: Schemas,
        arguments: Mapping[str, Any],
        *,
        id_: str | None = None,
        model: Mapping[str, Any] | None = None,
    ) -> Verdict:
        """What model and target have."""
        return check_sync(schemas, arguments, model, id_)

    def routes(self, polytomic: Polytomic) -> Routes:
        """`/api/syncs`."""
        return polytomic.syncs

    def create_request(self, arguments: Mapping[str, Any]) -> SyncRequest:
        """The body of `POST /api/syncs`."""
        return SyncRequest.model_validate(create_body(arguments))

    def update_request(
        self,
        current: SyncReply,
        old: Mapping[str, Any],
        new: Mapping[str, Any],
        comparison: Comparison,
    ) -> SyncRequest:
        """The body of `PUT /api/syncs/{id}`: the program's arguments over what is not managed."""
        del comparison
        return SyncRequest.model_validate(update_body(_wire(current), old, new))

    def thing(self, arguments: Mapping[str, Any]) -> Thing:
        """The target's connection and object, and the name."""
        target = cast("Mapping[str, Any]", arguments["target"])
        return Thing(arguments.get("name"), target["connection_id"], target.get("object"))

    def thing_of(self, reply: Any) -> Thing:
        """The same of a reply; lists show the target flat or nested."""
        target = getattr(reply, "target", None)
        if target is not None:
            connection, shown = target.connection_id, target.object
        else:
            connection = getattr(reply, "target_connection_id", None)
            shown = getattr(reply, "target_object", None)
        return Thing(reply.name, connection, shown, type=f"to {shown}" if shown else None)

    def read_computed(self, reply: SyncReply, old: Mapping[str, Any]) -> dict[str, Any]:
        """The models it reads."""
        return {"model_ids": reply.model_ids or old.get("model_ids")}

    def read_arguments(self, reply: SyncReply, like: Mapping[str, Any]) -> dict[str, Any]:
        """The server's values in the user's own forms."""
        return project_sync(_wire(reply), like, facts_of(SyncArguments))

    def remove(self, scope: Scope, polytomic: Polytomic, state: State) -> None:
        """`DELETE /api/syncs/{id}`; what runs is canceled where the program says so."""
        delete_sync(scope, polytomic, state)


def _connection(arguments: Mapping[str, Any]) -> Any:
    target = arguments.get("target")
    if not isinstance(target, Mapping):
        return UNKNOWN
    return cast("Mapping[str, Any]", target).get("connection_id")


def _wire(reply: SyncReply) -> dict[str, Any]:
    """The reply as plain JSON, under the API's own names."""
    return reply.model_dump(mode="json", by_alias=True)
