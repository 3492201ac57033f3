"""Valid arguments of every kind, drawn at random, and pairs that differ in one leaf.

Programs name objects of the world by texts such as "@model.salesforce". Each change carries its
path and what it must be: the outcome is derived from the expansion of both programs.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from enum import Enum
from typing import Any

from hypothesis import strategies as st

from tests.oracle import expansion
from tests.oracle.driver import CONFIGURATIONS

Arguments = dict[str, Any]
Draw = st.DrawFn


class Outcome(Enum):
    """What a changed program must be."""

    UPDATE = "one update; the object changes"
    REPLACE = "a replacement"
    NOTHING = "no difference"
    RECORDED = "an update that changes no object: delete needs the argument, or it is not managed"
    SAME_OBJECT = "another spelling of the same object: an update or none, the object stays"


@dataclass(frozen=True)
class Change:
    """Two programs of one resource that differ in one leaf."""

    kind: str
    path: str
    before: Arguments
    after: Arguments

    @property
    def outcome(self) -> Outcome:
        """What must happen."""
        return judged(self.kind, self.before, self.after)

    def __repr__(self) -> str:
        return (
            f"Change({self.kind}, {self.path}: {self.outcome.name}\n"
            f"  before={self.before!r}\n  after={self.after!r})"
        )


# What a change must be.


def judged(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Outcome:
    """Return what the change from one program to another must be."""
    old, new = _normal(kind, before), _normal(kind, after)
    for key in expansion.SENDS_NOTHING:
        old.pop(key, None)
        new.pop(key, None)
    if _text(old) == _text(new):
        return Outcome.NOTHING
    if any(_text(_at(old, path)) != _text(_at(new, path)) for path in expansion.REPLACES[kind]):
        return Outcome.REPLACE
    for key in expansion.RECORDED_ONLY:
        old.pop(key, None)
        new.pop(key, None)
    if _text(old) == _text(new):
        return Outcome.RECORDED
    if _text(_managed_by(kind, old, new)) == _text(new):
        return Outcome.RECORDED
    expand: Callable[..., expansion.Object] = {
        "Connection": expansion.expected_connection,
        "Model": expansion.expected_model,
        "Sync": expansion.expected_sync,
    }[kind]
    first = {**_FIRST_VALUES[kind], **expand({"name": "x", **before})}
    second = expand({"name": "x", **after}, first)
    return Outcome.SAME_OBJECT if expansion.equal(first, second) else Outcome.UPDATE


_FIRST_VALUES: dict[str, dict[str, Any]] = {
    "Connection": {"policies": []},
    "Model": {"policies": [], "labels": []},
    "Sync": {"policies": [], "active": False},
}
"""What an unmanaged argument has from the start, as far as the reference says."""


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _at(arguments: Mapping[str, Any], path: str) -> Any:
    value: Any = arguments
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _managed_by(kind: str, old: Arguments, new: Arguments) -> Arguments:
    """The old program without what is kept when it is left out, as the new one leaves it out."""
    made = dict(old)
    for name, absence in expansion.ABSENCE[kind].items():
        if absence != expansion.KEPT:
            continue
        if name == "configuration.*":
            mine, other = old["configuration"], new["configuration"]
            made["configuration"] = {key: mine[key] for key in mine if key in other}
        elif name == "target.configuration.*":
            mine = old["target"].get("configuration") or {}
            other = new["target"].get("configuration") or {}
            left = {key: mine[key] for key in mine if key in other}
            if left or "configuration" in new["target"]:
                made["target"] = {**old["target"], "configuration": left}
            else:
                made["target"] = {k: v for k, v in old["target"].items() if k != "configuration"}
        elif name not in new:
            made.pop(name, None)
    return made


_SETS = {
    "Connection": r"policies",
    "Model": r"(fields|additional_fields|tracking_columns|labels|policies)",
    "Sync": r"(fields|overrides|override_fields|policies|fields\.[^.\[]+)",
}


def _normal(kind: str, arguments: Mapping[str, Any]) -> Arguments:
    """Arguments in which `None` is absent, 5.0 is 5, and what has no order is sorted."""
    return _sorted(kind, "", expansion.known(arguments))


def _sorted(kind: str, path: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        made = {
            key: _sorted(kind, f"{path}.{key}" if path else key, item)
            for key, item in value.items()
        }
        if made.get("function") in expansion.UNORDERED_VALUES and "value" in made:
            made["value"] = sorted(made["value"], key=_text)
        if (
            path == ""
            and kind == "Sync"
            and not (made.get("filter_logic") or made["target"].get("filter_logic"))
        ):
            made |= {"filters": sorted(made["filters"], key=_text)} if "filters" in made else {}
        if path in ("model_filters", "target_filters") and not made.get("logic"):
            made["conditions"] = sorted(made["conditions"], key=_text)
        return made
    if isinstance(value, list):
        items = [_sorted(kind, f"{path}[{number}]", one) for number, one in enumerate(value)]
        if re.fullmatch(_SETS[kind], path):
            unique = {_text(one): one for one in items}
            return [unique[key] for key in sorted(unique)]
        return items
    return value


# Near values.


def near_text(value: str) -> list[Any]:
    """Texts that somebody might take for this one."""
    found = [value.swapcase(), value + "/", f"https://{value}", value.rstrip("/"), f"{value}x"]
    found += [value.removeprefix("https://"), f" {value}"]
    if value.isdigit():
        found += [f"0{value}", str(int(value)), str(int(value) + 1)]
    return [one for one in dict.fromkeys(found) if one != value and one.strip()]


def near_name(value: str) -> list[Any]:
    """Names near a name: no spaces around them."""
    return [one for one in near_text(value) if one == one.strip()]


def near_number(value: float) -> list[Any]:
    """Numbers near a number, and the same one as a float."""
    return [value + 1, float(value), 0] if value else [1]


def near_value(value: Any) -> list[Any]:
    """Values of any kind that might be taken for this one."""
    if isinstance(value, bool):
        return [not value, json.dumps(value), int(value)]
    if isinstance(value, int | float):
        return [*near_number(value), str(value), f"0{value}", ""]
    if value == "":
        return [0, False, "x", "0"]
    return [*near_text(value), "", 0, False]


def near_part(value: Any) -> list[Any]:
    """Parts of a schedule near this one, in its range."""
    number = int(value)
    found = [number, float(number), str(number), f"0{number}"[-2:], number + 1, str(number + 1)]
    return [one for one in found if repr(one) != repr(value)]


def _seldom(draw: Draw, times: int) -> bool:
    """Whether this is one time of so many: integers would be drawn near their ends."""
    return draw(st.sampled_from(range(times))) == times // 2


# Connections.

POLICIES = tuple(f"0b5f9c1e-0000-4000-8000-00000000000{number}" for number in range(1, 5))
_POLICY_LISTS = st.lists(st.sampled_from(POLICIES), unique=True, min_size=1, max_size=3)
_WORDS = st.sampled_from(["Acme", "acme.com", "https://acme.com/", "ACTIVE", "x", "07", "7", "ä"])

_OPTIONAL_KEYS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "salesforce": {"daily_api_calls": st.integers(1000, 9999)},
    "netsuite": {},
    "postgresql": {"ssl": st.booleans(), "port": st.sampled_from([5432, 6543])},
}


@st.composite
def connections(draw: Draw, type_id: str | None = None) -> Arguments:
    """Arguments of a connection."""
    kind = type_id or draw(st.sampled_from(list(_OPTIONAL_KEYS)))
    needed = {
        key: item for key, item in CONFIGURATIONS[kind].items() if key not in _OPTIONAL_KEYS[kind]
    }
    changed = {}
    if kind == "postgresql":
        changed = {"database": draw(_WORDS), "password": draw(st.sampled_from(["Pw/", "a B", "5"]))}
    optional = {
        "policies": _POLICY_LISTS,
        "healthcheck_interval": st.sampled_from(["30m", "1h", "24h"]),
        "force_destroy": st.just(True),
        "validate": st.booleans(),
    }
    return {
        "type": kind,
        "configuration": {
            **needed,
            **changed,
            **draw(st.fixed_dictionaries({}, optional=_OPTIONAL_KEYS[kind])),
        },
        **draw(st.fixed_dictionaries({}, optional=optional)),
    }


# Models.

TABLES: dict[str, tuple[str, list[str]]] = {
    "salesforce": (
        "Contact",
        ["Id", "Email", "FirstName", "LastName", "Name", "Phone", "Title", "Department"],
    ),
    "postgresql": ("public.contacts", ["id", "email", "first_name", "last_name", "company_id"]),
}


def _some(items: Sequence[str], least: int = 1, most: int = 4) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(items), unique=True, min_size=least, max_size=most)


_ADDED = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Score", "Segment", "Owner_Name"]),
        "type": st.sampled_from(["string", "number", "boolean"]),
        "label": _WORDS,
    },
    optional={"example": _WORDS},
)


@st.composite
def models(draw: Draw, source: str | None = None, table: bool | None = None) -> Arguments:
    """Arguments of a model; `source` and `table` say over what, and whether over a table."""
    service = source or draw(st.sampled_from(list(TABLES)))
    object_id, names = TABLES[service]
    chosen = draw(_some(names, 2, 5))
    given: Arguments = {"connection_id": f"@connection.{service}", "fields": chosen}
    if draw(st.booleans()) if table is None else table:
        given["configuration"] = {"table": object_id}
        if service == "salesforce" and draw(st.booleans()):
            given["configuration"]["include_deleted"] = draw(st.booleans())
        if _seldom(draw, 4):
            del given["fields"]
    else:
        word = draw(_WORDS)
        query = f"SELECT {', '.join(names)} FROM {object_id} WHERE 'x' = '{word}'"  # noqa: S608
        given["configuration"] = {"query": query}
    optional = {
        "identifier": st.sampled_from(chosen),
        "tracking_columns": _some(chosen, 1, 2),
        "labels": _some(["crm", "erp", "people", "2026"]),
        "policies": _POLICY_LISTS,
        "additional_fields": st.lists(
            _ADDED, min_size=1, max_size=2, unique_by=lambda one: one["name"]
        ),
    }
    return {**given, **draw(st.fixed_dictionaries({}, optional=optional))}


# Syncs.


@dataclass(frozen=True)
class Place:
    """A target object. texts: fields to map; spare: text fields that no mapping draws."""

    connection: str
    object: str
    texts: tuple[str, ...]
    spare: tuple[str, ...]
    matches: tuple[str, ...]
    modes: tuple[str, ...]
    conditions: tuple[str, ...] = ()


PLACES = {
    "salesforce": Place(
        "salesforce",
        "Contact",
        ("Email", "FirstName", "LastName", "Phone", "MobilePhone", "Title"),
        ("MailingStreet", "MailingCity", "MailingCountry", "Department"),
        ("Email", "External_Id__c"),
        ("create", "update", "updateOrCreate"),
        ("Email", "LastName"),
    ),
    "netsuite": Place(
        "netsuite",
        "contact",
        ("email", "firstName", "lastName", "title", "phone"),
        ("comments", "middleName", "entityId", "mobilePhone"),
        ("email", "externalId"),
        ("create", "update", "updateOrCreate"),
    ),
    "postgresql": Place(
        "postgresql",
        "public.contacts",
        ("email", "first_name", "last_name"),
        ("zip", "city", "street", "note"),
        ("email", "id"),
        ("create", "update", "updateOrCreate", "replace"),
    ),
}
SOURCES = {name: names for name, (_, names) in TABLES.items()}
OTHER_SOURCES = ("Name", "Website", "Industry")


def _other(field: str) -> Arguments:
    return {"model_id": "@model.accounts", "field": field}


@st.composite
def syncs(draw: Draw, model: str | None = None, place: str | None = None) -> Arguments:
    """Arguments of a sync from one of the world's models onto one of the places."""
    source = model or draw(st.sampled_from(list(SOURCES)))
    where = PLACES[place or draw(st.sampled_from(list(PLACES)))]
    mode = draw(st.sampled_from(where.modes))
    sources = SOURCES[source]
    given: Arguments = {
        "model": f"@model.{source}",
        "mode": mode,
        "target": {"connection_id": f"@connection.{where.connection}", "object": where.object},
        "fields": draw(_mappings(where, mode, sources)),
        **draw(_identities(where, mode, sources)),
        **draw(_all_filters(where, mode, sources)),
    }
    if draw(st.booleans()):
        given["target"]["configuration"] = draw(
            st.dictionaries(
                st.sampled_from(["mode", "batch", "overwrite"]),
                _WORDS | st.integers(0, 9) | st.booleans(),
                max_size=2,
            )
        )
    optional = {
        "overrides": st.lists(_overrides(sources), min_size=1, max_size=2),
        "override_fields": _constants(where),
        "schedule": schedules(),
        "active": st.booleans(),
        "sync_all_records": st.booleans(),
        "skip_initial_backfill": st.booleans(),
        "only_enrich_updates": st.booleans(),
        "policies": _POLICY_LISTS,
        "cancel_running": st.just(True),
    }
    given |= draw(st.fixed_dictionaries({}, optional=optional))
    if "encryption_enabled" in repr(given) or _seldom(draw, 6):
        given["encryption_passphrase"] = draw(st.sampled_from(["Open Sesame", "open/"]))
    return given


