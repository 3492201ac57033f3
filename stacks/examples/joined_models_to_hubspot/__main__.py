"""Two tables as two models, joined: each contact goes to HubSpot with the name of its company."""

import pulumi

from polytomic_provider import Connection, ConnectionReadiness, Model, Schedule, Sync
from polytomic_provider.filters import is_not_null

config = pulumi.Config()
database = Connection(
    "database",
    type="postgresql",
    configuration={
        "hostname": config.require("databaseHost"),
        "port": 5432,
        "database": "shop",
        "username": "reader",
        "password": config.require_secret("databasePassword"),
    },
)
hubspot = Connection("hubspot", type="hubspot", configuration={})
database_ready = ConnectionReadiness("database-ready", connection=database)

companies = Model(
    "companies",
    connection_id=database_ready,
    configuration={"table": "public.companies"},
    fields=["id", "name"],
    identifier="id",
)
contacts = Model(
    "contacts",
    connection_id=database_ready,
    configuration={"table": "public.contacts"},
    fields=["id", "email", "first_name", "last_name", "company_id"],
    identifier="id",
    relations=[{"from": "company_id", "to": {"model_id": companies, "field": "id"}}],
)
sync = Sync(
    "contacts-to-hubspot",
    model=contacts,
    mode="updateOrCreate",
    target={
        "connection_id": ConnectionReadiness("hubspot-ready", connection=hubspot),
        "object": "contacts",
    },
    identity=("email", "email"),
    fields=[
        {"source": "email", "target": "email"},
        {"source": "first_name", "target": "firstname"},
        {"source": "last_name", "target": "lastname"},
        {
            "source": {"model_id": companies, "field": "name"},
            "target": "shop_company",
            # A property that HubSpot does not have yet.
            "new": True,
        },
    ],
    filters=[is_not_null("email")],
    schedule=Schedule.hourly(),
    active=True,
)
pulumi.export("auth_url", hubspot.auth_url)
pulumi.export("sync_ids", [sync.id])
