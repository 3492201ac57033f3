"""The schemas of a bulk sync: as programs write them, as requests have them, as replies show them.

    schemas = ["Contact", {"id": "Account", "fields": {"Phone": {"obfuscate": True}}}]

A text is a schema with every field. `fields` as a list names the fields that are copied; as a
mapping it names exceptions: every other field is copied as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

from polytomic_provider.api.wire import as_moment
from polytomic_provider.api.wire.bulk_sync import (
    BulkFieldReply,
    BulkSchemaReply,
    SchemaUpdate,
)
from polytomic_provider.spec.equality import matches
from polytomic_provider.validation import holds_unknown
from polytomic_provider.validation.untyped import as_list, as_mapping

ALL: Final = "all"
NONE: Final = "none"


@dataclass(frozen=True)
class FieldSpec:
    """How a program wants one field."""

    id: str
    enabled: bool = True
    obfuscate: bool = False
    user_output_name: str = ""

    @classmethod
    def of(cls, reply: BulkFieldReply) -> "FieldSpec":
        """A field as a reply shows it."""
        return cls(
            id=reply.id or "",
            enabled=reply.enabled is True,
            obfuscate=reply.obfuscated is True,
            user_output_name=reply.user_output_name or "",
        )

    def plain(self) -> Any:
        """The field as a program would write it in a list: its name, where that says it all."""
        told: dict[str, Any] = {"id": self.id}
        if self.obfuscate:
            told["obfuscate"] = True
        if self.user_output_name:
            told["user_output_name"] = self.user_output_name
        return told if len(told) > 1 else self.id


@dataclass(frozen=True)
class SchemaSpec:
    """How a program wants one schema.

    only: whether `fields` are all that are copied, or exceptions from copying every one.
    partition_key, tracking_field: None leaves the server's own.
    """

    id: str
    enabled: bool = True
    fields: Mapping[str, FieldSpec] = field(default_factory=dict[str, FieldSpec])
    only: bool = False
    filters: tuple[Mapping[str, Any], ...] = ()
    partition_key: str | None = None
    tracking_field: str | None = None
    data_cutoff_timestamp: str = ""
    disable_data_cutoff: bool = False
    history_enabled: bool = False
    user_output_name: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether it says nothing but which schema it is."""
        return self == SchemaSpec(self.id)


def named_item(value: Any) -> Any:
    """An item of a list in its long form: a text stands for its `id`."""
    return {"id": value} if isinstance(value, str) else value


def listed_fields(value: Any) -> Any:
    """`fields` as a list: of a mapping each entry with its key as `id`; False switches off."""
    if not isinstance(value, Mapping):
        return value
    items = cast("Mapping[str, Any]", value).items()
    return [_with_id(name, one) for name, one in sorted(items)]


