"""The control routes of what goes wrong: faults, latency, rate limits, connections that fail."""

from dataclasses import asdict
from typing import Any

from polytomic_emulator.control.routing import Command, Control, Function
from polytomic_emulator.faults.connection_faults import read_connection_fault
from polytomic_emulator.faults.fault import read_fault
from polytomic_emulator.faults.latency import read_latency
from polytomic_emulator.faults.rate_limits import read_rate_limit
from polytomic_emulator.http.reading import Reader


def table() -> list[tuple[str, str, Function]]:
    """Method, path and function of each of these routes."""
    return [
        ("GET", "faults", list_faults),
        ("POST", "faults", add_faults),
        ("DELETE", "faults", clear_faults),
        ("GET", "latency", list_latencies),
        ("POST", "latency", set_latency),
        ("GET", "rate-limits", list_rate_limits),
        ("POST", "rate-limits", add_rate_limit),
        ("DELETE", "rate-limits", clear_rate_limits),
        ("GET", "connection-faults", list_connection_faults),
        ("POST", "connection-faults", add_connection_fault),
        ("DELETE", "connection-faults", clear_connection_faults),
    ]


def list_faults(control: Control, command: Command) -> list[dict[str, Any]]:
    """Every fault with its counters."""
    return control.faults.all()


def add_faults(control: Control, command: Command) -> list[dict[str, Any]]:
    """Add one fault, or several, or none when one makes no sense: `{faults: [...]}`."""
    body = Reader(command.body)
    several = "faults" in command.body
    described = body.each("faults", read_fault) if several else [read_fault(body)]
    for fault in described:
        control.faults.add(fault)
    return [asdict(fault) for fault in described]


def clear_faults(control: Control, command: Command) -> dict[str, Any]:
    """No faults any more."""
    control.faults.clear_faults()
    return {}


def list_latencies(control: Control, command: Command) -> list[dict[str, Any]]:
    """Every latency in force."""
    return control.faults.latencies()


def set_latency(control: Control, command: Command) -> dict[str, Any]:
    """Let requests wait: `{milliseconds, up_to_milliseconds?, method?, path?, route?}`."""
    control.faults.set_latency(read_latency(Reader(command.body)))
    return {}


def list_rate_limits(control: Control, command: Command) -> list[dict[str, Any]]:
    """Every rate limit and how often it refused."""
    return control.faults.limits()


def add_rate_limit(control: Control, command: Command) -> dict[str, Any]:
    """Limit requests: `{requests, seconds}` or `{requests_per_minute}`, for some or for all."""
    limit = read_rate_limit(Reader(command.body))
    control.faults.limit(limit)
    return limit.shown()


def clear_rate_limits(control: Control, command: Command) -> dict[str, Any]:
    """No rate limits any more."""
    control.faults.clear_limits()
    return {}


def list_connection_faults(control: Control, command: Command) -> list[dict[str, Any]]:
    """Every connection fault with its counters by connection."""
    return control.faults.connection_faults()


def add_connection_fault(control: Control, command: Command) -> dict[str, Any]:
    """Let connections fail: `{id?, type?, name?, after_reads?, action?, status_error?, times?}`."""
    failing = read_connection_fault(Reader(command.body))
    control.faults.add_connection_fault(failing)
    return asdict(failing)


def clear_connection_faults(control: Control, command: Command) -> dict[str, Any]:
    """No connection faults any more; connections that failed stay as they are."""
    control.faults.clear_connection_faults()
    return {}
