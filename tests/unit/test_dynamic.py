"""The contract with users' states and with Pulumi's host."""

import base64
import os
import pickle
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import pytest
from google.protobuf import struct_pb2
from pulumi.dynamic import CheckResult, Config, ConfigureRequest
from pulumi.dynamic.dynamic import serialize_provider
from pulumi.runtime.proto import provider_pb2, status_pb2
from pulumi.runtime.rpc import deserialize_properties, wrap_rpc_secret

from polytomic_provider.dynamic import DynamicProvider, OperationFailed
from polytomic_provider.host.call import Call
from polytomic_provider.host.lanes import widen
from polytomic_provider.host.plain_values import plain
from polytomic_provider.validation import is_unknown

IN_USERS_STATES = (
    "gASVTQAAAAAAAACMGnBvbHl0b21pY19wcm92aWRlci5keW5hbWljlIwPRHluYW1pY1Byb3ZpZGVylJOUKYGU"
    "fZSMBGtpbmSUjApDb25uZWN0aW9ulHNiLg=="
)


def test_the_provider_is_written_to_states_as_it_always_was():
    assert serialize_provider(DynamicProvider("Connection")) == IN_USERS_STATES
    assert DynamicProvider.serialize_as_secret_always is False


def test_a_provider_from_a_state_works_without_anything_that_was_added_later():
    old = pickle.loads(base64.b64decode(IN_USERS_STATES))  # noqa: S301
    assert old.kind == "Connection"
    assert isinstance(old.check({}, {"type": "x", "configuration": {}}), CheckResult)


def test_nothing_but_the_kind_is_pickled():
    provider = DynamicProvider("Connection")
    provider._session = object()  # type: ignore[assignment]
    assert serialize_provider(provider) == IN_USERS_STATES


@pytest.mark.parametrize("error", [SystemExit(1), KeyboardInterrupt(), RuntimeError("canary-1 x")])
def test_nothing_escapes_but_a_message_without_secrets(
    error: BaseException, monkeypatch: pytest.MonkeyPatch
):
    provider = DynamicProvider("Connection")

    def explode(arguments: object) -> None:
        raise error

    monkeypatch.setattr(type(provider.handler), "problems", lambda self, a: explode(a))
    news = {"type": "netsuite", "configuration": {"token": "canary-1"}}
    with pytest.raises(OperationFailed) as raised:
        provider.check({}, news)
    assert "canary" not in str(raised.value)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__ or raised.value.__context__ is None


def test_check_never_names_a_property_and_keeps_the_first_identity():
    news = {"type": 5, "configuration": {}, "__identity": "new", "__provider": "p"}
    result = DynamicProvider("Connection").check({"__identity": "old"}, news)
    assert {failure.property for failure in result.failures} == {""}
    assert result.inputs["__identity"] == "old"
    assert result.inputs["type"] == 5


def test_numbers_are_integers_again_and_unknowns_are_never_equal():
    import pulumi

    given = {"a": 5.0, "b": [1.0, 2.5], "c": [pulumi.output.Unknown()] * 2, "__provider": "x"}
    read = plain(given)
    one, other = read.pop("c")
    assert read == {"a": 5, "b": [1, 2.5]}
    assert type(read["a"]) is int
    assert is_unknown(one)
    assert is_unknown(other)
    assert one != other


class _Context:
    """What gRPC hands to a servicer, as far as failing a call needs it."""

    def __init__(self) -> None:
        self.code: Any = None
        self.details = ""
        self.trailing_metadata: tuple[tuple[str, bytes], ...] = ()

    def set_code(self, code: Any) -> None:
        self.code = code

    def set_details(self, details: str) -> None:
        self.details = details

    def set_trailing_metadata(self, metadata: tuple[tuple[str, bytes], ...]) -> None:
        self.trailing_metadata = metadata


def _call(fields: dict[str, Any]) -> Call:
    properties = struct_pb2.Struct()
    properties.update(fields)
    return Call(provider_pb2.CreateRequest(properties=properties), _Context())


def test_a_half_done_object_is_handed_to_pulumi_with_its_secrets_marked():
    call = _call({"__provider": IN_USERS_STATES, "name": "CRM"})
    outputs = {"name": "CRM", "token": wrap_rpc_secret("canary-1")}
    assert call.fail("made, but not finished")
    call.keep("made, but not finished", "id-1", outputs)
    assert call.context.code is grpc.StatusCode.UNKNOWN
    assert call.context.details == "made, but not finished"
    ((name, packed),) = call.context.trailing_metadata
    assert name == "grpc-status-details-bin"
    (detail,) = status_pb2.Status.FromString(packed).details
    failure = provider_pb2.ErrorResourceInitFailed()
    assert detail.Unpack(failure)
    assert (failure.id, list(failure.reasons)) == ("id-1", ["made, but not finished"])
    kept = deserialize_properties(failure.properties)
    assert kept == {
        "name": "CRM",
        "token": wrap_rpc_secret("canary-1"),
        "__provider": IN_USERS_STATES,
    }


def test_where_the_host_is_another_one_nothing_is_kept_and_nothing_breaks():
    call = _call({"name": "CRM"})
    call.keep("made, but not finished", "id-1", {})
    assert call.context.trailing_metadata == ()
    assert not Call(call.request, object()).fail("no such object")


class _Host:
    """Serves calls as Pulumi's host does, with a provider that it keeps whatever happens."""

    def __init__(self, provider: DynamicProvider) -> None:
        self.provider = provider
        self.context = _Context()

    def Configure(self) -> None:  # noqa: N802
        self.Create(None, self.context, lambda: self.provider.configure(ConfigureRequest(NO_KEY)))

    def Create(self, request: Any, context: Any, method: Callable[[], Any]) -> Any:  # noqa: N802
        return method()


NO_KEY = Config({"polytomic:url": "http://127.0.0.1:1"}, "project")
METHODS: dict[str, Callable[[DynamicProvider], Any]] = {
    "check": lambda provider: provider.check({}, {}),
    "diff": lambda provider: provider.diff("id", {}, {}),
    "create": lambda provider: provider.create({}),
    "read": lambda provider: provider.read("id", {}),
    "update": lambda provider: provider.update("id", {}, {}),
    "delete": lambda provider: provider.delete("id", {}),
}


@pytest.mark.parametrize("method", METHODS)
def test_after_a_failed_configure_every_method_fails_with_the_same_message(
    method: str, monkeypatch: pytest.MonkeyPatch
):
    for name in [name for name in os.environ if name.startswith("POLYTOMIC_")]:
        monkeypatch.delenv(name)
    host = _Host(DynamicProvider("Connection"))
    host.Configure()
    said = host.context.details
    assert said.startswith("A Polytomic API key was not found.")
    host.context = _Context()
    host.Create(None, host.context, lambda: METHODS[method](host.provider))
    assert host.context.code is grpc.StatusCode.UNKNOWN
    assert host.context.details == said


def test_calls_that_are_queued_when_the_lanes_are_widened_are_served_at_once():
    queued, together = threading.Event(), threading.Barrier(12, timeout=20)

    def serve(first: bool) -> None:
        queued.wait()
        if first:
            assert widen(12)
        together.wait()

    with ThreadPoolExecutor(max_workers=4) as executor:
        served = [executor.submit(serve, number == 0) for number in range(12)]
        queued.set()
        for one in served:
            one.result()
