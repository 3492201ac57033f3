"""Companies first, then their contacts: the second sync runs whenever the first has succeeded."""

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
salesforce = Connection(
    "salesforce", type="salesforce", configuration={"domain": config.require("salesforceDomain")}
)
database_ready = ConnectionReadiness("database-ready", connection=database)
salesforce_ready = ConnectionReadiness("salesforce-ready", connection=salesforce)

companies = Model(
    "companies",
    connection_id=database_ready,
    configuration={"table": "public.companies"},
    fields=["id", "name", "domain", "employees"],
    identifier="id",
)
contacts = Model(
    "contacts",
    connection_id=database_ready,
    configuration={"table": "public.contacts"},
    fields=["id", "email", "first_name", "last_name"],
    identifier="id",
)
first = Sync(
    "companies-to-accounts",
    model=companies,
    mode="updateOrCreate",
    target={"connection_id": salesforce_ready, "object": "Account"},
    identity=("domain", "Website"),
    fields={"name": "Name", "domain": "Website", "employees": "NumberOfEmployees"},
    filters=[is_not_null("domain"), is_not_null("name")],
    schedule=Schedule.daily(hour=3),
    active=True,
)
then = Sync(
    "contacts-after-companies",
    model=contacts,
    mode="updateOrCreate",
    target={"connection_id": salesforce_ready, "object": "Contact"},
    identity=("email", "Email"),
    fields={"email": "Email", "first_name": "FirstName", "last_name": "LastName"},
    filters=[is_not_null("email"), is_not_null("last_name")],
    schedule=Schedule.run_after(sync_ids=[first.id], success_only=True),
    active=True,
)
pulumi.export("auth_url", salesforce.auth_url)
pulumi.export("sync_ids", [first.id, then.id])
