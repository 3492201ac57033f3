"""Drives the provider as Pulumi does, without the command line, and looks at what the server has.

A world is an emulator with what programs refer to: connections, models, two syncs. Programs name
these by texts such as "@model.salesforce"; the world puts the ids in their place.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from polytomic_emulator import RunningEmulator
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_provider.api import resolve_settings
from polytomic_provider.dynamic import DynamicProvider
from tests.oracle import expansion
from tests.quick_session import Clock, QuickSession

PATHS = {"Connection": "connections", "Model": "models", "Sync": "syncs"}
POSTGRES = {
    "hostname": "db.example.com",
    "username": "reader",
    "password": "P@ssw0rd",
    "database": "sales",
    "port": 5432,
}
CONFIGURATIONS: dict[str, dict[str, Any]] = {
    "salesforce": {"domain": "acme.my.salesforce.com"},
    "netsuite": {
        "account_id": "1234567_SB1",
        "consumer_key": "consumer-key",
        "consumer_secret": "consumer-secret",
        "token": "token",
        "token_secret": "token-secret",
    },
    "postgresql": POSTGRES,
    "postgresql2": POSTGRES,
}
MODELS = {
    "salesforce": ("salesforce", "Contact"),
    "accounts": ("salesforce", "Account"),
    "postgresql": ("postgresql", "public.contacts"),
}


_SECRET = "4dabf18193072939515e22adb298388d"
"""Pulumi's mark of a value that is wrapped, as a secret is."""


_NAME = re.compile(r"@(connection|model|field|sync)\.")


class Refused(AssertionError):
    """check refused the arguments."""


@dataclass
class Resource:
    """What the state holds of one resource; `name` is what its program calls the object."""

    kind: str
    urn: str
    id: str
    outputs: dict[str, Any]
    inputs: dict[str, Any]
    name: str = ""


