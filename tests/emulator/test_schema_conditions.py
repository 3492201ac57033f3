from typing import Any

import pytest
from polytomic import BadRequestError, Polytomic, UnprocessableEntityError

from polytomic_emulator import RunningEmulator
from polytomic_emulator.state.services import schema_conditions
from tests.emulator.samples import POSTGRESQL, S3

SNOWFLAKE = {"account": "a", "username": "u", "dbname": "d", "password": "canary"}
IAM_ROLE = {key: value for key, value in S3.items() if not key.startswith("aws_")}


@pytest.mark.parametrize("kind", ["postgresql", "s3", "snowflake"])
def test_a_types_schema_has_conditions_on_demand(
    polytomic: Polytomic, emulator: RunningEmulator, kind: str
) -> None:
    plain = polytomic.connections.get_connection_type_schema(kind)
    assert (plain.dependent_schemas, plain.if_, plain.all_of) == (None, None, None)
    emulator.behave(schema_conditions=True)
    schema = polytomic.connections.get_connection_type_schema(kind)
    assert schema.properties == plain.properties
    assert schema.required == plain.required
    assert schema.dependent_schemas or schema.if_ or schema.all_of
    listed = {one.id: one for one in polytomic.connections.get_types().data}
    form: Any = listed[kind].configuration_form.jsonschema
    assert set(schema_conditions(kind)) <= set(form)


def test_the_three_forms_of_conditions_are_all_there(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    emulator.behave(schema_conditions=True)
    read = polytomic.connections.get_connection_type_schema
    assert read("postgresql").then.required == ["ssh_host", "ssh_private_key"]
    assert len(read("s3").dependent_schemas["auth_mode"].one_of) == 2
    assert [one.then.required for one in read("snowflake").all_of] == [
        ["private_key"],
        ["bulk_sync_staging_schema"],
    ]


@pytest.mark.parametrize(
    ("kind", "configuration", "missing"),
    [
        ("postgresql", POSTGRESQL | {"ssh": True, "ssh_host": "h"}, ["ssh_private_key"]),
        ("s3", IAM_ROLE | {"auth_mode": "iam_role"}, ["iam_role_arn"]),
        ("s3", IAM_ROLE, ["aws_access_key_id", "aws_secret_access_key"]),
        ("snowflake", SNOWFLAKE | {"key_pair_auth": True}, ["private_key"]),
        (
            "snowflake",
            SNOWFLAKE | {"use_bulk_sync_staging_schema": True},
            ["bulk_sync_staging_schema"],
        ),
    ],
)
def test_conditions_bind_while_they_are_shown(
    polytomic: Polytomic,
    emulator: RunningEmulator,
    kind: str,
    configuration: dict[str, Any],
    missing: list[str],
) -> None:
    polytomic.connections.create(name="Free", type=kind, configuration=configuration)
    emulator.behave(schema_conditions=True)
    with pytest.raises(UnprocessableEntityError) as refusal:
        polytomic.connections.create(name="Bound", type=kind, configuration=configuration)
    assert refusal.value.body.metadata["missing"] == [f"configuration.{key}" for key in missing]
    with pytest.raises(BadRequestError):
        polytomic.connections.test_connection(type=kind, configuration=configuration)
    complete = configuration | dict.fromkeys(missing, "given")
    made = polytomic.connections.create(name="Bound", type=kind, configuration=complete).data
    emulator.behave(omitted_secrets="clear")
    with pytest.raises(UnprocessableEntityError):
        polytomic.connections.update(made.id, name="Bound", configuration=configuration)