@st.composite
def _mappings(draw: Draw, where: Place, mode: str, sources: Sequence[str]) -> Any:
    """Mappings as a list, or as a map with targets, lists of targets and mappings."""
    listed: list[Arguments] = []
    for target in draw(_some(where.texts, 1, len(where.texts))):
        one: Arguments = {"source": draw(st.sampled_from(sources)), "target": target}
        if where.connection != "netsuite" and mode == "updateOrCreate" and draw(st.booleans()):
            one["sync_mode"] = draw(st.sampled_from(["create", "updateOrCreate"]))
        if where.connection == "postgresql" and target == "email" and draw(st.booleans()):
            one["encryption_enabled"] = draw(st.booleans())
        if _seldom(draw, 20):
            one["override_value"] = draw(_WORDS)
        listed.append(one)
    if where.connection == "postgresql" and draw(st.booleans()):
        listed.append({"source": draw(st.sampled_from(sources)), "target": "nick", "new": True})
    if draw(st.booleans()):
        by_source: dict[str, list[Any]] = {}
        for one in listed:
            spec = {key: item for key, item in one.items() if key != "source"}
            short = list(spec) == ["target"] and draw(st.booleans())
            by_source.setdefault(one["source"], []).append(spec["target"] if short else spec)
        return {
            key: specs[0] if len(specs) == 1 and draw(st.booleans()) else specs
            for key, specs in by_source.items()
        }
    for one in listed:
        if _seldom(draw, 6):
            one["source"] = _other(draw(st.sampled_from(OTHER_SOURCES)))
    if _seldom(draw, 8):
        constant: Arguments = {"target": where.spare[3], "override_value": draw(_WORDS)}
        listed.append(_made_anew(where, constant))
    return listed


