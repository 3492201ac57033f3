"""Copies of a connection of the partner's own organization in its other organizations."""

from typing import Any

import pytest
from polytomic import (
    ForbiddenError,
    NotFoundError,
    Polytomic,
    UnprocessableEntityError,
)

from polytomic_emulator import RunningEmulator
from tests.emulator.pipelines import connect, model_over
from tests.emulator.samples import POSTGRESQL


@pytest.fixture
def partner(emulator: RunningEmulator) -> Polytomic:
    return Polytomic(base_url=emulator.url, token=emulator.partner_key, max_retries=0)


@pytest.fixture
def child(emulator: RunningEmulator) -> dict[str, Any]:
    return emulator.workspace("Child")


@pytest.fixture
def inside(emulator: RunningEmulator, child: dict[str, Any]) -> Polytomic:
    """The official client in the child organization."""
    return Polytomic(base_url=emulator.url, token=child["api_key"], max_retries=0)


@pytest.fixture
def parent(emulator: RunningEmulator, polytomic: Polytomic) -> str:
    return connect(emulator, polytomic, "postgresql")


def _share(
    partner: Polytomic, emulator: RunningEmulator, parent: str, child: dict[str, Any], **more: Any
) -> str:
    made = partner.connections.shared_connections.create_shared_connection(
        emulator.organization_id,
        parent,
        child_organization_id=child["organization_id"],
        **more,
    )
    return str(made.data.id)


def test_a_copy_is_a_connection_of_the_other_organization(
    emulator: RunningEmulator,
    polytomic: Polytomic,
    partner: Polytomic,
    inside: Polytomic,
    parent: str,
    child: dict[str, Any],
) -> None:
    id_ = _share(partner, emulator, parent, child, name="Shared")
    copy = inside.connections.get(id_).data
    assert (copy.name, copy.parent_connection_id, copy.status) == ("Shared", parent, "healthy")
    assert copy.organization_id == child["organization_id"]
    assert inside.connections.get(_share(partner, emulator, parent, child)).data.name != "Shared"
    emulator.finish_schema(id_)
    assert model_over(inside, id_, configuration={"table": "contacts"}, fields=["email"]).id
    with pytest.raises(NotFoundError):
        polytomic.connections.get(id_)
    own = polytomic.connections.shared_connections.list_shared_connections(parent).data
    of_partner = partner.connections.shared_connections.list_shared_connections_for_partner(
        emulator.organization_id, parent
    ).data
    assert [one.id for one in own][:1] == [one.id for one in of_partner][:1] == [id_]
    assert [one["id"] for one in emulator.list_stored("shared_connection")][:1] == [id_]
    assert [one["id"] for one in emulator.list_stored("connection")] == [parent]


def test_a_copy_has_its_parents_health_and_goes_with_it(
    emulator: RunningEmulator,
    polytomic: Polytomic,
    partner: Polytomic,
    inside: Polytomic,
    parent: str,
    child: dict[str, Any],
) -> None:
    id_ = _share(partner, emulator, parent, child)
    emulator.control("POST", f"connections/{parent}/break")
    assert inside.connections.get(id_).data.status != "healthy"
    emulator.control("POST", f"connections/{parent}/heal")
    polytomic.connections.update(
        parent, name="P", configuration={**POSTGRESQL, "database": "other"}
    )
    copy = inside.connections.get(id_).data
    assert (copy.status, copy.configuration["database"]) == ("healthy", "other")
    emulator.finish_schema(id_)
    model = model_over(inside, id_, configuration={"table": "contacts"}, fields=["email"]).id
    with pytest.raises(UnprocessableEntityError) as used:
        polytomic.connections.delete(parent)
    assert used.value.body.metadata["used_by"][0]["id"] == model
    with pytest.raises(UnprocessableEntityError):
        inside.connections.delete(id_)
    polytomic.connections.delete(parent, force=True)
    with pytest.raises(NotFoundError):
        inside.connections.get(id_)
    assert inside.models.list().data == []


def test_deleting_a_copy_leaves_its_parent(
    emulator: RunningEmulator,
    polytomic: Polytomic,
    partner: Polytomic,
    inside: Polytomic,
    parent: str,
    child: dict[str, Any],
) -> None:
    id_ = _share(partner, emulator, parent, child)
    inside.connections.delete(id_)
    assert polytomic.connections.get(parent).data.id == parent
    assert polytomic.connections.shared_connections.list_shared_connections(parent).data == []


def test_who_may_share_what_with_whom(
    emulator: RunningEmulator,
    polytomic: Polytomic,
    partner: Polytomic,
    inside: Polytomic,
    parent: str,
    child: dict[str, Any],
) -> None:
    own, other = emulator.organization_id, child["organization_id"]
    share = partner.connections.shared_connections.create_shared_connection
    with pytest.raises(NotFoundError):
        share(other, parent, child_organization_id=own)
    with pytest.raises(NotFoundError):
        share(own, parent, child_organization_id=parent)
    with pytest.raises(ForbiddenError):
        share(own, parent, child_organization_id=own)
    with pytest.raises(ForbiddenError):
        polytomic.connections.shared_connections.create_shared_connection(
            own, parent, child_organization_id=other
        )
    theirs = connect(emulator, inside, "postgresql")
    with pytest.raises(ForbiddenError) as refused:
        share(other, theirs, child_organization_id=own)
    assert "own organization" in refused.value.body.message
    assert emulator.list_stored("shared_connection") == []
