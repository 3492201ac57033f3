"""The rules about the expression that combines filters: it can be read, and names each of them."""

from collections.abc import Sequence

from polytomic_emulator.errors import Unprocessable
from polytomic_provider.filtering.logic import LogicError, named_in, parse


def check(logic: str, labels: Sequence[str], path: str) -> None:
    """Raise Unprocessable for an expression that cannot be read, names another or misses one."""
    try:
        parsed = parse(logic)
    except LogicError as error:
        raise Unprocessable(f"{path} {error}", field=path) from None
    if parsed is None:
        return
    named = list(named_in(parsed))
    unknown = [label for label in named if label not in labels]
    if unknown:
        raise Unprocessable(
            f"{path}: no filter has the label {unknown[0]!r}",
            field=path,
            known_values=list(labels),
        )
    missing = [label for label in labels if label not in named]
    if missing:
        raise Unprocessable(
            f"{path} must name every filter; {', '.join(missing)} is missing",
            field=path,
            missing=missing,
        )
