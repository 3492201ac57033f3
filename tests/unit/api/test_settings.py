"""Settings: where they are looked up, what is accepted, and that no key is ever shown."""

import copy
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polytomic_provider.api import (
    InsecureURL,
    InvalidSetting,
    KeyKind,
    MissingSetting,
    PolytomicError,
    Secret,
    Settings,
    SettingsError,
    UntrustedURL,
    resolve_settings,
)

KEY = "pk-0123456789-very-secret"


def stack(**values: str) -> Settings:
    config = {"polytomic:apiKey": KEY} | {f"polytomic:{k}": v for k, v in values.items()}
    return resolve_settings(config, {})


def test_a_key_alone_is_enough() -> None:
    settings = resolve_settings({}, {"POLYTOMIC_API_KEY": KEY})
    assert settings.authorization() == f"Bearer {KEY}"
    assert settings.url == "https://app.polytomic.com"
    assert settings.api_version == "2025-09-18"
    assert (settings.request_timeout, settings.operation_timeout) == (60.0, 600.0)
    assert (settings.workers, settings.allow_workspace_change) == (32, False)
    assert (settings.data_preview, settings.preview_values) == ("counts", "masked")


def test_what_a_preview_shows_of_data_is_chosen_in_the_stack() -> None:
    settings = stack(dataPreview="Rows", previewValues="plain")
    assert (settings.data_preview, settings.preview_values) == ("rows", "plain")


def test_the_stack_wins_over_the_environment_and_provenance_says_so() -> None:
    settings = resolve_settings(
        {"polytomic:apiKey": KEY, "polytomic:url": "https://a.example"},
        {
            "POLYTOMIC_API_KEY": "another-key",
            "POLYTOMIC_DEPLOYMENT_URL": "https://b.example",
            "POLYTOMIC_ORGANIZATION_ID": "org-1",
        },
    )
    assert settings.key.reveal() == KEY
    assert settings.provenance["key"] == "stack configuration polytomic:apiKey"
    assert settings.provenance["url"] == "stack configuration polytomic:url"
    assert settings.provenance["organization_id"] == "environment POLYTOMIC_ORGANIZATION_ID"
    assert settings.provenance["workers"] == "default"


def test_a_key_of_any_kind_in_the_stack_wins_over_every_key_in_the_environment() -> None:
    settings = resolve_settings(
        {"polytomic:partnerKey": KEY, "polytomic:organizationId": "org-1"},
        {"POLYTOMIC_API_KEY": "another-key", "POLYTOMIC_DEPLOYMENT_KEY": "a-third-key"},
    )
    assert settings.key_kind is KeyKind.PARTNER


@pytest.mark.parametrize("kind", ["partnerKey", "deploymentKey"])
def test_partner_and_deployment_keys_travel_as_basic_with_their_organization(kind: str) -> None:
    config = {f"polytomic:{kind}": "secretkey", "polytomic:organizationId": "org-1"}
    settings = resolve_settings(config, {})
    assert settings.authorization() == "Basic b3JnLTE6c2VjcmV0a2V5"
    assert settings.for_organization("org-2").authorization() == "Basic b3JnLTI6c2VjcmV0a2V5"


@pytest.mark.parametrize("kind", ["partnerKey", "deploymentKey"])
def test_partner_and_deployment_keys_need_an_organization(kind: str) -> None:
    with pytest.raises(MissingSetting) as caught:
        resolve_settings({f"polytomic:{kind}": KEY}, {})
    assert caught.value.looked_in == (
        "stack configuration polytomic:organizationId",
        "environment POLYTOMIC_ORGANIZATION_ID",
    )
    assert kind in str(caught.value)


def test_no_key_names_every_place_and_the_empty_ones() -> None:
    with pytest.raises(MissingSetting) as caught:
        resolve_settings({"polytomic:apiKey": " \n"}, {})
    assert caught.value.looked_in == (
        "stack configuration polytomic:apiKey (it is there, but empty)",
        "stack configuration polytomic:partnerKey",
        "stack configuration polytomic:deploymentKey",
        "environment POLYTOMIC_API_KEY",
        "environment POLYTOMIC_PARTNER_KEY",
        "environment POLYTOMIC_DEPLOYMENT_KEY",
    )
    assert "pulumi config set --secret polytomic:apiKey" in str(caught.value)


