"""Programs that a type checker must refuse: each line that is marked, by that rule, no other."""

from polytomic_provider import Connection, ConnectionReadiness, Model, Schedule, Sync
from polytomic_provider.filters import equals, is_not_null

crm = Connection("crm", type="salesforce", configuration={"domain": "acme"})
Connection("crm", "salesforce", configuration={})  # expect: reportCallIssue
Connection("crm", type=5, configuration={})  # expect: reportArgumentType reportCallIssue
Connection("crm", type="salesforce")  # expect: reportCallIssue
Connection("crm", type="csv", configuration={}, colour="blue")  # expect: reportCallIssue

ready = ConnectionReadiness("ready", connection=crm)
ConnectionReadiness("ready", connection=crm, timeout=5)  # expect: reportArgumentType

contacts = Model("contacts", connection_id=ready, configuration={"table": "Contact"})
Model("contacts", connection_id=contacts, configuration={})  # expect: reportArgumentType
Model("contacts", connection_id=crm, configuration={}, fields="Email,Name")

target = {"connection_id": "id", "object": "contact"}
fields = {"Email": "email"}
sync = Sync(
    "sync",
    model=contacts,
    mode="updateOrCreate",
    target={"connection_id": ready, "object": "contact"},
    identity=("Email", "email"),
    fields={"Email": "email", "Phone": {"target": "phone", "sync_mode": "create"}},
    filters=[is_not_null("LastName"), equals("Title", "CEO")],
    schedule=Schedule.daily(hour=10, minute=30),
)
Model(
    "accounts",
    connection_id=ready,
    configuration={"table": "Account"},
    relations=[{"from": "Id", "to": {"model_id": contacts, "field": "AccountId"}}],
    enricher={"connection_id": ready, "configuration": {}},
)
Sync(
    "joined",
    model=contacts,
    mode="create",
    target={"connection_id": ready, "object": "contact"},
    fields=[{"source": {"model_id": contacts, "field": "Email"}, "target": "email"}],
    schedule=Schedule.run_after(sync_ids=[sync.id]),
)
Sync(
    "sync",
    model=contacts,
    mode="upsert",  # expect: reportArgumentType
    target={"connection_id": "id", "objekt": "contact"},  # expect: reportArgumentType
    fields={"Email": {"sync_mode": "create"}},  # expect: reportArgumentType
    identity=("Email",),  # expect: reportArgumentType
    filters=[{"field": "Email", "function": "IsNotNul"}],  # expect: reportArgumentType
    schedule={"frequency": "dayly"},  # expect: reportArgumentType
)
Schedule.daily(minute=30)  # expect: reportCallIssue
equals("Title")  # expect: reportCallIssue
crm.auth_uri.apply(print)  # expect: reportAttributeAccessIssue reportUnknownMemberType
