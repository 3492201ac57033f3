"""A webhook: where Polytomic sends the events of a workspace, which has one at most."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field

from polytomic_provider.api import Polytomic
from polytomic_provider.api.routes.webhooks import WebhookReply, WebhookRequest
from polytomic_provider.kinds.arguments import Facts
from polytomic_provider.kinds.lifecycle.comparison import Comparison
from polytomic_provider.kinds.lifecycle.natural_key import NaturalKey
from polytomic_provider.kinds.lifecycle.scope import Scope
from polytomic_provider.kinds.object_arguments import ObjectArguments
from polytomic_provider.kinds.plain_kind import PlainKind


class WebhookArguments(ObjectArguments):
    """The arguments of a webhook. Source: `POST /api/webhooks`."""

    endpoint: str = Field(min_length=1, description="Address that events are sent to.")
    secret: Annotated[str, Facts(secret=True, write_only=True)] = Field(
        min_length=1, description="What events are signed with; secret."
    )
    disabled: Annotated[bool | None, Facts(unmanaged=True)] = Field(
        default=None, description="True: no event is sent or kept; left out: kept as it is."
    )
    organization_id: Annotated[str | None, Facts(replaces=True, unmanaged=True)] = Field(
        default=None, min_length=1, description="Workspace; for partner and deployment keys."
    )


class WebhookHandler(PlainKind):
    """The life of a webhook in Polytomic."""

    kind = "Webhook"
    arguments = WebhookArguments
    computed: ClassVar = {"disabled_reason": "Why Polytomic has disabled it, as last read."}
    request = WebhookRequest

    def natural_key(self, arguments: Mapping[str, Any]) -> NaturalKey:
        """The workspace alone: it has one webhook."""
        return NaturalKey(None, "")

    def natural_key_of(self, reply: Any) -> NaturalKey:
        """The workspace alone."""
        return NaturalKey(None, "", type=reply.endpoint)

    def written(
        self,
        scope: Scope,
        polytomic: Polytomic,
        reply: WebhookReply,
        arguments: Mapping[str, Any],
        comparison: Comparison | None,
    ) -> WebhookReply:
        """Enable or disable it, which no other request does."""
        del comparison
        disabled = arguments.get("disabled")
        if disabled is None or disabled == bool(reply.disabled):
            return reply
        polytomic.webhooks.switch(reply.id, disabled=disabled)
        return polytomic.webhooks.get(reply.id).data
