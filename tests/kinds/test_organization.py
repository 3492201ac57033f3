"""Organizations of a partner: made once, read, changed, adopted, deleted; only by a partner key."""

from typing import Any

import pytest

from polytomic_provider.api import PolytomicError
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.duplicates import AlreadyExists
from polytomic_provider.kinds.lifecycle.live_check import DoesNotFit
from tests.kinds.conftest import Workbench
from tests.oracle.held import wrong_with

KIND = "Organization"
SIGN_ON = {"issuer": "https://id.acme.example", "client_id": "id", "client_secret": "canary"}


@pytest.fixture
def partner(workbench: Workbench) -> Workbench:
    workbench.partner = True
    workbench.restart()
    return workbench


def _inside(workbench: Workbench, id_: str) -> dict[str, Any]:
    state = workbench.emulator._running().state  # pyright: ignore[reportPrivateUsage]
    found = state.workspaces.by_id(id_)
    assert found is not None
    return found.sign_on


def test_an_organization_is_what_its_arguments_say_from_its_creation_to_its_end(
    partner: Workbench,
):
    made = partner.create(KIND, "Acme", **SIGN_ON)
    assert wrong_with(partner.emulator, KIND, made.id, made.arguments) == []
    assert _inside(partner, made.id) == SIGN_ON
    partner.restart()
    assert partner.create(KIND, "Acme", **SIGN_ON).id == made.id
    updated = partner.update(KIND, made, name="Acme Ltd", issuer=None, sso_domain="acme.example")
    kept = {"client_id": "id", "client_secret": "canary"}
    assert _inside(partner, made.id) == {**kept, "sso_domain": "acme.example"}
    read = partner.read(KIND, updated)
    assert read is not None
    assert not HANDLERS[KIND].compare(read, updated.arguments).differs
    assert HANDLERS[KIND].secrets(read.arguments) == ["canary"]
    partner.delete(KIND, read)
    partner.restart()
    assert partner.read(KIND, read) is None


def test_what_a_person_changes_is_drift_and_is_repaired(partner: Workbench):
    made = partner.create(KIND, "Acme", **SIGN_ON)
    partner.emulator.edit("organization", made.id, "sso_domain", "by.hand.example")
    read = partner.read(KIND, made)
    assert read is not None
    assert HANDLERS[KIND].compare(read, made.arguments).changed == ("sso_domain",)
    partner.update(KIND, read, sso_domain=None)
    assert _inside(partner, made.id) == SIGN_ON


def test_a_name_of_the_partners_account_is_named_and_can_be_adopted(partner: Workbench):
    other = partner.emulator.workspace("Acme")["organization_id"]
    with pytest.raises(AlreadyExists, match=other):
        partner.create(KIND, "Acme")
    assert partner.create(KIND, "Acme", adopt=True).id == other


def test_the_partners_own_organization_stays(partner: Workbench):
    own = partner.emulator.organization_id
    adopted = partner.create(KIND, adopt_id=own, name="Emulated workspace")
    with pytest.raises(PolytomicError, match="403"):
        partner.delete(KIND, adopted)
    assert partner.emulator.stored("organization", own)["id"] == own


def test_an_api_key_is_refused_before_anything_is_sent(workbench: Workbench):
    workbench.emulator.clear_requests()
    with pytest.raises(DoesNotFit, match="only a partner or deployment key manages"):
        workbench.create(KIND, "Acme")
    assert workbench.emulator.requests(method="POST") == []


def test_an_organization_holds_users_and_connections_of_the_same_program(partner: Workbench):
    acme = partner.create(KIND, "Acme")
    placed = {"organization_id": acme.id}
    role = partner.create("Role", "analysts", **placed)
    ada = partner.create("User", email="ada@acme.example", role_ids=[role.id], **placed)
    key = partner.create("UserApiKey", user=ada.id, **placed)
    partner.restart(apiKey=key.computed["value"])
    assert partner.create("Role", "from inside").workspace == acme.id
