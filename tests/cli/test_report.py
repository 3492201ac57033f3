"""`polytomic report` writes what the real `pulumi preview --json` prints as a short comment."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polytomic_emulator import RunningEmulator
from polytomic_provider.cli.reporting.markdown import MOST_LINES, as_markdown, marker
from polytomic_provider.cli.reporting.preview import read_preview
from tests.cli.command import polytomic
from tests.engine.deployment import Deployment
from tests.engine.programs import PIPELINE

TYPE = "pulumi-python:dynamic/polytomic:"


def _table(report: str, column: str) -> list[list[str]]:
    """The rows of the table that has a column of this name."""
    lines = report.splitlines()
    start = next(at for at, line in enumerate(lines) if f"| {column} |" in line)
    rows: list[list[str]] = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return rows


@pytest.mark.torture
def test_it_tells_what_the_real_preview_told(tmp_path: Path):
    with RunningEmulator(consent_after=0.2) as emulator:
        environment = {
            "POLYTOMIC_DEPLOYMENT_URL": emulator.url,
            "POLYTOMIC_API_KEY": emulator.api_key,
        }
        deployment = Deployment(tmp_path, environment).create()
        deployment.deploy(PIPELINE)
        deployment.pulumi("config", "set", "polytomic:dataPreview", "rows").ok()
        nothing = polytomic("report", text=deployment.pulumi("preview", "--json").ok().text).ok()
        assert "**No changes**, 6 unchanged\n" in nothing.output
        deployment.program(
            PIPELINE.replace('"FirstName": "firstName"', '"Phone": "phone"')
            .replace('is_not_null("LastName")', 'is_not_null("Phone")')
            .replace("daily(hour=10, minute=30)", "hourly(minute=15)")
        )
        printed = deployment.pulumi("preview", "--json", "--show-secrets").ok().text
        report = polytomic("report", text=printed).ok().output
        first, title, _, summary, *_ = report.splitlines()
        assert first == "<!-- polytomic-report: proof/dev -->"
        assert title == "### Preview of `proof/dev`"
        assert summary == "**1 to update**, 5 unchanged", report
        assert _table(report, "what changes") == [
            [
                "update",
                "Sync `sync`",
                "`fields`, `filters`, `schedule`; runs every hour at minute 15, "
                "before: daily at 10:30 UTC",
            ]
        ]
        assert sorted(_table(report, "target field")) == [
            ["sync", "`firstName`", "`FirstName`", "-"],
            ["sync", "`phone`", "-", "`Phone`"],
        ]
        assert _flowchart(report)[1:] == [
            '  n0["contacts"] --> s0(["sync (update)"]) --> n1["netsuite: contact"]'
        ]
        assert re.search(r"Sample of 20 rows: \d+ kept", report)
        assert report.count("  Row ") == 3
        assert "The change of fields and filters takes effect on its next run" in report
        assert "canary" not in report
        assert emulator.api_key not in report
        file = tmp_path / "preview.json"
        file.write_text(printed)
        again = polytomic("report", str(file), "--fail-on-changes")
        assert (again.code, again.output) == (1, report)
        deployment.program(PIPELINE.replace('"lastName"}', '"lastNme"}'))
        wrong = deployment.pulumi("preview", "--json").failed().text
        told = polytomic("report", text=wrong).ok().output
        assert "; 1 error" in told
        assert "did you mean 'lastName'?" in told


def _urn(kind: str, name: str) -> str:
    return f"urn:pulumi:dev::shop::{TYPE}{kind}::{name}"


def _step(op: str, kind: str, name: str, **more: Any) -> dict[str, Any]:
    return {"op": op, "urn": _urn(kind, name), **more}


def _preview(*steps: dict[str, Any], messages: Any = ()) -> str:
    diagnostics = [{"severity": severity, "message": text} for severity, text in messages]
    return json.dumps({"steps": [*steps], "diagnostics": diagnostics})


def _sync(op: str, name: str, before: Any, after: Any) -> dict[str, Any]:
    model = {"model": "m", "mode": "create"}
    states = {
        "oldState": None if before is None else {"inputs": {**model, "fields": before}},
        "newState": None if after is None else {"inputs": {**model, "fields": after}},
    }
    return _step(op, "Sync", name, **states)


def _led(step: dict[str, Any], model: str, target: str, object_: Any) -> dict[str, Any]:
    """A step of a sync that reads a model of the program and writes to a connection of it."""
    new = step["newState"]
    new["inputs"]["target"] = {"connection_id": "c", "object": object_}
    new["propertyDependencies"] = {"model": [_urn("Model", model)]}
    new["propertyDependencies"]["target"] = [_urn("Connection", target)]
    return step


def _flowchart(report: str) -> list[str]:
    lines = report.splitlines()
    start = lines.index("```mermaid")
    return lines[start + 1 : lines.index("```", start)]


def test_the_lineage_of_what_changes_is_drawn():
    of = {"connection_id": [_urn("Connection", "crm")]}
    bulk = {
        "source_connection_id": [_urn("Connection", "crm")],
        "destination_connection_id": [_urn("Connection", "lake")],
    }
    text = _preview(
        _step("create", "Model", "people", newState={"propertyDependencies": of}),
        _led(_sync("create", "a", None, {"x": "y"}), "people", "erp", "contact"),
        _led(_sync("update", "b", {}, {"x": "y"}), "old", "erp", {"secret": "canary"}),
        _step("create", "BulkSync", "copies", newState={"propertyDependencies": bulk}),
        _sync("create", "elsewhere", None, {"x": "y"}),
        _sync("delete", "gone", {"x": "y"}, None),
    )
    report = polytomic("report", text=text).ok().output
    assert _flowchart(report) == [
        "flowchart LR",
        '  n0["crm: people"] --> s0(["a (create)"]) --> n1["erp: contact"]',
        '  n2["old"] --> s1(["b (update)"]) --> n3["erp"]',
        '  n4["crm"] --> s2(["copies (create)"]) --> n5["lake"]',
    ]
    assert "canary" not in report


def test_a_lineage_of_many_syncs_is_cut_between_two_of_them():
    many = [_led(_sync("create", f"s{n}", None, {"x": "y"}), "m", "c", "o") for n in range(90)]
    *_, last, more = _flowchart(polytomic("report", text=_preview(*many)).ok().output)
    assert re.fullmatch(r'  n0\["m"\] --> s\d+\(\["s\d+ \(create\)"\]\) --> n1\["c: o"\]', last)
    assert re.fullmatch(r'  more\["… and \d+ more syncs"\]', more)


def test_no_value_of_a_resource_is_shown():
    secret = {"configuration": {"password": "canary-1"}, "encryption_passphrase": "canary-2"}
    constant = {"a": {"target": "b", "override_value": "canary-3"}}
    text = _preview(
        _step("update", "Connection", "db", newState={"inputs": secret}, diffReasons=["__x", "y"]),
        _sync("update", "s", {}, constant),
        _sync("create", "t", None, [{"target": "c", "override_value": "canary-4"}]),
    )
    report = polytomic("report", text=text).ok().output
    assert "canary" not in report
    assert "__x" not in report
    assert _table(report, "target field")[1] == ["t", "`c`", "-", "`a constant`"]
    assert "canary" not in polytomic("report", "--json", text=text).ok().output


def test_a_key_of_the_environment_that_a_message_has_is_hidden():
    variables = {"POLYTOMIC_API_KEY": "canary-key-0123456789"}
    text = _preview(messages=[("error", "GET /?key=canary-key-0123456789 failed")])
    assert "canary" not in polytomic("report", text=text, variables=variables).ok().output


def test_a_replacement_is_told_once_and_a_deletion_maps_nothing_any_more():
    text = _preview(
        _sync("delete-replaced", "a", {"x": "y"}, None),
        _sync("replace", "a", {"x": "y"}, {"x": "z"}),
        _sync("create-replacement", "a", {"x": "y"}, {"x": "z"}),
        _sync("delete", "b", {"x": "y"}, {"x": "y"}),
    )
    report = polytomic("report", text=text).ok().output
    assert "**1 to replace, 1 to delete**" in report
    assert sorted(_table(report, "target field")) == [
        ["a", "`y`", "`x`", "-"],
        ["a", "`z`", "-", "`x`"],
        ["b", "`y`", "`x`", "-"],
    ]


def test_the_marker_stays_the_same_and_tells_stacks_apart():
    one = read_preview(_preview(_step("create", "Model", "a")))
    other = read_preview(_preview(_step("delete", "Model", "b"), messages=[("error", "no")]))
    assert marker(one) == marker(other) == "<!-- polytomic-report: shop/dev -->"
    assert marker(one, "nightly") == "<!-- polytomic-report: nightly -->"
    assert marker(one, "--> <script>").count("-->") == 1


@pytest.mark.parametrize("text", ["", "Previewing update", "{}", "[]", '{"steps": 1}'])
def test_what_is_no_preview_is_refused_with_what_to_do(text: str):
    refused = polytomic("report", text=text)
    assert refused.code == 1
    assert "To fix: pulumi preview --json" in refused.errors
    assert polytomic("report", "no-such-file").code == 2


_WORDS = st.text(alphabet="ab|`<>@-*_[]\n \\\x1b~", min_size=1, max_size=30)
_STEPS = st.builds(
    lambda op, kind, name: _step(op, kind, name, diffReasons=[name]),
    st.sampled_from(["create", "update", "delete", "replace", "same"]),
    st.sampled_from(["Connection", "Model"]),
    _WORDS.map(lambda text: text.replace("::", "")),
)
_SYNCS = st.builds(
    lambda name, fields, object_: _led(_sync("update", name, {}, fields), "m", "c", object_),
    _WORDS.map(lambda text: text.replace("::", "")),
    st.dictionaries(_WORDS, _WORDS, max_size=20),
    _WORDS,
)
_MESSAGES = st.tuples(st.sampled_from(["error", "warning", "info"]), _WORDS)


@settings(max_examples=150)
@given(
    steps=st.lists(_STEPS | _SYNCS, max_size=40),
    messages=st.lists(_MESSAGES, max_size=40),
)
def test_no_report_is_longer_than_promised_nor_breaks_its_markup(
    steps: list[dict[str, Any]], messages: list[tuple[str, str]]
):
    report = as_markdown(read_preview(_preview(*steps, messages=messages)), title="Preview")
    lines = report.splitlines()
    assert len(lines) <= MOST_LINES
    assert "\x1b" not in report
    fence = None
    for line in lines[1:]:
        opened = re.fullmatch(r"(`{3,})(?:text|mermaid)", line)
        if fence is None and opened:
            fence = opened[1]
        elif fence is not None and line == fence:
            fence = None
        elif fence is None and line.startswith("|"):
            cells = re.findall(r"(?<!\\)\|", line)
            assert len(cells) in (4, 5), line
        assert fence is not None or "<!--" not in re.sub(r"`[^`]*`", "", line)
    assert fence is None


def test_what_is_cut_says_so_and_errors_come_first():
    many = [_step("create", "Model", f"m{number}") for number in range(100)]
    fields = {f"f{number}": f"t{number}" for number in range(100)}
    messages = [("error", f"error {n}") for n in range(50)] + [("info", "the last word")]
    text = _preview(*many, _sync("update", "s", {}, fields), messages=messages)
    report = polytomic("report", text=text).ok().output
    assert len(report.splitlines()) <= MOST_LINES
    assert "**100 to create, 1 to update**" in report
    assert "error 9" in report
    assert len(re.findall(r"and \d+ more", report)) == 3
    assert "the last word" in report
