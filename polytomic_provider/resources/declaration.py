"""From a constructor's keywords to what Pulumi's SDK is given."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast

import pulumi
from pulumi.runtime.resource import all_aliases

from polytomic_provider.api.durations import parse_duration
from polytomic_provider.dynamic import DynamicProvider
from polytomic_provider.handlers import HANDLERS
from polytomic_provider.handlers.state import (
    ALIASES,
    IDENTITY,
    OPERATIONS,
    REPLACED,
    REPORTED,
    TIMEOUTS,
    VERSION,
)
from polytomic_provider.plain_values import plain
from polytomic_provider.resources.foresight import foresee
from polytomic_provider.resources.live_checks import Declared
from polytomic_provider.resources.registration import register
from polytomic_provider.resources.secret_inputs import seal_arguments
from polytomic_provider.resources.verdict import appealed, has_errors, report
from polytomic_provider.validation import Problem


@dataclass(frozen=True)
class Declaration:
    """A resource on its way to the SDK: provider, name, properties, and what was found wrong.

    `declared` is there in a preview only.
    """

    provider: DynamicProvider
    name: str
    props: dict[str, Any]
    opts: pulumi.ResourceOptions
    declared: Declared | None = field(repr=False)
    _given: Mapping[str, Any] = field(repr=False)
    _problems: Awaitable[list[Problem]] | None = field(repr=False)

    def checked(self, resource: pulumi.dynamic.Resource) -> None:
        """Show the problems on the resource's row, and fail the program once all are shown."""
        if self.declared is not None and self._problems is not None:
            found = self._all_problems(resource, self.declared, self._problems)
            report(resource, self.declared, found)

    async def _all_problems(
        self,
        resource: pulumi.dynamic.Resource,
        declared: Declared,
        problems: Awaitable[list[Problem]],
    ) -> list[Problem]:
        """The problems of the arguments; where there are none, what adopting has to say."""
        found = await problems
        if has_errors(found):
            return found
        return [*found, *await foresee(resource, declared, self._given)]


def declare(
    resource: pulumi.dynamic.Resource,
    kind: str,
    name: str,
    arguments: Mapping[str, Any],
    opts: pulumi.ResourceOptions | None,
    *,
    also: Callable[[Mapping[str, Any]], list[Problem]] | None = None,
    model: Declared | None = None,
) -> Declaration:
    """Prepare a resource for registration; `arguments` that are None count as left out.

    `also` finds problems that only the program can see, in the arguments as far as known;
    `model` is the model of a sync, where the same program declares it.
    """
    opts = opts or pulumi.ResourceOptions()
    _refuse_options(kind, name, opts)
    # `--replace` and `pulumi state taint` ask no diff, and Pulumi would then make the new object
    # while the old one, which is the same thing, is still there.
    opts = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(delete_before_replace=True))
    given = seal_arguments(
        HANDLERS[kind].arguments,
        {key: value for key, value in arguments.items() if value is not None},
    )
    declared: Declared | None = None
    problems: Awaitable[list[Problem]] | None = None
    if pulumi.runtime.is_dry_run():
        declared = Declared(kind, name, asyncio.ensure_future(_known(given)), model, given)
        problems = asyncio.ensure_future(_problems(declared, also))
    outputs = dict.fromkeys((*HANDLERS[kind].computed, VERSION))
    props: dict[str, Any] = {
        **outputs,
        **dict.fromkeys(arguments),
        **given,
        IDENTITY: _identity(resource, name, opts),
        TIMEOUTS: _timeouts(opts),
    }
    if given.keys() & {"adopt", "adopt_id"}:
        props[ALIASES] = _aliases(resource, name, opts)
    if problems is not None:
        props[REPORTED] = asyncio.ensure_future(_reported(problems))
        props[REPLACED] = ""
    return Declaration(DynamicProvider(kind), name, props, opts, declared, given, problems)


def refer(
    resource: pulumi.dynamic.Resource,
    kind: str,
    name: str,
    id_: pulumi.Input[str],
    opts: pulumi.ResourceOptions | None,
) -> None:
    """Make `resource` stand for an object that this program does not manage."""
    handler = HANDLERS[kind]
    props: dict[str, Any] = dict.fromkeys((*handler.computed, *sorted(handler.argument_names())))
    merged = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id_))
    register(resource, kind, name, props, merged)


async def _known(arguments: dict[str, Any]) -> dict[str, Any]:
    """The arguments, as soon as every value that a preview can know is known."""
    resolved = pulumi.Output.from_input(cast("pulumi.Input[dict[str, Any]]", arguments))
    values: pulumi.Output[dict[str, Any]] = resolved.apply(plain, run_with_unknowns=True)
    return await values.future(with_unknowns=True) or {}


async def _problems(
    declared: Declared, also: Callable[[Mapping[str, Any]], list[Problem]] | None
) -> list[Problem]:
    values = await declared.arguments
    found = await appealed(declared, HANDLERS[declared.kind].problems(values))
    return found + (also(values) if also is not None else [])


async def _reported(problems: Awaitable[list[Problem]]) -> bool | None:
    """Tell check that the program says what is wrong, so that every resource gets its row."""
    return True if has_errors(await problems) else None


def _identity(
    resource: pulumi.dynamic.Resource, name: str, opts: pulumi.ResourceOptions
) -> Awaitable[str | None]:
    """The resource's URN, awaited so that it makes no dependency on the parent."""
    return asyncio.ensure_future(pulumi.create_urn(name, _token(resource), opts.parent).future())


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


def _refuse_options(kind: str, name: str, opts: pulumi.ResourceOptions) -> None:
    if opts.import_ is not None:
        raise pulumi.RunError(
            f"{kind} {name!r}: `import_` does not work with dynamic resources. To refer to an "
            f"object that this program does not manage, use `{kind}.get(name, id)`."
        )
    if opts.delete_before_replace is False:
        raise pulumi.RunError(
            f"{kind} {name!r}: `delete_before_replace=False` does not work here: the new object "
            "would be the same thing in Polytomic as the old one while both are there. Leave it "
            "out: the old one is deleted first."
        )
    if opts.provider is not None:
        raise pulumi.RunError(
            f"{kind} {name!r}: dynamic resources take no `provider`. The workspace is chosen by "
            "the stack's configuration (polytomic:apiKey, polytomic:url), one stack a workspace."
        )
