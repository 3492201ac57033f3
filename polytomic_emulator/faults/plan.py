"""What goes wrong from the start: one description of everything, in a file or in a program."""

import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

from polytomic_emulator.errors import BadRequest
from polytomic_emulator.faults.connection_faults import (
    ConnectionFault,
    read_connection_fault,
)
from polytomic_emulator.faults.fault import Fault, read_fault
from polytomic_emulator.faults.latency import Latency, read_latency
from polytomic_emulator.faults.mixture import mixture
from polytomic_emulator.faults.rate_limits import RateLimit, read_rate_limit
from polytomic_emulator.faults.reading import number, refuse_unknown_keys
from polytomic_emulator.http.reading import Reader
from polytomic_emulator.state.behaviour import Behaviour

T = TypeVar("T")

PLAN_KEYS = (
    "behaviour",
    "faults",
    "failure_rate",
    "latency",
    "rate_limit",
    "connection_faults",
)


class PlanError(ValueError):
    """A plan that cannot be read; the message names the place of the mistake."""


@dataclass(frozen=True)
class Plan:
    """A description that has been checked; each call makes its faults anew, with counters at 0."""

    described: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def switches(self) -> dict[str, Any]:
        """Switches of the emulator's behaviour."""
        return self._reader.object("behaviour")

    def faults(self) -> list[Fault]:
        """Those described one by one, then those of `failure_rate`."""
        rate = number(self._reader, "failure_rate", highest=1)
        return [*self._each("faults", read_fault), *mixture(rate or 0)]

    def latencies(self) -> list[Latency]:
        """Of all requests (`latency` is a number of milliseconds), or of some."""
        if type(self.described.get("latency")) is int:
            everywhere = {"milliseconds": self.described["latency"]}
            return [read_latency(Reader(everywhere, "latency"))]
        return self._each("latency", read_latency)

    def rate_limits(self) -> list[RateLimit]:
        """One or several."""
        return self._each("rate_limit", read_rate_limit)

    def connection_faults(self) -> list[ConnectionFault]:
        """Connections that fail after some reads."""
        return self._each("connection_faults", read_connection_fault)

    @property
    def _reader(self) -> Reader:
        return Reader(dict(self.described))

    def _each(self, key: str, read: Callable[[Reader], T]) -> list[T]:
        """A list of descriptions, or a single one."""
        if isinstance(self.described.get(key), dict):
            return [read(self._reader.required_inner(key))]
        return self._reader.each(key, read)


EMPTY = Plan()


def read_plan(described: Any, source: str = "faults") -> Plan:
    """A plan from `{behaviour, faults, failure_rate, latency, rate_limit, connection_faults}`.

    source: what the description is called in messages. Raises PlanError.
    """
    if not isinstance(described, dict):
        raise PlanError(f"{source} must be an object with keys such as faults, latency")
    plan = Plan(cast("dict[str, Any]", described))
    try:
        refuse_unknown_keys(Reader(dict(plan.described)), PLAN_KEYS)
        Behaviour().changed(plan.switches)
        for read in (plan.faults, plan.latencies, plan.rate_limits, plan.connection_faults):
            read()
    except BadRequest as error:
        known: list[Any] = error.metadata.get("known_values", [])
        choice = f"; known are {', '.join(str(value) for value in known)}" if known else ""
        raise PlanError(f"{source}: {error.message}{choice}") from None
    return plan


def load_plan(path: Path, flags: Mapping[str, Any] | None = None) -> Plan:
    """A plan from a file, TOML where its name ends so, else JSON; flags stand for whole keys.

    Raises PlanError with the line of a mistake that keeps the file from being read.
    """
    try:
        text = path.read_text(encoding="utf-8")
        described: Any = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
    except OSError as error:
        raise PlanError(f"{path} cannot be read: {error.strerror or error}") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno} column {error.colno}"
        raise PlanError(f"{path} is not JSON: {error.msg} at {where}") from None
    except tomllib.TOMLDecodeError as error:
        raise PlanError(f"{path} is not TOML: {error}") from None
    except UnicodeDecodeError:
        raise PlanError(f"{path} is not text in UTF-8") from None
    except RecursionError:
        raise PlanError(f"{path} is nested too deeply") from None
    if isinstance(described, dict):
        described = {**cast("dict[str, Any]", described), **(flags or {})}
    return read_plan(described, str(path))
