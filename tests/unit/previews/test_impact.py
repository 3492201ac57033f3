"""What a preview says of a change's impact: only what is documented, in whole sentences."""

from typing import Any

import pytest

from polytomic_provider.api.wire.sync_list import SyncStatus
from polytomic_provider.facts.sync_effects import MODE_EFFECTS
from polytomic_provider.facts.sync_rules import MODES
from polytomic_provider.previews.impact import impact_of_change, impact_of_new
from polytomic_provider.previews.schedules import in_words
from polytomic_provider.validation import UNKNOWN

DAILY = {"frequency": "daily", "hour": 10, "minute": "5"}
MADE: dict[str, Any] = {"mode": "updateOrCreate", "schedule": DAILY, "active": True}
DUE = {"next_execution_time": "2024-06-02T12:05:00+02:00"}


def status(**reply: Any) -> SyncStatus:
    return SyncStatus.model_validate(reply)


@pytest.mark.parametrize(
    ("arguments", "sentences"),
    [
        (
            {},
            "Mode updateOrCreate updates records that match and creates the others. "
            "Its first run is the initial backfill. It runs daily at 10:05 UTC.",
        ),
        (
            {"mode": "replace", "active": False},
            "Mode replace replaces all records of the target. Its first run is the initial "
            "backfill. It is not active, so neither its schedule nor a manual trigger runs it.",
        ),
        (
            {"mode": "snapshot", "skip_initial_backfill": True, "active": None},
            "The initial backfill is skipped: only records seen after it is enabled are synced. "
            "Once active, it runs daily at 10:05 UTC.",
        ),
        (
            {"mode": UNKNOWN, "sync_all_records": True, "schedule": {"frequency": UNKNOWN}},
            "Its first run is the initial backfill. Every run syncs all records, changed or not.",
        ),
    ],
)
def test_a_new_sync(arguments: dict[str, Any], sentences: str):
    assert impact_of_new({**MADE, **arguments}) == f"Impact of the new sync: {sentences}"


@pytest.mark.parametrize(
    ("changed", "arguments", "sentences"),
    [
        (("active",), {}, "It becomes active at once."),
        (
            ("active",),
            {"active": False},
            "It is deactivated at once, which does not cancel a run in progress.",
        ),
        (("schedule",), {}, "The schedule changes at once: it runs daily at 10:05 UTC."),
        (("schedule",), {"schedule": UNKNOWN}, "The schedule changes at once."),
        (
            ("fields", "filters", "mode"),
            {"mode": "remove"},
            "The change of fields, filters and mode takes effect on its next run, due 2024-06-02 "
            "10:05 UTC. Mode remove deletes the records of the target that match.",
        ),
        (
            ("filters",),
            {},
            "The change of filters takes effect on its next run, due 2024-06-02 10:05 UTC.",
        ),
        (
            ("sync_all_records", "active"),
            {"sync_all_records": True},
            "It becomes active at once. The change of sync_all_records takes effect on its next "
            "run. Every run syncs all records, changed or not.",
        ),
        (
            ("fields",),
            {"mode": "replace"},
            "The change of fields takes effect on its next run, due 2024-06-02 10:05 UTC. Mode "
            "replace replaces all records of the target.",
        ),
    ],
)
def test_a_change(changed: tuple[str, ...], arguments: dict[str, Any], sentences: str):
    found = impact_of_change({**MADE, **arguments}, changed, status(**DUE))
    assert found == f"Impact: {sentences} It has not run yet."


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            {},
            "Polytomic sends the records that changed since the last run; a run started with "
            "`resync` sends all.",
        ),
        ({"sync_all_records": True}, "Every run syncs all records, changed or not."),
    ],
)
def test_other_mappings_of_a_sync_that_has_run_say_which_records_get_them(
    arguments: dict[str, Any], sentence: str
):
    ran = status(last_execution={"status": "completed"})
    assert impact_of_change({**MADE, **arguments}, ("fields",), ran) == (
        f"Impact: The change of fields takes effect on its next run. {sentence} "
        "Its last run completed."
    )


@pytest.mark.parametrize("changed", [(), ("name",), ("policies",)])
def test_what_means_nothing_for_the_target_is_not_said(changed: tuple[str, ...]):
    assert impact_of_change(MADE, changed, status(**DUE)) is None


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (
            {"current_execution": {"status": "running", "started_at": "2024-06-01T10:03:00Z"}},
            " A run is in progress since 2024-06-01 10:03 UTC.",
        ),
        ({"current_execution": {"status": "queued"}}, " A run is in progress."),
        (
            {
                "last_execution": {
                    "status": "completed",
                    "completed_at": "2024-06-01T10:06:00Z",
                    "counts": {"total": 240, "error": 3},
                }
            },
            " Its last run completed 2024-06-01 10:06 UTC, 240 records, 3 with errors.",
        ),
        ({"last_execution": {"status": "failed"}}, " Its last run failed."),
        (None, ""),
    ],
)
def test_a_run_in_progress_or_the_last_one_is_said(reply: dict[str, Any] | None, sentence: str):
    now = None if reply is None else status(**reply)
    found = impact_of_change(MADE, ("active",), now)
    assert found == f"Impact: It becomes active at once.{sentence}"


def test_every_mode_whose_effect_is_documented_is_a_mode():
    assert set(MODE_EFFECTS) == set(MODES) - {"snapshot"}


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (None, "only when it is started"),
        ({"frequency": "manual"}, "only when it is started"),
        ({"frequency": "continuous"}, "continuously"),
        ({"frequency": "hourly", "minute": 7}, "every hour at minute 07"),
        ({"frequency": "hourly", "minute": UNKNOWN}, None),
        ({"frequency": "daily", "hour": "9", "minute": "0"}, "daily at 09:00 UTC"),
        ({"frequency": "daily", "hour": "*", "minute": "0"}, None),
        (
            {"frequency": "weekly", "day_of_week": "1", "hour": 9, "minute": 0},
            "weekly on Monday at 09:00 UTC",
        ),
        (
            {"frequency": "weekly", "day_of_week": "friday", "hour": 9, "minute": 0},
            "weekly on Friday at 09:00 UTC",
        ),
        ({"frequency": "weekly", "day_of_week": UNKNOWN, "hour": 9, "minute": 0}, None),
        ({"frequency": "custom", "hour": "*"}, "by its cron expression"),
        ({"frequency": "runafter", "run_after": {}}, "after other syncs"),
        ({"frequency": "dbtcloud"}, "after a dbt Cloud job"),
        ({"frequency": "new one"}, None),
        (UNKNOWN, None),
    ],
)
def test_schedules_in_words(schedule: Any, words: str | None):
    assert in_words(schedule) == words
