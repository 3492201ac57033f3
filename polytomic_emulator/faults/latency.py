"""Latency: how long requests wait before they are processed."""

from dataclasses import dataclass
from random import Random

from polytomic_emulator.faults.reading import refuse_unknown_keys, whole_number
from polytomic_emulator.faults.target import TARGET_KEYS, Request, Target, read_target
from polytomic_emulator.http.reading import Reader

_KEYS = ("milliseconds", "up_to_milliseconds", *TARGET_KEYS)


@dataclass
class Latency(Target):
    """A wait of `milliseconds`, or drawn evenly from there to `up_to_milliseconds`."""

    milliseconds: int = 0
    up_to_milliseconds: int | None = None

    def seconds(self, draws: Random) -> float:
        """How long one request waits."""
        most = self.up_to_milliseconds
        chosen = self.milliseconds if most is None else draws.uniform(self.milliseconds, most)
        return chosen / 1000


class Latencies:
    """The latencies in force; of those that match, the latest counts. Not thread-safe."""

    def __init__(self, draws: Random) -> None:
        self._draws = draws
        self._rules: list[Latency] = []

    def set(self, rule: Latency) -> None:
        """Put a rule in place of the one for the same requests; 0 milliseconds only end that."""
        aim = (rule.method, rule.path or None, rule.route)
        self._rules = [
            one for one in self._rules if (one.method, one.path or None, one.route) != aim
        ]
        if rule.milliseconds or rule.up_to_milliseconds:
            self._rules.append(rule)

    def all(self) -> list[Latency]:
        """Every rule, oldest first."""
        return list(self._rules)

    def seconds(self, request: Request) -> float:
        """How long a request waits."""
        rule = next((one for one in reversed(self._rules) if one.meets(request)), None)
        return rule.seconds(self._draws) if rule else 0


def read_latency(described: Reader) -> Latency:
    """A latency from its description. Raises BadRequest for one that makes no sense."""
    refuse_unknown_keys(described, _KEYS)
    milliseconds = whole_number(described, "milliseconds")
    if milliseconds is None:
        raise described.wrong("milliseconds", "must be a whole number")
    most = whole_number(described, "up_to_milliseconds", lowest=milliseconds)
    return Latency(**read_target(described), milliseconds=milliseconds, up_to_milliseconds=most)
