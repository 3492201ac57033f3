"""A sync, as a Pulumi resource."""

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi

from polytomic_provider.resources.model import ModelLike
from polytomic_provider.resources.object_resource import ObjectResource
from polytomic_provider.resources.sync_types import (
    ConditionsArgs,
    Fields,
    FilterArgs,
    IdentitiesArgs,
    IdentityArgs,
    Mode,
    OverrideArgs,
    OverrideFieldArgs,
    ScheduleArgs,
    TargetArgs,
)


class Sync(ObjectResource, kind="Sync"):
    """A sync: a model's fields mapped onto a target object.

        Sync(
            "contacts-to-netsuite",
            model=contacts,
            mode="updateOrCreate",
            target={"connection_id": netsuite_ready, "object": "contact"},
            identity=("Email", "email"),
            fields={"Email": "email", "LastName": "lastName"},
            filters=[is_not_null("LastName")],
            schedule=Schedule.daily(hour=10, minute=30),
        )

    Args:
        resource_name: Name of the resource in the program.
        mode: What happens to records: `create`, `update`, `updateOrCreate`, `replace`, `append`,
            `remove`, `snapshot`.
        target: Where to write: `{connection_id, object}`; another connection replaces.
        fields: Mappings, such as `{"Email": "email"}` (source field to target field, to several,
            or to `{target, sync_mode, ...}`), or the API's list.
        model: The model that mappings and filters read: a Model or an id; replaces.
        name: Name in Polytomic; default: `resource_name`.
        identity: How records are matched, such as `("Email", "email")`.
        identities: Several identities: `{mappings, strategy}`.
        filters: Which records are read, such as `[is_not_null("LastName")]`.
        filter_logic: How filters combine, such as `A or B`; left out: all of them.
        model_filters: The newer form of filters: `{conditions, logic}`.
        target_filters: Which target records are touched: `{conditions, logic}`.
        overrides: Values replaced on a condition.
        override_fields: Constants, such as `{"leadSource": "Salesforce"}`.
        schedule: When it runs, such as `Schedule.daily(hour=10, minute=30)`; left out: manual.
        active: Whether the schedule runs; left out: kept as it is.
        sync_all_records: True: every run writes all records, not only changed ones.
        only_enrich_updates: True: enrich changed records only.
        skip_initial_backfill: True: begin with the changes from now on.
        encryption_passphrase: Passphrase for encrypted fields; secret.
        policies: Ids of the permission policies; left out: kept as they are.
        organization_id: Workspace, for partner and deployment keys; replaces.
        account: Account of the configuration, whose key is used.
        cancel_running: True: deleting cancels what runs and waits for its end.
        adopt: True: take over the sync that is there already and is the same thing
            (target connection, object and name), where there is exactly one.
        adopt_id: Take over the sync of this id.
        opts: Pulumi's resource options; `import_`, `provider` and
            `delete_before_replace=False` are refused.

    Source: `POST /api/syncs`, `GET`, `PUT` and `DELETE /api/syncs/{id}`.
    """

    mode: pulumi.Output[str]
    target: pulumi.Output[dict[str, Any]]
    fields: pulumi.Output[Any]
    model: pulumi.Output[str | None]
    name: pulumi.Output[str]
    identity: pulumi.Output[Any]
    identities: pulumi.Output[dict[str, Any] | None]
    filters: pulumi.Output[list[dict[str, Any]] | None]
    filter_logic: pulumi.Output[str | None]
    model_filters: pulumi.Output[dict[str, Any] | None]
    target_filters: pulumi.Output[dict[str, Any] | None]
    overrides: pulumi.Output[list[dict[str, Any]] | None]
    override_fields: pulumi.Output[Any]
    schedule: pulumi.Output[dict[str, Any] | None]
    active: pulumi.Output[bool | None]
    sync_all_records: pulumi.Output[bool | None]
    only_enrich_updates: pulumi.Output[bool | None]
    skip_initial_backfill: pulumi.Output[bool | None]
    encryption_passphrase: pulumi.Output[str | None]
    policies: pulumi.Output[list[str] | None]
    organization_id: pulumi.Output[str | None]
    account: pulumi.Output[str | None]
    cancel_running: pulumi.Output[bool | None]
    adopt: pulumi.Output[bool | None]
    adopt_id: pulumi.Output[str | None]

    model_ids: pulumi.Output[list[str] | None]
    """Ids of the models that it reads."""

    def __init__(
        self,
        resource_name: str,
        *,
        mode: pulumi.Input[Mode],
        target: TargetArgs | pulumi.Output[Any],
        fields: Fields | pulumi.Output[Any],
        model: ModelLike | None = None,
        name: pulumi.Input[str] | None = None,
        identity: tuple[str, str] | IdentityArgs | pulumi.Output[Any] | None = None,
        identities: IdentitiesArgs | pulumi.Output[Any] | None = None,
        filters: Sequence[FilterArgs] | pulumi.Output[Any] | None = None,
        filter_logic: pulumi.Input[str] | None = None,
        model_filters: ConditionsArgs | pulumi.Output[Any] | None = None,
        target_filters: ConditionsArgs | pulumi.Output[Any] | None = None,
        overrides: Sequence[OverrideArgs] | pulumi.Output[Any] | None = None,
        override_fields: Mapping[str, pulumi.Input[Any]]
        | Sequence[OverrideFieldArgs]
        | pulumi.Output[Any]
        | None = None,
        schedule: ScheduleArgs | pulumi.Output[Any] | None = None,
        active: pulumi.Input[bool] | None = None,
        sync_all_records: pulumi.Input[bool] | None = None,
        only_enrich_updates: pulumi.Input[bool] | None = None,
        skip_initial_backfill: pulumi.Input[bool] | None = None,
        encryption_passphrase: pulumi.Input[str] | None = None,
        policies: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
        organization_id: pulumi.Input[str] | None = None,
        account: str | None = None,
        cancel_running: pulumi.Input[bool] = False,
        adopt: pulumi.Input[bool] = False,
        adopt_id: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        self._declare(
            resource_name,
            {
                "mode": mode,
                "target": target,
                "fields": fields,
                "model": model,
                "name": name,
                "identity": identity,
                "identities": identities,
                "filters": filters,
                "filter_logic": filter_logic,
                "model_filters": model_filters,
                "target_filters": target_filters,
                "overrides": overrides,
                "override_fields": override_fields,
                "schedule": schedule,
                "active": active,
                "sync_all_records": sync_all_records,
                "only_enrich_updates": only_enrich_updates,
                "skip_initial_backfill": skip_initial_backfill,
                "encryption_passphrase": encryption_passphrase,
                "policies": policies,
                "organization_id": organization_id,
                "account": account,
                "cancel_running": cancel_running or None,
                "adopt": adopt or None,
                "adopt_id": adopt_id,
            },
            opts,
        )
