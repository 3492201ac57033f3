"""One API request from credential to outcome: route, idempotency key, rules, one transaction."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from polytomic_emulator.errors import (
    ApiError,
    BadRequest,
    Forbidden,
    InternalError,
    Unauthorized,
)
from polytomic_emulator.http import routes
from polytomic_emulator.http.authentication import authenticate
from polytomic_emulator.http.messages import Call, Caller, Incoming, Reply
from polytomic_emulator.http.versions import OLD_VERSIONS, VERSIONS, version_of
from polytomic_emulator.state.idempotency import Outcome, check_form
from polytomic_emulator.state.store import State

log = logging.getLogger("polytomic.emulator")

Alter = Callable[[Outcome], Outcome]


@dataclass(frozen=True)
class Job:
    """A request that was let in: what to do, and the idempotency key it works under."""

    call: Call
    route: routes.Route
    key: str | None


def admit(state: State, incoming: Incoming) -> Job:
    """Let a request in and claim its idempotency key. Raises ApiError; end with `leave`."""
    method, path = incoming.method, incoming.raw_path
    if routes.brings_credential(method, path):
        caller = Caller("session", None)
    else:
        caller = authenticate(state.workspaces, incoming.headers)
    asked = incoming.headers.get("x-polytomic-version")
    if asked is not None and asked not in VERSIONS:
        raise BadRequest("X-Polytomic-Version is not known", known_values=list(VERSIONS))
    route, params = routes.find(method, path)
    needs_workspace = not (route.open_to_partners or route.own_credential)
    if caller.workspace is None and needs_workspace:
        raise Forbidden("a partner key cannot do this; use Basic organization:key")
    key = _idempotency_key(state, incoming)
    call = Call(incoming, caller, params)
    if key is not None:
        check_form(key)
        state.idempotency.claim(call.scope, key)
    return Job(call, route, key)


def _idempotency_key(state: State, incoming: Incoming) -> str | None:
    if incoming.method != "POST" or state.behaviour.idempotency_keys == "off":
        return None
    return incoming.headers.get("idempotency-key")


def leave(state: State, job: Job) -> None:
    """Give up the claim on the idempotency key."""
    if job.key is not None:
        state.idempotency.release(job.call.scope, job.key)


def work(state: State, job: Job, alter: Alter | None = None, *, apply: bool = True) -> Outcome:
    """Replay the recorded outcome, or do the work and record it in the same transaction.

    `alter` changes what is recorded and answered; with `apply` false nothing else is done.
    """
    with state.database.transaction():
        state.settle()
        if job.key is not None:
            recorded = state.idempotency.find(job.call.scope, job.key)
            if recorded is not None:
                return recorded
        outcome = _outcome(state, job) if apply else Outcome(500, "")
        outcome = alter(outcome) if alter else outcome
        if job.key is not None:
            state.idempotency.record(job.call.scope, job.key, outcome)
        return outcome


def _outcome(state: State, job: Job) -> Outcome:
    try:
        with state.database.transaction():
            return job.route.handler(state, job.call).outcome()
    except ApiError as refusal:
        return refused(state, job.call.incoming, refusal)
    except Exception:
        log.exception("the emulator failed at %s %s", job.route.method, job.route.path)
        failure = InternalError("the emulator failed; its terminal says how")
        return refused(state, job.call.incoming, failure)


def refused(state: State, incoming: Incoming, refusal: ApiError) -> Outcome:
    """The documented body of a refusal, in the shape of the caller's API version."""
    old = state.behaviour.unauthorized_body == "v24" or version_of(incoming) in OLD_VERSIONS
    if isinstance(refusal, Unauthorized) and old:
        return Reply(refusal.status, refusal.body_of_2024()).outcome()
    return Reply(refusal.status, refusal.body()).outcome()
