"""A connection of the partner's own organization, shared with another one of its organizations.

The documents say how a copy is made and that copies can be listed. They do not say how one is read,
changed or deleted. So it is read and deleted as what it is, a connection of the child organization,
and never changed: its configuration is that of its parent.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, ClassVar

from pydantic import Field

from polytomic_provider.api import Polytomic
from polytomic_provider.api.routes.shared_connections import (
    SharedConnectionReply,
    SharedConnectionRequest,
    SharedConnections,
)
from polytomic_provider.api.wire import ReplyObject
from polytomic_provider.kinds.arguments import Facts
from polytomic_provider.kinds.lifecycle.inventory import Inventory
from polytomic_provider.kinds.lifecycle.natural_key import NaturalKey
from polytomic_provider.kinds.lifecycle.scope import Scope
from polytomic_provider.kinds.lifecycle.state import State
from polytomic_provider.kinds.object_arguments import ObjectArguments
from polytomic_provider.kinds.plain_kind import PlainKind
from polytomic_provider.live import LiveContext, LiveResult
from polytomic_provider.live.key_checks import check_partner_key


class SharedConnectionArguments(ObjectArguments):
    """The arguments. Source: `POST /api/organizations/{org}/connections/{id}/shared`."""

    connection_id: Annotated[str, Facts(id_of="Connection", replaces=True)] = Field(
        min_length=1, description="The Connection to share, or its id."
    )
    child_organization_id: Annotated[str, Facts(id_of="Organization", replaces=True)] = Field(
        min_length=1, description="The Organization to share it with, or its id."
    )
    name: Annotated[str | None, Facts(replaces=True)] = Field(
        default=None,
        min_length=1,
        description="Name of the copy; default: the resource's name.",
    )
    force_destroy: Annotated[bool | None, Facts(provider_side=True, needed_by_delete=True)] = Field(
        default=None, description="True: deleting also deletes the models and syncs that use it."
    )
    organization_id: Annotated[
        str | None, Facts(provider_side=True, needed_by_delete=True, unmanaged=True)
    ] = Field(
        default=None,
        min_length=1,
        description="Workspace of the connection that is shared; left out: that of the Connection "
        "given.",
    )


class SharedConnectionHandler(PlainKind):
    """The life of a copy; in a program it belongs to the organization that shares it."""

    kind = "SharedConnection"
    place = "connection_id"
    arguments = SharedConnectionArguments
    computed: ClassVar = {
        "type": "Connection type, such as `salesforce`.",
        "status": "Health as last read, such as `healthy`.",
        "status_error": "Why it is not healthy, as last read.",
    }
    request = SharedConnectionRequest
    stands_for = "Connection"

    def routes(self, polytomic: Polytomic, arguments: Mapping[str, Any]) -> SharedConnections:
        """The copies of the connection in the child organization."""
        return polytomic.shared_connections(
            arguments["connection_id"], arguments["child_organization_id"]
        )

    def inventory(
        self, scope: Scope, polytomic: Polytomic, arguments: Mapping[str, Any]
    ) -> Inventory:
        """The copies of this connection in this organization: each pair has a list of its own."""
        found = super().inventory(scope, polytomic, arguments)
        place = "/".join((self.kind, arguments["connection_id"]))
        known = scope.process.known(place, arguments["child_organization_id"])
        return replace(found, known=known)

    def listed(
        self, scope: Scope, polytomic: Polytomic, id_: str, arguments: Mapping[str, Any]
    ) -> Any | None:
        """None: no list has the copies of all connections."""
        del scope, polytomic, id_, arguments

    def check_live(self, live: LiveContext, arguments: Mapping[str, Any]) -> LiveResult:
        """The key is a partner's or a deployment's."""
        del arguments
        return check_partner_key(live, "shares connections")

    def natural_key(self, arguments: Mapping[str, Any]) -> NaturalKey:
        """The connection, the organization and the name."""
        parent, child = arguments["connection_id"], arguments["child_organization_id"]
        return NaturalKey(arguments.get("name"), parent, child)

    def natural_key_of(self, reply: SharedConnectionReply) -> NaturalKey:
        """The connection, the organization and the name."""
        parent, child = reply.parent_connection_id, reply.child_organization_id
        return NaturalKey(reply.name, parent, child, type=reply.type)

    def from_wire(self, reply: ReplyObject) -> dict[str, Any]:
        """The parent is the connection that is shared."""
        shown = super().from_wire(reply)
        return {**shown, "connection_id": shown["parent_connection_id"]}

    def read_arguments(self, reply: Any, like: Mapping[str, Any]) -> dict[str, Any]:
        """The server's values, with the name as written: another one would replace the copy."""
        return {**super().read_arguments(reply, like), "name": like.get("name") or reply.name}

    def remove(self, scope: Scope, polytomic: Polytomic, state: State) -> None:
        """Send the DELETE; with `force_destroy` the models and syncs go with the copy."""
        force = state.arguments.get("force_destroy") is True
        self.routes(polytomic, state.arguments).delete(state.id, force=force)
