"""A model is edited by hand in the console, by the rules of the API."""

import httpx
import pytest
from polytomic import Polytomic

from polytomic_emulator import RunningEmulator
from tests.emulator.pipelines import Pipeline, connect, model_over
from tests.emulator.samples import MASK
from tests.emulator.web_pages import WebPage, send, visit


@pytest.fixture
def model(contacts: Pipeline) -> str:
    """A model that uses everything that the form can show."""
    return model_over(
        contacts.client,
        contacts.salesforce,
        name="Everything",
        configuration={"table": "Contact", "include_deleted": True},
        identifier="Email",
        tracking_columns=["LastModifiedDate"],
        additional_fields=[{"name": "extra", "type": "string", "label": "Extra"}],
        relations=[{"from": "Email", "to": {"model_id": contacts.model, "field": "Email"}}],
        labels=["sales"],
    ).id


def test_a_model_shows_what_it_reads_and_its_fields(
    person: httpx.Client, contacts: Pipeline, model: str
) -> None:
    page = visit(person, f"/models/{model}")
    assert f"/connections/{contacts.salesforce}" in page.links
    for shown in (
        "First Name",
        "identifier",
        "LastModifiedDate",
        "added",
        "sales",
        "Email of Contacts",
    ):
        assert shown in page.text


def test_saving_without_a_change_changes_nothing_but_the_version(
    person: httpx.Client, emulator: RunningEmulator, model: str
) -> None:
    before = emulator.model(model)
    reply = send(person, f"/models/{model}/edit")
    assert reply.headers["location"] == f"/models/{model}?done=saved"
    after = emulator.model(model)
    stamps = {"updated_at": "", "version": 0}
    for one in (before, after):
        one["fields"] = [field | {"updated_at": ""} for field in one["fields"]]
    assert after | stamps == before | stamps


def test_a_secret_in_what_a_model_reads_is_masked(
    person: httpx.Client, emulator: RunningEmulator, model: str
) -> None:
    emulator.edit("model", model, "configuration.api_token", "canary-token")
    assert MASK in visit(person, f"/models/{model}/edit").text
    for page in (f"/models/{model}", f"/models/{model}/edit"):
        assert "canary" not in visit(person, page).text


def test_name_fields_and_tracking_are_edited(
    person: httpx.Client, polytomic: Polytomic, model: str
) -> None:
    edit = f"/models/{model}/edit"
    send(person, edit, {"name": "By hand", "identifier": "Id"}, without=("field", "FirstName"))
    send(person, edit, without=("tracked", "LastModifiedDate"))
    read = polytomic.models.get(model).data
    assert (read.name, read.identifier, read.tracking_columns) == ("By hand", "Id", [])
    assert [one.name for one in read.fields or []] == ["Email", "LastName", "extra"]


def test_every_field_of_another_object_is_taken(
    person: httpx.Client, polytomic: Polytomic, contacts: Pipeline
) -> None:
    edit = f"/models/{contacts.model}/edit"
    reply = send(person, edit, {"setting-table": "Account", "every": "on"})
    assert reply.status_code == 303
    read = polytomic.models.get(contacts.model).data
    assert read.configuration == {"table": "Account"}
    assert "Industry" in [one.name for one in read.fields or []]


@pytest.mark.parametrize(
    ("wrong", "at", "message"),
    [
        ({"name": ""}, "name", "must not be empty"),
        ({"setting-table": "Nothing"}, "setting-table", "there is no object"),
        ({"setting-table": ""}, "setting-table", "is required in configuration"),
        ({"setting-table": "Account"}, "field-1", "has no field"),
        ({"identifier": "Nothing"}, "identifier", "has no field"),
    ],
)
def test_what_the_api_refuses_is_said_at_the_input(
    person: httpx.Client,
    emulator: RunningEmulator,
    contacts: Pipeline,
    wrong: dict[str, str],
    at: str,
    message: str,
) -> None:
    before = emulator.model(contacts.model)
    reply = send(person, f"/models/{contacts.model}/edit", wrong)
    assert reply.status_code == 422
    page = WebPage(reply.text)
    assert page.invalid == [at]
    assert message in page.text
    assert emulator.model(contacts.model) == before


def test_a_query_is_edited(
    person: httpx.Client, polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    connection = connect(emulator, polytomic, "postgresql")
    query = "select email\nfrom public.contacts"
    made = polytomic.models.create(
        name="Q", connection_id=connection, configuration={"query": query}
    ).data
    edit = f"/models/{made.id}/edit"
    assert dict(visit(person, edit).pairs)["setting-query"] == query
    longer = "select email, id\nfrom public.contacts"
    reply = send(person, edit, {"setting-query": longer.replace("\n", "\r\n"), "every": "on"})
    assert reply.status_code == 303
    read = polytomic.models.get(made.id).data
    assert read.configuration == {"query": longer}
    assert [one.name for one in read.fields or []] == ["email", "id"]


def test_a_form_is_refused_when_the_model_has_changed_meanwhile(
    person: httpx.Client, emulator: RunningEmulator, contacts: Pipeline
) -> None:
    edit = f"/models/{contacts.model}/edit"
    pairs = dict(visit(person, edit).pairs)
    emulator.change_model(contacts.model, name="By a program")
    reply = person.post(edit, data=pairs)
    assert reply.status_code == 422
    assert emulator.model(contacts.model)["name"] == "By a program"
