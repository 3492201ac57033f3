"""The packages that the wheel and its extras run on, read from their installed metadata."""

from importlib.metadata import Distribution, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PACKAGE = "pulumi-polytomic"
EXTRAS = ("cli", "emulator")


def run_time() -> dict[str, Distribution]:
    """Return every package that an installation with all extras has, by its canonical name."""
    found: dict[str, Distribution] = {}
    waiting = [(PACKAGE, extra) for extra in ("", *EXTRAS)]
    seen = set(waiting)
    while waiting:
        name, extra = waiting.pop()
        one = found.setdefault(name, distribution(name))
        for wanted in _wanted(one, extra):
            new = {(canonicalize_name(wanted.name), each) for each in ("", *wanted.extras)} - seen
            seen |= new
            waiting += new
    return dict(sorted(found.items()))


def requires(one: Distribution) -> list[str]:
    """Return the names of what a package of `run_time` needs itself."""
    extras = ("", *(EXTRAS if canonicalize_name(one.name) == PACKAGE else ()))
    names = {canonicalize_name(wanted.name) for extra in extras for wanted in _wanted(one, extra)}
    return sorted(names)


def licence(one: Distribution) -> str:
    """Return what a package says of its licence: an SPDX expression, if it has one."""
    told = one.metadata
    expression = told.get("License-Expression")
    if expression:
        return expression
    # Older packages put the whole text of the licence into this field.
    short = told.get("License") or ""
    if short and "\n" not in short:
        return short
    classified = told.get_all("Classifier") or []
    names = [text.rpartition(" :: ")[2] for text in classified if text.startswith("License ::")]
    return " and ".join(names)


def _wanted(one: Distribution, extra: str) -> list[Requirement]:
    """What a package needs here: on this system and Python, for one of its extras or none."""
    needs = [Requirement(text) for text in one.requires or []]
    return [need for need in needs if need.marker is None or need.marker.evaluate({"extra": extra})]
