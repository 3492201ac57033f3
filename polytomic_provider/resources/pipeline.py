"""A whole pipeline in one declaration: connections, waits, model, sync and a first run."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NotRequired, TypeAlias, TypedDict, cast

import pulumi

from polytomic_provider.facts import connection_types
from polytomic_provider.resources.connection import Connection
from polytomic_provider.resources.model import Model
from polytomic_provider.resources.readiness import ConnectionLike, ConnectionReadiness
from polytomic_provider.resources.sync import Sync
from polytomic_provider.resources.sync_run import SyncRun
from polytomic_provider.resources.sync_types import (
    Fields,
    FilterArgs,
    IdentityArgs,
    Mode,
    ScheduleArgs,
)

if TYPE_CHECKING:
    from polytomic_provider.configurations import Configuration, TypeName, Unchecked
else:
    Configuration = Mapping[str, Any]
    TypeName = Unchecked = str

TYPE = "polytomic:index:ModelSyncPipeline"
"""The type by which users' states know the component, for ever."""


class ConnectionArgs(TypedDict):
    """A connection to be made: the keywords of `Connection`."""

    type: pulumi.Input[TypeName] | Unchecked
    configuration: pulumi.Input[Configuration]
    name: NotRequired[pulumi.Input[str]]
    redirect_url: NotRequired[pulumi.Input[str]]
    policies: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    healthcheck_interval: NotRequired[pulumi.Input[str]]
    validate: NotRequired[pulumi.Input[bool]]
    reconnect: NotRequired[pulumi.Input[Any]]
    force_destroy: NotRequired[pulumi.Input[bool]]
    adopt: NotRequired[pulumi.Input[bool]]


class ModelArgs(TypedDict):
    """The model to be made: the keywords of `Model`, without its connection."""

    configuration: pulumi.Input[Mapping[str, Any]]
    name: NotRequired[pulumi.Input[str]]
    fields: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    identifier: NotRequired[pulumi.Input[str]]
    additional_fields: NotRequired[pulumi.Input[Sequence[Mapping[str, Any]]]]
    tracking_columns: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    labels: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]


class SyncArgs(TypedDict):
    """The sync to be made: the keywords of `Sync`; of its target the object alone."""

    mode: pulumi.Input[Mode]
    object: pulumi.Input[str]
    fields: Fields | pulumi.Output[Any]
    name: NotRequired[pulumi.Input[str]]
    identity: NotRequired[tuple[str, str] | IdentityArgs]
    filters: NotRequired[Sequence[FilterArgs]]
    filter_logic: NotRequired[pulumi.Input[str]]
    override_fields: NotRequired[Mapping[str, pulumi.Input[Any]]]
    schedule: NotRequired[ScheduleArgs]
    active: NotRequired[pulumi.Input[bool]]
    sync_all_records: NotRequired[pulumi.Input[bool]]
    cancel_running: NotRequired[pulumi.Input[bool]]


class RunArgs(TypedDict, total=False):
    """The first run: the keywords of `SyncRun`, without its sync."""

    triggers: pulumi.Input[Sequence[pulumi.Input[Any]]]
    wait: pulumi.Input[bool]
    tolerate: pulumi.Input[int]
    timeout: pulumi.Input[str]
    cancel_on_interrupt: pulumi.Input[bool]
    test: pulumi.Input[bool]


End: TypeAlias = ConnectionArgs | ConnectionLike
"""One end of a pipeline: a connection to be made, or one that there is."""


