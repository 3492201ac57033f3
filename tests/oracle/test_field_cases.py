"""Small inputs that people met: what each program, and each change of it, must come to.

The outcomes are written by hand; they also hold `programs.judged` to its word.
"""

import unicodedata
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest

from polytomic_provider import Schedule
from polytomic_provider.filters import contains, equals, is_not_null, one_of, starts_with
from tests.oracle.driver import Resource, World
from tests.oracle.laws import law_1, law_2, put, settled
from tests.oracle.programs import Arguments, Change, Outcome, judged

UPDATE, REPLACE, NOTHING = Outcome.UPDATE, Outcome.REPLACE, Outcome.NOTHING
RECORDED = Outcome.RECORDED
POLICY = "0b5f9c1e-0000-4000-8000-000000000001"
OTHER_POLICY = "0b5f9c1e-0000-4000-8000-000000000002"


@pytest.fixture
def world(bare_world: World) -> World:
    if bare_world.switches or not bare_world.names:
        bare_world.furnish()
    return bare_world


def contacts(**arguments: Any) -> Arguments:
    """A sync of Salesforce contacts onto NetSuite contacts."""
    given: Arguments = {
        "model": "@model.salesforce",
        "mode": "updateOrCreate",
        "target": {"connection_id": "@connection.netsuite", "object": "contact"},
        "identity": ["Email", "email"],
        "fields": {"Email": "email", "LastName": "lastName"},
    }
    return {key: item for key, item in {**given, **arguments}.items() if item is not ...}


def rows(**arguments: Any) -> Arguments:
    """A sync of Salesforce contacts onto a PostgreSQL table."""
    target = {"connection_id": "@connection.postgresql", "object": "public.contacts"}
    return contacts(
        **{"target": target, "fields": {"Email": "email", "LastName": "last_name"}, **arguments}
    )


def people(**arguments: Any) -> Arguments:
    """A sync of Salesforce contacts onto Salesforce contacts, in mode update."""
    given = {
        "mode": "update",
        "target": {"connection_id": "@connection.salesforce", "object": "Contact"},
        "identity": ["Email", "Email"],
        "fields": {"LastName": "LastName"},
    }
    return contacts(**{**given, **arguments})


def to(configuration: Any) -> Arguments:
    """The target of `contacts` with a configuration."""
    target = {"connection_id": "@connection.netsuite", "object": "contact"}
    return {"target": {**target, "configuration": configuration}}


def model(**arguments: Any) -> Arguments:
    """A model over Salesforce contacts."""
    given = {
        "connection_id": "@connection.salesforce",
        "configuration": {"table": "Contact"},
        "fields": ["Id", "Email", "LastName"],
    }
    return {**given, **arguments}


def query(text: str) -> Arguments:
    """The configuration of a model over a query."""
    statement = f"SELECT Id, Email, LastName FROM Contact WHERE {text}"  # noqa: S608
    return {"configuration": {"query": statement}}


def database(password: str = "P@ssw0rd", **arguments: Any) -> Arguments:
    """A PostgreSQL connection."""
    configuration = {
        "hostname": "db.example.com",
        "username": "reader",
        "password": password,
        "database": "sales",
    }
    return {"type": "postgresql", "configuration": configuration, **arguments}


def netsuite(secret: str) -> Arguments:
    """A NetSuite connection."""
    return {
        "type": "netsuite",
        "configuration": {
            "account_id": "1234567_SB1",
            "consumer_key": "a",
            "consumer_secret": "b",
            "token": "c",
            "token_secret": secret,
        },
    }


TWO_IDENTITIES = {
    "identity": ...,
    "identities": {"mappings": [["Email", "email"], ["Id", "id"]], "strategy": "and"},
}


def hold(wrong: list[str]) -> None:
    """Fail with all that is wrong."""
    assert not wrong, "\n".join(wrong)


def case(
    name: str, kind: str, before: Arguments, after: Arguments, outcome: Outcome = UPDATE
) -> Any:
    return pytest.param(kind, before, after, outcome, id=name)


def constants(name: str, before: Arguments, after: Arguments) -> Any:
    """A change of the constants of `contacts`."""
    return case(name, "Sync", contacts(override_fields=before), contacts(override_fields=after))


