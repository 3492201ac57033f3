"""The resources that a run has declared, in a preview: references, owners, duplicates."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from polytomic_provider.api import Settings, UnknownAccount, workspace_of
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.duplicates import DeclaredTwice
from polytomic_provider.kinds.lifecycle.natural_key import NaturalKey
from polytomic_provider.resources.preview.declared import Declared, Deployed
from polytomic_provider.spec.sync_parse import spec_of
from polytomic_provider.validation import Problem, Unknown
from polytomic_provider.validation.problems import one_of
from polytomic_provider.validation.untyped import as_list, as_mapping


@dataclass(frozen=True)
class Program:
    """The resources that a run has declared so far."""

    everything: list[Declared] = field(default_factory=list[Declared])
    _by_id: dict[tuple[str, str], Declared] = field(default_factory=dict[tuple[str, str], Declared])
    _adopted: dict[Declared, "asyncio.Future[str | None]"] = field(
        default_factory=dict[Declared, "asyncio.Future[str | None]"]
    )
    _settled: dict[Declared, Deployed] = field(default_factory=dict[Declared, Deployed])
    _syncs: dict[int, dict[Declared | None, list[tuple[Declared, Deployed]]]] = field(
        default_factory=dict[int, dict[Declared | None, list[tuple[Declared, Deployed]]]]
    )
    """The syncs by their models, by the number of resources declared at that time."""

    def add(self, declared: Declared) -> None:
        """Add a resource that the program has just declared."""
        self.everything.append(declared)
        self._adopted[declared] = asyncio.get_running_loop().create_future()

    def note_adopted(self, declared: Declared, id_: str | None) -> None:
        """Note the id of the object that a resource is going to adopt; None: none, or not known.

        The first word counts. Resources with references to that one wait for it.
        """
        adopted = self._adopted[declared]
        if adopted.done():
            return
        if id_ is not None:
            self._by_id[declared.kind, id_] = declared
        adopted.set_result(id_)

    async def settled(self, declared: Declared, deployed: Deployed) -> Deployed:
        """What a deployment makes of a resource, with the ids of what others are going to adopt.

        It waits for these; references never lead in a circle.
        """
        ids: dict[int, str] = {}
        for one in deployed.references:
            of = one.value.of if isinstance(one.value, Unknown) else None
            if isinstance(of, Declared) and of.kind == one.kind:
                # One of an earlier part of the run, which was judged already, is not among these.
                adopted = self._adopted.get(of)
                id_ = await adopted if adopted is not None else None
                if id_ is not None:
                    ids[id(one.value)] = id_
        if ids:
            arguments = _with_ids(deployed.arguments, ids)
            deployed = self._settled[declared] = replace(deployed, arguments=arguments)
        return deployed

    def note(self, declared: Declared, deployed: Deployed) -> None:
        """Note the id of the object that a resource has."""
        if deployed.id_ is not None:
            self._by_id[declared.kind, deployed.id_] = declared

    def has(self, kind: str, id_: str) -> bool:
        """Whether a resource of the program has the object of that id."""
        return (kind, id_) in self._by_id

    def known(self) -> Iterator[tuple[Declared, Deployed]]:
        """The resources of which it is known what the deployment makes of them."""
        for one in self.everything:
            deployed = self._made_of(one)
            if deployed is not None:
                yield one, deployed

    async def syncs_of(self, model: Declared) -> list[tuple[Declared, Deployed]]:
        """The syncs of a model among the resources declared so far; waits until they are known."""
        count = len(self.everything)
        if count not in self._syncs:
            for one in self.everything[:count]:
                with suppress(Exception):  # it failed, and says so itself
                    await one.deployed
            syncs: dict[Declared | None, list[tuple[Declared, Deployed]]] = {}
            for one, deployed in self.known():
                if one.kind == "Sync":
                    of = self.find(deployed.arguments.get("model"))
                    syncs.setdefault(of, []).append((one, deployed))
            self._syncs[count] = syncs
        return self._syncs[count].get(model, [])

    def find(self, value: Any, kind: str = "Model") -> Declared | None:
        """The resource whose object an argument names: by its id, or by an id not known yet."""
        if isinstance(value, Unknown):
            return value.of if isinstance(value.of, Declared) and value.of.kind == kind else None
        return self._by_id.get((kind, value)) if isinstance(value, str) else None

    def arguments_of(self, value: Any, kind: str = "Model") -> Mapping[str, Any] | None:
        """What the program declares of the object that an argument names; None if not its own.

        `value` is an argument of a registered resource: an id, or an `Unknown`; whatever it comes
        from is registered before.
        """
        found = self.find(value, kind)
        made = self._made_of(found) if found is not None else None
        return made.arguments if made is not None else None

    def _made_of(self, declared: Declared) -> Deployed | None:
        """Return what the deployment does with a resource, as far as that is known."""
        if declared in self._settled:
            return self._settled[declared]
        done = declared.deployed.done() and not declared.deployed.exception()
        return declared.deployed.result() if done else None

    def wrong_kinds(self, deployed: Deployed) -> list[Problem]:
        """Ids of resources of this program where those of another kind are meant."""
        return [
            Problem(one.path, f"expected a {one.kind}, got {of.kind} {of.name!r}")
            for one in deployed.references
            if isinstance(one.value, Unknown)
            and isinstance(of := one.value.of, Declared)
            and one.kind not in (of.kind, HANDLERS[of.kind].stands_for)
        ]

    def other_accounts(self, deployed: Deployed, settings: Settings) -> list[Problem]:
        """Resources of this program that are meant and are in another account."""
        account = workspace_of(deployed.arguments).account
        problems: list[Problem] = []
        for one in deployed.references:
            of = one.value.of if isinstance(one.value, Unknown) else self.find(one.value, one.kind)
            if not isinstance(of, Declared):
                continue
            other = workspace_of(of.given).account
            with suppress(UnknownAccount):  # said on the row of that resource
                if not settings.is_same_account(account, other):
                    text = f"{of.kind} {of.name!r} is in {_named(other)}, this in {_named(account)}"
                    fix = "To fix: give both the same `account`"
                    problems.append(Problem(one.path, f"{text}. {fix}"))
        return problems

    def stale_references(self, wanted: Mapping[str, Any], deployed: Deployed) -> list[Problem]:
        """Ids of objects that this run replaces, where the program means the new ones.

        With `--target` or `ignore_changes`, Pulumi keeps the old id and makes the resource anew.
        """
        kept = {one.path for one in deployed.references if isinstance(one.value, str)}
        if not kept:
            return []
        return [
            Problem(
                one.path,
                f"{of.kind} {of.name!r} is replaced in this run, and this would keep the id of the "
                "old one. To fix: add `--target-dependents`, or leave `--target` and "
                "`ignore_changes` out",
            )
            for one in HANDLERS[deployed.kind].references(wanted)
            if isinstance(one.value, Unknown)
            and isinstance(of := one.value.of, Declared)
            and one.path in kept
            and (made := self._made_of(of)) is not None
            and made.id_ is None
        ]

    def undeclared_fields(self, arguments: Mapping[str, Any]) -> list[Problem]:
        """The fields of a sync that the models of this program which it reads do not have."""
        problems: list[Problem] = []
        for path, source in spec_of(arguments).sources():
            names = _declared_fields(self.arguments_of(source.model))
            if names is not None and isinstance(source.field, str) and source.field not in names:
                known = one_of(source.field, names, "field")
                problems.append(Problem(path, f"the model declares no such field; {known}"))
        return problems

    def duplicates(self) -> Iterator[tuple[Declared, Deployed, Problem]]:
        """The resources to be made that would be what an earlier or existing one is."""
        groups: dict[Any, list[tuple[Declared, Deployed, _ObjectKey]]] = {}
        for one, deployed in self.known():
            marks = _marks(one, deployed)
            if marks is not None:
                natural_key = marks.natural_key
                # What is the same has the same place: many may share a name in different ones.
                place = repr(natural_key.place)
                where = marks.account, marks.organization_id
                key = marks.noun, where, natural_key.name, place
                groups.setdefault(key, []).append((one, deployed, marks))
        for group in groups.values():
            # The ones that exist come first: what is to be made gives way.
            owners = sorted(group, key=lambda each: each[1].id_ is None)
            for position, (one, deployed, marks) in enumerate(owners):
                earlier = [
                    each
                    for each in owners[:position]
                    if each[2].natural_key.is_same(marks.natural_key)
                ]
                if deployed.id_ is None and earlier:
                    name, other = marks.natural_key.name, earlier[0][1].owner
                    error = DeclaredTwice(marks.noun, name, other, deployed.owner)
                    yield one, deployed, Problem("", str(error))


@dataclass(frozen=True)
class _ObjectKey:
    """The key of an object: kind, workspace and natural key."""

    noun: str
    natural_key: NaturalKey
    account: str | None
    organization_id: Any


def _marks(declared: Declared, deployed: Deployed) -> _ObjectKey | None:
    """Return the natural key; None if it is unknown, or if an id says what is adopted."""
    handler, arguments = HANDLERS[declared.kind], deployed.arguments
    natural_key = handler.known_natural_key(arguments)
    if natural_key is None or arguments.get("adopt_id") is not None:
        return None
    account = workspace_of(arguments).account
    return _ObjectKey(handler.noun, natural_key, account, arguments.get("organization_id"))


def _named(account: str | None) -> str:
    return "the account of the settings" if account is None else f"account {account!r}"


def _with_ids(value: Any, ids: Mapping[int, str]) -> Any:
    """`value` with the id in place of each unknown that has one; `ids` by what Python calls it."""
    if isinstance(value, Unknown):
        return ids.get(id(value), value)
    if isinstance(value, dict):
        return {key: _with_ids(item, ids) for key, item in as_mapping(value).items()}
    if isinstance(value, list):
        return [_with_ids(item, ids) for item in as_list(value)]
    return value


def _declared_fields(model: Mapping[str, Any] | None) -> list[str] | None:
    """Return the fields of a model that the program lists in full."""
    if model is None or model.get("enricher") is not None:
        return None
    fields, additional = model.get("fields"), model.get("additional_fields")
    if not isinstance(fields, list) or not isinstance(additional, list | None):
        return None
    own = [as_mapping(one).get("name") for one in as_list(additional)]
    given = [*as_list(fields), *own]
    names = [name for name in given if isinstance(name, str)]
    return names if len(names) == len(given) else None
