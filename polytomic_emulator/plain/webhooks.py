"""`/api/webhooks`: where Polytomic sends an organization's events. The emulator sends none.

Source: the client `webhooks` and the type `Webhook` of the official Python package. It says that
an organization can register a single webhook, and declares 401, 422 and 500 for POST. A second one
is 422 here, our reading: 409 is not declared, and clients would send it again.

Replies show the secret as it was sent: the examples of the official TypeScript client do
(`tests/wire/webhooks.test.ts`). The switch `plain_secrets` masks it or leaves it out. A PUT has no
key for `disabled`, so it leaves it as it is; disabling twice keeps the first time: our reading.
PUT of an unknown webhook is 404, though the client declares that for its other methods only.
"""

from typing import Any

from polytomic_emulator.errors import Unprocessable
from polytomic_emulator.http.reading import Reader
from polytomic_emulator.plain.kind import Change, PlainKind
from polytomic_emulator.plain.rules import not_empty, web_url
from polytomic_emulator.state.plain_objects import PlainObject, Values


def _only_one(change: Change) -> None:
    if change.others():
        raise change.kind.refusal("the organization has a webhook already: there can be one")


def _settle(change: Change) -> Values:
    """Keep when it was disabled; an enabled webhook has neither a time nor a reason."""
    if not change.values["disabled"]:
        return change.values | {"disabled_at": None, "disabled_reason": None}
    before = change.before.values["disabled_at"] if change.before else None
    return change.values | {"disabled_at": before or change.state.clock.stamp()}


def _reply(webhook: PlainObject) -> dict[str, Any]:
    """Source: the type `Webhook` of the official Python package, which has no `updated_at`."""
    return {**webhook.values, "created_at": webhook.created_at}


WEBHOOKS = PlainKind(
    name="webhook",
    path="/api/webhooks",
    fields={"endpoint": Reader.required_text, "secret": Reader.required_text},
    own_fields={"disabled": Reader.flag, "disabled_reason": Reader.text},
    rules=(web_url("endpoint"), not_empty("secret"), _only_one),
    actions={"enable": {"disabled": False}, "disable": {"disabled": True}},
    settle=_settle,
    refusal=Unprocessable,
    reply=_reply,
    secrets=("secret",),
)
