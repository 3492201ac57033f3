"""What the warehouse knows of customers, to Salesforce contacts: a query, once a day."""

import pulumi

from polytomic_provider import Connection, ConnectionReadiness, Model, Schedule, Sync

QUERY = """
select customers.email, customers.first_name, customers.last_name, accounts.name as "ACCOUNT"
from public.customers as customers
join public.accounts as accounts on accounts.id = customers.account_id
where customers.email is not null and customers.last_name is not null
"""

config = pulumi.Config()
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
salesforce = Connection(
    "salesforce", type="salesforce", configuration={"domain": config.require("salesforceDomain")}
)
customers = Model(
    "customers",
    connection_id=ConnectionReadiness("snowflake-ready", connection=snowflake),
    configuration={"query": QUERY},
    identifier="EMAIL",
)
sync = Sync(
    "customers-to-salesforce",
    model=customers,
    mode="updateOrCreate",
    target={
        "connection_id": ConnectionReadiness("salesforce-ready", connection=salesforce),
        "object": "Contact",
    },
    identity=("EMAIL", "Email"),
    fields={
        "EMAIL": "Email",
        "FIRST_NAME": "FirstName",
        "LAST_NAME": "LastName",
        "ACCOUNT": "Department",
    },
    schedule=Schedule.daily(hour=5),
    active=True,
)
pulumi.export("auth_url", salesforce.auth_url)
pulumi.export("sync_ids", [sync.id])
