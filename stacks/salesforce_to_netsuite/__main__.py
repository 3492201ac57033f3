"""Salesforce contacts to NetSuite contacts: connections, model and sync."""

import pulumi

config = pulumi.Config()
pulumi.export("salesforce_domain", config.get("salesforceDomain"))
pulumi.export("netsuite_account_id", config.get("netsuiteAccountId"))
