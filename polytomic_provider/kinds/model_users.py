"""Syncs that would break if a model were deleted: Polytomic deletes it all the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from polytomic_provider.api import NotFound, Polytomic, PolytomicError
from polytomic_provider.kinds.lifecycle.scope import Scope
from polytomic_provider.kinds.lifecycle.state import State

if TYPE_CHECKING:
    from polytomic_provider.api.wire.sync_list import SyncItem

MOST_SHOWN = 5


class ModelInUse(PolytomicError):
    """A model is not deleted, since syncs read it that are not known to be this program's."""

    def __init__(self, state: State, users: Sequence[SyncItem]) -> None:
        shown = ", ".join(f"{one.name!r} ({one.id})" for one in users[:MOST_SHOWN])
        more = f" and {len(users) - MOST_SHOWN} more" if len(users) > MOST_SHOWN else ""
        name = state.arguments.get("name")
        subject = f"model {name!r} ({state.id})" if name else f"model {state.id}"
        super().__init__(
            f"{subject} was not deleted: it is read by syncs that are not known to be this "
            f"program's and that would break: {shown}{more}",
            hint="Syncs of this program that name the model by its id as text do not make Pulumi "
            "delete them first: run with `--refresh`, which shows whose they are, or write "
            "`model=<the Model>` and run `pulumi up`. Delete the syncs of others or have them read "
            "another model, then run again. To leave the model to them, set `retain_on_delete` in "
            "the resource's options and run `pulumi up` before it is taken out of the program.",
        )


def refuse_if_used(scope: Scope, polytomic: Polytomic, state: State) -> None:
    """Raise ModelInUse where syncs of others read a model.

    The program's own syncs are deleted before it, or changed in the same run. Costs one list of
    syncs for all models of a run, and a look at each sync that seems to stand in the way.
    """
    workspace = polytomic.workspace.organization_id()
    syncs = scope.process.syncs_once(workspace, lambda: polytomic.syncs.list().data)
    users = [one for one in syncs if state.id in (one.model_ids or ())]
    users = [one for one in users if _stays(scope, polytomic, workspace, one, state.id)]
    if users:
        raise ModelInUse(state, users)


def _stays(
    scope: Scope, polytomic: Polytomic, workspace: str | None, sync: SyncItem, model_id: str
) -> bool:
    """Whether a sync is not this program's and still reads the model."""
    if scope.process.owners("Sync").other_owner(sync.id, scope.resource) is not None:
        return False
    if scope.process.known("Sync", workspace).is_gone(sync.id):
        return False
    try:
        now = polytomic.syncs.get(sync.id).data
    except NotFound:
        return False
    return model_id in (now.model_ids or sync.model_ids or ())
