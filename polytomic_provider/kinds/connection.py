"""A connection: a business system or database that Polytomic reads from or writes to."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field, field_validator

from polytomic_provider.api import Polytomic, workspace_of
from polytomic_provider.api.http.operation import say
from polytomic_provider.api.wire.connection import ConnectionReply, ConnectionRequest
from polytomic_provider.facts import connection_types
from polytomic_provider.facts.secrets import is_secret, replace_secrets
from polytomic_provider.kinds.arguments import Facts, facts_of
from polytomic_provider.kinds.connection_requests import create_request, update_request
from polytomic_provider.kinds.consent import HIDDEN_ADDRESS
from polytomic_provider.kinds.lifecycle.comparison import Comparison
from polytomic_provider.kinds.lifecycle.natural_key import NaturalKey
from polytomic_provider.kinds.lifecycle.object_handler import ObjectHandler
from polytomic_provider.kinds.lifecycle.projection import project, project_configuration
from polytomic_provider.kinds.lifecycle.scope import Scope
from polytomic_provider.kinds.lifecycle.state import State
from polytomic_provider.kinds.object_arguments import ObjectArguments
from polytomic_provider.live import LiveContext, LiveResult, Schemas, check_connection
from polytomic_provider.validation import Problem, Severity
from polytomic_provider.validation.configuration import configuration_problems
from polytomic_provider.validation.problems import one_of
from polytomic_provider.validation.untyped import as_mapping


class ConnectionArguments(ObjectArguments):
    """The arguments of a connection. Source: `POST` and `PUT /api/connections`."""

    type: Annotated[str, Facts(replaces=True)] = Field(
        min_length=1, description="Connection type, such as `salesforce`, `netsuite`, `postgresql`."
    )
    configuration: Annotated[
        dict[str, Any], Facts(keyed_by="type", managed_keys=True, unmanaged=True)
    ] = Field(description="Settings of that type; keys left out keep what Polytomic has.")
    name: str | None = Field(
        default=None, min_length=1, description="Name in Polytomic; default: the resource's name."
    )
    redirect_url: Annotated[str | None, Facts(provider_side=True)] = Field(
        default=None, description="Where the browser goes after consent; used at creation only."
    )
    policies: Annotated[list[str] | None, Facts(unordered=True, unmanaged=True)] = Field(
        default=None, description="Ids of the permission policies; left out: kept as they are."
    )
    healthcheck_interval: Annotated[str | None, Facts(write_only=True, unmanaged=True)] = Field(
        default=None,
        min_length=1,
        description="How often health is checked, such as `1h`; left out: kept as it is.",
    )
    organization_id: Annotated[str | None, Facts(replaces=True, unmanaged=True)] = Field(
        default=None, min_length=1, description="Workspace; for partner and deployment keys."
    )
    validate_: Annotated[bool | None, Facts(provider_side=True)] = Field(
        default=None,
        alias="validate",
        description="False: save without trying the credentials first.",
    )
    reconnect: Annotated[Any, Facts(trigger=True)] = Field(
        default=None, description="Any value; changing it starts consent anew."
    )
    force_destroy: Annotated[bool | None, Facts(provider_side=True, needed_by_delete=True)] = Field(
        default=None, description="True: deleting also deletes the models and syncs that use it."
    )

    @field_validator("configuration")
    @classmethod
    def _no_dunder(cls, value: dict[str, Any]) -> dict[str, Any]:
        if any(key.startswith("__") for key in value):
            raise ValueError("keys that begin with two underscores are reserved")
        return value


class ConnectionHandler(ObjectHandler):
    """The life of a connection in Polytomic."""

    kind = "Connection"
    place = "type"
    arguments = ConnectionArguments
    computed: ClassVar[Mapping[str, str]] = {
        "auth_url": "Where a person gives consent; of the last create or update reply. "
        "Who knows it can connect an account; `polytomic:secretAuthUrl` keeps it secret.",
        "auth_code": "The code of a code-style consent; secret.",
        "status": "Health as last read, such as `healthy`.",
        "status_error": "Why it is not healthy, as last read.",
        "saved": "False while consent is missing, as last read.",
    }
    secret_outputs = ("auth_code",)

    def part_problems(self, arguments: Mapping[str, Any]) -> list[Problem]:
        """The configuration against the packaged schema of the type."""
        return _packaged_problems(arguments)

    def confirm(
        self, schemas: Schemas, arguments: Mapping[str, Any], problems: list[Problem]
    ) -> list[Problem]:
        """Polytomic may have types and keys that came after this package."""
        packaged = _packaged_problems(arguments)
        if not any(one in packaged for one in problems):
            return problems
        found = check_connection(LiveContext(schemas), arguments)
        if found.unchecked:
            return problems
        return [one for one in problems if one not in packaged] + list(found.problems)

    def check_live(self, live: LiveContext, arguments: Mapping[str, Any]) -> LiveResult:
        """The type's schema of today, and the health of one that exists."""
        return check_connection(live, arguments)

    def create_request(self, arguments: Mapping[str, Any]) -> ConnectionRequest:
        """The body of `POST /api/connections`."""
        return create_request(arguments)

    def update_request(self, current: ConnectionReply, comparison: Comparison) -> ConnectionRequest:
        """The body of `PUT /api/connections/{id}`."""
        return update_request(current, comparison)

    def natural_key(self, arguments: Mapping[str, Any]) -> NaturalKey:
        """The type and the name."""
        return NaturalKey(arguments.get("name"), arguments["type"], type=arguments["type"])

    def natural_key_of(self, reply: ConnectionReply) -> NaturalKey:
        """The type and the name."""
        return NaturalKey(reply.name, reply.type, type=reply.type)

    def written(
        self,
        scope: Scope,
        polytomic: Polytomic,
        reply: ConnectionReply,
        arguments: Mapping[str, Any],
        comparison: Comparison | None,
    ) -> ConnectionReply:
        """Say that an update ended the authorization; ask for a consent address that is missing."""
        if comparison is not None:
            if reply.auth_url and "reconnect" not in comparison.changed:
                secret = polytomic.settings.secret_auth_url
                say(
                    "This update ended the authorization of the connection; give consent again at "
                    f"{HIDDEN_ADDRESS if secret else reply.auth_url}",
                    warning=True,
                )
        elif reply.auth_url is None and reply.saved is False:
            reconnect = Comparison(("reconnect",), (), (), new=arguments)
            again = update_request(reply, reconnect)
            reply = polytomic.connections.update(reply.id, again).data
        for organization in {None, reply.organization_id}:
            workspace = workspace_of(arguments)._replace(organization_id=organization)
            scope.schemas(workspace).keep_connection(reply)
        return reply

    def read_computed(self, reply: ConnectionReply, old: Mapping[str, Any]) -> dict[str, Any]:
        """The outputs; consent values come in create and update replies only, so they are kept.

        A preview takes an output that the state does not hold for one that is not known, and with
        it every trigger that is made of it. So a connection that needs no consent has an empty
        address, not none.
        """
        none = None if old else ""
        return {
            "auth_url": reply.auth_url or old.get("auth_url", none),
            "auth_code": reply.auth_code or old.get("auth_code"),
            "status": reply.status,
            "status_error": reply.status_error or None,
            "saved": reply.saved,
        }

    def read_arguments(self, reply: ConnectionReply, like: Mapping[str, Any]) -> dict[str, Any]:
        """The server's values; of the configuration only the keys that the user manages."""
        return _read_arguments(reply, like)

    def remove(self, scope: Scope, polytomic: Polytomic, state: State) -> None:
        """`DELETE /api/connections/{id}`; with `force_destroy` its models and syncs go with it."""
        force = state.arguments.get("force_destroy") is True
        polytomic.connections.delete(state.id, force=force)


