# ruff: noqa: UP007
"""What the `configuration` of each connection type takes, for editors and type checkers.

    from polytomic_provider import Connection
    from polytomic_provider.configurations import Postgresql

    def settings(database: str) -> Postgresql:
        return Postgresql(
            hostname="db.example.com",
            database=database,
            username="reader",
            password=pulumi.Config().require_secret("password"),
        )

    shop = Connection("shop", type="postgresql", configuration=settings("shop"))

A dict that is written where `Connection` is called is checked, too; a function that returns a
configuration needs the name of its type. Nothing here is imported when a program runs unless it
asks for it.

`python -m tools.configurations` writes this file from the packaged facts.
Source: `GET /api/connection_types/{id}`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Required, TypeAlias, TypedDict, Union

from pulumi import Input, Output


class Unchecked:
    """Lets a value pass that is newer than this list: a connection type, or a configuration.

        Connection(
            "crm", type=Unchecked("brand_new"), configuration=Unchecked({"new_key": 1})
        )

    It is the value itself when the program runs; the preview asks the live API about it.
    """

    def __new__(cls, value: Any) -> Any:
        return value


class Salesforce(TypedDict, total=False):
    """`type="salesforce"`: Salesforce. A person gives consent by OAuth."""

    domain: Input[str] | None
    connect_mode: Input[Literal["browser", "clientcredentials", "code", "api"]] | None
    """Default: `'browser'`."""
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    oauth_refresh_token: Input[str] | None
    """Secret."""
    enforce_api_limits: Input[bool] | None
    daily_api_calls: Input[int] | None
    enable_tooling: Input[bool] | None
    enable_multicurrency_lookup: Input[bool] | None


class Postgresql(TypedDict, total=False):
    """`type="postgresql"`: PostgreSQL."""

    hostname: Required[Input[str]]
    username: Required[Input[str]]
    password: Required[Input[str]]
    """Secret."""
    database: Required[Input[str]]
    port: Input[int] | None
    """Default: `5432`."""
    ssl: Input[bool] | None
    """Default: `True`."""
    ssl_mode: Input[Literal["require", "verify-ca", "verify-full"]] | None
    """Default: `'verify-full'`."""
    ssh: Input[bool] | None
    ssh_user: Input[str] | None
    """Default: `'root'`."""
    ssh_host: Input[str] | None
    ssh_port: Input[int] | None
    """Default: `22`."""
    ssh_private_key: Input[str] | None
    """Secret."""
    client_certs: Input[bool] | None
    """Default: `False`."""
    client_certificate: Input[str] | None
    """Secret."""
    client_key: Input[str] | None
    """Secret."""
    ca_cert: Input[str] | None
    """Secret."""
    change_detection: Input[bool] | None
    """Default: `False`."""
    publication: Input[str] | None


class Snowflake(TypedDict, total=False):
    """`type="snowflake"`: Snowflake."""

    account: Required[Input[str]]
    username: Required[Input[str]]
    password: Input[str] | None
    """Secret."""
    dbname: Required[Input[str]]
    warehouse: Input[str] | None
    params: Input[str] | None
    key_pair_auth: Input[bool] | None
    """Default: `False`."""
    private_key: Input[str] | None
    """Secret."""
    private_key_passphrase: Input[str] | None
    """Secret."""
    use_bulk_sync_staging_schema: Input[bool] | None
    """Default: `False`."""
    bulk_sync_staging_schema: Input[str] | None


class Bigquery(TypedDict, total=False):
    """`type="bigquery"`: Google BigQuery."""

    auth_method: (
        Input[
            Literal[
                "service_account_key",
                "workload_identity_federation",
                "application_default_credentials",
            ]
        ]
        | None
    )
    """Default: `'service_account_key'`."""
    service_account: Input[str] | None
    """Secret."""
    override_project_id: Input[str] | None
    wif_project_id: Input[str] | None
    credential_config: Input[str] | None
    """Secret."""
    location: Input[str] | None
    structured_values_as_json: Input[bool] | None
    """Default: `False`."""
    use_extract: Input[bool] | None
    bucket: Input[str] | None
    use_bulk_sync_staging_schema: Input[bool] | None
    """Default: `False`."""
    bulk_sync_staging_schema: Input[str] | None


class Hubspot(TypedDict, total=False):
    """`type="hubspot"`: HubSpot. A person gives consent by OAuth."""

    oauth_refresh_token: Input[str] | None
    """Secret."""
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    include_static_list_support: Input[bool] | None
    use_search_api: Input[bool] | None
    """Default: `True`."""


class Netsuite(TypedDict, total=False):
    """`type="netsuite"`: NetSuite."""

    account_id: Required[Input[str]]
    consumer_key: Required[Input[str]]
    """Secret."""
    consumer_secret: Required[Input[str]]
    """Secret."""
    token: Required[Input[str]]
    """Secret."""
    token_secret: Required[Input[str]]
    """Secret."""


class Redshift(TypedDict, total=False):
    """`type="redshift"`: Redshift."""

    hostname: Required[Input[str]]
    username: Required[Input[str]]
    password: Required[Input[str]]
    """Secret."""
    database: Required[Input[str]]
    port: Input[int] | None
    """Default: `5439`."""
    ssh: Input[bool] | None
    ssh_user: Input[str] | None
    """Default: `'root'`."""
    ssh_host: Input[str] | None
    ssh_port: Input[int] | None
    """Default: `22`."""
    ssh_private_key: Input[str] | None
    """Secret."""
    auth_mode: Input[Literal["access_key_and_secret", "iam_role"]] | None
    """Default: `'access_key_and_secret'`."""
    aws_access_key_id: Input[str] | None
    aws_secret_access_key: Input[str] | None
    """Secret."""
    iam_role_arn: Input[str] | None
    s3_bucket_name: Input[str] | None
    s3_bucket_region: Input[str] | None
    use_bulk_sync_staging_schema: Input[bool] | None
    """Default: `False`."""
    bulk_sync_staging_schema: Input[str] | None


class Mysql(TypedDict, total=False):
    """`type="mysql"`: MySQL."""

    hostname: Required[Input[str]]
    account: Required[Input[str]]
    passwd: Required[Input[str]]
    """Secret."""
    dbname: Input[str] | None
    port: Input[int] | None
    """Default: `3306`."""
    ssl: Input[bool] | None
    """Default: `True`."""
    ssh: Input[bool] | None
    ssh_user: Input[str] | None
    """Default: `'root'`."""
    ssh_host: Input[str] | None
    ssh_port: Input[int] | None
    """Default: `22`."""
    ssh_private_key: Input[str] | None
    """Secret."""
    change_detection: Input[bool] | None
    """Default: `False`."""


class Databricks(TypedDict, total=False):
    """`type="databricks"`: Databricks."""

    databricks_auth_mode: Input[Literal["access_token", "oauth_service_principal"]] | None
    """Default: `'access_token'`."""
    access_token: Input[str] | None
    """Secret."""
    service_principal_id: Input[str] | None
    service_principal_secret: Input[str] | None
    """Secret."""
    server_hostname: Required[Input[str]]
    port: Input[int] | None
    """Default: `443`."""
    http_path: Input[str] | None
    """Default: `'/sql'`."""
    cloud_provider: Input[Literal["aws", "azure"]] | None
    auth_mode: Input[Literal["access_key_and_secret", "iam_role"]] | None
    """Default: `'access_key_and_secret'`."""
    iam_role_arn: Input[str] | None
    storage_credential_name: Input[str] | None
    aws_access_key_id: Input[str] | None
    aws_secret_access_key: Input[str] | None
    """Secret."""
    s3_bucket_name: Input[str] | None
    s3_bucket_region: Input[str] | None
    azure_account_name: Input[str] | None
    azure_access_key: Input[str] | None
    """Secret."""
    container_name: Input[str] | None
    unity_catalog_enabled: Input[bool] | None
    """Default: `True`."""
    include_hive_metastore: Input[bool] | None
    """Default: `False`."""
    enable_delta_uniform: Input[bool] | None
    """Default: `False`."""
    enforce_query_limit: Input[bool] | None
    """Default: `False`."""
    concurrent_queries: Input[int] | None
    set_retention_properties: Input[bool] | None
    log_file_retention_days: Input[int] | None
    deleted_file_retention_days: Input[int] | None
    ssh: Input[bool] | None
    ssh_user: Input[str] | None
    """Default: `'root'`."""
    ssh_host: Input[str] | None
    ssh_port: Input[int] | None
    """Default: `22`."""
    ssh_private_key: Input[str] | None
    """Secret."""
    ssh_blob_storage: Input[bool] | None
    """Default: `False`."""
    use_bulk_sync_staging_schema: Input[bool] | None
    """Default: `False`."""
    bulk_sync_staging_schema: Input[str] | None


class Mssql(TypedDict, total=False):
    """`type="mssql"`: Microsoft SQL Server."""

    hostname: Required[Input[str]]
    username: Required[Input[str]]
    password: Required[Input[str]]
    """Secret."""
    database: Required[Input[str]]
    port: Input[int] | None
    """Default: `1433`."""
    ssl: Input[bool] | None
    """Default: `True`."""
    ssh: Input[bool] | None
    ssh_user: Input[str] | None
    """Default: `'root'`."""
    ssh_host: Input[str] | None
    ssh_port: Input[int] | None
    """Default: `22`."""
    ssh_private_key: Input[str] | None
    """Secret."""
    change_detection: Input[bool] | None
    """Default: `False`."""


class GsheetsSpreadsheetId(TypedDict, total=False):
    """`spreadsheet_id` of `Gsheets`."""

    value: Input[str] | None
    label: Input[str] | None


class Gsheets(TypedDict, total=False):
    """`type="gsheets"`: Google Sheets. A person gives consent by OAuth."""

    oauth_refresh_token: Input[str] | None
    """Secret."""
    service_account: Input[str] | None
    """Secret."""
    spreadsheet_id: Input[GsheetsSpreadsheetId] | None
    connect_mode: Input[Literal["browser", "jwt"]] | None
    """Default: `'browser'`."""
    has_headers: Input[bool] | None
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""


class S3(TypedDict, total=False):
    """`type="s3"`: S3."""

    auth_mode: Input[Literal["access_key_and_secret", "iam_role"]] | None
    """Default: `'access_key_and_secret'`."""
    aws_access_key_id: Input[str] | None
    aws_secret_access_key: Input[str] | None
    """Secret."""
    iam_role_arn: Input[str] | None
    s3_bucket_region: Required[Input[str]]
    s3_bucket_name: Required[Input[str]]
    enable_event_notifications: Input[bool] | None
    event_queue_arn: Input[str] | None
    propagate_file_deletions: Input[bool] | None
    csv_has_headers: Input[bool] | None
    """Default: `True`."""
    is_single_table: Input[bool] | None
    """Default: `False`."""
    is_directory_snapshot: Input[bool] | None
    """Default: `False`."""
    directory_glob_pattern: Input[str] | None
    single_table_name: Input[str] | None
    single_table_file_format: Input[Literal["csv", "json", "parquet"]] | None
    """Default: `'csv'`."""
    single_table_file_formats: Input[Sequence[Input[str]]] | None
    """Default: `['[csv]']`."""
    skip_lines: Input[int] | None
    """Default: `0`."""


class CsvHeaders(TypedDict, total=False):
    """`headers` of `Csv`."""

    name: Input[str] | None
    value: Input[str] | None


class CsvParameters(TypedDict, total=False):
    """`parameters` of `Csv`."""

    name: Input[str] | None
    value: Input[str] | None


class CsvAuthBasic(TypedDict, total=False):
    """`auth.basic` of `CsvAuth`."""

    username: Input[str] | None
    password: Input[str] | None


class CsvAuthHeader(TypedDict, total=False):
    """`auth.header` of `CsvAuth`."""

    name: Input[str] | None
    value: Input[str] | None


class CsvAuthQuery(TypedDict, total=False):
    """`auth.query` of `CsvAuth`."""

    name: Input[str] | None
    value: Input[str] | None


class CsvAuthOauthExtraFormData(TypedDict, total=False):
    """`auth.oauth.extra_form_data` of `CsvAuthOauth`."""

    name: Input[str] | None
    value: Input[str] | None


class CsvAuthOauth(TypedDict, total=False):
    """`auth.oauth` of `CsvAuth`."""

    client_id: Input[str] | None
    client_secret: Input[str] | None
    token_endpoint: Input[str] | None
    extra_form_data: Input[Sequence[Input[CsvAuthOauthExtraFormData]]] | None
    scopes: Input[Sequence[Input[str]]] | None
    auth_style: Input[int] | None


class CsvAuth(TypedDict, total=False):
    """`auth` of `Csv`."""

    basic: Input[CsvAuthBasic] | None
    header: Input[CsvAuthHeader] | None
    query: Input[Sequence[Input[CsvAuthQuery]]] | None
    oauth: Input[CsvAuthOauth] | None


class Csv(TypedDict, total=False):
    """`type="csv"`: CSV URL."""

    url: Required[Input[str]]
    headers: Input[Sequence[Input[CsvHeaders]]] | None
    parameters: Input[Sequence[Input[CsvParameters]]] | None
    auth: Input[CsvAuth] | None


class Gcs(TypedDict, total=False):
    """`type="gcs"`: Google Cloud Storage."""

    service_account: Required[Input[str]]
    """Secret."""
    bucket: Required[Input[str]]
    csv_has_headers: Input[bool] | None
    """Default: `True`."""
    is_single_table: Input[bool] | None
    """Default: `False`."""
    is_directory_snapshot: Input[bool] | None
    """Default: `False`."""
    directory_glob_pattern: Input[str] | None
    single_table_name: Input[str] | None
    single_table_file_format: Input[Literal["csv", "json", "parquet"]] | None
    """Default: `'csv'`."""
    single_table_file_formats: Input[Sequence[Input[str]]] | None
    """Default: `['[csv]']`."""
    skip_lines: Input[int] | None
    """Default: `0`."""


class Mongodb(TypedDict, total=False):
    """`type="mongodb"`: MongoDB."""

    hosts: Required[Input[str]]
    username: Input[str] | None
    password: Input[str] | None
    """Secret."""
    database: Input[str] | None
    ssl: Input[bool] | None
    """Default: `True`."""
    srv: Input[bool] | None
    params: Input[str] | None
    change_detection: Input[bool] | None
    """Default: `False`."""


class Azuresql(TypedDict, total=False):
    """`type="azuresql"`: Azure SQL."""

    hostname: Required[Input[str]]
    username: Required[Input[str]]
    password: Required[Input[str]]
    """Secret."""
    database: Required[Input[str]]
    port: Input[int] | None
    """Default: `1433`."""
    ssl: Input[bool] | None
    """Default: `True`."""
    ssh: Input[bool] | None
    ssh_user: Input[str] | None
    """Default: `'root'`."""
    ssh_host: Input[str] | None
    ssh_port: Input[int] | None
    """Default: `22`."""
    ssh_private_key: Input[str] | None
    """Secret."""
    blobStore: Input[bool] | None
    access_key: Input[str] | None
    """Secret."""
    account_name: Input[str] | None
    container_name: Input[str] | None


class Googlecloudmysql(TypedDict, total=False):
    """`type="googlecloudmysql"`: Google Cloud MySQL."""

    connection_name: Required[Input[str]]
    database: Required[Input[str]]
    username: Input[str] | None
    password: Input[str] | None
    """Secret."""
    credentials: Required[Input[str]]
    """Secret."""
    change_detection: Input[bool] | None
    """Default: `False`."""


class Googlecloudsql(TypedDict, total=False):
    """`type="googlecloudsql"`: Google Cloud PostgreSQL."""

    connection_name: Required[Input[str]]
    database: Required[Input[str]]
    username: Input[str] | None
    password: Input[str] | None
    """Secret."""
    credentials: Required[Input[str]]
    """Secret."""
    change_detection: Input[bool] | None
    """Default: `False`."""
    publication: Input[str] | None


class ApiHeaders(TypedDict, total=False):
    """`headers` of `Api`."""

    name: Input[str] | None
    value: Input[str] | None


class ApiParameters(TypedDict, total=False):
    """`parameters` of `Api`."""

    name: Input[str] | None
    value: Input[str] | None


class ApiAuthBasic(TypedDict, total=False):
    """`auth.basic` of `ApiAuth`."""

    username: Input[str] | None
    password: Input[str] | None


class ApiAuthHeader(TypedDict, total=False):
    """`auth.header` of `ApiAuth`."""

    name: Input[str] | None
    value: Input[str] | None


class ApiAuthQuery(TypedDict, total=False):
    """`auth.query` of `ApiAuth`."""

    name: Input[str] | None
    value: Input[str] | None


class ApiAuthOauthExtraFormData(TypedDict, total=False):
    """`auth.oauth.extra_form_data` of `ApiAuthOauth`."""

    name: Input[str] | None
    value: Input[str] | None


class ApiAuthOauth(TypedDict, total=False):
    """`auth.oauth` of `ApiAuth`."""

    client_id: Input[str] | None
    client_secret: Input[str] | None
    token_endpoint: Input[str] | None
    extra_form_data: Input[Sequence[Input[ApiAuthOauthExtraFormData]]] | None
    scopes: Input[Sequence[Input[str]]] | None
    auth_style: Input[int] | None


class ApiAuth(TypedDict, total=False):
    """`auth` of `Api`."""

    basic: Input[ApiAuthBasic] | None
    header: Input[ApiAuthHeader] | None
    query: Input[Sequence[Input[ApiAuthQuery]]] | None
    oauth: Input[ApiAuthOauth] | None


class Api(TypedDict, total=False):
    """`type="api"`: HTTP API."""

    url: Required[Input[str]]
    headers: Input[Sequence[Input[ApiHeaders]]] | None
    body: Input[str] | None
    parameters: Input[Sequence[Input[ApiParameters]]] | None
    healthcheck: Input[str] | None
    auth: Input[ApiAuth] | None


class WebhookBasic(TypedDict, total=False):
    """`basic` of `Webhook`."""

    username: Input[str] | None
    password: Input[str] | None


class WebhookHeader(TypedDict, total=False):
    """`header` of `Webhook`."""

    name: Input[str] | None
    value: Input[str] | None


class WebhookQuery(TypedDict, total=False):
    """`query` of `Webhook`."""

    name: Input[str] | None
    value: Input[str] | None


class WebhookOauthExtraFormData(TypedDict, total=False):
    """`oauth.extra_form_data` of `WebhookOauth`."""

    name: Input[str] | None
    value: Input[str] | None


class WebhookOauth(TypedDict, total=False):
    """`oauth` of `Webhook`."""

    client_id: Input[str] | None
    client_secret: Input[str] | None
    token_endpoint: Input[str] | None
    extra_form_data: Input[Sequence[Input[WebhookOauthExtraFormData]]] | None
    scopes: Input[Sequence[Input[str]]] | None
    auth_style: Input[int] | None


class WebhookHeaders(TypedDict, total=False):
    """`headers` of `Webhook`."""

    name: Input[str] | None
    value: Input[str] | None


class Webhook(TypedDict, total=False):
    """`type="webhook"`: Webhook."""

    url: Required[Input[str]]
    auth_method: (
        Input[Literal["polytomic_secret", "basic", "header", "query", "oauth_client_credentials"]]
        | None
    )
    """Default: `'polytomic_secret'`."""
    basic: Input[WebhookBasic] | None
    header: Input[WebhookHeader] | None
    query: Input[Sequence[Input[WebhookQuery]]] | None
    oauth: Input[WebhookOauth] | None
    headers: Input[Sequence[Input[WebhookHeaders]]] | None


class Marketo(TypedDict, total=False):
    """`type="marketo"`: Marketo."""

    client_id: Required[Input[str]]
    client_secret: Required[Input[str]]
    """Secret."""
    rest_endpoint: Required[Input[str]]
    enforce_api_limits: Input[bool] | None
    daily_api_calls: Input[int] | None
    """Default: `37500`."""
    concurrent_imports: Input[int] | None
    """Default: `5`."""
    include_static_lists: Input[bool] | None
    """Default: `True`."""


class Intercom(TypedDict, total=False):
    """`type="intercom"`: Intercom. A person gives consent by OAuth."""


class ZendeskSupport(TypedDict, total=False):
    """`type="zendesk_support"`: Zendesk Support. A person gives consent by OAuth."""

    domain: Input[str] | None
    auth_method: Input[Literal["apitoken", "clientcredentials", "oauth"]] | None
    """Default: `'oauth'`."""
    email: Input[str] | None
    api_token: Input[str] | None
    """Secret."""
    custom_api_limits: Input[bool] | None
    ratelimit_rpm: Input[int] | None
    oauth_refresh_token: Input[str] | None
    """Secret."""
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""


class Airtable(TypedDict, total=False):
    """`type="airtable"`: Airtable. A person gives consent by OAuth."""

    oauth_access_token: Input[str] | None
    """Secret."""
    oauth_refresh_token: Input[str] | None
    """Secret."""
    oauth_token_expiry: Input[str] | None
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""


class Stripe(TypedDict, total=False):
    """`type="stripe"`: Stripe."""

    api_key: Required[Input[str]]
    """Secret."""


class Shopify(TypedDict, total=False):
    """`type="shopify"`: Shopify."""

    store: Required[Input[str]]
    admin_api_token: Required[Input[str]]
    """Secret."""


class Slack(TypedDict, total=False):
    """`type="slack"`: Slack."""

    api_key: Required[Input[str]]
    """Secret."""
    webhook_collections: Input[bool] | None


class Sftp(TypedDict, total=False):
    """`type="sftp"`: SFTP."""

    ssh_user: Input[str] | None
    ssh_host: Input[str] | None
    ssh_port: Input[int] | None
    """Default: `22`."""
    auth_mode: Input[Literal["private_key", "password"]] | None
    """Default: `'private_key'`."""
    ssh_private_key: Input[str] | None
    """Secret."""
    ssh_password: Input[str] | None
    """Secret."""
    path: Input[str] | None
    skip_lines: Input[int] | None
    """Default: `0`."""
    is_single_table: Input[bool] | None
    single_table_name: Input[str] | None


class Affinity(TypedDict, total=False):
    """`type="affinity"`: Affinity."""

    api_key: Required[Input[str]]
    """Secret."""
    enable_webhooks: Input[bool] | None


class AmazonAdsProfiles(TypedDict, total=False):
    """`profiles` of `AmazonAds`."""

    value: Input[str] | None
    label: Input[str] | None


class AmazonAds(TypedDict, total=False):
    """`type="amazon_ads"`: Amazon Ads. A person gives consent by OAuth."""

    region: Input[Literal["na", "eu", "fe"]] | None
    """Default: `'na'`."""
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    oauth_refresh_token: Input[str] | None
    """Secret."""
    profiles: Input[Sequence[Input[AmazonAdsProfiles]]] | None
    auto_add_profiles: Input[bool] | None


class AmazonKeyspaces(TypedDict, total=False):
    """`type="amazon_keyspaces"`: Amazon Keyspaces."""

    region: Required[Input[str]]
    auth_method: Input[Literal["access_key_and_secret", "iam_role", "service_credentials"]] | None
    """Default: `'access_key_and_secret'`."""
    username: Input[str] | None
    password: Input[str] | None
    """Secret."""
    access_key_id: Input[str] | None
    secret_access_key: Input[str] | None
    """Secret."""
    iam_role_arn: Input[str] | None
    change_detection: Input[bool] | None
    """Default: `False`."""
    managed_streams: Input[bool] | None


class AmazonRdsPostgresql(TypedDict, total=False):
    """`type="amazon_rds_postgresql"`: Amazon RDS PostgreSQL."""

    hostname: Required[Input[str]]
    username: Required[Input[str]]
    database: Required[Input[str]]
    port: Input[int] | None
    """Default: `5432`."""
    ssl_mode: Input[Literal["require", "verify-ca", "verify-full"]] | None
    """Default: `'verify-full'`."""
    ca_cert: Input[str] | None
    """Secret."""
    rds_endpoint_hostname: Input[str] | None
    rds_endpoint_port: Input[int] | None
    region: Required[Input[str]]
    iam_role_arn: Required[Input[str]]
    tags: Input[Mapping[str, Any]] | None
    ssh: Input[bool] | None
    ssh_user: Input[str] | None
    """Default: `'root'`."""
    ssh_host: Input[str] | None
    ssh_port: Input[int] | None
    """Default: `22`."""
    ssh_private_key: Input[str] | None
    """Secret."""
    change_detection: Input[bool] | None
    """Default: `False`."""
    publication: Input[str] | None


class AmazonSellingPartner(TypedDict, total=False):
    """`type="amazon_selling_partner"`: Amazon Selling Partner."""

    region: Required[Input[Literal["na", "eu", "fe"]]]
    merchant_token: Required[Input[str]]
    """Secret."""
    client_id: Required[Input[str]]
    client_secret: Required[Input[str]]
    """Secret."""
    refresh_token: Required[Input[str]]
    """Secret."""


class Amplemarket(TypedDict, total=False):
    """`type="amplemarket"`: Amplemarket."""

    api_key: Required[Input[str]]
    """Secret."""
    reveal_email_for_person: Input[bool] | None
    """Default: `True`."""
    reveal_phone_number_for_person: Input[bool] | None
    """Default: `True`."""


class Amplitude(TypedDict, total=False):
    """`type="amplitude"`: Amplitude."""

    api_key: Required[Input[str]]
    """Secret."""
    secret_key: Required[Input[str]]
    """Secret."""


class Anaplan(TypedDict, total=False):
    """`type="anaplan"`: Anaplan. A person gives consent by OAuth."""

    auth_method: Input[Literal["basic", "private_app"]] | None
    """Default: `'basic'`."""
    username: Input[str] | None
    password: Input[str] | None
    """Secret."""
    client_id: Input[str] | None
    client_secret: Input[str] | None
    """Secret."""


class Anrok(TypedDict, total=False):
    """`type="anrok"`: Anrok."""

    api_key: Required[Input[str]]
    """Secret."""


class Apollo(TypedDict, total=False):
    """`type="apollo"`: Apollo.io."""

    apikey: Required[Input[str]]
    """Secret."""


class Appcues(TypedDict, total=False):
    """`type="appcues"`: Appcues."""

    account_id: Required[Input[str]]
    api_key: Required[Input[str]]
    """Secret."""
    api_secret: Required[Input[str]]
    """Secret."""


class AppleAds(TypedDict, total=False):
    """`type="apple_ads"`: Apple Ads."""

    client_id: Required[Input[str]]
    team_id: Required[Input[str]]
    key_id: Required[Input[str]]
    org_id: Required[Input[str]]


class AppleAdsAttribution(TypedDict, total=False):
    """`type="apple_ads_attribution"`: Apple Ads Attribution."""


class Appsflyer(TypedDict, total=False):
    """`type="appsflyer"`: AppsFlyer."""

    api_key: Required[Input[str]]
    """Secret."""
    app_id: Required[Input[str]]


class Appstoreconnect(TypedDict, total=False):
    """`type="appstoreconnect"`: App Store Connect."""

    private_key: Required[Input[str]]
    """Secret."""
    private_key_id: Required[Input[str]]
    issuer_id: Required[Input[str]]
    vendor_number: Required[Input[str]]


class AsanaProjects(TypedDict, total=False):
    """`projects` of `Asana`."""

    value: Input[str] | None
    label: Input[str] | None


class Asana(TypedDict, total=False):
    """`type="asana"`: Asana. A person gives consent by OAuth."""

    oauth_refresh_token: Input[str] | None
    """Secret."""
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    projects: Input[Sequence[Input[AsanaProjects]]] | None


class Ascend(TypedDict, total=False):
    """`type="ascend"`: Ascend."""

    api_key: Required[Input[str]]
    """Secret."""


class Ashby(TypedDict, total=False):
    """`type="ashby"`: Ashby."""

    api_key: Required[Input[str]]
    """Secret."""


class Attio(TypedDict, total=False):
    """`type="attio"`: Attio. A person gives consent by OAuth."""

    auth_method: Input[Literal["oauth", "api_key"]] | None
    api_key: Input[str] | None
    """Secret."""
    enable_webhooks: Input[bool] | None
    disable_list_entry_projection: Input[bool] | None
    enable_attribute_history: Input[bool] | None


class Auth0(TypedDict, total=False):
    """`type="auth0"`: Auth0."""

    domain: Required[Input[str]]
    client_id: Required[Input[str]]
    client_secret: Required[Input[str]]
    """Secret."""


class Autumn(TypedDict, total=False):
    """`type="autumn"`: Autumn."""

    api_key: Required[Input[str]]
    """Secret."""


class Autura(TypedDict, total=False):
    """`type="autura"`: Autura."""

    authentication_key: Required[Input[str]]
    """Secret."""
    org_keys: Required[Input[str]]


class Awsathena(TypedDict, total=False):
    """`type="awsathena"`: AWS Athena."""

    auth_mode: Input[Literal["access_key_and_secret", "iam_role"]] | None
    """Default: `'access_key_and_secret'`."""
    access_id: Input[str] | None
    secret_access_key: Input[str] | None
    """Secret."""
    iam_role_arn: Input[str] | None
    external_id: Input[str] | None
    tags: Input[Mapping[str, Any]] | None
    region: Required[Input[str]]
    outputbucket: Required[Input[str]]


class Awsopensearch(TypedDict, total=False):
    """`type="awsopensearch"`: AWS OpenSearch."""

    endpoint: Required[Input[str]]
    aws_access_key_id: Required[Input[str]]
    aws_secret_access_key: Required[Input[str]]
    """Secret."""
    region: Required[Input[str]]


class Azureblob(TypedDict, total=False):
    """`type="azureblob"`: Azure Blob Storage. A person gives consent by OAuth."""

    auth_method: Input[Literal["access_key", "client_credentials", "oauth"]] | None
    """Default: `'access_key'`."""
    access_key: Input[str] | None
    """Secret."""
    tenant_id: Input[str] | None
    client_id: Input[str] | None
    client_secret: Input[str] | None
    """Secret."""
    oauth_refresh_token: Input[str] | None
    """Secret."""
    container_name: Input[str] | None
    account_name: Input[str] | None
    csv_has_headers: Input[bool] | None
    """Default: `True`."""
    is_single_table: Input[bool] | None
    """Default: `False`."""
    is_directory_snapshot: Input[bool] | None
    """Default: `False`."""
    directory_glob_pattern: Input[str] | None
    single_table_name: Input[str] | None
    single_table_file_format: Input[Literal["csv", "json", "parquet"]] | None
    """Default: `'csv'`."""
    single_table_file_formats: Input[Sequence[Input[str]]] | None
    """Default: `['[csv]']`."""
    skip_lines: Input[int] | None
    """Default: `0`."""


class Barbourabi(TypedDict, total=False):
    """`type="barbourabi"`: Barbour ABI."""

    username: Input[str] | None
    password: Input[str] | None
    """Secret."""
    api_key: Input[str] | None
    """Secret."""


class Baseten(TypedDict, total=False):
    """`type="baseten"`: Baseten."""

    api_key: Required[Input[str]]
    """Secret."""


class Bill(TypedDict, total=False):
    """`type="bill"`: BILL."""

    dev_key: Required[Input[str]]
    """Secret."""
    environment: Input[Literal["production", "sandbox"]] | None
    """Default: `'production'`."""
    organization_id: Required[Input[str]]
    sync_token_name: Required[Input[str]]
    sync_token: Required[Input[str]]
    """Secret."""
    spend_expense_api_token: Input[str] | None
    """Secret."""


class Botpress(TypedDict, total=False):
    """`type="botpress"`: Botpress."""

    bot_id: Required[Input[str]]
    personal_access_token: Required[Input[str]]
    """Secret."""


class Brevo(TypedDict, total=False):
    """`type="brevo"`: Brevo."""

    api_key: Required[Input[str]]
    """Secret."""


class Brex(TypedDict, total=False):
    """`type="brex"`: Brex."""

    api_key: Required[Input[str]]
    """Secret."""


class Calendly(TypedDict, total=False):
    """`type="calendly"`: Calendly."""

    api_key: Required[Input[str]]
    """Secret."""


class Callrail(TypedDict, total=False):
    """`type="callrail"`: CallRail."""

    api_key: Required[Input[str]]
    """Secret."""


class Campfire(TypedDict, total=False):
    """`type="campfire"`: Campfire."""

    api_key: Required[Input[str]]
    """Secret."""


class Chameleon(TypedDict, total=False):
    """`type="chameleon"`: Chameleon."""

    api_key: Required[Input[str]]
    """Secret."""


class Chargebee(TypedDict, total=False):
    """`type="chargebee"`: Chargebee."""

    site: Required[Input[str]]
    product_catalog: Required[Input[Literal["1.0", "2.0"]]]
    api_key: Required[Input[str]]
    """Secret."""
    ratelimit_rpm: Input[int] | None


class ChiliPiper(TypedDict, total=False):
    """`type="chili_piper"`: Chili Piper."""

    api_key: Required[Input[str]]
    """Secret."""


class Chorus(TypedDict, total=False):
    """`type="chorus"`: Chorus."""

    auth_method: Input[Literal["basic", "api_key"]] | None
    """Default: `'basic'`."""
    username: Input[str] | None
    password: Input[str] | None
    """Secret."""
    api_key: Input[str] | None
    """Secret."""


class Circle(TypedDict, total=False):
    """`type="circle"`: Circle."""

    api_key: Input[str] | None
    """Secret."""


class Clari(TypedDict, total=False):
    """`type="clari"`: Clari Copilot."""

    api_key: Required[Input[str]]
    """Secret."""
    api_password: Required[Input[str]]
    """Secret."""


class Clarify(TypedDict, total=False):
    """`type="clarify"`: Clarify."""

    workspace: Required[Input[str]]
    api_key: Required[Input[str]]
    """Secret."""
    environment: Input[Literal["production", "development", "custom"]] | None
    """Default: `'production'`."""
    server_url: Input[str] | None


class ClaudeAnalytics(TypedDict, total=False):
    """`type="claude_analytics"`: Claude Analytics."""

    api_key: Required[Input[str]]
    """Secret."""


class Clazar(TypedDict, total=False):
    """`type="clazar"`: Clazar."""

    client_id: Required[Input[str]]
    client_secret: Required[Input[str]]
    """Secret."""


class Clerk(TypedDict, total=False):
    """`type="clerk"`: Clerk."""

    secret_key: Required[Input[str]]
    """Secret."""


class Clickhouse(TypedDict, total=False):
    """`type="clickhouse"`: ClickHouse."""

    hostname: Required[Input[str]]
    port: Input[int] | None
    """Default: `9440`."""
    username: Required[Input[str]]
    password: Input[str] | None
    """Secret."""
    database: Input[str] | None
    cloud_provider: Input[Literal["aws", "azure", "gcp"]] | None
    auth_mode: Input[Literal["access_key_and_secret", "iam_role"]] | None
    """Default: `'access_key_and_secret'`."""
    aws_access_key_id: Input[str] | None
    aws_secret_access_key: Input[str] | None
    """Secret."""
    iam_role_arn: Input[str] | None
    s3_bucket_name: Input[str] | None
    s3_bucket_region: Input[str] | None
    azure_account_name: Input[str] | None
    azure_access_key: Input[str] | None
    """Secret."""
    container_name: Input[str] | None
    gcs_bucket_name: Input[str] | None
    gcs_hmac_access_id: Input[str] | None
    gcs_hmac_secret: Input[str] | None
    """Secret."""
    ssl: Input[bool] | None
    """Default: `True`."""
    skip_verify: Input[bool] | None
    """Default: `True`."""
    ssh: Input[bool] | None
    ssh_user: Input[str] | None
    """Default: `'root'`."""
    ssh_host: Input[str] | None
    ssh_port: Input[int] | None
    """Default: `22`."""
    ssh_private_key: Input[str] | None
    """Secret."""


class CloudflareLogs(TypedDict, total=False):
    """`type="cloudflare_logs"`: Cloudflare Logs."""

    account_id: Required[Input[str]]
    aws_access_key_id: Required[Input[str]]
    aws_secret_access_key: Required[Input[str]]
    """Secret."""
    bucket_name: Required[Input[str]]


class CloudflareR2(TypedDict, total=False):
    """`type="cloudflare_r2"`: Cloudflare R2."""

    account_id: Required[Input[str]]
    aws_access_key_id: Required[Input[str]]
    aws_secret_access_key: Required[Input[str]]
    """Secret."""
    bucket_name: Required[Input[str]]
    csv_has_headers: Input[bool] | None
    """Default: `True`."""
    is_single_table: Input[bool] | None
    """Default: `False`."""
    is_directory_snapshot: Input[bool] | None
    """Default: `False`."""
    directory_glob_pattern: Input[str] | None
    single_table_name: Input[str] | None
    single_table_file_format: Input[Literal["csv", "json", "parquet"]] | None
    """Default: `'csv'`."""
    single_table_file_formats: Input[Sequence[Input[str]]] | None
    """Default: `['[csv]']`."""
    skip_lines: Input[int] | None
    """Default: `0`."""


class Cloudtalk(TypedDict, total=False):
    """`type="cloudtalk"`: CloudTalk."""

    access_key_id: Required[Input[str]]
    access_key_secret: Required[Input[str]]
    """Secret."""


class ConstructConnect(TypedDict, total=False):
    """`type="construct_connect"`: Construct Connect."""

    api_key: Required[Input[str]]
    """Secret."""


class Constructionwire(TypedDict, total=False):
    """`type="constructionwire"`: ConstructionWire."""

    email: Required[Input[str]]
    password: Required[Input[str]]
    """Secret."""


class Cosmosdb(TypedDict, total=False):
    """`type="cosmosdb"`: Azure Cosmos DB."""

    uri: Required[Input[str]]
    key: Required[Input[str]]
    """Secret."""


class Coupa(TypedDict, total=False):
    """`type="coupa"`: Coupa. A person gives consent by OAuth."""

    host: Input[str] | None
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    auth_method: Input[Literal["oauth", "clientcredentials"]] | None
    """Default: `'oauth'`."""
    oauth_refresh_token: Input[str] | None
    """Secret."""


class Customerio(TypedDict, total=False):
    """`type="customerio"`: Customer.io."""

    site_id: Required[Input[str]]
    tracking_api_key: Required[Input[str]]
    """Secret."""
    app_api_key: Required[Input[str]]
    """Secret."""


class Customeriowarehouseexports(TypedDict, total=False):
    """`type="customeriowarehouseexports"`: Customer.io Warehouse Exports."""

    auth_mode: Input[Literal["access_key_and_secret", "iam_role"]] | None
    """Default: `'access_key_and_secret'`."""
    aws_access_key_id: Input[str] | None
    aws_secret_access_key: Input[str] | None
    """Secret."""
    iam_role_arn: Input[str] | None
    s3_bucket_region: Required[Input[str]]
    s3_bucket_name: Required[Input[str]]


class Datadog(TypedDict, total=False):
    """`type="datadog"`: Datadog."""

    api_key: Required[Input[str]]
    """Secret."""
    region: Input[Literal["US1", "US3", "US5", "EU1", "US1-FED", "AP1", "AP2"]] | None
    """Default: `'US1'`."""


class Dayforce(TypedDict, total=False):
    """`type="dayforce"`: Dayforce."""

    company_id: Required[Input[str]]
    client_name: Required[Input[str]]
    username: Required[Input[str]]
    password: Required[Input[str]]
    """Secret."""


class Dbtcloud(TypedDict, total=False):
    """`type="dbtcloud"`: dbt Cloud."""

    url: Required[Input[str]]
    token: Required[Input[str]]
    """Secret."""


class DbtprojectrepositoryLatestCommit(TypedDict, total=False):
    """`latest_commit` of `Dbtprojectrepository`."""

    href: Input[str] | None
    text: Input[str] | None


class Dbtprojectrepository(TypedDict, total=False):
    """`type="dbtprojectrepository"`: dbt Project Repository. A person gives consent by OAuth."""

    oauth_access_token: Input[str] | None
    """Secret."""
    oauth_refresh_token: Input[str] | None
    """Secret."""
    repository: Input[str] | None
    commit_exposures: Input[bool] | None
    branch: Input[str] | None
    latest_commit: Input[DbtprojectrepositoryLatestCommit] | None


class Dealcloud(TypedDict, total=False):
    """`type="dealcloud"`: DealCloud."""

    auth_method: Input[Literal["api_key", "client_credentials"]] | None
    """Default: `'api_key'`."""
    host: Required[Input[str]]
    api_key: Input[str] | None
    """Secret."""
    client_id: Input[str] | None
    client_secret: Input[str] | None
    """Secret."""


class Delighted(TypedDict, total=False):
    """`type="delighted"`: Delighted."""

    api_key: Required[Input[str]]
    """Secret."""


class Dialpad(TypedDict, total=False):
    """`type="dialpad"`: Dialpad. A person gives consent by OAuth."""

    auth_method: Input[Literal["api_key", "oauth"]] | None
    """Default: `'api_key'`."""
    application_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    oauth_refresh_token: Input[str] | None
    """Secret."""
    api_key: Input[str] | None
    """Secret."""


class Dittofeed(TypedDict, total=False):
    """`type="dittofeed"`: Dittofeed."""

    url: Required[Input[str]]
    write_key: Required[Input[str]]
    """Secret."""


class DockerHub(TypedDict, total=False):
    """`type="docker_hub"`: Docker Hub."""

    namespace: Required[Input[str]]


class Dropbox(TypedDict, total=False):
    """`type="dropbox"`: Dropbox. A person gives consent by OAuth."""

    app_key: Input[str] | None
    """Secret."""
    app_secret: Input[str] | None
    """Secret."""
    oauth_refresh_token: Input[str] | None
    """Secret."""
    bucket: Input[str] | None
    csv_has_headers: Input[bool] | None
    """Default: `True`."""
    is_single_table: Input[bool] | None
    """Default: `False`."""
    is_directory_snapshot: Input[bool] | None
    """Default: `False`."""
    directory_glob_pattern: Input[str] | None
    single_table_name: Input[str] | None
    single_table_file_format: Input[Literal["csv", "json", "parquet"]] | None
    """Default: `'csv'`."""
    single_table_file_formats: Input[Sequence[Input[str]]] | None
    """Default: `['[csv]']`."""
    skip_lines: Input[int] | None
    """Default: `0`."""


class Dub(TypedDict, total=False):
    """`type="dub"`: Dub."""

    api_key: Required[Input[str]]
    """Secret."""


class Dynamodb(TypedDict, total=False):
    """`type="dynamodb"`: DynamoDB."""

    auth_mode: Input[Literal["access_key_and_secret", "iam_role"]] | None
    """Default: `'access_key_and_secret'`."""
    access_id: Input[str] | None
    """Secret."""
    secret_access_key: Input[str] | None
    """Secret."""
    iam_role_arn: Input[str] | None
    region: Required[Input[str]]
    change_detection: Input[bool] | None
    """Default: `False`."""
    managed_streams: Input[bool] | None


class FactorsAi(TypedDict, total=False):
    """`type="factors_ai"`: Factors.ai."""

    api_key: Required[Input[str]]
    """Secret."""
    account_domain: Required[Input[str]]


class Fakturownia(TypedDict, total=False):
    """`type="fakturownia"`: Fakturownia."""

    subdomain: Required[Input[str]]
    api_token: Required[Input[str]]
    """Secret."""


class Fathom(TypedDict, total=False):
    """`type="fathom"`: Fathom."""

    api_key: Required[Input[str]]
    """Secret."""


class FbaudienceAccounts(TypedDict, total=False):
    """`accounts` of `Fbaudience`."""

    value: Input[str] | None
    label: Input[str] | None


class Fbaudience(TypedDict, total=False):
    """`type="fbaudience"`: Facebook Ads. A person gives consent by OAuth."""

    auth_method: Input[Literal["oauth", "token"]] | None
    """Default: `'oauth'`."""
    accounts: Input[Sequence[Input[FbaudienceAccounts]]] | None
    auto_add_accounts: Input[bool] | None
    byo_app_token: Input[str] | None
    """Secret."""
    graph_api_version: Input[str] | None
    """Default: `'v24.0'`."""


class FirefliesAi(TypedDict, total=False):
    """`type="fireflies_ai"`: Fireflies.ai."""

    api_key: Required[Input[str]]
    """Secret."""


class Freshdesk(TypedDict, total=False):
    """`type="freshdesk"`: Freshdesk."""

    subdomain: Required[Input[str]]
    apikey: Required[Input[str]]
    """Secret."""


class Freshservice(TypedDict, total=False):
    """`type="freshservice"`: Freshservice."""

    subdomain: Required[Input[str]]
    api_key: Required[Input[str]]
    """Secret."""


class Front(TypedDict, total=False):
    """`type="front"`: Front."""

    api_key: Required[Input[str]]
    """Secret."""


class Fullstory(TypedDict, total=False):
    """`type="fullstory"`: Fullstory."""

    api_key: Required[Input[str]]
    """Secret."""


class G2(TypedDict, total=False):
    """`type="g2"`: G2."""

    api_key: Required[Input[str]]
    """Secret."""


class GainsightCs(TypedDict, total=False):
    """`type="gainsight_cs"`: Gainsight CS."""

    access_key: Required[Input[str]]
    """Secret."""
    domain: Required[Input[str]]


class GatsbyOrganizations(TypedDict, total=False):
    """`organizations` of `Gatsby`."""

    value: Input[str] | None
    label: Input[str] | None


class Gatsby(TypedDict, total=False):
    """`type="gatsby"`: Gatsby."""

    email: Required[Input[str]]
    password: Required[Input[str]]
    """Secret."""
    organizations: Input[Sequence[Input[GatsbyOrganizations]]] | None


class GithubRepositories(TypedDict, total=False):
    """`repositories` of `Github`."""

    value: Input[str] | None
    label: Input[str] | None


class Github(TypedDict, total=False):
    """`type="github"`: GitHub. A person gives consent by OAuth."""

    oauth_access_token: Input[str] | None
    """Secret."""
    repositories: Input[Sequence[Input[GithubRepositories]]] | None
    auto_add_repositories: Input[bool] | None
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""


class Gladly(TypedDict, total=False):
    """`type="gladly"`: Gladly."""

    domain: Required[Input[str]]
    email: Required[Input[str]]
    api_token: Required[Input[str]]
    """Secret."""


class Glean(TypedDict, total=False):
    """`type="glean"`: Glean."""

    domain: Required[Input[str]]
    api_key: Required[Input[str]]
    """Secret."""


class Gmail(TypedDict, total=False):
    """`type="gmail"`: Gmail. A person gives consent by OAuth."""

    oauth_refresh_token: Input[str] | None
    """Secret."""
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""


class Gong(TypedDict, total=False):
    """`type="gong"`: Gong. A person gives consent by OAuth."""

    auth_method: Input[Literal["token", "oauth"]] | None
    """Default: `'token'`."""
    oauth_refresh_token: Input[str] | None
    """Secret."""
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    access_key: Input[str] | None
    access_secret: Input[str] | None
    """Secret."""
    subdomain: Input[str] | None


class GoogleSearchAds360Accounts(TypedDict, total=False):
    """`accounts` of `GoogleSearchAds360`."""

    value: Input[str] | None
    label: Input[str] | None


class GoogleSearchAds360(TypedDict, total=False):
    """`type="google_search_ads_360"`: Google Search Ads 360. A person gives consent by OAuth."""

    oauth_refresh_token: Input[str] | None
    """Secret."""
    accounts: Input[Sequence[Input[GoogleSearchAds360Accounts]]] | None
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    use_data_manager_api: Input[bool] | None
    blanket_user_consent: Input[bool] | None


class GoogleadsAccounts(TypedDict, total=False):
    """`accounts` of `Googleads`."""

    value: Input[str] | None
    label: Input[str] | None


class Googleads(TypedDict, total=False):
    """`type="googleads"`: Google Ads. A person gives consent by OAuth."""

    oauth_refresh_token: Input[str] | None
    """Secret."""
    accounts: Input[Sequence[Input[GoogleadsAccounts]]] | None
    auto_add_accounts: Input[bool] | None
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    use_data_manager_apis: Input[bool] | None
    blanket_user_consent: Input[bool] | None
    custom_reports: Input[str] | None


class GoogleanalyticsProperties(TypedDict, total=False):
    """`properties` of `Googleanalytics`."""

    value: Input[str] | None
    label: Input[str] | None


class Googleanalytics(TypedDict, total=False):
    """`type="googleanalytics"`: Google Analytics. A person gives consent by OAuth."""

    auth_method: Input[Literal["oauth", "jwt"]] | None
    """Default: `'oauth'`."""
    service_account: Input[str] | None
    """Secret."""
    oauth_refresh_token: Input[str] | None
    """Secret."""
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    properties: Input[Sequence[Input[GoogleanalyticsProperties]]] | None
    auto_add_properties: Input[bool] | None
    custom_reports: Input[str] | None


class GooglesearchconsoleSites(TypedDict, total=False):
    """`sites` of `Googlesearchconsole`."""

    value: Input[str] | None
    label: Input[str] | None


class Googlesearchconsole(TypedDict, total=False):
    """`type="googlesearchconsole"`: Google Search Console. A person gives consent by OAuth."""

    oauth_refresh_token: Input[str] | None
    """Secret."""
    sites: Input[Sequence[Input[GooglesearchconsoleSites]]] | None
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""


class GoogleslidesFolderId(TypedDict, total=False):
    """`folder_id` of `Googleslides`."""

    value: Input[str] | None
    label: Input[str] | None


class Googleslides(TypedDict, total=False):
    """`type="googleslides"`: Google Slides. A person gives consent by OAuth."""

    oauth_refresh_token: Input[str] | None
    """Secret."""
    connect_mode: Input[Literal["browser", "jwt"]] | None
    """Default: `'browser'`."""
    service_account: Input[str] | None
    """Secret."""
    folder_id: Input[GoogleslidesFolderId] | None
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    include_subdirectories: Input[bool] | None
    """Default: `False`."""


class Googleworkspace(TypedDict, total=False):
    """`type="googleworkspace"`: Google Workspace. A person gives consent by OAuth."""

    auth_method: Input[Literal["oauth", "service_account"]] | None
    """Default: `'oauth'`."""
    service_account: Input[str] | None
    """Secret."""
    customer_id: Input[str] | None
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""


class Gorgias(TypedDict, total=False):
    """`type="gorgias"`: Gorgias."""

    domain: Required[Input[str]]
    auth_method: Input[Literal["api_key", "private_app"]] | None
    """Default: `'api_key'`."""
    email: Input[str] | None
    apikey: Input[str] | None
    """Secret."""
    client_id: Input[str] | None
    client_secret: Input[str] | None
    """Secret."""


class Granola(TypedDict, total=False):
    """`type="granola"`: Granola."""

    api_key: Required[Input[str]]
    """Secret."""
    api_key_type: Input[Literal["personal", "workspace"]] | None
    """Default: `'personal'`."""


class GranolaMcp(TypedDict, total=False):
    """`type="granola_mcp"`: Granola MCP. A person gives consent by OAuth."""


class Greenhouse(TypedDict, total=False):
    """`type="greenhouse"`: Greenhouse."""

    auth_method: Input[Literal["oauth", "clientcredentials"]] | None
    """Default: `'oauth'`."""
    oauth_refresh_token: Input[str] | None
    """Secret."""
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""


class Harmonic(TypedDict, total=False):
    """`type="harmonic"`: Harmonic."""

    api_key: Required[Input[str]]
    """Secret."""
    deals_data: Input[bool] | None


class Heap(TypedDict, total=False):
    """`type="heap"`: Heap."""

    application_id: Required[Input[str]]


class Herondata(TypedDict, total=False):
    """`type="herondata"`: Heron Data."""

    api_key: Required[Input[str]]
    """Secret."""


class Heyreach(TypedDict, total=False):
    """`type="heyreach"`: HeyReach."""

    api_key: Required[Input[str]]
    """Secret."""


class Highlevel(TypedDict, total=False):
    """`type="highlevel"`: HighLevel."""

    private_integration_token: Input[str] | None
    """Secret."""


class Highspot(TypedDict, total=False):
    """`type="highspot"`: Highspot."""

    api_key: Required[Input[str]]
    """Secret."""
    secret: Required[Input[str]]
    """Secret."""


class Honeycomb(TypedDict, total=False):
    """`type="honeycomb"`: Honeycomb."""

    api_key: Required[Input[str]]
    """Secret."""
    dataset: Required[Input[str]]


class HttpenrichmentHeaders(TypedDict, total=False):
    """`headers` of `Httpenrichment`."""

    name: Input[str] | None
    value: Input[str] | None


class HttpenrichmentParameters(TypedDict, total=False):
    """`parameters` of `Httpenrichment`."""

    name: Input[str] | None
    value: Input[str] | None


class HttpenrichmentAuthBasic(TypedDict, total=False):
    """`auth.basic` of `HttpenrichmentAuth`."""

    username: Input[str] | None
    password: Input[str] | None


class HttpenrichmentAuthHeader(TypedDict, total=False):
    """`auth.header` of `HttpenrichmentAuth`."""

    name: Input[str] | None
    value: Input[str] | None


class HttpenrichmentAuthQuery(TypedDict, total=False):
    """`auth.query` of `HttpenrichmentAuth`."""

    name: Input[str] | None
    value: Input[str] | None


class HttpenrichmentAuthOauthExtraFormData(TypedDict, total=False):
    """`auth.oauth.extra_form_data` of `HttpenrichmentAuthOauth`."""

    name: Input[str] | None
    value: Input[str] | None


class HttpenrichmentAuthOauth(TypedDict, total=False):
    """`auth.oauth` of `HttpenrichmentAuth`."""

    client_id: Input[str] | None
    client_secret: Input[str] | None
    token_endpoint: Input[str] | None
    extra_form_data: Input[Sequence[Input[HttpenrichmentAuthOauthExtraFormData]]] | None
    scopes: Input[Sequence[Input[str]]] | None
    auth_style: Input[int] | None


class HttpenrichmentAuth(TypedDict, total=False):
    """`auth` of `Httpenrichment`."""

    basic: Input[HttpenrichmentAuthBasic] | None
    header: Input[HttpenrichmentAuthHeader] | None
    query: Input[Sequence[Input[HttpenrichmentAuthQuery]]] | None
    oauth: Input[HttpenrichmentAuthOauth] | None


class HttpenrichmentInputMappings(TypedDict, total=False):
    """`inputMappings` of `Httpenrichment`."""

    name: Input[str] | None
    type: Input[str] | None
    required: Input[bool] | None


class HttpenrichmentFields(TypedDict, total=False):
    """`fields` of `Httpenrichment`."""

    name: Input[str] | None
    path: Input[str] | None
    type: Input[str] | None


class Httpenrichment(TypedDict, total=False):
    """`type="httpenrichment"`: HTTP Enrichment."""

    url: Required[Input[str]]
    method: Required[Input[Literal["GET", "POST"]]]
    headers: Input[Sequence[Input[HttpenrichmentHeaders]]] | None
    parameters: Input[Sequence[Input[HttpenrichmentParameters]]] | None
    body: Input[str] | None
    healthcheck: Input[str] | None
    auth: Input[HttpenrichmentAuth] | None
    inputMappings: Input[Sequence[Input[HttpenrichmentInputMappings]]] | None
    fields: Input[Sequence[Input[HttpenrichmentFields]]] | None
    example_inputs: Input[Mapping[str, Any]] | None
    example_body: Input[str] | None


class Hyperline(TypedDict, total=False):
    """`type="hyperline"`: Hyperline."""

    api_key: Required[Input[str]]
    """Secret."""


class IbmDb2(TypedDict, total=False):
    """`type="ibm_db2"`: IBM Db2."""

    hostname: Required[Input[str]]
    ssl: Input[bool] | None
    """Default: `True`."""
    database: Required[Input[str]]
    account: Required[Input[str]]
    passwd: Required[Input[str]]
    """Secret."""


class Instantly(TypedDict, total=False):
    """`type="instantly"`: Instantly."""

    api_key: Required[Input[str]]
    """Secret."""


class Intellimize(TypedDict, total=False):
    """`type="intellimize"`: Intellimize."""

    apikey: Required[Input[str]]
    """Secret."""


class Invoiceocean(TypedDict, total=False):
    """`type="invoiceocean"`: InvoiceOcean."""

    subdomain: Required[Input[str]]
    api_token: Required[Input[str]]
    """Secret."""


class Ironclad(TypedDict, total=False):
    """`type="ironclad"`: Ironclad."""

    environment: Input[Literal["prod", "demo"]] | None
    """Default: `'prod'`."""
    auth_method: Input[Literal["oauth", "api_key"]] | None
    """Default: `'oauth'`."""
    api_key: Input[str] | None
    """Secret."""
    client_id: Input[str] | None
    client_secret: Input[str] | None
    """Secret."""
    user_as_email: Input[str] | None


class IterableEventTypes(TypedDict, total=False):
    """`event_types` of `Iterable`."""

    value: Input[str] | None
    label: Input[str] | None


class Iterable(TypedDict, total=False):
    """`type="iterable"`: Iterable."""

    api_key: Required[Input[str]]
    """Secret."""
    event_types: Input[Sequence[Input[IterableEventTypes]]] | None


class Jira(TypedDict, total=False):
    """`type="jira"`: Jira."""

    url: Required[Input[str]]
    auth_method: Input[Literal["apikey", "pat"]] | None
    """Default: `'apikey'`."""
    username: Input[str] | None
    api_key: Input[str] | None
    """Secret."""
    access_token: Input[str] | None
    """Secret."""


class Juro(TypedDict, total=False):
    """`type="juro"`: Juro."""

    api_key: Required[Input[str]]
    """Secret."""


class Klaviyo(TypedDict, total=False):
    """`type="klaviyo"`: Klaviyo."""

    apikey: Required[Input[str]]
    """Secret."""
    private_apikey: Required[Input[str]]
    """Secret."""


class Knock(TypedDict, total=False):
    """`type="knock"`: Knock."""

    api_key: Input[str] | None
    """Secret."""
    secret_key: Input[str] | None
    """Secret."""


class Kustomer(TypedDict, total=False):
    """`type="kustomer"`: Kustomer."""

    domain: Required[Input[str]]
    apikey: Required[Input[str]]
    """Secret."""


class Lago(TypedDict, total=False):
    """`type="lago"`: Lago."""

    api_key: Required[Input[str]]
    """Secret."""


class Launchdarkly(TypedDict, total=False):
    """`type="launchdarkly"`: LaunchDarkly."""

    instance: Input[Literal["default", "eu", "federal"]] | None
    """Default: `'default'`."""
    access_token: Required[Input[str]]
    """Secret."""


class Learnworlds(TypedDict, total=False):
    """`type="learnworlds"`: LearnWorlds."""

    school_url: Required[Input[str]]
    client_id: Required[Input[str]]
    client_secret: Required[Input[str]]
    """Secret."""


class Linear(TypedDict, total=False):
    """`type="linear"`: Linear."""

    api_key: Required[Input[str]]
    """Secret."""


class LinkedinCompanyPagesOrganizations(TypedDict, total=False):
    """`organizations` of `LinkedinCompanyPages`."""

    value: Input[str] | None
    label: Input[str] | None


class LinkedinCompanyPages(TypedDict, total=False):
    """`type="linkedin_company_pages"`: LinkedIn Company Pages. A person gives consent by OAuth."""

    oauth_refresh_token: Input[str] | None
    """Secret."""
    organizations: Input[Sequence[Input[LinkedinCompanyPagesOrganizations]]] | None
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""


class LinkedinadsAccounts(TypedDict, total=False):
    """`accounts` of `Linkedinads`."""

    value: Input[str] | None
    label: Input[str] | None


class Linkedinads(TypedDict, total=False):
    """`type="linkedinads"`: LinkedIn Ads. A person gives consent by OAuth."""

    oauth_refresh_token: Input[str] | None
    """Secret."""
    accounts: Input[Sequence[Input[LinkedinadsAccounts]]] | None
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""


class Lob(TypedDict, total=False):
    """`type="lob"`: Lob."""

    apikey: Required[Input[str]]
    """Secret."""


class Loop(TypedDict, total=False):
    """`type="loop"`: Loop."""

    api_token: Required[Input[str]]
    """Secret."""


class Loops(TypedDict, total=False):
    """`type="loops"`: Loops."""

    api_key: Required[Input[str]]
    """Secret."""


class Luma(TypedDict, total=False):
    """`type="luma"`: Luma."""

    api_key: Required[Input[str]]
    """Secret."""


class M3ter(TypedDict, total=False):
    """`type="m3ter"`: m3ter."""

    orgId: Required[Input[str]]
    client_id: Required[Input[str]]
    """Secret."""
    client_secret: Required[Input[str]]
    """Secret."""


class Mailercheck(TypedDict, total=False):
    """`type="mailercheck"`: MailerCheck."""

    api_key: Required[Input[str]]
    """Secret."""


class Measure(TypedDict, total=False):
    """`type="measure"`: Measure."""

    company_id: Required[Input[str]]
    api_key: Required[Input[str]]
    """Secret."""


class Meridian(TypedDict, total=False):
    """`type="meridian"`: Meridian. A person gives consent by OAuth."""

    client_id: Input[str] | None
    client_secret: Input[str] | None
    """Secret."""


class Mixpanel(TypedDict, total=False):
    """`type="mixpanel"`: Mixpanel."""

    region: Required[Input[Literal["mixpanel.com", "eu.mixpanel.com"]]]
    service_account_username: Required[Input[str]]
    service_account_secret: Required[Input[str]]
    """Secret."""
    project_id: Required[Input[int]]


class Monday(TypedDict, total=False):
    """`type="monday"`: monday.com."""

    api_key: Required[Input[str]]
    """Secret."""


class Motherduck(TypedDict, total=False):
    """`type="motherduck"`: MotherDuck."""

    database: Required[Input[str]]
    access_token: Required[Input[str]]
    """Secret."""
    aws_access_key_id: Input[str] | None
    aws_secret_access_key: Input[str] | None
    """Secret."""
    s3_bucket_name: Input[str] | None
    s3_bucket_region: Input[str] | None


class MsadsAccounts(TypedDict, total=False):
    """`accounts` of `Msads`."""

    value: Input[str] | None
    label: Input[str] | None


class Msads(TypedDict, total=False):
    """`type="msads"`: Microsoft Ads. A person gives consent by OAuth."""

    auth_method: Input[Literal["microsoft", "google"]] | None
    """Default: `'microsoft'`."""
    oauth_refresh_token: Input[str] | None
    """Secret."""
    accounts: Input[Sequence[Input[MsadsAccounts]]] | None
    auto_add_accounts: Input[bool] | None
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    agree_customer_match_terms: Input[bool] | None


class Msdynamics(TypedDict, total=False):
    """`type="msdynamics"`: Microsoft Dynamics 365. A person gives consent by OAuth."""

    oauth_refresh_token: Input[str] | None
    """Secret."""
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    dynamics_url: Input[str] | None
    auth_method: Input[Literal["oauth", "client_credentials"]] | None
    """Default: `'oauth'`."""
    tenant_id: Input[str] | None
    client_credentials_client_id: Input[str] | None
    """Secret."""
    client_credentials_client_secret: Input[str] | None
    """Secret."""


class N8n(TypedDict, total=False):
    """`type="n8n"`: n8n."""

    url: Required[Input[str]]
    api_key: Required[Input[str]]
    """Secret."""


class Neon(TypedDict, total=False):
    """`type="neon"`: Neon."""

    hostname: Required[Input[str]]
    username: Required[Input[str]]
    password: Required[Input[str]]
    """Secret."""
    database: Required[Input[str]]
    port: Input[int] | None
    """Default: `5432`."""
    ssl: Input[bool] | None
    """Default: `True`."""
    ssl_mode: Input[Literal["require", "verify-ca", "verify-full"]] | None
    """Default: `'verify-full'`."""
    ssh: Input[bool] | None
    ssh_user: Input[str] | None
    """Default: `'root'`."""
    ssh_host: Input[str] | None
    ssh_port: Input[int] | None
    """Default: `22`."""
    ssh_private_key: Input[str] | None
    """Secret."""
    client_certs: Input[bool] | None
    """Default: `False`."""
    client_certificate: Input[str] | None
    """Secret."""
    client_key: Input[str] | None
    """Secret."""
    ca_cert: Input[str] | None
    """Secret."""
    change_detection: Input[bool] | None
    """Default: `False`."""
    publication: Input[str] | None


class Netsuiteopenair(TypedDict, total=False):
    """`type="netsuiteopenair"`: NetSuite OpenAir. A person gives consent by OAuth."""

    company_id: Input[str] | None
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    api_namespace: Input[str] | None
    api_key: Input[str] | None
    """Secret."""
    per_day_rate_limit: Input[int] | None
    per_minute_rate_limit: Input[int] | None


class Netsuitesaconnect(TypedDict, total=False):
    """`type="netsuitesaconnect"`: NetSuite SuiteAnalytics."""

    account_id: Required[Input[str]]
    role_id: Required[Input[str]]
    client_id: Required[Input[str]]
    certificate_id: Required[Input[str]]
    private_key: Required[Input[str]]
    """Secret."""


class Nooks(TypedDict, total=False):
    """`type="nooks"`: Nooks."""

    api_key: Required[Input[str]]
    """Secret."""


class Northbeam(TypedDict, total=False):
    """`type="northbeam"`: Northbeam."""

    api_key: Required[Input[str]]
    """Secret."""
    data_client_id: Required[Input[str]]
    instance: Input[Literal["prod", "test"]] | None
    """Default: `'prod'`."""


class Notion(TypedDict, total=False):
    """`type="notion"`: Notion. A person gives consent by OAuth."""


class OpenaiAds(TypedDict, total=False):
    """`type="openai_ads"`: OpenAI Ads."""

    api_key: Required[Input[str]]
    """Secret."""


class OutlookMailboxes(TypedDict, total=False):
    """`mailboxes` of `Outlook`."""

    value: Input[str] | None
    label: Input[str] | None


class Outlook(TypedDict, total=False):
    """`type="outlook"`: Microsoft Outlook 365. A person gives consent by OAuth."""

    auth_method: Input[Literal["oauth", "client_credentials"]] | None
    """Default: `'oauth'`."""
    oauth_refresh_token: Input[str] | None
    """Secret."""
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    tenant_id: Input[str] | None
    client_credentials_client_id: Input[str] | None
    client_credentials_client_secret: Input[str] | None
    """Secret."""
    mailboxes: Input[Sequence[Input[OutlookMailboxes]]] | None
    auto_add_mailboxes: Input[bool] | None
    additional_mailboxes: Input[str] | None


class Outreach(TypedDict, total=False):
    """`type="outreach"`: Outreach. A person gives consent by OAuth."""

    oauth_refresh_token: Input[str] | None
    """Secret."""
    use_bulk_upsert: Input[bool] | None
    """Default: `True`."""
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""


class Pardot(TypedDict, total=False):
    """`type="pardot"`: Pardot. A person gives consent by OAuth."""

    business_unit_id: Input[str] | None
    account_type: Input[Literal["Production", "Sandbox", "Demo"]] | None
    enforce_api_limits: Input[bool] | None
    daily_api_calls: Input[int] | None


class Partnerpage(TypedDict, total=False):
    """`type="partnerpage"`: PartnerPage."""

    api_key: Required[Input[str]]
    """Secret."""


class Paycor(TypedDict, total=False):
    """`type="paycor"`: Paycor. A person gives consent by OAuth."""

    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    subscription_key: Input[str] | None
    """Secret."""
    scopes: Input[str] | None
    use_sandbox: Input[bool] | None


class PinterestAdsAccounts(TypedDict, total=False):
    """`accounts` of `PinterestAds`."""

    value: Input[str] | None
    label: Input[str] | None


class PinterestAds(TypedDict, total=False):
    """`type="pinterest_ads"`: Pinterest Ads. A person gives consent by OAuth."""

    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    accounts: Input[Sequence[Input[PinterestAdsAccounts]]] | None


class Pipedrive(TypedDict, total=False):
    """`type="pipedrive"`: Pipedrive."""

    domain: Required[Input[str]]
    api_key: Required[Input[str]]
    """Secret."""


class Pitchbook(TypedDict, total=False):
    """`type="pitchbook"`: Pitchbook."""

    api_key: Required[Input[str]]
    """Secret."""


class Plain(TypedDict, total=False):
    """`type="plain"`: Plain."""

    api_key: Required[Input[str]]
    """Secret."""


class PlanetscaleVitess(TypedDict, total=False):
    """`type="planetscale_vitess"`: PlanetScale Vitess."""

    hostname: Required[Input[str]]
    username: Required[Input[str]]
    password: Required[Input[str]]
    """Secret."""
    database: Required[Input[str]]
    port: Input[int] | None
    """Default: `3306`."""
    ssh: Input[bool] | None
    ssh_user: Input[str] | None
    """Default: `'root'`."""
    ssh_host: Input[str] | None
    ssh_port: Input[int] | None
    """Default: `22`."""
    ssh_private_key: Input[str] | None
    """Secret."""
    change_detection: Input[bool] | None
    """Default: `False`."""


class PlusvibeWorkspaces(TypedDict, total=False):
    """`workspaces` of `Plusvibe`."""

    value: Input[str] | None
    label: Input[str] | None


class Plusvibe(TypedDict, total=False):
    """`type="plusvibe"`: PlusVibe."""

    api_key: Required[Input[str]]
    """Secret."""
    workspaces: Required[Input[Sequence[Input[PlusvibeWorkspaces]]]]


class PodscribeAdvertisers(TypedDict, total=False):
    """`advertisers` of `Podscribe`."""

    value: Input[str] | None
    label: Input[str] | None


class Podscribe(TypedDict, total=False):
    """`type="podscribe"`: Podscribe."""

    api_key: Input[str] | None
    """Secret."""
    advertisers: Input[Sequence[Input[PodscribeAdvertisers]]] | None


class PolytomicHarbor(TypedDict, total=False):
    """`type="polytomic_harbor"`: Polytomic Harbor."""


class PolytomicMetadata(TypedDict, total=False):
    """`type="polytomic_metadata"`: Polytomic Metadata."""

    auth_mode: Input[Literal["personal_api_key", "partner_api_key"]] | None
    """Default: `'personal_api_key'`."""
    personal_api_key: Input[str] | None
    """Secret."""
    partner_api_key: Input[str] | None
    """Secret."""
    deployment_api_key: Input[str] | None
    """Secret."""


class Posthog(TypedDict, total=False):
    """`type="posthog"`: PostHog."""

    api_key: Required[Input[str]]
    """Secret."""
    location: Input[Literal["us", "eu"]] | None
    """Default: `'us'`."""
    project: Required[Input[str]]


class Predictleads(TypedDict, total=False):
    """`type="predictleads"`: PredictLeads."""

    api_token: Required[Input[str]]
    """Secret."""
    api_key: Required[Input[str]]
    """Secret."""


class Productboard(TypedDict, total=False):
    """`type="productboard"`: Productboard."""

    access_key: Input[str] | None
    """Secret."""


class Profound(TypedDict, total=False):
    """`type="profound"`: Profound."""

    api_key: Required[Input[str]]
    """Secret."""


class Pylon(TypedDict, total=False):
    """`type="pylon"`: Pylon."""

    api_key: Required[Input[str]]
    """Secret."""


class QtaniumConnect(TypedDict, total=False):
    """`type="qtanium_connect"`: QtaniumConnect."""

    username: Required[Input[str]]
    password: Required[Input[str]]
    """Secret."""


class Qualtrics(TypedDict, total=False):
    """`type="qualtrics"`: Qualtrics."""

    api_key: Required[Input[str]]
    """Secret."""
    data_center: (
        Input[
            Literal[
                "portland",
                "washington_dc",
                "arizona",
                "us_government",
                "canada",
                "eu",
                "london",
                "singapore",
                "sydney",
                "tokyo",
            ]
        ]
        | None
    )
    """Default: `'portland'`."""


class Quickbooks(TypedDict, total=False):
    """`type="quickbooks"`: QuickBooks. A person gives consent by OAuth."""

    realm_id: Input[str] | None
    oauth_refresh_token: Input[str] | None
    """Secret."""
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""


class Railway(TypedDict, total=False):
    """`type="railway"`: Railway."""

    api_key: Required[Input[str]]
    """Secret."""


class Ramp(TypedDict, total=False):
    """`type="ramp"`: Ramp. A person gives consent by OAuth."""

    is_sandbox: Input[bool] | None
    oauth_refresh_token: Input[str] | None
    """Secret."""
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""


class Recharge(TypedDict, total=False):
    """`type="recharge"`: Recharge."""

    api_key: Required[Input[str]]
    """Secret."""


class RedditadsAccounts(TypedDict, total=False):
    """`accounts` of `Redditads`."""

    value: Input[str] | None
    label: Input[str] | None


class Redditads(TypedDict, total=False):
    """`type="redditads"`: Reddit Ads. A person gives consent by OAuth."""

    application_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    oauth_refresh_token: Input[str] | None
    """Secret."""
    accounts: Input[Sequence[Input[RedditadsAccounts]]] | None
    pixel_id: Input[str] | None


class Redshiftserverless(TypedDict, total=False):
    """`type="redshiftserverless"`: Redshift Serverless."""

    database: Required[Input[str]]
    workgroup: Required[Input[str]]
    region: Input[str] | None
    connection_method: Required[Input[Literal["data_api", "endpoint"]]]
    override_endpoint: Input[bool] | None
    data_api_endpoint: Input[str] | None
    endpoint: Input[str] | None
    iam_role_arn: Required[Input[str]]
    s3_bucket_name: Input[str] | None
    s3_bucket_region: Input[str] | None
    use_unload: Input[bool] | None
    use_bulk_sync_staging_schema: Input[bool] | None
    """Default: `False`."""
    bulk_sync_staging_schema: Input[str] | None


class ReoDev(TypedDict, total=False):
    """`type="reo_dev"`: Reo.dev."""

    api_key: Required[Input[str]]
    """Secret."""


class Replyio(TypedDict, total=False):
    """`type="replyio"`: Reply."""

    api_key: Required[Input[str]]
    """Secret."""


class Resend(TypedDict, total=False):
    """`type="resend"`: Resend."""

    api_key: Required[Input[str]]
    """Secret."""


class Rewardful(TypedDict, total=False):
    """`type="rewardful"`: Rewardful."""

    api_key: Input[str] | None
    """Secret."""


class Rillet(TypedDict, total=False):
    """`type="rillet"`: Rillet."""

    environment: Input[Literal["production", "test"]] | None
    """Default: `'production'`."""
    api_key: Required[Input[str]]
    """Secret."""


class Rippling(TypedDict, total=False):
    """`type="rippling"`: Rippling."""

    api_key: Required[Input[str]]
    """Secret."""


class Rocketlane(TypedDict, total=False):
    """`type="rocketlane"`: Rocketlane."""

    api_key: Required[Input[str]]
    """Secret."""


class Rokt(TypedDict, total=False):
    """`type="rokt"`: Rokt."""

    api_key: Required[Input[str]]
    """Secret."""
    api_secret: Required[Input[str]]
    """Secret."""


class S3Compatible(TypedDict, total=False):
    """`type="s3_compatible"`: S3 Compatible."""

    endpoint: Required[Input[str]]
    s3_bucket_region: Input[str] | None
    """Default: `'us-east-1'`."""
    aws_access_key_id: Required[Input[str]]
    aws_secret_access_key: Required[Input[str]]
    """Secret."""
    s3_bucket_name: Required[Input[str]]
    csv_has_headers: Input[bool] | None
    """Default: `True`."""
    is_single_table: Input[bool] | None
    """Default: `False`."""
    is_directory_snapshot: Input[bool] | None
    """Default: `False`."""
    directory_glob_pattern: Input[str] | None
    single_table_name: Input[str] | None
    single_table_file_format: Input[Literal["csv", "json", "parquet"]] | None
    """Default: `'csv'`."""
    single_table_file_formats: Input[Sequence[Input[str]]] | None
    """Default: `['[csv]']`."""
    skip_lines: Input[int] | None
    """Default: `0`."""


class SageIntacct(TypedDict, total=False):
    """`type="sage_intacct"`: Sage Intacct. A person gives consent by OAuth."""

    application_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    oauth_refresh_token: Input[str] | None
    """Secret."""


class Sageintacct(TypedDict, total=False):
    """`type="sageintacct"`: Sage Intacct. A person gives consent by OAuth."""

    application_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    oauth_refresh_token: Input[str] | None
    """Secret."""


class Salesbricks(TypedDict, total=False):
    """`type="salesbricks"`: Salesbricks."""

    api_key: Input[str] | None
    """Secret."""


class Salesloft(TypedDict, total=False):
    """`type="salesloft"`: Salesloft. A person gives consent by OAuth."""

    auth_method: Input[Literal["oauth", "api_key"]] | None
    """Default: `'oauth'`."""
    oauth_refresh_token: Input[str] | None
    """Secret."""
    api_key: Input[str] | None
    """Secret."""
    application_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""


class Scamalytics(TypedDict, total=False):
    """`type="scamalytics"`: Scamalytics."""

    endpoint: Required[Input[str]]
    apikey: Required[Input[str]]
    """Secret."""


class Scylladb(TypedDict, total=False):
    """`type="scylladb"`: ScyllaDB."""

    hosts: Required[Input[str]]
    username: Input[str] | None
    password: Input[str] | None
    """Secret."""
    tls: Input[bool] | None
    """Default: `False`."""
    skip_verify: Input[bool] | None
    """Default: `False`."""
    ca_cert: Input[str] | None
    ssh: Input[bool] | None
    ssh_user: Input[str] | None
    """Default: `'root'`."""
    ssh_host: Input[str] | None
    ssh_port: Input[int] | None
    """Default: `22`."""
    ssh_private_key: Input[str] | None
    """Secret."""
    client_certs: Input[bool] | None
    """Default: `False`."""
    client_certificate: Input[str] | None
    """Secret."""
    client_key: Input[str] | None
    """Secret."""


class SealSubscriptions(TypedDict, total=False):
    """`type="seal_subscriptions"`: Seal Subscriptions."""

    seal_token: Required[Input[str]]
    """Secret."""


class Seamai(TypedDict, total=False):
    """`type="seamai"`: Seam AI."""

    apikey_id: Required[Input[str]]
    """Secret."""
    apikey_secret: Required[Input[str]]
    """Secret."""
    base_url: Input[str] | None


class Segment(TypedDict, total=False):
    """`type="segment"`: Segment."""

    write_key: Required[Input[str]]
    """Secret."""


class Seismic(TypedDict, total=False):
    """`type="seismic"`: Seismic. A person gives consent by OAuth."""

    tenant_id: Input[str] | None
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    oauth_refresh_token: Input[str] | None
    """Secret."""


class SharepointExcel(TypedDict, total=False):
    """`type="sharepoint_excel"`: Microsoft SharePoint Excel. A person gives consent by OAuth."""

    oauth_access_token: Input[str] | None
    """Secret."""
    oauth_refresh_token: Input[str] | None
    """Secret."""
    oauth_token_expiry: Input[str] | None
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""


class Shipbob(TypedDict, total=False):
    """`type="shipbob"`: ShipBob. A person gives consent by OAuth."""

    oauth_refresh_token: Input[str] | None
    """Secret."""
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""


class Shippo(TypedDict, total=False):
    """`type="shippo"`: Shippo."""

    api_key: Required[Input[str]]
    """Secret."""


class Shortio(TypedDict, total=False):
    """`type="shortio"`: Short.io."""

    api_key: Required[Input[str]]
    """Secret."""


class Showpad(TypedDict, total=False):
    """`type="showpad"`: Showpad."""

    subdomain: Required[Input[str]]
    api_token: Required[Input[str]]
    """Secret."""


class Smartlead(TypedDict, total=False):
    """`type="smartlead"`: Smartlead.ai."""

    api_key: Required[Input[str]]
    """Secret."""


class Smartsheet(TypedDict, total=False):
    """`type="smartsheet"`: Smartsheet. A person gives consent by OAuth."""

    oauth_refresh_token: Input[str] | None
    """Secret."""
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""


class SnapchatAdsOrganizations(TypedDict, total=False):
    """`organizations` of `SnapchatAds`."""

    value: Input[str] | None
    label: Input[str] | None


class SnapchatAds(TypedDict, total=False):
    """`type="snapchat_ads"`: Snapchat Ads. A person gives consent by OAuth."""

    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    oauth_refresh_token: Input[str] | None
    """Secret."""
    organizations: Input[Sequence[Input[SnapchatAdsOrganizations]]] | None


class Sprig(TypedDict, total=False):
    """`type="sprig"`: Sprig."""

    api_key: Required[Input[str]]
    """Secret."""


class Sproutsocial(TypedDict, total=False):
    """`type="sproutsocial"`: Sprout Social."""

    client_id: Input[str] | None
    client_secret: Input[str] | None
    """Secret."""


class Stackadapt(TypedDict, total=False):
    """`type="stackadapt"`: StackAdapt."""

    api_key: Required[Input[str]]
    """Secret."""
    environment: Input[Literal["production", "sandbox"]] | None
    """Default: `'production'`."""


class StandardMetrics(TypedDict, total=False):
    """`type="standard_metrics"`: Standard Metrics."""

    client_id: Required[Input[str]]
    client_secret: Required[Input[str]]
    """Secret."""


class Statsig(TypedDict, total=False):
    """`type="statsig"`: Statsig."""

    api_key: Required[Input[str]]
    """Secret."""


class Stord(TypedDict, total=False):
    """`type="stord"`: Stord."""

    api_key: Required[Input[str]]
    """Secret."""
    network_id: Required[Input[str]]
    organization_id: Required[Input[str]]


class Strackr(TypedDict, total=False):
    """`type="strackr"`: Strackr."""

    api_id: Required[Input[int]]
    """Secret."""
    api_key: Required[Input[str]]
    """Secret."""
    currency_type: (
        Input[Literal["EUR", "USD", "CAD", "GBP", "RUB", "SEK", "AUD", "INR", "NOK", "DKK"]] | None
    )
    """Default: `'USD'`."""
    linkbuilder_customs_text: Input[str] | None


class Supabase(TypedDict, total=False):
    """`type="supabase"`: Supabase."""

    hostname: Required[Input[str]]
    username: Required[Input[str]]
    password: Required[Input[str]]
    """Secret."""
    database: Required[Input[str]]
    port: Input[int] | None
    """Default: `5432`."""
    ssl: Input[bool] | None
    """Default: `True`."""
    ssl_mode: Input[Literal["require", "verify-ca", "verify-full"]] | None
    """Default: `'verify-full'`."""
    ssh: Input[bool] | None
    ssh_user: Input[str] | None
    """Default: `'root'`."""
    ssh_host: Input[str] | None
    ssh_port: Input[int] | None
    """Default: `22`."""
    ssh_private_key: Input[str] | None
    """Secret."""
    client_certs: Input[bool] | None
    """Default: `False`."""
    client_certificate: Input[str] | None
    """Secret."""
    client_key: Input[str] | None
    """Secret."""
    ca_cert: Input[str] | None
    """Secret."""
    change_detection: Input[bool] | None
    """Default: `False`."""
    publication: Input[str] | None


class Surveymonkey(TypedDict, total=False):
    """`type="surveymonkey"`: SurveyMonkey. A person gives consent by OAuth."""

    application_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""


class Survicate(TypedDict, total=False):
    """`type="survicate"`: Survicate."""

    api_key: Required[Input[str]]
    """Secret."""


class Synapse(TypedDict, total=False):
    """`type="synapse"`: Azure Synapse."""

    hostname: Required[Input[str]]
    username: Required[Input[str]]
    password: Required[Input[str]]
    """Secret."""
    database: Required[Input[str]]
    port: Input[int] | None
    """Default: `1433`."""


class Tabs(TypedDict, total=False):
    """`type="tabs"`: Tabs."""

    api_key: Required[Input[str]]
    """Secret."""


class Testrail(TypedDict, total=False):
    """`type="testrail"`: TestRail."""

    hostname: Required[Input[str]]
    username: Required[Input[str]]
    api_key: Required[Input[str]]
    """Secret."""


class Thrive(TypedDict, total=False):
    """`type="thrive"`: Thrive."""

    api_key: Required[Input[str]]
    """Secret."""


class Tigris(TypedDict, total=False):
    """`type="tigris"`: Tigris."""

    aws_access_key_id: Required[Input[str]]
    aws_secret_access_key: Required[Input[str]]
    """Secret."""
    bucket_name: Required[Input[str]]
    csv_has_headers: Input[bool] | None
    """Default: `True`."""
    is_single_table: Input[bool] | None
    """Default: `False`."""
    is_directory_snapshot: Input[bool] | None
    """Default: `False`."""
    directory_glob_pattern: Input[str] | None
    single_table_name: Input[str] | None
    single_table_file_format: Input[Literal["csv", "json", "parquet"]] | None
    """Default: `'csv'`."""
    single_table_file_formats: Input[Sequence[Input[str]]] | None
    """Default: `['[csv]']`."""
    skip_lines: Input[int] | None
    """Default: `0`."""


class TiktokAdsAdvertisers(TypedDict, total=False):
    """`advertisers` of `TiktokAds`."""

    value: Input[str] | None
    label: Input[str] | None


class TiktokAds(TypedDict, total=False):
    """`type="tiktok_ads"`: TikTok Ads. A person gives consent by OAuth."""

    advertisers: Input[Sequence[Input[TiktokAdsAdvertisers]]] | None
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    custom_reports: Input[str] | None


class Tixr(TypedDict, total=False):
    """`type="tixr"`: Tixr."""

    client_private_key: Required[Input[str]]
    """Secret."""
    client_secret: Required[Input[str]]
    """Secret."""


class Towbook(TypedDict, total=False):
    """`type="towbook"`: Towbook."""

    api_token: Required[Input[str]]
    """Secret."""


class TwilioSendgrid(TypedDict, total=False):
    """`type="twilio_sendgrid"`: Twilio Sendgrid."""

    api_key: Required[Input[str]]
    """Secret."""


class Typeform(TypedDict, total=False):
    """`type="typeform"`: Typeform. A person gives consent by OAuth."""

    application_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    oauth_refresh_token: Input[str] | None
    """Secret."""


class Unbounce(TypedDict, total=False):
    """`type="unbounce"`: Unbounce."""

    api_key: Required[Input[str]]
    """Secret."""


class Upfluence(TypedDict, total=False):
    """`type="upfluence"`: Upfluence."""

    username: Required[Input[str]]
    password: Required[Input[str]]
    """Secret."""


class Uppromote(TypedDict, total=False):
    """`type="uppromote"`: UpPromote."""

    api_key: Required[Input[str]]
    """Secret."""


class Uservoice(TypedDict, total=False):
    """`type="uservoice"`: UserVoice."""

    domain: Required[Input[str]]
    api_key: Required[Input[str]]
    """Secret."""


class Vanilla(TypedDict, total=False):
    """`type="vanilla"`: Vanilla Forums."""

    domain: Required[Input[str]]
    api_key: Required[Input[str]]
    """Secret."""


class VibeAdvertisers(TypedDict, total=False):
    """`advertisers` of `Vibe`."""

    value: Input[str] | None
    label: Input[str] | None


class Vibe(TypedDict, total=False):
    """`type="vibe"`: Vibe. A person gives consent by OAuth."""

    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    oauth_refresh_token: Input[str] | None
    """Secret."""
    advertisers: Input[Sequence[Input[VibeAdvertisers]]] | None


class Voucherify(TypedDict, total=False):
    """`type="voucherify"`: Voucherify."""

    application_id: Required[Input[str]]
    secret_key: Required[Input[str]]
    """Secret."""
    region: Input[Literal["na", "eu", "asia"]] | None
    """Default: `'na'`."""


class WalmartMarketplace(TypedDict, total=False):
    """`type="walmart_marketplace"`: Walmart Marketplace."""

    client_id: Required[Input[str]]
    """Secret."""
    client_secret: Required[Input[str]]
    """Secret."""


class Ware2go(TypedDict, total=False):
    """`type="ware2go"`: Ware2Go."""

    client_id: Required[Input[str]]
    """Secret."""
    client_secret: Required[Input[str]]
    """Secret."""
    merchant_id: Required[Input[str]]
    staging: Input[bool] | None


class Wavelength(TypedDict, total=False):
    """`type="wavelength"`: Wavelength."""

    api_key: Required[Input[str]]
    """Secret."""


class WorkOs(TypedDict, total=False):
    """`type="work_os"`: WorkOS."""

    api_key: Required[Input[str]]
    """Secret."""


class XAds(TypedDict, total=False):
    """`type="x_ads"`: X Ads."""

    consumer_key: Required[Input[str]]
    """Secret."""
    consumer_secret: Required[Input[str]]
    """Secret."""
    access_token: Required[Input[str]]
    """Secret."""
    access_token_secret: Required[Input[str]]
    """Secret."""


class Xero(TypedDict, total=False):
    """`type="xero"`: Xero."""

    connect_mode: Input[Literal["browser", "clientcredentials"]] | None
    """Default: `'browser'`."""
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""


class Yotpo(TypedDict, total=False):
    """`type="yotpo"`: Yotpo."""

    store_id: Required[Input[str]]
    secret: Required[Input[str]]
    """Secret."""


class Youtubeanalytics(TypedDict, total=False):
    """`type="youtubeanalytics"`: YouTube Analytics. A person gives consent by OAuth."""

    oauth_refresh_token: Input[str] | None
    """Secret."""
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    content_owner_id: Input[str] | None


class ZendeskChat(TypedDict, total=False):
    """`type="zendesk_chat"`: Zendesk Chat. A person gives consent by OAuth."""

    domain: Input[str] | None
    custom_api_limits: Input[bool] | None
    ratelimit_rpm: Input[int] | None


class ZohoCrm(TypedDict, total=False):
    """`type="zoho_crm"`: Zoho CRM. A person gives consent by OAuth."""

    region: (
        Input[Literal["usa", "europe", "australia", "canada", "china", "japan", "saudi_arabia"]]
        | None
    )
    """Default: `'usa'`."""
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""


class ZohoDeskOrganizations(TypedDict, total=False):
    """`organizations` of `ZohoDesk`."""

    value: Input[str] | None
    label: Input[str] | None


class ZohoDesk(TypedDict, total=False):
    """`type="zoho_desk"`: Zoho Desk. A person gives consent by OAuth."""

    oauth_refresh_token: Input[str] | None
    """Secret."""
    client_id: Input[str] | None
    """Secret."""
    client_secret: Input[str] | None
    """Secret."""
    organizations: Input[Sequence[Input[ZohoDeskOrganizations]]] | None


class Zoom(TypedDict, total=False):
    """`type="zoom"`: Zoom."""

    account_id: Required[Input[str]]
    client_id: Required[Input[str]]
    client_secret: Required[Input[str]]
    """Secret."""


class Zoominfo(TypedDict, total=False):
    """`type="zoominfo"`: ZoomInfo."""

    username: Required[Input[str]]
    client_id: Required[Input[str]]
    private_key: Required[Input[str]]
    """Secret."""


TypeName: TypeAlias = Literal[
    "salesforce",
    "postgresql",
    "snowflake",
    "bigquery",
    "hubspot",
    "netsuite",
    "redshift",
    "mysql",
    "databricks",
    "mssql",
    "gsheets",
    "s3",
    "csv",
    "gcs",
    "mongodb",
    "azuresql",
    "googlecloudmysql",
    "googlecloudsql",
    "api",
    "webhook",
    "marketo",
    "intercom",
    "zendesk_support",
    "airtable",
    "stripe",
    "shopify",
    "slack",
    "sftp",
    "affinity",
    "amazon_ads",
    "amazon_keyspaces",
    "amazon_rds_postgresql",
    "amazon_selling_partner",
    "amplemarket",
    "amplitude",
    "anaplan",
    "anrok",
    "apollo",
    "appcues",
    "apple_ads",
    "apple_ads_attribution",
    "appsflyer",
    "appstoreconnect",
    "asana",
    "ascend",
    "ashby",
    "attio",
    "auth0",
    "autumn",
    "autura",
    "awsathena",
    "awsopensearch",
    "azureblob",
    "barbourabi",
    "baseten",
    "bill",
    "botpress",
    "brevo",
    "brex",
    "calendly",
    "callrail",
    "campfire",
    "chameleon",
    "chargebee",
    "chili_piper",
    "chorus",
    "circle",
    "clari",
    "clarify",
    "claude_analytics",
    "clazar",
    "clerk",
    "clickhouse",
    "cloudflare_logs",
    "cloudflare_r2",
    "cloudtalk",
    "construct_connect",
    "constructionwire",
    "cosmosdb",
    "coupa",
    "customerio",
    "customeriowarehouseexports",
    "datadog",
    "dayforce",
    "dbtcloud",
    "dbtprojectrepository",
    "dealcloud",
    "delighted",
    "dialpad",
    "dittofeed",
    "docker_hub",
    "dropbox",
    "dub",
    "dynamodb",
    "factors_ai",
    "fakturownia",
    "fathom",
    "fbaudience",
    "fireflies_ai",
    "freshdesk",
    "freshservice",
    "front",
    "fullstory",
    "g2",
    "gainsight_cs",
    "gatsby",
    "github",
    "gladly",
    "glean",
    "gmail",
    "gong",
    "google_search_ads_360",
    "googleads",
    "googleanalytics",
    "googlesearchconsole",
    "googleslides",
    "googleworkspace",
    "gorgias",
    "granola",
    "granola_mcp",
    "greenhouse",
    "harmonic",
    "heap",
    "herondata",
    "heyreach",
    "highlevel",
    "highspot",
    "honeycomb",
    "httpenrichment",
    "hyperline",
    "ibm_db2",
    "instantly",
    "intellimize",
    "invoiceocean",
    "ironclad",
    "iterable",
    "jira",
    "juro",
    "klaviyo",
    "knock",
    "kustomer",
    "lago",
    "launchdarkly",
    "learnworlds",
    "linear",
    "linkedin_company_pages",
    "linkedinads",
    "lob",
    "loop",
    "loops",
    "luma",
    "m3ter",
    "mailercheck",
    "measure",
    "meridian",
    "mixpanel",
    "monday",
    "motherduck",
    "msads",
    "msdynamics",
    "n8n",
    "neon",
    "netsuiteopenair",
    "netsuitesaconnect",
    "nooks",
    "northbeam",
    "notion",
    "openai_ads",
    "outlook",
    "outreach",
    "pardot",
    "partnerpage",
    "paycor",
    "pinterest_ads",
    "pipedrive",
    "pitchbook",
    "plain",
    "planetscale_vitess",
    "plusvibe",
    "podscribe",
    "polytomic_harbor",
    "polytomic_metadata",
    "posthog",
    "predictleads",
    "productboard",
    "profound",
    "pylon",
    "qtanium_connect",
    "qualtrics",
    "quickbooks",
    "railway",
    "ramp",
    "recharge",
    "redditads",
    "redshiftserverless",
    "reo_dev",
    "replyio",
    "resend",
    "rewardful",
    "rillet",
    "rippling",
    "rocketlane",
    "rokt",
    "s3_compatible",
    "sage_intacct",
    "sageintacct",
    "salesbricks",
    "salesloft",
    "scamalytics",
    "scylladb",
    "seal_subscriptions",
    "seamai",
    "segment",
    "seismic",
    "sharepoint_excel",
    "shipbob",
    "shippo",
    "shortio",
    "showpad",
    "smartlead",
    "smartsheet",
    "snapchat_ads",
    "sprig",
    "sproutsocial",
    "stackadapt",
    "standard_metrics",
    "statsig",
    "stord",
    "strackr",
    "supabase",
    "surveymonkey",
    "survicate",
    "synapse",
    "tabs",
    "testrail",
    "thrive",
    "tigris",
    "tiktok_ads",
    "tixr",
    "towbook",
    "twilio_sendgrid",
    "typeform",
    "unbounce",
    "upfluence",
    "uppromote",
    "uservoice",
    "vanilla",
    "vibe",
    "voucherify",
    "walmart_marketplace",
    "ware2go",
    "wavelength",
    "work_os",
    "x_ads",
    "xero",
    "yotpo",
    "youtubeanalytics",
    "zendesk_chat",
    "zoho_crm",
    "zoho_desk",
    "zoom",
    "zoominfo",
]
"""The connection types that this version knows."""

# Pyright reads no more than 256 operators of one expression.
Configuration: TypeAlias = Union[
    Unchecked,
    Output[Any],
    Salesforce,
    Postgresql,
    Snowflake,
    Bigquery,
    Hubspot,
    Netsuite,
    Redshift,
    Mysql,
    Databricks,
    Mssql,
    Gsheets,
    S3,
    Csv,
    Gcs,
    Mongodb,
    Azuresql,
    Googlecloudmysql,
    Googlecloudsql,
    Api,
    Webhook,
    Marketo,
    Intercom,
    ZendeskSupport,
    Airtable,
    Stripe,
    Shopify,
    Slack,
    Sftp,
    Affinity,
    AmazonAds,
    AmazonKeyspaces,
    AmazonRdsPostgresql,
    AmazonSellingPartner,
    Amplemarket,
    Amplitude,
    Anaplan,
    Anrok,
    Apollo,
    Appcues,
    AppleAds,
    AppleAdsAttribution,
    Appsflyer,
    Appstoreconnect,
    Asana,
    Ascend,
    Ashby,
    Attio,
    Auth0,
    Autumn,
    Autura,
    Awsathena,
    Awsopensearch,
    Azureblob,
    Barbourabi,
    Baseten,
    Bill,
    Botpress,
    Brevo,
    Brex,
    Calendly,
    Callrail,
    Campfire,
    Chameleon,
    Chargebee,
    ChiliPiper,
    Chorus,
    Circle,
    Clari,
    Clarify,
    ClaudeAnalytics,
    Clazar,
    Clerk,
    Clickhouse,
    CloudflareLogs,
    CloudflareR2,
    Cloudtalk,
    ConstructConnect,
    Constructionwire,
    Cosmosdb,
    Coupa,
    Customerio,
    Customeriowarehouseexports,
    Datadog,
    Dayforce,
    Dbtcloud,
    Dbtprojectrepository,
    Dealcloud,
    Delighted,
    Dialpad,
    Dittofeed,
    DockerHub,
    Dropbox,
    Dub,
    Dynamodb,
    FactorsAi,
    Fakturownia,
    Fathom,
    Fbaudience,
    FirefliesAi,
    Freshdesk,
    Freshservice,
    Front,
    Fullstory,
    G2,
    GainsightCs,
    Gatsby,
    Github,
    Gladly,
    Glean,
    Gmail,
    Gong,
    GoogleSearchAds360,
    Googleads,
    Googleanalytics,
    Googlesearchconsole,
    Googleslides,
    Googleworkspace,
    Gorgias,
    Granola,
    GranolaMcp,
    Greenhouse,
    Harmonic,
    Heap,
    Herondata,
    Heyreach,
    Highlevel,
    Highspot,
    Honeycomb,
    Httpenrichment,
    Hyperline,
    IbmDb2,
    Instantly,
    Intellimize,
    Invoiceocean,
    Ironclad,
    Iterable,
    Jira,
    Juro,
    Klaviyo,
    Knock,
    Kustomer,
    Lago,
    Launchdarkly,
    Learnworlds,
    Linear,
    LinkedinCompanyPages,
    Linkedinads,
    Lob,
    Loop,
    Loops,
    Luma,
    M3ter,
    Mailercheck,
    Measure,
    Meridian,
    Mixpanel,
    Monday,
    Motherduck,
    Msads,
    Msdynamics,
    N8n,
    Neon,
    Netsuiteopenair,
    Netsuitesaconnect,
    Nooks,
    Northbeam,
    Notion,
    OpenaiAds,
    Outlook,
    Outreach,
    Pardot,
    Partnerpage,
    Paycor,
    PinterestAds,
    Pipedrive,
    Pitchbook,
    Plain,
    PlanetscaleVitess,
    Plusvibe,
    Podscribe,
    PolytomicHarbor,
    PolytomicMetadata,
    Posthog,
    Predictleads,
    Productboard,
    Profound,
    Pylon,
    QtaniumConnect,
    Qualtrics,
    Quickbooks,
    Railway,
    Ramp,
    Recharge,
    Redditads,
    Redshiftserverless,
    ReoDev,
    Replyio,
    Resend,
    Rewardful,
    Rillet,
    Rippling,
    Rocketlane,
    Rokt,
    S3Compatible,
    SageIntacct,
    Sageintacct,
    Salesbricks,
    Salesloft,
    Scamalytics,
    Scylladb,
    SealSubscriptions,
    Seamai,
    Segment,
    Seismic,
    SharepointExcel,
    Shipbob,
    Shippo,
    Shortio,
    Showpad,
    Smartlead,
    Smartsheet,
    SnapchatAds,
    Sprig,
    Sproutsocial,
    Stackadapt,
    StandardMetrics,
    Statsig,
    Stord,
    Strackr,
    Supabase,
    Surveymonkey,
    Survicate,
    Synapse,
    Tabs,
    Testrail,
    Thrive,
    Tigris,
    TiktokAds,
    Tixr,
    Towbook,
    TwilioSendgrid,
    Typeform,
    Unbounce,
    Upfluence,
    Uppromote,
    Uservoice,
    Vanilla,
    Vibe,
    Voucherify,
    WalmartMarketplace,
    Ware2go,
    Wavelength,
    WorkOs,
    XAds,
    Xero,
    Yotpo,
    Youtubeanalytics,
    ZendeskChat,
    ZohoCrm,
    ZohoDesk,
    Zoom,
    Zoominfo,
]
"""The configuration of any connection type."""
