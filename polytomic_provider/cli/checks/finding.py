"""What a check has found."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What a finding means for the person who reads it."""

    OK = "ok"
    NOTE = "note"
    FIX = "fix"


@dataclass(frozen=True)
class Finding:
    """One line: what was looked at, what was found, and what to do where it is not fine.

    A note is worth knowing, but nothing that has to be done.
    """

    check: str
    found: str
    state: State = State.OK
    to_fix: str | None = None

    def as_json(self) -> dict[str, str | None]:
        """The finding for programs."""
        return {
            "check": self.check,
            "state": self.state.value,
            "found": self.found,
            "to_fix": self.to_fix,
        }


def fix(check: str, found: str, to_fix: str | None) -> Finding:
    """A finding that somebody has to do something about."""
    return Finding(check, found, State.FIX, to_fix)


def note(check: str, found: str, to_fix: str | None = None) -> Finding:
    """A finding that is worth knowing."""
    return Finding(check, found, State.NOTE, to_fix)
