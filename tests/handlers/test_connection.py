"""A connection's life, in the handler."""

from tests.handlers.conftest import Workbench

POSTGRES = {
    "hostname": "db.example.com",
    "username": "reader",
    "password": "canary-password",
    "database": "sales",
    "port": 5432,
}


def test_integers_that_the_server_shows_as_floats_go_back_as_integers(workbench: Workbench):
    workbench.emulator.behave(numbers="float")
    made = workbench.create("Connection", type="postgresql", configuration=POSTGRES)
    read = workbench.read("Connection", made)
    assert read is not None
    workbench.update("Connection", read, healthcheck_interval="12h")
    kept = workbench.emulator.connection(made.id)["configuration"]
    assert (kept["port"], type(kept["ssh_port"])) == (5432, int)
