from pathlib import Path
from typing import Any

import httpx
import pytest
from polytomic import Polytomic, UnprocessableEntityError
from polytomic.core.api_error import ApiError

from polytomic_emulator import RunningEmulator
from polytomic_emulator.running import ControlError
from polytomic_provider.facts.secrets import MASK

PATH = "/api/webhooks"
ENDPOINT = "https://app.example.com/events"
BODY = {"endpoint": ENDPOINT, "secret": "canary-secret"}


def _create(polytomic: Polytomic, **more: Any) -> Any:
    return polytomic.webhooks.create(**(BODY | more)).data


def test_a_webhook_comes_back_as_it_was_sent(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    made = _create(polytomic)
    assert (made.endpoint, made.secret, made.disabled) == (ENDPOINT, "canary-secret", False)
    assert made.organization_id == emulator.organization_id
    assert made.created_at.tzinfo is not None
    assert (made.disabled_at, made.disabled_reason) == (None, None)
    assert polytomic.webhooks.get(made.id).data == made
    assert polytomic.webhooks.list().data == [made]


def test_an_update_replaces_endpoint_and_secret_alone(polytomic: Polytomic) -> None:
    made = _create(polytomic)
    polytomic.webhooks.disable(made.id)
    other = "http://localhost:8000/hook"
    changed = polytomic.webhooks.update(made.id, endpoint=other, secret="canary-other").data
    assert (changed.endpoint, changed.secret, changed.disabled) == (other, "canary-other", True)
    assert (changed.id, changed.created_at) == (made.id, made.created_at)
    assert polytomic.webhooks.get(made.id).data == changed


def test_a_webhook_is_disabled_and_enabled(polytomic: Polytomic, emulator: RunningEmulator) -> None:
    made = _create(polytomic)
    disabled = polytomic.webhooks.disable(made.id).data
    assert disabled.disabled is True
    assert disabled.disabled_at >= made.created_at
    emulator.advance_clock(60)
    assert polytomic.webhooks.disable(made.id).data == disabled
    assert polytomic.webhooks.enable(made.id).data == made
    assert polytomic.webhooks.enable(made.id).data == made
    assert polytomic.webhooks.disable(made.id).data.disabled_at > disabled.disabled_at


def test_a_deleted_webhook_makes_room_for_another(polytomic: Polytomic) -> None:
    made = _create(polytomic)
    polytomic.webhooks.delete(made.id)
    assert polytomic.webhooks.list().data == []
    assert _create(polytomic).id != made.id


def test_a_second_webhook_is_refused(polytomic: Polytomic) -> None:
    made = _create(polytomic)
    with pytest.raises(UnprocessableEntityError) as refusal:
        _create(polytomic, endpoint="https://other.example.com")
    assert "already" in refusal.value.body.message
    assert polytomic.webhooks.list().data == [made]


def test_another_organization_has_a_webhook_of_its_own(
    polytomic: Polytomic, emulator: RunningEmulator, http: httpx.Client
) -> None:
    made = _create(polytomic)
    workspace = emulator.workspace()
    other = Polytomic(base_url=emulator.url, token=workspace["api_key"], max_retries=0)
    assert other.webhooks.list().data == []
    theirs = _create(other, organization_id=workspace["organization_id"])
    assert theirs.organization_id == workspace["organization_id"]
    calls = (
        lambda: other.webhooks.get(made.id),
        lambda: other.webhooks.update(made.id, **BODY),
        lambda: other.webhooks.disable(made.id),
        lambda: other.webhooks.delete(made.id),
    )
    for call in calls:
        with pytest.raises(ApiError) as refusal:
            call()
        assert refusal.value.status_code == 404
    body = BODY | {"organization_id": workspace["organization_id"]}
    assert http.put(f"{PATH}/{made.id}", json=body).status_code == 403
    assert polytomic.webhooks.list().data == [made]


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", ""), ("PUT", ""), ("DELETE", ""), ("POST", "/enable"), ("POST", "/disable")],
)
def test_an_unknown_webhook_is_not_found(http: httpx.Client, method: str, path: str) -> None:
    refused = http.request(method, f"{PATH}/none{path}", json=BODY)
    assert (refused.status_code, refused.json()["message"]) == (404, "webhook not found")


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"endpoint": None}, 400, "endpoint"),
        ({"secret": None}, 400, "secret"),
        ({"endpoint": 5}, 400, "endpoint"),
        ({"secret": ["x"]}, 400, "secret"),
        ({"endpoint": "app.example.com"}, 422, "endpoint"),
        ({"endpoint": "ftp://app.example.com"}, 422, "endpoint"),
        ({"endpoint": "http://["}, 422, "endpoint"),
        ({"secret": " "}, 422, "secret"),
    ],
)
def test_wrong_values_are_refused_at_their_key(
    polytomic: Polytomic, http: httpx.Client, change: dict[str, Any], status: int, field: str
) -> None:
    refused = http.post(PATH, json=BODY | change)
    assert (refused.status_code, refused.json()["metadata"]["field"]) == (status, field)
    made = _create(polytomic)
    refused = http.put(f"{PATH}/{made.id}", json=BODY | change)
    assert (refused.status_code, refused.json()["metadata"]["field"]) == (status, field)
    assert polytomic.webhooks.list().data == [made]


