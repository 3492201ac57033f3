"""Salesforce contacts to NetSuite contacts: the connections, ready for a person's consent.

Names carry the stack's name, so that two stacks of this program can share a workspace.
"""

import pulumi

from polytomic_provider import Connection

config = pulumi.Config()
stack = pulumi.get_stack()

# 1. Salesforce: a person opens auth_url and allows Polytomic to read.
salesforce = Connection(
    "salesforce",
    type="salesforce",
    name=f"Salesforce ({stack})",
    configuration={"domain": config.require("salesforceDomain")},
    redirect_url=config.get("redirectUrl"),
)

# 2. NetSuite: token-based, no consent needed.
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

pulumi.export("auth_url", salesforce.auth_url)
pulumi.export("salesforce_connection_id", salesforce.id)
pulumi.export("netsuite_connection_id", netsuite.id)
