"""What a preview says of sample rows: kept and dropped, before and after, and examples."""

from datetime import UTC, datetime
from typing import Any

import pytest

from polytomic_provider.previews.row_results import CannotTell
from polytomic_provider.previews.sampling import SampleOptions, sample_lines
from polytomic_provider.previews.sync_plan import SyncPlan, plan_of
from polytomic_provider.spec.sync_parse import spec_of
from polytomic_provider.spec.sync_reply import read_reply
from polytomic_provider.validation import UNKNOWN

NOW = datetime(2024, 6, 1, tzinfo=UTC)
ROWS: list[dict[str, Any]] = [
    {"Email": "jane@example.com", "LastName": "Roe", "Country": "US", "Age": 30},
    {"Email": "max@example.com", "LastName": None, "Country": "US", "Age": 17},
    {"Email": "kim@example.com", "LastName": "Poe", "Country": "DE", "Age": 41},
    {"Email": "lou@example.com", "LastName": "Low", "Country": None, "Age": 50},
]
NOT_NULL = {"field": "LastName", "function": "IsNotNull"}
ADULT = {"field": "Age", "function": "GreaterThanEqual", "value": 18}
IN_US = {"field": "Country", "function": "Equality", "value": "US"}
COUNTS = SampleOptions()
ROWS_MASKED = SampleOptions(rows=True)
ROWS_PLAIN = SampleOptions(rows=True, plain=True)


def sync(**arguments: Any) -> SyncPlan:
    given = {
        "model": "m1",
        "mode": "updateOrCreate",
        "target": {"connection_id": "c1", "object": "contact"},
        "identity": ["Email", "email"],
        "fields": {"Email": "email", "LastName": "lastName"},
        **arguments,
    }
    return plan_of(spec_of(given), given["model"], {"id-of-age": "Age"})


def lines(
    after: SyncPlan, before: SyncPlan | None = None, look: SampleOptions = COUNTS
) -> list[str]:
    return sample_lines(after, before, ROWS, look, NOW)