def _with_id(name: str, value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return {**cast("Mapping[str, Any]", value), "id": name}
    return {"id": name, "enabled": value}


def specs_of(value: Any) -> list[SchemaSpec] | None:
    """The schemas that a program names; None where it names none, or one is not wholly known.

    The value must have passed the checks of shapes.
    """
    if not isinstance(value, list) or holds_unknown(value):
        return None
    return [_spec(as_mapping(named_item(one))) for one in cast("list[Any]", value)]


def _spec(given: Mapping[str, Any]) -> SchemaSpec:
    fields: Any = given.get("fields")
    items = [as_mapping(named_item(one)) for one in as_list(listed_fields(fields))]
    return SchemaSpec(
        id=str(given.get("id")),
        enabled=given.get("enabled") is not False,
        fields={str(one.get("id")): _field(one) for one in items},
        only=isinstance(fields, list) and bool(items),
        filters=tuple(_condition(as_mapping(one)) for one in as_list(given.get("filters"))),
        partition_key=given.get("partition_key"),
        tracking_field=given.get("tracking_field"),
        data_cutoff_timestamp=given.get("data_cutoff_timestamp") or "",
        disable_data_cutoff=given.get("disable_data_cutoff") is True,
        history_enabled=given.get("history_enabled") is True,
        user_output_name=given.get("user_output_name") or "",
    )


def _field(given: Mapping[str, Any]) -> FieldSpec:
    return FieldSpec(
        id=str(given.get("id")),
        enabled=given.get("enabled") is not False,
        obfuscate=given.get("obfuscate") is True,
        user_output_name=given.get("user_output_name") or "",
    )


def _condition(given: Mapping[str, Any]) -> dict[str, Any]:
    condition = {"field_id": given.get("field_id") or given.get("field")}
    condition["function"] = given.get("function")
    return condition if given.get("value") is None else {**condition, "value": given["value"]}


def same_schemas(old: Any, new: Any) -> bool:
    """Whether two programs name the same schemas, whatever their order and forms."""
    one, other = specs_of(old), specs_of(new)
    if one is None or other is None:
        return False
    return _by_id(one) == _by_id(other) and len(one) == len(other)


def _by_id(specs: Sequence[SchemaSpec]) -> dict[str, SchemaSpec]:
    return {one.id: one for one in specs}


@dataclass(frozen=True)
class Discovery:
    """What the server adds by itself: to `fields` of a schema, to the `objects` of a bulk sync.

    None: the program does not say, which the server's own word then decides.
    """

    fields: str | None = None
    objects: str | None = None
    fields_there: str | None = None

    @property
    def leaves_new_fields_out(self) -> bool:
        """Whether a field that is not copied may be one that the source has gained."""
        return (self.fields or self.fields_there or ALL) != ALL

    @property
    def adds_fields(self) -> bool:
        """Whether the program wants fields beside those that it lists."""
        return self.fields not in (None, NONE)

    @property
    def adds_objects(self) -> bool:
        """Whether the program wants objects beside those that it lists."""
        return self.objects not in (None, NONE)


def wanted_fields(
    spec: SchemaSpec, there: Sequence[BulkFieldReply], discovery: Discovery, *, renew: bool = False
) -> list[FieldSpec]:
    """Every field of a schema as the program wants it.

    Args:
        spec: What the program says.
        there: The fields that the schema has now.
        discovery: What the server adds by itself.
        renew: Whether the program has changed, so that every field that it does not speak of
            begins anew.
    """
    found = [FieldSpec.of(one) for one in there if one.id]
    known = {one.id for one in found}
    wanted = [_wanted(spec, one, discovery, renew=renew) for one in found]
    return wanted + [one for name, one in spec.fields.items() if name not in known]


def _wanted(spec: SchemaSpec, there: FieldSpec, discovery: Discovery, *, renew: bool) -> FieldSpec:
    named = spec.fields.get(there.id)
    if named is not None:
        return named
    if spec.only:
        if discovery.adds_fields:
            return there
        return FieldSpec(there.id, False, there.obfuscate, there.user_output_name)
    if discovery.leaves_new_fields_out and not there.enabled and not renew:
        return there
    return FieldSpec(there.id)


def is_met(
    spec: SchemaSpec, reply: BulkSchemaReply, discovery: Discovery, *, renew: bool = False
) -> bool:
    """Whether a schema is as the program wants it; of one that is disabled nothing else counts.

    `discovery` and `renew` as for `wanted_fields`.
    """
    if not spec.enabled:
        return reply.enabled is not True
    there = reply.fields or []
    fields = [FieldSpec.of(one) for one in there if one.id]
    return (
        reply.enabled is True
        and fields == wanted_fields(spec, there, discovery, renew=renew)
        and _same_filters(reply, spec)
        and spec.partition_key in (None, reply.partition_key)
        and spec.tracking_field in (None, reply.tracking_field)
        and same_moment(reply.data_cutoff_timestamp, spec.data_cutoff_timestamp)
        and (reply.disable_data_cutoff is True) == spec.disable_data_cutoff
        and (reply.history_enabled is True) == spec.history_enabled
        and (reply.user_output_name or "") == spec.user_output_name
    )


def _same_filters(reply: BulkSchemaReply, spec: SchemaSpec) -> bool:
    found = [one.model_dump(mode="json") for one in reply.filters or ()]
    return len(found) == len(spec.filters) and all(map(matches, found, spec.filters))


def same_moment(server: str | None, written: str | None) -> bool:
    """Whether two times are one; a server may write a time in another form."""
    if not server or not written:
        return not server and not written
    moment = as_moment(server)
    return server == written or (moment is not None and moment == as_moment(written))


def configuration(
    spec: SchemaSpec, there: BulkSchemaReply | None, discovery: Discovery
) -> dict[str, Any]:
    """The schema in a request about the whole bulk sync; `there`: as it is now, if it is known."""
    body = _settings(spec, there)
    known = there.fields if there is not None else None
    if known:
        wanted = wanted_fields(spec, known, discovery, renew=True)
        body["fields"] = [
            {
                "id": one.id,
                "enabled": one.enabled,
                "obfuscate": one.obfuscate,
                "user_output_name": one.user_output_name,
            }
            for one in wanted
        ]
    elif spec.fields:
        body["fields"] = [_selection(one) for one in spec.fields.values()]
    return {"id": spec.id, **body}


def _selection(spec: FieldSpec) -> dict[str, Any]:
    body: dict[str, Any] = {"id": spec.id, "enabled": spec.enabled}
    if spec.obfuscate:
        body["obfuscate"] = True
    if spec.user_output_name:
        body["user_output_name"] = spec.user_output_name
    return body


def update(spec: SchemaSpec, there: BulkSchemaReply, discovery: Discovery) -> SchemaUpdate:
    """The body that makes one schema what the program wants."""
    wanted = wanted_fields(spec, there.fields or [], discovery, renew=True)
    fields = [
        {
            "id": one.id,
            "enabled": one.enabled,
            "obfuscated": one.obfuscate,
            "user_output_name": one.user_output_name,
        }
        for one in wanted
    ]
    return SchemaUpdate.model_validate({**_settings(spec, there), "fields": fields})


def _settings(spec: SchemaSpec, there: BulkSchemaReply | None) -> dict[str, Any]:
    """What a request says of a schema beside its fields; what it must clear it says too."""
    body: dict[str, Any] = {"enabled": spec.enabled}
    own = there or BulkSchemaReply()
    for key in ("partition_key", "tracking_field"):
        value = getattr(spec, key) or getattr(own, key)
        if value:
            body[key] = value
    if spec.filters:
        body["filters"] = [dict(one) for one in spec.filters]
    if spec.data_cutoff_timestamp:
        body["data_cutoff_timestamp"] = spec.data_cutoff_timestamp
    if spec.disable_data_cutoff:
        body["disable_data_cutoff"] = True
    if spec.history_enabled or own.history_enabled:
        body["history_enabled"] = spec.history_enabled
    if spec.user_output_name or own.user_output_name:
        body["user_output_name"] = spec.user_output_name
    return body


def project_schemas(server: Sequence[BulkSchemaReply], like: Any, discovery: Discovery) -> Any:
    """The schemas that are copied, in the program's own words where they are as it wants them.

    Those that `like` describes must be there in full.
    """
    enabled = {one.id: one for one in server if one.enabled and one.id}
    if not isinstance(like, list):
        return list(enabled)
    shown: list[Any] = []
    for written in cast("list[Any]", like):
        (spec,) = specs_of([written]) or [None]
        if spec is None:
            continue
        there = enabled.pop(spec.id, BulkSchemaReply(id=spec.id))
        if is_met(spec, there, discovery):
            shown.append(written)
        elif there.enabled:
            shown.append(_described(as_mapping(named_item(written)), spec, there, discovery))
    others = [] if discovery.adds_objects else list(enabled)
    return shown + others


def _described(
    written: Mapping[str, Any], spec: SchemaSpec, there: BulkSchemaReply, discovery: Discovery
) -> dict[str, Any]:
    """A schema that is not what the program wants; what is so of it in the program's words."""
    fields = [FieldSpec.of(one) for one in there.fields or () if one.id]
    filters = [one.model_dump(mode="json", exclude_none=True) for one in there.filters or ()]
    shown: dict[str, Any] = {"id": there.id}
    if fields == wanted_fields(spec, there.fields or [], discovery):
        shown["fields"] = written.get("fields")
    else:
        shown["fields"] = [one.plain() for one in fields if one.enabled]
    shown["filters"] = written.get("filters") if _same_filters(there, spec) else filters
    for key in ("partition_key", "tracking_field"):
        shown[key] = getattr(there, key) if getattr(spec, key) is not None else None
    cutoff = there.data_cutoff_timestamp
    met = same_moment(cutoff, spec.data_cutoff_timestamp)
    shown["data_cutoff_timestamp"] = written.get("data_cutoff_timestamp") if met else cutoff
    for key in ("disable_data_cutoff", "history_enabled", "user_output_name"):
        shown[key] = getattr(there, key)
    return {key: value for key, value in shown.items() if value not in (None, False, "", [])}
