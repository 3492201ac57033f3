"""What the resources of runs have in common."""

from collections.abc import Mapping
from typing import Any

import pulumi

from polytomic_provider.resources.declaration import declare
from polytomic_provider.resources.resource import PolytomicResource, placed_like


class RunResource(PolytomicResource):
    """Runs of something; a kind adds the keywords that say of what, and how it is run."""

    triggers: pulumi.Output[list[Any] | None]
    wait: pulumi.Output[bool | None]
    tolerate: pulumi.Output[int | None]
    timeout: pulumi.Output[str | None]
    cancel_on_interrupt: pulumi.Output[bool | None]
    organization_id: pulumi.Output[str | None]
    account: pulumi.Output[str | None]

    execution_id: pulumi.Output[str]
    """Id of the last execution that it started."""
    status: pulumi.Output[str | None]
    """State of that execution as last seen, such as `completed`."""
    counts: pulumi.Output[dict[str, int]]
    """How many records it handled, by what became of them, such as `total` and `error`."""
    started_at: pulumi.Output[str | None]
    """When it was started."""
    completed_at: pulumi.Output[str | None]
    """When it ended."""
    log_url: pulumi.Output[str]
    """Address of its logs in the API."""

    def _declare(
        self,
        resource_name: str,
        runs: Any,
        arguments: Mapping[str, Any],
        opts: pulumi.ResourceOptions | None,
    ) -> None:
        """Declare the run; `runs` is what it runs, whose workspace is that of the run."""
        given = dict(arguments)
        given |= placed_like(runs, given["organization_id"], given["account"])
        # What stands at its default is left out, so that to write it is no difference.
        given["wait"] = None if given["wait"] is True else given["wait"]
        for name in ("tolerate", "cancel_on_interrupt", "resync", "test"):
            if name in given and (given[name] is False or given[name] == 0):
                given[name] = None
        declare(self, self._kind, resource_name, given, opts)
