"""What a look at live schemas brought: problems, and what could not be looked at."""

from dataclasses import dataclass

from polytomic_provider.validation import Problem


@dataclass(frozen=True)
class LiveResult:
    """What a look brought.

    unchecked: short reasons, such as "the connection does not exist yet". told: what is worth
    knowing before a deployment and is no problem.
    """

    problems: tuple[Problem, ...] = ()
    unchecked: tuple[str, ...] = ()
    told: tuple[str, ...] = ()

    def __add__(self, other: "LiveResult") -> "LiveResult":
        reasons = dict.fromkeys((*self.unchecked, *other.unchecked))
        return LiveResult(
            (*self.problems, *other.problems), tuple(reasons), (*self.told, *other.told)
        )
