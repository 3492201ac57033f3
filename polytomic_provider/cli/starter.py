"""The files of a new project."""

from textwrap import dedent

TRIAL = "trial"
"""The stack that is deployed to an emulator."""

SYNC = "Contacts to Salesforce ({stack})"
"""The name of the sync in Polytomic."""


def files(name: str, stack: str, *, virtualenv: bool) -> dict[str, str]:
    """Return the text of each file by its name.

    name: of the project. stack: of its first stack. virtualenv: whether the folder has a `.venv`
    for Pulumi to run the program with; without one it takes the `python3` of the environment.
    """
    options = "  options: {virtualenv: .venv}\n" if virtualenv else ""
    return {
        "Pulumi.yaml": PROJECT.format(name=name, options=options),
        f"Pulumi.{stack}.yaml": STACK.format(name=name, purpose="for Polytomic: correct these"),
        f"Pulumi.{TRIAL}.yaml": STACK.format(name=name, purpose="for the emulator: made up"),
        "__main__.py": PROGRAM,
        ".gitignore": IGNORED,
    }


PROJECT = """\
name: {name}
description: Contacts of a PostgreSQL database to Salesforce, by Polytomic
runtime:
  name: python
{options}\
options:
  # Pulumi looks for changes made outside only when told to.
  refresh: always
config:
  databaseHost: {{type: string, description: Host of the database}}
  databaseName: {{type: string, description: Name of the database}}
  databaseUser: {{type: string, description: Who reads the database}}
  databasePassword: {{type: string, secret: true, description: Password of databaseUser}}
  salesforceDomain: {{type: string, description: Domain of your Salesforce}}
"""

STACK = """\
# Values {purpose}. `pulumi config set --secret KEY` adds secrets, encrypted.
config:
  {name}:databaseHost: db.example.com
  {name}:databaseName: shop
  {name}:databaseUser: reader
  {name}:salesforceDomain: example.my.salesforce.com
"""

PROGRAM = dedent('''\
    """Contacts of a PostgreSQL database to Salesforce.

    Names carry the stack's name, so that two stacks of this program can share a workspace.
    """

    import pulumi

    from polytomic_provider import Connection, ConnectionReadiness, Model, Schedule, Sync
    from polytomic_provider.filters import is_not_null

    config = pulumi.Config()
    stack = pulumi.get_stack()

    shop = Connection(
        "shop",
        type="postgresql",
        name=f"Shop ({stack})",
        configuration={
            "hostname": config.require("databaseHost"),
            "port": 5432,
            "database": config.require("databaseName"),
            "username": config.require("databaseUser"),
            "password": config.require_secret("databasePassword"),
        },
    )

    # A person opens auth_url once, and allows Polytomic to write. `pulumi up` waits for that.
    salesforce = Connection(
        "salesforce",
        type="salesforce",
        name=f"Salesforce ({stack})",
        configuration={"domain": config.require("salesforceDomain")},
    )
    shop_ready = ConnectionReadiness("shop-ready", connection=shop)
    salesforce_ready = ConnectionReadiness(
        "salesforce-ready", connection=salesforce, triggers=[salesforce.auth_url]
    )

    contacts = Model(
        "contacts",
        name=f"Contacts ({stack})",
        connection_id=shop_ready,
        configuration={"table": "public.contacts"},
        fields=["id", "email", "first_name", "last_name"],
        identifier="id",
    )

    sync = Sync(
        "contacts-to-salesforce",
        name=f"Contacts to Salesforce ({stack})",
        model=contacts,
        mode="updateOrCreate",
        target={"connection_id": salesforce_ready, "object": "Contact"},
        identity=("email", "Email"),
        fields={"email": "Email", "first_name": "FirstName", "last_name": "LastName"},
        filters=[is_not_null("email"), is_not_null("last_name")],
        schedule=Schedule.daily(hour=10, minute=30),
        active=True,
    )

    pulumi.export("auth_url", salesforce.auth_url)
    pulumi.export("sync_id", sync.id)
''')

IGNORED = """\
.pulumi/
.venv/
__pycache__/
"""
