"""Lists in pages. A token names the last item of a page, so that changes between pages do no harm.

Source: `GET /api/syncs`: newest change first, `limit` capped, tokens opaque.
"""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from polytomic_emulator.errors import BadRequest
from polytomic_emulator.http.messages import Call, Reply

T = TypeVar("T")


@dataclass(frozen=True)
class Listing:
    """How one kind of object is listed: what it is called, by which time, newest first or last."""

    kind: str
    moment: Callable[[Any], str]
    identity: Callable[[Any], str]
    newest_first: bool = True


def in_order(listing: Listing, items: list[T]) -> list[T]:
    """The items in the order of the listing; equal times by id."""
    by_id = sorted(items, key=listing.identity)
    return sorted(by_id, key=listing.moment, reverse=listing.newest_first)


def paged(
    listing: Listing, call: Call, items: list[T], size: int, present: Callable[[T], Any]
) -> Reply:
    """One page of the items and, if there are more, the token of the next."""
    ordered = in_order(listing, items)
    last = _last(listing, call.incoming.query.get("page_token", ""))
    if last is not None:
        ordered = [one for one in ordered if _comes_after(listing, one, *last)]
    page = ordered[:size]
    pagination: dict[str, str] = {}
    if len(ordered) > size:
        pagination["next_page_token"] = _token(listing, page[-1])
    return Reply(body={"data": [present(one) for one in page], "pagination": pagination})


def limit_of(call: Call, cap: int) -> int:
    """The `limit` that was asked for; above the cap, or not above zero, it is the cap."""
    asked = call.incoming.query.get("limit", "")
    if not asked:
        return cap
    try:
        limit = int(asked)
    except ValueError:
        raise BadRequest("limit must be a whole number", field="limit") from None
    return limit if 0 < limit < cap else cap


def _comes_after(listing: Listing, item: Any, moment: str, identity: str) -> bool:
    own = listing.moment(item)
    if own == moment:
        return listing.identity(item) > identity
    return own < moment if listing.newest_first else own > moment


def _token(listing: Listing, item: Any) -> str:
    named = [listing.kind, listing.moment(item), listing.identity(item)]
    return base64.urlsafe_b64encode(json.dumps(named).encode()).decode()


def _last(listing: Listing, token: str) -> tuple[str, str] | None:
    if not token:
        return None
    try:
        named: Any = json.loads(base64.urlsafe_b64decode(token))
    except (binascii.Error, ValueError, RecursionError):
        named = None
    items = cast("list[Any]", named) if isinstance(named, list) else []
    if len(items) != 3 or items[0] != listing.kind or not all(isinstance(i, str) for i in items):
        raise BadRequest("page_token is not valid", field="page_token")
    return items[1], items[2]