def test_two_kinds_of_keys_in_one_place_are_named_and_refused() -> None:
    environ = {"POLYTOMIC_API_KEY": KEY, "POLYTOMIC_DEPLOYMENT_KEY": "another-key-here"}
    with pytest.raises(InvalidSetting) as caught:
        resolve_settings({}, environ)
    assert "environment POLYTOMIC_API_KEY and environment POLYTOMIC_DEPLOYMENT_KEY" in str(
        caught.value
    )
    assert KEY not in str(caught.value)
    assert "another-key-here" not in str(caught.value)


def test_a_key_pasted_with_line_breaks_is_stripped() -> None:
    assert resolve_settings({"polytomic:apiKey": f"\n {KEY}\r\n"}, {}).key.reveal() == KEY


@pytest.mark.parametrize("bad", ["two words", "line\nbreak-in-it", "schlüssel-123", "nul\0nul-nul"])
def test_a_key_that_no_header_can_carry_is_refused_without_being_shown(bad: str) -> None:
    with pytest.raises(InvalidSetting) as caught:
        resolve_settings({"polytomic:apiKey": bad}, {})
    assert bad not in str(caught.value)
    assert "polytomic:apiKey" in str(caught.value)


@pytest.mark.parametrize(
    ("given", "normal"),
    [
        ("app.example.com", "https://app.example.com"),
        ("https://app.example.com/", "https://app.example.com"),
        ("https://app.example.com///", "https://app.example.com"),
        ("https://app.example.com/api", "https://app.example.com"),
        ("https://app.example.com/api/", "https://app.example.com"),
        ("https://APP.example.com:8443/polytomic/api", "https://app.example.com:8443/polytomic"),
        ("https://app.example.com/myapi", "https://app.example.com/myapi"),
        ("http://localhost:8080/", "http://localhost:8080"),
        ("http://127.0.0.1:1", "http://127.0.0.1:1"),
        ("http://127.8.9.1", "http://127.8.9.1"),
        ("http://[::1]:8080/api", "http://[::1]:8080"),
        ("https://[2001:db8::1]", "https://[2001:db8::1]"),
    ],
)
def test_urls_are_brought_to_one_form(given: str, normal: str) -> None:
    assert stack(url=given).url == normal
    assert stack(url=normal).url == normal


@pytest.mark.parametrize(
    "url",
    [
        "http://app.polytomic.com",
        "HTTP://app.polytomic.com",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "http://2130706433",
        "http://127.1",
        "http://[::ffff:127.0.0.1]",
        "http://10.0.0.1",
        "http://0.0.0.0",
    ],
)
def test_a_key_never_goes_over_plain_http_to_another_machine(url: str) -> None:
    with pytest.raises(InsecureURL) as caught:
        stack(url=url)
    assert "https://" in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://app.example.com",
        "https://",
        "https://user:password@app.example.com",
        "http://localhost@evil.example",
        "https://localhost\\@evil.example",
        "https://app.example.com/?a=b",
        "https://app.example.com/#x",
        "https://app.example.com:99999",
        "https://app.example.com:port",
        "https://with space.example",
        "https:app.example.com",
        f"https://{'x' * 64}.example",
        "https://a..b",
    ],
)
def test_other_urls_are_refused(url: str) -> None:
    with pytest.raises(InvalidSetting) as caught:
        stack(url=url)
    assert "stack configuration polytomic:url" in str(caught.value)
    assert "password" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("30s", 30), ("5m", 300), ("1h", 3600), ("90", 90), ("1.5", 1.5), ("1h30m", 5400),
     ("250ms", 0.25), (" 10m\n", 600)],
)  # fmt: skip
def test_lengths_of_time_are_read(text: str, seconds: float) -> None:
    assert stack(requestTimeout=text).request_timeout == seconds
    assert stack(operationTimeout=text).operation_timeout == seconds


@pytest.mark.parametrize(
    ("name", "value", "accepted"),
    [
        ("requestTimeout", "0", "30s, 5m, 1h"),
        ("requestTimeout", "-5s", "30s, 5m, 1h"),
        ("operationTimeout", "soon", "30s, 5m, 1h"),
        ("operationTimeout", "25h", "up to 24h"),
        ("allowWorkspaceChange", "yes", "true, false"),
        ("workers", "many", "0 to 256"),
        ("workers", "257", "0 to 256"),
        ("apiVersion", "latest", "2025-09-18"),
        ("organizationId", "a:b", "without colons"),
        ("liveValidation", "loud", "error, warn, off"),
        ("dataPreview", "all", "counts, rows, off"),
        ("previewValues", "clear", "masked, plain"),
        ("secretAuthUrl", "maybe", "true, false"),
    ],
)
def test_a_wrong_value_is_shown_with_what_is_accepted(name: str, value: str, accepted: str) -> None:
    with pytest.raises(InvalidSetting) as caught:
        stack(**{name: value})
    text = str(caught.value)
    assert f"stack configuration polytomic:{name}" in text
    assert repr(value) in text
    assert accepted in text


