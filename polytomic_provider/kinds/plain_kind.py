"""A kind whose arguments are the fields of its request, and whose replies show the same fields."""

from collections.abc import Mapping
from typing import Any, ClassVar

from polytomic_provider.api import Polytomic
from polytomic_provider.api.wire import ReplyObject, Request
from polytomic_provider.kinds.arguments import facts_of
from polytomic_provider.kinds.lifecycle.comparison import Comparison
from polytomic_provider.kinds.lifecycle.natural_key import NaturalKey
from polytomic_provider.kinds.lifecycle.object_handler import ObjectHandler
from polytomic_provider.kinds.lifecycle.overlay import overlay
from polytomic_provider.kinds.lifecycle.projection import project
from polytomic_provider.kinds.lifecycle.scope import Scope
from polytomic_provider.kinds.lifecycle.state import State


class PlainKind(ObjectHandler):
    """Everything about such a kind follows from its argument model and its request.

    A subclass gives `kind`, `arguments`, `computed` and `request`; the client has a collection of
    its noun. Two objects are the same where their names are. Where arguments and API say the same
    thing differently, it overrides `to_wire` and `from_wire`.
    """

    place = "organization_id"
    request: ClassVar[type[Request]]

    def create_request(self, arguments: Mapping[str, Any]) -> Request:
        """The body of the POST."""
        return self.request.model_validate(self._body(arguments))

    def update_request(self, current: ReplyObject, comparison: Comparison) -> Request:
        """The body of the PUT: the program's arguments over what it does not manage."""
        set_ = {name: value for name, value in comparison.new.items() if value is not None}
        values = overlay(facts_of(self.arguments), self.from_wire(current), set_)
        return self.request.model_validate(self._body(values))

    def _body(self, values: Mapping[str, Any]) -> dict[str, Any]:
        fields = self.request.model_fields.items()
        names = [field.alias or name for name, field in fields]
        body = self.to_wire(values)
        return {name: body[name] for name in names if body.get(name) is not None}

    def to_wire(self, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the arguments in the keys and shapes of a request."""
        return arguments

    def from_wire(self, reply: ReplyObject) -> dict[str, Any]:
        """Return a reply in the names and shapes of the arguments and the outputs."""
        return reply.model_dump(mode="json", by_alias=True)

    def natural_key(self, arguments: Mapping[str, Any]) -> NaturalKey:
        """The name; nothing of the kind can be anywhere else than in its workspace."""
        return NaturalKey(arguments.get("name"), "")

    def natural_key_of(self, reply: Any) -> NaturalKey:
        """The name."""
        return NaturalKey(reply.name, "")

    def read_computed(self, reply: Any, old: Mapping[str, Any]) -> dict[str, Any]:
        """The outputs, each under its name in the reply."""
        shown = self.from_wire(reply)
        return {name: shown.get(name) for name in self.computed}

    def read_arguments(self, reply: Any, like: Mapping[str, Any]) -> dict[str, Any]:
        """The server's values in the program's words."""
        server = self.from_wire(reply)
        shown = {
            name: project(facts, server.get(name), like.get(name))
            for name, facts in facts_of(self.arguments).items()
        }
        return {**shown, "organization_id": like.get("organization_id")}

    def remove(self, scope: Scope, polytomic: Polytomic, state: State) -> None:
        """Send the DELETE."""
        self.routes(polytomic, state.arguments).delete(state.id)
