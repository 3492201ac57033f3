"""Make an object once, however often the deployment is killed or repeated.

A POST carries an `Idempotency-Key`: Polytomic keeps the first outcome for a day and replays it,
failures included, without saying that it does. So the first key is timeless: it finds what an
earlier, killed run has made. Where that key holds a failure or an object that is gone, a key of
the current moment follows, which nothing can have used before. Whatever keys cannot tell, and
everything on a server without keys, is decided by the list of what is there.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from polytomic_provider.api import (
    APIError,
    BadRequest,
    Conflict,
    Deadline,
    Forbidden,
    JobFailed,
    JobUnfinished,
    NotFound,
    PolytomicError,
    ServerError,
    TransportError,
    Unprocessable,
)
from polytomic_provider.kinds.lifecycle.duplicates import AlreadyExists, DeclaredTwice, Found
from polytomic_provider.kinds.lifecycle.idempotency_keys import BUCKET, Keys
from polytomic_provider.kinds.lifecycle.known_objects import InCreation, KnownObjects, Listing
from polytomic_provider.kinds.lifecycle.scope import Scope
from polytomic_provider.kinds.lifecycle.thing import Thing

RECORDED = (BadRequest, Forbidden, NotFound, Conflict, Unprocessable, ServerError)
"""Answers that may be replays of an earlier run's failure."""

CLOCKS_DIFFER = timedelta(seconds=2)
TRIES_OF_500 = 5
AFTERMATH_SECONDS = 15.0
"""How long at least to look for what a creation has left when its own time is over."""


class Inventory(Protocol):
    """What there is of one kind, and the thing that is looked for."""

    @property
    def kind(self) -> str:
        """The name of the kind."""
        ...

    @property
    def noun(self) -> str:
        """A word for an object of the kind."""
        ...

    @property
    def thing(self) -> Thing:
        """What the object is going to be."""
        ...

    @property
    def known(self) -> KnownObjects:
        """What this process knows of the objects of the kind."""
        ...

    def list(self, deadline: Deadline) -> Listing:
        """Everything of the kind that is there, asked anew."""
        ...

    def get(self, id_: str) -> Found | None:
        """The object of that id as it is now; None if it is gone."""
        ...

    def thing_of(self, found: Found) -> Thing:
        """What a found object is."""
        ...


class Creatable(Inventory, Protocol):
    """How one kind is posted, listed and found again."""

    def post(self, key: str, before_repeat: Callable[[], None]) -> Found:
        """Send the body under an idempotency key.

        `before_repeat` is called before a request is repeated that may have taken effect.
        """
        ...

    def replay(self, key: str) -> Found | None:
        """What a POST under `key` has made before, asked with a body that nobody can accept."""
        ...

    def server_time(self) -> datetime | None:
        """The server's clock."""
        ...


class _Appeared(Exception):
    """A request that seemed lost has made its object."""

    def __init__(self, found: Found) -> None:
        super().__init__(found.id)
        self.found = found


def create_once(scope: Scope, creation: Creatable, keys: Keys) -> Found:
    """Make the object, or find the one that an earlier run of this program has made.

    Raises AlreadyExists when the same thing is there and is not ours, DeclaredTwice when another
    resource of the program has it, else what the last POST raised.
    """
    try:
        with creation.known.creating(scope.resource, creation.thing):
            found = _Attempt(scope, creation, keys).create()
            creation.known.note(found.id, creation.thing)
            return found
    except InCreation as clash:
        raise DeclaredTwice(
            creation.noun, creation.thing.name, clash.other, scope.resource
        ) from None


def listing_of(scope: Scope, creation: Inventory) -> Listing:
    """The list of what there is of the kind: one a run, whoever asks for it first."""
    deadline = scope.deadline
    return creation.known.listing(lambda: creation.list(deadline), deadline, scope.wait_for)


def twins_of(creation: Inventory, listing: Listing) -> list[Found]:
    """The objects that are the same thing, each looked at as it is now."""
    twins: list[Found] = []
    for id_, thing in sorted(creation.known.things(listing).items()):
        found = look_at(creation, id_) if thing.may_be(creation.thing) else None
        if found is not None and creation.thing_of(found).is_same(creation.thing):
            twins.append(found)
    return twins


def look_at(creation: Inventory, id_: str) -> Found | None:
    """An object as it is now, noted for the rest of the run; None if it is gone."""
    found = creation.get(id_)
    creation.known.note(id_, None if found is None else creation.thing_of(found))
    return found


