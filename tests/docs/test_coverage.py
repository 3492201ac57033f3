"""The page of what is covered names every method of the installed official package, truthfully."""

import inspect

import pulumi

import polytomic_provider
from tests.official import every_operation
from tools.reference import coverage, functions

METHODS = {one.name for one in every_operation()}


def _entry_of(name: str) -> str:
    """The entry that counts for a method: the longest one that names it."""
    entries = [*coverage.OURS, *coverage.LEFT_OUT]
    fitting = [one for one in entries if one == name or (one[-1] == "." and name.startswith(one))]
    return max(fitting, key=len, default="")


def test_every_method_of_the_official_package_is_used_or_left_out_for_a_reason() -> None:
    assert [name for name in METHODS if not _entry_of(name)] == []
    assert set(coverage.OURS) & set(coverage.LEFT_OUT) == set()
    for name in METHODS:
        ours, reason = coverage.claim(name)
        assert bool(ours) != bool(reason), name


def test_no_entry_names_a_method_that_is_not_there() -> None:
    counted = {_entry_of(name) for name in METHODS}
    assert {*coverage.OURS, *coverage.LEFT_OUT} - counted == set()


def test_what_the_packages_own_clients_ask_is_never_called_left_out() -> None:
    assert {"connections.create", "jobs.get", "schemas.get_records"} <= coverage.asked()
    wrong = {name: coverage.claim(name)[1] for name in coverage.asked() if coverage.claim(name)[1]}
    assert wrong == {}


def test_every_resource_and_every_function_that_asks_stands_in_a_table() -> None:
    tables = (coverage.OURS, coverage.TERRAFORM)
    named = {one.partition(".")[0] for table in tables for ours in table.values() for one in ours}
    resources = {
        name
        for name in polytomic_provider.__all__
        if inspect.isclass(found := getattr(polytomic_provider, name))
        and issubclass(found, pulumi.CustomResource)  # a component asks nothing itself
    }
    assert resources | set(functions.NAMES) <= named


def test_a_method_counts_as_used_only_if_a_client_of_this_package_asks_it() -> None:
    page = coverage.page()
    asked = coverage.asked()
    assert 0 < len(asked) < len(METHODS)
    section = page.partition("## webhooks\n")[2].partition("\n## ")[0]
    for name in ("create", "list_deliveries", "update"):
        (row,) = [line for line in section.splitlines() if line.startswith(f"| `{name}` ")]
        assert ("`Webhook`" in row) == (f"webhooks.{name}" in asked)