def _made_anew(where: Place, one: Arguments) -> Arguments:
    """Say that a target field is new, where the place has none of that name."""
    return {**one, "new": True} if where.connection == "postgresql" else one


_CONSTANTS = _WORDS | st.sampled_from([0, 5, 7, "", False, True, 2.5])


@st.composite
def _constants(draw: Draw, where: Place) -> Any:
    by_target = draw(st.dictionaries(st.sampled_from(where.spare[:3]), _CONSTANTS, min_size=1))
    listed = [
        _made_anew(where, {"target": key, "override_value": item})
        for key, item in by_target.items()
    ]
    return listed if where.connection == "postgresql" or draw(st.booleans()) else by_target


@st.composite
def _identities(draw: Draw, where: Place, mode: str, sources: Sequence[str]) -> Arguments:
    if mode == "replace" or (mode == "create" and where.connection != "salesforce"):
        return {}
    source = draw(st.sampled_from(sources))
    target = draw(st.sampled_from(where.matches))
    pair: Any = [source, target]
    long: Arguments = {"source": source, "target": target}
    if draw(st.booleans()):
        long["function"] = "Equality"
    if where.connection == "postgresql" and _seldom(draw, 4):
        second = next(one for one in where.matches if one != target)
        mappings = [
            draw(st.sampled_from([pair, long])),
            draw(st.sampled_from([[sources[0], second], {"source": sources[0], "target": second}])),
        ]
        strategy = draw(st.sampled_from(["priority", "and"]))
        return {"identities": {"mappings": mappings, "strategy": strategy}}
    if _seldom(draw, 6):
        return {"identities": {"mappings": [pair]}}
    return {"identity": draw(st.sampled_from([pair, long]))}


