"""The laws, each as a function that tries it once and returns what did not hold.

Law 1: after a create, and after an update from any other program, the stored object is the
expansion of the program, and the next preview is empty, with and without a refresh.
Law 2: a program that differs in one leaf is exactly one update, a replacement, or nothing, and the
object changes with it.
Law 3: a change of any leaf on the server is seen and repaired, or a written fact says why not.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.oracle import expansion
from tests.oracle.driver import PATHS, Resource, World
from tests.oracle.programs import Arguments, Change, Outcome


@dataclass
class Findings:
    """What was tried, and the smallest input of each way in which it did not hold."""

    tried: int = 0
    failed: int = 0
    smallest: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])

    def add(self, what: Any, wrong: list[str]) -> None:
        """Note one trial and what was wrong with it."""
        self.tried += 1
        if not wrong:
            return
        self.failed += 1
        shown, words = repr(what), "; ".join(wrong)
        head = re.split(r"[.\[:]", getattr(what, "path", ""))[0]
        kind = f"{head} {re.sub(r'[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+', 'N', wrong[0])[:60]}"
        if kind not in self.smallest or len(shown) < len(self.smallest[kind][0]):
            self.smallest[kind] = (shown, words)

    def judge(self) -> None:
        """Raise AssertionError with what was found."""
        if self.failed:
            lines = [f"{words[:600]}\n  {shown}" for shown, words in self.smallest.values()]
            text = "\n".join(sorted(lines, key=len)[:12])
            raise AssertionError(f"{self.failed} of {self.tried} did not hold, such as:\n{text}")


def law_1(world: World, kind: str, first: Arguments, second: Arguments) -> list[str]:
    """Create from one program, update to another."""
    resource: Resource | None = None
    try:
        world.restart()
        resource = world.create(kind, first)
        wrong = [f"create: {one}" for one in settled(world, resource, first, None)]
        before = world.stored(resource)
        world.up(resource, second)
        return wrong + [f"update: {one}" for one in settled(world, resource, second, before)]
    except Exception as error:
        return [_words(error)]
    finally:
        if resource is not None:
            world.delete(resource)


def law_2(world: World, change: Change, outcome: Outcome | None = None) -> list[str]:
    """Create from one program, then change one leaf; the outcome is the change's own."""
    resource: Resource | None = None
    kind, outcome = change.kind, outcome or change.outcome
    try:
        world.restart()
        resource = world.create(kind, change.before)
        before = world.stored(resource)
        world.refresh(resource)
        step = world.up(resource, change.after)
        wrong = [*_step_fits(step, outcome)]
        if outcome is not Outcome.REPLACE:
            name = resource.name
            keys = world.expected(kind, name, change.after, before)
            there = expansion.managed(world.stored(resource), keys)
            same = expansion.equal(expansion.managed(before, keys), there)
            if same == (outcome is Outcome.UPDATE) and not (same and _is_dropped(world, change)):
                wrong.append(f"the object {'stayed as it was' if same else 'changed'}")
        old = None if outcome is Outcome.REPLACE else before
        return wrong + settled(world, resource, change.after, old)
    except Exception as error:
        return [_words(error)]
    finally:
        if resource is not None:
            world.delete(resource)


def _is_dropped(world: World, change: Change) -> bool:
    """Return whether this server drops the mapping that a change of a sync is in."""
    if change.kind != "Sync" or world.switches.get("identity_mapping") != "drop":
        return False
    both = [world.expected("Sync", "any", one) for one in (change.before, change.after)]
    first, second = map(expansion.without_dropped_mappings, both)
    return expansion.equal(first, second)


_STEPS: Mapping[Outcome, tuple[str, ...]] = {
    Outcome.UPDATE: ("update",),
    Outcome.REPLACE: ("replace",),
    Outcome.NOTHING: ("nothing",),
    Outcome.RECORDED: ("update",),
    Outcome.SAME_OBJECT: ("nothing", "update"),
}


def _step_fits(step: str, outcome: Outcome) -> Iterator[str]:
    if step not in _STEPS[outcome]:
        yield f"the step was {step}, and must be {outcome.value}"


