"""Where Polytomic is and with which key it is asked: from stack configuration, then environment.

settings = resolve_settings({"polytomic:apiKey": "…"}, os.environ)
settings.url             # "https://app.polytomic.com"
settings.provenance["key"]   # "stack configuration polytomic:apiKey"
"""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import httpx

from polytomic_provider.api.http.accounts import (
    account_names,
    environment_name,
    read_accounts,
    set_key,
)
from polytomic_provider.api.http.durations import show_duration
from polytomic_provider.api.http.errors import (
    InvalidSetting,
    MissingSetting,
    UnknownAccount,
    UntrustedURL,
)
from polytomic_provider.api.http.redaction import RUN, Redactor
from polytomic_provider.api.http.secret import Secret, Unshown
from polytomic_provider.api.http.setting_values import (
    Place,
    SettingPlaces,
    is_loopback,
    parse_bool,
    parse_choice,
    parse_key,
    parse_seconds,
    parse_text,
    parse_url,
    parse_version,
    parse_workers,
)
from polytomic_provider.api.http.workspaces import PARTNER_ITSELF, Workspace

DEFAULT_URL: Final = "https://app.polytomic.com"
DEFAULT_API_VERSION: Final = "2025-09-18"
DEFAULT_REQUEST_TIMEOUT: Final = "60s"
DEFAULT_OPERATION_TIMEOUT: Final = "10m"
DEFAULT_WORKERS: Final = "32"

TRUSTED_VARIABLE: Final = "POLYTOMIC_TRUSTED_URLS"
"""Environment variable: addresses that a key of the environment may be sent to, by spaces."""

LIVE_VALIDATION: Final = ("error", "warn", "off")
"""What happens to what does not fit the live schemas; the first is the default."""

DATA_PREVIEW: Final = ("counts", "rows", "off")
"""What a preview tells of the data that a sync would move; the first is the default."""

PREVIEW_VALUES: Final = ("masked", "plain")
"""How a preview shows values of records; the first is the default."""

REFRESH_MODE: Final = ("full", "lists")
"""How a refresh looks for changes: object by object, or from lists; the first is the default."""


class KeyKind(StrEnum):
    """The kinds of keys that Polytomic knows; each value is the name of its stack setting."""

    API = "apiKey"
    PARTNER = "partnerKey"
    DEPLOYMENT = "deploymentKey"


_KEY_VARIABLES: Final = {
    KeyKind.API: "POLYTOMIC_API_KEY",
    KeyKind.PARTNER: "POLYTOMIC_PARTNER_KEY",
    KeyKind.DEPLOYMENT: "POLYTOMIC_DEPLOYMENT_KEY",
}