@st.composite
def _condition(draw: Draw, field: str, functions: Sequence[str] = ()) -> Arguments:
    function = draw(st.sampled_from(functions or list(_VALUES)))
    values = _VALUES[function]
    made = {"field": field, "function": function}
    return made if values is None else {**made, "value": draw(values)}


_TEXT_VALUES = _WORDS | st.sampled_from(["", "@Acme", "https://acme.com"])
_VALUES: dict[str, st.SearchStrategy[Any] | None] = {
    "IsNull": None,
    "IsNotNull": None,
    "True": None,
    "Equality": _WORDS | st.sampled_from(["", 0, 5, False, True]),
    "Inequality": _WORDS | st.sampled_from(["", 0, 6, False]),
    "GreaterThan": st.integers(0, 9),
    "StringContains": _WORDS,
    "StringStartsWith": _WORDS,
    "StringOneOf": st.lists(_WORDS, unique=True, min_size=1, max_size=3),
    "Between": st.tuples(st.integers(0, 5), st.integers(6, 9)).map(list),
    "InTheLast": st.sampled_from(["7 days", "2 weeks"]),
}
_ON_TARGETS = ("Equality", "Inequality", "IsNotNull", "StringContains")


@st.composite
def _all_filters(draw: Draw, where: Place, mode: str, sources: Sequence[str]) -> Arguments:
    """Filters in the older shape or in the newer one, with and without logic and labels."""
    on_model = [
        draw(_condition(draw(st.sampled_from(sources)))) for _ in range(draw(st.integers(0, 3)))
    ]
    on_target = []
    if where.conditions and mode == "update":
        on_target = [
            draw(_condition(draw(st.sampled_from(where.conditions)), _ON_TARGETS))
            for _ in range(draw(st.integers(0, 2)))
        ]
    if draw(st.booleans()):
        made: Arguments = {}
        for key, conditions in (("model_filters", on_model), ("target_filters", on_target)):
            name = "source" if key == "model_filters" else "field"
            renamed = [
                {name if part == "field" else part: item for part, item in one.items()}
                for one in conditions
            ]
            if renamed:
                made[key] = {"conditions": renamed}
                if len(renamed) > 1 and draw(st.booleans()):
                    made[key]["logic"] = draw(_logic(expansion.letters(len(renamed))))
        return made
    for one in on_target:
        one["field_id"], one["field_type"] = one.pop("field"), "Target"
    filters = [*on_model, *on_target]
    if not filters:
        return {}
    made = {"filters": filters}
    if not on_target and draw(st.booleans()):
        names = expansion.letters(len(on_model))
        if draw(st.booleans()):
            for one, label in zip(on_model, names, strict=True):
                one["label"] = label
        if len(names) > 1:
            made["filter_logic"] = draw(_logic(names))
    return made


@st.composite
def _logic(draw: Draw, names: Sequence[str]) -> str:
    first, *rest = names
    words = draw(st.sampled_from([" and ", " or ", " OR "]))
    return f"{first}{words}({' or '.join(rest)})" if len(rest) > 1 else f"{first}{words}{rest[0]}"


@st.composite
def _overrides(draw: Draw, sources: Sequence[str]) -> Arguments:
    functions = ("IsNull", "IsNotNull", "Equality", "StringOneOf")
    made = draw(_condition(draw(st.sampled_from(sources)), functions))
    return {**made, "override": draw(_WORDS | st.sampled_from(["", 0, 5, False]))}


_MINUTES = st.integers(0, 58) | st.sampled_from(["0", "07", "30"])
_HOURS = st.integers(0, 22) | st.sampled_from(["0", "07", "7"])


@st.composite
def schedules(draw: Draw) -> Arguments:
    """A schedule of any frequency that needs nothing beyond the world."""
    timed = {"minute": _MINUTES, "hour": _HOURS}
    day = st.sampled_from(["monday", "friday", 1, "3"])
    forms: list[st.SearchStrategy[Arguments]] = [
        st.fixed_dictionaries({"frequency": st.sampled_from(["manual", "continuous"])}),
        st.fixed_dictionaries({"frequency": st.just("hourly"), "minute": _MINUTES}),
        st.fixed_dictionaries({"frequency": st.just("daily"), **timed}),
        st.fixed_dictionaries({"frequency": st.just("weekly"), "day_of_week": day, **timed}),
        st.fixed_dictionaries(
            {"frequency": st.just("custom"), "minute": _MINUTES},
            optional={"hour": _HOURS, "day_of_month": st.sampled_from(["1", 15, "*"])},
        ),
        st.fixed_dictionaries(
            {
                "frequency": st.just("runafter"),
                "run_after": st.fixed_dictionaries(
                    {"sync_ids": _some(["@sync.one", "@sync.two"], 1, 2)}
                ),
            },
            optional={"run_after_success_only": st.booleans()},
        ),
    ]
    return draw(st.one_of(forms))


