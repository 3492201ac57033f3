# pyright: reportOverlappingOverload=false, reportNoOverloadImplementation=false
# ruff: noqa: E501
"""The signatures of `Connection`, one for each connection type; nothing imports it at run time.

`python -m tools.configurations` writes this file from the packaged facts. mypy never reads it: of
one slip it would print all of these.
"""

from collections.abc import Awaitable, Mapping
from typing import Any, Literal, Unpack, overload

from pulumi import Output

from polytomic_provider import configurations as of
from polytomic_provider.resources.connection_signature import ConnectionOptions
from polytomic_provider.resources.object_resource import ObjectResource


class TypedConnection(ObjectResource):
    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: of.TypeName | Output[str] | Awaitable[str],
        configuration: of.Unchecked | Output[Any] | Awaitable[Any],
        **options: Unpack[ConnectionOptions],
    ) -> None:
        """A connection in Polytomic, such as a Salesforce org or a Postgres database.

            salesforce = Connection(
                "salesforce", type="salesforce", configuration={"domain": "acme.my.salesforce.com"}
            )
            pulumi.export("auth_url", salesforce.auth_url)

        Secrets in `configuration` become Pulumi secrets by themselves. Keys that are left out keep
        what Polytomic has. A connection that is in use is not deleted unless `force_destroy` is set.

        Args:
            resource_name: Name of the resource in the program.
            type: Connection type, such as `salesforce`, `netsuite`, `postgresql`; replaces.
            configuration: Settings of that type, by the API's names.
            name: Name in Polytomic; default: `resource_name`.
            redirect_url: Where the browser goes after consent; used at creation only.
            policies: Ids of the permission policies; left out: kept as they are.
            healthcheck_interval: How often its health is checked, such as `1h`.
            organization_id: Workspace, for partner and deployment keys; replaces.
            account: Account of the configuration, whose key is used.
            validate: False saves without trying the credentials first.
            reconnect: Any value; changing it starts consent anew and gives a new `auth_url`.
            force_destroy: True: deleting also deletes the models and syncs that use it.
            adopt: True: take over the connection that is there already and is the same thing
                (type and name), where there is exactly one.
            adopt_id: Take over the connection of this id.
            opts: Pulumi's resource options; `import_`, `provider` and
                `delete_before_replace=False` are refused.

        Source: `POST /api/connections`, `GET`, `PUT` and `DELETE /api/connections/{id}`.
        """

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Output[str] | Awaitable[str],
        configuration: Mapping[str, Any],
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["salesforce"],
        configuration: of.Salesforce,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["postgresql"],
        configuration: of.Postgresql,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["snowflake"],
        configuration: of.Snowflake,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["bigquery"],
        configuration: of.Bigquery,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["hubspot"],
        configuration: of.Hubspot,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["netsuite"],
        configuration: of.Netsuite,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["redshift"],
        configuration: of.Redshift,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["mysql"],
        configuration: of.Mysql,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["databricks"],
        configuration: of.Databricks,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["mssql"],
        configuration: of.Mssql,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["gsheets"],
        configuration: of.Gsheets,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["s3"],
        configuration: of.S3,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["csv"],
        configuration: of.Csv,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["gcs"],
        configuration: of.Gcs,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["mongodb"],
        configuration: of.Mongodb,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["azuresql"],
        configuration: of.Azuresql,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["googlecloudmysql"],
        configuration: of.Googlecloudmysql,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["googlecloudsql"],
        configuration: of.Googlecloudsql,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["api"],
        configuration: of.Api,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["webhook"],
        configuration: of.Webhook,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["marketo"],
        configuration: of.Marketo,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["intercom"],
        configuration: of.Intercom,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["zendesk_support"],
        configuration: of.ZendeskSupport,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["airtable"],
        configuration: of.Airtable,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["stripe"],
        configuration: of.Stripe,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["shopify"],
        configuration: of.Shopify,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["slack"],
        configuration: of.Slack,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["sftp"],
        configuration: of.Sftp,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["affinity"],
        configuration: of.Affinity,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["amazon_ads"],
        configuration: of.AmazonAds,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["amazon_keyspaces"],
        configuration: of.AmazonKeyspaces,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["amazon_rds_postgresql"],
        configuration: of.AmazonRdsPostgresql,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["amazon_selling_partner"],
        configuration: of.AmazonSellingPartner,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["amplemarket"],
        configuration: of.Amplemarket,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["amplitude"],
        configuration: of.Amplitude,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["anaplan"],
        configuration: of.Anaplan,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["anrok"],
        configuration: of.Anrok,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["apollo"],
        configuration: of.Apollo,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["appcues"],
        configuration: of.Appcues,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["apple_ads"],
        configuration: of.AppleAds,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["apple_ads_attribution"],
        configuration: of.AppleAdsAttribution,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["appsflyer"],
        configuration: of.Appsflyer,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["appstoreconnect"],
        configuration: of.Appstoreconnect,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["asana"],
        configuration: of.Asana,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["ascend"],
        configuration: of.Ascend,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["ashby"],
        configuration: of.Ashby,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["attio"],
        configuration: of.Attio,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["auth0"],
        configuration: of.Auth0,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["autumn"],
        configuration: of.Autumn,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["autura"],
        configuration: of.Autura,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["awsathena"],
        configuration: of.Awsathena,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["awsopensearch"],
        configuration: of.Awsopensearch,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["azureblob"],
        configuration: of.Azureblob,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["barbourabi"],
        configuration: of.Barbourabi,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["baseten"],
        configuration: of.Baseten,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["bill"],
        configuration: of.Bill,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["botpress"],
        configuration: of.Botpress,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["brevo"],
        configuration: of.Brevo,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["brex"],
        configuration: of.Brex,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["calendly"],
        configuration: of.Calendly,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["callrail"],
        configuration: of.Callrail,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["campfire"],
        configuration: of.Campfire,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["chameleon"],
        configuration: of.Chameleon,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["chargebee"],
        configuration: of.Chargebee,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["chili_piper"],
        configuration: of.ChiliPiper,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["chorus"],
        configuration: of.Chorus,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["circle"],
        configuration: of.Circle,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["clari"],
        configuration: of.Clari,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["clarify"],
        configuration: of.Clarify,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["claude_analytics"],
        configuration: of.ClaudeAnalytics,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["clazar"],
        configuration: of.Clazar,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["clerk"],
        configuration: of.Clerk,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["clickhouse"],
        configuration: of.Clickhouse,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["cloudflare_logs"],
        configuration: of.CloudflareLogs,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["cloudflare_r2"],
        configuration: of.CloudflareR2,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["cloudtalk"],
        configuration: of.Cloudtalk,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["construct_connect"],
        configuration: of.ConstructConnect,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["constructionwire"],
        configuration: of.Constructionwire,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["cosmosdb"],
        configuration: of.Cosmosdb,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["coupa"],
        configuration: of.Coupa,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["customerio"],
        configuration: of.Customerio,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["customeriowarehouseexports"],
        configuration: of.Customeriowarehouseexports,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["datadog"],
        configuration: of.Datadog,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["dayforce"],
        configuration: of.Dayforce,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["dbtcloud"],
        configuration: of.Dbtcloud,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["dbtprojectrepository"],
        configuration: of.Dbtprojectrepository,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["dealcloud"],
        configuration: of.Dealcloud,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["delighted"],
        configuration: of.Delighted,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["dialpad"],
        configuration: of.Dialpad,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["dittofeed"],
        configuration: of.Dittofeed,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["docker_hub"],
        configuration: of.DockerHub,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["dropbox"],
        configuration: of.Dropbox,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["dub"],
        configuration: of.Dub,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["dynamodb"],
        configuration: of.Dynamodb,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["factors_ai"],
        configuration: of.FactorsAi,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["fakturownia"],
        configuration: of.Fakturownia,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["fathom"],
        configuration: of.Fathom,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["fbaudience"],
        configuration: of.Fbaudience,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["fireflies_ai"],
        configuration: of.FirefliesAi,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["freshdesk"],
        configuration: of.Freshdesk,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["freshservice"],
        configuration: of.Freshservice,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["front"],
        configuration: of.Front,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["fullstory"],
        configuration: of.Fullstory,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["g2"],
        configuration: of.G2,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["gainsight_cs"],
        configuration: of.GainsightCs,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["gatsby"],
        configuration: of.Gatsby,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["github"],
        configuration: of.Github,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["gladly"],
        configuration: of.Gladly,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["glean"],
        configuration: of.Glean,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["gmail"],
        configuration: of.Gmail,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["gong"],
        configuration: of.Gong,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["google_search_ads_360"],
        configuration: of.GoogleSearchAds360,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["googleads"],
        configuration: of.Googleads,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["googleanalytics"],
        configuration: of.Googleanalytics,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["googlesearchconsole"],
        configuration: of.Googlesearchconsole,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["googleslides"],
        configuration: of.Googleslides,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["googleworkspace"],
        configuration: of.Googleworkspace,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["gorgias"],
        configuration: of.Gorgias,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["granola"],
        configuration: of.Granola,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["granola_mcp"],
        configuration: of.GranolaMcp,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["greenhouse"],
        configuration: of.Greenhouse,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["harmonic"],
        configuration: of.Harmonic,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["heap"],
        configuration: of.Heap,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["herondata"],
        configuration: of.Herondata,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["heyreach"],
        configuration: of.Heyreach,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["highlevel"],
        configuration: of.Highlevel,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["highspot"],
        configuration: of.Highspot,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["honeycomb"],
        configuration: of.Honeycomb,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["httpenrichment"],
        configuration: of.Httpenrichment,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["hyperline"],
        configuration: of.Hyperline,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["ibm_db2"],
        configuration: of.IbmDb2,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["instantly"],
        configuration: of.Instantly,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["intellimize"],
        configuration: of.Intellimize,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["invoiceocean"],
        configuration: of.Invoiceocean,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["ironclad"],
        configuration: of.Ironclad,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["iterable"],
        configuration: of.Iterable,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["jira"],
        configuration: of.Jira,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["juro"],
        configuration: of.Juro,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["klaviyo"],
        configuration: of.Klaviyo,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["knock"],
        configuration: of.Knock,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["kustomer"],
        configuration: of.Kustomer,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["lago"],
        configuration: of.Lago,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["launchdarkly"],
        configuration: of.Launchdarkly,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["learnworlds"],
        configuration: of.Learnworlds,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["linear"],
        configuration: of.Linear,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["linkedin_company_pages"],
        configuration: of.LinkedinCompanyPages,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["linkedinads"],
        configuration: of.Linkedinads,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["lob"],
        configuration: of.Lob,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["loop"],
        configuration: of.Loop,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["loops"],
        configuration: of.Loops,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["luma"],
        configuration: of.Luma,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["m3ter"],
        configuration: of.M3ter,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["mailercheck"],
        configuration: of.Mailercheck,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["measure"],
        configuration: of.Measure,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["meridian"],
        configuration: of.Meridian,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["mixpanel"],
        configuration: of.Mixpanel,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["monday"],
        configuration: of.Monday,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["motherduck"],
        configuration: of.Motherduck,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["msads"],
        configuration: of.Msads,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["msdynamics"],
        configuration: of.Msdynamics,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["n8n"],
        configuration: of.N8n,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["neon"],
        configuration: of.Neon,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["netsuiteopenair"],
        configuration: of.Netsuiteopenair,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["netsuitesaconnect"],
        configuration: of.Netsuitesaconnect,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["nooks"],
        configuration: of.Nooks,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["northbeam"],
        configuration: of.Northbeam,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["notion"],
        configuration: of.Notion,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["openai_ads"],
        configuration: of.OpenaiAds,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["outlook"],
        configuration: of.Outlook,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["outreach"],
        configuration: of.Outreach,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["pardot"],
        configuration: of.Pardot,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["partnerpage"],
        configuration: of.Partnerpage,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["paycor"],
        configuration: of.Paycor,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["pinterest_ads"],
        configuration: of.PinterestAds,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["pipedrive"],
        configuration: of.Pipedrive,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["pitchbook"],
        configuration: of.Pitchbook,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["plain"],
        configuration: of.Plain,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["planetscale_vitess"],
        configuration: of.PlanetscaleVitess,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["plusvibe"],
        configuration: of.Plusvibe,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["podscribe"],
        configuration: of.Podscribe,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["polytomic_harbor"],
        configuration: of.PolytomicHarbor,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["polytomic_metadata"],
        configuration: of.PolytomicMetadata,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["posthog"],
        configuration: of.Posthog,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["predictleads"],
        configuration: of.Predictleads,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["productboard"],
        configuration: of.Productboard,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["profound"],
        configuration: of.Profound,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["pylon"],
        configuration: of.Pylon,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["qtanium_connect"],
        configuration: of.QtaniumConnect,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["qualtrics"],
        configuration: of.Qualtrics,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["quickbooks"],
        configuration: of.Quickbooks,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["railway"],
        configuration: of.Railway,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["ramp"],
        configuration: of.Ramp,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["recharge"],
        configuration: of.Recharge,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["redditads"],
        configuration: of.Redditads,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["redshiftserverless"],
        configuration: of.Redshiftserverless,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["reo_dev"],
        configuration: of.ReoDev,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["replyio"],
        configuration: of.Replyio,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["resend"],
        configuration: of.Resend,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["rewardful"],
        configuration: of.Rewardful,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["rillet"],
        configuration: of.Rillet,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["rippling"],
        configuration: of.Rippling,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["rocketlane"],
        configuration: of.Rocketlane,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["rokt"],
        configuration: of.Rokt,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["s3_compatible"],
        configuration: of.S3Compatible,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["sage_intacct"],
        configuration: of.SageIntacct,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["sageintacct"],
        configuration: of.Sageintacct,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["salesbricks"],
        configuration: of.Salesbricks,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["salesloft"],
        configuration: of.Salesloft,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["scamalytics"],
        configuration: of.Scamalytics,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["scylladb"],
        configuration: of.Scylladb,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["seal_subscriptions"],
        configuration: of.SealSubscriptions,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["seamai"],
        configuration: of.Seamai,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["segment"],
        configuration: of.Segment,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["seismic"],
        configuration: of.Seismic,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["sharepoint_excel"],
        configuration: of.SharepointExcel,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["shipbob"],
        configuration: of.Shipbob,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["shippo"],
        configuration: of.Shippo,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["shortio"],
        configuration: of.Shortio,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["showpad"],
        configuration: of.Showpad,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["smartlead"],
        configuration: of.Smartlead,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["smartsheet"],
        configuration: of.Smartsheet,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["snapchat_ads"],
        configuration: of.SnapchatAds,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["sprig"],
        configuration: of.Sprig,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["sproutsocial"],
        configuration: of.Sproutsocial,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["stackadapt"],
        configuration: of.Stackadapt,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["standard_metrics"],
        configuration: of.StandardMetrics,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["statsig"],
        configuration: of.Statsig,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["stord"],
        configuration: of.Stord,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["strackr"],
        configuration: of.Strackr,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["supabase"],
        configuration: of.Supabase,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["surveymonkey"],
        configuration: of.Surveymonkey,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["survicate"],
        configuration: of.Survicate,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["synapse"],
        configuration: of.Synapse,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["tabs"],
        configuration: of.Tabs,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["testrail"],
        configuration: of.Testrail,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["thrive"],
        configuration: of.Thrive,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["tigris"],
        configuration: of.Tigris,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["tiktok_ads"],
        configuration: of.TiktokAds,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["tixr"],
        configuration: of.Tixr,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["towbook"],
        configuration: of.Towbook,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["twilio_sendgrid"],
        configuration: of.TwilioSendgrid,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["typeform"],
        configuration: of.Typeform,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["unbounce"],
        configuration: of.Unbounce,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["upfluence"],
        configuration: of.Upfluence,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["uppromote"],
        configuration: of.Uppromote,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["uservoice"],
        configuration: of.Uservoice,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["vanilla"],
        configuration: of.Vanilla,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["vibe"],
        configuration: of.Vibe,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["voucherify"],
        configuration: of.Voucherify,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["walmart_marketplace"],
        configuration: of.WalmartMarketplace,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["ware2go"],
        configuration: of.Ware2go,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["wavelength"],
        configuration: of.Wavelength,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["work_os"],
        configuration: of.WorkOs,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["x_ads"],
        configuration: of.XAds,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["xero"],
        configuration: of.Xero,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["yotpo"],
        configuration: of.Yotpo,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["youtubeanalytics"],
        configuration: of.Youtubeanalytics,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["zendesk_chat"],
        configuration: of.ZendeskChat,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["zoho_crm"],
        configuration: of.ZohoCrm,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["zoho_desk"],
        configuration: of.ZohoDesk,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["zoom"],
        configuration: of.Zoom,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: Literal["zoominfo"],
        configuration: of.Zoominfo,
        **options: Unpack[ConnectionOptions],
    ) -> None: ...

    # Of a type that no signature has, Pyright speaks by the last one.
    @overload
    def __init__(
        self,
        resource_name: str,
        *,
        type: of.Unchecked,
        configuration: Mapping[str, Any],
        **options: Unpack[ConnectionOptions],
    ) -> None: ...
