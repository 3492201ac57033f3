"""An API key of a user: a secret that Polytomic shows once.

Polytomic's API makes keys and has no request that reads or revokes one. So a key is read by using
it (`GET /api/me`), and revoked by making another one with `force`, which nobody keeps.
"""

import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Annotated, Any, ClassVar

from pydantic import Field

from polytomic_provider.api import (
    APIError,
    Forbidden,
    NotFound,
    Polytomic,
    PolytomicError,
    Secret,
    Unauthorized,
)
from polytomic_provider.api.http.operation import say
from polytomic_provider.kinds.arguments import Facts, ResourceArguments
from polytomic_provider.kinds.lifecycle.handler import Handler
from polytomic_provider.kinds.lifecycle.idempotency_keys import Keys
from polytomic_provider.kinds.lifecycle.recorded_outcomes import RECORDED
from polytomic_provider.kinds.lifecycle.scope import Scope
from polytomic_provider.kinds.lifecycle.state import Inputs, State
from polytomic_provider.validation import Problem


class UserApiKeyArguments(ResourceArguments):
    """The arguments of a key. Source: `POST /api/organizations/{org}/users/{id}/keys`."""

    user: Annotated[str, Facts(id_of="User", replaces=True)] = Field(
        min_length=1, description="The user that the key is for, or the user's id."
    )
    force: Annotated[bool | None, Facts(provider_side=True)] = Field(
        default=None,
        description="True: creating revokes any other key of the user; else it is refused then.",
    )
    triggers: Annotated[list[Any] | None, Facts(replaces=True)] = Field(
        default=None,
        description="Any values; when one changes, a new key takes the place of this one. "
        "Needs `force`.",
    )
    revoke_on_delete: Annotated[bool | None, Facts(provider_side=True, needed_by_delete=True)] = (
        Field(
            default=None,
            description="True: deleting revokes the key; else Polytomic goes on accepting it.",
        )
    )
    organization_id: Annotated[str | None, Facts(replaces=True, unmanaged=True)] = Field(
        default=None, min_length=1, description="Workspace; for partner and deployment keys."
    )


class UserApiKeyHandler(Handler):
    """The life of a key; its id is the user's, who has one key."""

    kind = "UserApiKey"
    arguments = UserApiKeyArguments
    computed: ClassVar[Mapping[str, str]] = {"value": "The key; secret."}
    secret_outputs = ("value",)

    def problems(self, arguments: Mapping[str, Any]) -> list[Problem]:
        """As for every kind; and a key that is to be replaced needs leave to revoke the old one."""
        problems = super().problems(arguments)
        if arguments.get("triggers") is not None and arguments.get("force") in (None, False):
            text = "need `force=True`: the new key takes the place of the old one"
            problems.append(Problem("triggers", text))
        return problems

    def create(self, scope: Scope, inputs: Inputs) -> State:
        """Make the key, or get the one again that a killed run has made.

        A key that Polytomic made before, and that opens nothing any more, is no answer.
        """
        arguments = inputs.arguments
        polytomic = self.client(scope, arguments)
        workspace = polytomic.workspace.organization_id()
        if workspace is None:
            raise PolytomicError(
                "nothing says which workspace the user of this API key is in",
                hint="To fix: write `organization_id`, or set polytomic:organizationId.",
            )
        body = {name: arguments.get(name) for name in ("user", "force", "triggers")}
        settings = polytomic.settings
        keys = Keys(settings.key, inputs.identity, settings.namespace, body)
        value = self._made(polytomic, workspace, arguments, keys.timeless())
        return State(
            id=arguments["user"],
            arguments=arguments,
            computed={"value": value.reveal()},
            workspace=workspace,
            identity=inputs.identity,
            timeouts=inputs.timeouts,
        )

    def _made(
        self, polytomic: Polytomic, workspace: str, arguments: Mapping[str, Any], timeless: str
    ) -> Secret:
        value: Secret | None = None
        with suppress(*RECORDED):
            value = _issue(polytomic, workspace, arguments, timeless)
        if value is not None and _opens(polytomic, value):
            return value
        return _issue(polytomic, workspace, arguments, secrets.token_hex(16))

    def read(self, scope: Scope, state: State) -> State | None:
        """Ask `GET /api/me` with the key; gone where Polytomic refuses it and accepts our own."""
        polytomic = self.guarded(scope, state)
        polytomic.workspace.me()
        return state if _opens(polytomic, Secret(state.computed["value"])) else None

    def update(self, scope: Scope, state: State, inputs: Inputs) -> State:
        """Write down what no request is for."""
        del scope
        return replace(state, arguments=inputs.arguments, timeouts=inputs.timeouts)

    def delete(self, scope: Scope, state: State) -> None:
        """Revoke the key where the program says so, else say that it goes on working."""
        polytomic = self.guarded(scope, state)
        if not _opens(polytomic, Secret(state.computed["value"])):
            return
        if state.arguments.get("revoke_on_delete") is not True:
            say(
                f"the API key of user {state.id} was forgotten and still works: Polytomic has no "
                "request that revokes one. To fix: delete the user, or make another key with "
                "`force=True`; next time, write `revoke_on_delete=True`",
                warning=True,
            )
            return
        forced = {"user": state.id, "force": True}
        with suppress(NotFound):
            _issue(polytomic, state.workspace or "", forced, secrets.token_hex(16))

    def subject(self, state: State) -> str:
        """Name the user."""
        return f"the API key of user {state.id}"


def _issue(polytomic: Polytomic, workspace: str, arguments: Mapping[str, Any], key: str) -> Secret:
    force = arguments.get("force") is True
    try:
        reply = polytomic.users.issue_key(
            workspace, arguments["user"], force=force, idempotency_key=key
        )
    except APIError as refused:
        if isinstance(refused, Forbidden) and not force:
            refused.add(
                "a user who has a key already gets another one only with `force=True`, which "
                "revokes that key"
            )
        raise
    return Secret(reply.data.value)


def _opens(polytomic: Polytomic, value: Secret) -> bool:
    """Return whether Polytomic accepts a key."""
    try:
        polytomic.whose(value)
    except Unauthorized:
        return False
    return True