@st.composite
def two_programs(draw: Draw, kind: str) -> tuple[Arguments, Arguments]:
    """Two programs of which the second can take the place of the first without a replacement."""
    if kind == "Connection":
        one = connections(draw(st.sampled_from(list(_OPTIONAL_KEYS))))
    elif kind == "Model":
        one = models(draw(st.sampled_from(list(TABLES))))
    else:
        one = syncs(draw(st.sampled_from(list(SOURCES))), draw(st.sampled_from(list(PLACES))))
    return draw(one), draw(one)


# Changes of one leaf.

STRATEGIES: dict[str, Callable[[], st.SearchStrategy[Arguments]]] = {
    "Connection": connections,
    "Model": models,
    "Sync": syncs,
}


@st.composite
def one_leaf_changed(draw: Draw, kind: str) -> Change:
    """A program and the same one with one leaf changed, added, removed or moved."""
    arguments = draw(STRATEGIES[kind]())
    found = changes(kind, arguments)
    # By the name of the argument first: else long lists hide what has few leaves.
    names = sorted({_head(one.path) for one in found})
    heads = [name for name in names for _ in range(4 if name in _DEEP else 1)]
    head = draw(st.sampled_from(heads))
    return draw(st.sampled_from([one for one in found if _head(one.path) == head]))


_DEEP = (
    "configuration",
    "fields",
    "filters",
    "model_filters",
    "target_filters",
    "overrides",
    "override_fields",
    "schedule",
    "target",
    "additional_fields",
)
"""Arguments that have parts, and so more that can be changed."""


def _head(path: str) -> str:
    return re.split(r"[.\[]", path)[0]


def changes(kind: str, arguments: Arguments) -> list[Change]:
    """Every change of one leaf that leaves the program valid."""
    found: list[Change] = []
    for path, after in _CHANGES[kind](arguments):
        if _text(arguments) != _text(after) or repr(arguments) != repr(after):
            found.append(Change(kind, path, arguments, after))
    return found


Step = str | int


def _put(arguments: Arguments, steps: Sequence[Step], value: Any) -> Arguments:
    """A copy with another value at a place; `...` removes what is there."""
    made = deepcopy(arguments)
    inside: Any = made
    for step in steps[:-1]:
        inside = inside[step]
    if value is ...:
        del inside[steps[-1]]
    else:
        inside[steps[-1]] = value
    return made


def _get(arguments: Any, steps: Sequence[Step]) -> Any:
    for step in steps:
        arguments = arguments[step]
    return arguments


def _dotted(steps: Sequence[Step]) -> str:
    text = ""
    for step in steps:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


Found = Iterator[tuple[str, Arguments]]


def _each(arguments: Arguments, steps: Sequence[Step], values: Sequence[Any]) -> Found:
    for value in values:
        yield _dotted(steps), _put(arguments, steps, value)


def _optional(arguments: Arguments, name: str, values: Sequence[Any]) -> Found:
    """Give an argument other values, remove it, or add it where it is not there."""
    there = name in arguments
    if there:
        yield name, _put(arguments, [name], ...)
        yield name, _put(arguments, [name], None)
    for value in values:
        if not there or arguments[name] != value or type(arguments[name]) is not type(value):
            yield name, _put(arguments, [name], value)
    if not there:
        yield name, _put(arguments, [name], None)


def _set_of(arguments: Arguments, steps: Sequence[Step], more: Sequence[Any]) -> Found:
    """Remove an item, add one, turn the order."""
    items: list[Any] = _get(arguments, steps)
    if len(items) > 1:
        for number in range(len(items)):
            yield _dotted([*steps, number]), _put(arguments, [*steps, number], ...)
        yield _dotted(steps), _put(arguments, steps, items[::-1])
    for one in more:
        if one not in items:
            yield _dotted([*steps, len(items)]), _put(arguments, steps, [*items, one])
            break


def _policies(arguments: Arguments) -> Found:
    yield from _optional(arguments, "policies", [[POLICIES[3]]])
    if "policies" in arguments:
        yield from _set_of(arguments, ["policies"], POLICIES)


def _connection_changes(arguments: Arguments) -> Found:
    configuration = arguments["configuration"]
    for key, value in configuration.items():
        steps = ["configuration", key]
        if key in _OPTIONAL_KEYS[arguments["type"]]:
            yield _dotted(steps), _put(arguments, steps, ...)
            yield _dotted(steps), _put(arguments, steps, None)
        if isinstance(value, bool):
            yield from _each(arguments, steps, [not value])
        elif isinstance(value, int):
            yield from _each(arguments, steps, [value + 1, float(value)])
        else:
            yield from _each(arguments, steps, near_text(value))
    more = {"ssl": False, "port": 6544, "daily_api_calls": 77}
    for key in _OPTIONAL_KEYS[arguments["type"]]:
        if key not in configuration:
            yield from _each(arguments, ["configuration", key], [more[key], None])
    yield from _policies(arguments)
    yield from _optional(arguments, "healthcheck_interval", ["30m", "2h"])
    yield from _optional(arguments, "force_destroy", [True])
    yield from _optional(arguments, "validate", [True, False])
    yield from _optional(arguments, "redirect_url", ["https://example.com/"])
    yield from _optional(arguments, "name", ["Another", "another", "Another/"])


