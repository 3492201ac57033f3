"""What a look at live schemas brought: problems, and what could not be looked at."""

from dataclasses import dataclass

from polytomic_provider.validation import Problem


@dataclass(frozen=True)
class Verdict:
    """`unchecked` are short reasons, such as "the connection does not exist yet"."""

    problems: tuple[Problem, ...] = ()
    unchecked: tuple[str, ...] = ()

    def __add__(self, other: "Verdict") -> "Verdict":
        reasons = dict.fromkeys((*self.unchecked, *other.unchecked))
        return Verdict((*self.problems, *other.problems), tuple(reasons))