class _Attempt:
    """One creation, from the look at what is there to the object."""

    def __init__(self, scope: Scope, creation: Creatable, keys: Keys) -> None:
        self._scope = scope
        self._creation = creation
        self._keys = keys
        self._listing = listing_of(scope, creation)
        self._before = frozenset(creation.known.things(self._listing))
        self._sent_at = scope.deadline.now()

    def create(self) -> Found:
        return self._made_earlier() or self._make()

    def _made_earlier(self) -> Found | None:
        """The object of an earlier run; raises where the same thing is there and is not ours."""
        everything = twins_of(self._creation, self._listing)
        twins = [twin for twin in everything if not self._is_renamed(twin)]
        for twin in twins:
            self._refuse_what_another_has(twin)
        for twin in twins:
            ours = self._replayed(twin)
            if ours is not None:
                self._say_found(ours)
                return ours
        if twins:
            raise AlreadyExists(self._creation.noun, twins)
        return None

    def _replayed(self, twin: Found) -> Found | None:
        """The reply to the request of ours that made `twin`; None if none of ours did."""
        for key in self._keys.that_may_have_made(twin.created_at):
            replayed = self._creation.replay(key)
            if replayed is not None and replayed.id == twin.id:
                return replayed
        return None

    def _make(self) -> Found:
        try:
            posted = self._send(self._keys.timeless())
        except RECORDED as failure:
            found = self._left_by(failure)
            return found if found is not None else self._make_afresh()
        if self._is_fresh(posted):
            return posted
        alive = self._creation.get(posted.id)
        if alive is None or not self._creation.thing_of(alive).is_same(self._creation.thing):
            return self._make_afresh()
        if self._is_renamed(alive):
            return self._make_afresh()
        self._refuse_what_another_has(alive)
        return posted

    def _say_found(self, found: Found) -> None:
        self._scope.say(
            f"{self._creation.noun} {found} was found in place of being made: a run of this "
            "program made it within the last day"
        )

    def _make_afresh(self) -> Found:
        """Post under keys that nothing can have used: their two seconds begin after now."""
        number = 0
        while True:
            number += 1
            now = self._creation.server_time() or datetime.now(UTC)
            begun = now.timestamp() % BUCKET.total_seconds()
            self._scope.sleep(BUCKET.total_seconds() - begun)
            try:
                return self._send(self._keys.at(now + BUCKET))
            except (ServerError, JobFailed) as failure:
                found = self._left_by(failure)
                if found is not None:
                    return found
                in_time = self._scope.deadline.remaining() > 0
                if failure.status != 500 or not in_time or number == TRIES_OF_500:
                    raise

    def _send(self, key: str) -> Found:
        """POST; where the reply is lost, look for the object before asking again.

        A server that keeps no keys would make a second one.
        """
        self._sent_at = self._scope.deadline.now()

        def look() -> None:
            found = self._appeared(self._scope.deadline)
            if found is not None:
                raise _Appeared(found)

        try:
            return self._creation.post(key, look)
        except _Appeared as appeared:
            replayed = self._creation.replay(key)
            same = replayed is not None and replayed.id == appeared.found.id
            return replayed if replayed is not None and same else appeared.found
        except TransportError as lost:
            found = self._left_by(lost) if lost.arrived else None
            if found is None:
                raise
            return found

    def _left_by(self, failure: PolytomicError) -> Found | None:
        """What a POST that failed has made all the same, if anything.

        Raises the failure where that cannot be seen: another POST might make a second object.
        """
        if not isinstance(failure, ServerError | JobFailed | TransportError):
            return None
        deadline = self._scope.deadline
        seconds = max(AFTERMATH_SECONDS, deadline.remaining())
        try:
            found = self._appeared(Deadline.after(seconds, now=deadline.now))
        except (APIError, TransportError) as blind:
            failure.add(f"whether it was made all the same could not be seen: {blind.message}")
            raise failure from None
        if found is None or not isinstance(failure, JobFailed | JobUnfinished):
            return found
        return replace(found, trouble=failure)

    def _appeared(self, deadline: Deadline) -> Found | None:
        """The same thing, in a fresh list, where it was not before."""
        fresh = self._creation.list(deadline)
        new = {id_: thing for id_, thing in fresh.things.items() if id_ not in self._before}
        twins = twins_of(self._creation, Listing(new, fresh.taken_at))
        if not twins:
            return None
        found = twins[0]
        if len(twins) > 1 or self._was_there(found, fresh.taken_at):
            ours = next(filter(None, map(self._replayed, twins)), None)
            if ours is None:
                raise AlreadyExists(self._creation.noun, twins)
            return ours
        return found

    def _was_there(self, twin: Found, now: datetime | None) -> bool:
        """Whether an object was made before our request was sent, by the server's clock."""
        if twin.created_at is None or now is None:
            return False
        sent_at = now - timedelta(seconds=self._scope.deadline.now() - self._sent_at)
        return twin.created_at < sent_at - CLOCKS_DIFFER

    def _is_fresh(self, posted: Found) -> bool:
        """Whether an object was surely made after this process looked at what is there."""
        taken_at = self._listing.taken_at
        if posted.created_at is None or taken_at is None:
            return False
        return posted.created_at > taken_at + CLOCKS_DIFFER

    def _is_renamed(self, found: Found) -> bool:
        """Whether another resource has the object and gives it another name in this run."""
        owners = self._scope.process.owners(self._creation.kind)
        other = owners.other_owner(found.id, self._scope.resource)
        return other is not None and owners.becomes_another(found.id, self._creation.thing)

    def _refuse_what_another_has(self, found: Found) -> None:
        owners = self._scope.process.owners(self._creation.kind)
        owner = owners.other_owner(found.id, self._scope.resource)
        if owner is not None:
            raise DeclaredTwice(self._creation.noun, found.name, owner, self._scope.resource)
