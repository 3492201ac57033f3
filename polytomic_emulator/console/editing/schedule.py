"""The form of a sync's schedule."""

from typing import Any

from polytomic_emulator.console.editing.controls import (
    Control,
    Draft,
    Row,
    Section,
    box,
    select,
)
from polytomic_emulator.console.routing import Form
from polytomic_emulator.state.schedules import FREQUENCIES, PARTS
from polytomic_emulator.state.store import State
from polytomic_emulator.state.sync import Sync

TITLE: str = "Edit the schedule"
_HINTS = {
    "minute": "0 to 59",
    "hour": "0 to 23",
    "day_of_week": "0 to 7 or a day's name; 0 is Sunday",
    "day_of_month": "1 to 31",
    "month": "1 to 12",
}


def filled(state: State, sync: Sync) -> Form:
    """The form as the sync is."""
    found = sync.schedule
    values = {"frequency": found.frequency, "connection_id": found.connection_id or ""}
    values |= {part: getattr(found, part) or "" for part in PARTS}
    values["job_id"] = "" if found.job_id is None else str(found.job_id)
    pairs = [*values.items(), *(("after", one) for one in found.run_after_syncs or [])]
    if found.run_after_success_only:
        pairs.append(("success_only", "on"))
    return Form(tuple(pairs))


def sections(state: State, sync: Sync, form: Form) -> list[Section]:
    """What the page draws."""
    frequencies = [(name, f"{one.label}: {one.description}") for name, one in FREQUENCIES.items()]
    others = [one for one in state.syncs.of(sync.workspace_id) if one.id != sync.id]
    clouds = [one for one in state.connections.of(sync.workspace_id) if one.type == "dbtcloud"]
    chosen = form.texts("after")
    after = [
        box("after", one.name, one.id in chosen, of=one.id, at=f"after-{position}")
        for position, one in enumerate(others)
    ]
    accounts = [("", "None"), *((one.id, one.name) for one in clouds)]
    made = [
        Section(
            "Frequency",
            "What of the rest of this form counts depends on it.",
            (Row("", (select("frequency", "Runs", form.text("frequency"), frequencies),)),),
        ),
        Section(
            "Time",
            "In UTC. Custom and Builder take cron expressions, such as */15.",
            (Row("", tuple(_part(part, form) for part in PARTS)),),
        ),
    ]
    if after:
        only = box("success_only", "Only when they succeeded", form.has("success_only"))
        text = "For the frequency Run after."
        made.append(Section("After other syncs", text, (Row("", (*after, only)),)))
    if clouds or form.text("connection_id"):
        account = select("connection_id", "Connection", form.text("connection_id"), accounts)
        job = Control("job_id", "Job", form.text("job_id"))
        made.append(Section("dbt Cloud", "", (Row("", (account, job)),)))
    return made


def _part(part: str, form: Form) -> Control:
    label = part.replace("_", " ").capitalize()
    return Control(part, label, form.text(part), hint=_HINTS[part])


def draft(state: State, sync: Sync, form: Form) -> Draft:
    """The changes, in the keys of the PUT: only the parts that the frequency asks for."""
    frequency = form.text("frequency")
    known = FREQUENCIES.get(frequency)
    wanted = (PARTS if known.cron else known.needs) if known else ()
    values: dict[str, Any] = {"frequency": frequency}
    values |= {part: form.text(part).strip() for part in PARTS if part in wanted}
    if "run_after" in wanted:
        kept = sync.schedule.run_after_bulk_syncs
        values["run_after"] = {"sync_ids": form.texts("after"), "bulk_sync_ids": kept}
        values["run_after_success_only"] = form.has("success_only")
    if "job_id" in wanted:
        job = form.text("job_id").strip()
        values["job_id"] = int(job) if job.isdecimal() else job or None
        values["connection_id"] = form.text("connection_id")
    places = {f"schedule.{part}": part for part in (*PARTS, "frequency", "connection_id", "job_id")}
    places |= {"schedule": "frequency", "schedule.run_after": "after-0"}
    return Draft({"schedule": values}, places)