def settled(
    world: World, resource: Resource, arguments: Arguments, before: dict[str, Any] | None
) -> list[str]:
    """What is wrong after an `up`: with the object, or with the next two previews."""
    wrong = world.wrong(resource, arguments, before)
    world.restart()
    if (step := world.preview(resource, arguments)) != "nothing":
        wrong.append(f"the next preview says {step}")
    world.refresh(resource)
    if (step := world.preview(resource, arguments)) != "nothing":
        wrong.append(f"the preview after a refresh says {step}")
    return wrong


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


# Law 3.


@dataclass(frozen=True)
class Edit:
    """One leaf of a stored object, changed by a person."""

    kind: str
    path: str
    arguments: Arguments
    edited: dict[str, Any]

    def __repr__(self) -> str:
        value = _leaf(self.edited, self.path)
        return f"Edit({self.kind}, {self.path}: {value!r})\n  of {self.arguments!r}"


NOT_SEEN: Mapping[tuple[str, str], str] = {
    ("Connection", r"configuration\.(password|(consumer|token)(_key|_secret)?)"): (
        "a secret: replies show the mask"
    ),
    ("Connection", r"healthcheck_interval"): "no reply to a GET shows it",
    ("Model", r"labels.*"): "write-only: requests take names or ids, and nobody says which",
    ("Sync", r"encryption_passphrase"): "write-only: no reply shows it",
}
"""Facts about leaves that no program can see change; what a program leaves unmanaged beside."""

_UNMANAGED = {
    "Connection": ("policies", "healthcheck_interval"),
    "Model": ("fields", "labels", "policies", "identifier", "tracking_columns"),
    "Sync": ("active", "policies", "encryption_passphrase"),
}


LEFT_OUT = "some servers leave out what is mapped to a target of the identity"


def unseen(edit: Edit, before: Mapping[str, Any]) -> str | None:
    """Return why nobody sees the edit of an object; None when it must be seen."""
    head = re.split(r"[.\[]", edit.path)[0]
    if edit.kind == "Sync" and re.fullmatch(r"fields\[\d+\]", edit.path):
        matched = [one["target"] for one in before["identities"]["mappings"]]
        gone = [one["target"] for one in before["fields"] if one not in edit.edited["fields"]]
        if gone and all(target in matched for target in gone):
            return LEFT_OUT
    if head in _UNMANAGED[edit.kind] and edit.arguments.get(head) is None:
        return "the program does not manage it"
    for (kind, pattern), why in NOT_SEEN.items():
        if kind == edit.kind and re.fullmatch(pattern, edit.path):
            return why
    found = re.match(r"(target\.)?configuration\.(\w+)", edit.path)
    if found:
        holder = edit.arguments["target"] if found[1] else edit.arguments
        if (holder.get("configuration") or {}).get(found[2]) is None:
            return "the program does not manage this key"
    return None


def put(world: World, resource: Resource, edited: Mapping[str, Any]) -> None:
    """Put a whole object, in the reading of `expansion`. Raises httpx.HTTPStatusError."""
    with world.usual_reading():
        world.request("PUT", f"{PATHS[resource.kind]}/{resource.id}", _body(resource.kind, edited))


def law_3(world: World, resource: Resource, edit: Edit) -> list[str] | None:
    """Change one leaf on the server; None where the server refuses that, or changes nothing."""
    before = world.stored(resource)
    try:
        put(world, resource, edit.edited)
    except httpx.HTTPStatusError as refused:
        status = refused.response.status_code
        return None if status < 500 else [f"the server answered {status}: {refused.response.text}"]
    edited = world.stored(resource)
    if expansion.equal(before, edited):
        return None
    wrong: list[str] = []
    try:
        world.refresh(resource)
        step = world.preview(resource, edit.arguments)
        arguments = edit.arguments
        if unseen(edit, before) is None:
            if step == "nothing":
                wrong.append("nobody sees it")
        else:
            if step != "nothing":
                wrong.append(f"the preview says {step}")
            if edit.path == "healthcheck_interval":
                return wrong  # PUT replaces in full, and no reply says what there was.
            # An update of something else must leave it alone.
            arguments = {**edit.arguments, "name": f"{resource.name} again"}
        if not wrong:
            world.up(resource, arguments)
            wrong = settled(world, resource, arguments, edited)
    except Exception as error:
        wrong.append(_words(error))
    return wrong


def edits(kind: str, arguments: Arguments, stored: dict[str, Any]) -> list[Edit]:
    """Every edit of one leaf of a stored object."""
    fixed = ("type", "connection_id", "relations", "enricher")
    return [
        Edit(kind, path, arguments, edited)
        for key in stored
        if key not in fixed
        for path, edited in _edited(stored, [key])
    ]


