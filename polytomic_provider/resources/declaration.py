"""From a constructor's keywords to what Pulumi's SDK is given."""

import asyncio
from collections.abc import Awaitable, Mapping
from datetime import timedelta
from typing import Any, cast

import pulumi
from pulumi.runtime.resource import all_aliases

from polytomic_provider.api.http.durations import parse_duration
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.state import (
    ALIASES,
    IDENTITY,
    OPERATIONS,
    REPLACED,
    REPORTED,
    RETAINED,
    SECRETS,
    TIMEOUTS,
    VERSION,
)
from polytomic_provider.resources.carried import Carrier
from polytomic_provider.resources.hidden_texts import secret_paths
from polytomic_provider.resources.key_in_clear import refuse_key_in_clear
from polytomic_provider.resources.options import refuse_options
from polytomic_provider.resources.preview.declared import declared
from polytomic_provider.resources.preview.run import judge
from polytomic_provider.resources.registration import register
from polytomic_provider.resources.resource import PolytomicResource
from polytomic_provider.resources.secret_inputs import seal_arguments


def declare(
    resource: PolytomicResource,
    kind: str,
    name: str,
    arguments: Mapping[str, Any],
    opts: pulumi.ResourceOptions | None,
) -> None:
    """Hand a resource to the SDK; `arguments` that are None count as left out.

    In a preview, what is wrong is shown on the resource's row, and the program fails once all is
    shown.
    """
    opts = opts or pulumi.ResourceOptions()
    refuse_key_in_clear()
    refuse_options(kind, name, opts)
    resource._given_organization_id = arguments.get("organization_id")  # pyright: ignore[reportPrivateUsage]
    resource._given_account = _plain_account(kind, name, arguments.get("account"))  # pyright: ignore[reportPrivateUsage]
    carrier = Carrier()
    carried = {one: carrier.carry(value, one) for one, value in arguments.items()}
    if carrier.refused and not pulumi.runtime.is_dry_run():
        listed = "".join(f"\n  - {problem}" for problem in carrier.refused)
        raise pulumi.RunError(f"{kind} {name!r} has values that Pulumi cannot carry:{listed}")
    given = {one: value for one, value in carried.items() if value is not None}
    secret = asyncio.ensure_future(_secret_paths(given)) if _awaits(given) else None
    given = seal_arguments(HANDLERS[kind].arguments, given)
    # `--replace` and `pulumi state taint` ask no diff, and Pulumi would then make the new object
    # while the old one, which is the same thing, is still there.
    own = pulumi.ResourceOptions(delete_before_replace=True, depends_on=carrier.gates or None)
    opts = pulumi.ResourceOptions.merge(opts, own)
    props: dict[str, Any] = {
        **dict.fromkeys((*HANDLERS[kind].computed, VERSION, REPLACED)),
        **dict.fromkeys(arguments),
        **given,
        IDENTITY: _identity(resource, name, opts),
    }
    told = {TIMEOUTS: _timeouts(opts), SECRETS: secret}
    # The SDK makes an output of every property, of one that is None too.
    props |= {key: value for key, value in told.items() if value is not None}
    if given.keys() & {"adopt", "adopt_id"}:
        props[ALIASES] = _aliases(resource, name, opts)
    if opts.retain_on_delete:
        props[RETAINED] = True
    previewed = pulumi.runtime.is_dry_run()
    if previewed:
        props[REPORTED] = True
    register(resource, kind, name, props, opts)
    if previewed:
        resource._declared = declared(  # pyright: ignore[reportPrivateUsage]
            resource, kind, name, given, tuple(carrier.refused)
        )
        judge(resource._declared)  # pyright: ignore[reportPrivateUsage]


def refer(
    resource: PolytomicResource,
    kind: str,
    name: str,
    id_: pulumi.Input[str],
    opts: pulumi.ResourceOptions | None,
    account: str | None = None,
) -> None:
    """Make `resource` stand for an object that this program does not manage."""
    refuse_key_in_clear()
    resource._given_account = _plain_account(kind, name, account)  # pyright: ignore[reportPrivateUsage]
    handler = HANDLERS[kind]
    props: dict[str, Any] = dict.fromkeys((*handler.computed, *sorted(handler.argument_names())))
    if account is not None:
        props["account"] = account
    merged = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id_))
    register(resource, kind, name, props, merged)


def _plain_account(kind: str, name: str, account: Any) -> str | None:
    """Return the name of an account; what picks the configuration is known at once."""
    if account is None or isinstance(account, str):
        return account
    raise pulumi.RunError(
        f"{kind} {name!r}: `account` names a part of the configuration, so it is a plain text, not "
        f"{type(account).__name__}. To fix: write the name of an account, such as "
        '`account="eu"`.'
    )


def _identity(
    resource: pulumi.dynamic.Resource, name: str, opts: pulumi.ResourceOptions
) -> pulumi.Input[str | None]:
    """The resource's URN, awaited so that it makes no dependency on the parent.

    Without a parent it is known: Pulumi's own function makes seven outputs to say the same.
    """
    if opts.parent is None:
        stack, project = pulumi.get_stack(), pulumi.get_project()
        return f"urn:pulumi:{stack}::{project}::{_token(resource)}::{name}"
    return asyncio.ensure_future(pulumi.create_urn(name, _token(resource), opts.parent).future())


def _awaits(value: Any) -> bool:
    """Return whether anything in a value is an output or can be awaited."""
    if isinstance(value, Mapping):
        return any(map(_awaits, cast("Mapping[str, Any]", value).values()))
    if isinstance(value, list):
        return any(map(_awaits, cast("list[Any]", value)))
    return isinstance(value, pulumi.Output | Awaitable)


async def _secret_paths(given: Mapping[str, Any]) -> list[str] | None:
    """Return the dotted paths that the program holds secret, for a provider that sees plain text.

    None where there is none, or where an argument fails, of which Pulumi says why.
    """
    try:
        return sorted(await secret_paths(given)) or None
    except Exception:
        return None


def _aliases(
    resource: pulumi.dynamic.Resource, name: str, opts: pulumi.ResourceOptions
) -> list[Awaitable[str | None]]:
    """The URNs that the resource may have had before, those by its parent's aliases included."""
    urns = all_aliases(opts.aliases, name, _token(resource), opts.parent)
    return [asyncio.ensure_future(pulumi.Output.from_input(urn).future()) for urn in urns]


def _token(resource: pulumi.dynamic.Resource) -> str:
    return f"pulumi-python:{type(resource)._resource_type_name}"  # pyright: ignore[reportPrivateUsage]


def _timeouts(opts: pulumi.ResourceOptions) -> dict[str, float] | None:
    """Pulumi's `custom_timeouts` in seconds, which its host does not pass on."""
    custom = opts.custom_timeouts
    if custom is None:
        return None
    found: dict[str, float] = {}
    for operation in OPERATIONS:
        value: Any = getattr(custom, operation, None)
        if isinstance(value, timedelta):
            value = value.total_seconds()
        if value is not None:
            try:
                found[operation] = parse_duration(str(value))
            except ValueError as error:
                raise pulumi.RunError(f"custom_timeouts.{operation}: expected {error}") from None
    return found or None