CHANGES = [
    # A changed program is deployed.
    constants("add a constant False", {"entityId": "x"}, {"entityId": "x", "isInactive": False}),
    constants("drop a constant False", {"entityId": "x", "isInactive": False}, {"entityId": "x"}),
    constants("add a constant 0", {"entityId": "x"}, {"entityId": "x", "phone": 0}),
    constants("add an empty constant", {"entityId": "x"}, {"entityId": "x", "phone": ""}),
    constants("an empty constant to 0", {"phone": ""}, {"phone": 0}),
    constants(
        "a constant without its https", {"phone": "https://acme.com/"}, {"phone": "acme.com"}
    ),
    constants("a constant with its slash", {"phone": "acme.com"}, {"phone": "acme.com/"}),
    constants("a constant in other letters", {"phone": "Acme"}, {"phone": "ACME"}),
    constants("a constant with a zero before", {"phone": "7"}, {"phone": "07"}),
    case(
        "an empty override to 0",
        "Sync",
        contacts(overrides=[{"field": "Phone", "function": "IsNull", "override": ""}]),
        contacts(overrides=[{"field": "Phone", "function": "IsNull", "override": 0}]),
    ),
    case(
        "an empty filter value to 0",
        "Sync",
        contacts(filters=[equals("FirstName", "")]),
        contacts(filters=[equals("FirstName", 0)]),
    ),
    case(
        "a filter value False to an empty one",
        "Sync",
        contacts(filters=[equals("FirstName", False)]),
        contacts(filters=[equals("FirstName", "")]),
    ),
    case(
        "a target configuration with a False more",
        "Sync",
        contacts(**to({"mode": "x"})),
        contacts(**to({"mode": "x", "overwrite": False})),
    ),
    case(
        "an hourly schedule to midnight",
        "Sync",
        contacts(schedule={"frequency": "custom", "minute": "0"}),
        contacts(schedule={"frequency": "custom", "minute": "0", "hour": 0}),
    ),
    case(
        "a schedule part with a zero before",
        "Sync",
        contacts(schedule=Schedule.daily(hour="7", minute=0)),
        contacts(schedule=Schedule.daily(hour="07", minute=0)),
    ),
    case("a password in other letters", "Connection", database("P@ssw0rd"), database("p@SSW0RD")),
    case("a secret without its slash", "Connection", netsuite("abc/"), netsuite("abc")),
    case("a secret with https", "Connection", netsuite("abc"), netsuite("https://abc")),
    case(
        "starts_with without its https",
        "Sync",
        contacts(filters=[starts_with("Email", "https://acme.com")]),
        contacts(filters=[starts_with("Email", "acme.com")]),
    ),
    case(
        "contains in other letters",
        "Sync",
        contacts(filters=[contains("Email", "@Acme")]),
        contacts(filters=[contains("Email", "@ACME")]),
    ),
    case(
        "a query in other letters",
        "Model",
        model(**query("Email like '%@x%' and Name = 'ACTIVE'")),
        model(**query("Email like '%@x%' and Name = 'active'")),
    ),
    case(
        "a connection's name without its slash",
        "Connection",
        database(name="CRM/"),
        database(name="CRM"),
    ),
    case("a model's name in other letters", "Model", model(name="People"), model(name="PEOPLE")),
    case(
        "a sync's name in other letters", "Sync", contacts(name="People"), contacts(name="PEOPLE")
    ),
    case(
        "a label of an added field in other letters",
        "Model",
        model(additional_fields=[{"name": "Score", "type": "number", "label": "Score"}]),
        model(additional_fields=[{"name": "Score", "type": "number", "label": "score"}]),
    ),
    # Only what is equal is equal.
    case(
        "a part that is None",
        "Sync",
        contacts(schedule={"frequency": "hourly", "minute": 5}),
        contacts(schedule={"frequency": "hourly", "minute": 5, "hour": None}),
        NOTHING,
    ),
    case("an argument that is None", "Sync", contacts(), contacts(filters=None), NOTHING),
    case(
        "5 and 5.0",
        "Sync",
        contacts(filters=[equals("FirstName", 5)], **to({"batch": 5})),
        contacts(filters=[equals("FirstName", 5.0)], **to({"batch": 5.0})),
        NOTHING,
    ),
    case(
        "5 and 6",
        "Sync",
        contacts(filters=[equals("FirstName", 5)]),
        contacts(filters=[equals("FirstName", 6)]),
    ),
    case(
        "model fields in another order",
        "Model",
        model(labels=["a", "b"], policies=[POLICY, OTHER_POLICY]),
        model(
            fields=["LastName", "Email", "Id"],
            labels=["b", "a"],
            policies=[OTHER_POLICY, POLICY],
        ),
        NOTHING,
    ),
    case(
        "filters in another order",
        "Sync",
        contacts(filters=[is_not_null("Email"), equals("LastName", "x")]),
        contacts(filters=[equals("LastName", "x"), is_not_null("Email")]),
        NOTHING,
    ),
    case(
        "the values of one_of in another order",
        "Sync",
        contacts(filters=[one_of("LastName", ["a", "b", "c"])]),
        contacts(filters=[one_of("LastName", ["c", "a", "b"])]),
        NOTHING,
    ),
    case(
        "filters that change places in their logic",
        "Sync",
        contacts(
            filters=[is_not_null("Email"), is_not_null("Phone"), is_not_null("Title")],
            filter_logic="A and (B or C)",
        ),
        contacts(
            filters=[is_not_null("Phone"), is_not_null("Email"), is_not_null("Title")],
            filter_logic="A and (B or C)",
        ),
    ),
    case(
        "identities in another order",
        "Sync",
        rows(
            **{
                **TWO_IDENTITIES,
                "identities": {
                    "mappings": [["Email", "email"], ["Id", "id"]],
                    "strategy": "priority",
                },
            }
        ),
        rows(
            **{
                **TWO_IDENTITIES,
                "identities": {
                    "mappings": [["Id", "id"], ["Email", "email"]],
                    "strategy": "priority",
                },
            }
        ),
    ),
    # From one form to another.
    case(
        "two identities to one",
        "Sync",
        rows(**TWO_IDENTITIES),
        rows(),
    ),
    case(
        "one identity to two",
        "Sync",
        rows(),
        rows(**TWO_IDENTITIES),
    ),
    case(
        "two identities to a mode without",
        "Sync",
        rows(**TWO_IDENTITIES),
        rows(mode="replace", identity=...),
    ),
    case(
        "the strategy of identities",
        "Sync",
        rows(**TWO_IDENTITIES),
        rows(
            identity=...,
            identities={**TWO_IDENTITIES["identities"], "strategy": "priority"},
        ),
    ),
    case(
        "a constant among the mappings",
        "Sync",
        contacts(fields=[{"source": "Email", "target": "email"}]),
        contacts(
            fields=[
                {"source": "Email", "target": "email"},
                {"target": "title", "override_value": "static"},
            ]
        ),
    ),
    case(
        "the value of a constant among the mappings",
        "Sync",
        contacts(
            fields=[
                {"source": "Email", "target": "email"},
                {"target": "title", "override_value": "static"},
            ]
        ),
        contacts(
            fields=[
                {"source": "Email", "target": "email"},
                {"target": "title", "override_value": "STATIC"},
            ]
        ),
    ),
    case(
        "a static value beside a source",
        "Sync",
        contacts(fields=[{"source": "Email", "target": "email"}]),
        contacts(fields=[{"source": "Email", "target": "email", "override_value": "static"}]),
    ),
    case(
        "the logic of target filters beside that of model filters",
        "Sync",
        people(
            model_filters={
                "conditions": [
                    {"source": "Email", "function": "IsNotNull"},
                    {"source": "Phone", "function": "IsNotNull"},
                ],
                "logic": "A or B",
            },
            target_filters={
                "conditions": [
                    {"field": "Email", "function": "IsNotNull"},
                    {"field": "LastName", "function": "IsNotNull"},
                ],
                "logic": "A or B",
            },
        ),
        people(
            model_filters={
                "conditions": [
                    {"source": "Email", "function": "IsNotNull"},
                    {"source": "Phone", "function": "IsNotNull"},
                ],
                "logic": "A or B",
            },
            target_filters={
                "conditions": [
                    {"field": "Email", "function": "IsNotNull"},
                    {"field": "LastName", "function": "IsNotNull"},
                ],
                "logic": "A and B",
            },
        ),
    ),
    case(
        "the target object",
        "Sync",
        people(),
        people(target={"connection_id": "@connection.salesforce", "object": "Lead"}),
    ),
    case("the table of a model to a query", "Model", model(), model(**query("Name = 'x'"))),
    case(
        "the model",
        "Sync",
        contacts(fields={"Name": "lastName"}, identity=["Name", "email"]),
        contacts(fields={"Name": "lastName"}, identity=["Name", "email"], model="@model.accounts"),
        REPLACE,
    ),
    case(
        "the target connection",
        "Sync",
        rows(),
        rows(target={"connection_id": "@connection.postgresql2", "object": "public.contacts"}),
        REPLACE,
    ),
    case(
        "the field of a relation",
        "Model",
        model(relations=[{"from": "Id", "to": {"model_id": "@model.accounts", "field": "Id"}}]),
        model(relations=[{"from": "Id", "to": {"model_id": "@model.accounts", "field": "Name"}}]),
        REPLACE,
    ),
    # What ends to be managed is kept.
    case("active is not managed any more", "Sync", contacts(active=True), contacts(), RECORDED),
    case(
        "a sync's policies are not managed any more",
        "Sync",
        contacts(policies=[POLICY]),
        contacts(),
        RECORDED,
    ),
    case("labels are not managed any more", "Model", model(labels=["crm"]), model(), RECORDED),
    case(
        "a model's policies are not managed any more",
        "Model",
        model(policies=[POLICY]),
        model(),
        RECORDED,
    ),
    case(
        "a connection's policies are not managed any more",
        "Connection",
        database(policies=[POLICY]),
        database(),
        RECORDED,
    ),
    case(
        "the health check is not managed any more",
        "Connection",
        database(healthcheck_interval="1h"),
        database(),
        RECORDED,
    ),
]


