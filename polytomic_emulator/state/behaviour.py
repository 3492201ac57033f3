"""Switches for what Polytomic's documents leave open or contradict each other about."""

from dataclasses import asdict, dataclass, fields, replace
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from polytomic_emulator.errors import BadRequest


@dataclass(frozen=True)
class AtLeast:
    """The lowest value of a switch that is a number."""

    lowest: int


Order = Literal["as_sent", "sorted", "reversed"]
Shape = Literal["both", "old", "new"]
OverrideFieldsShape = Literal["separate", "merged", "merged_empty", "both"]


@dataclass(frozen=True)
class Behaviour:
    """One reading of the documents. Each default is the reading that official clients rely on.

    omitted_secrets: what PUT does with secrets that the request leaves out. `keep` is what the
        Terraform provider needs, `clear` is what the reference says of every omitted key; it
        also takes an OAuth connection's tokens, and so its authorization.
    idempotency_keys: `off` ignores the header.
    type_shape: a connection's `type` in replies, `{id, name}` or the bare id.
    lists, page_size: lists whole, or in pages with `pagination.next_page_token`; `documented`
        pages models and syncs, but not connections. page_size is also the cap of `limit`.
    unauthorized_body: 401 in the shape of API 2025-09-18 or of 2024-02-08.
    null_for_absent: documented keys that have no value are sent as null, or left out.
    numbers: whole numbers of a configuration or a filter come back as sent, or as `5.0`.
    policies_order: order in which policies come back.
    fill_defaults: a type's default values appear for keys that were not sent.
    mapping_defaults: mappings and identities of a sync come back with the default values of the
        keys that were not sent.
    duplicate_names: a second connection, model, sync or role of the same name is accepted, or
        refused.
    schema_conditions: the JSON Schema of some connection types has conditions (`dependentSchemas`,
        `if` and `then`), and they bind. The schemas that official clients packaged have none, but
        those clients can read them.

    server_keys: the server adds keys to the objects inside a reply: to every configuration and
        what is nested in it, to identities, to schedules. What it added it takes back unseen.
    scalars: `swapped` shows numeric texts as numbers and numbers as texts: parts of schedules,
        constants, what overrides write.
    unicode: texts come back as sent, or composed (NFC).
    emails: the addresses that are documented as such come back as sent, or in lower case: of
        users, of subscribers, of configuration keys whose format is `email`.

    nested_secrets: secrets inside the objects of a configuration, such as `auth.basic.password`,
        are masked, or come back as sent. The types' schemas mark none of them as sensitive, and
        the Terraform provider needs `shown`.
    plain_secrets: secrets of objects that are no connections, such as a webhook's, come back as
        sent, masked, or not at all.

    schema_seconds: how long a refresh of a schema cache takes.
    schema_polls: when above 0, a refresh takes that many requests for its status instead.
    cache_status: how the status of a cache that is ready reads; "true" is the word, True the JSON
        boolean, `finish_time_only` leaves the key out at all times.
    deleted_fields: a field that a user defined is gone when it is deleted, or shows until the
        schema was read anew, which deleting it begins: Polytomic's Terraform provider waits for it.
    unready_cache: models, syncs, schemas and discovery are refused, or work, before a cache is
        ready. Terraform makes a model right after its connection, so it needs `allow`.

    duplicate_fields: a field that a model's request lists twice is kept twice, or once.
    list_order: order in which a model's and a sync's lists come back. Filters get their labels by
        position, so their logic is rewritten with them.
    model_jobs: `on` answers every create, read, update, sample and preview of a model with a job,
        `asked` those with `?async=true`. job_polls: how often a job answers that it is running.
    model_configuration_extras: the server adds keys and empty texts to a model's configuration.
    used_model_delete: deleting a model that a sync uses breaks the sync, or is refused.
    filters_shape, identity_shape: the older keys of a sync's filters and identity, the newer, both.
    filter_fields: filters and overrides name a model's field by name, by UUID, by both.
    override_fields_shape: override fields come under a key of their own, merged into `fields` with
        the zero UUID as model, merged with an empty one, or merged and under that key. API
        2024-02-08 has no key for them: there they are merged.
    identity_mapping: a mapping to the same target as the identity is kept, or dropped.
    search_values: a sync's target shows what the server derived from its object.
    schedule_parts: parts that a schedule does not have are left out, null, or empty texts.
    running_delete: deleting a sync while it runs is refused, or cancels its execution first.
    cancel_seconds: how long an execution is `canceling`.
    run_seconds: how long an execution takes. hold_runs: executions that a client or a schedule
        starts do not end until the control API ends them.
    continuous_seconds: how long a sync whose schedule is continuous rests between two executions.
    """

    omitted_secrets: Literal["keep", "clear"] = "keep"
    idempotency_keys: Literal["on", "off"] = "on"
    type_shape: Literal["object", "string"] = "object"
    lists: Literal["documented", "plain", "paged"] = "documented"
    page_size: Annotated[int, AtLeast(1)] = 50
    unauthorized_body: Literal["v25", "v24"] = "v25"
    null_for_absent: bool = False
    numbers: Literal["as_sent", "float"] = "as_sent"
    policies_order: Order = "as_sent"
    fill_defaults: bool = True
    mapping_defaults: bool = False
    duplicate_names: Literal["allow", "refuse"] = "allow"
    schema_conditions: bool = False
    server_keys: bool = False
    scalars: Literal["as_sent", "swapped"] = "as_sent"
    unicode: Literal["as_sent", "composed"] = "as_sent"
    emails: Literal["as_sent", "lower"] = "as_sent"
    nested_secrets: Literal["masked", "shown"] = "masked"
    plain_secrets: Literal["shown", "masked", "absent"] = "shown"

    schema_seconds: Annotated[float, AtLeast(0)] = 0.3
    schema_polls: Annotated[int, AtLeast(0)] = 0
    cache_status: Literal["fresh", "cached", "completed", "true", True, "finish_time_only"] = (
        "fresh"
    )
    deleted_fields: Literal["gone", "until_refreshed"] = "gone"
    unready_cache: Literal["refuse", "allow"] = "refuse"

    duplicate_fields: Literal["keep", "once"] = "keep"
    list_order: Order = "as_sent"
    model_jobs: Literal["asked", "on"] = "asked"
    job_polls: Annotated[int, AtLeast(0)] = 1
    model_configuration_extras: bool = False
    used_model_delete: Literal["allow", "refuse"] = "allow"
    filters_shape: Shape = "both"
    identity_shape: Shape = "both"
    filter_fields: Literal["both", "name", "id"] = "both"
    override_fields_shape: OverrideFieldsShape = "separate"
    identity_mapping: Literal["keep", "drop"] = "keep"
    search_values: bool = True
    schedule_parts: Literal["absent", "null", "empty"] = "absent"
    running_delete: Literal["refuse", "cancel"] = "refuse"
    cancel_seconds: Annotated[float, AtLeast(0)] = 0.2
    run_seconds: Annotated[float, AtLeast(0)] = 0.2
    hold_runs: bool = False
    continuous_seconds: Annotated[float, AtLeast(0)] = 60

    def changed(self, switches: dict[str, Any]) -> "Behaviour":
        """A copy with some switches set.

        Raises BadRequest for an unknown switch or value, naming the known ones.
        """
        for name, value in switches.items():
            if name not in KNOWN:
                raise BadRequest(f"unknown switch {name!r}", known_values=sorted(KNOWN))
            if not _fits(_HINTS[name], KNOWN[name], value):
                known = KNOWN[name] or [_described(_HINTS[name])]
                raise BadRequest(f"switch {name} cannot be {value!r}", known_values=known)
        return replace(self, **switches)

    def as_dict(self) -> dict[str, Any]:
        """Every switch with its value."""
        return asdict(self)


def _fits(hint: Any, known: list[Any], value: Any) -> bool:
    if known:
        return any(value == one and type(value) is type(one) for one in known)
    kind, limit = get_args(hint)
    kinds = (int,) if kind is int else (int, float)
    return type(value) in kinds and limit.lowest <= value < 1e9


def _described(hint: Any) -> str:
    kind, limit = get_args(hint)
    return f"a {'whole number' if kind is int else 'number'} from {limit.lowest} on"


def _known_values(hint: Any) -> list[Any]:
    """The allowed values of a switch; none for one that is a number."""
    if hint is bool:
        return [True, False]
    return [] if get_origin(hint) is Annotated else list(get_args(hint))


_HINTS = get_type_hints(Behaviour, include_extras=True)
KNOWN = {item.name: _known_values(_HINTS[item.name]) for item in fields(Behaviour)}
"""The allowed values of each switch; an empty list stands for a number."""
