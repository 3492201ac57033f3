"""Whether the API key in use may do what a kind needs."""

from polytomic_provider.api.http.settings import KeyKind
from polytomic_provider.live.context import LiveContext
from polytomic_provider.live.result import LiveResult
from polytomic_provider.validation import Problem


def check_partner_key(live: LiveContext, does: str) -> LiveResult:
    """Hold the key to be a partner's or a deployment's; `does` says what only those do."""
    settings = live.schemas.settings
    if settings.key_kind is not KeyKind.API:
        return LiveResult()
    text = (
        f"only a partner or deployment key {does}, and {settings.key_place()} is an API key. "
        "To fix: set polytomic:partnerKey in its place"
    )
    return LiveResult((Problem("", text),))
