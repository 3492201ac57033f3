"""Schedules of a sync, each with just the parts that it needs.

Schedule.daily(hour=10, minute=30)
"""

from collections.abc import Sequence

import pulumi

from polytomic_provider.resources.sync_types import RunAfterArgs, ScheduleArgs

Part = pulumi.Input[int] | pulumi.Input[str]


class Schedule:
    """Makes the `schedule` of a sync; all times are UTC. Source: `GET /api/syncs/schedules`."""

    @staticmethod
    def manual() -> ScheduleArgs:
        """Runs only when it is told to."""
        return {"frequency": "manual"}

    @staticmethod
    def continuous() -> ScheduleArgs:
        """Runs all the time."""
        return {"frequency": "continuous"}

    @staticmethod
    def hourly(*, minute: Part = 0) -> ScheduleArgs:
        """Runs every hour at `minute`."""
        return {"frequency": "hourly", "minute": minute}

    @staticmethod
    def daily(*, hour: Part, minute: Part = 0) -> ScheduleArgs:
        """Runs every day at `hour`:`minute`."""
        return {"frequency": "daily", "hour": hour, "minute": minute}

    @staticmethod
    def weekly(*, day_of_week: Part, hour: Part, minute: Part = 0) -> ScheduleArgs:
        """Runs every week; `day_of_week` is a name such as `monday`, or 0 for Sunday to 6."""
        return {
            "frequency": "weekly",
            "day_of_week": day_of_week,
            "hour": hour,
            "minute": minute,
        }

    @staticmethod
    def cron(
        *,
        minute: Part = "*",
        hour: Part = "*",
        day_of_month: Part = "*",
        month: Part = "*",
        day_of_week: Part = "*",
    ) -> ScheduleArgs:
        """Runs by the parts of a cron expression (frequency `custom`)."""
        return {
            "frequency": "custom",
            "minute": minute,
            "hour": hour,
            "day_of_month": day_of_month,
            "month": month,
            "day_of_week": day_of_week,
        }

    @staticmethod
    def run_after(
        *,
        sync_ids: Sequence[pulumi.Input[str]] = (),
        bulk_sync_ids: Sequence[pulumi.Input[str]] = (),
        success_only: bool = False,
    ) -> ScheduleArgs:
        """Runs when other syncs have run; `success_only` leaves out runs that failed."""
        after: RunAfterArgs = {}
        if sync_ids:
            after["sync_ids"] = list(sync_ids)
        if bulk_sync_ids:
            after["bulk_sync_ids"] = list(bulk_sync_ids)
        schedule: ScheduleArgs = {"frequency": "runafter", "run_after": after}
        if success_only:
            schedule["run_after_success_only"] = True
        return schedule

    @staticmethod
    def dbt_cloud(*, connection_id: pulumi.Input[str], job_id: pulumi.Input[int]) -> ScheduleArgs:
        """Runs when a job of a dbt Cloud connection has run."""
        return {"frequency": "dbtcloud", "connection_id": connection_id, "job_id": job_id}