def _model_changes(arguments: Arguments) -> Found:
    service = arguments["connection_id"].rpartition(".")[2]
    _, names = TABLES[service]
    configuration = arguments["configuration"]
    if "query" in configuration:
        query = configuration["query"]
        word = query.rpartition("= '")[2][:-1]
        for one in near_text(word):
            yield (
                "configuration.query",
                _put(
                    arguments,
                    ["configuration", "query"],
                    query.replace(f"= '{word}'", f"= '{one}'"),
                ),
            )
    elif service == "salesforce":
        value = configuration.get("include_deleted")
        steps = ["configuration", "include_deleted"]
        if value is None:
            yield from _each(arguments, steps, [True, False, None])
        else:
            yield from _each(arguments, steps, [not value])
    if "fields" in arguments:
        used = {arguments.get("identifier"), *arguments.get("tracking_columns", ())}
        free = [number for number, one in enumerate(arguments["fields"]) if one not in used]
        for number in free[: len(arguments["fields"]) - 1]:
            yield f"fields[{number}]", _put(arguments, ["fields", number], ...)
        yield "fields", _put(arguments, ["fields"], arguments["fields"][::-1])
        missing = [one for one in names if one not in arguments["fields"]]
        yield "fields", _put(arguments, ["fields"], [*arguments["fields"], *missing[:1]])
        yield "fields", _put(arguments, ["fields"], ...)
        twice = [*arguments["fields"], arguments["fields"][0]]
        yield f"fields[{len(twice) - 1}]", _put(arguments, ["fields"], twice)
    chosen = arguments.get("fields", names)
    yield from _optional(arguments, "identifier", chosen[:2])
    yield from _optional(arguments, "tracking_columns", [chosen[:1]])
    if "tracking_columns" in arguments:
        yield from _set_of(arguments, ["tracking_columns"], chosen)
    yield from _optional(arguments, "labels", [["other"]])
    if "labels" in arguments:
        yield from _set_of(arguments, ["labels"], ["more"])
        yield from _each(arguments, ["labels", 0], ["CRM/"])
    yield from _policies(arguments)
    added = {"name": "Extra", "type": "string", "label": "Extra"}
    yield from _optional(arguments, "additional_fields", [[added]])
    for number, one in enumerate(arguments.get("additional_fields", ())):
        steps: list[Step] = ["additional_fields", number]
        yield from _each(arguments, [*steps, "name"], ["Renamed"])
        yield from _each(arguments, [*steps, "type"], ["datetime"])
        yield from _each(arguments, [*steps, "label"], near_name(one["label"]))
        example = one.get("example")
        values = ["07", "7", None] if example is None else [..., None, *near_text(example)]
        yield from _each(arguments, [*steps, "example"], values)
    if "additional_fields" in arguments:
        yield from _set_of(arguments, ["additional_fields"], [added])
    yield from _optional(arguments, "name", ["Another", "another", "Another/"])
    if service == "postgresql":
        yield from _each(arguments, ["connection_id"], ["@connection.postgresql2"])


def _sync_changes(arguments: Arguments) -> Found:
    source = arguments["model"].rpartition(".")[2]
    where = PLACES[arguments["target"]["connection_id"].rpartition(".")[2]]
    sources = SOURCES[source]
    yield from _field_changes(arguments, where, sources)
    yield from _identity_changes(arguments, where, sources)
    yield from _filter_changes(arguments, sources)
    yield from _override_changes(arguments, sources)
    yield from _constant_changes(arguments, where)
    yield from _schedule_changes(arguments)
    yield from _target_changes(arguments)
    yield from _policies(arguments)
    for name in ("active", "sync_all_records", "only_enrich_updates", "skip_initial_backfill"):
        yield from _optional(arguments, name, [True, False])
    yield from _optional(arguments, "cancel_running", [True])
    if "encryption_passphrase" in arguments:
        yield from _each(
            arguments, ["encryption_passphrase"], near_text(arguments["encryption_passphrase"])
        )
    yield from _optional(arguments, "name", ["Another", "another", "Another/"])
    plain = not any(one in repr(arguments) for one in ("sync_mode", "Target", "target_filters"))
    if plain and arguments["mode"] in ("create", "updateOrCreate") and "identit" in repr(arguments):
        other = {"create": "updateOrCreate", "updateOrCreate": "create"}[arguments["mode"]]
        yield from _each(arguments, ["mode"], [other])


def _field_changes(arguments: Arguments, where: Place, sources: Sequence[str]) -> Found:
    fields = arguments["fields"]
    free = [one for one in where.texts if one not in repr(fields)]
    if isinstance(fields, list):
        for number, one in enumerate(fields):
            yield from _mapping_changes(arguments, ["fields", number], where, free)
            if isinstance(one.get("source"), str):
                others = [name for name in sources if name != one["source"]][:2]
                yield from _each(
                    arguments, ["fields", number, "source"], [*others, _other("Website")]
                )
            elif "source" in one:
                yield from _each(arguments, ["fields", number, "source", "field"], ["BillingCity"])
        yield from _set_of(
            arguments, ["fields"], [{"source": sources[0], "target": one} for one in free]
        )
        return
    for source, spec in fields.items():
        specs = spec if isinstance(spec, list) else [spec]
        for number, one in enumerate(specs):
            steps: list[Step] = ["fields", source]
            steps += [number] if isinstance(spec, list) else []
            if isinstance(one, str):
                yield from _each(arguments, steps, [*free[:1], {"target": one}])
            else:
                yield from _mapping_changes(arguments, steps, where, free)
        if isinstance(spec, list):
            yield from _set_of(arguments, ["fields", source], free)
        if len(fields) > 1:
            yield f"fields.{source}", _put(arguments, ["fields", source], ...)
    unused = [one for one in sources if one not in fields]
    if free and unused:
        yield from _each(arguments, ["fields", unused[0]], [free[0]])


