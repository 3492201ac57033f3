"""Every argument of a connection that changes nothing by itself."""

import pulumi

from polytomic_provider import Connection

Connection(
    "salesforce",
    type="salesforce",
    name="Salesforce (recorded)",
    configuration={"domain": "acme.my.salesforce.com", "daily_api_calls": 5000},
    redirect_url="https://example.com/done",
    policies=["0b5f9c1e-0000-4000-8000-000000000002", "0b5f9c1e-0000-4000-8000-000000000001"],
    healthcheck_interval="1h",
    reconnect="first",
    force_destroy=True,
    opts=pulumi.ResourceOptions(custom_timeouts=pulumi.CustomTimeouts(create="5m", delete="90s")),
)
Connection(
    "warehouse",
    type="postgresql",
    validate=False,
    configuration={
        "hostname": "db.example.com",
        "username": "reader",
        "password": "recorded-password",
        "database": "crm",
        "port": 5432,
        "ssl": False,
    },
)
Connection(
    "files",
    type="csv",
    configuration={
        "url": "https://files.example.com/a.csv",
        "headers": [{"name": "X-Team", "value": "recorded-header"}],
        "auth": {"basic": {"username": "ann", "password": "recorded-password"}},
    },
)
