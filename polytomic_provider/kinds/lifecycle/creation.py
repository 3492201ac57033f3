"""Creates an object exactly once, however often a deployment is killed or repeated.

A POST carries an `Idempotency-Key`: Polytomic keeps the first outcome for a day and replays it,
failures included, without saying that it does. So the first key is timeless: it finds what an
earlier, killed run has made. Where that key holds a failure or an object that is gone, a key of
the current moment follows, which nothing can have used before. Whatever keys cannot tell, and
everything on a server without keys, is decided by the list of what is there.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from polytomic_provider.api import (
    APIError,
    JobFailed,
    JobUnfinished,
    NotFound,
    PolytomicError,
    ServerError,
    TransportError,
)
from polytomic_provider.api.http.operation import allowing, clock, remaining, say
from polytomic_provider.kinds.lifecycle.duplicates import (
    AlreadyExists,
    DeclaredTwice,
    DoubledMeanwhile,
    Found,
)
from polytomic_provider.kinds.lifecycle.idempotency_keys import Keys
from polytomic_provider.kinds.lifecycle.inventory import Creation
from polytomic_provider.kinds.lifecycle.known_objects import InCreation, Listing
from polytomic_provider.kinds.lifecycle.recorded_outcomes import (
    CLOCKS_DIFFER,
    RECORDED,
    fresh_key,
)
from polytomic_provider.kinds.lifecycle.scope import Scope

TRIES_OF_500 = 5
AFTERMATH_SECONDS = 15.0
"""How long at least to look for what a creation has left when its own time is over."""


def _is_before_all(mine: Found, others: Sequence[Found]) -> bool:
    """Whether an object was surely made before the others, by the server's clock."""
    began = mine.created_at
    return began is not None and all(
        one.created_at is not None and began < one.created_at for one in others
    )


class _Appeared(Exception):
    """An object appeared although the reply to its creation was lost."""

    def __init__(self, found: Found) -> None:
        super().__init__(found.id)
        self.found = found


def create_once(scope: Scope, creation: Creation, keys: Keys) -> Found:
    """Create the object, or find the one that an earlier run of this program created.

    Raises AlreadyExists when the same thing is there and is not ours, DeclaredTwice when another
    resource of the program has it, else what the last POST raised.
    """
    try:
        with creation.known.creating(scope.resource, creation.natural_key):
            found = _Attempt(scope, creation, keys).create()
            creation.known.note(found.id, creation.natural_key)
            return found
    except InCreation as clash:
        raise DeclaredTwice(
            creation.noun, creation.natural_key.name, clash.other, scope.resource
        ) from None


