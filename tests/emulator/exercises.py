"""One use of every method of Polytomic's official client whose route the emulator serves.

A use is written once for both clients: with the asynchronous one its result is to be awaited.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from polytomic import Polytomic

from polytomic_emulator import RunningEmulator
from polytomic_emulator.state.results import Outcome
from polytomic_provider.facts import connection_types
from tests.emulator.bulk_uses import BULK_READS, BULK_WRITES, bulk_body
from tests.emulator.pipelines import Pipeline, connect
from tests.emulator.samples import NETSUITE, POSTGRESQL, netsuite

BACK = "https://app.example.com/connected"
HOOK = "https://app.example.com/events"
TABLE = "public.contacts"
QUERY = "SELECT email FROM contacts LIMIT 3"
CONTACT = {"table": "Contact"}


@dataclass
class Stage:
    """A pipeline from Salesforce to NetSuite, and what else a use may need, made when it does."""

    contacts: Pipeline

    @property
    def emulator(self) -> RunningEmulator:
        """The emulator of the test."""
        return self.contacts.emulator

    @property
    def client(self) -> Polytomic:
        """The official client for preparations."""
        return self.contacts.client

    @cached_property
    def sync(self) -> str:
        """A sync that is not running."""
        return self.contacts.sync().id

    @cached_property
    def running(self) -> tuple[str, str]:
        """A sync that is running, and its execution."""
        return self.sync, self.emulator.start_execution(self.sync)

    @cached_property
    def ended(self) -> tuple[str, str]:
        """A sync that ran, and its execution."""
        return self.sync, self.emulator.run_sync(self.sync)["id"]

    @cached_property
    def logged(self) -> tuple[str, str, str, str]:
        """A file of records that an execution left."""
        sync, execution = self.running
        results = self.emulator._running().state.results  # pyright: ignore[reportPrivateUsage]
        results.keep(execution, sync, [Outcome("003", "failed", reason="no LastName")])
        self.emulator.finish_execution(sync, status="failed")
        urls = self.client.model_sync.executions.get_log_urls(sync, execution, "errors").data.urls
        return sync, execution, "errors", urlsplit(urls[0]).path.rsplit("/", 1)[1]

    @cached_property
    def postgresql(self) -> str:
        """A connection that is ready."""
        return connect(self.emulator, self.client, "postgresql")

    @cached_property
    def bulk(self) -> str:
        """A bulk sync that is not running."""
        body = bulk_body(self.contacts.salesforce, self.postgresql)
        return self.client.bulk_sync.create(**body).data.id

    @cached_property
    def bulk_running(self) -> tuple[str, str]:
        """A bulk sync that is running, and its execution."""
        return self.bulk, self.emulator.start_bulk_execution(self.bulk)

    @cached_property
    def bulk_ended(self) -> tuple[str, str]:
        """A bulk sync that ran, and its execution."""
        return self.bulk, self.emulator.run_bulk_sync(self.bulk)["id"]

    @cached_property
    def bulk_schedule(self) -> str:
        """A schedule of the bulk sync beside its default one."""
        hourly: Any = {"frequency": "hourly", "minute": "15"}
        self.client.bulk_sync.schedules.create(self.bulk, schedule=hourly)
        return self.client.bulk_sync.get(self.bulk).data.additional_schedules[0].id

    @cached_property
    def apollo(self) -> str:
        """A connection that enriches."""
        kind = connection_types.get("apollo")
        required: dict[str, Any] = dict.fromkeys(kind.required if kind else (), "canary-key")
        made = self.client.connections.create(name="A", type="apollo", configuration=required)
        return made.data.id

    @cached_property
    def token(self) -> str:
        """The credential of a Connect session."""
        card = self.client.connections.connect(name="New", redirect_url=BACK, type="netsuite")
        return card.data.token

    @cached_property
    def role(self) -> str:
        """A role that a user made."""
        return self.client.permissions.roles.create(name="Auditor").data.id

    @cached_property
    def policy(self) -> str:
        """A policy that lets a role do something."""
        actions: Any = [{"action": "create", "role_ids": [self.role]}]
        return self.client.permissions.policies.create(name="CRM", policy_actions=actions).data.id

    @cached_property
    def org(self) -> str:
        """The organization of the caller."""
        return self.emulator.organization_id

    @cached_property
    def partner(self) -> Polytomic:
        """The official client with the partner's key."""
        return Polytomic(base_url=self.emulator.url, token=self.emulator.partner_key, max_retries=0)

    @cached_property
    def acme(self) -> str:
        """An organization of the partner's."""
        return self.partner.organization.create(name="Acme", client_secret="canary-s").data.id

    @cached_property
    def shared(self) -> str:
        """A copy of the connection that is ready, in the partner's other organization."""
        made = self.partner.connections.shared_connections.create_shared_connection(
            self.org, self.postgresql, child_organization_id=self.acme, name="Shared"
        )
        return made.data.id

    @cached_property
    def user(self) -> str:
        """A user that was invited."""
        made = self.client.users.create_current_org_user(email="Ada@example.com", role="user")
        return made.data.id

    @cached_property
    def webhook(self) -> str:
        """The organization's webhook."""
        return self.client.webhooks.create(endpoint=HOOK, secret="canary-secret").data.id

    @cached_property
    def score(self) -> str:
        """A field that a user defined on the schema `TABLE`."""
        field: Any = {"field_id": "score", "label": "Score", "type": "number"}
        self.client.schemas.upsert_field(self.postgresql, TABLE, fields=[field])
        return "score"

    @cached_property
    def query(self) -> str:
        """A query that is done at the first question."""
        self.emulator.behave(job_polls=0)
        return self.client.query_runner.run_query(self.postgresql, query=QUERY).data.id

    @cached_property
    def job(self) -> str:
        """A job that is done at the first question."""
        self.emulator.behave(job_polls=0)
        made = self.client.models.create(
            name="M", connection_id=self.contacts.salesforce, configuration=CONTACT, async_=True
        )
        return made.job.job_id


