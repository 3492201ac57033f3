"""What `pulumi preview --json` prints, as far as a report tells it.

No value of a resource is read but the names of a sync's fields and object, its schedule and
switches, so that none can be shown that is secret: Pulumi prints secrets in clear where it is told
to.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, cast

from polytomic_provider.previews.schedules import in_words
from polytomic_provider.spec.sync import FieldMapping, IdentityMapping, SyncSpec, Wire
from polytomic_provider.spec.sync_parse import spec_of

OPERATIONS: Final = {
    "create": "create",
    "update": "update",
    "delete": "delete",
    "replace": "replace",
    "create-replacement": "replace",
    "delete-replaced": "replace",
    "import": "import",
    "import-replacement": "import",
}
"""Pulumi's operations that change something, as a report calls them."""

SEVERITIES: Final = ("error", "warning", "info")
NOISE: Final = re.compile(
    r"an unhandled error occurred: Program exited with non-zero exit code"
    r"|\d+ resources? (has|have) problems, \d+ in all"
)
"""Messages that only say that there are others."""
_OURS: Final = "dynamic/polytomic:"
_STACK: Final = "pulumi:pulumi:Stack"


class NotAPreview(ValueError):
    """The text is not what `pulumi preview --json` prints; the message says why."""


@dataclass(frozen=True)
class MappingChange:
    """A field of the target whose source changes; None: not mapped before, or not any more."""

    target: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Way:
    """What a sync reads and where it writes, by the names of the program's resources."""

    sources: tuple[str, ...]
    target: str


@dataclass(frozen=True)
class Change:
    """What happens to one resource; `reasons` are the arguments that change."""

    operation: str
    kind: str
    name: str
    reasons: tuple[str, ...] = ()
    mappings: tuple[MappingChange, ...] = ()
    details: tuple[str, ...] = ()
    way: Way | None = None


@dataclass(frozen=True)
class Message:
    """What the preview says, of which severity."""

    severity: str
    text: str


@dataclass(frozen=True)
class Preview:
    """A preview: which stack, what changes, how many resources stay, what was said."""

    stack: str | None
    changes: tuple[Change, ...]
    same: int
    messages: tuple[Message, ...]

    def of(self, severity: str) -> list[str]:
        """The messages of a severity, each once."""
        return list(dict.fromkeys(one.text for one in self.messages if one.severity == severity))


def read_preview(text: str) -> Preview:
    """Read what `pulumi preview --json` printed.

    Raises:
        NotAPreview: It is something else.
    """
    try:
        document: Any = json.loads(text)
    except ValueError:
        hint = (
            "; it has a line for each event, so unset PULUMI_ENABLE_STREAMING_JSON_PREVIEW"
            if text.startswith('{"sequence"')
            else ""
        )
        raise NotAPreview(f"it is no JSON document{hint}") from None
    steps = _objects(document, "steps")
    if steps is None:
        raise NotAPreview("it has no `steps`")
    summary = _object(document, "changeSummary") or {}
    stacks = sum(one.get("op") == "same" and _STACK in str(one.get("urn")) for one in steps)
    return Preview(
        _stack_of(steps),
        _changes(steps),
        int(summary.get("same", 0)) - stacks,
        _messages(_objects(document, "diagnostics") or []),
    )


def _object(document: Any, key: str) -> Wire | None:
    """The JSON object under a key, if there is one."""
    found: Any = cast("Wire", document).get(key) if isinstance(document, dict) else None
    return cast("Wire", found) if isinstance(found, dict) else None


def _objects(document: Any, key: str) -> list[Wire] | None:
    """The JSON objects of a list under a key; None where there is no list."""
    found: Any = cast("Wire", document).get(key) if isinstance(document, dict) else None
    if not isinstance(found, list):
        return None
    return [cast("Wire", one) for one in cast("list[Any]", found) if isinstance(one, dict)]


def _stack_of(steps: Sequence[Mapping[str, Any]]) -> str | None:
    """`project/stack`, out of the first URN."""
    for step in steps:
        found = re.match(r"urn:pulumi:(.+?)::(.+?)::", str(step.get("urn")))
        if found is not None:
            return f"{found[2]}/{found[1]}"
    return None


def _changes(steps: Sequence[Wire]) -> tuple[Change, ...]:
    found: dict[str, Change] = {}
    sources = _sources(steps)
    for step in steps:
        operation = OPERATIONS.get(str(step.get("op")))
        urn = str(step.get("urn"))
        type_, name = urn.split("::")[-2:] if urn.count("::") >= 3 else ("", urn)
        if operation is not None and _STACK not in type_:
            change = _change(operation, type_.rsplit("$", 1)[-1], name, step)
            if urn not in found or change.mappings:
                found[urn] = replace(change, way=_way(change, step, sources))
    return tuple(found.values())