@pytest.mark.parametrize(("kind", "before", "after", "outcome"), CHANGES)
def test_a_changed_program(
    world: World, kind: str, before: Arguments, after: Arguments, outcome: Outcome
):
    assert judged(kind, before, after) is outcome
    hold(law_2(world, Change(kind, "", before, after), outcome))


@pytest.mark.parametrize(
    ("kind", "arguments"),
    [
        pytest.param("Sync", rows(**TWO_IDENTITIES), id="two identities by and"),
        pytest.param(
            "Sync",
            contacts(
                fields=[
                    {"source": "Email", "target": "email"},
                    {"target": "title", "override_value": "static"},
                ]
            ),
            id="a constant among the mappings",
        ),
        pytest.param(
            "Sync",
            contacts(fields=[{"source": "Email", "target": "email", "override_value": "static"}]),
            id="a static value beside a source",
        ),
        pytest.param(
            "Sync",
            contacts(fields={"Email": {"target": "email", "override_value": "static"}}),
            id="a static value in a map",
        ),
        pytest.param("Model", model(fields=["Id", "Email", "Id"]), id="a field listed twice"),
        pytest.param(
            "Sync",
            contacts(override_fields={"phone": "1234567890123456789"}),
            id="a constant of 19 digits",
        ),
        pytest.param(
            "Sync",
            contacts(filters=[equals("Id", "1234567890123456789")]),
            id="a filter value of 19 digits",
        ),
        pytest.param(
            "Sync",
            contacts(
                model="@model.salesforce",
                fields=[
                    {
                        "source": {"model_id": "@model.accounts", "field": "Name"},
                        "target": "lastName",
                    },
                    {"source": "Email", "target": "email"},
                ],
            ),
            id="a source of another model",
        ),
        pytest.param(
            "Sync",
            rows(
                mode="replace",
                identity=...,
                fields=[
                    {
                        "source": {"model_id": "@model.accounts", "field": "Name"},
                        "target": "last_name",
                    }
                ],
            ),
            id="sources of another model only",
        ),
        pytest.param(
            "Sync",
            people(
                filters=[
                    {"field_id": "@field.salesforce.Email", "function": "IsNotNull"},
                    {"field_id": "Email", "field_type": "Target", "function": "IsNotNull"},
                    {
                        "field_id": "LastName",
                        "field_type": "Target",
                        "function": "Equality",
                        "value_field": "LastName",
                    },
                ]
            ),
            id="filters by field_id and by another field",
        ),
        pytest.param(
            "Model",
            model(
                relations=[
                    {"from": "AccountId", "to": {"model_id": "@model.accounts", "field": "Id"}}
                ],
                fields=["Id", "Email", "AccountId"],
            ),
            id="a relation",
        ),
        pytest.param(
            "Sync",
            contacts(
                filters=[
                    {**is_not_null("Email"), "label": "A"},
                    {**equals("LastName", "x"), "label": "B"},
                ],
                filter_logic="A OR B",
            ),
            id="labels by position",
        ),
        pytest.param(
            "Sync",
            people(
                filters=[
                    {**is_not_null("Email"), "label": "mail"},
                    {
                        "field_id": "Email",
                        "field_type": "Target",
                        "function": "IsNotNull",
                        "label": "known",
                    },
                    {**equals("LastName", "x"), "label": "x"},
                    {
                        "field_id": "LastName",
                        "field_type": "Target",
                        "function": "IsNotNull",
                        "label": "named",
                    },
                ],
                filter_logic="x or mail",
                target={
                    "connection_id": "@connection.salesforce",
                    "object": "Contact",
                    "filter_logic": "named or known",
                },
            ),
            id="labels of the program's own",
        ),
        pytest.param(
            "Model",
            model(
                enricher={
                    "connection_id": "@connection.postgresql",
                    "configuration": {"a": "b"},
                    "mappings": {"email": "Email"},
                }
            ),
            id="an enricher",
        ),
        pytest.param(
            "Sync",
            contacts(
                overrides=[
                    {
                        "field_id": "@field.salesforce.Phone",
                        "function": "IsNull",
                        "override": {"a": [0, False, ""]},
                    }
                ]
            ),
            id="an override by field_id",
        ),
        pytest.param(
            "Sync",
            contacts(schedule=Schedule.dbt_cloud(connection_id="@connection.netsuite", job_id=12)),
            id="a schedule after a job",
        ),
        pytest.param("Sync", contacts(schedule=Schedule.cron(hour=5)), id="a cron schedule"),
        pytest.param("Sync", people(mode="remove", fields=[]), id="no mappings at all"),
        pytest.param(
            "Sync",
            contacts(override_fields={"isInactive": True, "phone": 5, "title": 2.5}),
            id="constants become texts",
        ),
        pytest.param(
            "Sync",
            contacts(schedule=Schedule.run_after(sync_ids=["@sync.one"], success_only=True)),
            id="a run after another",
        ),
    ],
)
def test_a_program_settles(world: World, kind: str, arguments: Arguments):
    hold(law_1(world, kind, arguments, arguments))


