"""Refuses a key that stands in the stack's configuration without encryption."""

import pulumi

from polytomic_provider.api import KeyKind


def refuse_key_in_clear() -> None:
    """Raise RunError where everybody who reads the stack's file would read a key."""
    for name in (f"polytomic:{kind.value}" for kind in KeyKind):
        if pulumi.runtime.get_config(name) and not pulumi.runtime.is_config_secret(name):
            raise pulumi.RunError(
                f"stack configuration {name}: the key stands there in clear, for all who read the "
                f"file. To fix: run `pulumi config set --secret {name}`. If others have seen it, "
                "make a new key in Polytomic and delete this one."
            )
