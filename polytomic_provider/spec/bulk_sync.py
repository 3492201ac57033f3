"""What a bulk sync's arguments ask of each other, and its schedules in both directions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from polytomic_provider.api.wire.bulk_sync import BulkScheduleReply
from polytomic_provider.facts.bulk_rules import MODES, RESYNC_MODES, SELECTIVE_MODES
from polytomic_provider.facts.functions import FILTER_FUNCTIONS, FUNCTIONS_WITHOUT_VALUE
from polytomic_provider.spec.bulk_schemas import listed_fields, named_item
from polytomic_provider.spec.equality import same_set
from polytomic_provider.spec.reader import Reader
from polytomic_provider.spec.schedule import project_schedule, read_bulk_schedule
from polytomic_provider.validation import Problem, is_unknown
from polytomic_provider.validation.problems import join_path, one_of
from polytomic_provider.validation.untyped import as_list, as_mapping

OF_ADDITIONAL: Final = ("schemas", "selective_mode", "resync_mode")
_TIMES: Final = ("frequency", "minute", "hour", "day_of_week", "day_of_month", "month")


def bulk_problems(arguments: Mapping[str, Any]) -> list[Problem]:
    """Everything wrong with the parts of a bulk sync that no request is needed to see."""
    reader = Reader()
    mode = arguments.get("mode")
    if mode is not None:
        reader.choice(mode, MODES, "mode", "mode")
    read_bulk_schedule(reader, arguments.get("default_schedule"), "default_schedule")
    for path, one in reader.items(arguments.get("additional_schedules"), "additional_schedules"):
        _read_additional(reader, one, path)
    _check_moment(reader, arguments.get("data_cutoff_timestamp"), "data_cutoff_timestamp")
    schemas = as_list(arguments.get("schemas"))
    if isinstance(arguments.get("schemas"), list) and not any(map(_is_chosen, schemas)):
        reader.refuse("schemas", "chooses no object; leave it out to copy every one")
    _check_once(reader, schemas, "schemas", "schema")
    for position, one in enumerate(schemas):
        _check_schema(reader, as_mapping(one), join_path("schemas", position))
    return reader.problems


def _is_chosen(value: Any) -> bool:
    return as_mapping(value).get("enabled") is not False


def _read_additional(reader: Reader, value: Any, path: str) -> Any:
    if value is None:
        reader.refuse(path, "expected a mapping, got nothing")
        return None
    times = read_bulk_schedule(reader, value, path, OF_ADDITIONAL)
    given = as_mapping(value)
    for key, known in (("selective_mode", SELECTIVE_MODES), ("resync_mode", RESYNC_MODES)):
        if given.get(key) is not None:
            reader.choice(given[key], known, join_path(path, key), "mode")
    for where, name in reader.items(given.get("schemas"), join_path(path, "schemas")):
        reader.text(name, where)
    return times


def _check_once(reader: Reader, items: Sequence[Any], path: str, noun: str) -> None:
    """Refuse what a list names twice."""
    seen: set[str] = set()
    for position, one in enumerate(items):
        name = as_mapping(named_item(one)).get("id")
        if isinstance(name, str):
            if name in seen:
                reader.refuse(join_path(path, position), f"names the {noun} {name!r} again")
            seen.add(name)


def _check_schema(reader: Reader, given: Mapping[str, Any], path: str) -> None:
    fields = given.get("fields")
    _check_once(reader, as_list(listed_fields(fields)), join_path(path, "fields"), "field")
    if isinstance(fields, list) and not fields:
        text = "names no field; leave it out to copy every field"
        reader.refuse(join_path(path, "fields"), text)
    where = join_path(path, "data_cutoff_timestamp")
    _check_moment(reader, given.get("data_cutoff_timestamp"), where)
    for position, one in enumerate(as_list(given.get("filters"))):
        _check_filter(reader, as_mapping(one), f"{path}.filters[{position}]")


def _check_filter(reader: Reader, given: Mapping[str, Any], path: str) -> None:
    if (given.get("field") is None) == (given.get("field_id") is None):
        reader.refuse(path, "needs `field`, the field of the schema that it looks at")
    function = given.get("function")
    if function is None or is_unknown(function):
        return
    if function not in FILTER_FUNCTIONS:
        reader.refuse(f"{path}.function", one_of(function, FILTER_FUNCTIONS, "function", show=True))
    elif function in FUNCTIONS_WITHOUT_VALUE:
        if given.get("value") is not None:
            reader.refuse(f"{path}.value", f"{function} takes no value")
    elif given.get("value") is None:
        reader.refuse(f"{path}.value", f"{function} needs a value")


def _check_moment(reader: Reader, value: Any, path: str) -> None:
    if not isinstance(value, str):
        return
    try:
        datetime.fromisoformat(value)
    except ValueError:
        reader.refuse(path, "expected a time such as 2024-01-31T00:00:00Z")


def schedule_body(value: Any) -> dict[str, Any]:
    """A default schedule in the shape of requests; the arguments must be without problems."""
    return read_bulk_schedule(Reader(), value, "default_schedule") or {}


def additional_body(value: Any) -> dict[str, Any]:
    """An additional schedule in the shape of requests."""
    times: dict[str, Any] = read_bulk_schedule(Reader(), value, "", OF_ADDITIONAL) or {}
    given = as_mapping(value)
    return times | {key: given[key] for key in OF_ADDITIONAL if given.get(key) is not None}


def with_ids(
    bodies: Iterable[dict[str, Any]], there: Sequence[BulkScheduleReply]
) -> list[dict[str, Any]]:
    """Additional schedules with the ids of those that they are, or replace, one after the other.

    A schedule that stays the same keeps its id; of the rest each takes the next that is left.
    """
    left = list(there)
    found: list[dict[str, Any]] = []
    for body in bodies:
        same = next((one for one in left if _is_same(one, body)), None)
        if same is not None:
            left.remove(same)
        found.append({**body, "id": same.id} if same is not None and same.id else body)
    for position, body in enumerate(found):
        if "id" not in body and left:
            found[position] = {**body, "id": left.pop(0).id}
    return [{key: one for key, one in body.items() if one is not None} for body in found]


def project_default(server: BulkScheduleReply | None, like: Any) -> Any:
    """The default schedule in the program's spelling; None where both leave it at manual."""
    return project_schedule(_times(server) if server else None, like)


def project_additional(server: Sequence[BulkScheduleReply], like: Any) -> Any:
    """The additional schedules in the program's spelling, where they are the same."""
    written = as_list(like)
    left = list(server)
    shown: list[Any] = []
    for one in written:
        same = next((there for there in left if _is_same(there, as_mapping(one))), None)
        if same is not None:
            left.remove(same)
            shown.append(one)
    shown += [_plain(one) for one in left]
    return shown or (like if not written else None)


def _is_same(server: BulkScheduleReply, written: Mapping[str, Any]) -> bool:
    times = {key: value for key, value in written.items() if key in _TIMES}
    usual = {"selective_mode": "none", "resync_mode": "normal"}
    return (
        project_schedule(_times(server), times) == times
        and same_set(list(server.schemas or ()), as_list(written.get("schemas")))
        and all(
            (getattr(server, key) or default) == (written.get(key) or default)
            for key, default in usual.items()
        )
    )


def _times(server: BulkScheduleReply) -> dict[str, Any]:
    return {key: getattr(server, key) for key in _TIMES}


def _plain(server: BulkScheduleReply) -> dict[str, Any]:
    shown = {**_times(server), **{key: getattr(server, key) for key in OF_ADDITIONAL}}
    return {key: one for key, one in shown.items() if one and one not in ("none", "normal")}
