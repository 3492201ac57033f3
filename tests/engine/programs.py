"""Programs that the engine tests deploy."""

from textwrap import dedent
from typing import Any

SALESFORCE = dedent("""
    import pulumi
    from polytomic_provider import Connection

    salesforce = Connection(
        "salesforce", type="salesforce", configuration={"domain": "acme.my.salesforce.com"}
    )
    pulumi.export("id", salesforce.id)
    pulumi.export("auth_url", salesforce.auth_url)
    pulumi.export("status", salesforce.status)
""")

NETSUITE_CONFIGURATION: dict[str, Any] = {
    "account_id": "1234567_SB1",
    "consumer_key": "canary-consumer-key",
    "consumer_secret": "canary-consumer-secret",
    "token": "canary-token",
    "token_secret": "canary-token-secret",
}


def connection(resource: str = "netsuite", **arguments: Any) -> str:
    """A program with one connection; NetSuite unless told otherwise."""
    arguments.setdefault("type", "netsuite")
    arguments.setdefault("configuration", NETSUITE_CONFIGURATION)
    written = ", ".join(f"{name}={_written(value)}" for name, value in arguments.items())
    return "\n".join(
        (
            "import pulumi",
            "from polytomic_provider import Connection",
            f"made = Connection({resource!r}, {written})",
            'pulumi.export("id", made.id)',
            'pulumi.export("auth_url", made.auth_url)',
            'pulumi.export("status", made.status)',
        )
    )


class Code(str):
    """A piece of Python, written into a program as it stands."""

    __slots__ = ()


def _written(value: Any) -> str:
    return str(value) if isinstance(value, Code) else repr(value)


PIPELINE = dedent("""
    import pulumi
    from polytomic_provider import Connection, ConnectionReadiness, Model, Schedule, Sync
    from polytomic_provider.filters import is_not_null

    salesforce = Connection(
        "salesforce", type="salesforce", configuration={"domain": "acme.my.salesforce.com"}
    )
    netsuite = Connection(
        "netsuite", type="netsuite",
        configuration={
            "account_id": "1234567_SB1",
            "consumer_key": "canary-consumer-key",
            "consumer_secret": "canary-consumer-secret",
            "token": "canary-token",
            "token_secret": "canary-token-secret",
        },
    )
    salesforce_ready = ConnectionReadiness(
        "salesforce-ready", connection=salesforce, timeout="60s", triggers=[salesforce.auth_url]
    )
    netsuite_ready = ConnectionReadiness("netsuite-ready", connection=netsuite, timeout="60s")
    contacts = Model(
        "contacts",
        connection_id=salesforce_ready,
        configuration={"table": "Contact"},
        fields=["Id", "Email", "FirstName", "LastName", "Phone"],
        identifier="Id",
    )
    sync = Sync(
        "sync",
        model=contacts,
        mode="updateOrCreate",
        target={"connection_id": netsuite_ready, "object": "contact"},
        identity=("Email", "email"),
        fields={"Email": "email", "FirstName": "firstName", "LastName": "lastName"},
        filters=[is_not_null("LastName")],
        schedule=Schedule.daily(hour=10, minute=30),
        active=True,
    )
    pulumi.export("auth_url", salesforce.auth_url)
    pulumi.export("salesforce_id", salesforce.id)
    pulumi.export("netsuite_id", netsuite.id)
    pulumi.export("model_id", contacts.id)
    pulumi.export("sync_id", sync.id)
""")
