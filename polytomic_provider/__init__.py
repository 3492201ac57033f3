"""Polytomic connections, models and syncs as Pulumi resources.

from polytomic_provider import Connection

salesforce = Connection(
    "salesforce", type="salesforce", configuration={"domain": "acme.my.salesforce.com"}
)
pulumi.export("auth_url", salesforce.auth_url)
"""

import ast
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any


@cache
def _homes() -> dict[str, str]:
    """Return the module of every public name, as `__init__.pyi` says."""
    stub = ast.parse(Path(__file__).with_suffix(".pyi").read_text("utf-8"))
    imports = [one for one in stub.body if isinstance(one, ast.ImportFrom)]
    return {name.name: str(one.module) for one in imports for name in one.names}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: the provider's process needs none of them."""
    if name == "__all__":
        return sorted(_homes())
    if name.startswith("__") or name not in _homes():
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_homes()[name]), name)


def __dir__() -> list[str]:
    return [*globals(), *_homes()]