@dataclass(frozen=True, repr=False)
class Settings:
    """Everything that a request needs to know about where and as whom.

    Attributes:
        key: The key; `key_kind` says which kind.
        url: Scheme, host and perhaps a path prefix, without a trailing slash.
        organization_id: The organization to act in; always there for partner and deployment keys.
        api_version: Value of the header `X-Polytomic-Version`.
        namespace: Tells several backends on one workspace apart.
        request_timeout: Seconds for one request.
        operation_timeout: Seconds for one operation, all its requests and waits included.
        allow_workspace_change: Objects of another workspace are taken as they are.
        workers: How many calls the provider serves at once; 0 leaves the host as it is.
        live_validation: What happens to what does not fit the live schemas (`LIVE_VALIDATION`).
        data_preview: What a preview tells of the data that syncs would move (`DATA_PREVIEW`).
        preview_values: How a preview shows values of records (`PREVIEW_VALUES`).
        refresh_mode: How a refresh looks for changes (`REFRESH_MODE`).
        secret_auth_url: Addresses of consent are secret outputs, and no message shows one.
        account: Name of the account that the key is of; None: that of the settings themselves.
        accounts: The named accounts, where these are the settings of a whole program.
        other_keys: The keys of all other accounts, to be shown as little as the own.
        provenance: For each field above, where its value came from.
    """

    key: Secret
    key_kind: KeyKind = KeyKind.API
    url: str = DEFAULT_URL
    organization_id: str | None = None
    api_version: str = DEFAULT_API_VERSION
    namespace: str | None = None
    request_timeout: float = 60.0
    operation_timeout: float = 600.0
    allow_workspace_change: bool = False
    workers: int = 32
    live_validation: str = LIVE_VALIDATION[0]
    data_preview: str = DATA_PREVIEW[0]
    preview_values: str = PREVIEW_VALUES[0]
    refresh_mode: str = REFRESH_MODE[0]
    secret_auth_url: bool = False
    account: str | None = None
    accounts: tuple["Settings", ...] = ()
    other_keys: tuple[Secret, ...] = ()
    provenance: Mapping[str, str] = field(default_factory=dict[str, str], compare=False)

    def authorization(self) -> str:
        """Value of the header `Authorization`.

        Bearer for API keys, and for a partner key that acts in no organization; else Basic.
        """
        if self.key_kind is KeyKind.API or self.organization_id == PARTNER_ITSELF:
            return f"Bearer {self.key.reveal()}"
        pair = f"{self.organization_id or ''}:{self.key.reveal()}"
        return f"Basic {base64.b64encode(pair.encode()).decode()}"

    def redact(self, text: str) -> str:
        """`text` without any key, in whatever spelling it stands there."""
        return _redactor(self.keys).redact(text)

    @property
    def keys(self) -> tuple[Secret, ...]:
        """The own key and those of all other accounts."""
        return (self.key, *self.other_keys)

    def of(self, workspace: Workspace | None) -> "Settings":
        """The settings of a workspace; None is the one that they name themselves.

        Raises:
            UnknownAccount: There is no account of that name.
        """
        account, organization = workspace or Workspace()
        found = self if account is None else self.of_account(account)
        return found if organization is None else found.for_organization(organization)

    def of_account(self, account: str) -> "Settings":
        """The settings of a named account.

        Raises:
            UnknownAccount: There is no account of that name.
        """
        wanted = environment_name(account)
        for one in (self, *self.accounts):
            if one.account is not None and environment_name(one.account) == wanted:
                return one
        known = [one.account or "" for one in self.accounts]
        raise UnknownAccount(account, known, _for(account, _KEY_VARIABLES[KeyKind.API]))

    def is_same_account(self, one: str | None, other: str | None) -> bool:
        """Whether two names, or None for the account of the settings, lead to one workspace.

        Raises:
            UnknownAccount: There is no account of a name.
        """
        found = [self.of(Workspace(name)) for name in (one, other)]
        marks = [(of.key, of.url, of.organization_id) for of in found]
        return marks[0] == marks[1]

    def for_organization(self, organization_id: str) -> "Settings":
        """The same settings, acting in another organization (partner and deployment keys)."""
        provenance = {**self.provenance, "organization_id": "argument organization_id"}
        return replace(
            self, organization_id=organization_id, provenance=MappingProxyType(provenance)
        )

    def key_place(self) -> str:
        """Where the key came from, for messages."""
        return self.provenance.get("key", "the program")

    def __repr__(self) -> str:
        return self.redact(
            f"Settings(url={self.url!r}, key_kind={self.key_kind.value!r}, key={self.key}, "
            f"organization_id={self.organization_id!r}, api_version={self.api_version!r}, "
            f"namespace={self.namespace!r}, "
            f"request_timeout={show_duration(self.request_timeout)!r}, "
            f"operation_timeout={show_duration(self.operation_timeout)!r}, "
            f"allow_workspace_change={self.allow_workspace_change}, workers={self.workers})"
        )


@cache
def _redactor(keys: tuple[Secret, ...]) -> Redactor:
    return Redactor([key for key in keys if len(key.reveal()) >= RUN])