def _mapping_changes(
    arguments: Arguments, steps: list[Step], where: Place, free: Sequence[str]
) -> Found:
    one = _get(arguments, steps)
    if not one.get("new"):
        if not one.get("encryption_enabled"):
            yield from _each(arguments, [*steps, "target"], free[:1])
        yield from _each(arguments, [*steps, "new"], [False])
    if "override_value" in one:
        yield from _each(arguments, [*steps, "override_value"], near_text(one["override_value"]))
        if "source" in one or "fields" not in steps[:1] or isinstance(arguments["fields"], dict):
            yield from _each(arguments, [*steps, "override_value"], [...])
    elif "source" in one or isinstance(arguments["fields"], dict):
        yield from _each(arguments, [*steps, "override_value"], ["static", "", None])
    if "sync_mode" in one:
        other = {"create": "updateOrCreate", "updateOrCreate": "create"}[one["sync_mode"]]
        yield from _each(arguments, [*steps, "sync_mode"], [other, ..., None])
    elif where.connection != "netsuite" and arguments["mode"] == "updateOrCreate":
        yield from _each(arguments, [*steps, "sync_mode"], ["create", "updateOrCreate"])
    encrypted = one.get("encryption_enabled")
    if encrypted is not None:
        yield from _each(arguments, [*steps, "encryption_enabled"], [not encrypted, ...])


def _identity_changes(arguments: Arguments, where: Place, sources: Sequence[str]) -> Found:
    places: list[list[Step]] = []
    if "identity" in arguments:
        places = [["identity"]]
        one = arguments["identity"]
        if isinstance(one, list):
            yield from _each(arguments, ["identity"], [{"source": one[0], "target": one[1]}])
    elif "identities" in arguments:
        mappings = arguments["identities"]["mappings"]
        places = [["identities", "mappings", number] for number in range(len(mappings))]
        if len(mappings) > 1:
            strategy = arguments["identities"]["strategy"]
            other = {"and": "priority", "priority": "and"}[strategy]
            yield from _each(arguments, ["identities", "strategy"], [other])
            yield (
                "identities.mappings[1]",
                _put(arguments, ["identities", "mappings", 1], ...),
            )
            if strategy == "priority":
                yield from _each(arguments, ["identities", "mappings"], [mappings[::-1]])
    for steps in places:
        one = _get(arguments, steps)
        keys: list[Step] = [0, 1] if isinstance(one, list) else ["source", "target"]
        others = [name for name in sources if name != one[keys[0]]][:2]
        # A pair has names only.
        more = [] if isinstance(one, list) else [_other("Website")]
        yield from _each(arguments, [*steps, keys[0]], [*others, *more])
        if len(places) == 1:
            matches = [name for name in where.matches if name != one[keys[1]]]
            yield from _each(arguments, [*steps, keys[1]], matches)
        if isinstance(one, dict) and one["target"] == "email" and where.object.startswith("public"):
            yield from _each(arguments, [*steps, "function"], ["ISubstring", "Equality"])


def _filter_changes(arguments: Arguments, sources: Sequence[str]) -> Found:
    extra = {"field": sources[0], "function": "IsNotNull"}
    if "filters" in arguments:
        labelled = any("label" in one for one in arguments["filters"])
        logic = arguments.get("filter_logic")
        for number in range(len(arguments["filters"])):
            yield from _condition_changes(arguments, ["filters", number], sources)
        if not logic and not labelled:
            yield from _set_of(arguments, ["filters"], [extra])
        if logic:
            yield "filter_logic", _put(arguments, ["filter_logic"], ...)
            yield from _each(arguments, ["filter_logic"], _other_logic(logic))
        return
    for key in ("model_filters", "target_filters"):
        if key not in arguments:
            continue
        conditions = arguments[key]["conditions"]
        for number in range(len(conditions)):
            yield from _condition_changes(arguments, [key, "conditions", number], sources)
        logic = arguments[key].get("logic")
        if logic:
            yield f"{key}.logic", _put(arguments, [key, "logic"], ...)
            yield from _each(arguments, [key, "logic"], _other_logic(logic))
        else:
            yield from _set_of(arguments, [key, "conditions"], [])
            if len(conditions) == 2:
                yield from _each(arguments, [key, "logic"], ["A or B", "A and B"])
        yield key, _put(arguments, [key], ...)
    if not ({"model_filters", "target_filters"} & arguments.keys()):
        yield from _each(arguments, ["filters"], [[extra]])


def _other_logic(logic: str) -> list[str]:
    swapped = re.sub(
        r" (?i:and|or) ", lambda one: " or " if "a" in one[0].lower() else " and ", logic
    )
    return [swapped, logic.replace(" and ", " AND ").replace(" or ", " OR ")]


