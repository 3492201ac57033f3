"""Who uses what: the models, syncs and other things that stand on a connection or a model."""

import json
from typing import Any

from polytomic_emulator.state.database import Database
from polytomic_emulator.state.dependents import Dependent, Dependents

MODEL = "model"
SYNC = "sync"
BULK_SYNC = "bulk_sync"


class Usage:
    """Answers from the stored documents, so that no use can be forgotten."""

    def __init__(self, database: Database, dependents: Dependents) -> None:
        self._database = database
        self._dependents = dependents

    def of_connection(self, connection_id: str) -> list[Dependent]:
        """What uses a connection: models, syncs and bulk syncs to or from it, whatever else."""
        models = [one for one in self._documents("models") if _reads(one, connection_id)]
        read = {one["id"] for one in models if one["connection_id"] == connection_id}
        syncs = [
            one
            for one in self._documents("syncs")
            if _writes(one, connection_id) or read & set(models_of(one))
        ]
        return [
            *(Dependent(one["id"], connection_id, MODEL, one["name"]) for one in models),
            *(Dependent(one["id"], connection_id, SYNC, one["name"]) for one in syncs),
            *(
                Dependent(one["id"], connection_id, BULK_SYNC, one["name"])
                for one in self._documents("bulk_syncs")
                if connection_id in (one["source_connection_id"], one["destination_connection_id"])
            ),
            *self._dependents.of(connection_id),
        ]

    def of_model(self, model_id: str) -> list[Dependent]:
        """The syncs that use a model."""
        return [
            Dependent(one["id"], one["target"]["connection_id"], SYNC, one["name"])
            for one in self._documents("syncs")
            if model_id in models_of(one)
        ]

    def remove_users_of(self, connection_id: str) -> None:
        """Forget everything that uses a connection."""
        with self._database.transaction() as rows:
            for user in self.of_connection(connection_id):
                if user.type == SYNC:
                    rows.execute("DELETE FROM syncs WHERE id = ?", (user.id,))
                elif user.type == MODEL:
                    rows.execute("DELETE FROM models WHERE id = ?", (user.id,))
                elif user.type == BULK_SYNC:
                    rows.execute("DELETE FROM bulk_syncs WHERE id = ?", (user.id,))
            self._dependents.remove_of(connection_id)

    def _documents(self, table: str) -> list[dict[str, Any]]:
        with self._database.transaction() as rows:
            query = f"SELECT document FROM {table} ORDER BY position"  # noqa: S608
            return [json.loads(row["document"]) for row in rows.execute(query).fetchall()]


def _reads(model: dict[str, Any], connection_id: str) -> bool:
    enricher: dict[str, Any] = model["enricher"] or {}
    return connection_id in (model["connection_id"], enricher.get("connection_id"))


def _writes(sync: dict[str, Any], connection_id: str) -> bool:
    return connection_id in (sync["target"]["connection_id"], sync["schedule"]["connection_id"])


def models_of(sync: dict[str, Any]) -> list[str]:
    """The models that a stored sync names, each once, in the order in which they appear."""
    mappings = sync["fields"] + sync["identities"] + sync["conditions"] + sync["overrides"]
    sources = [one.get("source") for one in mappings] + [
        one.get("value_source") for one in mappings
    ]
    return list(dict.fromkeys(source["model_id"] for source in sources if source))
