"""`/api/me`: whose key this is."""

from polytomic_emulator.http.messages import Call, Reply
from polytomic_emulator.http.present import present_identity
from polytomic_emulator.state.store import State


def me(state: State, call: Call) -> Reply:
    """`GET /api/me`."""
    return Reply(body={"data": present_identity(call.caller, state.behaviour)})
