"""What a reply in hand says is not asked again, and many of a kind are asked for by one list."""

import re
from collections import Counter

from polytomic_provider.kinds.lifecycle.state import State
from polytomic_provider.live import Schemas
from tests.kinds.conftest import Workbench

FEW = 2
"""So many models are asked for one by one."""
NETSUITE = dict.fromkeys(
    ("account_id", "consumer_key", "consumer_secret", "token", "token_secret"), "x"
)


def _asked(workbench: Workbench) -> Counter[str]:
    """The requests since the last look, with `{id}` for ids."""
    paths = [
        f"{one['method']} {re.sub('[0-9a-f-]{36}', '{id}', one['path'])}"
        for one in workbench.emulator.requests()
    ]
    workbench.emulator.clear_requests()
    return Counter(paths)


def test_a_wait_and_a_model_ask_nothing_of_a_connection_that_was_just_made(workbench: Workbench):
    made = workbench.create("Connection", "erp", type="netsuite", configuration=NETSUITE)
    workbench.emulator.finish_schema(made.id)
    _asked(workbench)
    workbench.create("ConnectionReadiness", connection=made.id, timeout="30s")
    asked = _asked(workbench)
    assert asked["GET /api/connections/{id}"] == 0
    assert asked["GET /api/connections/{id}/schemas/status"] == 1

    workbench.create("Model", "contacts", connection_id=made.id, configuration={"table": "contact"})
    asked = _asked(workbench)
    assert asked["GET /api/connections/{id}"] == 0
    assert asked["GET /api/connections/{id}/schemas/status"] == 0


def test_the_health_of_a_connection_of_another_run_is_asked_for(workbench: Workbench):
    made = workbench.create("Connection", "erp", type="netsuite", configuration=NETSUITE)
    workbench.restart()
    _asked(workbench)
    workbench.create("ConnectionReadiness", connection=made.id, timeout="30s")
    assert _asked(workbench)["GET /api/connections/{id}"] >= 1


def _models(workbench: Workbench, connection: State) -> list[str]:
    return [
        workbench.create(
            "Model",
            f"contacts {number}",
            connection_id=connection.id,
            configuration={"table": "Contact"},
        ).id
        for number in range(6)
    ]


def test_a_preview_looks_at_many_models_by_one_list(workbench: Workbench, salesforce: State):
    models = _models(workbench, salesforce)
    schemas = Schemas(workbench.session.polytomic(None), of_one_moment=True)
    _asked(workbench)
    assert [schemas.model(one).id for one in models] == models
    asked = _asked(workbench)
    assert (asked["GET /api/models/{id}"], asked["GET /api/models"]) == (FEW, 1)


def test_a_list_that_fails_leaves_models_to_be_asked_for_one_by_one(
    workbench: Workbench, salesforce: State
):
    models = _models(workbench, salesforce)
    schemas = Schemas(workbench.session.polytomic(None), of_one_moment=True)
    workbench.emulator.fail(kind="status", status=403, method="GET", path="/models$", times=None)
    assert [schemas.model(one).id for one in models] == models
