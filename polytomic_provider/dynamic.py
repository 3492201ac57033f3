"""The provider that Pulumi's host for dynamic resources runs: one class for every kind.

Users' states name this module and `DynamicProvider` for ever: neither may move or be renamed,
and `kind` stays the only attribute that is written down.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)
from pulumi.runtime.rpc import wrap_rpc_secret

from polytomic_provider.api import (
    PolytomicError,
    Secret,
    TLSFailure,
    Unauthorized,
    UnknownAccount,
    Unreachable,
    Workspace,
    redact,
    workspace_of,
)
from polytomic_provider.api.http.operation import begin, present
from polytomic_provider.api.http.shown_text import for_terminal
from polytomic_provider.host.call import current_call
from polytomic_provider.host.cancel import interruption, notice_cancel
from polytomic_provider.host.engine_log import tell
from polytomic_provider.host.lanes import widen
from polytomic_provider.host.orphaned import end_with_engine
from polytomic_provider.host.plain_values import plain
from polytomic_provider.host.program_secrets import (
    paths_of,
    reappeared,
    seal_paths,
    shows,
    texts_at,
    values_at,
)
from polytomic_provider.host.scrubbing import scrub
from polytomic_provider.host.session import Session, open_session
from polytomic_provider.kinds import HANDLERS, Handler
from polytomic_provider.kinds.arguments import facts_of
from polytomic_provider.kinds.lifecycle.duplicates import name_of
from polytomic_provider.kinds.lifecycle.half_done import FailedWithState
from polytomic_provider.kinds.lifecycle.known_objects import Resource
from polytomic_provider.kinds.lifecycle.scope import Scope
from polytomic_provider.kinds.lifecycle.state import (
    ALIASES,
    IDENTITY,
    REPLACED,
    REPORTED,
    RETAINED,
    SECRETS,
    VERSION,
    Inputs,
    State,
    read_inputs,
    read_state,
    write_inputs,
    write_state,
)
from polytomic_provider.kinds.references import (
    changed_references,
    missing_object,
    reference_problems,
)
from polytomic_provider.spec.equality import same
from polytomic_provider.validation import Problem, Severity

_FOR_CHECK_ALONE = frozenset((ALIASES, REPORTED, RETAINED))
"""What the program tells check, which is no input of the resource."""

_WITHOUT_THE_PROGRAM = ("read", "delete")
"""Operations in which secrets of other resources may not have been seen yet."""

AUTH_URL = "auth_url"
ACCOUNT = "account"

OF_THE_WHOLE_RUN = (Unauthorized, Unreachable, TLSFailure)
"""Failures that every resource meets: they are told in full once."""

P = ParamSpec("P")
R = TypeVar("R")


class OperationFailed(Exception):
    """What Pulumi shows of a failed operation: a message for a person, without secrets."""


def _answers(
    instead: Callable[[], R],
) -> Callable[
    [Callable[Concatenate["DynamicProvider", P], R]],
    Callable[Concatenate["DynamicProvider", P], R],
]:
    """Let nothing but a scrubbed message out of a provider method.

    Anything that is not an Exception (`SystemExit`) would end the worker without an answer, and
    the command would wait for ever. A failed method returns what `instead` makes, which Pulumi's
    host turns into a reply that the engine ignores.
    """

    def answering(
        method: Callable[Concatenate["DynamicProvider", P], R],
    ) -> Callable[Concatenate["DynamicProvider", P], R]:
        @wraps(method)
        def call(self: "DynamicProvider", *args: P.args, **kwargs: P.kwargs) -> R:
            made: State | None = None
            try:
                if self.unconfigured is not None:
                    raise OperationFailed
                self.hide([*args, *kwargs.values()])
                return method(self, *args, **kwargs)
            except BaseException as error:
                message = self.unconfigured or self.explain(error, [*args, *kwargs.values()])
                message = for_terminal(message)
                if isinstance(error, FailedWithState):
                    made = error.state
            finally:
                begin(None)
            served = current_call()
            if served is None or not served.fail(message):
                raise OperationFailed(message)
            if made is not None:
                values = [*args, *kwargs.values()]
                served.keep(message, made.id, self.written(made, *_mappings(values)))
            if method.__name__ == "configure":
                self.unconfigured = message
            return instead()

        return call

    return answering


class DynamicProvider(ResourceProvider):
    """Carries each call of the engine to the handler of its kind.

    Args:
        kind: Name of the kind in `kinds.HANDLERS`.
    """

    serialize_as_secret_always = False
    kind: str = ""
    _session: Session | None = None
    unconfigured: str | None = None
    """Why `configure` failed. The host keeps the provider all the same, so each call fails."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def __getstate__(self) -> dict[str, str]:
        return {"kind": self.kind}

    @property
    def handler(self) -> Handler:
        """The handler of this kind."""
        return HANDLERS[self.kind]

    @property
    def session(self) -> Session:
        """The session that `configure` opened."""
        if self._session is None:
            raise RuntimeError("the provider was used before it was configured")
        return self._session

    @_answers(lambda: None)
    def configure(self, req: ConfigureRequest) -> None:
        """Read the settings; fails while previewing already when there is no key."""
        self._session = open_session(req.config.get)
        widen(self._session.settings.workers)
        notice_cancel()
        end_with_engine()

    @_answers(lambda: CheckResult({}, []))
    def check(self, _olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        """Refuse what cannot work, mark secrets, and keep the identity given at creation.

        Failures never name a property: Pulumi would print its value, secret or not. The inputs
        are the same in a preview and in a deployment, since a saved plan compares them.
        """
        inputs, old = read_inputs(plain(news)), read_inputs(plain(_olds))
        leaves_alone = bool(_olds) and same(inputs.arguments, old.arguments)
        problems: list[Problem] = []
        if not inputs.reported and not leaves_alone:
            problems = self._problems(inputs.arguments, old.arguments)
        identity = str(_olds.get(IDENTITY) or inputs.identity)
        checked = {key: value for key, value in news.items() if key not in _FOR_CHECK_ALONE}
        if _olds.get(IDENTITY):
            checked[IDENTITY] = _olds[IDENTITY]
        if self._session is not None:
            process, resource = self._session.process, _resource(identity)
            if news.get(RETAINED) is True:
                process.retained.add(resource.urn)
            process.hidden_paths[resource.urn] = paths_of(news)
            aliases = frozenset(map(str, news.get(ALIASES) or ()))
            problems += self.handler.note_declaration(
                process, resource, inputs.arguments, new=not _olds, aliases=aliases
            )
            if not _olds:
                replaced = self.handler.replaced_object(process, resource)
                checked |= {} if replaced is None else {REPLACED: replaced}
        secrets = self.secrets([_olds, news])
        reasons = [str(p) for p in problems if p.severity is Severity.ERROR]
        return CheckResult(
            self._sealed(checked),
            [CheckFailure("", for_terminal(redact(reason, secrets))) for reason in reasons],
        )

    @_answers(DiffResult)
    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        """Say what changed in meaning; sends no request."""
        state, inputs = self._state(_id, _olds), read_inputs(plain(_news))
        resource = _resource(state.identity)
        self.handler.note_state(self.session.process, resource, state, inputs.arguments)
        comparison = self.handler.compare(state, inputs.arguments)
        if not comparison.replaces:
            self._in_its_account(state, inputs, [_olds, _news])
        same = not comparison.differs and state.timeouts == inputs.timeouts
        in_clear = same and self._stands_in_clear(state.arguments, _olds, _news)
        if same and not state.unfinished and not in_clear:
            return DiffResult(changes=False)
        if comparison.ended and not comparison.replaces:
            named = ", ".join(comparison.ended)
            text = f"no longer managed: {named}. Polytomic keeps what it has"
            tell(f"{self.kind} {name_of(resource.urn)!r}: {text}", urn=resource.urn)
        if not comparison.replaces:
            text = self.handler.announce(state, inputs.arguments, comparison)
            if text:
                tell(f"{self.kind} {name_of(resource.urn)!r}: {text}", urn=resource.urn)
        return DiffResult(
            changes=True if state.unfinished or in_clear or _only_outputs_differ(inputs) else None,
            replaces=list(comparison.replaces),
            delete_before_replace=True,
        )

    @_answers(lambda: CreateResult("-", {}))
    def create(self, props: dict[str, Any]) -> CreateResult:
        """Make the object."""
        inputs = read_inputs(plain(props))
        scope = self._scope("create", inputs.identity, inputs, [props])
        state = self.handler.create(scope, inputs)
        return CreateResult(state.id, self.written(state, props))

    @_answers(lambda: ReadResult("-", {}))
    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """Look at the object as it is now.

        A reference to an object that the program does not manage has no identity. It has no
        inputs: they would read as arguments that the program left out.
        """
        old = self._state(id_, props)
        account = workspace_of(old.arguments).account
        scope = self._scope("read", old.identity, old, [props])
        if not old.identity:
            old = replace(old, arguments={}, computed={})
            scope = scope.in_account(account)
        state = self.handler.read(scope, old)
        if state is None:
            if not old.identity and VERSION not in props:
                raise self._nothing_to_refer_to(id_, account)
            return ReadResult(None, {})
        if not old.identity:
            state = replace(state, arguments={**state.arguments, ACCOUNT: account})
            return ReadResult(id_, self.written(state, props))
        inputs = Inputs({**state.arguments, **self._steering()}, state.identity, state.timeouts)
        paths = paths_of(props, *_old_inputs())
        paths |= reappeared(old.arguments, state.arguments, paths, self.secrets([props]))
        hidden = {SECRETS: sorted(paths)} if paths else {}
        written = self.written(state, {**props, **hidden})
        return ReadResult(id_, written, self._sealed({**write_inputs(inputs), **hidden}))

    @_answers(lambda: UpdateResult({}))
    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        """Bring the object to the program's arguments."""
        state, inputs = self._state(_id, _olds), read_inputs(plain(_news))
        state = self._in_its_account(state, inputs, [_olds, _news])
        scope = self._scope("update", inputs.identity, inputs, [_olds, _news])
        updated = self.handler.update(scope, state, inputs)
        return UpdateResult(self.written(updated, _olds, _news))

    @_answers(lambda: None)
    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        """Remove the object."""
        state = self._state(_id, _props)
        self.handler.delete(self._scope("delete", state.identity, state, [_props]), state)

    def explain(self, error: BaseException, values: list[Any]) -> str:
        """What to tell a person about a failed call with these `values`."""
        try:
            secrets = self.secrets(values)
        except Exception:  # what cannot be scrubbed is not shown, nor chained to
            return (
                f"pulumi-polytomic met an error that it did not expect: {type(error).__name__}. "
                "Its words are not shown: they may hold secrets. Please report it."
            )
        message = scrub(error, secrets)
        if self._session is None:
            return message
        first = self._told_by(error)
        if first is not None:
            return f"failed for the same reason as {first!r}: {type(error).__name__}"
        advice = self._session.advice(error, _last_mapping(values))
        return self._session.scrubbed(f"{message}\n{advice}" if advice else message, secrets)

    def _told_by(self, error: BaseException) -> str | None:
        """The resource that has told of a failure of the whole run already; None: nobody has."""
        served = current_call()
        if self._session is None or served is None or not isinstance(error, OF_THE_WHOLE_RUN):
            return None
        name = name_of(served.urn)
        first = self._session.process.failures.setdefault(type(error), name)
        return first if first != name else None

    def hide(self, values: list[Any]) -> None:
        """Show no secret of these `values` for the rest of the run, whatever it is about."""
        if self._session is not None:
            self._session.hide(self.secrets(values))

    def secrets(self, values: list[Any]) -> list[str | Secret]:
        """Every secret text among the values of a call, and every key.

        Facts say what is secret, and the program at any place where it says so now or said before.
        """
        found: list[str | Secret] = []
        if self._session is not None:
            found += self._session.settings.keys
        properties = [plain(one) for one in (*_mappings(values), *_old_inputs())]
        paths = paths_of(*properties)
        for one in properties:
            found += [*self.handler.secrets(one), *texts_at(one, paths)]
            found += filter(None, (self._secret_address(one),))
        return found

    def _secret_address(self, values: Mapping[str, Any]) -> str | None:
        """The address of consent among arguments or outputs, where the settings keep it secret."""
        address = values.get(AUTH_URL)
        secret = self._session is not None and self._session.settings.secret_auth_url
        return address if secret and isinstance(address, str) and address else None

    def _problems(self, arguments: Mapping[str, Any], old: Mapping[str, Any]) -> list[Problem]:
        """Return what is wrong with the shapes, then with references that `old` does not have.

        Polytomic is asked only where something seems to be wrong, and for such references.
        """
        problems = self.handler.problems(arguments)
        session = self._session
        if session is None:
            return problems
        try:
            schemas = session.schemas(workspace_of(arguments))
        except UnknownAccount as error:
            return [*problems, Problem(ACCOUNT, str(error))]
        if problems and session.settings.live_validation != "off":
            problems = self.handler.confirm(schemas, arguments, problems)
        if any(one.severity is Severity.ERROR for one in problems):
            return problems
        of = self.handler.references
        references = changed_references(of(old), of(arguments))
        process = session.process
        return problems + reference_problems(
            schemas, references, lambda kind, id_: process.owners(kind).has(id_)
        )

    def _nothing_to_refer_to(self, id_: str, account: str | None) -> PolytomicError:
        """Return the error of a `get` whose object does not exist."""
        noun = self.handler.noun
        existing = self.session.schemas(Workspace(account)).unless_there(noun, id_) or {}
        return PolytomicError(
            missing_object(noun, id_, existing),
            hint=f"To fix: give `{self.kind}.get` the id of an existing {noun}, or remove it.",
        )

    def _steering(self) -> dict[str, Any]:
        """The inputs of the present call that steer the provider and are in no outputs yet.

        To begin or to end saying `adopt` is no difference, so that no update writes it down.
        """
        served = current_call()
        old = served.old_inputs() if served is not None else None
        if old is None:
            return {}
        arguments = read_inputs(plain(old)).arguments
        facts = facts_of(self.handler.arguments).values()
        return {
            one.name: arguments.get(one.name)
            for one in facts
            if one.provider_side and not one.needed_by_delete
        }

    def _in_its_account(self, state: State, inputs: Inputs, values: list[Any]) -> State:
        """Return the state with the account that the program names now.

        Asks only where that is another name than before. Raises WorkspaceMismatch where its key is
        for another workspace.
        """
        account = inputs.arguments.get(ACCOUNT)
        if account == state.arguments.get(ACCOUNT):
            return state
        moved = replace(state, arguments={**state.arguments, ACCOUNT: account})
        self.handler.guarded(self._scope("update", inputs.identity, inputs, values), moved)
        return moved

    def _state(self, id_: str, raw: Mapping[str, Any]) -> State:
        state = read_state(id_, plain(raw), self.handler.argument_names())
        self._note_address(state)
        return state

    def _note_address(self, state: State) -> None:
        """Remember where consent is given, for errors of what uses the connection."""
        if self._session is not None:
            self._session.addresses.note(state.id, state.computed.get(AUTH_URL))

    def _stands_in_clear(
        self, arguments: Mapping[str, Any], olds: Mapping[str, Any], news: Mapping[str, Any]
    ) -> bool:
        """Whether the state shows what the program has made secret since it was written."""
        sealed = self.handler.seal(arguments, lambda _: None)
        return any(values_at(sealed, path) for path in paths_of(news) - paths_of(olds))

    def _scope(
        self, operation: str, identity: str, limits: Inputs | State, values: list[Any]
    ) -> Scope:
        urn = _resource(identity).urn
        secrets = self.secrets(values)

        def say(message: str, *, warning: bool = False, passing: bool = False) -> None:
            text = self.session.scrubbed(message, secrets)
            tell(text, urn=urn, warning=warning, passing=passing)

        span = limits.timeouts.get(operation)
        seconds = span.total_seconds() if span else None
        scope = self.session.scope(identity, seconds, say, urn=urn, interruption=interruption())
        at_hand = present()
        if operation in _WITHOUT_THE_PROGRAM and at_hand is not None:
            at_hand.shown = _clear_names(urn, limits)
        return scope

    def written(self, state: State, *values: Mapping[str, Any]) -> dict[str, Any]:
        """The outputs that Pulumi keeps of an object, secrets marked.

        `values` are the properties of the call; the last of them say what the program holds secret.
        """
        self._note_address(state)
        secrets = self.secrets([state.arguments, *values])
        words = state.computed.get("status_error")
        if isinstance(words, str):
            words = for_terminal(self.session.scrubbed(words, secrets))
            state = replace(state, computed={**state.computed, "status_error": words})
        paths = set(paths_of(*values[-1:]))
        paths |= {name for name, value in state.computed.items() if shows(value, secrets)}
        hidden = {SECRETS: sorted(paths)} if paths else {}
        return self._sealed({**write_state(state), **hidden})

    def _sealed(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values with each secret marked, by facts and at the paths that they name."""
        paths = paths_of(values)
        whole = {name: value for name, value in values.items() if name in paths}
        rest = {name: value for name, value in values.items() if name not in paths}
        # What is secret whole holds no other secret.
        found = {**self.handler.seal(rest, wrap_rpc_secret), **whole}
        address = self._secret_address(rest)
        found |= {} if address is None else {AUTH_URL: wrap_rpc_secret(address)}
        sealed: dict[str, Any] = seal_paths(found, paths, wrap_rpc_secret)
        return {name: sealed[name] for name in values}


def _clear_names(urn: str, known: Inputs | State) -> frozenset[str]:
    """What a resource is called: a server's words about it may have that in them."""
    id_ = known.id if isinstance(known, State) else ""
    return frozenset((name_of(urn), str(known.arguments.get("name") or ""), id_)) - {""}


def _mappings(values: list[Any]) -> list[Mapping[str, Any]]:
    """The properties among the values of a call."""
    return [value for value in values if isinstance(value, Mapping)]


def _old_inputs() -> list[dict[str, Any]]:
    """The inputs in the state, where the present call tells them."""
    served = current_call()
    old = served.old_inputs() if served is not None else None
    return [] if old is None else [old]


def _last_mapping(values: list[Any]) -> dict[str, Any]:
    """The arguments of a call: the last of its values that holds any."""
    found = _mappings(values)
    return plain(found[-1]) if found else {}


def _resource(identity: str) -> Resource:
    """The resource that the present call is about."""
    served = current_call()
    return Resource((served.urn if served is not None else "") or identity, identity)


def _only_outputs_differ(inputs: Inputs) -> bool:
    """Whether the program's arguments are those of the state, so that the drift is elsewhere."""
    served = current_call()
    old = served.old_inputs() if served is not None else None
    return old is not None and same(read_inputs(plain(old)).arguments, inputs.arguments)
