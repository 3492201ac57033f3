"""Configurations that the tests of the emulator send."""

MASK = "********"

SALESFORCE = {"domain": "acmecorp.my.salesforce.com"}
NETSUITE = {
    "account_id": "1234567_SB1",
    "consumer_key": "canary-consumer-key",
    "consumer_secret": "canary-consumer-secret",
    "token": "canary-token",
    "token_secret": "canary-token-secret",
}
POSTGRESQL = {
    "hostname": "db.example.com",
    "username": "reader",
    "password": "canary-password",
    "database": "sales",
    "port": 5432,
}
SNOWFLAKE = {
    "account": "acme-eu",
    "username": "LOADER",
    "password": "canary-password",
    "dbname": "SALES",
}
CSV = {"url": "https://files.example.com/people.csv"}
SHEET = {"spreadsheet_id": {"value": "1aB", "label": "Leads 2026"}}
S3 = {
    "auth_mode": "access_key_and_secret",
    "aws_access_key_id": "AKIAEXAMPLE",
    "aws_secret_access_key": "canary-access-key",
    "s3_bucket_region": "eu-central-1",
    "s3_bucket_name": "acme",
}
WEBHOOK = {
    "url": "https://example.com/hook",
    "auth_method": "basic",
    "basic": {"username": "reader", "password": "canary-password"},
}


def netsuite(name: str = "NetSuite", **more: object) -> dict[str, object]:
    """The body that creates a NetSuite connection."""
    return {"name": name, "type": "netsuite", "configuration": NETSUITE, **more}
