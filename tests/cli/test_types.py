"""`polytomic types` writes what a workspace has as constants that a program can use."""

import ast
import json
import keyword
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from polytomic import Polytomic

from polytomic_emulator import RunningEmulator
from polytomic_provider.cli.typed_module import identifiers, module
from polytomic_provider.cli.typed_objects import Connected, Field, Object
from tests.cli.command import Done, polytomic
from tests.emulator.pipelines import Pipeline, connect
from tests.emulator.samples import NETSUITE
from tests.engine.deployment import Deployment

HOSTILE = [
    "class", "None", "a b", "a-b", "a_b", "_id", "__v", "__class__", "2026", "OBJECT", "Final",
    "Größe", "ﬁeld", "field", "q\"uo'te\\", '"""', "emoji 😀", "line\nbreak", "é",
    "e\u0301", "²", "match",
]  # fmt: skip
MADE = re.compile(r"Made by `polytomic types` on \d{4}-\d\d-\d\d \d\d:\d\d UTC\.")


def _types(emulator: RunningEmulator, *arguments: str, **more: Any) -> Done:
    return polytomic("types", "--no-stack", *arguments, emulator=emulator, **more)


def _loaded(text: str) -> Any:
    """The module, run as a program would import it."""
    found: dict[str, Any] = {}
    exec(compile(text, "constants.py", "exec"), found)  # noqa: S102
    return SimpleNamespace(**found)


def _constants(of_class: Any) -> dict[str, str]:
    return {key: value for key, value in vars(of_class).items() if not key.startswith("__")}


def test_each_field_of_an_object_is_a_constant(made: Pipeline, emulator: RunningEmulator):
    text = _types(emulator, "--connection", made.salesforce).ok().output
    module = _loaded(text)
    (contact,) = (one for one in ast.parse(text).body if getattr(one, "name", "") == "Contact")
    shown = made.client.schemas.get(made.salesforce, "Contact").data
    assert _constants(module.Contact) == {
        "OBJECT": "Contact",
        **{field.id: field.id for field in shown.fields or ()},
    }
    assert module.Contact.LastName == "LastName"
    # An editor shows a label beside the constant that it stands below.
    lines = text.splitlines()
    assert (
        lines[lines.index('    LastName: Final = "LastName"') + 1] == '    """Last Name, string."""'
    )
    assert ast.get_docstring(contact) == "Contact."  # pyright: ignore[reportArgumentType]


def test_it_tells_its_origin_and_no_secret(made: Pipeline, emulator: RunningEmulator):
    text = _types(emulator, "--connection", "Netsuite", "--object", "contact").ok().output
    told = ast.get_docstring(ast.parse(text)) or ""
    assert MADE.search(told)
    assert f"Workspace: Emulated workspace ({emulator.organization_id})" in told
    assert f"Connection: Netsuite (netsuite, {made.netsuite})" in told
    assert "polytomic types --connection Netsuite --object contact" in told
    secrets = [value for key, value in NETSUITE.items() if key != "account_id"]
    for secret in (emulator.api_key, *map(str, secrets)):
        assert secret not in text


def test_objects_of_one_name_in_two_connections_are_apart(
    client: Polytomic, emulator: RunningEmulator
):
    first, second = (connect(emulator, client, "salesforce") for _ in range(2))
    client.connections.update(second, name="Salesforce (EU)", configuration={"domain": "eu"})
    client.connections.update(first, name="Salesforce: EU", configuration={"domain": "eu"})
    emulator.add_table(first, "Only", {"here": "string"})
    text = _types(emulator, "--object", "Contact", "--object", "Only").ok().output
    module = _loaded(text)
    apart = {"Salesforce_EU": "Salesforce (EU)", "Salesforce_EU_2": "Salesforce: EU"}
    for name, connection in apart.items():
        there = getattr(module, name)
        assert there.__doc__ == f"The objects of {connection}."
        assert there.Contact.LastName == "LastName"
    assert module.Salesforce_EU_2.Only.here == "here"
    assert not hasattr(module.Salesforce_EU, "Only")
    by_id = [word for one in (first, second) for word in ("--connection", one)]
    assert "class Salesforce_EU_2:" in _types(emulator, *by_id).ok().output


def test_names_that_python_has_no_use_for_become_ones_that_it_has(
    client: Polytomic, emulator: RunningEmulator
):
    shop = connect(emulator, client, "postgresql")
    emulator.add_table(shop, "we ird.2026", [{"name": one, "type": "string"} for one in HOSTILE])
    text = _types(emulator, "--connection", shop, "--object", "we ird.2026").ok().output
    found = _constants(_loaded(text).we_ird_2026)
    assert found.pop("OBJECT") == "we ird.2026"
    fields = client.schemas.get(shop, "we ird.2026").data.fields or []
    assert sorted(found.values()) == sorted(str(one.id) for one in fields)
    assert (found["class_"], found["a_b"], found["a_b_2"]) == ("class", "a_b", "a b")
    assert (found["field"], found["match"], found["OBJECT_2"]) == ("field", "match", "OBJECT")


