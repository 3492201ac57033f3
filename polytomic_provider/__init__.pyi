"""The public names; `__init__.py` imports each from here when it is first used."""

from polytomic_provider.functions import create_connect_card as create_connect_card
from polytomic_provider.functions import create_connect_card_output as create_connect_card_output
from polytomic_provider.functions import get_caller_identity as get_caller_identity
from polytomic_provider.functions import get_caller_identity_output as get_caller_identity_output
from polytomic_provider.functions import get_connection as get_connection
from polytomic_provider.functions import get_connection_output as get_connection_output
from polytomic_provider.functions import get_schema as get_schema
from polytomic_provider.functions import get_schema_output as get_schema_output
from polytomic_provider.functions import get_schema_status as get_schema_status
from polytomic_provider.functions import get_schema_status_output as get_schema_status_output
from polytomic_provider.functions import get_source as get_source
from polytomic_provider.functions import get_source_fields as get_source_fields
from polytomic_provider.functions import get_source_fields_output as get_source_fields_output
from polytomic_provider.functions import get_source_output as get_source_output
from polytomic_provider.functions import get_target_fields as get_target_fields
from polytomic_provider.functions import get_target_fields_output as get_target_fields_output
from polytomic_provider.functions import get_target_objects as get_target_objects
from polytomic_provider.functions import get_target_objects_output as get_target_objects_output
from polytomic_provider.functions_of_accounts import get_connection_types as get_connection_types
from polytomic_provider.functions_of_accounts import (
    get_connection_types_output as get_connection_types_output,
)
from polytomic_provider.functions_of_accounts import get_events as get_events
from polytomic_provider.functions_of_accounts import get_events_output as get_events_output
from polytomic_provider.functions_of_accounts import get_job as get_job
from polytomic_provider.functions_of_accounts import get_job_output as get_job_output
from polytomic_provider.functions_of_accounts import get_organizations as get_organizations
from polytomic_provider.functions_of_accounts import (
    get_organizations_output as get_organizations_output,
)
from polytomic_provider.functions_of_accounts import get_parameter_values as get_parameter_values
from polytomic_provider.functions_of_accounts import (
    get_parameter_values_output as get_parameter_values_output,
)
from polytomic_provider.functions_of_accounts import get_policies as get_policies
from polytomic_provider.functions_of_accounts import get_policies_output as get_policies_output
from polytomic_provider.functions_of_accounts import get_policy as get_policy
from polytomic_provider.functions_of_accounts import get_policy_output as get_policy_output
from polytomic_provider.functions_of_accounts import get_role as get_role
from polytomic_provider.functions_of_accounts import get_role_output as get_role_output
from polytomic_provider.functions_of_accounts import get_roles as get_roles
from polytomic_provider.functions_of_accounts import get_roles_output as get_roles_output
from polytomic_provider.functions_of_accounts import get_user as get_user
from polytomic_provider.functions_of_accounts import get_user_output as get_user_output
from polytomic_provider.functions_of_accounts import get_users as get_users
from polytomic_provider.functions_of_accounts import get_users_output as get_users_output
from polytomic_provider.functions_of_bulk_syncs import get_bulk_destination as get_bulk_destination
from polytomic_provider.functions_of_bulk_syncs import (
    get_bulk_destination_output as get_bulk_destination_output,
)
from polytomic_provider.functions_of_bulk_syncs import get_bulk_source as get_bulk_source
from polytomic_provider.functions_of_bulk_syncs import (
    get_bulk_source_output as get_bulk_source_output,
)
from polytomic_provider.functions_of_bulk_syncs import get_bulk_sync as get_bulk_sync
from polytomic_provider.functions_of_bulk_syncs import (
    get_bulk_sync_execution as get_bulk_sync_execution,
)
from polytomic_provider.functions_of_bulk_syncs import (
    get_bulk_sync_execution_output as get_bulk_sync_execution_output,
)
from polytomic_provider.functions_of_bulk_syncs import (
    get_bulk_sync_executions as get_bulk_sync_executions,
)
from polytomic_provider.functions_of_bulk_syncs import (
    get_bulk_sync_executions_output as get_bulk_sync_executions_output,
)
from polytomic_provider.functions_of_bulk_syncs import get_bulk_sync_output as get_bulk_sync_output
from polytomic_provider.functions_of_bulk_syncs import get_bulk_syncs as get_bulk_syncs
from polytomic_provider.functions_of_bulk_syncs import (
    get_bulk_syncs_output as get_bulk_syncs_output,
)
from polytomic_provider.functions_of_runs import get_model_sample as get_model_sample
from polytomic_provider.functions_of_runs import get_model_sample_output as get_model_sample_output
from polytomic_provider.functions_of_runs import get_sync_execution as get_sync_execution
from polytomic_provider.functions_of_runs import (
    get_sync_execution_output as get_sync_execution_output,
)
from polytomic_provider.functions_of_runs import get_sync_executions as get_sync_executions
from polytomic_provider.functions_of_runs import (
    get_sync_executions_output as get_sync_executions_output,
)
from polytomic_provider.functions_of_runs import run_query as run_query
from polytomic_provider.functions_of_runs import run_query_output as run_query_output
from polytomic_provider.resources.bulk_sync import BulkSync as BulkSync
from polytomic_provider.resources.bulk_sync_error_handling import (
    BulkSyncErrorHandling as BulkSyncErrorHandling,
)
from polytomic_provider.resources.bulk_sync_run import BulkSyncRun as BulkSyncRun
from polytomic_provider.resources.bulk_sync_types import (
    AdditionalScheduleArgs as AdditionalScheduleArgs,
)
from polytomic_provider.resources.bulk_sync_types import BulkFieldArgs as BulkFieldArgs
from polytomic_provider.resources.bulk_sync_types import BulkFieldOptions as BulkFieldOptions
from polytomic_provider.resources.bulk_sync_types import BulkScheduleArgs as BulkScheduleArgs
from polytomic_provider.resources.bulk_sync_types import BulkSchemaArgs as BulkSchemaArgs
from polytomic_provider.resources.connection import Connection as Connection
from polytomic_provider.resources.global_error_subscribers import (
    GlobalErrorSubscribers as GlobalErrorSubscribers,
)
from polytomic_provider.resources.model import Model as Model
from polytomic_provider.resources.organization import Organization as Organization
from polytomic_provider.resources.pipeline import ModelSyncPipeline as ModelSyncPipeline
from polytomic_provider.resources.policy import Policy as Policy
from polytomic_provider.resources.readiness import ConnectionReadiness as ConnectionReadiness
from polytomic_provider.resources.record_logging import RecordLogging as RecordLogging
from polytomic_provider.resources.role import Role as Role
from polytomic_provider.resources.schema_field import SchemaField as SchemaField
from polytomic_provider.resources.schema_primary_keys import SchemaPrimaryKeys as SchemaPrimaryKeys
from polytomic_provider.resources.shared_connection import SharedConnection as SharedConnection
from polytomic_provider.resources.sync import Sync as Sync
from polytomic_provider.resources.sync_error_handling import SyncErrorHandling as SyncErrorHandling
from polytomic_provider.resources.sync_run import SyncRun as SyncRun
from polytomic_provider.resources.sync_types import ConditionsArgs as ConditionsArgs
from polytomic_provider.resources.sync_types import FieldMappingArgs as FieldMappingArgs
from polytomic_provider.resources.sync_types import FilterArgs as FilterArgs
from polytomic_provider.resources.sync_types import IdentitiesArgs as IdentitiesArgs
from polytomic_provider.resources.sync_types import IdentityArgs as IdentityArgs
from polytomic_provider.resources.sync_types import OverrideArgs as OverrideArgs
from polytomic_provider.resources.sync_types import OverrideFieldArgs as OverrideFieldArgs
from polytomic_provider.resources.sync_types import RunAfterArgs as RunAfterArgs
from polytomic_provider.resources.sync_types import ScheduleArgs as ScheduleArgs
from polytomic_provider.resources.sync_types import SourceArgs as SourceArgs
from polytomic_provider.resources.sync_types import TargetArgs as TargetArgs
from polytomic_provider.resources.user import User as User
from polytomic_provider.resources.user_api_key import UserApiKey as UserApiKey
from polytomic_provider.resources.webhook import Webhook as Webhook
from polytomic_provider.schedule import Schedule as Schedule
