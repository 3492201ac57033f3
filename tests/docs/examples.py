"""Every piece of code that the documentation shows, and what completes it to a program."""

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent
from typing import Any

import yaml
from polytomic import Polytomic

from polytomic_emulator import RunningEmulator
from tests.emulator.pipelines import connect
from tools.reference import END
from tools.stack.target import PIPELINE_VALUES

ROOT = Path(__file__).parents[2]
PAGES = (*ROOT.glob("*.md"), *sorted(ROOT.glob("docs/**/*.md")))
MODULES = (
    "__init__",
    "functions",
    "functions_of_accounts",
    "functions_of_bulk_syncs",
    "functions_of_runs",
    "filters",
    "schedule",
    "pytest_plugin",
    "resources/*",
)
"""Modules whose docstrings speak to those who write programs."""

GENERATED = "connection_overloads.py"
"""A module with the docstring of another one."""

FENCE = re.compile(r"^ *```(.*?)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A piece of code: in which file, in which language, and itself."""

    place: str
    language: str
    text: str


def blocks() -> list[Block]:
    """Every block of the pages, of the docstrings, and every program under `stacks`."""
    found = [
        Block(str(page.relative_to(ROOT)), fence.split(" ")[0], dedent(text))
        for page in PAGES
        for fence, text in FENCE.findall(_written_by_hand(page))
    ]
    for pattern in MODULES:
        for file in sorted((ROOT / "polytomic_provider").glob(f"{pattern}.py")):
            if file.name == GENERATED:
                continue
            place = str(file.relative_to(ROOT))
            found += [Block(place, "python", text) for text in _docstring_blocks(file)]
    for file in sorted(ROOT.glob("stacks/*/__main__.py")):
        found.append(Block(str(file.relative_to(ROOT)), "python", file.read_text("utf-8")))
    return found


def _written_by_hand(page: Path) -> str:
    """The text of a page without what is made from docstrings, whose blocks are found there."""
    return page.read_text(encoding="utf-8").rpartition(f"{END}\n")[2]


def _docstring_blocks(file: Path) -> list[str]:
    """The paragraphs of docstrings that are indented throughout."""
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    texts = [ast.get_docstring(one) or "" for one in nodes if isinstance(one, documented)]
    paragraphs = [part for text in texts for part in text.split("\n\n")]
    indented = [part for part in paragraphs if all(map(_is_indented, part.splitlines()))]
    return [dedent(part) for part in indented if part]


def _is_indented(line: str) -> bool:
    return line.startswith("    ")


@dataclass(frozen=True)
class Completion:
    """What a block lacks of a program that can be deployed.

    prelude: code before it.
    config: the stack's configuration.
    project: what its `Pulumi.yaml` says, where it needs one of its own.
    before: makes what must be there already; answers what to write in place of what is shown.
    partner: the program asks with a partner key.
    """

    prelude: str = ""
    config: Mapping[str, str] = field(default_factory=dict[str, str])
    project: Mapping[str, Any] = field(default_factory=dict[str, Any])
    before: Callable[[RunningEmulator], dict[str, str]] = lambda _: {}
    partner: bool = False


def _a_salesforce(emulator: RunningEmulator) -> dict[str, str]:
    """A connection that somebody else has made; its id takes the place of the one that is shown."""
    id_ = _made(emulator, "salesforce", "salesforce", {"domain": "acme.my.salesforce.com"})
    emulator.authorize(id_)
    emulator.finish_schema(id_)
    return {"248d...": id_}


def _a_warehouse(emulator: RunningEmulator) -> dict[str, str]:
    """A database that somebody else has connected."""
    configuration = {"hostname": "db", "username": "u", "password": "p", "database": "d"}
    id_ = _made(emulator, "warehouse", "postgresql", {**configuration, "port": 5432})
    emulator.finish_schema(id_)
    return {}


def _an_ada(emulator: RunningEmulator) -> dict[str, str]:
    """A user who is there already."""
    client = Polytomic(base_url=emulator.url, token=emulator.api_key)
    client.users.create_current_org_user(email="Ada@example.com")
    return {}


def _a_policy(emulator: RunningEmulator) -> dict[str, str]:
    """A policy that is there already."""
    client = Polytomic(base_url=emulator.url, token=emulator.api_key)
    client.permissions.policies.create(name="Sales")
    return {}


def _a_job(emulator: RunningEmulator) -> dict[str, str]:
    """A job that made a model; its id takes the place of the one that is shown."""
    (id_,) = _a_salesforce(emulator).values()
    client = Polytomic(base_url=emulator.url, token=emulator.api_key)
    table = {"table": "Contact"}
    made = client.models.create(name="M", connection_id=id_, configuration=table, async_=True)
    return {"248d...": made.model_dump()["job"]["job_id"]}


def _some_sheets(emulator: RunningEmulator) -> dict[str, str]:
    """A connection to spreadsheets; its id takes the place of the one that is shown."""
    id_ = _made(emulator, "sheets", "gsheets", {})
    emulator.authorize(id_)
    return {"248d...": id_}


def _some_copies(emulator: RunningEmulator) -> dict[str, str]:
    """A bulk sync that is there already."""
    (source,) = _a_salesforce(emulator).values()
    _a_warehouse(emulator)
    client = Polytomic(base_url=emulator.url, token=emulator.api_key)
    there = client.connections.list().model_dump()["data"]
    client.bulk_sync.create(
        name="CRM to warehouse",
        source_connection_id=source,
        destination_connection_id=next(one["id"] for one in there if one["id"] != source),
        destination_configuration={"schema": "crm"},
        default_schedule={"frequency": "manual"},
    )
    return {}


def _made(emulator: RunningEmulator, name: str, type_: str, configuration: dict[str, Any]) -> str:
    client = Polytomic(base_url=emulator.url, token=emulator.api_key)
    made = client.connections.create(name=name, type=type_, configuration=configuration)
    return made.model_dump()["data"]["id"]


def _project_of(page: str) -> dict[str, Any]:
    (text,) = (one.text for one in blocks() if one.place == page and "runtime:" in one.text)
    return yaml.safe_load(text)


_IMPORTS = """
import pulumi
from polytomic_provider import *
from polytomic_provider.filters import is_not_null
"""
_SALESFORCE = f"""{_IMPORTS}
salesforce = Connection(
    "salesforce", type="salesforce", configuration={{"domain": "acme.my.salesforce.com"}}
)
"""
_READY = f"""{_SALESFORCE}
ready = ConnectionReadiness("ready", connection=salesforce)
"""
_BULK = f"""{_READY}
salesforce_ready = ready
warehouse_ready = Connection(
    "warehouse",
    type="postgresql",
    configuration={{
        "hostname": "db", "username": "u", "password": "p", "database": "d", "port": 5432
    }},
)
"""
_COPIES = f"""{_BULK}
copies = BulkSync(
    "copies",
    source_connection_id=ready,
    destination_connection_id=warehouse_ready,
    destination_configuration={{"schema": "crm"}},
)
"""
_CONTACTS = f"""{_READY}
netsuite = Connection(
    "netsuite",
    type="netsuite",
    configuration={{
        "account_id": "1234567_SB1",
        "consumer_key": "k",
        "consumer_secret": "s",
        "token": "t",
        "token_secret": "ts",
    }},
)
netsuite_ready = ConnectionReadiness("netsuite-ready", connection=netsuite)
contacts = Model(
    "contacts",
    connection_id=ready,
    configuration={{"table": "Contact"}},
    fields=["Email", "LastName"],
)
"""
_SYNC = f"""{_CONTACTS}
sync = Sync(
    "contacts-to-netsuite",
    model=contacts,
    mode="updateOrCreate",
    target={{"connection_id": netsuite_ready, "object": "contact"}},
    identity=("Email", "email"),
    fields={{"Email": "email", "LastName": "lastName"}},
    filters=[is_not_null("LastName"), is_not_null("Email")],
)
"""
_RESOURCES = "polytomic_provider/resources"


def _a_copy(emulator: RunningEmulator) -> dict[str, str]:
    """A bulk sync that has run once."""
    _some_copies(emulator)
    (copies,) = emulator.list_stored("bulk_sync")
    return {"248d...": emulator.run_bulk_sync(copies["id"])["id"]}


def _a_run(emulator: RunningEmulator) -> dict[str, str]:
    """A sync of contacts onto leads that has run once."""
    client = Polytomic(base_url=emulator.url, token=emulator.api_key, max_retries=0)
    crm = connect(emulator, client, "salesforce")
    model = client.models.create(
        name="contacts",
        connection_id=crm,
        configuration={"table": "Contact"},
        fields=["Email", "LastName"],
    ).data.id
    source: Any = {"model_id": model, "field": "Email"}
    fields: Any = [{"source": source, "target": "Email"}]
    target: Any = {"connection_id": crm, "object": "Lead"}
    identity: Any = {"source": source, "target": "Email", "function": "Equality"}
    sync = client.model_sync.create(
        name="Contacts to leads",
        mode="update",
        fields=fields,
        target=target,
        identity=identity,
        schedule={"frequency": "manual"},  # pyright: ignore[reportArgumentType]
    ).data.id
    return {"248d...": emulator.run_sync(sync)["id"]}


_FUNCTIONS = "polytomic_provider/functions.py"
_OF_ACCOUNTS = "polytomic_provider/functions_of_accounts.py"
_BUCKET = f"""{_IMPORTS}
from polytomic_provider.configurations import S3
bucket: S3 = {{
    "s3_bucket_name": "acme",
    "s3_bucket_region": "eu-west-1",
    "auth_mode": "access_key_and_secret",
    "aws_access_key_id": "a",
    "aws_secret_access_key": "s",
}}
"""
_OF_BULK_SYNCS = "polytomic_provider/functions_of_bulk_syncs.py"
_OF_RUNS = "polytomic_provider/functions_of_runs.py"

COMPLETIONS = {
    ("README.md", "databasePassword"): Completion(config={"databasePassword": "made-up"}),
    ("docs/how-to/adopting.md", "adopt=True"): Completion(_IMPORTS, before=_a_salesforce),
    ("docs/how-to/consent.md", "triggers="): Completion(_IMPORTS),
    ("docs/how-to/types.md", "def database("): Completion(config={"password": "made-up"}),
    ("docs/how-to/secrets.md", "databasePassword"): Completion(
        _IMPORTS, config={"databasePassword": "made-up"}
    ),
    ("docs/tutorial/2-workspace.md", "salesforceDomain"): Completion(
        _IMPORTS, config={"salesforceDomain": "example.my.salesforce.com"}
    ),
    ("docs/how-to/testing-your-stack.md", "pulumi.Config()"): Completion(
        config={"salesforceDomain": "acme.my.salesforce.com", "netsuiteTokenSecret": "ts"},
        project=_project_of("docs/how-to/testing-your-stack.md"),
    ),
    ("stacks/salesforce_to_netsuite/__main__.py", "pulumi.Config()"): Completion(
        config={value.key: value.sample or "made-up" for value in PIPELINE_VALUES},
        project=yaml.safe_load((ROOT / "Pulumi.yaml").read_text(encoding="utf-8")),
    ),
    (_FUNCTIONS, "_output(ready.id"): Completion(_SALESFORCE),
    ("docs/reference/functions/index.md", "_output(ready.id"): Completion(_SALESFORCE),
    (_FUNCTIONS, "get_caller_identity()"): Completion(_IMPORTS),
    (_FUNCTIONS, "get_connection("): Completion(_IMPORTS, before=_a_warehouse),
    (_FUNCTIONS, "get_schema("): Completion(_IMPORTS, before=_a_salesforce),
    (_FUNCTIONS, "get_schema_status("): Completion(_IMPORTS, before=_a_salesforce),
    (_FUNCTIONS, "get_source("): Completion(_IMPORTS, before=_a_salesforce),
    (_FUNCTIONS, "get_source_fields("): Completion(_IMPORTS, before=_a_salesforce),
    (_FUNCTIONS, "get_target_objects("): Completion(_IMPORTS, before=_a_salesforce),
    (_FUNCTIONS, "get_target_fields("): Completion(_IMPORTS, before=_a_salesforce),
    (_FUNCTIONS, "create_connect_card_output("): Completion(_IMPORTS),
    (_OF_ACCOUNTS, "get_users("): Completion(_IMPORTS),
    (_OF_ACCOUNTS, "get_user("): Completion(_IMPORTS, before=_an_ada),
    (_OF_ACCOUNTS, "get_roles("): Completion(_IMPORTS),
    (_OF_ACCOUNTS, "get_role("): Completion(_IMPORTS),
    (_OF_ACCOUNTS, "get_policies("): Completion(_IMPORTS),
    (_OF_ACCOUNTS, "get_policy("): Completion(_BUCKET, before=_a_policy),
    (_OF_ACCOUNTS, "get_organizations("): Completion(_IMPORTS, partner=True),
    (_OF_ACCOUNTS, "get_events("): Completion(_IMPORTS),
    (_OF_ACCOUNTS, "get_job("): Completion(_IMPORTS, before=_a_job),
    (_OF_ACCOUNTS, "get_connection_types("): Completion(_IMPORTS),
    (_OF_ACCOUNTS, "get_parameter_values("): Completion(_IMPORTS, before=_some_sheets),
    (_OF_BULK_SYNCS, "get_bulk_syncs("): Completion(_IMPORTS),
    (_OF_BULK_SYNCS, "get_bulk_sync("): Completion(_IMPORTS, before=_some_copies),
    (_OF_BULK_SYNCS, "get_bulk_sync_executions("): Completion(_IMPORTS, before=_a_copy),
    (_OF_BULK_SYNCS, "get_bulk_sync_execution("): Completion(_IMPORTS, before=_a_copy),
    (_OF_BULK_SYNCS, "get_bulk_source("): Completion(_IMPORTS, before=_a_salesforce),
    (_OF_BULK_SYNCS, "get_bulk_destination("): Completion(_IMPORTS, before=_a_warehouse),
    (_OF_RUNS, "get_sync_executions("): Completion(_IMPORTS, before=_a_run),
    (_OF_RUNS, "get_sync_execution("): Completion(_IMPORTS, before=_a_run),
    (_OF_RUNS, "get_model_sample("): Completion(_IMPORTS, before=_a_run),
    (_OF_RUNS, "run_query("): Completion(_IMPORTS, before=_a_warehouse),
    (f"{_RESOURCES}/connection.py", "Connection("): Completion(_IMPORTS),
    (f"{_RESOURCES}/readiness.py", "ConnectionReadiness("): Completion(_SALESFORCE),
    (f"{_RESOURCES}/model.py", "Model("): Completion(_READY),
    (f"{_RESOURCES}/sync.py", "Sync("): Completion(_CONTACTS),
    (f"{_RESOURCES}/shared_connection.py", "SharedConnection("): Completion(
        f"""{_IMPORTS}
warehouse = Connection(
    "warehouse",
    type="postgresql",
    configuration={{
        "hostname": "db", "username": "u", "password": "p", "database": "d", "port": 5432
    }},
)
""",
        partner=True,
    ),
    (f"{_RESOURCES}/schema_field.py", "SchemaField("): Completion(_READY),
    (f"{_RESOURCES}/schema_primary_keys.py", "SchemaPrimaryKeys("): Completion(_READY),
    (f"{_RESOURCES}/sync_error_handling.py", "SyncErrorHandling("): Completion(_SYNC),
    (f"{_RESOURCES}/global_error_subscribers.py", "Subscribers("): Completion(_IMPORTS),
    (f"{_RESOURCES}/record_logging.py", "RecordLogging("): Completion(
        f"""{_IMPORTS}
bucket = Connection(
    "bucket",
    type="s3",
    configuration={{
        "auth_mode": "access_key_and_secret",
        "s3_bucket_name": "logs",
        "aws_access_key_id": "k",
        "aws_secret_access_key": "s",
        "s3_bucket_region": "eu-west-1",
    }},
)
"""
    ),
    (f"{_RESOURCES}/pipeline.py", "ModelSyncPipeline("): Completion(_CONTACTS),
    ("docs/how-to/pipelines.md", "ModelSyncPipeline("): Completion(
        config=dict.fromkeys(
            ("account_id", "consumer_key", "consumer_secret", "token", "token_secret"), "made-up"
        )
    ),
    (f"{_RESOURCES}/sync_run.py", "SyncRun("): Completion(_SYNC),
    (f"{_RESOURCES}/bulk_sync.py", "BulkSync("): Completion(_BULK),
    (f"{_RESOURCES}/bulk_sync_run.py", "BulkSyncRun("): Completion(_COPIES),
    (f"{_RESOURCES}/bulk_sync_error_handling.py", "BulkSyncErrorHandling("): Completion(_COPIES),
    (f"{_RESOURCES}/webhook.py", "Webhook("): Completion(
        f'{_IMPORTS}\nsigning_secret = "made-up"\n'
    ),
    (f"{_RESOURCES}/role.py", "Role("): Completion(_IMPORTS),
    (f"{_RESOURCES}/policy.py", "Policy("): Completion(_IMPORTS),
    (f"{_RESOURCES}/organization.py", "Organization("): Completion(_IMPORTS, partner=True),
    (f"{_RESOURCES}/user.py", "User("): Completion(_IMPORTS),
    (f"{_RESOURCES}/user_api_key.py", "UserApiKey("): Completion(_IMPORTS),
}
"""By the file of a block and an excerpt that only this block of the file has."""

_TUTORIAL = "a part of the tutorial's program, run by its test"

NO_PROGRAMS = {
    **{
        ("docs/tutorial/1-emulator.md", excerpt): _TUTORIAL
        for excerpt in (
            "import pulumi",
            "netsuite = Conn",
            "netsuite_ready = ",
            "Model(\n",
            "sync =",
        )
    },
    ("docs/how-to/gates.md", "connection_id=salesforce"): "fails as the page says, in its own test",
    ("docs/how-to/gates.md", "connection_id=ready"): "what mends it, in the same test",
    ("docs/how-to/types.md", "from crm"): "needs modules that its own test writes",
    ("docs/how-to/types.md", "Unchecked("): "its type is not there yet, as the page says",
    ("docs/how-to/workspaces.md", '"us-crm"'): "needs two accounts, which its own test has",
    ("docs/how-to/workspaces.md", "ACME"): "needs a partner key, which its own test has",
    ("docs/how-to/testing-your-stack.md", "import pytest"): "tests of the recipe, run by its test",
    (
        "docs/reference/emulated-runs.md",
        "RunningEmulator",
    ): "a script without Pulumi, run by its own test",
}
"""Why a block of Python is not deployed, by the same."""

COMMANDS = {
    "README.md": "tests/docs/test_readme.py",
    "docs/tutorial/1-emulator.md": "tests/docs/test_tutorial.py",
    "docs/how-to/consent.md": "tests/cli/test_consent.py",
    "docs/how-to/recover.md": "tests/docs/test_how_to.py",
    "docs/how-to/secrets.md": "tests/docs/test_how_to.py",
    "docs/how-to/workspaces.md": "tests/docs/test_how_to.py",
    "docs/how-to/testing-your-stack.md": "tests/docs/test_testing_your_stack.py",
    "docs/reference/command-line.md": "tests/cli",
    "docs/reference/emulator.md": "tests/docs/test_readme.py",
}
"""By page, where its commands are run. A command that is not says why, in a comment above it."""

NOT_RUN = re.compile(r"<!-- not run: \S[^\n]+ -->\n *```sh\n")

OTHER_LANGUAGES = {
    "sh": "commands for a terminal",
    "text": "what a command prints",
    "json": "a file of faults or of a policy pack's configuration",
    "yaml": "a configuration file",
}
"""What blocks in other languages are, none of which is a program. Python says that it is Python."""
