"""A bulk sync: whole objects of one connection, copied into another one."""

from collections.abc import Mapping
from typing import Any, ClassVar

from polytomic_provider.api import NotFound, Polytomic
from polytomic_provider.api.wire.bulk_sync import BulkSchemaReply, BulkSyncReply, BulkSyncRequest
from polytomic_provider.kinds.arguments import facts_of
from polytomic_provider.kinds.bulk_sync.arguments import BulkSyncArguments
from polytomic_provider.kinds.lifecycle.comparison import Comparison
from polytomic_provider.kinds.lifecycle.natural_key import NaturalKey
from polytomic_provider.kinds.lifecycle.object_handler import ObjectHandler
from polytomic_provider.kinds.lifecycle.overlay import overlay, overlay_keys
from polytomic_provider.kinds.lifecycle.projection import project, project_configuration
from polytomic_provider.kinds.lifecycle.scope import Scope
from polytomic_provider.kinds.lifecycle.state import State
from polytomic_provider.kinds.sync.deletion import delete_sync
from polytomic_provider.live import LiveContext, LiveResult
from polytomic_provider.live.bulk_checks import check_bulk_sync
from polytomic_provider.spec.bulk_schemas import (
    Discovery,
    configuration,
    is_met,
    project_schemas,
    same_moment,
    same_schemas,
    specs_of,
    update,
)
from polytomic_provider.spec.bulk_sync import (
    additional_body,
    bulk_problems,
    project_additional,
    project_default,
    schedule_body,
    with_ids,
)
from polytomic_provider.validation import Problem
from polytomic_provider.validation.untyped import as_list, as_mapping

_CONFIGURATIONS = ("source_configuration", "destination_configuration")
_READ_ELSEWHERE = (
    *("schemas", "default_schedule", "additional_schedules", "data_cutoff_timestamp"),
    *_CONFIGURATIONS,
)


