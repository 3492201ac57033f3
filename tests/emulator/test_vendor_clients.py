"""What the official Terraform provider and the Python package need of the API, over plain HTTP.

The Terraform provider speaks API 2024-02-08 through Polytomic's Go client: it takes every reply
word by word into its state, and plans again after each apply, so that a key that the server adds or
changes is an endless update. Each test says whose behaviour it holds.
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from polytomic_emulator import RunningEmulator
from tests.emulator.samples import CSV, MASK, NETSUITE, POSTGRESQL, SALESFORCE

QUERY = "SELECT email, name FROM etl.people"
COLUMNS = [
    {"name": "email", "type": "string", "required": True, "unique": True},
    {"name": "name", "type": "string"},
]


@dataclass
class Terraform:
    """The requests that the provider makes, in the order in which it makes them."""

    http: httpx.Client
    emulator: RunningEmulator

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """The `data` of a reply that is no refusal."""
        reply = self.http.request(method, path, json=body)
        assert reply.is_success, reply.text
        return reply.json()["data"] if reply.content else None

    def connection(self, kind: str, configuration: dict[str, Any], name: str = "A") -> str:
        body = {"name": name, "type": kind, "configuration": configuration, "validate": False}
        return self.ask("POST", "/api/connections", body)["id"]

    def model(self, connection_id: str, **configuration: Any) -> str:
        body = {"name": "M", "connection_id": connection_id, "configuration": configuration}
        return self.ask("POST", "/api/models", body)["id"]

    def sync(self, postgres: str, model: str, **more: Any) -> dict[str, Any]:
        """Create a sync as the provider does and return what GET answers afterwards."""
        made = self.ask("POST", "/api/syncs", self.body(postgres, model, **more))
        read = self.ask("GET", f"/api/syncs/{made['id']}")
        assert read == made
        return read

    def body(self, postgres: str, model: str, **more: Any) -> dict[str, Any]:
        sent = {
            "name": "S",
            "mode": "replace",
            "active": False,
            "fields": [self.mapping(model, "email")],
            "schedule": {"frequency": "manual"},
            "target": {"connection_id": postgres, "object": "etl.target"},
        }
        return sent | more

    def mapping(self, model: str, name: str, **more: Any) -> dict[str, Any]:
        return {"source": {"model_id": model, "field": name}, "target": name, **more}

    def identity(self, model: str) -> dict[str, Any]:
        return {**self.mapping(model, "email"), "function": "Equality"}


@pytest.fixture
def terraform(emulator: RunningEmulator) -> Iterator[Terraform]:
    emulator.behave(unready_cache="allow")
    for table in ("etl.people", "etl.target"):
        emulator.add_table("postgresql", table, COLUMNS)
    headers = {
        "Authorization": f"Bearer {emulator.api_key}",
        "X-Polytomic-Version": "2024-02-08",
        "Content-Type": "application/json",
    }
    with httpx.Client(base_url=emulator.url, headers=headers, timeout=20) as client:
        yield Terraform(client, emulator)


@pytest.fixture
def postgres(terraform: Terraform) -> str:
    return terraform.connection("postgresql", POSTGRESQL)


@pytest.fixture
def model(terraform: Terraform, postgres: str) -> str:
    return terraform.model(postgres, query=QUERY)


def test_a_sync_shows_only_what_was_sent(terraform: Terraform, postgres: str, model: str) -> None:
    """Terraform: an attribute that was null and comes back with a value is an error of apply."""
    shown = terraform.sync(postgres, model)
    assert shown.keys() & {"filter_logic", "identity", "encryption_passphrase"} == set()
    assert "filter_logic" not in shown["target"]
    assert shown["fields"] == [terraform.mapping(model, "email")]
    assert shown["schedule"] == {"frequency": "manual"}
    assert (shown["filters"], shown["overrides"]) == ([], [])


@pytest.mark.parametrize("more", [{"new": False}, {"sync_mode": "create"}, {"new": True}])
def test_what_a_mapping_says_of_itself_stays(
    terraform: Terraform, postgres: str, model: str, more: dict[str, Any]
) -> None:
    """Terraform: `new`, `sync_mode` and `encryption_enabled` are shown as they were sent."""
    mapping = terraform.mapping(model, "name", **more)
    shown = terraform.sync(
        postgres,
        model,
        mode="updateOrCreate",
        fields=[mapping],
        identity=terraform.identity(model),
    )
    assert shown["fields"] == [mapping]
    assert shown["identity"] == terraform.identity(model)


def test_a_fixed_value_beside_a_source_stays(
    terraform: Terraform, postgres: str, model: str
) -> None:
    """Terraform: `fields[].override_value` may stand beside `source`."""
    mapping = terraform.mapping(model, "name", override_value="fixed")
    fields = [terraform.mapping(model, "email"), mapping]
    assert terraform.sync(postgres, model, fields=fields)["fields"] == fields


def test_a_schedule_after_other_syncs_names_them_alone(
    terraform: Terraform, postgres: str, model: str
) -> None:
    """Terraform: `run_after.bulk_sync_ids` that nobody sent is not shown."""
    first = terraform.sync(postgres, model)["id"]
    schedule = {"frequency": "runafter", "run_after": {"sync_ids": [first]}}
    assert terraform.sync(postgres, model, schedule=schedule)["schedule"] == schedule


def test_constants_are_merged_for_terraform_and_apart_for_the_python_package(
    terraform: Terraform, postgres: str, model: str
) -> None:
    """Terraform splits them by the zero UUID; API 2025-09-18 has a key for them."""
    constant = {"target": "name", "override_value": "x"}
    made = terraform.sync(postgres, model, override_fields=[constant])
    zero = {"model_id": "00000000-0000-0000-0000-000000000000", "field": ""}
    email = terraform.mapping(model, "email")
    assert made["fields"] == [email, {**constant, "source": zero}]
    assert "override_fields" not in made
    newer = {"X-Polytomic-Version": "2025-09-18"}
    shown = terraform.http.get(f"/api/syncs/{made['id']}", headers=newer).json()["data"]
    assert (shown["fields"], shown["override_fields"]) == ([email], [constant])


def test_postgresql_filters_the_target_in_mode_update(
    terraform: Terraform, postgres: str, model: str
) -> None:
    """Terraform: `target_filters`, which it sends among `filters`."""
    sent = {"field_id": "email", "field_type": "Target", "function": "IsNotNull"}
    shown = terraform.sync(
        postgres,
        model,
        mode="update",
        fields=[terraform.mapping(model, "name")],
        identity=terraform.identity(model),
        filters=[sent],
    )
    assert shown["filters"] == [{**sent, "label": "A"}]


def test_a_sync_makes_a_table_and_never_shows_how(
    terraform: Terraform, postgres: str, model: str
) -> None:
    """Terraform: `create = { name = "public.t" }`; later requests name the object or nothing."""
    target = {"connection_id": postgres, "create": {"name": "public.t"}}
    made = terraform.sync(postgres, model, target={**target, "configuration": {}})
    assert made["target"]["object"] == "public.t"
    assert "create" not in made["target"]
    again = terraform.body(postgres, model, target={**target, "object": ""})
    changed = terraform.ask("PUT", f"/api/syncs/{made['id']}", again)
    assert changed["target"] == made["target"]


def test_labels_that_were_told_may_stand_beside_filters_that_are_new(
    terraform: Terraform, postgres: str, model: str
) -> None:
    """Terraform sends the label that it read of the first filter, and none for the second."""
    first = {
        "field": {"model_id": model, "field": "email"},
        "field_type": "Model",
        "function": "Equality",
        "value": "a@example.com",
    }
    made = terraform.sync(postgres, model, filters=[first])
    label = made["filters"][0]["label"]
    second = {**first, "function": "IsNotNull", "value": None}
    body = terraform.body(
        postgres,
        model,
        filters=[second, {**first, "label": label}],
        filter_logic="B OR A",
    )
    changed = terraform.ask("PUT", f"/api/syncs/{made['id']}", body)
    named = {one["label"]: one["function"] for one in changed["filters"]}
    assert named == {"A": "IsNotNull", "B": "Equality"}
    assert changed["filter_logic"] == "A OR B"


def test_a_model_and_its_schema_are_there_right_after_the_connection(
    terraform: Terraform,
) -> None:
    """Terraform applies connection, model and data sources in one go, without a wait."""
    made = terraform.connection("csv", CSV)
    schema = terraform.ask("GET", f"/api/connections/{made}/schemas/data")
    assert schema["name"] == "data"
    assert {"firstname", "lastname", "EMail"} <= {one["name"] for one in schema["fields"]}
    shown = terraform.model(made, table="data")
    assert terraform.ask("GET", f"/api/models/{shown}")["fields"]


def test_a_models_configuration_has_the_keys_that_the_service_knows(
    terraform: Terraform, postgres: str
) -> None:
    """Both clients: a misspelt key is refused with the known ones."""
    body = {"name": "M", "connection_id": postgres, "configuration": {"tabel": "etl.people"}}
    reply = terraform.http.post("/api/models", json=body)
    assert reply.status_code == 400
    assert reply.json()["metadata"]["field"] == "configuration.tabel"
    assert {"table", "query"} <= set(reply.json()["metadata"]["known_values"])


def test_discovery_narrows_by_what_is_chosen(terraform: Terraform, postgres: str) -> None:
    """Python package: `params` of `model_sync.get_source`."""
    path = f"/api/connections/{postgres}/modelsync/source"
    query = {"params[schema]": "etl"}
    found = terraform.http.get(path, params=query).json()["data"]
    assert found["items"]["table"]["items"] == ["etl.people", "etl.target"]


def test_secrets_inside_of_objects_can_come_back_as_they_were_sent(terraform: Terraform) -> None:
    """Terraform restores what it knows as sensitive; the types' schemas mark nothing nested."""
    auth = {"basic": {"username": "reader", "password": "canary-nested"}}
    sent = {**CSV, "auth": auth, "headers": [{"name": "X-Key", "value": "canary-header"}]}
    made = terraform.connection("csv", sent)
    path = f"/api/connections/{made}"
    assert terraform.ask("GET", path)["configuration"]["auth"]["basic"]["password"] == MASK
    terraform.emulator.behave(nested_secrets="shown")
    assert terraform.ask("GET", path)["configuration"] == sent
    netsuite = terraform.connection("netsuite", NETSUITE)
    shown = terraform.ask("GET", f"/api/connections/{netsuite}")["configuration"]
    assert {shown[key] for key in NETSUITE if key != "account_id"} == {MASK}