def test_a_target_that_the_sync_creates_settles(world: World):
    connection = world.names["@connection.postgresql"]
    found = world.request("GET", f"connections/{connection}/modelsync/targetobjects", whole=True)
    known = {"schema": "public", "table": "made", "name": "public.made"}
    wanted = [one["id"] for one in found["target_creation"]["properties"]]
    arguments = contacts(
        mode="create",
        identity=...,
        fields=[{"source": "Email", "target": "mail", "new": True}],
        target={"connection_id": connection, "create": {key: known[key] for key in wanted}},
    )
    hold(law_1(world, "Sync", arguments, arguments))


def test_logic_over_filters_in_another_order_that_are_shown_by_id_settles(bare_world: World):
    bare_world.furnish(list_order="sorted", filter_fields="id")
    arguments = contacts(
        filters=[is_not_null("Title"), is_not_null("Phone"), is_not_null("Name")],
        filter_logic="A and (B or C)",
    )
    hold(law_1(bare_world, "Sync", arguments, arguments))


# What a person or the server does to what is stored.


@pytest.fixture
def made(world: World) -> Iterator[Callable[[str, Arguments], Resource]]:
    """Makes resources that are gone after the test."""
    there: list[Resource] = []

    def make(kind: str, arguments: Arguments) -> Resource:
        world.restart()
        there.append(world.create(kind, arguments))
        return there[-1]

    yield make
    for one in there:
        world.delete(one)


