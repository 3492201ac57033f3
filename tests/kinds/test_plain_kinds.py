"""Webhooks and roles: made once, read, changed, adopted, deleted, as every kind is."""

from dataclasses import replace

import pytest

from polytomic_provider.api import PolytomicError
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.duplicates import AlreadyExists, DeclaredTwice
from tests.faults.samples import CHANGED, PIPELINE
from tests.kinds.conftest import Workbench
from tests.oracle.held import wrong_with

PLAIN = {"Webhook": "events", "Role": "analysts"}
ENDPOINT = "https://acme.example/events"


@pytest.mark.parametrize("kind", PLAIN)
def test_an_object_is_what_its_arguments_say_from_its_creation_to_its_end(
    workbench: Workbench, kind: str
):
    arguments, handler = PIPELINE[PLAIN[kind]].arguments, HANDLERS[kind]
    made = workbench.create(kind, **arguments)
    assert wrong_with(workbench.emulator, kind, made.id, arguments) == []
    changed = {**arguments, **CHANGED[PLAIN[kind]]}
    workbench.restart()
    updated = workbench.update(kind, made, **changed)
    assert wrong_with(workbench.emulator, kind, made.id, changed) == []
    read = workbench.read(kind, updated)
    assert read is not None
    assert not handler.compare(read, updated.arguments).differs
    workbench.delete(kind, read)
    workbench.restart()
    assert workbench.read(kind, read) is None


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        ("Webhook", "endpoint", "https://acme.example/by-hand"),
        ("Webhook", "disabled", True),
        ("Role", "name", "by hand"),
    ],
)
def test_what_a_person_changes_is_drift_and_is_repaired(
    workbench: Workbench, kind: str, path: str, value: object
):
    arguments = {**PIPELINE[PLAIN[kind]].arguments}
    if path == "disabled":
        arguments["disabled"] = False
    made = workbench.create(kind, **arguments)
    workbench.emulator.edit(kind.lower(), made.id, path, value)
    read = workbench.read(kind, made)
    assert read is not None
    assert HANDLERS[kind].compare(read, made.arguments).changed == (path,)
    workbench.update(kind, read, **made.arguments)
    assert wrong_with(workbench.emulator, kind, made.id, arguments) == []


def test_what_the_program_does_not_say_of_a_webhook_stays(workbench: Workbench):
    made = workbench.create("Webhook", endpoint=ENDPOINT, secret="s", disabled=True)
    assert workbench.emulator.stored("webhook", made.id)["disabled"] is True
    unmanaged = replace(made, arguments={"endpoint": ENDPOINT, "secret": "s"})
    workbench.update("Webhook", unmanaged, endpoint="https://acme.example/other")
    assert workbench.emulator.stored("webhook", made.id)["disabled"] is True


@pytest.mark.parametrize("reading", ["shown", "masked", "absent"])
def test_the_secret_of_a_webhook_makes_no_difference_that_never_ends(
    workbench: Workbench, reading: str
):
    workbench.emulator.behave(plain_secrets=reading)
    made = workbench.create("Webhook", endpoint=ENDPOINT, secret="canary")
    read = workbench.read("Webhook", made)
    assert read is not None
    assert not HANDLERS["Webhook"].compare(read, made.arguments).differs
    workbench.update("Webhook", read, secret="another")
    assert workbench.emulator.stored("webhook", made.id)["secret"] == "another"
    assert HANDLERS["Webhook"].secrets(made.arguments) == ["canary"]


def test_a_second_webhook_of_a_workspace_is_named_and_can_be_adopted(workbench: Workbench):
    first = workbench.create("Webhook", "first", endpoint=ENDPOINT, secret="s")
    workbench.restart()
    with pytest.raises(AlreadyExists, match=first.id) as raised:
        workbench.create("Webhook", "second", endpoint="https://acme.example/2", secret="s")
    assert "a workspace has one webhook at most" in str(raised.value)
    assert "another name" not in str(raised.value)
    adopted = workbench.create(
        "Webhook", "second", endpoint="https://acme.example/2", secret="s", adopt=True
    )
    assert adopted.id == first.id
    stored = workbench.emulator.stored("webhook", first.id)
    assert stored["endpoint"] == "https://acme.example/2"


def test_a_role_of_polytomics_own_is_neither_doubled_nor_changed(workbench: Workbench):
    with pytest.raises(AlreadyExists):
        workbench.create("Role", "Admin")
    admin = workbench.create("Role", "Admin", adopt=True)
    assert admin.computed["system"] is True
    with pytest.raises(PolytomicError, match="403"):
        workbench.update("Role", admin, name="another")
    with pytest.raises(PolytomicError, match="403"):
        workbench.delete("Role", admin)
    assert workbench.emulator.stored("role", admin.id)["name"] == "Admin"


@pytest.mark.parametrize("kind", PLAIN)
def test_a_killed_creation_is_found_again(workbench: Workbench, kind: str):
    arguments = PIPELINE[PLAIN[kind]].arguments
    made = workbench.create(kind, **arguments)
    workbench.restart()
    assert workbench.create(kind, **arguments).id == made.id


def test_messages_about_a_webhook_give_it_no_name(workbench: Workbench):
    with pytest.raises(PolytomicError) as nothing:
        workbench.create("Webhook", endpoint=ENDPOINT, secret="s", adopt=True)
    assert "there is no webhook to adopt" in str(nothing.value)
    workbench.create("Webhook", "first", endpoint=ENDPOINT, secret="s")
    with pytest.raises(DeclaredTwice) as twice:
        workbench.create("Webhook", "second", endpoint=ENDPOINT, secret="s")
    assert "Webhook:first" in str(twice.value)
    assert "None" not in f"{nothing.value} {twice.value}"