def test_the_older_api_lists_targets_as_it_lists_sources(
    terraform: Terraform, postgres: str
) -> None:
    """Go client: `ModelSync.Targets.GetTarget`; the newer API does not have it."""
    path = f"/api/connections/{postgres}/modelsync/target"
    whole = terraform.ask("GET", path)
    assert {"etl.people", "public.contacts"} <= set(whole["items"]["object"]["items"])
    assert whole["configuration"]["object"]["type"] == "string"
    found = terraform.http.get(path, params={"search": "PEOPLE"}).json()["data"]
    assert found["items"]["object"] == {
        "has_items": True,
        "items": ["etl.people"],
        "requires_one_of": [],
    }
    newer = {"X-Polytomic-Version": "2025-09-18"}
    assert terraform.http.get(path, headers=newer).status_code == 404


def test_lists_are_whole_for_clients_that_know_no_pages(terraform: Terraform) -> None:
    """Terraform's importer lists models, connections and syncs once."""
    salesforce = terraform.connection("salesforce", SALESFORCE)
    terraform.emulator.authorize(salesforce)
    for _ in range(51):
        terraform.model(salesforce, table="Contact")
    reply = terraform.http.get("/api/models").json()
    assert len(reply["data"]) == 51
    assert "pagination" not in reply
    newer = {"X-Polytomic-Version": "2025-09-18"}
    assert len(terraform.http.get("/api/models", headers=newer).json()["data"]) == 50