def test_a_secret_is_neither_shown_nor_copied() -> None:
    secret = Secret(KEY)
    assert KEY not in f"{secret!r} {secret} {secret:>40} {[secret]}"
    for copier in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            copier(secret)
    with pytest.raises(TypeError):
        pickle.dumps(stack())


def test_a_key_pasted_into_another_setting_is_not_shown() -> None:
    assert KEY not in repr(stack(namespace=KEY))
    assert KEY not in repr(stack(url=f"https://{KEY}"))
    for name in ("workers", "apiVersion", "requestTimeout", "allowWorkspaceChange", "url"):
        with pytest.raises(SettingsError) as caught:
            stack(**{name: f"http://{KEY}" if name == "url" else KEY})
        assert KEY not in str(caught.value)


def test_key_and_address_that_were_swapped_are_known_before_any_look_up() -> None:
    with pytest.raises(InvalidSetting, match="swapped") as caught:
        stack(url="pk0123456789abcdef")
    assert "pk0123456789" not in str(caught.value)
    with pytest.raises(InvalidSetting, match="swapped"):
        resolve_settings({"polytomic:apiKey": "https://app.polytomic.com"}, {})
    assert stack(url="https://polytomic").url == "https://polytomic"
    assert stack(url="localhost").url == "https://localhost"


SELF_HOSTED = "https://polytomic.bank.example"


def environments_key(url: str, **environ: str) -> Settings:
    """The key of the environment with an address of the stack's configuration."""
    return resolve_settings({"polytomic:url": url}, {"POLYTOMIC_API_KEY": KEY, **environ})


def test_a_file_cannot_send_the_key_of_the_environment_anywhere() -> None:
    with pytest.raises(UntrustedURL) as caught:
        environments_key(f"{SELF_HOSTED}/api")
    assert f"POLYTOMIC_TRUSTED_URLS={SELF_HOSTED}" in str(caught.value)
    assert KEY not in str(caught.value)
    for other in ("https://polytomic.com.evil.example", "https://notpolytomic.com"):
        with pytest.raises(UntrustedURL):
            environments_key(other, POLYTOMIC_TRUSTED_URLS=SELF_HOSTED)


def test_an_address_that_may_have_the_key_is_used() -> None:
    trusted = f"https://other.example {SELF_HOSTED}/"
    assert environments_key(SELF_HOSTED, POLYTOMIC_TRUSTED_URLS=trusted).url == SELF_HOSTED
    for usual in ("https://app.polytomic.com", "https://eu.polytomic.com", "http://127.0.0.1:1"):
        assert environments_key(usual).url == usual
    # Who sets the address beside the key, or both in the stack, means it.
    environ = {"POLYTOMIC_API_KEY": KEY, "POLYTOMIC_DEPLOYMENT_URL": SELF_HOSTED}
    assert resolve_settings({}, environ).url == SELF_HOSTED
    assert stack(url=SELF_HOSTED).url == SELF_HOSTED


KEYS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=16, max_size=40)
NAMES = st.sampled_from(
    ["url", "organizationId", "apiVersion", "namespace", "requestTimeout", "operationTimeout",
     "allowWorkspaceChange", "workers", "partnerKey", "deploymentKey"]
)  # fmt: skip


@settings(deadline=None)
@given(
    key=KEYS,
    kind=st.sampled_from(["apiKey", "partnerKey", "deploymentKey"]),
    others=st.dictionaries(NAMES, st.text(max_size=30) | st.just("org-1")),
    environ=st.dictionaries(
        st.sampled_from(["POLYTOMIC_ORGANIZATION_ID", "POLYTOMIC_DEPLOYMENT_URL"]),
        st.text(max_size=30),
    ),
    repeat=NAMES,
)
def test_no_input_makes_the_key_appear(
    key: str, kind: str, others: dict[str, str], environ: dict[str, str], repeat: str
) -> None:
    config = {f"polytomic:{name}": value for name, value in others.items()}
    if others.get(repeat):
        config[f"polytomic:{repeat}"] += key
    config[f"polytomic:{kind}"] = key
    try:
        shown = repr(resolve_settings(config, environ))
    except PolytomicError as error:
        shown = f"{error} {error!r} {error.args}"
    assert key not in shown
    assert repr(key)[1:-1] not in shown
