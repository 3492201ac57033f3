"""A run of a sync, as a Pulumi resource."""

from collections.abc import Sequence
from typing import Any

import pulumi

from polytomic_provider.resources.declaration import declare
from polytomic_provider.resources.resource import PolytomicResource
from polytomic_provider.resources.sync import Sync


class SyncRun(PolytomicResource, kind="SyncRun"):
    """Runs a sync once, and again whenever one of its triggers changes.

        first_run = SyncRun("first-run", sync=sync, triggers=[sync.id], tolerate=10)
        pulumi.export("inserted", first_run.counts["insert"])

    It waits for the end of the execution and fails where more than `tolerate` records fail, with
    the reasons of the first ones. A run that failed, was canceled or took too long stays in the
    stack: the next `pulumi up` runs the sync again, or waits for it again. Nothing else ever starts
    one: no refresh and no preview. A killed `pulumi up` finds the execution that it has started.
    Deleting the resource sends nothing.

    Args:
        resource_name: Name of the resource in the program.
        sync: The Sync to run, or its id; another one replaces.
        triggers: Any values; when one changes, the sync runs again.
        wait: False: start it and go on; `status` and `counts` are those of its start.
        tolerate: How many records may fail.
        timeout: How long to wait at most, such as `1h` (the default).
        cancel_on_interrupt: True: Ctrl-C cancels the run in Polytomic too.
        resync: True: sync all records, not only those that changed.
        test: True: try it with a few records.
        identities: Sync only the records with these values of the identity's source field.
        organization_id: Workspace, for partner and deployment keys; left out: that of the Sync
            given.
        opts: Pulumi's resource options; `import_`, `provider` and
            `delete_before_replace=False` are refused.

    Source: `POST /api/syncs/{id}/executions`, `GET /api/syncs/{id}/executions/{id}`.
    """

    sync: pulumi.Output[str]
    triggers: pulumi.Output[list[Any] | None]
    wait: pulumi.Output[bool | None]
    tolerate: pulumi.Output[int | None]
    timeout: pulumi.Output[str | None]
    cancel_on_interrupt: pulumi.Output[bool | None]
    resync: pulumi.Output[bool | None]
    test: pulumi.Output[bool | None]
    identities: pulumi.Output[list[str] | None]
    organization_id: pulumi.Output[str | None]

    execution_id: pulumi.Output[str]
    """Id of the last execution that it started."""
    status: pulumi.Output[str | None]
    """State of that execution as last seen, such as `completed`."""
    counts: pulumi.Output[dict[str, int]]
    """How many records it handled: `total`, `insert`, `update`, `error` …"""
    started_at: pulumi.Output[str | None]
    """When it was started."""
    completed_at: pulumi.Output[str | None]
    """When it ended."""
    log_url: pulumi.Output[str]
    """Address of its logs in the API."""

    def __init__(
        self,
        resource_name: str,
        *,
        sync: Sync | pulumi.Input[str] | pulumi.Output[Sync],
        triggers: pulumi.Input[Sequence[pulumi.Input[Any]]] | None = None,
        wait: pulumi.Input[bool] = True,
        tolerate: pulumi.Input[int] = 0,
        timeout: pulumi.Input[str] = "1h",
        cancel_on_interrupt: pulumi.Input[bool] = False,
        resync: pulumi.Input[bool] = False,
        test: pulumi.Input[bool] = False,
        identities: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        organization_id: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        if organization_id is None and isinstance(sync, Sync):
            organization_id = sync.given_organization_id()
        declare(
            self,
            "SyncRun",
            resource_name,
            {
                "sync": sync,
                "triggers": triggers,
                "wait": None if wait is True else wait,
                "tolerate": None if tolerate == 0 else tolerate,
                "timeout": timeout,
                "cancel_on_interrupt": cancel_on_interrupt or None,
                "resync": resync or None,
                "test": test or None,
                "identities": identities,
                "organization_id": organization_id,
            },
            opts,
        )
