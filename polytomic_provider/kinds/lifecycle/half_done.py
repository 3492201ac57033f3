"""The error for an object that was created and could not be finished."""

from polytomic_provider.api import PolytomicError
from polytomic_provider.kinds.lifecycle.state import State


class HalfDone(PolytomicError):
    """The object exists, and a later step of its creation or adoption failed.

    `state` is what is known of it, to be kept: the next update finishes it.
    """

    def __init__(
        self, noun: str, state: State, failure: BaseException, *, done: str = "made"
    ) -> None:
        named = state.arguments.get("name")
        label = f"{named!r} ({state.id})" if named else state.id
        reason = failure.message if isinstance(failure, PolytomicError) else str(failure)
        advice = getattr(failure, "hint", None)
        super().__init__(
            f"{noun} {label} was {done}, but not finished: {reason or type(failure).__name__}",
            hint=f"{f'{advice} ' if advice else ''}The next `pulumi up` finishes it; nothing is "
            "made twice.",
        )
        self.state = state
