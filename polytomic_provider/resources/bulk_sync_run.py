"""A run of a bulk sync, as a Pulumi resource."""

from collections.abc import Sequence
from typing import Any, Literal

import pulumi

from polytomic_provider.resources.bulk_sync import BulkSync
from polytomic_provider.resources.run import RunResource


class BulkSyncRun(RunResource, kind="BulkSyncRun"):
    """Runs a bulk sync once, and again whenever one of its triggers changes.

        first_copy = BulkSyncRun("first-copy", bulk_sync=copies, triggers=[copies.id])
        pulumi.export("rows", first_copy.records["Contact"])

    It waits for the end of the execution and fails where a schema is not copied or more than
    `tolerate` records fail, with the reasons of the first ones. A run that failed, was canceled or
    took too long stays in the stack: the next `pulumi up` runs the bulk sync again, or waits for it
    again. Nothing else ever starts one: no refresh and no preview. A killed `pulumi up` finds the
    execution that it has started. Deleting the resource sends nothing.

    Args:
        resource_name: Name of the resource in the program.
        bulk_sync: The BulkSync to run, or its id; another one replaces.
        triggers: Any values; when one changes, it runs again.
        wait: False: start it and go on; `status` and `counts` are those of its start.
        tolerate: How many records may fail; a schema that fails is never tolerated.
        timeout: How long to wait at most, such as `1h` (the default).
        cancel_on_interrupt: True: Ctrl-C cancels the run in Polytomic too.
        schemas: Copy only these schemas; left out: all that are enabled.
        resync_mode: Copy all rows again: `refetch` over what is there, `resync` after emptying the
            tables, `rebuild` after making them anew.
        fetch_mode: Which rows are read: `none`, `incremental` or `full`; left out: the server's
            choice.
        test: True: read a few rows of each schema and write none; excludes `resync_mode`.
        organization_id: Workspace, for partner and deployment keys; left out: that of the BulkSync
            given.
        account: Account of the configuration; left out: that of the BulkSync given.
        opts: Pulumi's resource options; `import_`, `provider` and
            `delete_before_replace=False` are refused.

    Source: `POST /api/bulk/syncs/{id}/executions`, `GET /api/bulk/syncs/{id}/executions/{id}`,
    `GET /api/bulk/syncs/{id}/executions/{id}/logs`.
    """

    bulk_sync: pulumi.Output[str]
    schemas: pulumi.Output[list[str] | None]
    resync_mode: pulumi.Output[str | None]
    fetch_mode: pulumi.Output[str | None]
    test: pulumi.Output[bool | None]

    records: pulumi.Output[dict[str, int]]
    """How many records of each schema."""
    failed_schemas: pulumi.Output[list[str]]
    """The schemas that were not copied."""

    def __init__(
        self,
        resource_name: str,
        *,
        bulk_sync: BulkSync | pulumi.Input[str] | pulumi.Output[BulkSync],
        triggers: pulumi.Input[Sequence[pulumi.Input[Any]]] | None = None,
        wait: pulumi.Input[bool] = True,
        tolerate: pulumi.Input[int] = 0,
        timeout: pulumi.Input[str] = "1h",
        cancel_on_interrupt: pulumi.Input[bool] = False,
        schemas: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        resync_mode: pulumi.Input[Literal["refetch", "resync", "rebuild"]] | None = None,
        fetch_mode: pulumi.Input[Literal["none", "incremental", "full"]] | None = None,
        test: pulumi.Input[bool] = False,
        organization_id: pulumi.Input[str] | None = None,
        account: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        self._declare(
            resource_name,
            bulk_sync,
            {
                "bulk_sync": bulk_sync,
                "triggers": triggers,
                "wait": wait,
                "tolerate": tolerate,
                "timeout": timeout,
                "cancel_on_interrupt": cancel_on_interrupt,
                "schemas": schemas,
                "resync_mode": resync_mode,
                "fetch_mode": fetch_mode,
                "test": test,
                "organization_id": organization_id,
                "account": account,
            },
            opts,
        )
