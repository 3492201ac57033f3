"""From a resource that stands for another object to its id."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

import pulumi

from polytomic_provider.resources.connection import Connection
from polytomic_provider.resources.readiness import ConnectionReadiness
from polytomic_provider.spec.sync_parse import own_fields
from polytomic_provider.validation import Problem
from polytomic_provider.validation.problems import one_of

if TYPE_CHECKING:
    from polytomic_provider.resources.model import Model


def connection_id(value: Any) -> Any:
    """The id of a connection, given as a Connection, as its gate, or as an id.

    Of a gate it is the connection's own id, never the gate's: a new gate would otherwise preview
    a false replacement of everything behind it.
    """
    if isinstance(value, Connection):
        return value.id
    if isinstance(value, ConnectionReadiness):
        return value.connection_id
    return value


def after_gate(opts: pulumi.ResourceOptions | None, *values: Any) -> pulumi.ResourceOptions | None:
    """The options with a dependency on each gate among `values`."""
    gates = [value for value in values if isinstance(value, ConnectionReadiness)]
    if not gates:
        return opts
    return pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(depends_on=list(gates)))


def undeclared_fields(model: "Model") -> Callable[[Mapping[str, Any]], list[Problem]] | None:
    """Finds the fields of a sync that its model, declared in the same program, does not have.

    None where the model's fields cannot be told before the deployment.
    """
    declared = model.declared_fields
    if declared is None or not all(isinstance(name, str) for name in declared):
        return None
    names = cast("tuple[str, ...]", declared)

    def find(arguments: Mapping[str, Any]) -> list[Problem]:
        return [
            Problem(path, f"the model declares no such field; {one_of(field, names, 'field')}")
            for path, field in own_fields(arguments)
            if field not in names
        ]

    return find
