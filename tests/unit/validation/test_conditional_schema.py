"""Keys that a live schema requires only of some configurations."""

from typing import Any

import pytest

from polytomic_provider.validation import UNKNOWN
from polytomic_provider.validation.conditional_schema import conditionally_required

SSH = {
    "if": {"properties": {"ssh": {"const": True}}, "required": ["ssh"]},
    "then": {"required": ["ssh_host"]},
    "else": {"required": ["hostname"]},
}
AUTH = {
    "dependentSchemas": {
        "auth_mode": {
            "oneOf": [
                {"properties": {"auth_mode": {"enum": ["key"]}}, "required": ["key_id"]},
                {
                    "properties": {"auth_mode": {"enum": [{"value": "role", "label": "Role"}]}},
                    "required": ["role_arn"],
                },
            ]
        }
    }
}
CONTAINS = {
    "if": {"properties": {"formats": {"contains": {"const": "csv"}}}},
    "then": {"required": ["delimiter"]},
}
NESTED = {"allOf": [SSH, {**CONTAINS, "then": SSH}]}


@pytest.mark.parametrize(
    ("schema", "configuration", "required"),
    [
        (SSH, {"ssh": True}, ["ssh_host"]),
        (SSH, {"ssh": False}, ["hostname"]),
        (SSH, {}, ["hostname"]),
        (SSH, {"ssh": UNKNOWN}, []),
        (AUTH, {"auth_mode": "key"}, ["key_id"]),
        (AUTH, {"auth_mode": "role"}, ["role_arn"]),
        (AUTH, {"auth_mode": UNKNOWN}, []),
        (AUTH, {}, []),
        (CONTAINS, {"formats": ["json", "csv"]}, ["delimiter"]),
        (CONTAINS, {"formats": ["json"]}, []),
        (CONTAINS, {"formats": UNKNOWN}, []),
        (NESTED, {"ssh": True, "formats": ["csv"]}, ["ssh_host"]),
        ({"dependentRequired": {"a": ["b", "c"]}}, {"a": 1}, ["b", "c"]),
        ({"dependentRequired": {"a": ["b", "c"]}}, {}, []),
        ({"if": {"properties": {"a": {"pattern": "x"}}}, "then": {"required": ["b"]}}, {}, []),
        ({"if": {"not": {}}, "then": {"required": ["b"]}, "else": {"required": ["c"]}}, {}, []),
        ({"required": ["a"]}, {}, []),
    ],
)
def test_only_conditions_that_are_sure_require_anything(
    schema: dict[str, Any], configuration: dict[str, Any], required: list[str]
):
    assert conditionally_required(schema, configuration) == required
