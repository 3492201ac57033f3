"""Arguments against live schemas: every mistake by its name, and silence where there is none."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.live_check import DoesNotFit
from polytomic_provider.kinds.lifecycle.state import State
from polytomic_provider.live import LiveContext, LiveResult, Schemas
from polytomic_provider.validation import UNKNOWN, Severity
from tests.kinds.conftest import Workbench

MakeSync = Callable[..., State]
NETSUITE = dict.fromkeys(("account_id", "consumer_key", "consumer_secret", "token"), "x")


@pytest.fixture
def netsuite(workbench: Workbench) -> State:
    configuration = {**NETSUITE, "token_secret": "x"}
    made = workbench.create("Connection", "erp", type="netsuite", configuration=configuration)
    workbench.create("ConnectionReadiness", connection=made.id, timeout="30s")
    return made


@pytest.fixture
def schemas(workbench: Workbench) -> Schemas:
    return workbench.session.schemas(None)


def errors(result: LiveResult) -> list[str]:
    return [str(one) for one in result.problems if one.severity is Severity.ERROR]


def warnings(result: LiveResult) -> list[str]:
    return [str(one) for one in result.problems if one.severity is Severity.WARNING]


def look(kind: str, schemas: Schemas, **arguments: Any) -> LiveResult:
    return HANDLERS[kind].check_live(LiveContext(schemas), arguments)


class TestConnection:
    @pytest.mark.parametrize(
        ("type_id", "configuration", "expected"),
        [
            ("salesforce", {"domain": "acme"}, []),
            ("salesforce", {"domain": UNKNOWN}, []),
            (
                "salesforce",
                {"domain": "acme", "conect_mode": "browser"},
                ["configuration.conect_mode: is not a key; did you mean 'connect_mode'?"],
            ),
            (
                "salesforce",
                {"domain": "acme", "username": "x", "daily_api_calls": "5"},
                [
                    "configuration.username: is set by Polytomic and cannot be configured",
                    "configuration.daily_api_calls: expected an integer, got text",
                ],
            ),
            (
                "netsuite",
                NETSUITE,
                ["configuration.token_secret: is required by NetSuite"],
            ),
            ("netsweet", {}, ["type: Polytomic has no such connection type; did you mean 'netsu"]),
        ],
    )
    def test_a_configuration_is_held_to_the_types_schema_of_today(
        self,
        schemas: Schemas,
        type_id: str,
        configuration: dict[str, Any],
        expected: list[str],
    ):
        found = errors(look("Connection", schemas, type=type_id, configuration=configuration))
        assert len(found) == len(expected)
        for text, start in zip(found, expected, strict=True):
            assert text.startswith(start)

    def test_what_a_schema_requires_under_a_condition_is_required(
        self, workbench: Workbench, schemas: Schemas
    ):
        workbench.emulator.behave(schema_conditions=True)
        postgres = {"hostname": "db", "username": "u", "password": "p", "database": "d"}
        found = look(
            "Connection", schemas, type="postgresql", configuration={**postgres, "ssh": True}
        )
        assert errors(found) == [
            "configuration.ssh_host: is required by PostgreSQL",
            "configuration.ssh_private_key: is required by PostgreSQL",
        ]

    def test_a_connection_that_lost_its_authorization_is_warned_of_with_the_way_to_mend_it(
        self, workbench: Workbench, salesforce: State
    ):
        handler = HANDLERS["Connection"]
        healthy = workbench.session.schemas(None)
        assert (
            handler.check_live(LiveContext(healthy, salesforce.id), salesforce.arguments)
            == LiveResult()
        )
        workbench.emulator.revoke(salesforce.id)
        workbench.restart()
        later = workbench.session.schemas(None)
        (said,) = warnings(
            handler.check_live(LiveContext(later, salesforce.id), salesforce.arguments)
        )
        assert said.startswith("is not healthy, so nothing behind it will run: ")
        assert "give `reconnect` another value" in said


class TestModel:
    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            ({"fields": ["Email", "LastName"], "identifier": "Id"}, []),
            (
                {"fields": ["Email", "Lastname"]},
                ["fields[1]: 'Lastname' is not a field of Salesforc"],
            ),
            (
                {"identifier": "ID"},
                ["identifier: 'ID' is not a field of Salesforce Contact; did you"],
            ),
            (
                {"tracking_columns": ["Emial"]},
                ["tracking_columns[0]: 'Emial' is not a field of Sal"],
            ),
            (
                {
                    "identifier": "Score",
                    "additional_fields": [{"name": "Score", "type": "number", "label": "Score"}],
                },
                [],
            ),
            (
                {"configuration": {"table": "Contakt"}},
                ["configuration.table: 'Contakt' is not ther"],
            ),
            ({"configuration": {"table": UNKNOWN}, "fields": ["Nope"]}, []),
            ({"configuration": {"query": "SELECT Email FROM Contact"}, "fields": ["Email"]}, []),
            (
                {"configuration": {"query": "SELECT Email FROM Contact"}, "fields": ["Phone"]},
                ["fields[0]: 'Phone' is not a field of the query on Salesforce; known fields"],
            ),
        ],
    )
    def test_object_fields_identifier_and_tracking_columns_are_there(
        self,
        schemas: Schemas,
        salesforce: State,
        arguments: dict[str, Any],
        expected: list[str],
    ):
        given = {"connection_id": salesforce.id, "configuration": {"table": "Contact"}, **arguments}
        found = errors(look("Model", schemas, **given))
        assert len(found) == len(expected)
        for text, start in zip(found, expected, strict=True):
            assert text.startswith(start)

    @pytest.mark.parametrize("of_one_moment", [True, False])
    @pytest.mark.parametrize(
        ("type_id", "configuration", "expected"),
        [
            ("salesforce", {"table": "Contakt"}, "table: 'Contakt' is not there; did you mean 'Co"),
            ("salesforce", {"stream_id": "Contakt"}, "stream_id: 'Contakt' is not there; did you"),
            ("salesforce", {"object": "Contakt"}, "object: 'Contakt' is not there; did you mean"),
            ("salesforce", {"object": "Contact"}, " Polytomic refuses it: GET /api/connections/"),
            ("salesforce", {"stream_id": "Contact"}, None),
            ("hubspot", {"table": "contakts"}, "table: 'contakts' is not there; did you mean 'con"),
            ("hubspot", {"stream_id": "contakts"}, "stream_id: 'contakts' is not there; did you m"),
            ("hubspot", {"table": "contacts"}, None),
            ("hubspot", {}, " Polytomic refuses it: GET /api/connections/"),
            (
                "salesforce",
                {"tabel": "Contact"},
                "tabel: is not a key of this connection's models; did you mean 'table'?",
            ),
        ],
    )
    def test_a_misspelt_object_is_named_whichever_key_chooses_it(
        self,
        workbench: Workbench,
        type_id: str,
        configuration: dict[str, Any],
        expected: str | None,
        of_one_moment: bool,
    ):
        domain = {"domain": "acme"} if type_id == "salesforce" else {}
        made = workbench.create("Connection", type=type_id, configuration=domain)
        workbench.create("ConnectionReadiness", connection=made.id, timeout="30s")
        schemas = Schemas(workbench.session.polytomic(None), of_one_moment=of_one_moment)
        found = look("Model", schemas, connection_id=made.id, configuration=configuration)
        assert found.unchecked == ()
        texts = [one.removeprefix("configuration").lstrip(".:") for one in errors(found)]
        assert len(texts) == (expected is not None)
        assert texts == [] or texts[0].startswith(expected or "")

    @pytest.mark.parametrize(
        ("query", "answer"),
        [
            ("SELECT Nickname FROM Contact", "No such column 'Nickname'"),
            ("SELECT Id FROM Contakt", "sObject type 'Contakt' is not supported"),
            ("SELEKT Id FROM Contact", "unexpected token: 'SELEKT'"),
        ],
    )
    def test_a_query_that_cannot_run_is_an_error_with_the_servers_answer(
        self, schemas: Schemas, salesforce: State, query: str, answer: str
    ):
        given = {"connection_id": salesforce.id, "configuration": {"query": query}}
        (found,) = errors(look("Model", schemas, **given))
        assert found.startswith("configuration: Polytomic refuses it: GET /api/connections/")
        assert answer in found

    def test_a_relation_to_a_field_that_the_other_model_does_not_have_is_named(
        self, workbench: Workbench, schemas: Schemas, salesforce: State
    ):
        source = {"connection_id": salesforce.id}
        accounts = workbench.create(
            "Model", "accounts", configuration={"table": "Account"}, **source
        )
        relations = [
            {"from": "AccountId", "to": {"model_id": accounts.id, "field": "Id"}},
            {"from": "AccountId", "to": {"model_id": accounts.id, "field": "Idd"}},
            {"from": "Acount", "to": {"model_id": accounts.id, "field": "Id"}},
        ]
        given = {**source, "configuration": {"table": "Contact"}, "relations": relations}
        one, other = errors(look("Model", schemas, **given))
        assert one.startswith("relations[2].from: 'Acount' is not a field of Salesforce Contact")
        assert other.startswith("relations[1].to.field: 'Idd' is not a field of model 'accounts'")

    @pytest.mark.parametrize("connection", ["new", "there"])
    @pytest.mark.parametrize(("field", "wrong"), [("Code", False), ("Industry", True)])
    def test_a_relation_is_held_to_what_the_same_program_makes_of_the_other_model(
        self, schemas: Schemas, salesforce: State, connection: str, field: str, wrong: bool
    ):
        source: dict[str, Any] = {
            "connection_id": salesforce.id if connection == "there" else UNKNOWN,
        }
        own = {"name": "Code", "type": "string", "label": "Code"}
        accounts = {
            **source,
            "name": "accounts",
            "configuration": {"table": "Account"},
            "fields": ["Id"],
            "additional_fields": [own],
        }
        relation = {"from": "AccountId", "to": {"model_id": UNKNOWN, "field": field}}
        given = {**source, "configuration": {"table": "Contact"}, "relations": [relation]}
        found = errors(
            HANDLERS["Model"].check_live(LiveContext(schemas, None, lambda _: accounts), given)
        )
        text = f"relations[0].to.field: {field!r} is not a field of model 'accounts'; "
        assert [one.startswith(text) for one in found] == ([True] if wrong else [])

    def test_a_field_that_has_another_type_now_is_warned_of(
        self, workbench: Workbench, salesforce: State
    ):
        arguments = {
            "connection_id": salesforce.id,
            "configuration": {"table": "Contact"},
            "fields": ["Email", "Phone"],
        }
        made = workbench.create("Model", "contacts", **arguments)
        workbench.emulator.change_field(salesforce.id, "Contact", "Phone", type="number")
        workbench.restart()
        found = HANDLERS["Model"].check_live(
            LiveContext(workbench.session.schemas(None), made.id), arguments
        )
        assert warnings(found) == [
            "fields: 'Phone' of Salesforce Contact is number now, it was string"
        ]
        assert errors(found) == []


SYNC: Mapping[str, Any] = {
    "mode": "updateOrCreate",
    "identity": ["Email", "email"],
    "fields": {"Email": "email", "LastName": "lastName"},
}
CONTACT = "of NetSuite contact"


class TestSync:
    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({}, []),
            (
                {"fields": {"Email": "email", "LastName": "lastname"}},
                [f"fields.LastName: 'lastname' is not a field {CONTACT}; did you mean 'lastName'?"],
            ),
            (
                {"fields": {"Email": "email", "Lastname": "lastName"}},
                ["fields.Lastname: 'Lastname' is not a field of model 'contacts'; did you mean"],
            ),
            (
                {"fields": {"Email": "email", "LastName": ["lastName", "dateCreated"]}},
                [f"fields.LastName: 'dateCreated' {CONTACT} cannot be written in mode update"],
            ),
            (
                {"mode": "append"},
                ["mode: NetSuite contact does not offer 'append'; known modes: cr"],
            ),
            (
                {"identity": None},
                [f"identity: is required by mode updateOrCreate {CONTACT}; NetSuite contact m"],
            ),
            (
                {"identity": ["Email", "phone"]},
                [f"identity: 'phone' {CONTACT} cannot match records; known identity fields:"],
            ),
            (
                {"identity": {"source": "Email", "target": "email", "function": "DomainMatch"}},
                [f"identity: 'email' {CONTACT} does not match by DomainMatch; known functions"],
            ),
            (
                {"fields": {"LastName": {"target": "lastName", "sync_mode": "create"}}},
                [f"fields.LastName: mode updateOrCreate {CONTACT} takes no mode per field"],
            ),
            (
                {"filters": [{"field": "Lastname", "function": "IsNotNull"}]},
                ["filters[0]: 'Lastname' is not a field of model 'contacts'"],
            ),
            (
                {"filters": [{"field_id": "email", "field_type": "Target", "function": "IsNull"}]},
                [f"filters[0]: mode updateOrCreate {CONTACT} takes no target filters"],
            ),
            (
                {"overrides": [{"field": "Fone", "function": "IsNull", "override": "none"}]},
                ["overrides[0]: 'Fone' is not a field of model 'contacts'"],
            ),
            (
                {"override_fields": {"titel": "Contact"}},
                [f"override_fields.titel: 'titel' is not a field {CONTACT}; did you mean 'titl"],
            ),
            (
                {"target": {"object": "contakt"}},
                ["target.object: 'contakt' is not there; did you mean 'contact'? known objects: "],
            ),
            (
                {"target": {"object": None, "create": {"name": "people"}}},
                ["target.create: this connection makes no objects; name one with `object`"],
            ),
            (
                {"fields": [], "identity": {"source": "Email", "target": "email"}},
                [f"fields: maps nothing; {CONTACT.removeprefix('of ')} needs a mapping"],
            ),
        ],
    )
    def test_every_mistake_is_named(
        self,
        workbench: Workbench,
        schemas: Schemas,
        salesforce: State,
        netsuite: State,
        changes: dict[str, Any],
        expected: list[str],
    ):
        model = workbench.create(
            "Model",
            "contacts",
            connection_id=salesforce.id,
            configuration={"table": "Contact"},
            fields=["Id", "Email", "LastName", "Phone"],
        )
        target = {"connection_id": netsuite.id, "object": "contact", **changes.get("target", {})}
        given = {**SYNC, **changes, "model": model.id, "target": target}
        found = errors(look("Sync", schemas, **given))
        assert len(found) == len(expected), found
        for text, start in zip(found, expected, strict=True):
            assert text.startswith(start)

    @pytest.mark.parametrize(
        ("parts", "expected"),
        [
            ({"override_fields": {"Rating": "Hot"}}, None),
            ({"override_fields": {"Rating": UNKNOWN}}, None),
            ({"override_fields": {"Rating": "hot"}}, "override_fields.Rating"),
            ({"fields": [{"target": "Rating", "override_value": "Tepid"}]}, "fields[0]"),
            (
                {"fields": [{"source": "Email", "target": "Rating", "override_value": "Tepid"}]},
                "fields[0]",
            ),
        ],
    )
    def test_a_constant_outside_the_picklist_of_its_target_is_named(
        self, schemas: Schemas, salesforce: State, parts: dict[str, Any], expected: str | None
    ):
        target = {"connection_id": salesforce.id, "object": "Lead"}
        given = {
            **SYNC,
            "identity": ["Email", "Email"],
            "fields": {"LastName": "LastName"},
            **parts,
        }
        found = errors(look("Sync", schemas, **given, model=UNKNOWN, target=target))
        text = "is not a value of 'Rating' of Salesforce Lead; known values: Hot, Warm, Cold"
        assert found == ([f"{expected}: {text}"] if expected else [])

    @pytest.mark.parametrize(
        ("create", "expected"),
        [
            ({"name": "people"}, []),
            ({"name": UNKNOWN}, []),
            ({"name": None}, ["target.create.name: is required"]),
            (
                {"nmae": "people"},
                [
                    "target.create.nmae: is not a key; did you mean 'name'? known keys: name",
                    "target.create.name: is required",
                ],
            ),
        ],
    )
    def test_an_object_to_be_made_has_the_parts_that_its_service_asks_for(
        self, workbench: Workbench, schemas: Schemas, create: dict[str, Any], expected: list[str]
    ):
        configuration = {"hostname": "db", "username": "u", "password": "p", "database": "d"}
        made = workbench.create("Connection", type="postgresql", configuration=configuration)
        workbench.create("ConnectionReadiness", connection=made.id, timeout="30s")
        target = {"connection_id": made.id, "create": create}
        assert errors(look("Sync", schemas, **SYNC, model=UNKNOWN, target=target)) == expected

    def test_a_refusal_of_a_question_is_an_answer(
        self, workbench: Workbench, schemas: Schemas, salesforce: State
    ):
        workbench.emulator.fail(
            kind="status", status=422, method="GET", path="modelsync/target/fields", times=None
        )
        target = {"connection_id": salesforce.id, "object": "Lead"}
        found = look("Sync", schemas, **SYNC, model=UNKNOWN, target=target)
        (refused,) = errors(found)
        assert refused.startswith("target: Polytomic refuses it: GET /api/connections/")
        assert "422 Unprocessable Entity" in refused
        assert found.unchecked == ()

    def test_a_field_that_the_same_change_adds_to_the_model_is_no_error(
        self, schemas: Schemas, salesforce: State, netsuite: State
    ):
        model = {
            "connection_id": salesforce.id,
            "configuration": {"table": "Contact"},
            "fields": ["Email", "LastName", "Title"],
        }
        given = {
            **SYNC,
            "model": UNKNOWN,
            "target": {"connection_id": netsuite.id, "object": "contact"},
            "fields": {"Email": "email", "LastName": "lastName", "Title": "title"},
        }
        assert (
            HANDLERS["Sync"].check_live(LiveContext(schemas, None, lambda _: model), given)
            == LiveResult()
        )

    def test_a_required_target_field_without_a_mapping_is_warned_of(
        self, schemas: Schemas, netsuite: State
    ):
        target = {"connection_id": netsuite.id, "object": "contact"}
        found = look("Sync", schemas, **{**SYNC, "fields": {"Email": "email"}, "target": target})
        assert warnings(found) == [
            "fields: NetSuite contact requires lastName, which nothing is mapped to: "
            "new records may be refused"
        ]

    def test_syncs_that_would_wait_for_each_other_are_named(
        self, workbench: Workbench, make_sync: MakeSync
    ):
        first = make_sync()
        after = {"frequency": "runafter", "run_after": {"sync_ids": [first.id]}}
        second = workbench.create(
            "Sync", **{**first.arguments, "name": "second", "schedule": after}
        )
        circle = {"frequency": "runafter", "run_after": {"sync_ids": [second.id]}}
        schemas = workbench.session.schemas(None)
        given = {**first.arguments, "schedule": circle}
        assert errors(HANDLERS["Sync"].check_live(LiveContext(schemas, first.id), given)) == [
            "schedule.run_after: the syncs would wait for each other: "
            f"{first.id} after {second.id} after {first.id}"
        ]


class TestWhatCannotBeChecked:
    def test_a_connection_that_does_not_exist_yet_is_said(self, schemas: Schemas):
        given = {"connection_id": UNKNOWN, "configuration": {"table": "Contact"}, "fields": ["X"]}
        assert look("Model", schemas, **given) == LiveResult(
            unchecked=("the connection does not exist yet",)
        )

    def test_a_schema_cache_that_is_not_ready_is_said_and_is_no_error(
        self, workbench: Workbench, salesforce: State
    ):
        workbench.emulator.hold_schema(salesforce.id)
        workbench.restart()  # the run that has waited for it knows that it was ready
        schemas = workbench.session.schemas(None)
        given = {"connection_id": salesforce.id, "configuration": {"table": "Contact"}}
        assert look("Model", schemas, **given, fields=["Nope"]) == LiveResult(
            unchecked=("the schema cache of connection 'crm' is not ready yet",)
        )

    def test_what_a_cache_lacks_that_is_not_ready_is_said_and_is_no_error(
        self, workbench: Workbench, salesforce: State, netsuite: State
    ):
        """A server may show what a cache has so far, without a word of what it has not read."""
        workbench.emulator.behave(unready_cache="allow")
        for one in (salesforce, netsuite):
            workbench.emulator.hold_schema(one.id)
        workbench.restart()
        schemas = workbench.session.schemas(None)
        given = {"connection_id": salesforce.id, "configuration": {"table": "Contact"}}
        assert look("Model", schemas, **given, fields=["Nope"]) == LiveResult(
            unchecked=("the schema cache of connection 'crm' is not ready yet",)
        )
        sync = {
            "model": UNKNOWN,
            "mode": "create",
            "target": {"connection_id": netsuite.id, "object": "contact"},
            "fields": {"Email": "nope"},
        }
        assert look("Sync", schemas, **sync).problems == ()
        related = {"from": "AccountId", "to": {"model_id": UNKNOWN, "field": "Nope"}}
        live = LiveContext(schemas, None, lambda *_: given)
        relating = {**given, "fields": ["Id"], "relations": [related]}
        assert HANDLERS["Model"].check_live(live, relating) == LiveResult()
        assert look("Model", schemas, **given, fields=["Id"]) == LiveResult()

    def test_a_schema_that_shows_all_is_not_asked_whether_it_is_ready(
        self, workbench: Workbench, salesforce: State
    ):
        workbench.restart()
        schemas = workbench.session.schemas(None)
        workbench.emulator.clear_requests()
        given = {"connection_id": salesforce.id, "configuration": {"table": "Contact"}}
        assert look("Model", schemas, **given, fields=["Id"]) == LiveResult()
        asked = [one["path"] for one in workbench.emulator.requests()]
        assert any("/modelsync/source/fields" in one for one in asked)
        assert not any("/schemas/status" in one for one in asked)

    def test_a_server_in_trouble_is_said_and_is_no_error(
        self, workbench: Workbench, schemas: Schemas, salesforce: State
    ):
        workbench.emulator.fail(
            kind="status", status=403, method="GET", path="modelsync/source", times=None
        )
        given = {"connection_id": salesforce.id, "configuration": {"table": "Contact"}}
        found = look("Model", schemas, **given, fields=["Nope"])
        assert found.problems == ()
        assert "403" in found.unchecked[0]


class TestBeforeAnythingIsSent:
    @pytest.mark.parametrize("setting", ["error", "warn", "off"])
    def test_what_does_not_fit_is_refused_warned_of_or_left_to_the_server(
        self, workbench: Workbench, salesforce: State, setting: str
    ):
        workbench.restart(liveValidation=setting)
        given = {
            "connection_id": salesforce.id,
            "configuration": {"table": "Contact"},
            "tracking_columns": ["Emial"],
        }
        workbench.emulator.clear_requests()
        expected = DoesNotFit if setting == "error" else Exception
        with pytest.raises(expected, match="Emial"):
            workbench.create("Model", "contacts", **given)
        posted = workbench.emulator.requests("POST", "/api/models")
        assert bool(posted) == (setting != "error")
        warned = [one for one in workbench.said if "'Emial' is not a field" in one]
        assert bool(warned) == (setting == "warn")

    def test_an_update_is_held_to_them_as_well(self, workbench: Workbench, salesforce: State):
        made = workbench.create(
            "Model", "contacts", connection_id=salesforce.id, configuration={"table": "Contact"}
        )
        workbench.emulator.clear_requests()
        with pytest.raises(DoesNotFit, match="fields\\[0\\]: 'Emial' is not a field"):
            workbench.update("Model", made, fields=["Emial"])
        assert workbench.emulator.requests("PUT") == []
