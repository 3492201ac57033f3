"""The page of a function: what it answers, an example, its arguments."""

import inspect

import polytomic_provider
from tools.reference import annotations
from tools.reference.docstrings import read

_HOME = "polytomic_provider.functions"
NAMES = [
    name
    for name in polytomic_provider.__all__
    if inspect.isfunction(found := getattr(polytomic_provider, name))
    and found.__module__.startswith(_HOME)
    and not name.endswith("_output")
]
"""Every function that has a twin with `_output`."""


def overview() -> str:
    """Return the list of all functions, each with what it answers."""
    rows = ["| function | what it answers |", "|---|---|"]
    for name in NAMES:
        (summary, *_) = read(getattr(polytomic_provider, name)).text
        rows.append(f"| [`{name}`]({name}.md) | {summary} |")
    return "\n".join(["# Functions", "", *rows]) + "\n"


def page(name: str) -> str:
    """Return the generated part of the page of one function."""
    function = getattr(polytomic_provider, name)
    told = read(function)
    parts = [f"# {name}", *told.text]
    parts += [f"```python\n{example}\n```" for example in told.examples]
    if told.source:
        parts.append(f"API: {told.source}")
    signature = inspect.signature(function)
    rows = ["| argument | type | what it is | |", "|---|---|---|---|"]
    for one in signature.parameters.values():
        needed = "required" if one.default is inspect.Parameter.empty else ""
        shown = annotations.show(one.annotation)
        what = told.arguments.get(one.name, _KNOWN.get(one.name, ""))
        rows.append(f"| `{one.name}` | {shown} | {what} | {needed} |")
    parts += ["## Arguments", "\n".join(rows)]
    parts.append(f"Answers: {annotations.show(signature.return_annotation)}.")
    parts.append(
        f"`{name}_output` takes values that are not known yet as well, and answers an "
        "`Output`; it holds up nothing. What goes wrong is a `RunError` with the reason and the "
        "way out."
    )
    return "\n\n".join(parts) + "\n"


_KNOWN = {
    "organization_id": "Workspace, for partner and deployment keys.",
    "account": "Account of the configuration.",
    "connection_id": "Id of the connection.",
    "id_or_name": "Id of the connection, or its exact name.",
    "params": 'Choices made so far, such as `{"table": "Contact"}`.',
    "schema_id": "Id of the object, such as `Contact` or `public.orders`.",
    "target": "Name of the target object.",
}
"""What an argument is wherever it stands; a docstring may say more."""