class TestCounts:
    def test_each_dropped_row_counts_for_the_condition_that_drops_it(self):
        assert lines(sync(filters=[NOT_NULL, IN_US])) == [
            "Sample of 4 rows: 1 kept, 3 dropped (A: LastName is not null: 1, "
            "B: Country equals …: 2)."
        ]

    def test_the_value_of_a_condition_is_not_shown(self):
        secret = {"field": "Country", "function": "Equality", "value": "canary"}
        assert "canary" not in "".join(lines(sync(filters=[secret]), sync(), ROWS_PLAIN))

    def test_filter_logic_decides(self):
        either = sync(filters=[NOT_NULL, IN_US], filter_logic="A or B")
        assert lines(either) == ["Sample of 4 rows: 4 kept, 0 dropped."]

    def test_the_newer_filters_and_fields_by_their_ids_are_understood(self):
        newer = {"conditions": [{"source": "Age", "function": "LessThan", "value": 18}]}
        assert lines(sync(model_filters=newer))[0].startswith("Sample of 4 rows: 1 kept, 3 dropped")
        by_id = {"field_id": "id-of-age", "function": "LessThan", "value": 18}
        assert lines(sync(filters=[by_id])) == lines(sync(model_filters=newer))

    def test_a_field_can_be_compared_with_another(self):
        both = {"field": "Country", "function": "Equality", "value_field": "LastName"}
        assert lines(sync(filters=[both]))[0].startswith("Sample of 4 rows: 0 kept, 4 dropped")

    def test_without_filters_all_are_kept(self):
        assert lines(sync()) == ["Sample of 4 rows: all kept, there is no filter."]
        assert sample_lines(sync(), None, [], SampleOptions(), NOW) == [
            "Sample: the source gave no row."
        ]
        assert sample_lines(sync(), None, ROWS[:1], SampleOptions(), NOW)[0].startswith(
            "Sample of 1 row:"
        )

    @pytest.mark.parametrize(
        ("condition", "words"),
        [
            (
                {"field": {"model_id": "m2", "field": "Plan"}, "function": "IsNull"},
                "Plan is null",
            ),
            ({"field": "Age", "function": "LessThan", "value": UNKNOWN}, "Age is less than …"),
            ({"field_id": "no-such-id", "function": "IsNull"}, "a field is null"),
        ],
    )
    def test_what_rows_of_the_model_do_not_tell_is_said(
        self, condition: dict[str, Any], words: str
    ):
        assert lines(sync(filters=[NOT_NULL, condition])) == [
            "Sample of 4 rows: 3 kept, 1 dropped (A: LastName is not null: 1). "
            f"Not looked at: {words}."
        ]
        with pytest.raises(CannotTell):
            lines(sync(filters=[NOT_NULL, condition], filter_logic="A or B"))

    def test_an_older_filter_on_the_target_is_left_out(self):
        on_target = {"field_id": "status", "field_type": "Target", "function": "IsNull"}
        assert lines(sync(filters=[NOT_NULL, on_target])) == [
            "Sample of 4 rows: 3 kept, 1 dropped (A: LastName is not null: 1). "
            "Not looked at: status is null, in the target."
        ]

    def test_rows_without_a_value_to_match_by_are_said_to_fail(self):
        plan = sync(identity=["LastName", "email"])
        assert lines(plan) == [
            "Sample of 4 rows: all kept, there is no filter. 1 row of them would fail: no value of "
            "LastName to match by."
        ]
        filled = {"field": "LastName", "function": "IsNull", "override": "none"}
        assert (
            "would fail" not in lines(sync(identity=["LastName", "email"], overrides=[filled]))[0]
        )

    def test_of_several_identities_each_or_one_must_have_a_value(self):
        mappings = [["LastName", "lastName"], ["Email", "email"]]

        def counts(strategy: str) -> str:
            identities = {"mappings": mappings, "strategy": strategy}
            return lines(sync(identity=None, identities=identities))[0]

        assert "would fail" not in counts("priority")
        assert "1 row of them would fail: no value of LastName and Email" in counts("and")

    def test_what_a_change_of_the_model_brings_is_told_from_the_rows_of_before(self):
        before, now = sync(filters=[IN_US]), sync(filters=[NOT_NULL])
        found = sample_lines(now, before, ROWS, COUNTS, NOW, rows_before=ROWS[:3])
        assert found[1].startswith("Of the data that it reads now: ")
        assert "of 3 rows kept" in found[1]

    def test_target_filters_do_not_disturb_the_logic_of_the_models(self):
        groups = {
            "model_filters": {
                "conditions": [
                    {"source": "LastName", "function": "IsNotNull"},
                    {"source": "Country", "function": "IsNotNull"},
                ],
                "logic": "A or B",
            },
            "target_filters": {"conditions": [{"field": "status", "function": "IsNull"}]},
        }
        assert lines(sync(**groups)) == [
            "Sample of 4 rows: 4 kept, 0 dropped. Not looked at: status is null, in the target."
        ]

    def test_a_model_that_does_not_exist_yet_is_a_model(self):
        spec = spec_of(
            {"model": UNKNOWN, "target": {}, "fields": {"Age": "age"}, "filters": [ADULT]}
        )
        plan = plan_of(spec, spec.base_model(), {})
        assert lines(plan)[0].startswith("Sample of 4 rows: 3 kept, 1 dropped")


class TestBeforeAndAfter:
    def test_a_changed_filter_says_which_rows_it_moves(self):
        assert lines(sync(filters=[NOT_NULL]), sync(filters=[IN_US])) == [
            "Sample of 4 rows: 3 kept, 1 dropped (A: LastName is not null: 1).",
            "Before this change: 2 kept, 2 dropped. The change drops 1 of the kept and keeps 2 of "
            "the dropped.",
        ]

    def test_a_changed_mapping_says_what_lands_differently(self):
        after = sync(
            fields={"Email": "email", "Country": "lastName"}, override_fields={"source": "SF"}
        )
        assert lines(after, sync())[1] == (
            "Before this change: 4 kept, 0 dropped. The change lands 4 rows differently "
            "(lastName, source)."
        )

    def test_a_change_that_moves_nothing_says_so(self):
        assert lines(sync(filters=[ADULT, NOT_NULL]), sync(filters=[NOT_NULL]))[1] == (
            "Before this change: 3 kept, 1 dropped. For these rows the change makes no difference."
        )

    def test_a_reply_is_read_like_a_request(self):
        reply = {
            "fields": [
                {"source": {"model_id": "m1", "field": "LastName"}, "target": "lastName"},
                {"source": {"model_id": "", "field": ""}, "target": "s", "override_value": "SF"},
            ],
            "identity": {"source": {"model_id": "m1", "field": "Email"}, "target": "email"},
            "filters": [{"field_id": "id-of-age", "field_type": "Model", "function": "IsNull"}],
            "model_filters": {
                "conditions": [{"source": {"model_id": "m1", "field": "Age"}, "function": "IsNull"}]
            },
        }
        before = plan_of(read_reply(reply), "m1", {"id-of-age": "Age"})
        assert lines(sync(override_fields={"s": "SF"}), before)[1] == (
            "Before this change: 0 kept, 4 dropped. The change keeps 4 of the dropped."
        )

    def test_what_cannot_be_told_of_before_is_said(self):
        before = sync(
            filters=[{"field_id": "gone", "function": "IsNull"}, ADULT], filter_logic="A or B"
        )
        assert lines(sync(filters=[ADULT]), before)[1] == (
            "How many are kept before this change cannot be told from these rows."
        )


