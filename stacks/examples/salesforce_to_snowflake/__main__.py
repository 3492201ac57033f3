"""Objects of Salesforce, whole, into Snowflake, every hour.

To copy another object, add its name to `OBJECTS`.
"""

import pulumi

from polytomic_provider import BulkSync, Connection, ConnectionReadiness, Schedule

OBJECTS = ["Account", "Contact", "Opportunity"]

config = pulumi.Config()
salesforce = Connection(
    "salesforce", type="salesforce", configuration={"domain": config.require("salesforceDomain")}
)
snowflake = Connection(
    "snowflake",
    type="snowflake",
    configuration={
        "account": config.require("snowflakeAccount"),
        "username": "POLYTOMIC",
        "password": config.require_secret("snowflakePassword"),
        "dbname": "PROD",
        "warehouse": "SMALL",
    },
)
bulk_sync = BulkSync(
    "salesforce-to-snowflake",
    source_connection_id=ConnectionReadiness("salesforce-ready", connection=salesforce),
    destination_connection_id=ConnectionReadiness("snowflake-ready", connection=snowflake),
    destination_configuration={"schema": "SALESFORCE"},
    mode="replicate",
    schemas=OBJECTS,
    default_schedule=Schedule.hourly(minute=10),
    active=True,
)
pulumi.export("auth_url", salesforce.auth_url)
pulumi.export("bulk_sync_ids", [bulk_sync.id])
