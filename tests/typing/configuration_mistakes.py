"""Connections that type checkers must refuse: each line that is marked, and no other.

Pyright marks the key, and where the call begins; mypy the argument.
"""

import pulumi

from polytomic_provider import Connection, ModelSyncPipeline
from polytomic_provider.configurations import Netsuite, Salesforce, Unchecked

config = pulumi.Config()
secret = config.require_secret("secret")

crm = Connection("crm", type="salesforce", configuration={"domain": "acme"}, adopt=True)
shop = Connection(
    "shop",
    type="postgresql",
    configuration={
        "hostname": pulumi.Output.from_input("db.example.com"),
        "database": "shop",
        "username": "reader",
        "password": secret,
        "port": config.get_int("port"),
    },
    opts=pulumi.ResourceOptions(protect=True),
)
Connection("shop", type="postgresql", configuration={"hostname": "h"})  # wrong
Connection("crm", type="salesforce", configuration={"domian": "acme"})  # wrong
Connection("crm", type="salesforce", configuration={"domain": 5})  # wrong
Connection("crm", type="salesforce", configuration={"daily_api_calls": "5"})  # wrong
Connection("crm", type="salesforce", configuration={"connect_mode": "telephone"})  # wrong
Connection("crm", type="salesfroce", configuration={"domain": "acme"})  # wrong
Connection("crm", type=config.require("type"), configuration={"domain": "acme"})  # wrong
Connection("crm", type="salesforce", configuration={"domain": "acme"}, policies=[5])  # wrong
Connection("crm", type="notion", configuration={"colour": "blue"})  # wrong
# mypy compares with any type's keys: of this one, the preview alone would tell its users.
Connection("crm", type="salesforce", configuration={"api_key": "k"})  # wrong: pyright
Connection(  # wrong: pyright
    "files",
    type="awsathena",
    configuration={  # wrong: mypy
        "region": "eu-west-1",
        "outputbucket": "bucket",
        "auth_mode": "telephone",  # wrong: pyright
    },
)
Connection("tasks", type="asana", configuration={"projects": [{"value": "1"}]})
Connection("tasks", type="asana", configuration={"projects": [{"valeu": "1"}]})  # wrong


def erp(account: str) -> Netsuite:
    return {
        "account_id": account,
        "consumer_key": secret,
        "consumer_secret": secret,
        "token": secret,
        "token_secret": secret,
    }


Connection("erp", type="netsuite", configuration=erp("5"))
Connection("erp", type="salesforce", configuration=erp("5"))  # wrong: pyright
Connection("crm", type="salesforce", configuration=Salesforce(domain="acme"))
misspelt: Salesforce = {"domian": "acme"}  # wrong

Connection("newer", type=Unchecked("newer"), configuration=Unchecked({"key": 5}))
Connection("newer", type="salesforce", configuration=Unchecked({"domian": 5}))
Connection("named", type=Unchecked(config.require("type")), configuration={"domain": "acme"})
Connection("later", type=crm.type, configuration={"domain": "acme"})
Connection("later", type="netsuite", configuration=pulumi.Output.from_input({"any": 5}))
Connection("given", type="netsuite", configuration=config.require_object("erp"))
Connection.get("there", "id").auth_url.apply(print)


class Crm(Connection):
    def __init__(self, name: str) -> None:
        super().__init__(name, type="salesforce", configuration={"domain": "acme"})


class Misspelt(Connection):
    def __init__(self, name: str) -> None:
        super().__init__(name, type="salesforce", configuration={"domian": name})  # wrong


ModelSyncPipeline(
    "contacts",
    source={"type": "salesforce", "configuration": {"domain": "acme"}},
    target={"type": "netsuite", "configuration": erp("5"), "name": "ERP"},
    model={"configuration": {"table": "Contact"}},
    sync={"mode": "create", "object": "contact", "fields": {"Email": "email"}},
)
ModelSyncPipeline(
    "contacts",
    source={"type": "salesforce", "configuration": {"domian": "acme"}},  # wrong
    target={"type": "netsiute", "configuration": erp("5")},  # wrong
    model={"configuration": {"table": "Contact"}},
    sync={"mode": "create", "object": "contact", "fields": {"Email": "email"}},
)
ModelSyncPipeline(
    "newer",
    source={"type": Unchecked("newer"), "configuration": Unchecked({"key": 5})},
    target=Crm("crm"),
    model={"configuration": {"table": "Contact"}},
    sync={"mode": "create", "object": "contact", "fields": {"Email": "email"}},
)
