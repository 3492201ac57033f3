"""A pipeline of every kind, as the engine's stand-in takes it."""

from tests.faults.program import Declared, Ref
from tests.valid_arguments import CONFIGURATIONS

PIPELINE = {
    "crm": Declared(
        "Connection",
        {"name": "crm", "type": "salesforce", "configuration": CONFIGURATIONS["salesforce"]},
    ),
    "erp": Declared(
        "Connection",
        {"name": "erp", "type": "netsuite", "configuration": CONFIGURATIONS["netsuite"]},
    ),
    "crm-ready": Declared("ConnectionReadiness", {"connection": Ref("crm"), "timeout": "30s"}),
    "erp-ready": Declared("ConnectionReadiness", {"connection": Ref("erp"), "timeout": "30s"}),
    "contacts": Declared(
        "Model",
        {
            "name": "contacts",
            "connection_id": Ref("crm"),
            "configuration": {"table": "Contact"},
            "fields": ["Id", "Email", "LastName"],
        },
    ),
    "sync": Declared(
        "Sync",
        {
            "name": "sync",
            "model": Ref("contacts"),
            "mode": "updateOrCreate",
            "target": {"connection_id": Ref("erp"), "object": "contact"},
            "identity": ["Email", "email"],
            "fields": {"Email": "email", "LastName": "lastName"},
        },
    ),
}
