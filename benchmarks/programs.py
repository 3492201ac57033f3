"""The same pipelines for each of the peers: two connections, a model and a sync.

`shared` pipelines have the same two connections. `changed` is another value of an argument of
every resource.
"""

OURS = """
from polytomic_provider import Connection, Model, Sync

def connections(n):
    return (
        Connection(f"source-{n}", type="postgresql", configuration={
            "hostname": "db.example", "port": 5433 if CHANGED else 5432, "database": "crm",
            "username": "ann", "password": "p"}),
        Connection(f"target-{n}", type="netsuite", configuration={
            "account_id": "2" if CHANGED else "1", "consumer_key": "k", "consumer_secret": "s",
            "token": "t", "token_secret": "x"}),
    )

shared = connections("shared") if SHARED else None
for n in range(PIPELINES):
    source, target = shared or connections(n)
    model = Model(f"model-{n}", connection_id=source, configuration={"table": "public.contacts"},
                  fields=["id", "email", "last_name"] + ["first_name"] * CHANGED)
    Sync(f"sync-{n}", model=model, target={"connection_id": target, "object": "contact"},
         mode="update" if CHANGED else "updateOrCreate", identity=("email", "email"),
         fields={"last_name": "lastName"})
"""

NAIVE = """
from naive import Object

def connections(n):
    return (
        Object(f"source-{n}", "/api/connections", {"type": "postgresql", "configuration": {
            "hostname": "db.example", "port": 5433 if CHANGED else 5432, "database": "crm",
            "username": "ann", "password": "p"}}),
        Object(f"target-{n}", "/api/connections", {"type": "netsuite", "configuration": {
            "account_id": "2" if CHANGED else "1", "consumer_key": "k", "consumer_secret": "s",
            "token": "t", "token_secret": "x"}}),
    )

shared = connections("shared") if SHARED else None
for n in range(PIPELINES):
    source, target = shared or connections(n)
    model = Object(f"model-{n}", "/api/models", {
        "connection_id": source.id, "configuration": {"table": "public.contacts"},
        "fields": ["id", "email", "last_name"] + ["first_name"] * CHANGED})
    Object(f"sync-{n}", "/api/syncs", {
        "mode": "update" if CHANGED else "updateOrCreate",
        "target": {"connection_id": target.id, "object": "contact"},
        "identity": {"source": {"model_id": model.id, "field": "email"}, "target": "email",
                     "function": "Equality"},
        "fields": [{"source": {"model_id": model.id, "field": "last_name"}, "target": "lastName"}],
        "schedule": {"frequency": "manual"}})
"""

_TERRAFORM = """
terraform {
  required_providers {
    polytomic = { source = "polytomic/polytomic" }
  }
}
provider "polytomic" {}
resource "polytomic_postgresql_connection" "source" {
  count = CONNECTIONS
  name = "source-${count.index}"
  configuration = {
    hostname = "db.example", port = PORT, database = "crm", username = "ann", password = "p"
  }
}
resource "polytomic_netsuite_connection" "target" {
  count = CONNECTIONS
  name = "target-${count.index}"
  configuration = {
    account_id = "ACCOUNT", consumer_key = "k", consumer_secret = "s", token = "t",
    token_secret = "x"
  }
}
resource "polytomic_model" "model" {
  count = PIPELINES
  name = "model-${count.index}"
  connection_id = polytomic_postgresql_connection.source[count.index % CONNECTIONS].id
  configuration = jsonencode({ table = "public.contacts" })
  fields = FIELDS
}
resource "polytomic_sync" "sync" {
  count = PIPELINES
  name = "sync-${count.index}"
  active = false
  mode = "MODE"
  schedule = { frequency = "manual" }
  target = {
    connection_id = polytomic_netsuite_connection.target[count.index % CONNECTIONS].id
    object = "contact"
  }
  identity = {
    function = "Equality", target = "email"
    source = { field = "email", model_id = polytomic_model.model[count.index].id }
  }
  fields = [{
    source = { field = "last_name", model_id = polytomic_model.model[count.index].id }
    target = "lastName"
  }]
}
"""


def python(text: str, pipelines: int, *, shared: bool, changed: bool) -> str:
    """A Pulumi program of so many pipelines."""
    return f"PIPELINES, SHARED, CHANGED = {pipelines}, {shared}, {changed}\n{text}"


def terraform(pipelines: int, *, shared: bool, changed: bool) -> str:
    """The same as a configuration of Terraform's or OpenTofu's."""
    fields = ["id", "email", "last_name", *(["first_name"] if changed else [])]
    values = {
        "CONNECTIONS": str(1 if shared else pipelines),
        "PIPELINES": str(pipelines),
        "PORT": "5433" if changed else "5432",
        "ACCOUNT": "2" if changed else "1",
        "FIELDS": str(fields).replace("'", '"'),
        "MODE": "update" if changed else "updateOrCreate",
    }
    text = _TERRAFORM
    for name, value in values.items():
        text = text.replace(name, value)
    return text
