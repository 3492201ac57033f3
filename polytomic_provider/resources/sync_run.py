"""A run of a sync, as a Pulumi resource."""

from collections.abc import Sequence
from typing import Any

import pulumi

from polytomic_provider.resources.run import RunResource
from polytomic_provider.resources.sync import Sync


class SyncRun(RunResource, kind="SyncRun"):
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
        account: Account of the configuration; left out: that of the Sync given.
        opts: Pulumi's resource options; `import_`, `provider` and
            `delete_before_replace=False` are refused.

    Source: `POST /api/syncs/{id}/executions`, `GET /api/syncs/{id}/executions/{id}`.
    """

    sync: pulumi.Output[str]
    resync: pulumi.Output[bool | None]
    test: pulumi.Output[bool | None]
    identities: pulumi.Output[list[str] | None]

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
        account: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        self._declare(
            resource_name,
            sync,
            {
                "sync": sync,
                "triggers": triggers,
                "wait": wait,
                "tolerate": tolerate,
                "timeout": timeout,
                "cancel_on_interrupt": cancel_on_interrupt,
                "resync": resync,
                "test": test,
                "identities": identities,
                "organization_id": organization_id,
                "account": account,
            },
            opts,
        )