def _change(operation: str, type_: str, name: str, step: Mapping[str, Any]) -> Change:
    ours = _OURS in type_
    kind = type_.rsplit(":", 1)[-1] if ours else type_
    reasons = tuple(
        sorted(str(one) for one in step.get("diffReasons") or () if not one.startswith("__"))
    )
    if not ours or kind != "Sync":
        return Change(operation, kind, name, reasons)
    before = _object(_object(step, "oldState"), "inputs")
    after = None if operation == "delete" else _object(_object(step, "newState"), "inputs")
    old = None if before is None else spec_of(before)
    new = None if after is None else spec_of(after)
    return Change(operation, kind, name, reasons, _mapping_changes(old, new), _details(old, new))


def _sources(steps: Sequence[Wire]) -> dict[str, str]:
    """The connections of the models that change, by their URNs; of others nothing is printed."""
    found: dict[str, str] = {}
    for step in steps:
        for urn in _named_by(step, "connection_id"):
            found[str(step.get("urn"))] = _name(urn)
    return found


def _way(change: Change, step: Wire, sources: Mapping[str, str]) -> Way | None:
    """The way of the data of a sync that is made or changed."""
    if change.kind == "BulkSync":
        read = [_name(one) for one in _named_by(step, "source_connection_id")]
        written = [_name(one) for one in _named_by(step, "destination_connection_id")]
        return Way(tuple(read), written[0]) if read and written else None
    models, targets = _named_by(step, "model"), _named_by(step, "target")
    if change.kind != "Sync" or not models or not targets:
        return None
    read = [f"{sources[one]}: {_name(one)}" if one in sources else _name(one) for one in models]
    inputs = _object(_object(step, "newState"), "inputs")
    written_to: Any = (_object(inputs, "target") or {}).get("object")
    target = _name(targets[0])
    return Way(tuple(read), f"{target}: {written_to}" if isinstance(written_to, str) else target)


def _named_by(step: Wire, argument: str) -> list[str]:
    """The URNs of the resources that an argument comes from."""
    named = _object(_object(step, "newState"), "propertyDependencies") or {}
    urns: Any = named.get(argument)
    return [str(one) for one in cast("list[Any]", urns)] if isinstance(urns, list) else []


def _name(urn: str) -> str:
    return urn.rsplit("::", 1)[-1]


def _mapping_changes(old: SyncSpec | None, new: SyncSpec | None) -> tuple[MappingChange, ...]:
    before, after = _mappings(old), _mappings(new)
    targets = dict.fromkeys([*after, *before])
    return tuple(
        MappingChange(one, before.get(one), after.get(one))
        for one in targets
        if before.get(one) != after.get(one)
    )


def _mappings(spec: SyncSpec | None) -> dict[str, str]:
    """What each field of the target gets; never the value of a constant."""
    if spec is None:
        return {}
    found = {str(one.target): _source(one) for one in (*spec.mappings, *spec.constants)}
    for one in spec.identities:
        target = str(one.target)
        found[target] = _with_identity(one, found.get(target))
    return found


def _source(one: FieldMapping) -> str:
    name = str(one.source.field) if one.source is not None else "a constant"
    remarks = [
        *([f"mode {one.sync_mode}"] if one.sync_mode else []),
        *(["encrypted"] if one.encryption_enabled else []),
        *(["new field"] if one.new else []),
    ]
    return f"{name} ({', '.join(remarks)})" if remarks else name


def _with_identity(one: IdentityMapping, source: str | None) -> str:
    name = source or (str(one.source.field) if one.source is not None else "?")
    return f"{name}, identity ({one.function})"


def _details(old: SyncSpec | None, new: SyncSpec | None) -> tuple[str, ...]:
    """What else a reviewer wants to know of a sync, in words."""
    if new is None:
        return ()
    before = {} if old is None else _in_words(old)
    found: list[str] = []
    for label, after in _in_words(new).items():
        was = before.get(label)
        if after is not None and after != was:
            found.append(f"{label} {after}" + (f", before: {was}" if was is not None else ""))
    return tuple(found)


def _in_words(spec: SyncSpec) -> dict[str, str | None]:
    active = spec.plain.get("active")
    return {
        "runs": in_words(spec.schedule),
        "mode": str(spec.mode) if spec.mode else None,
        "switched": ("on" if active else "off") if isinstance(active, bool) else None,
    }


def _messages(diagnostics: Sequence[Wire]) -> tuple[Message, ...]:
    found: list[Message] = []
    for one in diagnostics:
        severity = str(one.get("severity")).removesuffix("#err")
        text = str(one.get("message", "")).strip().removeprefix(f"{severity}: ")
        if severity in SEVERITIES and text and not NOISE.match(text):
            found.append(Message(severity, text))
    return tuple(found)
