"""Looks things up in Polytomic from inside a program, before or after they are deployed.

    ready = ConnectionReadiness("ready", connection=salesforce)
    pulumi.export("fields", get_source_fields_output(ready.id, {"table": "Contact"}))

Each function comes twice: plain, answering at once, and with `_output`, taking values that are
not known yet and never holding up the program. The id of a ConnectionReadiness is that of its
connection, known once there are fields to look up. Both take the settings that the resources take;
`organization_id` names another workspace, for partner and deployment keys; `account` an account
of the configuration.
Objects are answered as dictionaries under the API's own names.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi

from polytomic_provider.api import Polytomic, Workspace
from polytomic_provider.api.lookup import find_one
from polytomic_provider.api.wire.connect_card import ConnectCardRequest
from polytomic_provider.asking import ask, later, plain, plains
from polytomic_provider.facts.secrets import replace_secrets

Params = Mapping[str, str | Sequence[str]]


def get_caller_identity(
    *, organization_id: str | None = None, account: str | None = None
) -> dict[str, Any]:
    """Whose key this is and for which workspace (`GET /api/me`).

        pulumi.export("workspace", get_caller_identity()["organization_name"])

    Raises RunError, with the reason and the way out, as all functions here do.
    """
    return ask(lambda api: plain(api.identity.me()), Workspace(account, organization_id))


def get_connection(
    id_or_name: str, *, organization_id: str | None = None, account: str | None = None
) -> dict[str, Any]:
    """A connection by its id or its exact name, without secrets (`GET /api/connections`).

        warehouse = get_connection("warehouse")
        Model("orders", connection_id=warehouse["id"], configuration={"table": "public.companies"})

    Raises RunError where there is none, or several of that name; it names them.
    """

    def find(api: Polytomic) -> dict[str, Any]:
        everything = api.connections.list().data
        found = find_one("connection", everything, id_or_name, lambda one: one.name)
        shown = found.model_dump(mode="json")
        configuration = replace_secrets(found.type, shown["configuration"], lambda _: None)
        return {**shown, "configuration": configuration}

    return ask(find, Workspace(account, organization_id))


def get_schema_status(
    connection_id: str, *, organization_id: str | None = None, account: str | None = None
) -> dict[str, Any]:
    """The state of a connection's schema cache, and whether it is `ready` in any reading.

        if not get_schema_status("248d...")["ready"]:
            pulumi.warn("Polytomic still reads the schema.")

    Source: `GET /api/connections/{id}/schemas/status`.
    """

    def look(api: Polytomic) -> dict[str, Any]:
        status = api.schemas.status(connection_id).data
        return {**status.model_dump(mode="json"), "ready": status.ready}

    return ask(look, Workspace(account, organization_id))


def get_source(
    connection_id: str,
    params: Params | None = None,
    *,
    organization_id: str | None = None,
    account: str | None = None,
) -> dict[str, Any]:
    """What a connection offers to models: configuration keys and their choices, such as objects.

        pulumi.export("choices", get_source("248d...")["configuration"])

    `params` are choices made so far. Source: `GET /api/connections/{id}/modelsync/source`.
    """
    return ask(
        lambda api: plain(api.sources.get(connection_id, params=params)),
        Workspace(account, organization_id),
    )


def get_source_fields(
    connection_id: str,
    params: Params,
    *,
    organization_id: str | None = None,
    account: str | None = None,
) -> list[dict[str, Any]]:
    """The fields of a source object, chosen by `{"table": "Contact"}` or by `stream_id`.

        for field in get_source_fields("248d...", {"table": "Contact"}):
            print(field["name"], field["type"])

    Source: `GET /api/connections/{id}/modelsync/source/fields`.
    """
    return ask(
        lambda api: plains(api.sources.fields(connection_id, params=params)),
        Workspace(account, organization_id),
    )


def get_schema(
    connection_id: str,
    schema_id: str,
    *,
    organization_id: str | None = None,
    account: str | None = None,
) -> dict[str, Any]:
    """An object of a connection with its fields, their types, and which of them are its key.

        contact = get_schema("248d...", "Contact")
        keys = [field["id"] for field in contact["fields"] if field["is_primary_key"]]

    Source: `GET /api/connections/{id}/schemas/{schema_id}`.
    """
    return ask(
        lambda api: plain(api.schemas.get(connection_id, schema_id)),
        Workspace(account, organization_id),
    )


def get_target_objects(
    connection_id: str, *, organization_id: str | None = None, account: str | None = None
) -> list[dict[str, Any]]:
    """The objects that syncs can write to, each with the modes that it takes.

        writable = [found["id"] for found in get_target_objects("248d...")]

    Source: `GET /api/connections/{id}/modelsync/targetobjects`.
    """

    def look(api: Polytomic) -> list[dict[str, Any]]:
        found = api.targets.objects(connection_id).data
        return [one.model_dump(mode="json") for one in found.objects]

    return ask(look, Workspace(account, organization_id))


def get_target_fields(
    connection_id: str,
    target: str,
    *,
    organization_id: str | None = None,
    account: str | None = None,
) -> list[dict[str, Any]]:
    """The fields of a target object.

        names = [field["name"] for field in get_target_fields("248d...", "Contact")]

    Source: `GET /api/connections/{id}/modelsync/target/fields`.
    """

    def look(api: Polytomic) -> list[dict[str, Any]]:
        found = api.targets.fields(connection_id, target=target).data
        return [one.model_dump(mode="json") for one in found.fields or ()]

    return ask(look, Workspace(account, organization_id))


def create_connect_card(
    name: str,
    redirect_url: str,
    *,
    whitelist: Sequence[str] | None = None,
    connection: str | None = None,
    ttl: int | None = None,
    organization_id: str | None = None,
    account: str | None = None,
) -> dict[str, Any]:
    """A page of Polytomic Connect, where an end user connects a system of their own.

        page = create_connect_card_output("Acme", "https://app.example.com/connected")
        pulumi.export("connect_url", page["redirect_url"])

    Args:
        name: Name of the page, unique in the workspace.
        redirect_url: Where the browser goes afterwards.
        whitelist: Connection types to choose from; all if left out.
        connection: Id of a connection to connect anew.
        ttl: Seconds that the page lives (300 if left out).
        organization_id: Workspace, for partner and deployment keys.
        account: Account of the configuration.

    The answer's `redirect_url` and `token` are as good as a key: keep them secret. Each call makes
    a new page. Source: `POST /api/connections/connect/`.
    """
    given: dict[str, Any] = {
        "name": name,
        "redirect_url": redirect_url,
        "whitelist": None if whitelist is None else list(whitelist),
        "connection": connection,
        "ttl": ttl,
    }
    request = ConnectCardRequest.model_validate({k: v for k, v in given.items() if v is not None})
    return ask(
        lambda api: plain(api.connect_cards.create(request)),
        Workspace(account, organization_id),
    )


def get_caller_identity_output(
    *, organization_id: pulumi.Input[str] | None = None, account: str | None = None
) -> pulumi.Output[dict[str, Any]]:
    """`get_caller_identity` as an Output."""
    return later(get_caller_identity, organization_id=organization_id, account=account)


def get_connection_output(
    id_or_name: pulumi.Input[str],
    *,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[dict[str, Any]]:
    """`get_connection` for a value that may not be known yet."""
    return later(get_connection, id_or_name, organization_id=organization_id, account=account)


def get_schema_status_output(
    connection_id: pulumi.Input[str],
    *,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[dict[str, Any]]:
    """`get_schema_status` for a connection that may not exist yet."""
    return later(get_schema_status, connection_id, organization_id=organization_id, account=account)


def get_source_output(
    connection_id: pulumi.Input[str],
    params: pulumi.Input[Params] | None = None,
    *,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[dict[str, Any]]:
    """`get_source` for a connection that may not exist yet."""
    return later(
        get_source, connection_id, params, organization_id=organization_id, account=account
    )


def get_source_fields_output(
    connection_id: pulumi.Input[str],
    params: pulumi.Input[Params],
    *,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[list[dict[str, Any]]]:
    """`get_source_fields` for a connection that may not exist yet."""
    return later(
        get_source_fields, connection_id, params, organization_id=organization_id, account=account
    )


def get_schema_output(
    connection_id: pulumi.Input[str],
    schema_id: pulumi.Input[str],
    *,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[dict[str, Any]]:
    """`get_schema` for a connection that may not exist yet."""
    return later(
        get_schema, connection_id, schema_id, organization_id=organization_id, account=account
    )


def get_target_objects_output(
    connection_id: pulumi.Input[str],
    *,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[list[dict[str, Any]]]:
    """`get_target_objects` for a connection that may not exist yet."""
    return later(
        get_target_objects, connection_id, organization_id=organization_id, account=account
    )


def get_target_fields_output(
    connection_id: pulumi.Input[str],
    target: pulumi.Input[str],
    *,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[list[dict[str, Any]]]:
    """`get_target_fields` for a connection that may not exist yet."""
    return later(
        get_target_fields, connection_id, target, organization_id=organization_id, account=account
    )


def create_connect_card_output(
    name: pulumi.Input[str],
    redirect_url: pulumi.Input[str],
    *,
    whitelist: pulumi.Input[Sequence[str]] | None = None,
    connection: pulumi.Input[str] | None = None,
    ttl: pulumi.Input[int] | None = None,
    organization_id: pulumi.Input[str] | None = None,
    account: str | None = None,
) -> pulumi.Output[dict[str, Any]]:
    """`create_connect_card` for values that may not be known yet; the answer is secret."""
    made = later(
        create_connect_card,
        name,
        redirect_url,
        whitelist=whitelist,
        connection=connection,
        ttl=ttl,
        organization_id=organization_id,
        account=account,
    )
    return pulumi.Output.secret(made)