def _read_arguments(reply: ConnectionReply, like: Mapping[str, Any]) -> dict[str, Any]:
    type_id = reply.type or like.get("type")
    configuration: dict[str, Any] = dict(reply.configuration or {})
    if not like:
        return {
            "type": type_id,
            "name": reply.name,
            "configuration": replace_secrets(type_id, configuration, lambda _: None),
            "policies": reply.policies,
        }
    server = {"type": type_id, "name": reply.name, "policies": reply.policies}
    shown = {
        name: project(facts, server.get(name), like.get(name))
        for name, facts in facts_of(ConnectionArguments).items()
        if name != "configuration"
    }
    shown["organization_id"] = like.get("organization_id")
    shown["configuration"] = project_configuration(
        configuration, like.get("configuration") or {}, lambda path: is_secret(type_id, path)
    )
    return shown


def _packaged_problems(arguments: Mapping[str, Any]) -> list[Problem]:
    """What does not fit the schema of the connection type that this package brings along."""
    type_id, configuration = arguments.get("type"), arguments.get("configuration")
    if not isinstance(type_id, str) or not type_id:
        return []
    known = connection_types.get(type_id)
    if known is None:
        text = "is not a connection type that this version knows, so nothing was checked; "
        names = one_of(type_id, connection_types.all_types(), "connection type")
        return [Problem("type", text + names, Severity.WARNING)]
    return (
        configuration_problems(known, as_mapping(configuration))
        if isinstance(configuration, dict)
        else []
    )
