"""A sync: a model's fields mapped onto a target object, with mode, identity, filters, schedule."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar, cast

from polytomic_provider.api import Polytomic
from polytomic_provider.api.wire.sync import SyncRequest
from polytomic_provider.api.wire.sync_reply import SyncReply
from polytomic_provider.kinds.arguments import facts_of
from polytomic_provider.kinds.lifecycle.comparison import Comparison
from polytomic_provider.kinds.lifecycle.natural_key import NaturalKey
from polytomic_provider.kinds.lifecycle.object_handler import ObjectHandler
from polytomic_provider.kinds.lifecycle.overlay import overlay, overlay_keys
from polytomic_provider.kinds.lifecycle.scope import Scope
from polytomic_provider.kinds.lifecycle.state import State
from polytomic_provider.kinds.references import Reference
from polytomic_provider.kinds.sync.arguments import SyncArguments
from polytomic_provider.kinds.sync.deletion import delete_sync
from polytomic_provider.kinds.sync.projection import project_sync
from polytomic_provider.kinds.sync.references import references_of_sync
from polytomic_provider.kinds.sync.source_fields import expose_mapped_fields
from polytomic_provider.live import LiveContext, LiveResult, check_sync
from polytomic_provider.spec.equality import same, same_set
from polytomic_provider.spec.filters import same_filters, same_in_programs
from polytomic_provider.spec.sync import KINDS, Override, SyncSpec, Wire
from polytomic_provider.spec.sync_parse import parse_sync, spec_of
from polytomic_provider.spec.sync_reply import identities_of
from polytomic_provider.validation import Problem, is_unknown
from polytomic_provider.validation.untyped import as_mapping

MAPPINGS = frozenset(("fields", "override_fields"))
FILTERS = frozenset(("filters", "filter_logic", "model_filters", "target_filters"))


class SyncHandler(ObjectHandler):
    """The life of a sync in Polytomic."""

    kind = "Sync"
    place = "target.connection_id"
    arguments = SyncArguments
    computed: ClassVar[Mapping[str, str]] = {
        "model_ids": "Ids of the models that it reads.",
    }

    def part_problems(self, arguments: Mapping[str, Any]) -> list[Problem]:
        """Everything wrong with the parts of a sync, and what they ask of each other."""
        return parse_sync(arguments)[1]

    def compare(self, state: State, arguments: Mapping[str, Any]) -> Comparison:
        """As for every kind; filters by their meaning, and the target by its parts."""
        comparison = super().compare(state, arguments)
        if not FILTERS.isdisjoint(comparison.changed) and _same_filters(state.arguments, arguments):
            comparison = comparison.without(FILTERS)
        for name in MAPPINGS.intersection(comparison.changed):
            if _same_mappings(name, state.arguments, arguments):
                comparison = comparison.without({name})
        if "overrides" in comparison.changed and _same_overrides(state.arguments, arguments):
            comparison = comparison.without({"overrides"})
        if "target" not in comparison.changed:
            return comparison
        before, after = (
            as_mapping(state.arguments.get("target")),
            as_mapping(arguments.get("target")),
        )
        known = not is_unknown(arguments.get("target"))
        if not known or not same(before.get("connection_id"), after.get("connection_id")):
            return replace(comparison, replaces=(*comparison.replaces, "target"))
        return _ended_in_target(comparison, before, after)

    def references(self, arguments: Mapping[str, Any]) -> Iterator[Reference]:
        """As for every kind, and those inside the parts that take several forms."""
        yield from super().references(arguments)
        yield from references_of_sync(spec_of(arguments))

    def check_live(self, live: LiveContext, arguments: Mapping[str, Any]) -> LiveResult:
        """What models and target have."""
        return check_sync(live, arguments)

    def create_request(self, arguments: Mapping[str, Any]) -> SyncRequest:
        """The body of `POST /api/syncs`."""
        return SyncRequest.model_validate(spec_of(arguments).request())

    def update_request(self, current: SyncReply, comparison: Comparison) -> SyncRequest:
        """The body of `PUT /api/syncs/{id}`: the program's arguments over what is not managed."""
        body = _update_body(_wire(current), comparison.old, spec_of(comparison.new))
        return SyncRequest.model_validate(body)

    def natural_key(self, arguments: Mapping[str, Any]) -> NaturalKey:
        """The target's connection and object, and the name."""
        target = cast("Mapping[str, Any]", arguments["target"])
        return NaturalKey(arguments.get("name"), target["connection_id"], target.get("object"))

    def natural_key_of(self, reply: Any) -> NaturalKey:
        """The same of a reply; lists show the target flat or nested."""
        target = getattr(reply, "target", None)
        if target is not None:
            connection, shown = target.connection_id, target.object
        else:
            connection = getattr(reply, "target_connection_id", None)
            shown = getattr(reply, "target_object", None)
        return NaturalKey(reply.name, connection, shown, type=f"to {shown}" if shown else None)

    def read_computed(self, reply: SyncReply, old: Mapping[str, Any]) -> dict[str, Any]:
        """The models it reads."""
        return {"model_ids": reply.model_ids or old.get("model_ids")}

    def read_arguments(self, reply: SyncReply, like: Mapping[str, Any]) -> dict[str, Any]:
        """The server's values in the user's own forms."""
        return project_sync(_wire(reply), like, facts_of(SyncArguments))

    def prepare(self, scope: Scope, arguments: Mapping[str, Any]) -> None:
        """Let its models expose the fields of their sources that it maps."""
        expose_mapped_fields(scope, arguments)

    def remove(self, scope: Scope, polytomic: Polytomic, state: State) -> None:
        """`DELETE /api/syncs/{id}`; what runs is canceled where the program says so."""
        delete_sync(polytomic.syncs, state)


