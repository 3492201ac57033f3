"""The form of a sync's name, mode and switches."""

from polytomic_emulator.console import wording
from polytomic_emulator.console.editing.controls import (
    Control,
    Draft,
    Row,
    Section,
    box,
    select,
)
from polytomic_emulator.console.editing.fields import fields_of
from polytomic_emulator.console.routing import Form
from polytomic_emulator.state.modes import MODES
from polytomic_emulator.state.store import State
from polytomic_emulator.state.sync import Sync

TITLE: str = "Edit name and mode"
_SWITCHES = {
    "sync_all_records": "Write all records each time, also unchanged ones",
    "only_enrich_updates": "Enrich only records that changed",
    "skip_initial_backfill": "Leave out the records that exist before the first run",
}


def filled(state: State, sync: Sync) -> Form:
    """The form as the sync is."""
    pairs = [("name", sync.name), ("mode", sync.mode)]
    return Form((*pairs, *((name, "on") for name in _SWITCHES if getattr(sync, name))))


def sections(state: State, sync: Sync, form: Form) -> list[Section]:
    """What the page draws."""
    catalog = fields_of(state, sync).catalog
    modes = [
        (one, f"{wording.mode(one)}: {wording.mode_description(one)}")
        for one in (catalog.modes if catalog else MODES)
    ]
    controls = (
        Control("name", "Name", form.text("name")),
        select("mode", "Mode", form.text("mode"), modes),
        *(box(name, label, form.has(name)) for name, label in _SWITCHES.items()),
    )
    return [Section("", "", (Row("", controls),))]


def draft(state: State, sync: Sync, form: Form) -> Draft:
    """The changes, in the keys of the PUT."""
    changes = {"name": form.text("name"), "mode": form.text("mode")}
    switches = {name: form.has(name) for name in _SWITCHES}
    return Draft(changes | switches, {"name": "name", "mode": "mode"})