class ModelSyncPipeline(pulumi.ComponentResource):
    """A model sync from end to end: two connections, the waits for them, a model and a sync.

        contacts = ModelSyncPipeline(
            "contacts",
            source={
                "type": "salesforce",
                "configuration": {"domain": "acme.my.salesforce.com"},
            },
            target=netsuite,
            model={"configuration": {"table": "Contact"}, "fields": ["Email", "LastName"]},
            sync={
                "mode": "updateOrCreate",
                "object": "contact",
                "identity": ("Email", "email"),
                "fields": {"Email": "email", "LastName": "lastName"},
                "filters": [is_not_null("LastName")],
            },
        )
        pulumi.export("auth_url", contacts.auth_url)

    Its resources are ordinary ones, in attributes: `source` and `target` (None where a connection
    is given), `source_ready`, `target_ready`, `model`, `sync`, `first_run` (None without `run`).
    Their names in Pulumi begin with the pipeline's, and previews tell of each what they would tell
    of it alone.

    Args:
        resource_name: Name of the pipeline; without names of their own, its objects in Polytomic
            have names that begin with it.
        source: The connection to read: what `Connection` takes, or a Connection, a
            ConnectionReadiness or an id.
        target: The connection to write to, likewise.
        model: What `Model` takes, without its connection.
        sync: What `Sync` takes, without model and target; `object` is the target's.
        run: What `SyncRun` takes, without its sync, or True; left out: nothing runs at first.
        timeout: How long to wait for each connection at most, such as `10m` (the default).
        organization_id: Workspace, for partner and deployment keys.
        account: Account of the configuration, whose key is used.
        opts: Pulumi's resource options; they hold for all resources of the pipeline as they do for
            those of any component.
    """

    source: Connection | None
    target: Connection | None
    source_ready: ConnectionReadiness
    target_ready: ConnectionReadiness
    model: Model
    sync: Sync
    first_run: SyncRun | None

    auth_url: pulumi.Output[str | None]
    """Where a person gives consent to the source, or else to the target."""
    source_connection_id: pulumi.Output[str]
    """Id of the connection that is read."""
    target_connection_id: pulumi.Output[str]
    """Id of the connection that is written to."""
    model_id: pulumi.Output[str]
    """Id of the model."""
    sync_id: pulumi.Output[str]
    """Id of the sync."""

    def __init__(
        self,
        resource_name: str,
        *,
        source: End,
        target: End,
        model: ModelArgs,
        sync: SyncArgs,
        run: RunArgs | bool = False,
        timeout: pulumi.Input[str] = "10m",
        organization_id: pulumi.Input[str] | None = None,
        account: str | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__(TYPE, resource_name, None, opts)
        inside = pulumi.ResourceOptions(parent=self)
        placed: dict[str, Any] = {"organization_id": organization_id, "account": account}
        self.source, read = _end(f"{resource_name}-source", source, placed, inside)
        self.target, written = _end(f"{resource_name}-target", target, placed, inside)
        ready: dict[str, Any] = {"timeout": timeout, **placed}
        self.source_ready = _gate(f"{resource_name}-source", source, read, ready, inside)
        self.target_ready = (
            self.source_ready
            if written is read
            else _gate(f"{resource_name}-target", target, written, ready, inside)
        )
        of_model: dict[str, Any] = {**model, **placed}
        self.model = Model(
            f"{resource_name}-model", connection_id=self.source_ready, opts=inside, **of_model
        )
        of_sync: dict[str, Any] = {**sync, **placed}
        place: Any = {"connection_id": self.target_ready, "object": of_sync.pop("object")}
        self.sync = Sync(
            f"{resource_name}-sync", model=self.model, target=place, opts=inside, **of_sync
        )
        of_run = cast("dict[str, Any]", {} if isinstance(run, bool) else run)
        self.first_run = (
            None
            if run is False
            else SyncRun(f"{resource_name}-first-run", sync=self.sync, opts=inside, **of_run)
        )
        made = [one for one in (self.source, self.target) if one is not None]
        urls = [one.auth_url for one in made]
        self.auth_url = pulumi.Output.all(*urls).apply(_first)
        self.source_connection_id = self.model.connection_id
        self.target_connection_id = self.sync.target.apply(_connection)
        self.model_id, self.sync_id = self.model.id, self.sync.id
        self.register_outputs(
            {
                name: getattr(self, name)
                for name in (
                    "auth_url",
                    "source_connection_id",
                    "target_connection_id",
                    "model_id",
                    "sync_id",
                )
            }
        )


def _end(
    name: str, end: End, placed: dict[str, Any], opts: pulumi.ResourceOptions
) -> tuple[Connection | None, ConnectionLike]:
    """The connection that is made for an end, and what stands for the end."""
    if not isinstance(end, Mapping):
        return None, end
    keywords: dict[str, Any] = {**end, **placed}
    made = Connection(name, opts=opts, **keywords)
    return made, made


def _asks_for_consent(end: End) -> bool:
    """Whether a new consent may have to be waited for, as far as the type is known."""
    type_id: Any = end.get("type") if isinstance(end, Mapping) else None
    known = connection_types.get(type_id) if isinstance(type_id, str) else None
    return known is None or known.use_oauth


def _gate(
    name: str,
    end: End,
    connection: ConnectionLike,
    ready: dict[str, Any],
    opts: pulumi.ResourceOptions,
) -> ConnectionReadiness:
    """The wait for a connection; a gate that is given is the one."""
    if isinstance(connection, ConnectionReadiness):
        return connection
    triggers: list[Any] | None = None
    if isinstance(connection, Connection) and _asks_for_consent(end):
        triggers = [connection.auth_url]
    return ConnectionReadiness(
        f"{name}-ready", connection=connection, triggers=triggers, opts=opts, **ready
    )


def _first(urls: Sequence[str | None]) -> str | None:
    return next((one for one in urls if one), None)


def _connection(target: Mapping[str, Any]) -> str:
    return str(target["connection_id"])
