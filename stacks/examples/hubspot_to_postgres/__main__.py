"""Contacts and companies of HubSpot, whole, into tables of a PostgreSQL database.

Phone numbers arrive obfuscated. Properties that HubSpot gains later are copied, too.
"""

import pulumi

from polytomic_provider import BulkSync, Connection, ConnectionReadiness, Schedule

config = pulumi.Config()
hubspot = Connection("hubspot", type="hubspot", configuration={})
database = Connection(
    "database",
    type="postgresql",
    configuration={
        "hostname": config.require("databaseHost"),
        "port": 5432,
        "database": "analytics",
        "username": "writer",
        "password": config.require_secret("databasePassword"),
    },
)
bulk_sync = BulkSync(
    "hubspot-to-database",
    source_connection_id=ConnectionReadiness("hubspot-ready", connection=hubspot),
    destination_connection_id=ConnectionReadiness("database-ready", connection=database),
    destination_configuration={"schema": "hubspot"},
    mode="replicate",
    schemas=[{"id": "contacts", "fields": {"phone": {"obfuscate": True}}}, "companies"],
    automatically_add_new_fields="all",
    default_schedule=Schedule.hourly(),
    active=True,
)
pulumi.export("auth_url", hubspot.auth_url)
pulumi.export("bulk_sync_ids", [bulk_sync.id])
