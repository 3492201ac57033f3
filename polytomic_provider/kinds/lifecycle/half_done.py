"""Errors of an operation that failed, and whose object the state keeps all the same."""

from polytomic_provider.api import PolytomicError
from polytomic_provider.kinds.lifecycle.state import State


class FailedWithState(PolytomicError):
    """The operation failed; `state` is what is known of its object, to be kept."""

    def __init__(self, message: str, state: State, *, hint: str) -> None:
        super().__init__(message, hint=hint)
        self.state = state


class HalfDone(FailedWithState):
    """The object exists, and a later step of its creation or adoption failed.

    The next update finishes it.
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
            state,
            hint=f"{f'{advice} ' if advice else ''}The next `pulumi up` finishes it; nothing is "
            "made twice.",
        )
