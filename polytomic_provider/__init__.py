"""Polytomic connections, models and syncs as Pulumi resources.

from polytomic_provider import Connection

salesforce = Connection(
    "salesforce", type="salesforce", configuration={"domain": "acme.my.salesforce.com"}
)
pulumi.export("auth_url", salesforce.auth_url)
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from polytomic_provider.functions import (
        create_connect_card,
        create_connect_card_output,
        get_caller_identity,
        get_caller_identity_output,
        get_connection,
        get_connection_output,
        get_schema,
        get_schema_output,
        get_schema_status,
        get_schema_status_output,
        get_source,
        get_source_fields,
        get_source_fields_output,
        get_source_output,
        get_target_fields,
        get_target_fields_output,
        get_target_objects,
        get_target_objects_output,
    )
    from polytomic_provider.functions_of_accounts import (
        get_connection_types,
        get_connection_types_output,
        get_events,
        get_events_output,
        get_job,
        get_job_output,
        get_organizations,
        get_organizations_output,
        get_parameter_values,
        get_parameter_values_output,
        get_policies,
        get_policies_output,
        get_policy,
        get_policy_output,
        get_role,
        get_role_output,
        get_roles,
        get_roles_output,
        get_user,
        get_user_output,
        get_users,
        get_users_output,
    )
    from polytomic_provider.functions_of_bulk_syncs import (
        get_bulk_destination,
        get_bulk_destination_output,
        get_bulk_source,
        get_bulk_source_output,
        get_bulk_sync,
        get_bulk_sync_output,
        get_bulk_syncs,
        get_bulk_syncs_output,
    )
    from polytomic_provider.functions_of_runs import (
        get_model_sample,
        get_model_sample_output,
        get_sync_execution,
        get_sync_execution_output,
        get_sync_executions,
        get_sync_executions_output,
        run_query,
        run_query_output,
    )
    from polytomic_provider.resources.bulk_sync import BulkSync
    from polytomic_provider.resources.bulk_sync_error_handling import BulkSyncErrorHandling
    from polytomic_provider.resources.bulk_sync_types import (
        AdditionalScheduleArgs,
        BulkFieldArgs,
        BulkFieldOptions,
        BulkScheduleArgs,
        BulkSchemaArgs,
    )
    from polytomic_provider.resources.connection import Connection
    from polytomic_provider.resources.global_error_subscribers import GlobalErrorSubscribers
    from polytomic_provider.resources.model import Model
    from polytomic_provider.resources.organization import Organization
    from polytomic_provider.resources.pipeline import ModelSyncPipeline
    from polytomic_provider.resources.policy import Policy
    from polytomic_provider.resources.readiness import ConnectionReadiness
    from polytomic_provider.resources.record_logging import RecordLogging
    from polytomic_provider.resources.role import Role
    from polytomic_provider.resources.schema_primary_keys import SchemaPrimaryKeys
    from polytomic_provider.resources.sync import Sync
    from polytomic_provider.resources.sync_error_handling import SyncErrorHandling
    from polytomic_provider.resources.sync_run import SyncRun
    from polytomic_provider.resources.sync_types import (
        ConditionsArgs,
        FieldMappingArgs,
        FilterArgs,
        IdentitiesArgs,
        IdentityArgs,
        OverrideArgs,
        OverrideFieldArgs,
        RunAfterArgs,
        ScheduleArgs,
        SourceArgs,
        TargetArgs,
    )
    from polytomic_provider.resources.user import User
    from polytomic_provider.resources.user_api_key import UserApiKey
    from polytomic_provider.resources.webhook import Webhook
    from polytomic_provider.schedule import Schedule

__all__ = [
    "AdditionalScheduleArgs",
    "BulkFieldArgs",
    "BulkFieldOptions",
    "BulkScheduleArgs",
    "BulkSchemaArgs",
    "BulkSync",
    "BulkSyncErrorHandling",
    "ConditionsArgs",
    "Connection",
    "ConnectionReadiness",
    "FieldMappingArgs",
    "FilterArgs",
    "GlobalErrorSubscribers",
    "IdentitiesArgs",
    "IdentityArgs",
    "Model",
    "ModelSyncPipeline",
    "Organization",
    "OverrideArgs",
    "OverrideFieldArgs",
    "Policy",
    "RecordLogging",
    "Role",
    "RunAfterArgs",
    "Schedule",
    "ScheduleArgs",
    "SchemaPrimaryKeys",
    "SourceArgs",
    "Sync",
    "SyncErrorHandling",
    "SyncRun",
    "TargetArgs",
    "User",
    "UserApiKey",
    "Webhook",
    "create_connect_card",
    "create_connect_card_output",
    "get_bulk_destination",
    "get_bulk_destination_output",
    "get_bulk_source",
    "get_bulk_source_output",
    "get_bulk_sync",
    "get_bulk_sync_output",
    "get_bulk_syncs",
    "get_bulk_syncs_output",
    "get_caller_identity",
    "get_caller_identity_output",
    "get_connection",
    "get_connection_output",
    "get_connection_types",
    "get_connection_types_output",
    "get_events",
    "get_events_output",
    "get_job",
    "get_job_output",
    "get_model_sample",
    "get_model_sample_output",
    "get_organizations",
    "get_organizations_output",
    "get_parameter_values",
    "get_parameter_values_output",
    "get_policies",
    "get_policies_output",
    "get_policy",
    "get_policy_output",
    "get_role",
    "get_role_output",
    "get_roles",
    "get_roles_output",
    "get_schema",
    "get_schema_output",
    "get_schema_status",
    "get_schema_status_output",
    "get_source",
    "get_source_fields",
    "get_source_fields_output",
    "get_source_output",
    "get_sync_execution",
    "get_sync_execution_output",
    "get_sync_executions",
    "get_sync_executions_output",
    "get_target_fields",
    "get_target_fields_output",
    "get_target_objects",
    "get_target_objects_output",
    "get_user",
    "get_user_output",
    "get_users",
    "get_users_output",
    "run_query",
    "run_query_output",
]

_OF_ACCOUNTS = "polytomic_provider.functions_of_accounts"
_OF_BULK_SYNCS = "polytomic_provider.functions_of_bulk_syncs"
_OF_RUNS = "polytomic_provider.functions_of_runs"
_HOMES = {
    "AdditionalScheduleArgs": "polytomic_provider.resources.bulk_sync_types",
    "BulkFieldArgs": "polytomic_provider.resources.bulk_sync_types",
    "BulkFieldOptions": "polytomic_provider.resources.bulk_sync_types",
    "BulkScheduleArgs": "polytomic_provider.resources.bulk_sync_types",
    "BulkSchemaArgs": "polytomic_provider.resources.bulk_sync_types",
    "BulkSync": "polytomic_provider.resources.bulk_sync",
    "BulkSyncErrorHandling": "polytomic_provider.resources.bulk_sync_error_handling",
    "Connection": "polytomic_provider.resources.connection",
    "ConnectionReadiness": "polytomic_provider.resources.readiness",
    "Model": "polytomic_provider.resources.model",
    "Organization": "polytomic_provider.resources.organization",
    "Policy": "polytomic_provider.resources.policy",
    "Role": "polytomic_provider.resources.role",
    "GlobalErrorSubscribers": "polytomic_provider.resources.global_error_subscribers",
    "RecordLogging": "polytomic_provider.resources.record_logging",
    "SyncErrorHandling": "polytomic_provider.resources.sync_error_handling",
    "SchemaPrimaryKeys": "polytomic_provider.resources.schema_primary_keys",
    "ModelSyncPipeline": "polytomic_provider.resources.pipeline",
    "Schedule": "polytomic_provider.schedule",
    "Sync": "polytomic_provider.resources.sync",
    "SyncRun": "polytomic_provider.resources.sync_run",
    "User": "polytomic_provider.resources.user",
    "UserApiKey": "polytomic_provider.resources.user_api_key",
    "Webhook": "polytomic_provider.resources.webhook",
    "get_connection_types": _OF_ACCOUNTS,
    "get_connection_types_output": _OF_ACCOUNTS,
    "get_events": _OF_ACCOUNTS,
    "get_events_output": _OF_ACCOUNTS,
    "get_job": _OF_ACCOUNTS,
    "get_job_output": _OF_ACCOUNTS,
    "get_organizations": _OF_ACCOUNTS,
    "get_organizations_output": _OF_ACCOUNTS,
    "get_parameter_values": _OF_ACCOUNTS,
    "get_parameter_values_output": _OF_ACCOUNTS,
    "get_policies": _OF_ACCOUNTS,
    "get_policies_output": _OF_ACCOUNTS,
    "get_policy": _OF_ACCOUNTS,
    "get_policy_output": _OF_ACCOUNTS,
    "get_role": _OF_ACCOUNTS,
    "get_role_output": _OF_ACCOUNTS,
    "get_roles": _OF_ACCOUNTS,
    "get_roles_output": _OF_ACCOUNTS,
    "get_user": _OF_ACCOUNTS,
    "get_user_output": _OF_ACCOUNTS,
    "get_users": _OF_ACCOUNTS,
    "get_users_output": _OF_ACCOUNTS,
    "get_bulk_destination": _OF_BULK_SYNCS,
    "get_bulk_destination_output": _OF_BULK_SYNCS,
    "get_bulk_source": _OF_BULK_SYNCS,
    "get_bulk_source_output": _OF_BULK_SYNCS,
    "get_bulk_sync": _OF_BULK_SYNCS,
    "get_bulk_sync_output": _OF_BULK_SYNCS,
    "get_bulk_syncs": _OF_BULK_SYNCS,
    "get_bulk_syncs_output": _OF_BULK_SYNCS,
    "get_model_sample": _OF_RUNS,
    "get_model_sample_output": _OF_RUNS,
    "get_sync_execution": _OF_RUNS,
    "get_sync_execution_output": _OF_RUNS,
    "get_sync_executions": _OF_RUNS,
    "get_sync_executions_output": _OF_RUNS,
    "run_query": _OF_RUNS,
    "run_query_output": _OF_RUNS,
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: the provider's process needs none of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    other = "resources.sync_types" if name.endswith("Args") else "functions"
    return getattr(import_module(_HOMES.get(name, f"polytomic_provider.{other}")), name)
