"""What copied objects and fields are called in the destination."""

import re
from collections.abc import Mapping
from typing import Any

from polytomic_emulator.bulk.documents import BulkField, BulkSchema, BulkSync

CREATED_AT = "_polytomic_created_at"
UPDATED_AT = "_polytomic_updated_at"
"""The columns that Polytomic adds; their names are our reading."""


def output_name(sync: BulkSync, schema: BulkSchema) -> str:
    """The name of an object in the destination."""
    return schema.user_output_name or normalized(sync, schema.id.rpartition(".")[2])


def history_name(sync: BulkSync, schema: BulkSchema) -> str:
    """The name of the object that keeps every version."""
    return f"{output_name(sync, schema)}_history"


def field_name(sync: BulkSync, field: BulkField) -> str:
    """The name of a field in the destination."""
    return field.user_output_name or normalized(sync, field.id)


def normalized(sync: BulkSync, name: str) -> str:
    """A name as the sync's `normalize_names` says; how Polytomic does it is our reading."""
    if sync.normalize_names == "disabled":
        return name
    return re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_") or name


def object_id(configuration: Mapping[str, Any], name: str) -> str:
    """The destination's own id of an output: with its schema, data set or folder before it."""
    for key, between in (("schema", "."), ("dataset", "."), ("directory", "/")):
        if configuration.get(key):
            return f"{configuration[key]}{between}{name}"
    return name
