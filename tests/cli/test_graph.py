"""`polytomic graph` draws every sync of the workspace, whatever the names in it."""

import re
from html.parser import HTMLParser

import pytest

from polytomic_emulator import RunningEmulator
from tests.cli.command import polytomic
from tests.emulator.bulk_uses import bulk_body
from tests.emulator.pipelines import Pipeline, connect, model_over

HOSTILE = '"]; click x <script>alert(1)</script> `#quot;` & --> | end'
NODE = re.compile(r'  (?:  )?([mts]\d+)(\[|\[\(|\(\[)"([^"<>`&]|<br/>)*"(\]|\)\]|\]\))')
EDGE = re.compile(r'  ([ms]\d+) (-->|-\.->)(\|"([^"<>`&]|<br/>)*"\|)? ([ts]\d+)')
SUBGRAPH = re.compile(r'  subgraph c\d+\["[^"<>`&]*"\]')


def _edges(chart: str) -> list[tuple[str, str, str]]:
    """From, to and the label of each edge; every line must be of a form that Mermaid knows."""
    first, *lines = chart.splitlines()
    assert first == "flowchart LR"
    labels: dict[str, str] = {}
    edges: list[tuple[str, str, str]] = []
    for line in lines:
        if found := NODE.fullmatch(line):
            labels[found[1]] = line.split('"')[1]
        elif found := EDGE.fullmatch(line):
            edges.append((found[1], found[5], line.split('"')[1] if '"' in line else ""))
        else:
            assert SUBGRAPH.fullmatch(line) or line == "  end", line
    return [(labels[start], labels[end], label) for start, end, label in edges]


def test_it_leads_from_models_through_syncs_to_objects(emulator: RunningEmulator, made: Pipeline):
    accounts = model_over(
        made.client, made.salesforce, name="Accounts", configuration={"table": "Account"},
        fields=["Id", "Phone"],
    ).id  # fmt: skip
    made.sync(
        name="Two models",
        active=True,
        fields=[
            made.mapping("Email", "email"),
            {"source": {"model_id": accounts, "field": "Phone"}, "target": "phone"},
            made.mapping("LastName", "lastName"),
            {"target": "title", "override_value": "canary-constant"},
        ],
    )
    made.sync(name="Off")
    told = polytomic("graph", "--no-stack", emulator=emulator).ok().output
    assert "canary" not in told
    on = "Two models<br/>updateOrCreate, only when it is started"
    off = "Off<br/>updateOrCreate, only when it is started, off"
    assert sorted(_edges(told)) == sorted(
        [
            ("Contacts", off, "Email → email<br/>LastName → lastName"),
            (off, "contact", ""),
            ("Contacts", on, "Email → email<br/>LastName → lastName"),
            ("Accounts", on, "Phone → phone"),
            (on, "contact", "a constant → title"),
        ]
    )
    assert told.count("subgraph") == 2
    plain = polytomic("graph", "--no-fields", "--no-stack", emulator=emulator).ok().output
    assert {label for _, _, label in _edges(plain)} == {""}
    one = polytomic("graph", "--sync", "Off", "--json", "--no-stack", emulator=emulator).ok()
    assert [flow["name"] for flow in one.json()] == ["Off"]
    assert polytomic("graph", "--sync", "On", "--no-stack", emulator=emulator).code == 1


def test_a_bulk_sync_leads_from_objects_to_tables(emulator: RunningEmulator, made: Pipeline):
    database = connect(emulator, made.client, "postgresql")
    made.client.bulk_sync.create(
        **bulk_body(made.salesforce, database, schemas=["Contact", "Lead"])
    )
    told = polytomic("graph", "--no-stack", emulator=emulator).ok().output
    sync = "CRM<br/>bulk replicate, only when it is started, off"
    assert sorted(_edges(told)) == [
        (sync, "crm", ""),
        ("objects", sync, "Contact → contact<br/>Lead → lead"),
    ]


class _Page(HTMLParser):
    """The elements of a page, and its texts outside of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags = ["html"]
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        if self.tags[-1] not in ("script", "style"):
            self.texts.append(data)


@pytest.mark.parametrize("form", ["mermaid", "html"])
def test_names_are_texts_and_nothing_else(form: str, emulator: RunningEmulator, made: Pipeline):
    made.sync(name=HOSTILE)
    emulator.change(made.salesforce, name=HOSTILE)
    emulator.change_model(made.model, name=HOSTILE)
    told = polytomic("graph", "--format", form, "--no-stack", emulator=emulator).ok().output
    if form == "mermaid":
        assert len(_edges(told)) == 2
    else:
        page = _Page(told)
        assert page.tags.count("script") == 1
        assert HOSTILE in page.texts
        assert "http" not in told


def test_an_empty_workspace_is_an_empty_graph(emulator: RunningEmulator):
    assert polytomic("graph", "--no-stack", emulator=emulator).ok().output == "flowchart LR\n"
    page = polytomic("graph", "--format", "html", "--no-stack", emulator=emulator).ok().output
    assert "0 syncs" in page
