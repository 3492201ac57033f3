"""Spells map parameters of a query the way the API reads them: `params[table]=Contact`."""

from polytomic_provider.api.http.transport import Params


def bracketed(name: str, choices: Params | None) -> Params:
    """The query parameters `name[key]`, one for each key of `choices`; lists repeat the name."""
    return {f"{name}[{key}]": value for key, value in (choices or {}).items()}
