"""What the tests of models and syncs stand on: two connections that are ready, a model, a sync."""

from dataclasses import dataclass
from typing import Any

from polytomic import Polytomic
from polytomic.types.model_response import ModelResponse
from polytomic.types.model_sync_v5response import ModelSyncV5Response

from polytomic_emulator import RunningEmulator
from tests.emulator.samples import CSV, NETSUITE, POSTGRESQL, S3, SALESFORCE, SHEET, SNOWFLAKE

FIELDS = ["Email", "FirstName", "LastName"]


@dataclass(frozen=True)
class Pipeline:
    """Ready connections, a model over Salesforce contacts, and bodies for syncs to NetSuite."""

    emulator: RunningEmulator
    client: Polytomic
    salesforce: str
    netsuite: str
    model: str

    def source(self, field: str) -> dict[str, str]:
        """A field of the model, as syncs name it."""
        return {"model_id": self.model, "field": field}

    def mapping(self, field: str, target: str, **more: Any) -> dict[str, Any]:
        """One field mapping."""
        return {"source": self.source(field), "target": target, **more}

    def identity(self, field: str = "Email", target: str = "email") -> dict[str, Any]:
        """The older `identity`."""
        return {"source": self.source(field), "target": target, "function": "Equality"}

    def filter(self, field: str = "LastName", function: str = "IsNotNull", **more: Any) -> Any:
        """One of the older `filters`, on the model."""
        return {
            "field": self.source(field),
            "field_type": "Model",
            "function": function,
            **more,
        }

    def body(self, **more: Any) -> dict[str, Any]:
        """The guide's sync, with some keys of one's own."""
        return {
            "name": "Contacts",
            "mode": "updateOrCreate",
            "fields": [self.mapping("Email", "email"), self.mapping("LastName", "lastName")],
            "identity": self.identity(),
            "schedule": {"frequency": "manual"},
            "target": {"connection_id": self.netsuite, "object": "contact"},
            **more,
        }

    def sync(self, **more: Any) -> ModelSyncV5Response:
        """Create the guide's sync."""
        return self.client.model_sync.create(**self.body(**more)).data


def connect(emulator: RunningEmulator, client: Polytomic, kind: str = "netsuite") -> str:
    """A connection whose schema cache is ready."""
    configurations: dict[str, Any] = {
        "netsuite": NETSUITE,
        "salesforce": SALESFORCE,
        "postgresql": POSTGRESQL,
        "hubspot": {},
        "s3": S3,
        "snowflake": SNOWFLAKE,
        "csv": CSV,
        "gsheets": SHEET,
    }
    made = client.connections.create(
        name=kind.title(), type=kind, configuration=configurations[kind]
    ).data
    if made.auth_url:
        emulator.authorize(made.id)
    emulator.finish_schema(made.id)
    return made.id


def model_over(client: Polytomic, connection_id: str, **more: Any) -> ModelResponse:
    """A model over Salesforce contacts."""
    body: dict[str, Any] = {"name": "Contacts", "configuration": {"table": "Contact"}}
    return client.models.create(
        connection_id=connection_id, **body | {"fields": FIELDS} | more
    ).data


def pipeline(emulator: RunningEmulator, client: Polytomic) -> Pipeline:
    """Everything that a sync needs."""
    salesforce = connect(emulator, client, "salesforce")
    return Pipeline(
        emulator,
        client,
        salesforce,
        connect(emulator, client, "netsuite"),
        model_over(client, salesforce).id,
    )
