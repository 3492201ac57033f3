"""The form of a sync's mappings, fixed values and identity."""

from dataclasses import asdict
from typing import Any

from polytomic_emulator.console.editing.controls import (
    Choice,
    Control,
    Draft,
    Row,
    Section,
    box,
    select,
)
from polytomic_emulator.console.editing.fields import (
    Fields,
    fields_of,
    reference,
    source_of,
)
from polytomic_emulator.console.editing.rows import (
    form_of,
    kept,
    position_before,
    rows_of,
)
from polytomic_emulator.console.routing import Form
from polytomic_emulator.state.store import State
from polytomic_emulator.state.sync import Identity, Mapping, Sync
from polytomic_provider.facts.functions import IDENTITY_FUNCTIONS

TITLE: str = "Edit the mapping"
_FIXED = "fixed"


def filled(state: State, sync: Sync) -> Form:
    """The form as the sync is."""
    mappings = [
        {
            "was": str(position),
            "source": reference(one.source) if one.source else _FIXED,
            "fixed": one.override_value or "",
            "target": one.target,
            "mode": one.sync_mode or "",
        }
        for position, one in enumerate(sync.fields)
    ]
    matches = [
        {
            "was": str(position),
            "source": reference(one.source),
            "function": one.function,
            "target": one.target,
        }
        for position, one in enumerate(sync.identities)
    ]
    return form_of({"strategy": sync.strategy or ""}, {"match": matches, "mapping": mappings})


def sections(state: State, sync: Sync, form: Form) -> list[Section]:
    """What the page draws."""
    fields = fields_of(state, sync)
    matches = [_match(fields, n, row) for n, row in enumerate(rows_of(form, "match"))]
    if len(matches) > 1:
        offered = [("priority", "The first one that finds a record"), ("and", "All of them")]
        combined = select("strategy", "Which must hold", form.text("strategy"), offered)
        matches.append(Row("Together", (combined,)))
    mappings = rows_of(form, "mapping")
    knows = fields.catalog is not None and sync.mode in fields.catalog.field_mode_modes
    by_field = knows or any(row.get("mode") for row in mappings)
    return [
        Section(
            "Identity",
            "A record of the model and a record of the target are the same where this holds.",
            tuple(matches),
            adds="match",
        ),
        Section(
            "Fields",
            "What is written to each field of the target.",
            tuple(
                _mapping(fields, position, row, by_field=by_field)
                for position, row in enumerate(mappings)
            ),
            adds="mapping",
        ),
    ]


def _match(fields: Fields, position: int, row: dict[str, str]) -> Row:
    at = f"match-{position}"
    functions = list(IDENTITY_FUNCTIONS.items())
    return Row(
        f"Identity {position + 1}",
        (
            fields.of_models(f"{at}-source", "Model field", row.get("source", ""), _CHOOSE),
            select(f"{at}-function", "Comparison", row.get("function", ""), functions),
            fields.of_target(f"{at}-target", "Target field", row.get("target", "")),
            box(f"{at}-remove", "Remove this identity", "remove" in row),
        ),
        hidden=((f"{at}-was", row.get("was", "")),),
    )


_CHOOSE = Choice("", "Choose a field")


def _mapping(fields: Fields, position: int, row: dict[str, str], *, by_field: bool) -> Row:
    at = f"mapping-{position}"
    fixed = Choice(_FIXED, "A fixed value")
    modes = [
        ("", "As the sync does"),
        ("create", "Only when the record is created"),
        ("updateOrCreate", "When it is created or changed"),
    ]
    chosen = (select(f"{at}-mode", "Written", row.get("mode", ""), modes),) if by_field else ()
    return Row(
        f"Mapping {position + 1}",
        (
            fields.of_models(f"{at}-source", "From", row.get("source", ""), _CHOOSE, fixed),
            Control(f"{at}-fixed", "Fixed value", row.get("fixed", "")),
            fields.of_target(f"{at}-target", "To", row.get("target", "")),
            *chosen,
            box(f"{at}-remove", "Remove this mapping", "remove" in row),
        ),
        hidden=((f"{at}-was", row.get("was", "")),),
    )


def draft(state: State, sync: Sync, form: Form) -> Draft:
    """The changes, in the keys of the PUT."""
    places = {"fields": "mapping-0-target", "identity": "match-0-source"}
    places |= {"identities": "match-0-source", "identities.strategy": "strategy"}
    mappings: dict[str, list[dict[str, Any]]] = {"fields": [], "override_fields": []}
    for position, row in kept(form, "mapping", ("source", "target", "fixed")):
        before = position_before(row, len(sync.fields))
        made = _written(row, sync.fields[before] if before is not None else None)
        key = "override_fields" if row.get("source") == _FIXED else "fields"
        path, at = f"{key}[{len(mappings[key])}]", f"mapping-{position}"
        places |= {path: f"{at}-target", f"{path}.source": f"{at}-source"}
        places |= {f"{path}.sync_mode": f"{at}-mode"}
        mappings[key].append(made)
    identities: list[dict[str, Any]] = []
    for position, row in kept(form, "match", ("source", "target")):
        path, at = f"identities.mappings[{len(identities)}]", f"match-{position}"
        places |= {path: f"{at}-source", f"{path}.target": f"{at}-target"}
        places |= {f"{path}.function": f"{at}-function"}
        before = position_before(row, len(sync.identities))
        identities.append(_matched(row, sync.identities[before] if before is not None else None))
    together = {"mappings": identities, "strategy": form.text("strategy") or "priority"}
    return Draft({**mappings, "identities": together}, places)


def _written(row: dict[str, str], before: Mapping | None) -> dict[str, Any]:
    source = source_of(row.get("source", ""))
    # A mapping can have both; a text that was left in the form beside a new source means nothing.
    both = before is not None and before.source is not None and before.override_value is not None
    fixed = row.get("source") == _FIXED or (both and row.get("fixed"))
    return {
        "target": row.get("target", ""),
        "source": asdict(source) if source else None,
        "override_value": row.get("fixed", "") if fixed else None,
        "sync_mode": row.get("mode") or None,
        "new": before.new if before else None,
        "encryption_enabled": before.encryption_enabled if before else None,
    }


def _matched(row: dict[str, str], before: Identity | None) -> dict[str, Any]:
    source = source_of(row.get("source", ""))
    return {
        "source": asdict(source) if source else None,
        "function": row.get("function", ""),
        "target": row.get("target", ""),
        "new_field": before.new_field if before else None,
        "remote_field_type_id": before.remote_field_type_id if before else None,
    }
