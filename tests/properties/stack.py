"""A stack and all that can happen to it, as a hypothesis state machine over the handlers.

What is drawn depends on the program alone, never on what the server did, so that a sequence that
fails can be played again.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from polytomic_emulator import RunningEmulator
from polytomic_emulator.running import ControlError
from polytomic_provider.api.http.settings import REFRESH_MODE
from polytomic_provider.kinds import HANDLERS
from tests.engine.test_contradictions import SERVERS
from tests.faults.program import OBJECTS, Declared, Killed, Program, Ref, made_of, stored_as, tried
from tests.oracle.held import wrong_with
from tests.valid_arguments import (
    NAMES,
    PLAIN,
    POLICIES,
    SERVICES,
    bulk_syncs,
    connections,
    fields_of,
    models,
    syncs,
)

MOST = {"Connection": 3, "Model": 3, "Sync": 3, "Webhook": 1}
MOST_OTHERS = 2
WITHOUT_TIME = ("Organization", "Policy", "Role", "User")
PLAIN_KINDS = tuple(kind for kind in sorted(PLAIN) if kind not in WITHOUT_TIME)
"""Without those of which no reply says when one was made, so that a second creation which was never
recorded cannot be known again, and ends in an error with the ways out."""
FAULTS: tuple[dict[str, Any], ...] = (
    {"kind": "status", "status": 500},
    {"kind": "status", "status": 500, "when": "after"},
    {"kind": "status", "status": 500, "record": True},
    {"kind": "status", "status": 503, "when": "after"},
    {"kind": "status", "status": 429, "retry_after": 3},
    {"kind": "status", "status": 403, "times": 40},
    {"kind": "html"},
    {"kind": "drop"},
    {"kind": "drop", "when": "after"},
    {"kind": "truncate"},
)


class Stack(RuleBasedStateMachine):
    """One stack and all that can happen to it."""

    emulator: ClassVar[RunningEmulator]
    keys = "on"

    def __init__(self) -> None:
        super().__init__()
        self.emulator.clear_faults()
        self.emulator.reset()
        self.program = Program(self.emulator)
        self.services: dict[str, str] = {}
        self.number = 0

    @initialize(
        data=st.data(),
        server=st.sampled_from(list(SERVERS)),
        refresh_mode=st.sampled_from(REFRESH_MODE),
    )
    def begin(self, data: st.DataObject, server: str, refresh_mode: str) -> None:
        """One of the servers that documents allow; a program is never empty."""
        self.emulator.behave_as_usual()
        self.emulator.behave(**SERVERS[server])
        # A sync that runs is not deleted; a run that takes no time never stands in the way.
        self.emulator.behave(run_seconds=0, hold_runs=False)
        # Else each update of a connection would ask a person for consent again.
        self.emulator.behave(omitted_secrets="keep")
        self.emulator.behave(idempotency_keys=self.keys)
        self.program.refresh_mode = refresh_mode
        self.declare_connection(data)

    def few(self, kind: str) -> bool:
        """Whether the program has room for one more of a kind."""
        return len(self.of(kind)) < MOST.get(kind, MOST_OTHERS)

    def of(self, kind: str) -> list[str]:
        """The names of the declared resources of a kind."""
        return [name for name, one in self.program.declared.items() if one.kind == kind]

    def new(self, kind: str) -> str:
        self.number += 1
        return f"{kind} {self.number}"

    def settle(self) -> None:
        """Let a creation that may have happened unrecorded be found again before it changes.

        What is drawn must never depend on what the server did, so this is no precondition.
        """
        if self.program.unsure:
            self.finish()

    def finish(self) -> None:
        """An `up` that meets no faults, after which all is right."""
        self.emulator.clear_faults()
        self.program.up()
        self.is_right()

    @precondition(lambda self: self.few("Connection"))
    @rule(data=st.data())
    def declare_connection(self, data: st.DataObject) -> None:
        """A connection, and the wait for it."""
        service = data.draw(st.sampled_from(SERVICES))
        name = self.new("connection")
        arguments = {"name": name, **data.draw(connections(service)), "force_destroy": None}
        del arguments["force_destroy"]
        self.services[name] = service
        self.program.declared[name] = Declared("Connection", arguments)
        ready = {"connection": Ref(name), "timeout": "30s"}
        self.program.declared[f"{name} ready"] = Declared("ConnectionReadiness", ready)

    @precondition(lambda self: self.few("Model") and self.of("Connection"))
    @rule(data=st.data())
    def declare_model(self, data: st.DataObject) -> None:
        """A model over one of the connections."""
        connection = data.draw(st.sampled_from(self.of("Connection")))
        service, name = self.services[connection], self.new("model")
        drawn = data.draw(models("-", service))
        self.services[name] = service
        arguments = {"name": name, **drawn, "connection_id": Ref(connection)}
        self.program.declared[name] = Declared("Model", arguments)

    @precondition(lambda self: self.few("Sync") and self.of("Model"))
    @rule(data=st.data())
    def declare_sync(self, data: st.DataObject) -> None:
        """A sync from one of the models onto one of the connections."""
        name = self.new("sync")
        model = data.draw(st.sampled_from(self.of("Model")))
        connection = data.draw(st.sampled_from(self.of("Connection")))
        arguments = {"name": name, **self._sync(data, model, connection)}
        self.program.declared[name] = Declared("Sync", arguments)

    @rule(data=st.data(), kind=st.sampled_from(PLAIN_KINDS))
    def declare_plain(self, data: st.DataObject, kind: str) -> None:
        """A resource of a kind that refers to nothing."""
        if self.few(kind):
            # The one webhook of a workspace stays the same resource.
            name = "the webhook" if MOST.get(kind) == 1 else self.new(kind.lower())
            named = {"name": name} if "name" in HANDLERS[kind].argument_names() else {}
            arguments = {**named, **data.draw(PLAIN[kind])}
            self.program.declared[name] = Declared(kind, arguments)

    @precondition(lambda self: self.few("BulkSync") and self.databases())
    @rule(data=st.data())
    def declare_bulk_sync(self, data: st.DataObject) -> None:
        """A bulk sync from one of the connections into one that is a database."""
        name = self.new("bulk sync")
        source = data.draw(st.sampled_from(self.of("Connection")))
        destination = data.draw(st.sampled_from(self.databases()))
        ends = {"source_connection_id": Ref(source), "destination_connection_id": Ref(destination)}
        drawn = data.draw(bulk_syncs(self.services[source]))
        self.program.declared[name] = Declared("BulkSync", {"name": name, **ends, **drawn})

    def databases(self) -> list[str]:
        """The connections that can be the destination of a bulk sync."""
        return [one for one in self.of("Connection") if self.services[one] == "postgresql"]

    def _sync(self, data: st.DataObject, model: str, connection: str) -> dict[str, Any]:
        declared = self.program.declared[model].arguments
        fields = fields_of(dict(declared), self.services[model])
        drawn = data.draw(syncs("-", fields, "-", self.services[connection]))
        target = {**drawn["target"], "connection_id": Ref(connection)}
        return {**drawn, "model": Ref(model), "target": target}

    @rule(data=st.data())
    def change(self, data: st.DataObject) -> None:
        """New arguments for one resource; references and names stay."""
        self.settle()
        name = data.draw(st.sampled_from(list(self.program.declared)))
        declared = self.program.declared[name]
        old = dict(declared.arguments)
        if declared.kind == "Connection":
            new = {**data.draw(connections(self.services[name])), "name": old["name"]}
            new.pop("force_destroy", None)
        elif declared.kind == "ConnectionReadiness":
            new = {**old, "triggers": data.draw(st.lists(NAMES, max_size=2))}
        elif declared.kind == "Model":
            drawn = data.draw(models("-", self.services[name]))
            kept = ("name", "connection_id", "configuration", "fields", "additional_fields")
            free = {key: drawn[key] for key in ("labels", "policies") if key in drawn}
            new = {**{key: old[key] for key in kept if key in old}, **free}
        elif declared.kind == "BulkSync":
            ends = ("name", "source_connection_id", "destination_connection_id")
            source = self.services[old["source_connection_id"].name]
            new = {**{key: old[key] for key in ends}, **data.draw(bulk_syncs(source))}
        elif declared.kind in PLAIN:
            new = {**old, **data.draw(PLAIN[declared.kind])}
        else:
            target = old["target"]["connection_id"].name
            new = {"name": old["name"], **self._sync(data, old["model"].name, target)}
        self.program.declared[name] = Declared(declared.kind, new)

    @rule(data=st.data())
    def rename(self, data: st.DataObject) -> None:
        """Another name in Polytomic."""
        self.settle()
        named = [one for one in OBJECTS if "name" in HANDLERS[one].argument_names()]
        names = [name for kind in named for name in self.of(kind)]
        if not names:
            return
        name = data.draw(st.sampled_from(names))
        declared = self.program.declared[name]
        self.number += 1
        renamed = {**declared.arguments, "name": f"{data.draw(NAMES)} {self.number}"}
        self.program.declared[name] = Declared(declared.kind, renamed)

    @precondition(lambda self: len(self.program.declared) > 2)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        """Take one resource and all that uses it out of the program."""
        self.settle()
        # Without the wait for it, a connection need not be ready for the models over it.
        waits = self.of("ConnectionReadiness")
        names = [name for name in self.program.declared if name not in waits]
        name = data.draw(st.sampled_from(names))
        for one in {name, *self.program.users(name)}:
            del self.program.declared[one]
        if not self.program.declared:
            self.declare_connection(data)

    @rule(data=st.data())
    def replace(self, data: st.DataObject) -> None:
        """A model of the same name over another connection, with its syncs drawn anew."""
        self.settle()
        pairs = [(model, c) for model in self.of("Model") for c in self.of("Connection")]
        if not pairs:
            return
        model, connection = data.draw(st.sampled_from(pairs))
        order = list(self.program.declared)
        if order.index(connection) > order.index(model):
            return
        old = self.program.declared[model].arguments
        if old["connection_id"] == Ref(connection):
            return  # no replacement: fields that the program ends to name would stay as they are
        service = self.services[model] = self.services[connection]
        drawn = data.draw(models("-", service))
        arguments = {"name": old["name"], **drawn, "connection_id": Ref(connection)}
        self.program.declared[model] = Declared("Model", arguments)
        for name in self.program.users(model):
            sync = self.program.declared[name].arguments
            target = sync["target"]["connection_id"].name
            fresh = {"name": sync["name"], **self._sync(data, model, target)}
            self.program.declared[name] = Declared("Sync", fresh)

    @rule(fault=st.sampled_from(FAULTS), position=st.integers(0, 25))
    def break_a_request(self, fault: dict[str, Any], position: int) -> None:
        """One of the next requests fails."""
        self.emulator.fail(**fault, after_matches=position)

    @rule()
    def up(self) -> None:
        """An `up` that may meet faults; then, where it failed, one that meets none."""
        if tried(self.program.up) is not None:
            self.finish()
        else:
            self.emulator.clear_faults()
            self.is_right()

    @rule(steps=st.integers(0, 6))
    def up_that_is_killed(self, steps: int) -> None:
        """The process dies when so many steps are done, before the last one is written down."""
        left = [steps]

        def kill(name: str) -> None:
            del name
            left[0] -= 1
            if left[0] < 0:
                raise Killed

        self.program.after_step = kill
        tried(self.program.up)
        self.program.after_step = lambda name: None
        self.program.restart()

    @rule()
    def up_that_may_fail(self) -> None:
        """An `up` whose faults nobody mends before the next one."""
        tried(self.program.up)

    @rule()
    def refresh(self) -> None:
        """Read everything; faults may strike."""
        self.program.restart()
        tried(self.program.refresh)

    @rule()
    def destroy(self) -> None:
        """Delete everything, unless a fault strikes first."""
        self.settle()
        self.program.restart()
        tried(self.program.destroy)

    @rule(data=st.data())
    def delete_outside(self, data: st.DataObject) -> None:
        """A person deletes an object in Polytomic's console."""
        self.settle()
        name = data.draw(st.sampled_from(list(self.program.declared)))
        self._outside(name, lambda kind, id_: self.emulator.delete(id_))

    @rule(data=st.data(), new=NAMES, policies=st.lists(st.sampled_from(POLICIES), unique=True))
    def edit_outside(self, data: st.DataObject, new: str, policies: list[str]) -> None:
        """A person edits an object in Polytomic's console."""
        self.settle()
        name = data.draw(st.sampled_from(list(self.program.declared)))
        self.number += 1

        def edit(kind: str, id_: str) -> None:
            if "policies" in HANDLERS[kind].argument_names():
                self.emulator.edit(stored_as(kind), id_, "policies", policies)
            if kind == "Webhook":
                address = f"https://acme.example/{self.number}"
                self.emulator.edit("webhook", id_, "endpoint", address)
            else:
                self.emulator.edit(stored_as(kind), id_, "name", f"{new} {self.number}")

        self._outside(name, edit)

    def _outside(self, name: str, act: Callable[[str, str], object]) -> None:
        if name not in self.program.states:
            return
        id_, kind = self.program.state(name).id, self.program.kind(name)
        kind = "Connection" if kind == "ConnectionReadiness" else kind
        if id_ in made_of(self.emulator)[kind]:
            # A sync whose model is gone cannot be edited: a person would be told so.
            with suppress(ControlError):
                act(kind, id_)

    @rule(hours=st.integers(1, 3))
    def time_passes(self, hours: int) -> None:
        """Hours; a creation that is not recorded is found before its key expires."""
        self.settle()
        self.emulator.advance_clock(hours * 3600)

    @precondition(lambda self: self.number % 4 == 0)
    @rule()
    def the_server_restarts(self) -> None:
        """Everything that it acknowledged is still there."""
        before = made_of(self.emulator)
        self.emulator.stop()
        self.emulator.start()
        assert made_of(self.emulator) == before

    def is_right(self) -> None:
        """Exactly what is declared, recorded under the right ids, and an empty preview.

        Each object is what an expansion of its arguments says that shares no code with the product.
        """
        made = made_of(self.emulator)
        assert made == {kind: self.program.ids(kind) for kind in made}
        assert self.program.states.keys() == self.program.declared.keys()
        assert self.program.differences() == {}
        for name, declared in self.program.declared.items():
            if declared.kind in made:
                arguments = self.program.resolved(declared)
                id_ = self.program.state(name).id
                wrong = wrong_with(self.emulator, declared.kind, id_, arguments)
                assert wrong == [], f"{name}: {wrong}"

    def teardown(self) -> None:
        """Whatever happened: one clean `up` ends right, one `destroy` leaves nothing."""
        self.finish()
        self.program.destroy()
        assert made_of(self.emulator) == {kind: [] for kind in OBJECTS}