def resolve_settings(config: Mapping[str, str], environ: Mapping[str, str]) -> Settings:
    """Find every setting: in the stack's configuration, else the environment, else its default.

    Args:
        config: Stack configuration by full key, such as `polytomic:apiKey`; secrets in clear.
        environ: Environment variables.

    Raises:
        MissingSetting: No key, no organization for a partner or deployment key, or no address for
            an account where the settings of all have one of their own.
        InvalidSetting: A value cannot be used, or two kinds of keys stand in one place.
        UnknownAccount: `polytomic:account` names none of the accounts.
        InsecureURL: The URL is plain http and not on this machine.
        UntrustedURL: The key is the environment's, and the stack's configuration sends it to an
            address that neither is Polytomic's nor stands in POLYTOMIC_TRUSTED_URLS.
    """
    config, environ = Unshown(config), Unshown(environ)
    of_accounts = read_accounts(config)
    if isinstance(of_accounts, InvalidSetting):
        raise of_accounts
    names = account_names(of_accounts, environ)
    if isinstance(names, InvalidSetting):
        raise names
    config = Unshown({**config, **of_accounts})
    places = SettingPlaces(config, environ)
    for account in (None, *names):
        for kind, variable in _KEY_VARIABLES.items():
            places.hide(_in(account, kind.value), _for(account, variable))
    run = _of_the_run(places)
    accounts = [_connection(places, run, account) for account in names]
    chosen = places.find("account")
    if chosen is None or any(places.in_stack(kind.value) for kind in KeyKind):
        settings = _connection(places, run, None, accounts=names)
        if chosen is not None:
            raise InvalidSetting(
                f"{chosen.name} and {settings.key_place()}",
                "one of both",
                value=None,
                hint="Remove one: it says which key resources without `account` use.",
            )
    else:
        found = next((one for one in accounts if one.account == chosen.value), None)
        if found is None:
            variable = _for(chosen.value, _KEY_VARIABLES[KeyKind.API])
            raise UnknownAccount(chosen.value, names, variable, place=chosen.name)
        settings = found
    keys = dict.fromkeys((settings.key, *(one.key for one in accounts)))
    return replace(_beside(settings, keys), accounts=tuple(_beside(one, keys) for one in accounts))


def _beside(settings: Settings, keys: Iterable[Secret]) -> Settings:
    return replace(settings, other_keys=tuple(one for one in keys if one != settings.key))


def _in(account: str | None, name: str) -> str:
    """The full name of a setting, without `polytomic:`."""
    return name if account is None else f"accounts.{account}.{name}"


def _for(account: str | None, variable: str) -> str:
    """The environment variable of an account."""
    return variable if account is None else f"{variable}_{environment_name(account)}"


@dataclass(frozen=True)
class _Run:
    """The settings that are about a run, whatever workspace it asks, and their places."""

    values: Mapping[str, Any]
    places: Mapping[str, Place | None]


def _of_the_run(places: SettingPlaces) -> _Run:
    request = places.read("requestTimeout", default=DEFAULT_REQUEST_TIMEOUT)
    operation = places.read("operationTimeout", default=DEFAULT_OPERATION_TIMEOUT)
    workers = places.read("workers", default=DEFAULT_WORKERS)
    live = places.read("liveValidation", default=LIVE_VALIDATION[0])
    data = places.read("dataPreview", default=DATA_PREVIEW[0])
    shown = places.read("previewValues", default=PREVIEW_VALUES[0])
    refresh = places.read("refreshMode", default=REFRESH_MODE[0])
    secret_auth_url = places.read("secretAuthUrl", default="false")
    values: dict[str, Any] = {
        "request_timeout": parse_seconds(request),
        "operation_timeout": parse_seconds(operation),
        "workers": parse_workers(workers),
        "live_validation": parse_choice(live, LIVE_VALIDATION),
        "data_preview": parse_choice(data, DATA_PREVIEW),
        "preview_values": parse_choice(shown, PREVIEW_VALUES),
        "refresh_mode": parse_choice(refresh, REFRESH_MODE),
        "secret_auth_url": parse_bool(secret_auth_url),
    }
    found = (request, operation, workers, live, data, shown, refresh, secret_auth_url)
    return _Run(values, dict(zip(values, found, strict=True)))