@dataclass
class World:
    """An emulator, and one stack over it."""

    emulator: RunningEmulator
    names: dict[str, str] = field(default_factory=dict[str, str])
    switches: dict[str, Any] = field(default_factory=dict[str, Any])
    number: int = 0
    refresh_mode: str = "full"

    def __post_init__(self) -> None:
        self.clock = Clock(self.emulator)
        self.http = httpx.Client()
        self.restart()

    def restart(self) -> None:
        """Begin a new run: a new provider process."""
        config = {
            "polytomic:apiKey": self.emulator.api_key,
            "polytomic:url": self.emulator.url,
            "polytomic:refreshMode": self.refresh_mode,
        }
        self.session = QuickSession(resolve_settings(config, {}), clock=self.clock)

    def provider(self, kind: str) -> DynamicProvider:
        """The provider of a kind in the present run."""
        made = DynamicProvider(kind)
        made._session = self.session
        return made

    def furnish(self, **switches: Any) -> None:
        """Begin anew, with the objects that programs refer to, on a server that reads so."""
        self.emulator.reset()
        self.emulator.behave_as_usual()
        self.emulator.clear_requests()
        self.names.clear()
        self.switches = {}
        self.restart()
        for name, configuration in CONFIGURATIONS.items():
            kind = name.rstrip("2")
            made = self.create("Connection", {"type": kind, "configuration": configuration}, name)
            self.names[f"@connection.{name}"] = made.id
            self.create("ConnectionReadiness", {"connection": made.id, "timeout": "30s"}, name)
        for name, (connection, table) in MODELS.items():
            made = self.create(
                "Model",
                {
                    "connection_id": f"@connection.{connection}",
                    "configuration": {"table": table},
                },
                f"model {name}",
            )
            self.names[f"@model.{name}"] = made.id
            for one in self.shown("Model", made.id)["fields"]:
                self.names[f"@field.{name}.{one['name']}"] = one["id"]
        for name in ("one", "two"):
            made = self.create(
                "Sync",
                {
                    "model": "@model.salesforce",
                    "mode": "create",
                    "target": {"connection_id": "@connection.netsuite", "object": "contact"},
                    "fields": {"Email": "email"},
                },
                f"sync {name}",
            )
            self.names[f"@sync.{name}"] = made.id
        self.switches = dict(switches)
        # A run that takes no time never stands in the way of a deletion.
        unhurried = {"run_seconds": 0, "hold_runs": False}
        self.emulator.behave(**{**Behaviour().as_dict(), **self.switches, **unhurried})
        self.restart()

    def resolved(self, value: Any) -> Any:
        """Arguments with ids in the place of names."""
        if isinstance(value, Mapping):
            return {key: self.resolved(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.resolved(item) for item in value]
        if isinstance(value, str) and _NAME.match(value):
            return self.names[value]
        return value

    def field_names(self) -> dict[str, tuple[str, str]]:
        """Model and name of each field's id."""
        found: dict[str, tuple[str, str]] = {}
        for name, id_ in self.names.items():
            match = re.fullmatch(r"@field\.(\w+)\.(\w+)", name)
            if match:
                found[id_] = (self.names[f"@model.{match[1]}"], match[2])
        return found

    # What Pulumi does with one resource.

    def create(self, kind: str, arguments: Mapping[str, Any], name: str = "") -> Resource:
        """Check and create."""
        self.number += 1
        named = {} if kind == "ConnectionReadiness" else {"name": name or f"{kind} {self.number}"}
        urn = f"urn:pulumi:dev::oracle::pulumi-python:dynamic/polytomic:{kind}::{self.number}"
        given = {**named, **self.resolved(_without_none(arguments))}
        inputs = self.checked(kind, {}, {"__identity": urn, **given})
        made = self.provider(kind).create(_wire(inputs))
        return Resource(kind, urn, made.id, _wire(made.outs), inputs, str(inputs.get("name", "")))

    def checked(self, kind: str, old: dict[str, Any], news: dict[str, Any]) -> dict[str, Any]:
        """The inputs that check gives. Raises Refused."""
        result = self.provider(kind).check(_wire(old), _wire(news))
        if result.failures:
            raise Refused([one.reason for one in result.failures])
        return _wire(result.inputs)

    def wanted(self, resource: Resource, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The inputs of a resource for new arguments, its name as before where none is given."""
        named = {"name": resource.name, **self.resolved(_without_none(arguments))}
        news = {"__identity": resource.inputs["__identity"], **named}
        return self.checked(resource.kind, resource.inputs, news)

    def preview(self, resource: Resource, arguments: Mapping[str, Any]) -> str:
        """What the engine would do: "nothing", "update" or "replace"."""
        return self.step(resource, self.wanted(resource, arguments))

    def step(self, resource: Resource, inputs: dict[str, Any]) -> str:
        """What diff says of inputs; where it leaves it to the engine, inputs are compared."""
        result = self.provider(resource.kind).diff(
            resource.id, _wire(resource.outputs), _wire(inputs)
        )
        if result.changes is False:
            return "nothing"
        if result.replaces:
            return "replace"
        # Python takes True for 1, the engine does not.
        texts = [json.dumps(one, sort_keys=True) for one in (inputs, resource.inputs)]
        if result.changes is None and texts[0] == texts[1]:
            return "nothing"
        return "update"

    def up(self, resource: Resource, arguments: Mapping[str, Any]) -> str:
        """One `up` in a new process; returns what it did. The resource holds the outcome."""
        self.restart()
        inputs = self.wanted(resource, arguments)
        step = self.step(resource, inputs)
        provider = self.provider(resource.kind)
        if step == "update":
            made = provider.update(resource.id, _wire(resource.outputs), _wire(inputs))
            resource.outputs = _wire(made.outs)
        elif step == "replace":
            provider.delete(resource.id, _wire(resource.outputs))
            made = provider.create(_wire(inputs))
            resource.id, resource.outputs = made.id, _wire(made.outs)
        resource.inputs, resource.name = inputs, str(inputs["name"])
        return step

    def refresh(self, resource: Resource) -> None:
        """One `refresh` in a new process: outputs and inputs as they read."""
        self.restart()
        read = self.provider(resource.kind).read(resource.id, _wire(resource.outputs))
        assert read.id == resource.id, "the object reads as gone"
        resource.outputs = _wire(read.outs)
        if read.inputs:
            resource.inputs = _wire(read.inputs)

    def delete(self, resource: Resource) -> None:
        """Delete the object behind the provider's back, so that lists stay short."""
        emulator = self.emulator
        remove = {"Sync": emulator.delete_sync, "Model": emulator.delete_model}
        remove.get(resource.kind, emulator.delete)(resource.id)

    # What Polytomic has.

    def request(self, method: str, path: str, body: Any = None, *, whole: bool = False) -> Any:
        """The `data` or the `whole` reply to somebody else. Raises httpx.HTTPStatusError."""
        headers = {
            "Authorization": f"Bearer {self.emulator.api_key}",
            "X-Polytomic-Version": "2025-09-18",
        }
        url = f"{self.emulator.url}/api/{path}"
        reply = self.http.request(method, url, json=body, headers=headers)
        reply.raise_for_status()
        if not reply.content:
            return None
        return reply.json() if whole else reply.json()["data"]

    @contextmanager
    def usual_reading(self) -> Iterator[None]:
        """Let the server show objects in its default reading for a while."""
        if self.switches:
            usual = Behaviour().as_dict()
            self.emulator.behave(**{key: usual[key] for key in self.switches})
        yield
        if self.switches:
            self.emulator.behave(**self.switches)

    def shown(self, kind: str, id_: str) -> dict[str, Any]:
        """The reply to a GET in the default reading."""
        with self.usual_reading():
            return self.request("GET", f"{PATHS[kind]}/{id_}")

    def stored(self, resource: Resource) -> dict[str, Any]:
        """An object in the reading of `expansion`; what no reply shows, from the server's state."""
        shown = self.shown(resource.kind, resource.id)
        if resource.kind == "Connection":
            inside = self.emulator.connection(resource.id)
            for key in ("configuration", "healthcheck_interval"):
                shown[key] = inside[key]
            # Tokens of a consent are the server's: some servers drop them with every PUT.
            there = shown["configuration"]
            shown["configuration"] = {k: v for k, v in there.items() if not k.startswith("oauth_")}
            return expansion.reading_of_connection(shown)
        if resource.kind == "Model":
            return expansion.reading_of_model(shown)
        shown["encryption_passphrase"] = self.emulator.sync(resource.id)["encryption_passphrase"]
        return expansion.reading_of_sync(shown)

    def expected(
        self,
        kind: str,
        name: str,
        arguments: Mapping[str, Any],
        before: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """The object that Polytomic must hold for arguments."""
        given = {"name": name, **self.resolved(_without_none(arguments))}
        if kind == "Connection":
            return expansion.expected_connection(given, before)
        if kind == "Model":
            return expansion.expected_model(given, before)
        return expansion.expected_sync(given, before, field_names=self.field_names())

    def wrong(
        self,
        resource: Resource,
        arguments: Mapping[str, Any],
        before: dict[str, Any] | None = None,
    ) -> list[str]:
        """What is wrong with the stored object of a program; none when it is right."""
        wanted = self.expected(resource.kind, resource.name, arguments, before)
        drops = self.switches.get("identity_mapping") == "drop"
        return expansion.differences(wanted, self.stored(resource), dropped_mapping=drops)


def _without_none(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments as a resource's constructor has them: None is left out."""
    return {key: value for key, value in arguments.items() if value is not None}


def _wire(value: Any) -> Any:
    """A value after a journey through the engine: numbers are floats, maps lose their order.

    Pulumi's host hands secrets to a dynamic provider in clear.
    """
    if isinstance(value, Mapping):
        if _SECRET in value:
            return _wire(value["value"])
        pairs = sorted(value.items(), key=lambda one: str(one[0]), reverse=True)
        return {str(key): _wire(item) for key, item in pairs}
    if isinstance(value, list | tuple):
        return [_wire(item) for item in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str):
        return str(value)
    json.dumps(value)
    return value
