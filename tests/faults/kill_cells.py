"""The cells of the kill matrix: their programs, and which requests are held in each."""

import re
from collections.abc import Callable
from dataclasses import dataclass

POINTS = ("before send", "after commit", "after reply", "before state is written")
OPERATIONS = {
    "Connection": ("create", "update", "delete"),
    "ConnectionReadiness": ("create", "update"),
    "Model": ("create", "update", "delete"),
    "Sync": ("create", "update", "delete"),
    "SyncRun": ("create", "update"),
    "BulkSyncRun": ("create", "update"),
}
CELLS = [
    (victim, point, kind, operation, count)
    for victim in ("engine", "provider")
    for point in POINTS
    for kind, operations in OPERATIONS.items()
    for operation in operations
    for count in (1, 4)
]
FAST_CELLS = [
    (victim, point, kind, operation)
    for victim, point in (
        ("engine", "after commit"),
        ("engine", "before state is written"),
        ("provider", "after commit"),
    )
    for kind in ("Connection", "Model", "Sync")
    for operation in OPERATIONS[kind]
]

_HEAD = """
from polytomic_provider import BulkSync, BulkSyncRun, Connection, ConnectionReadiness, Model
from polytomic_provider import Sync, SyncRun

def crm(name):
    return Connection(name, type="salesforce", configuration={"domain": "acme.my.salesforce.com"}%s)

"""
_CRM = """
crm = crm("crm")
ready = ConnectionReadiness("crm-ready", connection=crm, timeout="30s")
"""
_CONTACTS = """
contacts = Model("contacts", connection_id=ready, configuration={"table": "Contact"},
                 fields=["Id", "Email", "LastName"])
"""
_MODEL = """
    Model(f"model-{n}", connection_id=ready, configuration={"table": "Contact"},
          fields=["Id", "Email"%s])
"""
_SYNC = """
    Sync(f"sync-{n}", model=contacts, mode="updateOrCreate",
         target={"connection_id": ready, "object": "Lead"},
         identity=("Email", "Email"), fields={"Email": "Email"%s})
"""
_RUN = """
    SyncRun(f"run-{n}", sync=syncs[n], tolerate=1000%s)
"""
_COPIES = """
warehouse = Connection("warehouse", type="postgresql", configuration={
    "hostname": "db", "username": "u", "password": "p", "database": "d", "port": 5432})
copies = [BulkSync(f"copies-{n}", source_connection_id=ready, schemas=["Lead"],
                   destination_connection_id=warehouse,
                   destination_configuration={"schema": f"crm{n}"}) for n in range(%d)]
"""
_COPY = """
    BulkSyncRun(f"copy-{n}", bulk_sync=copies[n]%s)
"""
_READY = """
    ConnectionReadiness(f"ready-{n}", connection=crms[n], timeout="30s"%s)
"""


@dataclass(frozen=True)
class Cell:
    """What is deployed first, what the killed run is to do, and what is there in the end.

    held: pattern of the requests that are held, as `METHOD path`; made: objects in the end; runs:
    executions in the end.
    """

    first: str
    then: str
    held: str
    made: dict[str, int]
    runs: int = 0

    def wants(self) -> Callable[[str, str], bool]:
        """Whether a request is one of those that are held."""
        return lambda method, path: re.fullmatch(self.held, f"{method} {path}") is not None


def cell(kind: str, operation: str, count: int) -> Cell:
    """The cell for one kind and operation, with so many resources at once."""
    base, made, few, many = _programs(kind, count)
    path, runs = _PATHS[kind], count if kind in ("SyncRun", "BulkSyncRun") else 0
    if operation == "create":
        return Cell(base, few, path["create"], made(count), runs)
    if operation == "update":
        return Cell(few, many, path["update"], made(count), 2 * runs)
    return Cell(few, base, path["delete"], made(0))


_ID = "[0-9a-f-]{36}"


def _paths(noun: str) -> dict[str, str]:
    return {
        "create": f"POST /api/{noun}",
        "update": f"PUT /api/{noun}/{_ID}",
        "delete": f"DELETE /api/{noun}/{_ID}(\\?.*)?",
    }


_STATUS = f"GET /api/connections/{_ID}/schemas/status"
_EXECUTIONS = f"POST /api/syncs/{_ID}/executions"
_BULK_EXECUTIONS = f"POST /api/bulk/syncs/{_ID}/executions"
_PATHS = {
    "Connection": _paths("connections"),
    "ConnectionReadiness": {"create": _STATUS, "update": _STATUS},
    "Model": _paths("models"),
    "Sync": _paths("syncs"),
    "SyncRun": {"create": _EXECUTIONS, "update": _EXECUTIONS},
    "BulkSyncRun": {"create": _BULK_EXECUTIONS, "update": _BULK_EXECUTIONS},
}


def _programs(kind: str, count: int) -> tuple[str, Callable[[int], dict[str, int]], str, str]:
    """What is there before, how many objects there are after, the program, and it changed."""
    loop = f"for n in range({count}):"
    head = _HEAD % ""
    if kind == "Connection":
        made = f'{loop}\n    crm(f"crm-{{n}}")\n'
        changed = _HEAD % ', policies=["0b5f9c1e-0000-4000-8000-000000000001"]'
        return "", lambda n: {"Connection": n}, head + made, changed + made
    if kind == "ConnectionReadiness":
        base = head + f'crms = [crm(f"crm-{{n}}") for n in range({count})]\n'
        few, many = (base + loop + _READY % more for more in ("", ', triggers=["again"]'))
        return base, lambda n: {"Connection": count}, few, many
    if kind == "Model":
        base = head + _CRM
        few, many = (base + loop + _MODEL % more for more in ("", ', "Phone"'))
        return base, lambda n: {"Connection": 1, "Model": n}, few, many
    if kind == "BulkSyncRun":
        base = head + _CRM + _COPIES % count
        few, many = (base + loop + _COPY % more for more in ("", ', triggers=["again"]'))
        return base, lambda n: {"Connection": 2, "BulkSync": count}, few, many
    base = head + _CRM + _CONTACTS
    if kind == "SyncRun":
        named = _SYNC.replace("    Sync(", "    syncs.append(Sync(", 1).rstrip() % "" + ")\n"
        base += f"syncs = []\n{loop}{named}"
        few, many = (base + loop + _RUN % more for more in ("", ', triggers=["again"]'))
        return base, lambda n: {"Connection": 1, "Model": 1, "Sync": count}, few, many
    few, many = (base + loop + _SYNC % more for more in ("", ', "LastName": "LastName"'))
    return base, lambda n: {"Connection": 1, "Model": 1, "Sync": n}, few, many