class BulkSyncHandler(ObjectHandler):
    """The life of a bulk sync in Polytomic."""

    kind = "BulkSync"
    place = "destination_connection_id"
    arguments = BulkSyncArguments
    computed: ClassVar[Mapping[str, str]] = {
        "default_schedule_id": "Id of its default schedule, which stays the same.",
    }

    def part_problems(self, arguments: Mapping[str, Any]) -> list[Problem]:
        """What its parts ask of each other."""
        return bulk_problems(arguments)

    def check_live(self, live: LiveContext, arguments: Mapping[str, Any]) -> LiveResult:
        """What source and destination have."""
        return check_bulk_sync(live, arguments)

    def compare(self, state: State, arguments: Mapping[str, Any]) -> Comparison:
        """As for every kind; schemas by what they mean."""
        comparison = super().compare(state, arguments)
        both = state.arguments.get("schemas"), arguments.get("schemas")
        if "schemas" in comparison.changed and same_schemas(*both):
            return comparison.without({"schemas"})
        return comparison

    def create_request(self, arguments: Mapping[str, Any]) -> BulkSyncRequest:
        """The body of `POST /api/bulk/syncs`."""
        return BulkSyncRequest.model_validate(_body(arguments, {}))

    def update_request(self, current: BulkSyncReply, comparison: Comparison) -> BulkSyncRequest:
        """The body of `PUT /api/bulk/syncs/{id}`: the program's over what it does not manage.

        Without schemas to change it has none: those that are there then stay.
        """
        old, new = comparison.old, comparison.new
        there = {one.id: one for one in current.schemas or () if one.id}
        program = _body(new, there)
        if "schemas" not in comparison.sent:
            program.pop("schemas", None)
        elif "schemas" in program and _discovery(new, current).adds_objects:
            named = {one.id for one in specs_of(new.get("schemas")) or ()}
            others = [one.id for one in current.schemas or () if one.enabled]
            program["schemas"] += [{"id": one} for one in others if one not in named]
        if current.default_schedule is not None and current.default_schedule.id:
            program["default_schedule"]["id"] = current.default_schedule.id
        additional = program.get("additional_schedules")
        if additional is not None:
            listed = current.additional_schedules or []
            program["additional_schedules"] = with_ids(additional, listed)
        facts = {name: one for name, one in facts_of(self.arguments).items() if name != "schemas"}
        body = overlay(facts, current.model_dump(mode="json"), program)
        for name in _CONFIGURATIONS:
            own: Mapping[str, Any] = getattr(current, name) or {}
            laid = overlay_keys(own, as_mapping(old.get(name)), program.get(name) or {})
            body[name] = laid
        known = BulkSyncRequest.model_fields
        return BulkSyncRequest.model_validate({k: v for k, v in body.items() if k in known})

    def natural_key(self, arguments: Mapping[str, Any]) -> NaturalKey:
        """The name and both connections."""
        return NaturalKey(
            arguments.get("name"),
            arguments["destination_connection_id"],
            arguments["source_connection_id"],
        )

    def natural_key_of(self, reply: BulkSyncReply) -> NaturalKey:
        """The name and both connections."""
        return NaturalKey(
            reply.name, reply.destination_connection_id, reply.source_connection_id, type=reply.mode
        )

    def complete(
        self,
        polytomic: Polytomic,
        reply: BulkSyncReply,
        arguments: Mapping[str, Any],
        comparison: Comparison | None = None,
    ) -> BulkSyncReply:
        """Read its schemas, those in full that the program describes; none where it names none."""
        specs = specs_of(arguments.get("schemas"))
        if specs is None or (comparison is not None and "schemas" not in comparison.sent):
            return reply
        listed = polytomic.bulk_syncs.schemas(reply.id).data
        wanted = {one.id for one in specs}
        whole = [_in_full(polytomic, reply.id, one) if one.id in wanted else one for one in listed]
        return reply.model_copy(update={"schemas": whole})

    def written(
        self,
        scope: Scope,
        polytomic: Polytomic,
        reply: BulkSyncReply,
        arguments: Mapping[str, Any],
        comparison: Comparison | None,
    ) -> BulkSyncReply:
        """Make each schema that the program describes what it says, where the request has not.

        A request that makes a bulk sync cannot name every field of a schema, and what becomes of
        the others is for the server to say.
        """
        del scope
        specs = specs_of(arguments.get("schemas")) or []
        if comparison is not None and "schemas" not in comparison.sent:
            return reply
        discovery = _discovery(arguments, reply)
        for spec in specs:
            if spec.is_plain and comparison is None:
                continue
            there = polytomic.bulk_syncs.schema(reply.id, spec.id).data
            if not is_met(spec, there, discovery, renew=True):
                request = update(spec, there, discovery)
                polytomic.bulk_syncs.replace_schema(reply.id, spec.id, request)
        return reply

    def read_computed(self, reply: BulkSyncReply, old: Mapping[str, Any]) -> dict[str, Any]:
        """The id of the default schedule."""
        schedule = reply.default_schedule
        known = schedule.id if schedule is not None else None
        return {"default_schedule_id": known or old.get("default_schedule_id")}

    def read_arguments(self, reply: BulkSyncReply, like: Mapping[str, Any]) -> dict[str, Any]:
        """The server's values in the program's own forms."""
        server = reply.model_dump(mode="json")
        shown = {
            name: project(facts, server.get(name), like.get(name)) if like else server.get(name)
            for name, facts in facts_of(BulkSyncArguments).items()
            if name not in _READ_ELSEWHERE
        }
        for name in _CONFIGURATIONS:
            own: Mapping[str, Any] = getattr(reply, name) or {}
            keys: Mapping[str, Any] | None = like.get(name) if like else own
            shown[name] = project_configuration(own, keys, lambda _: False) if keys else keys
        cutoff, written = reply.data_cutoff_timestamp, like.get("data_cutoff_timestamp")
        shown["data_cutoff_timestamp"] = written if same_moment(cutoff, written) else cutoff
        schedule = project_default(reply.default_schedule, like.get("default_schedule"))
        shown["default_schedule"] = schedule
        additional = reply.additional_schedules or []
        listed = project_additional(additional, like.get("additional_schedules"))
        shown["additional_schedules"] = listed
        if reply.schemas is not None:
            discovery = _discovery(like, reply)
            shown["schemas"] = project_schemas(reply.schemas, like.get("schemas"), discovery)
        return {**shown, "organization_id": like.get("organization_id")}

    def remove(self, scope: Scope, polytomic: Polytomic, state: State) -> None:
        """`DELETE /api/bulk/syncs/{id}`; what runs is canceled where the program says so."""
        delete_sync(polytomic.bulk_syncs, state)


def _body(arguments: Mapping[str, Any], there: Mapping[str, BulkSchemaReply]) -> dict[str, Any]:
    """The program's bulk sync in the shape of requests; `there`: its schemas as they are now."""
    names = BulkSyncRequest.model_fields
    body = {name: arguments[name] for name in names if arguments.get(name) is not None}
    body["default_schedule"] = schedule_body(arguments.get("default_schedule"))
    additional = arguments.get("additional_schedules")
    if additional is not None:
        body["additional_schedules"] = [additional_body(one) for one in as_list(additional)]
    specs = specs_of(arguments.get("schemas"))
    if specs is not None:
        discovery = _discovery(arguments, None)
        chosen = [one for one in specs if one.enabled]
        body["schemas"] = [configuration(one, there.get(one.id), discovery) for one in chosen]
    return body


def _discovery(arguments: Mapping[str, Any], reply: BulkSyncReply | None) -> Discovery:
    return Discovery(
        fields=arguments.get("automatically_add_new_fields"),
        objects=arguments.get("automatically_add_new_objects"),
        fields_there=reply.automatically_add_new_fields if reply is not None else None,
    )


def _in_full(polytomic: Polytomic, id_: str, listed: BulkSchemaReply) -> BulkSchemaReply:
    """A schema with its fields and filters; as it was listed where it is gone meanwhile."""
    try:
        return polytomic.bulk_syncs.schema(id_, listed.id or "").data
    except NotFound:
        return listed