def test_bulk_syncs_take_zero_for_no_limit_and_list_schemas_without_fields(
    terraform: Terraform, postgres: str
) -> None:
    """Terraform sends 0 for a limit that nobody set, and cannot read fields in the list."""
    terraform.emulator.finish_schema(postgres)
    schema = {
        "id": "etl.people",
        "enabled": True,
        "fields": [{"id": "email", "enabled": True, "obfuscate": False}],
        "filters": [{"field_id": "name", "function": "IsNotNull"}],
    }
    body = {
        "name": "B",
        "active": True,
        "mode": "replicate",
        "automatically_add_new_fields": "none",
        "automatically_add_new_objects": "none",
        "concurrency_limit": 0,
        "resync_concurrency_limit": 0,
        "disable_record_timestamps": False,
        "source_connection_id": postgres,
        "destination_connection_id": terraform.connection("postgresql", POSTGRESQL, "B"),
        "destination_configuration": {"schema": "public"},
        "schedule": {"frequency": "manual"},
        "schemas": [schema],
    }
    made = terraform.ask("POST", "/api/bulk/syncs", body)
    assert made["schedule"]["frequency"] == "manual"
    assert not {"concurrency_limit", "resync_concurrency_limit"} & made.keys()
    path = f"/api/bulk/syncs/{made['id']}/schemas"
    (listed,) = [one for one in terraform.ask("GET", path) if one["enabled"]]
    assert (listed["id"], listed["output_name"]) == ("etl.people", "people")
    assert not {"fields", "filters"} & listed.keys()
    whole = terraform.ask("GET", f"{path}/etl.people")
    assert [one["field_id"] for one in whole["filters"]] == ["name"]
    assert {one["id"] for one in whole["fields"] if one["enabled"]} == {"email"}


