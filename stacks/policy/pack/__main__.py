"""A policy pack of Pulumi for Polytomic: schedules, subscribers, protection, names.

Change it to your own rules. `pulumi preview --policy-pack stacks/policy/pack` runs it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
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
from rules import misnamed, protected, unprotected, unscheduled, unscheduled_bulk, unwatched

NAMED = ("Connection", "Model", "Sync", "BulkSync")
ERROR_HANDLING = {
    "Sync": ("SyncErrorHandling", "sync"),
    "BulkSync": ("BulkSyncErrorHandling", "bulk_sync"),
}
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
    rules = {"Sync": unscheduled, "BulkSync": unscheduled_bulk}
    rule = rules.get(_kind(args.resource_type))
    for problem in rule(_known(args.props)) if rule is not None else ():
        report(problem)


def _names(args: ResourceValidationArgs, report: Report) -> None:
    if _kind(args.resource_type) in NAMED:
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


def _subscribers(args: StackValidationArgs, report: Report) -> None:
    everywhere = [
        address
        for one in args.resources
        if _kind(one.resource_type) == "GlobalErrorSubscribers"
        for address in _known(one.props).get("emails") or ()
    ]
    for resource in args.resources:
        kind = _kind(resource.resource_type)
        if kind in ERROR_HANDLING:
            told = [*everywhere, *_told_of(resource, args.resources, *ERROR_HANDLING[kind])]
            for problem in unwatched(_known(resource.props), told):
                report(problem, resource.urn)


def _told_of(
    sync: PolicyResource, resources: Sequence[PolicyResource], kind: str, argument: str
) -> Iterator[str]:
    """The subscribers of one sync, as its error handling in this program says."""
    for one in resources:
        if _kind(one.resource_type) == kind:
            of = one.property_dependencies.get(argument) or ()
            if any(other.urn == sync.urn for other in of):
                yield from _known(one.props).get("subscribers") or ()


def _protection(args: ResourceValidationArgs, report: Report) -> None:
    if _kind(args.resource_type) == "Connection":
        props = _known(args.props)
        options = {
            "protect": bool(args.opts.protect),
            "force_destroy": props.get("force_destroy") is True,
        }
        name = str(props.get("name") or args.name)
        for problem in unprotected(name, options, args.get_config()["names"]):
            report(problem)


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
            description="An active sync or bulk sync runs by itself.",
            validate=_schedules,
        ),
        StackValidationPolicy(
            name="active-syncs-tell-of-errors",
            description="Somebody is told when an active sync or bulk sync fails.",
            validate=_subscribers,
            # Subscribers may be those of another stack.
            enforcement_level=EnforcementLevel.ADVISORY,
        ),
        ResourceValidationPolicy(
            name="protected-connections",
            description="Connections of the list are deleted by no mistake.",
            validate=_protection,
            config_schema=PolicyConfigSchema(
                {"names": {"type": "array", "items": {"type": "string"}, "default": []}}
            ),
        ),
        ResourceValidationPolicy(
            name="names",
            description="Names of connections, models, syncs and bulk syncs have one form.",
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