def _update_body(current: Wire, old: Mapping[str, Any], spec: SyncSpec) -> Wire:
    """Return the body of a PUT: the program's sync over what it does not manage of the present."""
    body = overlay(facts_of(SyncArguments), current, spec.request())
    there: Wire = current.get("target") or {}
    target: Wire = body["target"]
    target["configuration"] = overlay_keys(
        there.get("configuration") or {},
        as_mapping(as_mapping(old.get("target")).get("configuration")),
        target["configuration"],
    )
    if target.get("object") is None and there.get("object"):
        target["object"] = there["object"]  # what `create` has made is no longer created
        target.pop("create", None)
    if "identities" not in body and len(identities_of(current)[0]) > 1:
        # Only the newer form changes a sync that has several.
        one = body.pop("identity", None)
        body["identities"] = {"mappings": [one] if one else []}
    return body


def _same_filters(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Return whether two programs have the same filters in the same form."""
    one, other = spec_of(old), spec_of(new)
    if not one.whole or not other.whole or _form(one) != _form(other):
        return False
    pairs = [(one.filters_on(kind), other.filters_on(kind)) for kind in KINDS]
    return all(
        (mine.logic is None) == (theirs.logic is None)
        and same_filters(mine, theirs, same_in_programs)
        for mine, theirs in pairs
    )


def _same_overrides(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Return whether two programs have the same overrides; their values of a set have no order."""
    one, other = spec_of(old), spec_of(new)
    if not one.whole or not other.whole:
        return False

    def equal(mine: Override, theirs: Override) -> bool:
        return same_in_programs(mine.condition, theirs.condition)

    return same_set(one.overrides, other.overrides, equal)


def _same_mappings(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Return whether two programs map the same: Polytomic keeps no order of mappings."""
    bodies: list[list[Wire]] = []
    for arguments in (old, new):
        spec = spec_of(arguments)
        listed = spec.mappings if name == "fields" else spec.constants
        if not spec.whole or not listed:
            return False
        bodies.append([one.wire() for one in listed])
    return len(bodies[0]) == len(bodies[1]) and same_set(bodies[0], bodies[1])


def _form(spec: SyncSpec) -> tuple[bool, ...]:
    forms = (spec.filters, spec.model_filters, spec.target_filters)
    return tuple(form is not None for form in forms)


def _ended_in_target(
    comparison: Comparison, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Comparison:
    """Return the comparison of a target that may only end to manage keys of its configuration."""
    before, after = as_mapping(old.get("configuration")), as_mapping(new.get("configuration"))
    left = {key: value for key, value in before.items() if after.get(key) is not None}
    ended = [key for key, value in before.items() if value is not None and key not in left]
    paths = tuple(f"target.configuration.{key}" for key in ended)
    kept = {**old, "configuration": left or new.get("configuration")}
    nothing_else = bool(ended) and same(kept, new)
    sent = tuple(one for one in comparison.sent if not nothing_else or one != "target")
    return replace(comparison, sent=sent, ended=(*comparison.ended, *paths))


def _wire(reply: SyncReply) -> dict[str, Any]:
    """The reply as plain JSON, under the API's own names."""
    return reply.model_dump(mode="json", by_alias=True)