class TestExamples:
    def test_three_kept_rows_are_shown_as_they_land(self):
        found = lines(sync(filters=[NOT_NULL], override_fields={"source": "SF"}), None, ROWS_MASKED)
        assert found[1:] == [
            'Row 1: Email → email: "j***@e***.com", LastName → lastName: "R***", '
            'a constant → source: "S***"',
            'Row 2: Email → email: "k***@e***.com", LastName → lastName: "P***", '
            'a constant → source: "S***"',
            'Row 3: Email → email: "l***@e***.com", LastName → lastName: "L***", '
            'a constant → source: "S***"',
        ]

    def test_plain_values_are_shown_when_asked_for(self):
        assert lines(sync(fields={"Age": "age"}), None, ROWS_PLAIN)[1] == (
            'Row 1: Age → age: 30, Email → email: "jane@example.com"'
        )

    def test_overrides_show_the_value_that_lands(self):
        override = {"field": "LastName", "function": "IsNull", "override": "Unknown"}
        found = lines(sync(overrides=[override]), None, ROWS_PLAIN)
        assert found[2] == (
            'Row 2: Email → email: "max@example.com", LastName → lastName: "Unknown" (override)'
        )

    @pytest.mark.parametrize("plain", [True, False])
    def test_secret_constants_and_overrides_stay_secret(self, plain: bool):
        override = {"field": "LastName", "function": "IsNull", "override": "canary-1"}
        after = sync(overrides=[override], override_fields={"source": "canary-2"})
        look = SampleOptions(rows=True, plain=plain, hide_constants=True)
        found = lines(after, None, look)
        assert "LastName → lastName: [secret], a constant → source: [secret]" in found[2]
        assert "canary" not in "".join(found)

    @pytest.mark.parametrize(("look", "new"), [(ROWS_PLAIN, '"new"'), (ROWS_MASKED, '"n***"')])
    def test_constants_of_the_sync_as_it_is_are_not_shown(self, look: SampleOptions, new: str):
        before = sync(
            overrides=[{"field": "LastName", "function": "IsNotNull", "override": "canary-1"}],
            override_fields={"source": "canary-2"},
        )
        found = lines(sync(override_fields={"source": "new"}), before, look)
        assert f"a constant → source: {new} (before: another constant)" in found[2]
        dropping = lines(sync(filters=[{"field": "Email", "function": "IsNull"}]), before, look)
        assert "(dropped now, A: Email is null)" in dropping[2]
        assert "canary" not in "".join([*found, *dropping])

    def test_rows_that_the_change_touches_come_first_with_their_values_before(self):
        after = sync(fields={"Email": "email", "Country": "lastName"}, filters=[IN_US])
        found = lines(after, sync(filters=[NOT_NULL]), ROWS_MASKED)
        assert found[2:] == [
            'Row 1: Email → email: "j***@e***.com", Country → lastName: "U***" (before: "R***")',
            'Row 2: Email → email: "m***@e***.com", Country → lastName: "U***" (kept now)',
            'Row 3: Email → email: "k***@e***.com", LastName → lastName: "P***" '
            "(dropped now, A: Country equals …)",
        ]

    def test_encrypted_fields_and_other_models_show_no_value(self):
        fields = [
            {"source": "LastName", "target": "name", "encryption_enabled": True},
            {"source": {"model_id": "m2", "field": "Plan"}, "target": "plan"},
        ]
        assert lines(sync(fields=fields), None, ROWS_PLAIN)[1] == (
            "Row 1: LastName → name: (encrypted), another model → plan: (not told by a row), "
            'Email → email: "jane@example.com"'
        )

    def test_a_constant_that_is_not_known_yet_is_said(self):
        found = lines(sync(override_fields={"source": UNKNOWN}), None, ROWS_PLAIN)
        assert found[1].endswith("a constant → source: (not known yet)")

    def test_a_mapping_that_goes_away_is_said(self):
        found = lines(sync(fields={"Email": "email"}), sync(), ROWS_MASKED)
        assert found[2].endswith('lastName: not mapped (before: "R***")')
