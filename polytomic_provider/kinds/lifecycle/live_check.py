"""Validates arguments against live schemas before a create or update is sent.

A preview says the same earlier and better; this holds where there was none, or where it could not
look because a connection did not exist yet.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from polytomic_provider.api import PolytomicError, workspace_of
from polytomic_provider.api.http.operation import say
from polytomic_provider.kinds.lifecycle.handler import Handler
from polytomic_provider.kinds.lifecycle.scope import Scope
from polytomic_provider.live import LiveContext
from polytomic_provider.validation import Problem, Severity


class DoesNotFit(PolytomicError):
    """The arguments do not fit the live schemas."""

    def __init__(self, kind: str, problems: Sequence[Problem]) -> None:
        listed = "".join(f"\n  - {problem}" for problem in problems)
        super().__init__(
            f"this {kind} does not fit the live schemas, so nothing was sent:{listed}",
            hint="Correct the program. If the schema is out of date, refresh it "
            "(`refresh_schema=True` on the ConnectionReadiness); `polytomic:liveValidation` set to "
            "`warn` or `off` sends it all the same.",
        )


def hold_to_live_schemas(
    handler: Handler, scope: Scope, arguments: Mapping[str, Any], id_: str | None = None
) -> None:
    """Raise DoesNotFit for problems, or warn, as `polytomic:liveValidation` says.

    What cannot be looked at is left to Polytomic to judge. Of what is new, all warnings are said.
    """
    setting = scope.polytomic(None).settings.live_validation
    if setting == "off":
        return
    schemas = scope.schemas(workspace_of(arguments))
    found = handler.check_live(LiveContext(schemas, id_), arguments)
    errors = [one for one in found.problems if one.severity is Severity.ERROR]
    if errors and setting == "error":
        raise DoesNotFit(handler.kind, errors)
    for problem in found.problems if id_ is None else errors:
        say(str(problem), warning=True)
