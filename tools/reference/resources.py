"""The page of a resource: what it is, an example, arguments, outputs, nested arguments."""

import inspect
import re
from collections.abc import Iterable
from typing import Any

import polytomic_provider
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.arguments import Arguments, Facts, facts_of
from polytomic_provider.kinds.object_arguments import ObjectArguments
from polytomic_provider.kinds.runs.handler import RunArguments
from tools.reference import annotations
from tools.reference.docstrings import attributes, read

_LEFT_OUT = re.compile(r"[;,] left out: ([^.]+)\.")


COMPONENTS = ("ModelSyncPipeline",)
"""The classes that declare several resources; no kind of their own is behind them."""

SHARED = (ObjectArguments, RunArguments)
"""The arguments that several kinds have."""


def overview() -> str:
    """Return the list of all resources, each with what it is."""
    rows = ["| resource | what it is |", "|---|---|"]
    for kind in sorted((*HANDLERS, *COMPONENTS)):
        (summary, *_) = read(getattr(polytomic_provider, kind)).text
        rows.append(f"| [`{kind}`]({kind}.md) | {summary} |")
    return "\n".join(["# Resources", "", *rows]) + "\n"


def page(kind: str) -> str:
    """Return the generated part of the page of one kind."""
    resource = getattr(polytomic_provider, kind)
    told = read(resource)
    parts = [f"# {kind}", *told.text]
    parts += [f"```python\n{example}\n```" for example in told.examples]
    parts += [f"API: {told.source}", "## Arguments", _arguments(kind, resource)]
    parts += [*_marked(kind), "## Outputs", _outputs(kind)]
    nested = _nested(resource)
    parts += ["## Nested arguments", *map(_typed_dict, nested)] if nested else []
    return "\n\n".join(parts) + "\n"


def component_page(name: str) -> str:
    """Return the generated part of the page of a component."""
    component = getattr(polytomic_provider, name)
    told = read(component)
    parts = [f"# {name}", *told.text]
    parts += [f"```python\n{example}\n```" for example in told.examples]
    rows = ["| argument | type | what it is | |", "|---|---|---|---|"]
    for one in inspect.signature(component.__init__).parameters.values():
        if one.name in told.arguments and one.name not in ("resource_name", "opts"):
            needed = "required" if one.default is one.empty else ""
            shown = annotations.show(one.annotation)
            rows.append(f"| `{one.name}` | {shown} | {told.arguments[one.name]} | {needed} |")
    outputs = ["| output | what it is |", "|---|---|"]
    outputs += [f"| `{name}` | {what} |" for name, what in attributes(component).items()]
    parts += ["## Arguments", "\n".join(rows), "## Outputs", "\n".join(outputs)]
    parts += ["## Nested arguments", *map(_typed_dict, _nested(component))]
    return "\n\n".join(parts) + "\n"


def _shown(kind: str) -> list[Facts]:
    """The arguments that a constructor takes, those that it shares with other kinds last."""
    arguments = HANDLERS[kind].arguments
    shown = [facts for facts in facts_of(arguments).values() if not facts.hidden]
    shared = next((one for one in SHARED if issubclass(arguments, one)), Arguments)
    return sorted(shown, key=lambda one: one.name in shared.model_fields)


def _parameters(resource: Any) -> dict[str, Any]:
    parameters = inspect.signature(resource.__init__).parameters.values()
    return {one.name: one.annotation for one in parameters}


def _arguments(kind: str, resource: Any) -> str:
    types = _parameters(resource)
    rows = ["| argument | type | what it is | a change | left out |", "|---|---|---|---|---|"]
    for facts in _shown(kind):
        shown = annotations.show(types[facts.name])
        what, absent = _apart(facts)
        rows.append(f"| `{facts.name}` | {shown} | {what} | {_change(facts)} | {absent} |")
    return "\n".join(rows)


def _change(facts: Facts) -> str:
    if facts.provider_side:
        return "sends nothing"
    return "replaces" if facts.replaces else "updates"


def _apart(facts: Facts) -> tuple[str, str]:
    """What an argument is, and what it means that it is not there."""
    told = _LEFT_OUT.search(facts.description)
    if told is None:
        return facts.description, _absent(facts)
    return facts.description.replace(told[0], "."), told[1]


def _absent(facts: Facts) -> str:
    """What it means that an argument is not there."""
    if facts.required:
        return "required"
    if facts.name == "name":
        return "the resource's name"
    if facts.name == "organization_id":
        return "that of the key"
    if facts.name == "account":
        return "the key of the settings"
    if facts.provider_side or facts.trigger:
        return "nothing"
    if facts.replaces:
        return "none"
    return "kept" if facts.unmanaged else "cleared"


def _marked(kind: str) -> Iterable[str]:
    """What is special about some arguments, and about some outputs."""
    shown = _shown(kind)
    secret = [f"`{one.name}`" for one in shown if one.secret]
    secret += [
        f"those keys of `{one.name}` that [the connection type](../connection-types.md) marks"
        for one in shown
        if one.keyed_by
    ]
    secret += [f"the output `{name}`" for name in HANDLERS[kind].secret_outputs]
    unread = [f"`{one.name}`" for one in shown if one.write_only]
    unordered = [f"`{one.name}`" for one in shown if one.unordered]
    kept = [f"`{one.name}`" for one in shown if one.managed_keys]
    lines = [
        ("Secret", secret, ""),
        ("Shown by no reply", unread, "; a change by hand is not seen"),
        ("Without an order", unordered, ""),
        ("Keys that are left out are kept", kept, ""),
    ]
    found = [f"- {name}: {', '.join(which)}{more}." for name, which, more in lines if which]
    return ["\n".join(found)] if found else []


def _outputs(kind: str) -> str:
    computed = HANDLERS[kind].computed
    rows = [f"| `{name}` | {text} |" for name, text in computed.items()]
    head = ["| output | what it is |", "|---|---|", *rows, ""] if rows else []
    return "\n".join([*head, "Every argument is an output, too, and so is `id`."])


def _nested(resource: Any) -> list[type]:
    found = [
        one for hint in _parameters(resource).values() for one in annotations.typed_dicts(hint)
    ]
    return list(dict.fromkeys(found))


def _typed_dict(nested: Any) -> str:
    rows = ["| key | type | |", "|---|---|---|"]
    for name, hint in nested.__annotations__.items():
        needed = "required" if name in nested.__required_keys__ else ""
        rows.append(f"| `{name}` | {annotations.show(hint)} | {needed} |")
    (summary, *_) = read(nested).text
    return "\n".join([f"### {nested.__name__}", "", summary, "", *rows])
