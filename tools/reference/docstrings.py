"""Docstrings of the package, taken apart: what it is, examples, arguments, where it comes from."""

import ast
import inspect
import re
from dataclasses import dataclass
from itertools import pairwise
from textwrap import dedent
from typing import Any

_ARGUMENT = re.compile(r"^(\w+): (.*)$")


@dataclass(frozen=True)
class Docstring:
    """The parts of a docstring.

    text: paragraphs, the first is the summary. examples: code. arguments: by name.
    source: the paths of the API, without the word "Source".
    """

    text: list[str]
    examples: list[str]
    arguments: dict[str, str]
    source: str


def read(documented: Any) -> Docstring:
    """Read the docstring of a class or function."""
    text: list[str] = []
    examples: list[str] = []
    arguments: dict[str, str] = {}
    source = ""
    for part in (inspect.getdoc(documented) or "").split("\n\n"):
        if all(line.startswith("    ") for line in part.splitlines()):
            examples.append(dedent(part))
        elif part.startswith("Args:\n"):
            arguments = _arguments(part)
        elif part.startswith("Source: "):
            source = _one_line(part.removeprefix("Source: "))
        else:
            before, _, named = _one_line(part).partition(" Source: ")
            text.append(before)
            source = named or source
    return Docstring(text, ["\n\n".join(examples)] if examples else [], arguments, source)


def attributes(documented: type) -> dict[str, str]:
    """Return the attributes of a class that have a docstring of their own, with it."""
    (found,) = ast.parse(dedent(inspect.getsource(documented))).body
    body = found.body if isinstance(found, ast.ClassDef) else []
    return {
        one.target.id: _one_line(text.value.value)
        for one, text in pairwise(body)
        if isinstance(one, ast.AnnAssign)
        and isinstance(one.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }


def _arguments(part: str) -> dict[str, str]:
    found: dict[str, str] = {}
    last = ""
    for line in dedent(part.partition("\n")[2]).splitlines():
        if begun := _ARGUMENT.match(line):
            last, found[begun[1]] = begun[1], begun[2]
        else:
            found[last] += f" {line.strip()}"
    return found


def _one_line(text: str) -> str:
    return " ".join(text.split())
