"""What goes wrong in a sync is told to a webhook, such as that of alerts, and by e-mail.

A workspace has one webhook at most, and it gets the events of all syncs. Where the workspace has
one already, add `adopt=True` to take it over.
"""

import pulumi

from polytomic_provider import (
    Connection,
    ConnectionReadiness,
    GlobalErrorSubscribers,
    Model,
    Schedule,
    Sync,
    Webhook,
)
from polytomic_provider.filters import is_not_null

config = pulumi.Config()
webhook = Webhook(
    "alerts",
    endpoint=config.require("webhookEndpoint"),
    secret=config.require_secret("webhookSecret"),
    disabled=False,
)
GlobalErrorSubscribers("on-call", emails=[config.require("onCall")])
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
salesforce = Connection(
    "salesforce", type="salesforce", configuration={"domain": config.require("salesforceDomain")}
)
contacts = Model(
    "contacts",
    connection_id=ConnectionReadiness("database-ready", connection=database),
    configuration={"table": "public.contacts"},
    fields=["id", "email", "first_name", "last_name"],
    identifier="id",
)
sync = Sync(
    "contacts-to-leads",
    model=contacts,
    mode="updateOrCreate",
    target={
        "connection_id": ConnectionReadiness("salesforce-ready", connection=salesforce),
        "object": "Lead",
    },
    identity=("email", "Email"),
    fields={"email": "Email", "first_name": "FirstName", "last_name": "LastName"},
    # Salesforce takes no lead without a company.
    override_fields={"Company": "from our shop"},
    filters=[is_not_null("email"), is_not_null("last_name")],
    schedule=Schedule.hourly(),
    active=True,
    # The webhook hears of the first run, too.
    opts=pulumi.ResourceOptions(depends_on=[webhook]),
)
pulumi.export("auth_url", salesforce.auth_url)
pulumi.export("sync_ids", [sync.id])
