"""Refuses the resource options that cannot work here, with the way out."""

import pulumi


def refuse_options(kind: str, name: str, opts: pulumi.ResourceOptions) -> None:
    """Raise RunError for an option that cannot work."""
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
