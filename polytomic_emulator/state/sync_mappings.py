"""The rules about a sync's mode, mappings and identity."""

from dataclasses import replace

from polytomic_emulator.errors import Unprocessable
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.modes import MODES
from polytomic_emulator.state.sync import Identity, Mapping, Sync, SyncRequest
from polytomic_emulator.state.sync_context import SyncContext
from polytomic_provider.facts.functions import IDENTITY_FUNCTIONS


def check_mode(context: SyncContext) -> None:
    """Raise Unprocessable for a mode that nobody knows, or that the target does not have."""
    known = list(MODES) if context.mode not in MODES else list(context.catalog.modes)
    if context.mode not in known:
        what = "is not known" if context.mode not in MODES else "is not one of this target"
        raise Unprocessable(f"mode {context.mode!r} {what}", field="mode", known_values=known)


def judge_mappings(
    context: SyncContext, request: SyncRequest, identities: list[Identity], behaviour: Behaviour
) -> list[Mapping]:
    """The mappings and, after them, the override fields. Raises Unprocessable."""
    judged = [
        _mapping(context, one, f"{key}[{position}]")
        for key, mappings in (
            ("fields", request.fields),
            ("override_fields", request.override_fields),
        )
        for position, one in enumerate(mappings)
    ]
    unneeded = context.mode == "remove" or context.catalog.properties.get("mappings_not_required")
    if not judged and not unneeded:
        raise Unprocessable("fields must map at least one field", field="fields")
    targets = [one.target for one in judged]
    twice = next((one for one in targets if targets.count(one) > 1), None)
    if twice is not None:
        raise Unprocessable(f"fields: {twice} is mapped more than once", field="fields")
    encrypts = any(one.encryption_enabled for one in judged)
    if encrypts and not request.encryption_passphrase:
        raise Unprocessable(
            "encryption_passphrase is required to encrypt fields", field="encryption_passphrase"
        )
    if behaviour.identity_mapping == "drop":
        matched = {one.target for one in identities}
        judged = [one for one in judged if one.source is None or one.target not in matched]
    return [one for one in judged if one.source] + [one for one in judged if not one.source]


def _mapping(context: SyncContext, mapping: Mapping, path: str) -> Mapping:
    if not mapping.target:
        raise Unprocessable(f"{path}.target must not be empty", field=f"{path}.target")
    if mapping.source is None and mapping.override_value is None:
        raise Unprocessable(f"{path} needs a source or an override_value", field=f"{path}.source")
    if mapping.source is not None:
        context.check_source(mapping.source, f"{path}.source")
    else:
        # Documented as ignored: what is written is no record's.
        mapping = replace(mapping, encryption_enabled=None)
    creates = bool(mapping.new) and bool(context.catalog.properties.get("supports_field_creation"))
    if not creates:
        _check_target(context, mapping, path)
    modes = (context.mode, "create", "updateOrCreate")
    if mapping.sync_mode and mapping.sync_mode not in modes:
        raise Unprocessable(
            f"{path}.sync_mode {mapping.sync_mode!r} is not known",
            field=f"{path}.sync_mode",
            known_values=sorted(set(modes)),
        )
    own = mapping.sync_mode == "create" and context.mode != "create"
    if own and context.mode not in context.catalog.field_mode_modes:
        raise Unprocessable(
            f"{path}.sync_mode: mode {context.mode} of this target has no modes per field",
            field=f"{path}.sync_mode",
        )
    return mapping


def _check_target(context: SyncContext, mapping: Mapping, path: str) -> None:
    field = context.target_field(mapping.target, f"{path}.target")
    if field is None:
        return
    mode = MODES[context.mode]
    writable = (mode.creates and field.createable) or (mode.updates and field.updateable)
    if not writable and context.mode != "remove":
        raise Unprocessable(
            f"{path}.target: {field.id} cannot be written in mode {context.mode}",
            field=f"{path}.target",
        )
    if mapping.encryption_enabled and not field.encryptable:
        raise Unprocessable(
            f"{path}.encryption_enabled: {field.id} cannot be encrypted",
            field=f"{path}.encryption_enabled",
        )


def judge_identities(
    context: SyncContext, request: SyncRequest, before: Sync | None
) -> tuple[list[Identity], str | None]:
    """The identity mappings and how they are combined. Raises Unprocessable."""
    if request.identities is None:
        if before is not None and len(before.identities) > 1:
            raise Unprocessable(
                "this sync has more than one identity mapping: use identities", field="identities"
            )
        judged = [request.identity] if request.identity else []
    else:
        judged = request.identities
    newer = request.identities is not None
    for position, one in enumerate(judged):
        _check_identity(context, one, f"identities.mappings[{position}]" if newer else "identity")
    if not judged and context.mode in context.catalog.identity_modes:
        raise Unprocessable(
            f"identity is required for mode {context.mode} of {context.target.id}", field="identity"
        )
    return judged, _strategy(context, request, len(judged))


def _strategy(context: SyncContext, request: SyncRequest, count: int) -> str | None:
    if count <= 1:
        return "priority" if count else None
    if not context.catalog.properties.get("supports_multiple_identities"):
        raise Unprocessable("this target matches by one identity only", field="identities.mappings")
    if request.strategy not in ("priority", "and"):
        raise Unprocessable(
            "identities.strategy must be priority or and",
            field="identities.strategy",
            known_values=["priority", "and"],
        )
    return request.strategy


def _check_identity(context: SyncContext, identity: Identity, path: str) -> None:
    context.check_source(identity.source, f"{path}.source")
    if identity.function not in IDENTITY_FUNCTIONS:
        raise Unprocessable(
            f"{path}.function {identity.function!r} is not known",
            field=f"{path}.function",
            known_values=list(IDENTITY_FUNCTIONS),
        )
    can_create = context.catalog.properties.get("supports_identity_field_creation")
    if identity.new_field and can_create:
        return
    field = context.target_field(identity.target, f"{path}.target")
    if field is None:
        return
    if identity.function not in field.identity:
        known = (
            list(field.identity)
            if field.identity
            else [one.id for one in context.target.fields.values() if one.identity]
        )
        key = "function" if field.identity else "target"
        raise Unprocessable(
            f"{path}.{key}: {field.id} does not match records by {identity.function}",
            field=f"{path}.{key}",
            known_values=known,
        )
