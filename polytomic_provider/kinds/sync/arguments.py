"""The arguments of a sync, with the facts about each."""

from typing import Annotated, Any

from pydantic import Field

from polytomic_provider.kinds.arguments import Facts
from polytomic_provider.kinds.object_arguments import ObjectArguments


class SyncArguments(ObjectArguments):
    """The arguments of a sync. Source: `POST /api/syncs`, `PUT /api/syncs/{id}`.

    Those that are Any take several forms, which `spec.sync_parse` reads.
    """

    mode: str = Field(description="What happens to records, such as `updateOrCreate`.")
    target: Any = Field(
        description="Where to write: `{connection_id, object}`; another connection replaces."
    )
    fields: Annotated[Any, Facts(unordered=True)] = Field(
        description='Mappings, such as `{"Email": "email"}`, or the API\'s list.'
    )
    model: Annotated[str | None, Facts(id_of="Model", replaces=True)] = Field(
        default=None, description="The model that mappings and filters read: a Model or an id."
    )
    name: str | None = Field(
        default=None, min_length=1, description="Name in Polytomic; default: the resource's name."
    )
    identity: Any = Field(
        default=None, description='How records are matched, such as `("Email", "email")`.'
    )
    identities: Any = Field(default=None, description="Several identities: `{mappings, strategy}`.")
    filters: Any = Field(
        default=None, description='Which records are read, such as `[is_not_null("LastName")]`.'
    )
    filter_logic: Any = Field(
        default=None, description="How filters combine, such as `A or B`; left out: all of them."
    )
    model_filters: Any = Field(
        default=None, description="The newer form of filters: `{conditions, logic}`."
    )
    target_filters: Any = Field(
        default=None, description="Which target records are touched: `{conditions, logic}`."
    )
    overrides: Annotated[Any, Facts(unordered=True)] = Field(
        default=None, description="Values replaced on a condition."
    )
    override_fields: Annotated[Any, Facts(unordered=True)] = Field(
        default=None, description='Constants, such as `{"leadSource": "Salesforce"}`.'
    )
    schedule: Any = Field(
        default=None, description="When it runs, such as `Schedule.daily(hour=10, minute=30)`."
    )
    active: Annotated[bool | None, Facts(unmanaged=True)] = Field(
        default=None, description="Whether the schedule runs; left out: kept as it is."
    )
    sync_all_records: bool | None = Field(
        default=None, description="True: every run writes all records, not only changed ones."
    )
    only_enrich_updates: bool | None = Field(
        default=None, description="True: enrich changed records only."
    )
    skip_initial_backfill: bool | None = Field(
        default=None, description="True: begin with the changes from now on."
    )
    encryption_passphrase: Annotated[
        str | None, Facts(secret=True, write_only=True, unmanaged=True)
    ] = Field(default=None, description="Passphrase for encrypted fields; secret.")
    policies: Annotated[list[str] | None, Facts(unordered=True, unmanaged=True)] = Field(
        default=None, description="Ids of the permission policies; left out: kept as they are."
    )
    organization_id: Annotated[str | None, Facts(replaces=True, unmanaged=True)] = Field(
        default=None, min_length=1, description="Workspace; for partner and deployment keys."
    )
    cancel_running: Annotated[bool | None, Facts(provider_side=True, needed_by_delete=True)] = (
        Field(default=None, description="True: deleting cancels what runs and waits for its end.")
    )
