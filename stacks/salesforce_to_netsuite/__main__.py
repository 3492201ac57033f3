"""Salesforce contacts to NetSuite contacts, in the five steps of Polytomic's guide.

Names carry the stack's name, so that two stacks of this program can share a workspace.
"""

import pulumi

from polytomic_provider import Connection, ConnectionReadiness, Model, Schedule, Sync
from polytomic_provider.filters import is_not_null

config = pulumi.Config()
stack = pulumi.get_stack()
timeout = config.require("readinessTimeout")

# 1. Create a Salesforce connection: a person opens auth_url and allows Polytomic to read.
salesforce = Connection(
    "salesforce",
    type="salesforce",
    name=f"Salesforce ({stack})",
    configuration={"domain": config.require("salesforceDomain")},
    redirect_url=config.get("redirectUrl") or None,
)

# 2. Create a NetSuite connection: token-based, no consent needed.
netsuite = Connection(
    "netsuite",
    type="netsuite",
    name=f"NetSuite ({stack})",
    configuration={
        "account_id": config.require("netsuiteAccountId"),
        "consumer_key": config.require_secret("netsuiteConsumerKey"),
        "consumer_secret": config.require_secret("netsuiteConsumerSecret"),
        "token": config.require_secret("netsuiteToken"),
        "token_secret": config.require_secret("netsuiteTokenSecret"),
    },
)

# 3. Verify that both are ready; a new consent is waited for again.
salesforce_ready = ConnectionReadiness(
    "salesforce-ready", connection=salesforce, timeout=timeout, triggers=[salesforce.auth_url]
)
netsuite_ready = ConnectionReadiness("netsuite-ready", connection=netsuite, timeout=timeout)

# 4. Create a Salesforce source model: the view that the sync reads.
contacts = Model(
    "contacts",
    name=f"Salesforce contacts ({stack})",
    connection_id=salesforce_ready,
    configuration={"table": "Contact"},
    fields=["Id", "Email", "FirstName", "LastName"],
    identifier="Id",
)

# 5. Sync contacts to NetSuite, leaving out those with an empty LastName (Salesforce keeps empty
#    text as null). To sync another column, add it here and to the model's fields.
sync = Sync(
    "contacts-to-netsuite",
    name=f"Salesforce contacts to NetSuite ({stack})",
    model=contacts,
    mode="updateOrCreate",
    target={"connection_id": netsuite_ready, "object": config.require("targetObject")},
    identity=("Email", "email"),
    fields={"Email": "email", "FirstName": "firstName", "LastName": "lastName"},
    filters=[is_not_null("LastName")],
    schedule=Schedule.manual(),
    active=config.require_bool("active"),
)

pulumi.export("auth_url", salesforce.auth_url)
pulumi.export("salesforce_connection_id", salesforce.id)
pulumi.export("netsuite_connection_id", netsuite.id)
pulumi.export("model_id", contacts.id)
pulumi.export("sync_id", sync.id)
