"""The wire types know every field that the official client knows, and no other."""

import inspect
from typing import Any

import pytest
from polytomic import Polytomic as OfficialClient
from polytomic import types as official
from pydantic import BaseModel

from polytomic_provider.api.routes.bulk_executions import BulkExecutionRequest
from polytomic_provider.api.routes.organizations import OrganizationReply
from polytomic_provider.api.routes.policies import PolicyActionReply, PolicyReply
from polytomic_provider.api.routes.roles import RoleReply
from polytomic_provider.api.routes.schema_fields import AddedField, FieldOverride
from polytomic_provider.api.routes.singletons import (
    BulkSyncErrorHandlingReply,
    BulkSyncErrorHandlingRequest,
    GlobalErrorSubscribersReply,
    GlobalErrorSubscribersRequest,
    RecordLoggingReply,
    RecordLoggingRequest,
    SyncErrorHandlingReply,
    SyncErrorHandlingRequest,
)
from polytomic_provider.api.routes.sync_executions import ExecutionRequest
from polytomic_provider.api.routes.users import ApiKeyReply, UserReply
from polytomic_provider.api.routes.webhooks import WebhookReply
from polytomic_provider.api.wire import bulk_sync as bulk
from polytomic_provider.api.wire import job, model, sync, target
from polytomic_provider.api.wire import sync_reply as reply
from polytomic_provider.api.wire.connect_card import ConnectCardReply, ConnectCardRequest
from polytomic_provider.api.wire.execution import Execution, ExecutionCounts
from polytomic_provider.api.wire.model import ModelReply, ModelRequest
from polytomic_provider.api.wire.schemas import ConnectionSchema, SchemaFieldReply, SchemaStatus
from polytomic_provider.api.wire.source import ModelField, ModelSyncSource, SourceMeta
from polytomic_provider.api.wire.sync import SyncRequest
from polytomic_provider.api.wire.sync_list import SyncItem, SyncStatus
from polytomic_provider.api.wire.sync_reply import SyncReply
from polytomic_provider.api.wire.target import (
    TargetCreation,
    TargetField,
    TargetFields,
    TargetObject,
)

WHO = {"created_by", "updated_by"}
PAIRS = [
    (ConnectCardReply, official.ConnectCardResponse, set()),
    (Execution, official.GetExecutionResponseSchema, {"version"}),
    (BulkSyncErrorHandlingReply, official.BulkSyncErrorHandling, set()),
    (BulkSyncErrorHandlingRequest, official.BulkSyncErrorHandling, set()),
    (bulk.BulkScheduleRequest, official.BulkSyncDefaultScheduleRequest, set()),
    (bulk.AdditionalScheduleRequest, official.BulkSyncAdditionalScheduleRequest, set()),
    (bulk.BulkFilterRequest, official.BulkFilter, set()),
    (bulk.BulkFilterReply, official.BulkFilter, set()),
    (bulk.SchemaConfiguration, official.SchemaConfiguration, set()),
    (bulk.SchemaFieldSelection, official.FieldConfiguration, set()),
    (bulk.SchemaFieldUpdate, official.UpdateBulkField, set()),
    (bulk.BulkFieldReply, official.BulkField, set()),
    (bulk.BulkSchemaReply, official.BulkSchema, {"destination_history_output_name"}),
    (bulk.BulkSyncStatus, official.BulkSyncStatusResponse, {"ingestion_status"}),
    (bulk.BulkDestination, official.BulkSyncDest, set()),
    (bulk.BulkSourceSchema, official.Schema, set()),
    (ModelField, official.ModelField, {"created_by"}),
    (ModelReply, official.ModelResponse, WHO),
    (WebhookReply, official.Webhook, {"secret"}),
    (RoleReply, official.RoleResponse, set()),
    (UserReply, official.User, set()),
    (OrganizationReply, official.Organization, set()),
    (UserReply, official.CurrentOrgUserResponse, {"harbor_ids", "harbor_only"}),
    (ApiKeyReply, official.ApiKeyResponse, set()),
    (PolicyReply, official.PolicyResponse, set()),
    (PolicyActionReply, official.PolicyAction, set()),
    (GlobalErrorSubscribersReply, official.GlobalErrorSubscribersResponse, set()),
    (RecordLoggingReply, official.RecordLoggingSettingsResponse, set()),
    (SyncErrorHandlingReply, official.SyncErrorHandling, set()),
    (ModelSyncSource, official.SyncSourceMetaResponse, set()),
    (ConnectionSchema, official.Schema, set()),
    (SchemaFieldReply, official.SchemaField, set()),
    (SchemaStatus, official.BulkSyncSourceStatus, set()),
    (SourceMeta, official.SourceMeta, set()),
    (SyncItem, official.ListSyncItem, WHO),
    (SyncReply, official.ModelSyncV5Response, {*WHO, "encryption_passphrase"}),
    (SyncStatus, official.SyncStatusResponse, set()),
    (TargetCreation, official.TargetCreator, set()),
    (TargetField, official.TargetField, set()),
    (TargetFields, official.TargetResponse, set()),
    (TargetObject, official.TargetObject, set()),
    (job.JobReply, official.JobResponse, set()),
    (model.Enricher, official.Enrichment, set()),
    (model.EnricherReply, official.Enrichment, set()),
    (model.ModelSample, official.ModelSample, set()),
    (model.RelationReply, official.Relation, set()),
    (sync.ModelFilters, official.ModelFilters, set()),
    (sync.OverrideField, official.OverrideField, set()),
    (sync.SyncField, official.SyncField, set()),
    (sync.SyncFilter, official.Filter, set()),
    (sync.SyncIdentities, official.ModelSyncIdentities, set()),
    (sync.SyncIdentity, official.Identity, set()),
    (sync.SyncOverride, official.Override, set()),
    (sync.SyncSchedule, official.Schedule, set()),
    (sync.SyncTarget, official.ModelSyncV5Target, set()),
    (sync.TargetFilters, official.TargetFilters, set()),
    (ExecutionCounts, official.ExecutionCounts, set()),
    (reply.ModelFilterReply, official.ModelFilterCondition, set()),
    (reply.OverrideFieldReply, official.OverrideField, set()),
    (reply.SyncFieldReply, official.SyncField, set()),
    (reply.SyncFilterReply, official.Filter, set()),
    (reply.SyncIdentityReply, official.Identity, set()),
    (reply.SyncOverrideReply, official.Override, set()),
    (reply.SyncProblem, official.ModelSyncProblem, set()),
    (reply.SyncScheduleReply, official.Schedule, set()),
    (reply.SyncTargetReply, official.ModelSyncV5Target, set()),
    (reply.TargetFilterReply, official.TargetFilterCondition, set()),
    (target.SupportedFilterFunction, official.SupportedFilterFunction, set()),
    (target.TargetCreationProperty, official.TargetPropertyValues, set()),
    (target.TargetProperties, official.SyncDestinationProperties, set()),
]