@given(st.lists(st.text(), unique=True), st.randoms())
def test_any_names_make_a_module_that_has_them_all(texts: list[str], draw: Any):
    shuffled = draw.sample(texts, len(texts))
    assert identifiers(texts, {"Final"}) == identifiers(shuffled, {"Final"})
    fields = tuple(Field(one, f"{one}\\", one) for one in texts)
    objects = tuple(Object(one, one, fields) for one in texts)
    connections = [Connected(str(n), one, one, objects) for n, one in enumerate(texts[:3])]
    when = datetime(2026, 1, 1, tzinfo=UTC)
    text = module(connections, "".join(texts), "\\".join(texts), when, nested=True)
    names = [name for name, one in vars(_loaded(text)).items() if isinstance(one, type)]
    assert len(names) == len(connections)
    for connection in connections:
        text = module([connection], "w", "c", when, nested=False)
        loaded = {k: v for k, v in vars(_loaded(text)).items() if isinstance(v, type)}
        assert sorted(one.OBJECT for one in loaded.values()) == sorted(texts)
        for one in loaded.values():
            constants = _constants(one)
            assert sorted(constants.values()) == sorted([*texts, one.OBJECT])
            assert not any(keyword.iskeyword(name) for name in constants)


def test_a_file_is_written_anew_only_where_it_would_say_something_else(
    made: Pipeline, emulator: RunningEmulator, tmp_path: Path
):
    file = tmp_path / "types" / "crm.py"
    asked = ("--connection", "Salesforce", "--output", str(file))
    missing = _types(emulator, *asked, "--check")
    assert (missing.code, file.exists()) == (1, False)
    assert "5 objects with" in _types(emulator, *asked).ok().output
    written = MADE.sub("Made by `polytomic types` on 2001-01-01 00:00 UTC.", file.read_text())
    file.write_text(written)
    assert "is up to date" in _types(emulator, *asked).ok().output
    assert _types(emulator, *asked, "--check").ok()
    assert file.read_text() == written
    emulator.add_table(made.salesforce, "Later__c", {"Name": "string"})
    stale = _types(emulator, *asked, "--check")
    assert (stale.code, "is out of date" in stale.output) == (1, True)
    assert file.read_text() == written
    _types(emulator, *asked).ok()
    assert "class Later__c:" in file.read_text()


def test_a_file_of_somebody_s_own_stays(made: Pipeline, emulator: RunningEmulator, tmp_path: Path):
    file = tmp_path / "__main__.py"
    file.write_text("import pulumi\n")
    refused = _types(emulator, "--output", str(file))
    assert (refused.code, file.read_text()) == (1, "import pulumi\n")
    assert "was not made by this command" in refused.errors
    assert _types(emulator, "--check").code == 2


def test_what_is_not_there_is_an_error_that_lists_what_is(
    made: Pipeline, emulator: RunningEmulator
):
    refused = _types(emulator, "--connection", "Salesfroce")
    assert (refused.code, "'Salesforce'" in refused.errors) == (1, True)
    refused = _types(emulator, "--connection", "Salesforce", "--object", "Contcat")
    assert (refused.code, "'Contact'" in refused.errors) == (1, True)
    assert "Traceback" not in refused.errors


def test_only_what_is_wanted_is_read(made: Pipeline, emulator: RunningEmulator):
    before = len(emulator.requests("GET"))
    _types(emulator, "--connection", "Salesforce", "--object", "Contact", "--object", "Lead").ok()
    place = f"/api/connections/{made.salesforce}"
    assert [one["path"] for one in emulator.requests("GET")[before:]] == [
        "/api/me",
        "/api/connections",
        f"{place}/bulksync/source",
        f"{place}/schemas/Contact",
        f"{place}/schemas/Lead",
    ]
    before = len(emulator.requests("GET"))
    _types(emulator, "--connection", "Salesforce").ok()
    assert len(emulator.requests("GET")) - before == 4


@pytest.mark.parametrize("part", ["bulksync/source", "modelsync/targetobjects"])
def test_a_connection_may_be_no_source_or_no_target(
    made: Pipeline, emulator: RunningEmulator, part: str
):
    refusal = {"status": 400, "path": f"/api/connections/{made.netsuite}/{part}"}
    asked = ("--connection", "Netsuite", "--object", "contact")
    whole = _constants(_loaded(_types(emulator, *asked).ok().output).contact)
    emulator.fail(kind="status", times=50, **refusal)
    assert _constants(_loaded(_types(emulator, *asked).ok().output).contact) == whole
    refusal["path"] = f"/api/connections/{made.netsuite}/*"
    emulator.fail(kind="status", times=50, **refusal)
    refused = _types(emulator, *asked)
    assert (refused.code, "objects of connection 'Netsuite'" in refused.errors) == (1, True)