Use = Callable[[Any, Stage], Any]
Effect = Callable[[Any, Stage], bool]


def _of_partner(client: Any, stage: Stage) -> Any:
    """A client of the same class, synchronous or not, with the partner's key."""
    settings = {"base_url": stage.emulator.url, "token": stage.emulator.partner_key}
    return type(client)(**settings, max_retries=0)


def _session(client: Any, stage: Stage) -> Any:
    query = {"token": stage.token}
    return client.connections.get_connect_session(
        request_options={"additional_query_parameters": query}
    )


READS: dict[str, Use] = {
    **BULK_READS,
    "connections.get": lambda c, s: c.connections.get(s.contacts.netsuite),
    "connections.get_connect_session": _session,
    "connections.get_connection_type_schema": lambda c, s: c.connections.get_connection_type_schema(
        "salesforce"
    ),
    "connections.get_parameter_values": lambda c, s: c.connections.get_parameter_values(
        s.contacts.salesforce
    ),
    "connections.get_types": lambda c, s: c.connections.get_types(),
    "connections.list": lambda c, s: c.connections.list(),
    "connections.shared_connections.list_shared_connections": lambda c, s: (
        c.connections.shared_connections.list_shared_connections(s.shared and s.postgresql)
    ),
    "connections.shared_connections.list_shared_connections_for_partner": lambda c, s: _of_partner(
        c, s
    ).connections.shared_connections.list_shared_connections_for_partner(
        s.org, s.shared and s.postgresql
    ),
    "events.get_types": lambda c, s: c.events.get_types(),
    "events.list": lambda c, s: c.events.list(type="sync.completed", limit=s.ended and 5),
    "identity.get": lambda c, s: c.identity.get(),
    "jobs.get": lambda c, s: c.jobs.get("createmodel", s.job),
    "model_sync.error_handling.get": lambda c, s: c.model_sync.error_handling.get(s.sync),
    "model_sync.executions.get": lambda c, s: c.model_sync.executions.get(*s.ended),
    "model_sync.executions.get_console_logs": lambda c, s: c.model_sync.executions.get_console_logs(
        *s.ended
    ),
    "model_sync.executions.get_log_urls": lambda c, s: c.model_sync.executions.get_log_urls(
        *s.ended, "errors"
    ),
    "model_sync.executions.get_logs_index": lambda c, s: c.model_sync.executions.get_logs_index(
        *s.ended
    ),
    "model_sync.executions.list": lambda c, s: c.model_sync.executions.list(s.running[0]),
    "model_sync.get": lambda c, s: c.model_sync.get(s.sync),
    "model_sync.get_schedule_options": lambda c, s: c.model_sync.get_schedule_options(),
    "model_sync.get_source": lambda c, s: c.model_sync.get_source(s.contacts.salesforce),
    "model_sync.get_source_fields": lambda c, s: c.model_sync.get_source_fields(
        s.contacts.salesforce, params={"table": ["Contact"]}
    ),
    "model_sync.get_status": lambda c, s: c.model_sync.get_status(s.running[0]),
    "model_sync.list": lambda c, s: c.model_sync.list(active=False, limit=s.sync and 1),
    "model_sync.targets.get_create_property": lambda c, s: c.model_sync.targets.get_create_property(
        s.postgresql, "name"
    ),
    "model_sync.targets.get_target_fields": lambda c, s: c.model_sync.targets.get_target_fields(
        s.contacts.netsuite, target="contact"
    ),
    "model_sync.targets.list": lambda c, s: c.model_sync.targets.list(s.contacts.netsuite),
    "models.get": lambda c, s: c.models.get(s.contacts.model),
    "models.get_enrichment_source": lambda c, s: c.models.get_enrichment_source(s.apollo),
    "models.list": lambda c, s: c.models.list(),
    "models.sample": lambda c, s: c.models.sample(s.contacts.model),
    "organization.get": lambda c, s: _of_partner(c, s).organization.get(s.acme),
    "organization.get_current": lambda c, s: c.organization.get_current(),
    "organization.list": lambda c, s: _of_partner(c, s).organization.list(),
    "permissions.policies.get": lambda c, s: c.permissions.policies.get(s.policy),
    "permissions.policies.list": lambda c, s: c.permissions.policies.list(),
    "notifications.get_global_error_subscribers": lambda c, s: (
        c.notifications.get_global_error_subscribers()
    ),
    "organization.get_record_logging": lambda c, s: c.organization.get_record_logging(),
    "permissions.roles.get": lambda c, s: c.permissions.roles.get(s.role),
    "permissions.roles.list": lambda c, s: c.permissions.roles.list(),
    "query_runner.get_query": lambda c, s: c.query_runner.get_query(s.query),
    "schemas.get": lambda c, s: c.schemas.get(s.postgresql, TABLE),
    "schemas.get_records": lambda c, s: c.schemas.get_records(s.postgresql, TABLE),
    "schemas.get_status": lambda c, s: c.schemas.get_status(s.postgresql),
    "users.get": lambda c, s: c.users.get(s.org, s.user),
    "users.get_current_org_user": lambda c, s: c.users.get_current_org_user(s.user),
    "users.list": lambda c, s: c.users.list(s.org),
    "users.list_current_org_users": lambda c, s: c.users.list_current_org_users(),
    "webhooks.get": lambda c, s: c.webhooks.get(s.webhook),
    "webhooks.list": lambda c, s: c.webhooks.list(),
}
"""Uses that change nothing, so that each can be repeated with the other client."""