@pytest.mark.parametrize(
    ("ours", "theirs", "unread"), PAIRS, ids=[ours.__name__ for ours, _, _ in PAIRS]
)
def test_a_type_has_the_fields_of_the_official_one(
    ours: type[BaseModel], theirs: type[BaseModel], unread: set[str]
) -> None:
    assert set(ours.model_fields) == set(theirs.model_fields) - unread


def test_a_bulk_sync_has_the_fields_of_the_official_one_and_its_schemas() -> None:
    theirs = set(official.BulkSyncResponse.model_fields) - WHO
    assert set(bulk.BulkSyncReply.model_fields) == theirs | {"schemas"}


def _arguments(method: Any) -> set[str]:
    plumbing = {"idempotency_key", "request_options", "async_", "id"}
    return set(inspect.signature(method).parameters) - plumbing


def test_requests_have_the_arguments_of_the_official_client() -> None:
    client = OfficialClient(token="t")
    assert set(SyncRequest.model_fields) == _arguments(client.model_sync.create)
    assert set(SyncRequest.model_fields) == _arguments(client.model_sync.update)
    assert set(ModelRequest.model_fields) == _arguments(client.models.update)
    set_subscribers = client.notifications.set_global_error_subscribers
    assert set(GlobalErrorSubscribersRequest.model_fields) == _arguments(set_subscribers)
    logging = client.organization.update_record_logging
    assert set(RecordLoggingRequest.model_fields) == _arguments(logging)
    handling = client.model_sync.error_handling.update
    assert set(SyncErrorHandlingRequest.model_fields) == _arguments(handling)
    started = _arguments(client.model_sync.start) - {"source_identities"}
    assert set(ExecutionRequest.model_fields) == started
    assert set(BulkExecutionRequest.model_fields) == _arguments(client.bulk_sync.start)
    assert set(bulk.BulkSyncRequest.model_fields) == _arguments(client.bulk_sync.create)
    assert set(bulk.BulkSyncRequest.model_fields) == _arguments(client.bulk_sync.update)
    of_schema = _arguments(client.bulk_sync.schemas.update) - {"schema_id"}
    assert set(bulk.SchemaUpdate.model_fields) == of_schema
    assert set(ConnectCardRequest.model_fields) == _arguments(client.connections.connect)
    assert set(AddedField.model_fields) == set(official.UserFieldRequest.model_fields)
    place = {"connection_id", "schema_id", "field_id"}
    assert set(FieldOverride.model_fields) == _arguments(client.schemas.patch_field) - place