def test_keys_that_the_api_does_not_have_are_ignored(http: httpx.Client) -> None:
    made = http.post(PATH, json=BODY | {"disabled": True, "id": "x", "events": []}).json()["data"]
    assert made["disabled"] is False
    assert made["id"] != "x"
    assert "events" not in made


def test_an_idempotency_key_replays_the_first_outcome(
    polytomic: Polytomic, emulator: RunningEmulator
) -> None:
    first = polytomic.webhooks.create(**BODY, idempotency_key="key-of-a-webhook")
    assert polytomic.webhooks.create(**BODY, idempotency_key="key-of-a-webhook") == first
    assert len(emulator.list_stored("webhook")) == 1


def test_a_webhook_outlives_a_restart(tmp_path: Path) -> None:
    emulator = RunningEmulator(data=tmp_path)
    with emulator:
        client = Polytomic(base_url=emulator.url, token=emulator.api_key, max_retries=0)
        made = client.webhooks.disable(_create(client).id).data
    with emulator:
        client = Polytomic(base_url=emulator.url, token=emulator.api_key, max_retries=0)
        assert client.webhooks.get(made.id).data == made
        emulator.reset()
        assert client.webhooks.list().data == []


def test_faults_know_the_routes_of_webhooks(http: httpx.Client, emulator: RunningEmulator) -> None:
    emulator.fail(kind="status", status=503, method="POST", route=PATH, when="after", times=1)
    assert http.post(PATH, json=BODY).status_code == 503
    (made,) = http.get(PATH).json()["data"]
    emulator.fail(kind="status", status=500, route="/api/webhooks/{id}/disable", times=1)
    assert http.post(f"{PATH}/{made['id']}/disable").status_code == 500
    assert http.get(f"{PATH}/{made['id']}").json()["data"] == made


def test_the_request_log_masks_the_secret(polytomic: Polytomic, emulator: RunningEmulator) -> None:
    _create(polytomic)
    (request,) = emulator.requests(method="POST", path=PATH)
    assert (request["status"], request["body"]) == (201, BODY | {"secret": MASK})
    assert "canary" not in str(emulator.requests())


@pytest.mark.parametrize(("how", "shown"), [("masked", MASK), ("absent", None)])
def test_a_server_may_hide_the_secret(
    polytomic: Polytomic, emulator: RunningEmulator, how: str, shown: str | None
) -> None:
    emulator.behave(plain_secrets=how)
    made = _create(polytomic)
    assert made.secret == shown
    assert polytomic.webhooks.list().data == [made]
    assert emulator.stored("webhook", made.id)["secret"] == "canary-secret"


def test_a_person_changes_a_webhook_behind_the_clients_back(
    polytomic: Polytomic, emulator: RunningEmulator, http: httpx.Client
) -> None:
    made = _create(polytomic)
    for path, value in (
        ("endpoint", "https://moved.example.com"),
        ("secret", "canary-other"),
        ("disabled", True),
        ("disabled_reason", "too many failures"),
    ):
        after = emulator.edit("webhook", made.id, path, value)
        assert after[path] == value
        assert http.get(f"{PATH}/{made.id}").json()["data"] == after
        assert emulator.stored("webhook", made.id) == after
        assert emulator.list_stored("webhook") == [after]
    assert "disabled_at" in after
    after = emulator.edit("webhook", made.id, "disabled", False)
    assert "disabled_at" not in after
    for path in ("id", "organization_id", "created_at", "disabled_at", "nothing", "endpoint.x"):
        with pytest.raises(ControlError, match="400"):
            emulator.edit("webhook", made.id, path, "x")
    with pytest.raises(ControlError, match="400"):
        emulator.edit("webhook", made.id, "secret", None)
    with pytest.raises(ControlError, match="422"):
        emulator.edit("webhook", made.id, "endpoint", "nowhere", strict=True)
    assert emulator.stored("webhook", made.id) == after
    assert emulator.edit("webhook", made.id, "endpoint", "nowhere")["endpoint"] == "nowhere"
    emulator.delete(made.id)
    with pytest.raises(ControlError, match="404"):
        emulator.stored("webhook", made.id)
    assert polytomic.webhooks.list().data == []
