"""A customer connects a system of their own on a page of Polytomic Connect, and gets contacts.

1. `pulumi up` exports `connect_url`, a secret: send the customer there.
2. The page sends the customer's browser back to `backTo`. Set the id of the new connection, which
   the list of connections shows: `pulumi config set customerConnection ID`.
3. `pulumi up` makes the sync. The connection stays the customer's: it is read, never changed.
"""

import pulumi

from polytomic_provider import (
    Connection,
    ConnectionReadiness,
    Model,
    Schedule,
    Sync,
    create_connect_card_output,
)
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
contacts = Model(
    "contacts",
    connection_id=ConnectionReadiness("database-ready", connection=database),
    configuration={"table": "public.contacts"},
    fields=["id", "email", "first_name", "last_name"],
    identifier="id",
)

connected = config.get("customerConnection")
if connected is None:
    page = create_connect_card_output(
        "Acme's Salesforce", config.require("backTo"), whitelist=["salesforce"], ttl=3600
    )
    pulumi.export("connect_url", page["redirect_url"])
else:
    crm = Connection.get("customer-salesforce", connected)
    sync = Sync(
        "contacts-to-customer",
        model=contacts,
        mode="updateOrCreate",
        target={
            "connection_id": ConnectionReadiness("customer-ready", connection=crm),
            "object": "Contact",
        },
        identity=("email", "Email"),
        fields={"email": "Email", "first_name": "FirstName", "last_name": "LastName"},
        filters=[is_not_null("email"), is_not_null("last_name")],
        schedule=Schedule.hourly(minute=15),
        active=True,
    )
    pulumi.export("sync_ids", [sync.id])
