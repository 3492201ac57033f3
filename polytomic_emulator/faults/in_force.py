"""Everything that goes wrong at the moment, and what each request asks of it."""

import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from random import Random
from typing import Any

from polytomic_emulator.faults.connection_faults import ConnectionFault, ConnectionFaults
from polytomic_emulator.faults.fault import Fault
from polytomic_emulator.faults.latency import Latencies, Latency
from polytomic_emulator.faults.plan import EMPTY, Plan
from polytomic_emulator.faults.rate_limits import RateLimit, RateLimits, Refusal
from polytomic_emulator.faults.target import request_of
from polytomic_emulator.state.connection import Connection
from polytomic_emulator.state.store import State


@dataclass(frozen=True)
class _Armed:
    """A fault with draws of its own, so that one more fault does not change those of another."""

    fault: Fault
    draws: Random


class Faults:
    """The faults in force, first match first; latencies, rate limits, connections that fail.

    seed: of every draw; the same seed and the same order of requests meet the same faults.
    plan: what is in force from the start, and again after a reset.
    """

    def __init__(self, seed: int = 0, plan: Plan = EMPTY) -> None:
        self._lock = threading.Lock()
        self._seed = seed
        self._plan = plan
        self._begin()

    def _begin(self) -> None:
        self._armed: list[_Armed] = []
        self._added = 0
        self._latencies = Latencies(Random(f"{self._seed} latency"))  # noqa: S311
        self._limits = RateLimits()
        self._connection_faults = ConnectionFaults()
        for fault in self._plan.faults():
            self._arm(fault)
        for latency in self._plan.latencies():
            self._latencies.set(latency)
        for limit in self._plan.rate_limits():
            self._limits.add(limit)
        for failing in self._plan.connection_faults():
            self._connection_faults.add(failing)

    def reset(self) -> None:
        """As at the start; draws begin anew as well."""
        with self._lock:
            self._begin()

    def add(self, fault: Fault) -> None:
        """Add a fault, behind the others."""
        with self._lock:
            self._arm(fault)

    def _arm(self, fault: Fault) -> None:
        self._armed.append(_Armed(fault, Random(f"{self._seed} fault {self._added}")))  # noqa: S311
        self._added += 1

    def all(self) -> list[dict[str, Any]]:
        """Every fault with its counters."""
        with self._lock:
            return [asdict(armed.fault) for armed in self._armed]

    def clear_faults(self) -> None:
        """No faults any more; latencies, rate limits and connection faults stay."""
        with self._lock:
            self._armed.clear()

    def strike(self, method: str, path: str) -> Fault | None:
        """The fault for this request, if any."""
        request = request_of(method, path)
        with self._lock:
            found = (one.fault for one in self._armed if one.fault.fires(request, one.draws))
            return next(found, None)

    def set_latency(self, latency: Latency) -> None:
        """Let requests wait; 0 milliseconds end it."""
        with self._lock:
            self._latencies.set(latency)

    def latencies(self) -> list[dict[str, Any]]:
        """Every latency."""
        with self._lock:
            return [asdict(one) for one in self._latencies.all()]

    def latency(self, method: str, path: str) -> float:
        """How long a request waits, in seconds."""
        request = request_of(method, path)
        with self._lock:
            return self._latencies.seconds(request)

    def limit(self, limit: RateLimit) -> None:
        """Add a rate limit beside the others."""
        with self._lock:
            self._limits.add(limit)

    def limits(self) -> list[dict[str, Any]]:
        """Every rate limit and how often it refused; no credentials."""
        with self._lock:
            return [one.shown() for one in self._limits.all()]

    def clear_limits(self) -> None:
        """No rate limits any more."""
        with self._lock:
            self._limits.clear()

    def admit(
        self, method: str, path: str, headers: Mapping[str, str], now: float
    ) -> Refusal | None:
        """Count a request against the rate limits, or refuse it; `now` in seconds since 1970."""
        request = request_of(method, path)
        with self._lock:
            return self._limits.admit(request, headers.get("authorization", ""), now)

    def add_connection_fault(self, failing: ConnectionFault) -> None:
        """Let connections fail after some reads."""
        with self._lock:
            self._connection_faults.add(failing)

    def connection_faults(self) -> list[dict[str, Any]]:
        """Every connection fault with its counters by connection."""
        with self._lock:
            return [asdict(one) for one in self._connection_faults.all()]

    def clear_connection_faults(self) -> None:
        """No connection faults any more; connections that failed stay as they are."""
        with self._lock:
            self._connection_faults.clear()

    def read_connection(self, state: State, connection: Connection) -> None:
        """A client reads a connection; it may fail before the answer."""
        with self._lock:
            self._connection_faults.read(state, connection)
