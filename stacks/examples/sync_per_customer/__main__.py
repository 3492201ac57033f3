"""To each customer their own contacts, into their own Salesforce: a component for one customer.

`pulumi up` waits for the consent of all customers at once. To add one, add a line to `CUSTOMERS`.
"""

import pulumi

from polytomic_provider import Connection, ConnectionReadiness, Model, Schedule, Sync
from polytomic_provider.filters import equals, is_not_null

CUSTOMERS = {"acme": 1, "globex": 2}
"""The id of each customer in the database."""


class CustomerFeed(pulumi.ComponentResource):
    """A customer's Salesforce, and the sync of that customer's contacts into it."""

    def __init__(self, customer: str, company_id: int, contacts: Model) -> None:
        super().__init__("acme:polytomic:CustomerFeed", customer)
        below = pulumi.ResourceOptions(parent=self)
        salesforce = Connection(
            f"{customer}-salesforce",
            type="salesforce",
            configuration={"domain": f"{customer}.my.salesforce.com"},
            opts=below,
        )
        ready = ConnectionReadiness(f"{customer}-ready", connection=salesforce, opts=below)
        sync = Sync(
            f"{customer}-contacts",
            model=contacts,
            mode="updateOrCreate",
            target={"connection_id": ready, "object": "Contact"},
            identity=("email", "Email"),
            fields={"email": "Email", "first_name": "FirstName", "last_name": "LastName"},
            filters=[
                equals("company_id", company_id),
                is_not_null("email"),
                is_not_null("last_name"),
            ],
            schedule=Schedule.daily(hour=6),
            active=True,
            opts=below,
        )
        self.auth_url = salesforce.auth_url
        self.sync_id = sync.id
        self.register_outputs({"auth_url": self.auth_url, "sync_id": self.sync_id})


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
    fields=["id", "email", "first_name", "last_name", "company_id"],
    identifier="id",
)
feeds = {name: CustomerFeed(name, number, contacts) for name, number in CUSTOMERS.items()}
pulumi.export("auth_urls", {name: feed.auth_url for name, feed in feeds.items()})
pulumi.export("sync_ids", [feed.sync_id for feed in feeds.values()])