def edited(world: World, resource: Resource, edit: Callable[[dict[str, Any]], object]) -> Any:
    """Change the stored object by hand; returns it as it then is."""
    stored = deepcopy(world.stored(resource))
    edit(stored)
    put(world, resource, stored)
    return world.stored(resource)


def put_in(*steps: str | int, value: Any) -> Callable[[dict[str, Any]], None]:
    """An edit that puts a value at a place."""

    def edit(stored: dict[str, Any]) -> None:
        inside: Any = stored
        for step in steps[:-1]:
            inside = inside[step]
        if value is ...:
            del inside[steps[-1]]
        else:
            inside[steps[-1]] = value

    return edit


CONDITION = ("model_filters", "conditions", 0, "value")
SEEN = [
    ("a name", "Connection", database(name="CRM/"), put_in("name", value="CRM")),
    ("a database", "Connection", database(), put_in("configuration", "database", value="SALES")),
    (
        "a query",
        "Model",
        model(**query("Name = 'ACTIVE'")),
        put_in("configuration", "query", value=query("Name = 'active'")["configuration"]["query"]),
    ),
    (
        "a constant",
        "Sync",
        contacts(override_fields={"phone": "https://acme.com/"}),
        put_in("override_fields", 0, "override_value", value="acme.com"),
    ),
    (
        "a constant 0",
        "Sync",
        contacts(override_fields={"phone": ""}),
        put_in("override_fields", 0, "override_value", value="0"),
    ),
    (
        "a filter value",
        "Sync",
        contacts(filters=[contains("Email", "@Acme")]),
        put_in(*CONDITION, value="@ACME"),
    ),
    (
        "a start without https",
        "Sync",
        contacts(filters=[starts_with("Email", "https://acme.com")]),
        put_in(*CONDITION, value="acme.com"),
    ),
    (
        "an empty filter value",
        "Sync",
        contacts(filters=[equals("FirstName", "")]),
        put_in(*CONDITION, value=0),
    ),
    (
        "a False more of the target",
        "Sync",
        contacts(**to({"mode": "x", "overwrite": False})),
        put_in("target", "configuration", "overwrite", value=True),
    ),
    (
        "midnight",
        "Sync",
        contacts(schedule={"frequency": "custom", "minute": "0"}),
        put_in("schedule", "hour", value="0"),
    ),
    (
        "the second identity",
        "Sync",
        rows(**TWO_IDENTITIES),
        put_in("identities", "mappings", 1, value=...),
    ),
    (
        "the logic of target filters",
        "Sync",
        people(
            target_filters={
                "conditions": [
                    {"field": "Email", "function": "IsNotNull"},
                    {"field": "LastName", "function": "IsNotNull"},
                ],
                "logic": "A or B",
            }
        ),
        put_in("target_filters", "logic", value="A and B"),
    ),
    (
        "the logic of target filters in the older form",
        "Sync",
        people(
            filters=[
                {"field_id": "Email", "field_type": "Target", "function": "IsNotNull"},
                {"field_id": "LastName", "field_type": "Target", "function": "IsNotNull"},
            ],
            target={
                "connection_id": "@connection.salesforce",
                "object": "Contact",
                "filter_logic": "A or B",
            },
        ),
        put_in("target_filters", "logic", value="A and B"),
    ),
    (
        "a schedule that a program leaves out",
        "Sync",
        contacts(),
        put_in("schedule", value={"frequency": "continuous"}),
    ),
]