def _edited(stored: dict[str, Any], steps: list[str | int]) -> Iterator[tuple[str, dict[str, Any]]]:
    value = _leaf(stored, steps)
    if isinstance(value, Mapping):
        for key in value:
            if key in ("connection_id", "model_id", "label", "new_name"):
                continue
            yield from _edited(stored, [*steps, key])
        if steps[-1] == "configuration":
            for key in ("ssl", "daily_api_calls", "include_deleted", "added"):
                if key not in value:
                    yield _with(stored, [*steps, key], 5000 if key.startswith("daily") else True)
    elif isinstance(value, list):
        for number in range(len(value)):
            yield from _edited(stored, [*steps, number])
            rest = [one for position, one in enumerate(value) if position != number]
            if value[number] not in rest:  # of what is there twice, one says as much
                yield _with(stored, steps, rest, number)
        yield from _added(stored, steps, value)
    else:
        for other in _others(steps, value):
            yield _with(stored, steps, other)


def _added(
    stored: dict[str, Any], steps: list[str | int], items: list[Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    policy = "0b5f9c1e-0000-4000-8000-0000000000ff"
    more: dict[Any, list[Any]] = {
        "policies": [policy],
        "labels": ["by hand"],
        "tracking_columns": ["Phone", "company_id"],
        "additional_fields": [{"name": "Hand", "type": "string", "label": "Hand"}],
        "override_fields": [
            {"target": one, "override_value": "by hand"} for one in ("isInactive", "Department")
        ],
    }
    for one in more.get(steps[-1], []):
        if one not in items:
            yield _with(stored, steps, [*items, one], len(items))


def _others(steps: list[str | int], value: Any) -> list[Any]:
    name = steps[-1]
    choices: dict[Any, list[Any]] = {
        "mode": ["create", "updateOrCreate", "update", "replace"],
        "sync_mode": ["create", "updateOrCreate"],
        "frequency": ["manual", "continuous", "daily"],
        "function": ["IsNull", "IsNotNull", "Equality", "Inequality", "ISubstring"],
        "field": ["Email", "LastName", "email", "id", "Website"],
        "target": ["Email", "Phone", "email", "phone", "first_name"],
        "object": ["Lead", "customer", "public.companies"],
        "identifier": ["Email", "email", ""],
        "strategy": ["and", "priority"],
        "type": ["string", "number"],
        "minute": ["9", "11"],
        "hour": ["9", "11"],
        # The server may rewrite a host: letter case, https:// and a slash at the end.
        "domain": ["other.example.com"],
        "hostname": ["other.example.com"],
        "logic": [re.sub("or", "and", str(value)), re.sub("and", "or", str(value)), ""],
        "sync_ids": [],
    }
    if name in choices:
        return [one for one in choices[name] if one != value]
    if "fields" in steps and len(steps) == 2:
        return ["Phone", "company_id"]
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | float):
        return [value + 1]
    if isinstance(value, str) and value:
        return [one for one in (value.swapcase(), f"{value}/") if one != value]
    return ["by hand"]


def _with(
    stored: dict[str, Any], steps: list[str | int], value: Any, item: int | None = None
) -> tuple[str, dict[str, Any]]:
    made = json.loads(json.dumps(stored))
    inside: Any = made
    for step in steps[:-1]:
        inside = inside[step]
    inside[steps[-1]] = value
    places = steps if item is None else [*steps, item]
    path = "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in places)
    return path.removeprefix("."), made


def _leaf(stored: Any, path: str | list[str | int]) -> Any:
    steps: list[Any] = path if isinstance(path, list) else re.findall(r"\w+", path)
    value = stored
    for step in steps:
        try:
            value = value[int(step) if isinstance(value, list) else step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _body(kind: str, stored: Mapping[str, Any]) -> dict[str, Any]:
    """The whole object as a request for it."""
    body = json.loads(json.dumps(stored))
    if kind == "Connection":
        return {**body, "validate": False}
    if kind == "Sync":
        for one in body["overrides"]:
            one["field"] = one.pop("source")
        for one in body["override_fields"]:
            one.pop("encryption_enabled", None)
    return {key: item for key, item in body.items() if item is not None}