def test_an_unhealthy_connection_is_left_out_or_an_error(
    made: Pipeline, client: Polytomic, emulator: RunningEmulator
):
    waiting = client.connections.create(name="Waiting", type="hubspot", configuration={}).data.id
    told = _types(emulator, "--object", "contact").ok()
    assert f"Left out: 'Waiting' ({waiting}) is not healthy." in told.errors
    assert "class Netsuite:" in told.output
    refused = _types(emulator, "--connection", "Waiting")
    assert refused.code == 1
    assert "the objects of connection 'Waiting'" in refused.errors


def test_json_tells_the_name_of_each_constant(made: Pipeline, emulator: RunningEmulator):
    (told,) = _types(emulator, "--connection", "Netsuite", "--json").ok().json()
    assert (told["id"], told["type"]) == (made.netsuite, "netsuite")
    (contact,) = (one for one in told["objects"] if one["id"] == "contact")
    assert contact["class"] == "contact"
    field = {"id": "lastName", "label": "Last Name", "type": "string", "constant": "lastName"}
    assert field in contact["fields"]


PROGRAM = """
from crm import Contact
from erp import Netsuite
from polytomic_provider import Model, Sync
from polytomic_provider.filters import equals, is_not_null

contact = Netsuite.contact
contacts = Model(
    "contacts",
    connection_id="{salesforce}",
    configuration={{"table": Contact.OBJECT}},
    fields=[Contact.Email, Contact.FirstName, Contact.LastName, Contact.Title],
    identifier=Contact.Email,
)
Sync(
    "contacts-to-netsuite",
    model=contacts,
    mode="updateOrCreate",
    target={{"connection_id": "{netsuite}", "object": contact.OBJECT}},
    identity=(Contact.Email, contact.email),
    fields={{
        Contact.Email: contact.email,
        Contact.FirstName: {{"target": contact.firstName}},
        Contact.LastName: [contact.lastName],
    }},
    override_fields={{contact.title: "Customer"}},
    filters=[is_not_null(Contact.LastName), equals(Contact.Title, "CEO")],
)
"""


@pytest.mark.timeout(600)
def test_a_program_with_the_constants_is_typed_and_deploys(
    made: Pipeline, emulator: RunningEmulator, tmp_path: Path
):
    environment = {
        "POLYTOMIC_DEPLOYMENT_URL": emulator.url,
        "POLYTOMIC_API_KEY": emulator.api_key,
    }
    deployment = Deployment(tmp_path, environment).create()
    project = tmp_path / "project"
    one = ("--connection", made.salesforce, "--output", "crm.py")
    _types(emulator, *one, folder=project).ok()
    _types(emulator, "--object", "contact", "--output", "erp.py", folder=project).ok()
    program = PROGRAM.format(salesforce=made.salesforce, netsuite=made.netsuite)
    deployment.program(program)
    wrong = program.replace("fields=[Contact.Email", "fields=[Contact.Emial").replace(
        "{contact.title:", "{contact.titel:"
    )
    (project / "wrong.py").write_text(wrong)
    lines = [
        number
        for number, (line, meant) in enumerate(
            zip(wrong.splitlines(), program.splitlines(), strict=True), 1
        )
        if line != meant
    ]
    assert _errors("mypy", project, tmp_path) == [("wrong.py", number) for number in lines]
    assert _errors("basedpyright", project, tmp_path) == [("wrong.py", n) for n in lines]
    deployment.up().ok()
    deployment.preview("--refresh", "--expect-no-changes").ok()


def _errors(checker: str, project: Path, folder: Path) -> list[tuple[str, int]]:
    """The file and line of each mistake that a type checker finds in a project."""
    options = {
        "mypy": ["--strict", "--output", "json", "--cache-dir", str(folder / "cache"), "."],
        "basedpyright": ["--outputjson", "--level", "error", "--pythonpath", sys.executable],
    }
    if checker == "basedpyright":
        (project / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}')
    done = subprocess.run(
        [sys.executable, "-m", checker, *options[checker]],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    if checker == "mypy":
        told = [json.loads(line) for line in done.stdout.splitlines()]
        return [(Path(one["file"]).name, one["line"]) for one in told if one["severity"] == "error"]
    told = json.loads(done.stdout)["generalDiagnostics"]
    return sorted({(Path(one["file"]).name, one["range"]["start"]["line"] + 1) for one in told})
