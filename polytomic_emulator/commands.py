"""What a test asks of a running emulator beside the API: look, change, break, let time pass."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from polytomic_emulator.state.behaviour import Behaviour


class Commands:
    """The emulator's control API as methods."""

    def control(self, method: str, path: str, json: Any = None) -> Any:
        """Ask the control API."""
        raise NotImplementedError

    def reset(self, *, new_keys: bool = False) -> None:
        """Forget everything but the switches; the workspace gets a new id."""
        self.control("POST", "reset", {"new_keys": new_keys})

    def rotate_key(self) -> str:
        """Give the first workspace a new API key, and return it; the old one is answered 401."""
        return self.control("POST", "keys/rotate")["api_key"]

    def behave(self, **switches: Any) -> None:
        """Set switches, such as `omitted_secrets="clear"`."""
        self.control("PATCH", "behaviour", switches)

    def behave_as_usual(self) -> None:
        """Set every switch to its default."""
        self.behave(**Behaviour().as_dict())

    def fail(self, **fault: Any) -> None:
        """Add a fault, such as `kind="status", status=503, method="POST", times=2`."""
        self.control("POST", "faults", fault)

    def clear_faults(self) -> None:
        """No faults any more."""
        self.control("DELETE", "faults")

    def delay(self, milliseconds: int, **rule: Any) -> None:
        """Let requests wait; narrow it with `up_to_milliseconds`, `method`, `route`, `path`."""
        self.control("POST", "latency", {"milliseconds": milliseconds, **rule})

    def limit_rate(self, **limit: Any) -> None:
        """Limit requests, such as `requests=5, seconds=10` or `requests_per_minute=60`."""
        self.control("POST", "rate-limits", limit)

    def clear_rate_limits(self) -> None:
        """No rate limits any more."""
        self.control("DELETE", "rate-limits")

    def fail_connections(self, **failing: Any) -> None:
        """Let connections fail, such as `type="salesforce", after_reads=2, action="revoke"`."""
        self.control("POST", "connection-faults", failing)

    def clear_connection_faults(self) -> None:
        """No connection fails by itself any more; those that failed stay as they are."""
        self.control("DELETE", "connection-faults")

    def requests(self, method: str | None = None, path: str | None = None) -> list[dict[str, Any]]:
        """The recorded requests under /api, oldest first."""
        wanted = {"method": method, "path": path}
        query = urlencode({name: value for name, value in wanted.items() if value is not None})
        return self.control("GET", f"requests?{query}")

    def clear_requests(self) -> None:
        """Forget the recorded requests."""
        self.control("DELETE", "requests")

    def connections(self) -> list[dict[str, Any]]:
        """Every connection of every workspace, secrets in clear."""
        return self.control("GET", "connections")

    def connection(self, connection_id: str) -> dict[str, Any]:
        """One connection, secrets in clear."""
        return self.control("GET", f"connections/{connection_id}")

    def authorize(self, connection_id: str) -> None:
        """Give consent, as the person at `auth_url` would."""
        self.control("POST", f"connections/{connection_id}/authorize")

    def deny(self, connection_id: str) -> None:
        """Refuse consent, as the person at `auth_url` would."""
        self.control("POST", f"connections/{connection_id}/deny")

    def revoke(self, connection_id: str, *, status_error: str | None = None) -> None:
        """Withdraw the consent of an OAuth connection, as the service's administrator would."""
        self.control("POST", f"connections/{connection_id}/revoke", {"status_error": status_error})

    def break_connection(self, connection_id: str, *, status_error: str | None = None) -> None:
        """Let a connection's health fail."""
        self.control("POST", f"connections/{connection_id}/break", {"status_error": status_error})

    def heal(self, connection_id: str) -> None:
        """Let a broken connection work again."""
        self.control("POST", f"connections/{connection_id}/heal")

    def change(self, connection_id: str, **changes: Any) -> None:
        """Change a connection behind the client's back: `name`, `configuration`, `policies`."""
        self.control("PATCH", f"connections/{connection_id}", changes)

    def delete(self, object_id: str) -> None:
        """Delete a connection, webhook, role or any other object behind the client's back."""
        self.control("DELETE", f"stored/{object_id}")

    def use(self, connection_id: str, *, kind: str = "bulk_sync", name: str = "A sync") -> str:
        """Let something use a connection; returns its id."""
        dependent = {"connection_id": connection_id, "type": kind, "name": name}
        return self.control("POST", "dependents", dependent)["id"]

    def schema(self, connection_id: str) -> dict[str, Any]:
        """A connection's schema cache: `refreshing`, `populated`, when, polls; `{}` for none."""
        return self.control("GET", f"connections/{connection_id}/schema")

    def refresh_schema(self, connection_id: str) -> None:
        """Start a refresh of a connection's schema cache."""
        self.control("POST", f"connections/{connection_id}/schema/refresh")

    def hold_schema(self, connection_id: str) -> None:
        """Let a schema cache refresh until `finish_schema`; also before the first consent."""
        self.control("POST", f"connections/{connection_id}/schema/hold")

    def finish_schema(self, connection_id: str) -> None:
        """Let a schema cache be ready at once."""
        self.control("POST", f"connections/{connection_id}/schema/finish")

    def records(
        self, connection_id: str, object_id: str, *, deleted: bool = False
    ) -> list[dict[str, Any]]:
        """The rows of an object, such as `records(netsuite, "contact")`: field → value each.

        `deleted`: also those in the service's bin.
        """
        query = "?deleted=true" if deleted else ""
        path = f"{_object(connection_id, object_id)}/records{query}"
        return [one["values"] for one in self.control("GET", path)]

    def add_record(self, connection_id: str, object_id: str, **values: Any) -> dict[str, Any]:
        """Add a row as a person in that service would; returns it with its id and times."""
        path = f"{_object(connection_id, object_id)}/records"
        return self.control("POST", path, {"values": values})["values"]

    def replace_records(
        self, connection_id: str, object_id: str, rows: list[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        """Put rows in the place of all that an object has."""
        path = f"{_object(connection_id, object_id)}/records"
        return [one["values"] for one in self.control("PUT", path, {"rows": rows})]

    def change_record(
        self, connection_id: str, object_id: str, record_id: str | int, **values: Any
    ) -> dict[str, Any]:
        """Change fields of the row with this id as a person in that service would."""
        path = f"{_object(connection_id, object_id)}/records/{_quoted(record_id)}"
        return self.control("PATCH", path, {"values": values})["values"]

    def delete_record(self, connection_id: str, object_id: str, record_id: str | int) -> None:
        """Delete the row with this id as a person in that service would."""
        path = f"{_object(connection_id, object_id)}/records/{_quoted(record_id)}"
        self.control("DELETE", path)

    def add_table(
        self,
        service: str,
        table: str,
        columns: Mapping[str, str] | Sequence[Mapping[str, Any]] | None = None,
        rows: Sequence[Mapping[str, Any]] = (),
    ) -> str:
        """Add a table, such as `add_table("postgresql", "public.orders", rows=[{"id": 1}])`.

        service: a connection's id, or a connection type: then all its connections have the table,
        also those that are made later. columns: names and types, such as `{"id": "number"}`, or
        `{"name", "type", "required", "unique"}` each; left out: those of the rows. Returns the id
        under which discovery shows the table.
        """
        given = list(columns) if isinstance(columns, Sequence) else columns
        body = {"service": service, "table": table, "columns": given, "rows": list(rows)}
        return self.control("POST", "tables", body)["id"]

    def change_field(
        self, connection_id: str, object_id: str, field_id: str, **changes: Any
    ) -> None:
        """Change a field of an object in that service, add one, or remove one.

        changes: `removed=True`, or some of `name`, `type`, `source_type`, `required`,
        `createable`, `updateable`, `unique`. Discovery shows it at once; with `announced=False`
        after the next refresh of the connection's schema.
        """
        path = f"{_object(connection_id, object_id)}/fields/{_quoted(field_id)}"
        self.control("PATCH", path, changes)

    def stored(self, kind: str, object_id: str) -> dict[str, Any]:
        """What GET answers about an object while every switch has its default.

        kind: `connection`, `model`, `sync`, `bulk_sync` (with its `schemas`, each in full), or a
        plain kind such as `webhook` or `role`.
        """
        return self.control("GET", f"stored/{kind}/{object_id}")

    def list_stored(self, kind: str) -> list[dict[str, Any]]:
        """Every object of one kind of every workspace, each as `stored` returns it."""
        return self.control("GET", f"stored/{kind}")

    def all_stored(self) -> dict[str, list[dict[str, Any]]]:
        """Every object of every workspace by kind, each as `stored` returns it."""
        return self.control("GET", "stored")

    def edit(
        self, kind: str, object_id: str, path: str, value: Any, *, strict: bool = False
    ) -> dict[str, Any]:
        """Change one part of an object as a person would, and return what GET then answers.

        path: into what `stored` returns, such as `fields[0].target` or `schedule.minute`; also of
        what is never shown, such as `encryption_passphrase` or `target.create`. value: of the
        type that the API has there; None takes the key or the item away. strict: refuse what the
        API would refuse; otherwise only what it could not hold. What a person cannot change, such
        as `id` or `status`, is refused in either case.
        """
        change = {"path": path, "value": value, "strict": strict}
        return self.control("PATCH", f"stored/{kind}/{object_id}", change)

    def models(self) -> list[dict[str, Any]]:
        """Every model of every workspace, as it is stored."""
        return self.control("GET", "models")

    def model(self, model_id: str) -> dict[str, Any]:
        """One model, as it is stored."""
        return self.control("GET", f"models/{model_id}")

    def change_model(self, model_id: str, **changes: Any) -> None:
        """Change a model behind the client's back, with keys of `PUT /api/models/{id}`."""
        self.control("PATCH", f"models/{model_id}", changes)

    def delete_model(self, model_id: str) -> None:
        """Delete a model behind the client's back."""
        self.control("DELETE", f"models/{model_id}")

    def syncs(self) -> list[dict[str, Any]]:
        """Every sync of every workspace, as it is stored, passphrases in clear."""
        return self.control("GET", "syncs")

    def sync(self, sync_id: str) -> dict[str, Any]:
        """One sync, as it is stored, its passphrase in clear."""
        return self.control("GET", f"syncs/{sync_id}")

    def change_sync(self, sync_id: str, **changes: Any) -> None:
        """Change a sync behind the client's back, with keys of `PUT /api/syncs/{id}`."""
        self.control("PATCH", f"syncs/{sync_id}", changes)

    def delete_sync(self, sync_id: str) -> None:
        """Delete a sync behind the client's back, running or not."""
        self.control("DELETE", f"syncs/{sync_id}")

    def start_execution(self, sync_id: str) -> str:
        """Let a sync run until it is finished or canceled; returns the execution's id.

        A run that does not wait for that: `run_sync`.
        """
        return self.control("POST", f"syncs/{sync_id}/start")["id"]

    def finish_execution(self, sync_id: str, *, status: str = "completed") -> dict[str, Any]:
        """End the current execution of a sync and return it.

        `completed` does its work at once, and so may end as `failed`; any other writes nothing.
        """
        return self.control("POST", f"syncs/{sync_id}/finish", {"status": status})

    def run_sync(self, sync_id: str, **request: Any) -> dict[str, Any]:
        """Run a sync from start to end at once and return the execution with its `counts`.

        request: the keys of `POST /api/syncs/{id}/executions`, such as `resync=True`.
        """
        return self.control("POST", f"syncs/{sync_id}/run", request)

    def end_of(self, execution_id: str) -> dict[str, Any]:
        """The execution once it is over; one that still runs does its work at once."""
        return self.control("POST", f"executions/{execution_id}/end")

    def executions(self, sync_id: str) -> list[dict[str, Any]]:
        """A sync's executions, newest first."""
        return self.control("GET", f"syncs/{sync_id}/executions")

    def run_bulk_sync(self, sync_id: str, **request: Any) -> dict[str, Any]:
        """Run a bulk sync from start to end at once and return the execution with its counts.

        request: the keys of `POST /api/bulk/syncs/{id}/executions`, such as `test=True`.
        """
        return self.control("POST", f"bulk-syncs/{sync_id}/run", request)

    def start_bulk_execution(self, sync_id: str) -> str:
        """Let a bulk sync run until it is finished or canceled; returns the execution's id."""
        return self.control("POST", f"bulk-syncs/{sync_id}/start")["id"]

    def finish_bulk_execution(self, sync_id: str, *, status: str = "completed") -> dict[str, Any]:
        """End the current execution of a bulk sync; only `completed` does its work."""
        return self.control("POST", f"bulk-syncs/{sync_id}/finish", {"status": status})

    def bulk_executions(self, sync_id: str) -> list[dict[str, Any]]:
        """A bulk sync's executions, newest first, as GET shows them, each with its `request`."""
        return self.control("GET", f"bulk-syncs/{sync_id}/executions")

    def results(self, execution_id: str, *, status: str | None = None) -> list[dict[str, Any]]:
        """What became of each record that an execution looked at, in the order of the source.

        Each is `{"record", "status", "source", "target_id", "target", "before", "reason",
        "filter", "warnings"}`. status: only those `inserted`, `updated`, `upserted`, `deleted`,
        `failed`, `unchanged`, `filtered` or `skipped`. Of a bulk sync those that failed are kept
        alone.
        """
        query = "" if status is None else f"?{urlencode({'status': status})}"
        return self.control("GET", f"executions/{execution_id}/results{query}")

    def workspace(self, name: str = "Another workspace") -> dict[str, str]:
        """Add a workspace: `{"organization_id", "api_key", "name"}`."""
        return self.control("POST", "workspaces", {"name": name})

    def advance_clock(self, seconds: float) -> None:
        """Move the emulator's clock forward."""
        self.control("POST", "clock", {"advance_seconds": seconds})


def _object(connection_id: str, object_id: str) -> str:
    return f"connections/{connection_id}/objects/{_quoted(object_id)}"


def _quoted(part: str | int) -> str:
    return quote(str(part), safe="")