def _connection(
    places: SettingPlaces, run: _Run, account: str | None, accounts: Sequence[str] = ()
) -> Settings:
    """Find where the key of an account is sent, and as whom.

    Key, address, organization and the permission to change the workspace are the account's own.
    API version and namespace are those of the whole program where it has none.
    """
    kind, found = _find_key(places, account, accounts)
    url = _find_url(places, account)
    version = places.find(_in(account, "apiVersion")) or places.read(
        "apiVersion", default=DEFAULT_API_VERSION
    )
    allow = places.read(_in(account, "allowWorkspaceChange"), default="false")
    of = _in(account, "organizationId"), _for(account, "POLYTOMIC_ORGANIZATION_ID")
    organization = places.find(*of)
    namespace = places.find(_in(account, "namespace")) or places.find("namespace")
    if organization is None and kind is not KeyKind.API:
        path = "" if account is None else "--path "
        raise MissingSetting(
            f"The organization for the {kind.value} of {found.name}",
            places.looked_in(*of),
            hint="Partner and deployment keys act inside one organization: run "
            f"`pulumi config set {path}polytomic:{of[0]} <id>`.",
        )
    where: dict[str, Place | None] = {
        "key": found,
        "url": url,
        "organization_id": organization,
        "api_version": version,
        "namespace": namespace,
        "allow_workspace_change": allow,
        **run.places,
    }
    key, address = Secret(parse_key(found)), parse_url(url)
    if found.in_environment and url.in_stack:
        _refuse_untrusted(address, url, found, places.each_in_environment(TRUSTED_VARIABLE))
    return Settings(
        key=key,
        key_kind=kind,
        url=address,
        organization_id=parse_text(organization, colon=False) if organization else None,
        api_version=parse_version(version),
        namespace=parse_text(namespace) if namespace else None,
        allow_workspace_change=parse_bool(allow),
        account=account,
        provenance=MappingProxyType({k: v.name for k, v in where.items() if v is not None}),
        **run.values,
    )


def _find_url(places: SettingPlaces, account: str | None) -> Place:
    """Find the address of an account: its own, or Polytomic's where nothing names another.

    The address of one account is never that of another, so that no key is sent there by mistake.
    """
    own = _in(account, "url"), _for(account, "POLYTOMIC_DEPLOYMENT_URL")
    found = places.find(*own)
    other = places.find("url", "POLYTOMIC_DEPLOYMENT_URL")
    if found is None and other is not None:
        raise MissingSetting(
            f"The address of account {account!r}",
            places.looked_in(*own),
            hint=f"The address of {other.name} is not taken for a key of another account: run "
            f"`pulumi config set --path 'polytomic:{own[0]}' <address>`.",
        )
    return found or Place("default", DEFAULT_URL)


def _refuse_untrusted(address: str, url: Place, key: Place, trusted: Sequence[Place]) -> None:
    """Raise UntrustedURL where a change of a file would send the environment's key elsewhere."""
    host = httpx.URL(address).host
    is_polytomics = host == "polytomic.com" or host.endswith(".polytomic.com")
    listed = map(parse_url, trusted)
    if is_polytomics or is_loopback(host) or address in listed:
        return
    raise UntrustedURL(
        url.shown(
            f"{url.name}: {address} is not Polytomic's own, and the key of {key.name} would be sent"
            " there because a file says so"
        ),
        hint=url.shown(
            f"If this is your deployment, set {TRUSTED_VARIABLE}={address} beside the key, or "
            "POLYTOMIC_DEPLOYMENT_URL in place of polytomic:url."
        ),
    )


def _find_key(
    places: SettingPlaces, account: str | None, accounts: Sequence[str]
) -> tuple[KeyKind, Place]:
    variables = {kind: _for(account, variable) for kind, variable in _KEY_VARIABLES.items()}
    in_stack = {kind: places.in_stack(_in(account, kind.value)) for kind in KeyKind}
    in_environment = {kind: places.in_environment(variables[kind]) for kind in KeyKind}
    for found in (in_stack, in_environment):
        there = [(kind, place) for kind, place in found.items() if place is not None]
        if len(there) > 1:
            names = " and ".join(place.name for _, place in there)
            raise InvalidSetting(
                names,
                "one kind of key in one place",
                value=None,
                hint="Remove all but one of them; they are different kinds of keys.",
            )
        if there:
            return there[0]
    looked_in = [
        *(places.describe_stack(_in(account, kind.value)) for kind in KeyKind),
        *(places.describe_environment(variables[kind]) for kind in KeyKind),
    ]
    if account is not None:
        hint = f"Run `{set_key(account)}`, or set {variables[KeyKind.API]}."
        raise MissingSetting(f"A key of account {account!r}", looked_in, hint=hint)
    hint = "Run `pulumi config set --secret polytomic:apiKey`, or set POLYTOMIC_API_KEY."
    if accounts:
        hint = (
            f"Say which account is meant where none is named: `pulumi config set polytomic:account "
            f"{accounts[0]}`, or set a key of its own: `pulumi config set --secret "
            "polytomic:apiKey`."
        )
    raise MissingSetting("A Polytomic API key", looked_in, hint=hint)