def _condition_changes(arguments: Arguments, steps: list[Step], sources: Sequence[str]) -> Found:
    one = _get(arguments, steps)
    name = "source" if "source" in one else "field" if "field" in one else "field_id"
    if one.get("field_type") != "Target" and steps[0] != "target_filters":
        others = [field for field in sources if field != one[name]][:1]
        yield from _each(arguments, [*steps, name], [*others, _other("Website")])
    function = one["function"]
    twins = {
        "IsNull": "IsNotNull",
        "IsNotNull": "IsNull",
        "Equality": "Inequality",
        "Inequality": "Equality",
        "StringContains": "StringEndsWith",
        "StringStartsWith": "StringContains",
        "StringOneOf": "StringNotOneOf",
        "GreaterThan": "LessThan",
        "True": "False",
    }
    on_target = one.get("field_type") == "Target" or steps[0] == "target_filters"
    if function in twins and not (on_target and function in ("IsNotNull", "StringContains")):
        yield from _each(arguments, [*steps, "function"], [twins[function]])
    if "value" not in one:
        return
    value = one["value"]
    if function in ("Equality", "Inequality"):
        yield from _each(arguments, [*steps, "value"], near_value(value))
    elif function == "GreaterThan":
        yield from _each(arguments, [*steps, "value"], near_number(value))
    elif function == "StringOneOf":
        yield from _set_of(arguments, [*steps, "value"], ["more"])
        yield from _each(arguments, [*steps, "value", 0], near_text(value[0])[:2])
    elif function == "Between":
        yield from _each(arguments, [*steps, "value", 1], [value[1] + 1, float(value[1])])
    elif function != "InTheLast":
        yield from _each(arguments, [*steps, "value"], near_text(value))
    else:
        yield from _each(arguments, [*steps, "value"], ["8 days"])


def _override_changes(arguments: Arguments, sources: Sequence[str]) -> Found:
    extra = {"field": sources[1], "function": "IsNull", "override": "none"}
    yield from _optional(arguments, "overrides", [[extra]])
    for number, one in enumerate(arguments.get("overrides", ())):
        steps: list[Step] = ["overrides", number]
        yield from _condition_changes(arguments, steps, sources)
        yield from _each(arguments, [*steps, "override"], near_value(one["override"]))
    if "overrides" in arguments:
        yield from _set_of(arguments, ["overrides"], [extra])


def _constant_changes(arguments: Arguments, where: Place) -> Found:
    given = arguments.get("override_fields")
    listed = [_made_anew(where, {"target": where.spare[0], "override_value": "x"})]
    yield from _optional(arguments, "override_fields", [listed])
    if isinstance(given, dict):
        for key, value in given.items():
            yield from _each(arguments, ["override_fields", key], near_value(value))
            if len(given) > 1:
                yield f"override_fields.{key}", _put(arguments, ["override_fields", key], ...)
        missing = [one for one in where.spare[:3] if one not in given]
        for one in missing[:1]:
            yield from _each(arguments, ["override_fields", one], ["x", 0, False, "", True])
    elif given is not None:
        for number, one in enumerate(given):
            steps: list[Step] = ["override_fields", number, "override_value"]
            yield from _each(arguments, steps, near_value(one["override_value"]))
        used = [one["target"] for one in given]
        more = [
            _made_anew(where, {"target": one, "override_value": 0})
            for one in where.spare[:3]
            if one not in used
        ]
        yield from _set_of(arguments, ["override_fields"], more)


def _schedule_changes(arguments: Arguments) -> Found:
    daily = {"frequency": "daily", "hour": 7, "minute": "07"}
    yield from _optional(arguments, "schedule", [daily, {"frequency": "manual"}])
    schedule = arguments.get("schedule", {})
    for key in ("minute", "hour"):
        if key in schedule:
            yield from _each(arguments, ["schedule", key], near_part(schedule[key]))
    frequency = schedule.get("frequency")
    if frequency == "weekly":
        yield from _each(arguments, ["schedule", "day_of_week"], ["tuesday", "MONDAY", 2, "2"])
    if frequency == "custom":
        if "hour" in schedule:
            yield "schedule.hour", _put(arguments, ["schedule", "hour"], ...)
        else:
            yield from _each(arguments, ["schedule", "hour"], [0, "0", None, "*"])
        yield from _each(arguments, ["schedule", "month"], ["1", 1])
        day = schedule.get("day_of_month")
        yield from _each(
            arguments, ["schedule", "day_of_month"], [2, "*"] if day is None else [2, "02", ...]
        )
    if frequency == "runafter":
        yield from _set_of(arguments, ["schedule", "run_after", "sync_ids"], ["@sync.two"])
        only = schedule.get("run_after_success_only")
        yield from _each(arguments, ["schedule", "run_after_success_only"], [not only])


def _target_changes(arguments: Arguments) -> Found:
    configuration = arguments["target"].get("configuration")
    if configuration is None:
        yield from _each(
            arguments, ["target", "configuration"], [{"overwrite": False}, {"mode": "x"}, {}, None]
        )
        return
    for key, value in configuration.items():
        yield from _each(arguments, ["target", "configuration", key], near_value(value))
    for key, values in (("overwrite", [False, True]), ("batch", [0, 5]), ("mode", ["", "x"])):
        if key not in configuration:
            yield from _each(arguments, ["target", "configuration", key], [*values, None])


_CHANGES: dict[str, Callable[[Arguments], Found]] = {
    "Connection": _connection_changes,
    "Model": _model_changes,
    "Sync": _sync_changes,
}