@pytest.mark.parametrize(
    ("kind", "arguments", "edit"), [pytest.param(*rest, id=name) for name, *rest in SEEN]
)
def test_a_change_by_hand_is_seen_and_repaired(
    world: World,
    made: Callable[[str, Arguments], Resource],
    kind: str,
    arguments: Arguments,
    edit: Callable[[dict[str, Any]], None],
):
    resource = made(kind, arguments)
    before = edited(world, resource, edit)
    assert world.wrong(resource, arguments) != []
    world.refresh(resource)
    assert world.preview(resource, arguments) == "update"
    world.up(resource, arguments)
    hold(settled(world, resource, arguments, before))


NOT_SEEN = [
    (
        "a key that the server adds inside an object",
        contacts(**to({"mode": {"name": "x"}})),
        put_in("target", "configuration", "mode", "added", value=1),
    ),
    (
        "a key that the server adds beside",
        contacts(**to({"mode": "x"})),
        put_in("target", "configuration", "added", value=1),
    ),
    (
        "numeric text as a number",
        contacts(filters=[equals("FirstName", "7")]),
        put_in(*CONDITION, value=7),
    ),
    (
        "Unicode in another form",
        contacts(filters=[equals("FirstName", "Größe")]),
        put_in(*CONDITION, value=unicodedata.normalize("NFD", "Größe")),
    ),
    ("active, left out", contacts(), put_in("active", value=True)),
    ("policies, left out", contacts(), put_in("policies", value=[POLICY])),
]


@pytest.mark.parametrize(
    ("arguments", "edit"), [pytest.param(*rest, id=name) for name, *rest in NOT_SEEN]
)
def test_what_the_server_does_by_itself_is_no_drift(
    world: World,
    made: Callable[[str, Arguments], Resource],
    arguments: Arguments,
    edit: Callable[[dict[str, Any]], None],
):
    resource = made("Sync", arguments)
    edited(world, resource, edit)
    world.refresh(resource)
    assert world.preview(resource, arguments) == "nothing"