@pytest.mark.parametrize("kind", ["partner_key", "deployment_key"])
def test_a_key_of_all_organizations_makes_one_and_works_inside(
    terraform: Terraform, kind: str
) -> None:
    """Terraform: Bearer for organizations and their users, Basic for what is inside of one."""
    key = getattr(terraform.emulator, kind)
    terraform.http.headers["Authorization"] = f"Bearer {key}"
    made = terraform.ask("POST", "/api/organizations", {"name": "New"})["id"]
    pair = base64.b64encode(f"{made}:{key}".encode()).decode()
    terraform.http.headers["Authorization"] = f"Basic {pair}"
    assert terraform.ask("GET", "/api/me")["organization_id"] == made
    terraform.connection("csv", CSV)
    assert len(terraform.ask("GET", "/api/connections")) == 1
    users = f"/api/organizations/{made}/users"
    user = terraform.ask("POST", users, {"email": "New@Example.com", "role": "admin"})
    assert user["email"].lower() == "new@example.com"
    assert user["role_ids"]
    deleted = terraform.ask("DELETE", f"{users}/{user['id']}")
    assert deleted["id"] == user["id"]
    terraform.http.headers["Authorization"] = f"Bearer {key}"
    terraform.ask("DELETE", f"/api/organizations/{made}")
    assert terraform.http.get(f"/api/organizations/{made}").status_code == 404


def test_an_escaped_slash_does_not_part_an_id(terraform: Terraform, postgres: str) -> None:
    """Both clients escape ids in paths, or do not: `%2F` in one is a part of it."""
    assert terraform.http.get("/api/connections/..%2F..%2Fme").status_code == 404
    escaped = terraform.http.get(f"/api/connections/{postgres}/schemas/etl%2Epeople")
    assert escaped.json()["data"]["id"] == "etl.people"


def test_a_reset_keeps_the_switches(terraform: Terraform) -> None:
    terraform.emulator.behave(page_size=7)
    terraform.emulator.reset()
    switches = terraform.emulator.control("GET", "behaviour")["switches"]
    assert (switches["page_size"], switches["unready_cache"]) == (7, "allow")
