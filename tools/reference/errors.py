"""The page of the errors: every class, what it means, what to do."""

import inspect

from polytomic_provider.api.http import errors
from polytomic_provider.api.http.errors import PolytomicError

WHAT_TO_DO = {
    "PolytomicError": "Read the second line of the message: it says what to do.",
    "SettingsError": "Correct the setting that the message names.",
    "MissingSetting": "Set it in one of the places that the message lists, in that order.",
    "InvalidSetting": "Write one of the values that the message accepts.",
    "UnknownAccount": "Set a key of that account, or write the name of one that the message lists.",
    "UntrustedURL": "Add the address to `POLYTOMIC_TRUSTED_URLS`, or set it in the environment.",
    "InsecureURL": "Use `https`; plain `http` is for addresses of this machine.",
    "TransportError": "See the classes below it.",
    "Unreachable": "Check the address, the network and the name server, then run again.",
    "TLSFailure": "Check the address and the clock; set `SSL_CERT_FILE` for a company's proxy.",
    "ProxyFailure": "Check `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`.",
    "TimedOut": "Run again. Raise `polytomic:requestTimeout` or `polytomic:operationTimeout` where "
    "the server needs longer.",
    "ConnectionDropped": "Run again: nothing is made twice.",
    "NotPolytomic": "Check `polytomic:url`: it is an address without a path. A login page or a "
    "proxy answers like this, too.",
    "UnexpectedReply": "Check `polytomic:apiVersion`; else this is a defect, worth a report.",
    "RedirectRefused": "Set `polytomic:url` to the address in the message, if you trust it.",
    "APIError": "Read Polytomic's own words in the message, and see the classes below.",
    "BadRequest": "Correct the argument that Polytomic's words name.",
    "Unauthorized": "Check the key: `polytomic:apiKey` or `POLYTOMIC_API_KEY`.",
    "Forbidden": "Give the key's user or role the right, or use another key.",
    "NotFound": "Check the id and the workspace of the key. What was deleted by hand is made anew "
    "by `pulumi up --refresh`.",
    "Conflict": "Wait for what runs, or change what stands against it, then run again.",
    "Unprocessable": "Correct what Polytomic's words name: the values, or the connected system.",
    "InUse": "Delete what uses the connection first, or set `force_destroy=True` and run "
    "`pulumi up`, then delete.",
    "RateLimited": "Run again later, or lower `polytomic:workers`.",
    "ServerError": "Run again later; if it stays, give Polytomic's support the id of the request.",
    "WorkspaceMismatch": "Use the key of the workspace that the message names first; to move the "
    "stack on purpose, set `polytomic:allowWorkspaceChange`.",
}
"""What a person does about each class; a test holds that each has an entry."""

_HEAD = """# Errors

Every error says what failed and why, in the words of the server where there are any, and then what
to do. In a deployment it stands on the row of its resource; the classes are for whoever uses
`polytomic_provider.api` from Python. Those marked "again" are tried again by themselves until
`polytomic:operationTimeout` is over, where a repeat cannot do harm.
"""


def classes() -> list[type[PolytomicError]]:
    """Return every class of errors, each below the one it inherits from."""

    def below(one: type[PolytomicError]) -> list[type[PolytomicError]]:
        here = [sub for sub in one.__subclasses__() if sub.__module__ == errors.__name__]
        return [one, *(deeper for sub in here for deeper in below(sub))]

    return below(PolytomicError)


def page() -> str:
    """Return the generated part of the page."""
    families = [one for one in PolytomicError.__subclasses__() if one in classes()]
    alone = [one for one in families if len(_family(one)) == 1]
    sections = [_section(one) for one in families if one not in alone]
    others = ["## Others", "", *_table(alone)]
    return "\n".join([_HEAD, _sentence(PolytomicError), "", *sections, *others]) + "\n"


def _family(one: type[PolytomicError]) -> list[type[PolytomicError]]:
    return [sub for sub in classes() if issubclass(sub, one)]


def _section(one: type[PolytomicError]) -> str:
    return "\n".join([f"## {one.__name__}", "", _sentence(one), "", *_table(_family(one)[1:]), ""])


def _sentence(one: type[PolytomicError]) -> str:
    """What a class that others inherit from means, in a sentence."""
    return f"`{one.__name__}`: {_meaning(one)} {WHAT_TO_DO[one.__name__]}"


def _table(rows: list[type[PolytomicError]]) -> list[str]:
    head = ["| error | what it means | what to do |", "|---|---|---|"]
    return head + [
        f"| `{one.__name__}` | {_meaning(one)}{' Again.' if one.retryable else ''} "
        f"| {WHAT_TO_DO[one.__name__]} |"
        for one in rows
    ]


def _meaning(one: type[PolytomicError]) -> str:
    return (inspect.getdoc(one) or "").split("\n\n")[0].replace("\n", " ")
