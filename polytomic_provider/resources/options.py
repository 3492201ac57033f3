"""Refuses the resource options that cannot work here, with the way out."""

import re
from collections.abc import Sequence

import pulumi

from polytomic_provider.kinds import HANDLERS
from polytomic_provider.resources.resource import PolytomicResource
from polytomic_provider.validation.problems import one_of

_ROOT = re.compile(r"[^.\[\]]+")


def refuse_options(kind: str, name: str, opts: pulumi.ResourceOptions) -> None:
    """Raise RunError for an option that cannot work."""
    if opts.import_ is not None:
        raise pulumi.RunError(
            f"{kind} {name!r}: `import_` does not work with dynamic resources. To fix: take the "
            f"object over with `adopt_id={opts.import_!r}`, or refer to it with "
            f"`{kind}.get(name, id)`."
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
    _refuse_unknown_arguments(kind, name, opts.ignore_changes or ())
    if HANDLERS[kind].owns_nothing:
        return
    other = opts.deleted_with
    if other is not None and not (
        isinstance(other, PolytomicResource) and other._deletes_what_uses_it  # pyright: ignore[reportPrivateUsage]
    ):
        raise pulumi.RunError(
            f"{kind} {name!r}: `deleted_with` would leave the object in Polytomic, and nothing "
            "that it uses could be deleted. To fix: leave it out, or name a Connection with "
            "`force_destroy=True`, which deletes its models and syncs too."
        )
    if opts.replace_with and kind != "Sync":
        raise pulumi.RunError(
            f"{kind} {name!r}: `replace_with` does not work here: Polytomic does not delete a "
            f"{kind.lower()} that is in use, and Pulumi would not replace first what uses it. To "
            "fix: leave it out, and run `pulumi up --replace <URN> --target-dependents`."
        )


def _refuse_unknown_arguments(kind: str, name: str, paths: Sequence[str]) -> None:
    known = HANDLERS[kind].argument_names()
    for path in paths:
        root = _ROOT.match(path)
        if path != "*" and (root is None or root.group() not in known):
            raise pulumi.RunError(
                f"{kind} {name!r}: `ignore_changes` names {path!r}, which is not an argument; "
                f"{one_of(path, known, 'argument')}"
            )