@pytest.mark.parametrize(
    ("kind", "arguments", "edit"),
    [
        pytest.param("Sync", contacts(), put_in("active", value=True), id="active"),
        pytest.param("Sync", contacts(), put_in("policies", value=[POLICY]), id="sync policies"),
        pytest.param("Model", model(), put_in("labels", value=["by hand"]), id="labels"),
        pytest.param("Model", model(), put_in("policies", value=[POLICY]), id="model policies"),
        pytest.param(
            "Model",
            {key: item for key, item in model().items() if key != "fields"},
            put_in("fields", value=["Id", "Email"]),
            id="a model's fields",
        ),
        pytest.param(
            "Connection", database(), put_in("policies", value=[POLICY]), id="connection policies"
        ),
        pytest.param(
            "Connection",
            database(),
            put_in("configuration", "ssl", value=False),
            id="a configuration key",
        ),
    ],
)
def test_an_update_leaves_alone_what_the_program_does_not_manage(
    world: World,
    made: Callable[[str, Arguments], Resource],
    kind: str,
    arguments: Arguments,
    edit: Callable[[dict[str, Any]], None],
):
    resource = made(kind, arguments)
    before = edited(world, resource, edit)
    renamed = {**arguments, "name": "Renamed"}
    assert world.up(resource, renamed) == "update"
    hold(settled(world, resource, renamed, before))


@pytest.mark.parametrize(
    ("kind", "before", "after", "steps"),
    [
        pytest.param(
            "Model",
            model(configuration={"table": "Contact", "include_deleted": True}),
            model(),
            ("configuration", "include_deleted"),
            id="of a model",
        ),
        pytest.param(
            "Sync",
            contacts(**to({"mode": "x", "batch": 5})),
            contacts(**to({"mode": "x"})),
            ("target", "configuration", "batch"),
            id="of a target",
        ),
    ],
)
def test_a_configuration_key_that_is_left_out_is_kept(
    world: World,
    made: Callable[[str, Arguments], Resource],
    kind: str,
    before: Arguments,
    after: Arguments,
    steps: tuple[str, ...],
):
    resource = made(kind, before)
    step = world.up(resource, after)
    inside: Any = world.stored(resource)
    for name in steps[:-1]:
        inside = inside[name]
    assert (step, steps[-1] in inside) == ("update", True)
    hold(settled(world, resource, after, None))


def test_a_constant_among_the_mappings_stays_there_in_a_refresh(
    world: World, made: Callable[[str, Arguments], Resource]
):
    fields = [
        {"source": "Email", "target": "email"},
        {"target": "title", "override_value": "static"},
    ]
    resource = made("Sync", contacts(fields=fields))
    world.refresh(resource)
    for shown in (resource.outputs, resource.inputs):
        assert shown["fields"] == fields
        assert shown.get("override_fields") is None


def test_drift_of_one_part_of_a_schedule_shows_that_part_alone(
    world: World, made: Callable[[str, Arguments], Resource]
):
    schedule = {"frequency": "daily", "hour": 7, "minute": 0}
    resource = made("Sync", contacts(schedule=schedule))
    edited(world, resource, put_in("schedule", "hour", value="8"))
    world.refresh(resource)
    shown = dict(resource.outputs["schedule"])
    assert str(shown.pop("hour")).removesuffix(".0") == "8"
    assert shown == {"frequency": "daily", "minute": 0}
    assert isinstance(shown["minute"], int | float)


def test_the_mappings_are_stored_in_the_order_of_the_program(
    world: World, made: Callable[[str, Arguments], Resource]
):
    targets = ["phone", "email", "title", "firstName", "lastName"]
    fields = [{"source": "Email", "target": one} for one in targets]
    resource = made("Sync", contacts(fields=fields))
    assert [one["target"] for one in world.stored(resource)["fields"]] == targets


def test_a_consent_is_no_difference(world: World, made: Callable[[str, Arguments], Resource]):
    arguments = {"type": "salesforce", "configuration": {"domain": "acme.my.salesforce.com"}}
    resource = made("Connection", arguments)
    world.emulator.authorize(resource.id)
    assert world.preview(resource, arguments) == "nothing"
    world.refresh(resource)
    assert world.preview(resource, arguments) == "nothing"
    assert resource.outputs["status"] == "healthy"
