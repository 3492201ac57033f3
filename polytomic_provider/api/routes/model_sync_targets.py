"""Discovers what a connection takes as the target of a sync."""

from polytomic_provider.api.http.errors import PolytomicError
from polytomic_provider.api.http.query import bracketed
from polytomic_provider.api.http.replies import Reply, as_model, as_models
from polytomic_provider.api.http.transport import Params, Transport
from polytomic_provider.api.routes.paths import api_path
from polytomic_provider.api.wire.target import (
    TargetCreation,
    TargetFields,
    TargetObject,
    TargetObjects,
)


class ModelSyncTargets:
    """The routes `/api/connections/{id}/modelsync/target…`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def objects(
        self,
        connection_id: str,
        *,
        include_target_creation_values: bool | None = None,
    ) -> Reply[TargetObjects]:
        """The objects that syncs can write to (`GET …/modelsync/targetobjects`).

        Args:
            connection_id: The target's connection.
            include_target_creation_values: Have `target_creation` list the values to choose from.
        """
        path = api_path("connections", connection_id, "modelsync", "targetobjects")
        query = {"include_target_creation_values": include_target_creation_values}
        reply = self._transport.request("GET", path, params=query)
        if not isinstance(reply.data, list | None):
            raise reply.unexpected("the reply is not a list")
        objects = as_models(reply.having(reply.data or []), TargetObject)
        creation = reply.body.get("target_creation") if isinstance(reply.body, dict) else None
        found = as_model(reply.having(creation), TargetCreation).data if creation else None
        return reply.having(TargetObjects(objects=objects.data, target_creation=found))

    def fields(
        self,
        connection_id: str,
        *,
        target: str | None = None,
        properties: Params | None = None,
        refresh: bool | None = None,
    ) -> Reply[TargetFields]:
        """The fields and modes of one object (`GET …/modelsync/target/fields`).

        Args:
            connection_id: The target's connection.
            target: Id of an existing object.
            properties: In place of `target`: properties of an object that is yet to be made.
            refresh: Have the fields of `target` read anew.

        Raises:
            PolytomicError: Not exactly one of `target` and `properties` is given.
        """
        if (target is None) == (properties is None):
            raise PolytomicError(
                "the fields of a target are asked for by exactly one of target and properties",
                hint="Pass target for an existing object, properties for one that is to be made.",
            )
        path = api_path("connections", connection_id, "modelsync", "target", "fields")
        query = {"target": target, "refresh": refresh, **bracketed("properties", properties)}
        reply = self._transport.request("GET", path, params=query)
        return as_model(reply, TargetFields)