def _schema(stage: Stage) -> dict[str, Any]:
    found = stage.client.schemas.get(stage.postgresql, TABLE).data.fields
    return {one.id: one for one in found}


def _gone(read: Callable[[], Any]) -> bool:
    from polytomic import NotFoundError

    try:
        read()
    except NotFoundError:
        return True
    return False


def _whose(stage: Stage, key: str) -> str:
    return str(Polytomic(base_url=stage.emulator.url, token=key).identity.get().data.id)


def _roles_of(stage: Stage) -> dict[str, list[str]]:
    found = stage.client.permissions.policies.get(stage.policy).data.policy_actions
    return {one.action: one.role_ids for one in found if one.role_ids}


KEYS: Any = [{"field_id": "email", "is_primary_key": True}]
SCORE: Any = [{"field_id": "score", "label": "Score", "type": "number"}]
WRITES: dict[str, tuple[Use, Effect]] = {
    **BULK_WRITES,
    "connections.connect": (
        lambda c, s: c.connections.connect(name="N", redirect_url=BACK, whitelist=["hubspot"]),
        lambda r, s: r.data.token in r.data.redirect_url,
    ),
    "connections.create": (
        lambda c, s: c.connections.create(**netsuite("Made")),
        lambda r, s: s.client.connections.get(r.data.id).data.name == "Made",
    ),
    "connections.delete": (
        lambda c, s: c.connections.delete(s.contacts.netsuite, force=True),
        lambda r, s: _gone(lambda: s.client.connections.get(s.contacts.netsuite)),
    ),
    "connections.get_type_parameter_values": (
        lambda c, s: c.connections.get_type_parameter_values("salesforce", field="connect_mode"),
        lambda r, s: len(r.data["connect_mode"].values) == 4,
    ),
    "connections.shared_connections.create_shared_connection": (
        lambda c, s: _of_partner(c, s).connections.shared_connections.create_shared_connection(
            s.org, s.postgresql, child_organization_id=s.acme
        ),
        lambda r, s: (
            s.emulator.stored("shared_connection", r.data.id)["parent_connection_id"]
            == s.postgresql
        ),
    ),
    "connections.test_connection": (
        lambda c, s: c.connections.test_connection(type="postgresql", configuration=POSTGRESQL),
        lambda r, s: len(s.client.connections.list().data) == 2,
    ),
    "connections.update": (
        lambda c, s: c.connections.update(
            s.contacts.netsuite, name="Renamed", configuration=NETSUITE
        ),
        lambda r, s: s.client.connections.get(s.contacts.netsuite).data.name == "Renamed",
    ),
    "model_sync.activate": (
        lambda c, s: c.model_sync.activate(s.sync, active=True),
        lambda r, s: s.client.model_sync.get(s.sync).data.active,
    ),
    "model_sync.cancel": (
        lambda c, s: c.model_sync.cancel(s.running[0]),
        lambda r, s: "requested" in r.data.message,
    ),
    "model_sync.create": (
        lambda c, s: c.model_sync.create(**s.contacts.body(name="Made")),
        lambda r, s: s.client.model_sync.get(r.data.id).data.name == "Made",
    ),
    "model_sync.delete": (
        lambda c, s: c.model_sync.delete(s.sync),
        lambda r, s: _gone(lambda: s.client.model_sync.get(s.sync)),
    ),
    "model_sync.error_handling.update": (
        lambda c, s: c.model_sync.error_handling.update(s.sync, notify_on_record_errors=True),
        lambda r, s: s.client.model_sync.error_handling.get(s.sync).data.notify_on_record_errors,
    ),
    "model_sync.executions.cancel": (
        lambda c, s: c.model_sync.executions.cancel(*s.running),
        lambda r, s: "requested" in r.data.message,
    ),
    "model_sync.executions.get_logs": (
        lambda c, s: c.model_sync.executions.get_logs(*s.logged),
        lambda r, s: s.emulator.requests()[-1]["status"] == 302,
    ),
    "model_sync.start": (
        lambda c, s: c.model_sync.start(s.sync, resync=True),
        lambda r, s: s.client.model_sync.executions.get(s.sync, r.data.id).data.id == r.data.id,
    ),
    "model_sync.update": (
        lambda c, s: c.model_sync.update(s.sync, **s.contacts.body(name="Renamed")),
        lambda r, s: s.client.model_sync.get(s.sync).data.name == "Renamed",
    ),
    "models.create": (
        lambda c, s: c.models.create(
            name="Made", connection_id=s.contacts.salesforce, configuration=CONTACT
        ),
        lambda r, s: s.client.models.get(r.data.id).data.version == 1,
    ),
    "models.delete": (
        lambda c, s: c.models.delete(s.contacts.model),
        lambda r, s: _gone(lambda: s.client.models.get(s.contacts.model)),
    ),
    "models.post": (
        lambda c, s: c.models.post(s.apollo, configuration={"object": "organizations"}),
        lambda r, s: r.data == [["domain"]],
    ),
    "models.preview": (
        lambda c, s: c.models.preview(
            name="Seen", connection_id=s.contacts.salesforce, configuration=CONTACT
        ),
        lambda r, s: r.data.id is None and len(s.client.models.list().data) == 1,
    ),
    "models.update": (
        lambda c, s: c.models.update(
            s.contacts.model,
            name="Renamed",
            connection_id=s.contacts.salesforce,
            configuration=CONTACT,
            refresh=True,
        ),
        lambda r, s: s.client.models.get(s.contacts.model).data.name == "Renamed",
    ),
    "organization.create": (
        lambda c, s: _of_partner(c, s).organization.create(name="Made", issuer="https://id"),
        lambda r, s: s.partner.organization.get(r.data.id).data.issuer == "https://id",
    ),
    "organization.delete": (
        lambda c, s: _of_partner(c, s).organization.delete(s.acme),
        lambda r, s: _gone(lambda: s.partner.organization.get(s.acme)),
    ),
    "organization.update": (
        lambda c, s: _of_partner(c, s).organization.update(s.acme, name="Renamed"),
        lambda r, s: s.partner.organization.get(s.acme).data.name == "Renamed",
    ),
    "permissions.policies.create": (
        lambda c, s: c.permissions.policies.create(name="Made"),
        lambda r, s: s.client.permissions.policies.get(r.data.id).data.name == "Made",
    ),
    "permissions.policies.delete": (
        lambda c, s: c.permissions.policies.delete(s.policy),
        lambda r, s: _gone(lambda: s.client.permissions.policies.get(s.policy)),
    ),
    "permissions.policies.update": (
        lambda c, s: c.permissions.policies.update(
            s.policy, name="Renamed", policy_actions=[{"action": "delete", "role_ids": [s.role]}]
        ),
        lambda r, s: _roles_of(s) == {"delete": [s.role]},
    ),
    "permissions.roles.create": (
        lambda c, s: c.permissions.roles.create(name="Made"),
        lambda r, s: s.client.permissions.roles.get(r.data.id).data.name == "Made",
    ),
    "permissions.roles.delete": (
        lambda c, s: c.permissions.roles.delete(s.role),
        lambda r, s: _gone(lambda: s.client.permissions.roles.get(s.role)),
    ),
    "permissions.roles.update": (
        lambda c, s: c.permissions.roles.update(s.role, name="Renamed"),
        lambda r, s: s.client.permissions.roles.get(s.role).data.name == "Renamed",
    ),
    "query_runner.run_query": (
        lambda c, s: c.query_runner.run_query(s.postgresql, query=QUERY),
        lambda r, s: s.client.query_runner.get_query(r.data.id).data.id == r.data.id,
    ),
    "notifications.set_global_error_subscribers": (
        lambda c, s: c.notifications.set_global_error_subscribers(emails=["a@b.example"]),
        lambda r, s: (
            s.client.notifications.get_global_error_subscribers().emails == ["a@b.example"]
        ),
    ),
    "organization.update_record_logging": (
        lambda c, s: c.organization.update_record_logging(enabled=True, delivery_prefix="logs"),
        lambda r, s: s.client.organization.get_record_logging().data.delivery_prefix == "logs",
    ),
    "schemas.delete_field": (
        lambda c, s: c.schemas.delete_field(s.postgresql, TABLE, s.score),
        lambda r, s: "score" not in _schema(s),
    ),
    "schemas.patch_field": (
        lambda c, s: c.schemas.patch_field(s.postgresql, TABLE, "email", label="E-mail"),
        lambda r, s: _schema(s)["email"].name == r.data.name == "E-mail",
    ),
    "schemas.refresh": (
        lambda c, s: c.schemas.refresh(s.postgresql),
        lambda r, s: s.client.schemas.get_status(s.postgresql).data.cache_status == "refreshing",
    ),
    "schemas.reset_primary_keys": (
        lambda c, s: c.schemas.reset_primary_keys(s.postgresql, TABLE),
        lambda r, s: _schema(s)["id"].is_primary_key,
    ),
    "schemas.set_primary_keys": (
        lambda c, s: c.schemas.set_primary_keys(s.postgresql, TABLE, fields=KEYS),
        lambda r, s: _schema(s)["email"].is_primary_key,
    ),
    "schemas.upsert_field": (
        lambda c, s: c.schemas.upsert_field(s.postgresql, TABLE, fields=SCORE),
        lambda r, s: _schema(s)["score"].user_managed,
    ),
    "users.create": (
        lambda c, s: c.users.create(s.org, email="Made@example.com", role_ids=[s.role]),
        lambda r, s: s.client.users.get_current_org_user(r.data.id).data.role_ids == [s.role],
    ),
    "users.create_api_key": (
        lambda c, s: c.users.create_api_key(s.org, s.user),
        lambda r, s: _whose(s, r.data.value) == s.user,
    ),
    "users.create_current_org_user": (
        lambda c, s: c.users.create_current_org_user(email="Made@example.com", role="admin"),
        lambda r, s: s.client.users.get(s.org, r.data.id).data.role == "admin",
    ),
    "users.delete": (
        lambda c, s: c.users.delete(s.org, s.user),
        lambda r, s: r.data.id == s.user and _gone(lambda: s.client.users.get(s.org, s.user)),
    ),
    "users.delete_current_org_user": (
        lambda c, s: c.users.delete_current_org_user(s.user),
        lambda r, s: r.data.id == s.user and _gone(lambda: s.client.users.get(s.org, s.user)),
    ),
    "users.update": (
        lambda c, s: c.users.update(s.org, s.user, email="x@example.com", role_ids=[s.role]),
        lambda r, s: (
            s.client.users.get(s.org, s.user).data == r.data
            and (r.data.email, r.data.role_ids) == ("Ada@example.com", [s.role])
        ),
    ),
    "users.update_current_org_user": (
        lambda c, s: c.users.update_current_org_user(s.user, role="admin"),
        lambda r, s: s.client.users.get(s.org, s.user).data.role == "admin",
    ),
    "webhooks.create": (
        lambda c, s: c.webhooks.create(endpoint=HOOK, secret="canary-secret"),
        lambda r, s: s.client.webhooks.get(r.data.id).data.endpoint == HOOK,
    ),
    "webhooks.delete": (
        lambda c, s: c.webhooks.delete(s.webhook),
        lambda r, s: _gone(lambda: s.client.webhooks.get(s.webhook)),
    ),
    "webhooks.disable": (
        lambda c, s: c.webhooks.disable(s.webhook),
        lambda r, s: s.client.webhooks.get(s.webhook).data.disabled,
    ),
    "webhooks.enable": (
        lambda c, s: c.webhooks.enable(s.webhook),
        lambda r, s: s.client.webhooks.get(s.webhook).data.disabled is False,
    ),
    "webhooks.update": (
        lambda c, s: c.webhooks.update(s.webhook, endpoint=BACK, secret="canary-other"),
        lambda r, s: s.client.webhooks.get(s.webhook).data.endpoint == BACK,
    ),
}
"""Uses that change something, each with what must be true afterwards."""
