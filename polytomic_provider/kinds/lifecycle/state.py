"""What Pulumi remembers of one object between runs, and how it is written down.

The written form is a contract: states made by any released version are read for ever.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

IDENTITY: Final = "__identity"
TIMEOUTS: Final = "__timeouts"
REPORTED: Final = "__reported"
ALIASES: Final = "__aliases"
RETAINED: Final = "__retained"
REPLACED: Final = "__replaced"
SECRETS: Final = "__secrets"
WORKSPACE: Final = "__workspace"
UNFINISHED: Final = "__unfinished"
UPDATED_AT: Final = "__updated_at"
VERSION: Final = "__version"
CURRENT_VERSION: Final = 1

OPERATIONS = ("create", "update", "delete")
"""The operations that Pulumi's `custom_timeouts` can bound."""


@dataclass(frozen=True)
class Inputs:
    """What the program declares: its arguments, and what the provider needs beside them.

    `identity` is the resource's URN at its creation; `timeouts` are Pulumi's `custom_timeouts`.
    """

    arguments: Mapping[str, Any] = field(repr=False)
    identity: str = ""
    timeouts: Mapping[str, timedelta] = field(default_factory=dict[str, timedelta])
    reported: bool = False


@dataclass(frozen=True)
class State:
    """One object as last deployed or read.

    `arguments` are the user's (normalised, not the wire's), `computed` what only Polytomic
    knows, `workspace` the id of the organization that the object lives in. An `unfinished` object
    was made, and a later step of its creation failed. `updated_at` is the server's time of the last
    change that this state knows of; kept only where lists tell what has changed since.
    """

    id: str
    arguments: Mapping[str, Any] = field(repr=False)
    computed: Mapping[str, Any] = field(repr=False)
    workspace: str | None = None
    identity: str = ""
    timeouts: Mapping[str, timedelta] = field(default_factory=dict[str, timedelta])
    unfinished: bool = False
    updated_at: str | None = None


def read_inputs(raw: Mapping[str, Any]) -> Inputs:
    """Take apart the properties that Pulumi hands to check, create and update."""
    return Inputs(
        arguments=_visible(raw),
        identity=_text(raw.get(IDENTITY)),
        timeouts=_timeouts(raw.get(TIMEOUTS)),
        reported=raw.get(REPORTED) is True,
    )


def write_inputs(inputs: Inputs) -> dict[str, Any]:
    """Put a resource's inputs together again, as reading returns them."""
    return {
        **_present(inputs.arguments),
        **({IDENTITY: inputs.identity} if inputs.identity else {}),
        **({TIMEOUTS: _seconds(inputs.timeouts)} if inputs.timeouts else {}),
    }


def read_state(id_: str, raw: Mapping[str, Any], argument_names: frozenset[str]) -> State:
    """Take apart the outputs in Pulumi's state, written by this version or an older one.

    Raises ValueError for a state from a newer version of this package.
    """
    visible = _upgrade(int(raw.get(VERSION, CURRENT_VERSION)), _visible(raw))
    return State(
        id=id_,
        arguments={key: value for key, value in visible.items() if key in argument_names},
        computed={key: value for key, value in visible.items() if key not in argument_names},
        workspace=_text(raw.get(WORKSPACE)) or None,
        identity=_text(raw.get(IDENTITY)),
        timeouts=_timeouts(raw.get(TIMEOUTS)),
        unfinished=raw.get(UNFINISHED) is True,
        updated_at=_text(raw.get(UPDATED_AT)) or None,
    )


def write_state(state: State) -> dict[str, Any]:
    """The outputs that go to Pulumi's state: inputs under their own names, then the rest."""
    inputs = Inputs(state.arguments, state.identity, state.timeouts)
    return {
        **write_inputs(inputs),
        **_present(state.computed),
        **({WORKSPACE: state.workspace} if state.workspace else {}),
        **({UNFINISHED: True} if state.unfinished else {}),
        **({UPDATED_AT: state.updated_at} if state.updated_at else {}),
        VERSION: CURRENT_VERSION,
    }


def _upgrade(version: int, visible: dict[str, Any]) -> dict[str, Any]:
    """The outputs under today's names; version 1 is the only one so far."""
    if version > CURRENT_VERSION:
        raise ValueError(
            f"this state was written by a newer pulumi-polytomic (format {version}, this version "
            f"reads up to {CURRENT_VERSION}); upgrade the package"
        )
    return visible


def _visible(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in raw.items() if not key.startswith("__")}


def _present(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _timeouts(value: Any) -> dict[str, timedelta]:
    if not isinstance(value, Mapping):
        return {}
    found: dict[str, timedelta] = {}
    for operation in OPERATIONS:
        seconds: Any = value.get(operation)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        if isinstance(seconds, int | float):
            found[operation] = timedelta(seconds=seconds)
    return found


def _seconds(timeouts: Mapping[str, timedelta]) -> dict[str, Any]:
    return {name: span.total_seconds() for name, span in timeouts.items()}
