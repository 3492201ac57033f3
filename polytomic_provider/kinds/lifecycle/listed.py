"""Whether the list of a kind shows an object as the state knows it.

A list is believed only where it says that nothing has changed. Whatever else it says, that an
object is missing, another or older, the object itself is asked for.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from polytomic_provider.api import Polytomic, PolytomicError
from polytomic_provider.api.http.interruption import Interrupted
from polytomic_provider.api.http.settings import REFRESH_MODE
from polytomic_provider.api.routes.collection import Collection
from polytomic_provider.kinds.lifecycle.known_objects import KnownObjects, Listing
from polytomic_provider.kinds.lifecycle.state import State, write_state


def refreshes_from_lists(polytomic: Polytomic) -> bool:
    """Return whether `polytomic:refreshMode` is `lists`."""
    return polytomic.settings.refresh_mode == REFRESH_MODE[1]


def last_change(polytomic: Polytomic, routes: Collection[Any, Any, Any], reply: Any) -> str | None:
    """Return the time of the last change, for a kind whose list shows little more than that.

    None where a refresh does not use lists, and for a time in whole seconds: another change in the
    same second would have the same time.
    """
    if _lists_whole_objects(routes) or not refreshes_from_lists(polytomic):
        return None
    moment: Any = getattr(reply, "updated_at", None)
    return moment.isoformat() if isinstance(moment, datetime) and moment.microsecond else None


def listed(known: KnownObjects, ask: Callable[[], Listing]) -> Mapping[str, Any]:
    """Return the objects of the list by their ids.

    Empty where the list cannot be had, which is tried once a run.
    """
    try:
        return known.listing_tried_once(ask).items
    except Interrupted:
        raise
    except PolytomicError:
        return {}


def shows_unchanged(
    item: Any, state: State, routes: Collection[Any, Any, Any], read: Callable[[Any], State]
) -> bool:
    """Return whether an item of the list says that its object is as in `state`.

    `read` gives the state that a whole object makes.
    """
    if _lists_whole_objects(routes):
        return is_same(read(item), state)
    moment: Any = getattr(item, "updated_at", None)
    return isinstance(moment, datetime) and moment.isoformat() == state.updated_at


def is_same(one: State, other: State) -> bool:
    """Return whether two states say the same of an object."""
    return write_state(one) == write_state(other)


def _lists_whole_objects(routes: Collection[Any, Any, Any]) -> bool:
    return routes.item is routes.reply
