"""A script of requests that leaves a trace in every kind of state, and a picture of that state."""

from collections.abc import Iterator
from typing import Any

import httpx

from tests.emulator.samples import NETSUITE, SALESFORCE

KEPT = ("connections", "models", "syncs", "dependents", "workspaces", "behaviour")
LISTED = ("connections", "models", "syncs")


def script() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Requests with their bodies; each names what earlier ones made as `{0}`, `{1}` and so on."""
    fields = [{"source": {"model_id": "{4}", "field": "Email"}, "target": "email"}]
    sync = {
        "name": "Contacts",
        "mode": "updateOrCreate",
        "fields": fields,
        "identity": {**fields[0], "function": "Equality"},
        "schedule": {"frequency": "manual"},
        "target": {"connection_id": "{2}", "object": "contact"},
    }
    salesforce = {"name": "Salesforce", "type": "salesforce", "configuration": SALESFORCE}
    netsuite = {"name": "NetSuite", "type": "netsuite", "configuration": NETSUITE}
    model = {
        "name": "Contacts",
        "connection_id": "{0}",
        "configuration": {"table": "Contact"},
        "fields": ["Email", "LastName"],
    }
    yield "POST", "/api/connections", salesforce
    yield "POST", "/emulator/connections/{0}/authorize", {}
    yield "POST", "/api/connections", netsuite
    yield "PATCH", "/emulator/behaviour", {"schema_seconds": 0}
    yield "POST", "/api/models", model
    yield "POST", "/api/syncs", sync
    yield "PUT", "/api/syncs/{5}", {**sync, "name": "Contacts, renamed"}
    yield "POST", "/api/syncs/{5}/activate", {"active": True}
    yield "POST", "/emulator/syncs/{5}/run", {}
    yield "POST", "/emulator/syncs/{5}/start", {}
    yield "POST", "/emulator/syncs/{5}/finish", {"status": "failed"}
    yield "PUT", "/api/models/{4}", {**model, "fields": ["Email", "LastName", "FirstName"]}
    yield "PATCH", "/emulator/connections/{2}", {"name": "NetSuite, by hand"}
    yield "POST", "/emulator/dependents", {"connection_id": "{0}", "name": "A bulk sync"}
    yield "POST", "/emulator/workspaces", {"name": "Another"}
    yield "POST", "/emulator/keys/rotate", {}
    yield "POST", "/emulator/connections/{0}/revoke", {}
    yield "DELETE", "/api/syncs/{5}", {}
    yield "DELETE", "/api/models/{4}", {}


def filled_in(value: Any, made: list[str]) -> Any:
    """A part of the script with the ids of what was made in place of `{0}`, `{1}` ..."""
    if isinstance(value, str):
        return value.format(*made)
    if isinstance(value, dict):
        return {key: filled_in(item, made) for key, item in value.items()}
    if isinstance(value, list):
        return [filled_in(item, made) for item in value]
    return value


def picture(http: httpx.Client) -> dict[str, Any]:
    """All that a client and the control API can see, as JSON."""

    def look(path: str, **headers: str) -> Any:
        reply = http.get(path, headers=headers)
        assert reply.status_code == 200, f"{path}: {reply.text}"
        return reply.json()

    def work_of(sync: dict[str, Any]) -> list[Any]:
        """A sync's executions, what became of each record, and the rows of its target."""
        executions = look(f"/emulator/syncs/{sync['id']}/executions")
        results = [look(f"/emulator/executions/{one['id']}/results") for one in executions]
        target = f"{sync['target']['connection_id']}/objects/{sync['target']['object']}"
        return [executions, results, look(f"/emulator/connections/{target}/records")]

    key = look("/emulator/")["api_key"]
    seen = {name: look(f"/emulator/{name}") for name in KEPT}
    for name in LISTED:
        seen[f"/api/{name}"] = look(f"/api/{name}", Authorization=f"Bearer {key}")
    return seen | {sync["id"]: work_of(sync) for sync in seen["syncs"]}


class Worker:
    """Works through the script, one request at a time, whatever server is there at the moment."""

    def __init__(self) -> None:
        self._left = list(script())
        self._made: list[str] = []

    @property
    def done(self) -> bool:
        """Whether nothing is left to ask."""
        return not self._left

    def ask(self, http: httpx.Client) -> None:
        """Ask the next request, which must be answered well, under an idempotency key."""
        method, path, body = self._left.pop(0)
        key = http.get("/emulator/").json()["api_key"]
        headers = {
            "Authorization": f"Bearer {key}",
            "Idempotency-Key": f"step-number-{len(self._made)}",
        }
        url, json = filled_in(path, self._made), filled_in(body, self._made)
        reply = http.request(method, url, json=json, headers=headers)
        assert reply.status_code < 300, reply.text
        answer = reply.json() if reply.content else {}
        found = answer.get("data", answer)
        self._made.append(str(found.get("id", "")) if isinstance(found, dict) else "")