class _Attempt:
    """One creation: the search for duplicates, the requests, the object."""

    def __init__(self, scope: Scope, creation: Creation, keys: Keys) -> None:
        self._scope = scope
        self._creation = creation
        self._keys = keys
        self._listing = creation.listing()
        self._looked_at = creation.known.moment()
        self._sent_at = clock()
        self._after: tuple[str, Listing] | None = None

    def create(self) -> Found:
        return self._made_earlier() or self._unless_doubled(self._make())

    def _made_earlier(self) -> Found | None:
        """Return the object that an earlier run created; raise where a duplicate is not ours."""
        everything = self._creation.duplicates(self._listing)
        duplicates = [duplicate for duplicate in everything if not self._is_renamed(duplicate)]
        for duplicate in duplicates:
            self._refuse_what_another_has(duplicate)
        for duplicate in duplicates:
            ours = self._replayed(duplicate)
            if ours is not None:
                self._say_found(ours)
                return ours
        if duplicates:
            raise self._exists_already(duplicates)
        return None

    def _exists_already(self, duplicates: Sequence[Found]) -> AlreadyExists:
        named = self._creation.natural_key.name is not None
        return AlreadyExists(self._creation.noun, duplicates, named=named)

    def _replayed(self, duplicate: Found) -> Found | None:
        """Return the replayed reply of our request that created `duplicate`; None if none did."""
        now = self._listing.taken_at
        for key in self._keys.that_may_have_made(duplicate.created_at, now):
            replayed = self._creation.replay(key)
            if replayed is not None and replayed.id == duplicate.id:
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
        if not self._is_alive(posted) or self._is_renamed(posted):
            return self._make_afresh()
        self._refuse_what_another_has(posted)
        return posted

    def _is_alive(self, posted: Found) -> bool:
        """Return whether what a POST answered is there and is the thing; a replay may be gone.

        It is where the list shows it after the POST, which did not show it before.
        """
        with suppress(PolytomicError):
            shown = self._looked_after(posted).natural_keys.get(posted.id)
            before = posted.id in self._listing.natural_keys
            if shown is not None and not before and shown.is_same(self._creation.natural_key):
                return True
        alive = self._creation.get(posted.id)
        return alive is not None and self._creation.natural_key_of(alive).is_same(
            self._creation.natural_key
        )

    def _looked_after(self, made: Found) -> Listing:
        """The list after an object was made; asked for once."""
        if self._after is None or self._after[0] != made.id:
            known = self._creation.known
            self._after = made.id, known.look_again(self._scope.resource, self._creation.list)
        return self._after[1]

    def _unless_doubled(self, made: Found) -> Found:
        """What was made, if no other deployment has made the same thing at the same moment.

        Both lists were asked for before both POSTs then, so only a look afterwards can tell. The
        first object stays. Whoever cannot tell that its own was first removes it, so that two
        deployments with one moment of creation both fail, and nothing is there twice.
        """
        if made.id in self._listing.natural_keys:
            return made  # by an earlier run
        try:
            others = self._made_meanwhile(made)
            mine = self._creation.get(made.id) if others else made
        except PolytomicError as blind:
            reason = f"whether another deployment made it too could not be seen: {blind.message}"
            say(f"{self._creation.noun} {made}: {reason}", warning=True)
            return made
        if not others or mine is None:
            return made
        if _is_before_all(mine, others):
            say(
                f"another deployment made the same {self._creation.noun} at the same moment "
                f"({others[0].id}); this one was first and stays, and the other removes its own",
                warning=True,
            )
            return made
        return self._removed(made, others)

    def _made_meanwhile(self, made: Found) -> list[Found]:
        """The same thing, where it was not before and no resource of this program has it."""
        known, owners = self._creation.known, self._scope.process.owners(self._creation.kind)
        fresh = self._looked_after(made)
        keys = fresh.natural_keys.items()
        was_there = partial(known.was_there, self._listing, moment=self._looked_at)
        new = {id_: key for id_, key in keys if id_ != made.id and not was_there(id_)}
        if not any(key.may_be(self._creation.natural_key) for key in new.values()):
            return []
        return [
            found
            for found in self._creation.duplicates(Listing(new, fresh.taken_at))
            if found.id in new and owners.other_owner(found.id, self._scope.resource) is None
        ]

    def _removed(self, made: Found, others: Sequence[Found]) -> Found:
        """Remove what was made, and raise; where that fails, what was made with this trouble."""
        named = self._creation.natural_key.name is not None
        try:
            with allowing(max(AFTERMATH_SECONDS, remaining())), suppress(NotFound):
                self._creation.routes.delete(made.id)
        except PolytomicError as failure:
            trouble = DoubledMeanwhile(self._creation.noun, others, made, named=named, kept=failure)
            return replace(made, trouble=trouble)
        self._creation.known.note(made.id, None)
        raise DoubledMeanwhile(self._creation.noun, others, made, named=named)

    def _say_found(self, found: Found) -> None:
        say(
            f"{self._creation.noun} {found} was found in place of being made: a run of this "
            "program made it within the last day"
        )

    def _make_afresh(self) -> Found:
        """POST under an idempotency key that no earlier request can have used."""
        number = 0
        while True:
            number += 1
            now = self._creation.server_time() or datetime.now(UTC)
            try:
                return self._send(fresh_key(self._keys, now))
            except (ServerError, JobFailed) as failure:
                found = self._left_by(failure)
                if found is not None:
                    return found
                in_time = remaining() > 0
                if failure.status != 500 or not in_time or number == TRIES_OF_500:
                    raise

    def _send(self, key: str) -> Found:
        """POST; if the reply is lost, look for the object before a retry.

        A server that keeps no keys would make a second one.
        """
        self._sent_at = clock()

        def look() -> None:
            found = self._appeared()
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
        """Return the object that a failed POST has created, if any.

        Raises the failure where that cannot be seen: another POST might make a second object.
        """
        if not isinstance(failure, ServerError | JobFailed | TransportError):
            return None
        try:
            with allowing(max(AFTERMATH_SECONDS, remaining())):
                found = self._appeared()
        except (APIError, TransportError) as blind:
            failure.add(f"whether it was made all the same could not be seen: {blind.message}")
            raise failure from None
        if found is None or not isinstance(failure, JobFailed | JobUnfinished):
            return found
        return replace(found, trouble=failure)

    def _appeared(self) -> Found | None:
        """Return the duplicate in a fresh list that was not there before the request."""
        fresh = self._creation.list()
        known, before, at = self._creation.known, self._listing, self._looked_at
        keys = fresh.natural_keys.items()
        new = {id_: key for id_, key in keys if not known.was_there(before, id_, at)}
        duplicates = self._creation.duplicates(Listing(new, fresh.taken_at))
        if not duplicates:
            return None
        found = duplicates[0]
        if len(duplicates) > 1 or self._was_there(found, fresh.taken_at):
            ours = next(filter(None, map(self._replayed, duplicates)), None)
            if ours is None:
                raise self._exists_already(duplicates)
            return ours
        return found

    def _was_there(self, duplicate: Found, now: datetime | None) -> bool:
        """Return whether an object was created before our request, by the server's clock."""
        if duplicate.created_at is None or now is None:
            return False
        sent_at = now - timedelta(seconds=clock() - self._sent_at)
        return duplicate.created_at < sent_at - CLOCKS_DIFFER

    def _is_fresh(self, posted: Found) -> bool:
        """Return whether an object was surely created after this process read the list."""
        taken_at = self._listing.taken_at
        if posted.created_at is None or taken_at is None:
            return False
        return posted.created_at > taken_at + CLOCKS_DIFFER

    def _is_renamed(self, found: Found) -> bool:
        """Return whether another resource owns the object and renames it in this run."""
        owners = self._scope.process.owners(self._creation.kind)
        other = owners.other_owner(found.id, self._scope.resource)
        return other is not None and owners.becomes_another(found.id, self._creation.natural_key)

    def _refuse_what_another_has(self, found: Found) -> None:
        owners = self._scope.process.owners(self._creation.kind)
        owner = owners.other_owner(found.id, self._scope.resource)
        if owner is not None:
            name = found.name if self._creation.natural_key.name is not None else None
            raise DeclaredTwice(self._creation.noun, name, owner, self._scope.resource)
