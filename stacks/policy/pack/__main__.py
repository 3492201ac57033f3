"""A policy pack of Pulumi for Polytomic: schedules, protected fields, names.

Change it to your own rules. `pulumi preview --policy-pack stacks/policy/pack` runs it.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pulumi_policy import (
    EnforcementLevel,
    PolicyConfigSchema,
    PolicyPack,
    PolicyResource,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)
from rules import misnamed, protected, unscheduled

KINDS = ("Connection", "Model", "Sync")
Report = Callable[..., None]


def _kind(type_: str) -> str:
    """`Sync` of `pulumi-python:dynamic/polytomic:Sync`; empty for resources of others."""
    return type_.rsplit(":", 1)[-1] if "dynamic/polytomic:" in type_ else ""


def _known(props: Mapping[str, Any]) -> dict[str, Any]:
    """The properties, without those that are not known in a preview."""
    found: dict[str, Any] = {}
    for name in props:
        try:
            found[name] = _copied(props[name])
        except Exception:  # noqa: S112 - the SDK raises for what is not known yet
            continue
    return found


def _copied(value: Any) -> Any:
    """A value with everything in it that is known."""
    if isinstance(value, Mapping):
        return _known(value)
    if isinstance(value, list | tuple):
        return [_copied(one) for one in value]
    return value


def _schedules(args: ResourceValidationArgs, report: Report) -> None:
    if _kind(args.resource_type) == "Sync":
        for problem in unscheduled(_known(args.props)):
            report(problem)


def _names(args: ResourceValidationArgs, report: Report) -> None:
    if _kind(args.resource_type) in KINDS:
        pattern = args.get_config()["pattern"]
        for problem in misnamed(_known(args.props), pattern):
            report(problem)


def _protected(args: StackValidationArgs, report: Report) -> None:
    config = args.get_config()
    for resource in args.resources:
        if _kind(resource.resource_type) == "Sync":
            name = next(_connections(resource), None)
            props = _known(resource.props)
            for problem in protected(props, config["fields"], config["tag"], name):
                report(problem, resource.urn)


def _connections(sync: PolicyResource) -> Iterator[str]:
    """The names of the connections of this program that a sync writes to."""
    for one in sync.property_dependencies.get("target") or ():
        if _kind(one.resource_type) == "Connection":
            yield str(_known(one.props).get("name") or one.name)


PolicyPack(
    name="polytomic",
    enforcement_level=EnforcementLevel.MANDATORY,
    policies=[
        ResourceValidationPolicy(
            name="active-syncs-have-a-schedule",
            description="An active sync runs by itself.",
            validate=_schedules,
        ),
        ResourceValidationPolicy(
            name="names",
            description="Names of connections, models and syncs have one form.",
            validate=_names,
            config_schema=PolicyConfigSchema({"pattern": {"type": "string", "default": ".+"}}),
        ),
        StackValidationPolicy(
            name="protected-fields",
            description="Protected fields go to connections with a tag in their name.",
            validate=_protected,
            config_schema=PolicyConfigSchema(
                {
                    "fields": {"type": "array", "items": {"type": "string"}, "default": []},
                    "tag": {"type": "string", "default": "[protected]"},
                }
            ),
        ),
    ],
)
