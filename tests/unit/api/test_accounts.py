"""Accounts: which key and address each has, and that no key goes anywhere else or is shown."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polytomic_provider.api import (
    InvalidSetting,
    MissingSetting,
    Settings,
    SettingsError,
    UnknownAccount,
    UntrustedURL,
    Workspace,
    resolve_settings,
)

KEY, EU, US = "pk-default-0123456789", "pk-europe-0123456789", "pk-america-0123456789"
HERE = {"polytomic:apiKey": KEY}


def settled(accounts: object, *, environ: dict[str, str] | None = None, **config: str) -> Settings:
    given = {f"polytomic:{name}": value for name, value in config.items()}
    return resolve_settings({**given, "polytomic:accounts": json.dumps(accounts)}, environ or {})


def test_each_account_has_a_key_and_what_is_about_the_run_is_that_of_all() -> None:
    accounts = {"eu": {"apiKey": EU, "namespace": "n"}, "us": {"apiKey": US}}
    found = settled(accounts, apiKey=KEY, workers="3", apiVersion="2024-02-08", namespace="all")
    eu, us = found.of_account("eu"), found.of(Workspace("us"))
    assert [one.key.reveal() for one in (found, eu, us)] == [KEY, EU, US]
    assert [one.namespace for one in (found, eu, us)] == ["all", "n", "all"]
    assert {one.workers for one in (found, eu, us)} == {3}
    assert {one.api_version for one in (found, eu, us)} == {"2024-02-08"}
    assert us.key_place() == "stack configuration polytomic:accounts.us.apiKey"
    for one in (found, eu, us):
        shown = one.redact(f"{KEY} {EU} {US} {found!r}")
        assert not any(key in shown for key in (KEY, EU, US))


def test_permission_to_change_the_workspace_and_organization_are_the_accounts_own() -> None:
    found = settled(
        {"eu": {"apiKey": EU}}, apiKey=KEY, allowWorkspaceChange="true", organizationId="org-1"
    ).of_account("eu")
    assert (found.allow_workspace_change, found.organization_id) == (False, None)
    found = settled({"eu": {"apiKey": EU, "allowWorkspaceChange": True}}, apiKey=KEY)
    assert found.of_account("eu").allow_workspace_change
    with pytest.raises(MissingSetting, match=r"--path polytomic:accounts.eu.organizationId"):
        settled({"eu": {"partnerKey": EU}}, apiKey=KEY, organizationId="org-1")


def test_an_account_without_an_address_does_not_take_another_one() -> None:
    accounts = {"eu": {"apiKey": EU}}
    with pytest.raises(MissingSetting, match=r"'polytomic:accounts.eu.url'"):
        settled(accounts, apiKey=KEY, url="https://polytomic.acme.example")
    with pytest.raises(MissingSetting, match="POLYTOMIC_DEPLOYMENT_URL_EU"):
        settled(accounts, apiKey=KEY, environ={"POLYTOMIC_DEPLOYMENT_URL": "https://acme.example"})
    both = {"eu": {"apiKey": EU, "url": "https://eu.acme.example"}}
    found = settled(both, apiKey=KEY, url="https://polytomic.acme.example")
    assert found.of_account("eu").url == "https://eu.acme.example"


def test_the_environment_names_accounts_and_trusts_no_file() -> None:
    environ = {"POLYTOMIC_API_KEY": KEY, "POLYTOMIC_PARTNER_KEY_EU_WEST": EU}
    environ["POLYTOMIC_ORGANIZATION_ID_EU_WEST"] = "org-1"
    found = resolve_settings({}, environ).of_account("eu-west")
    assert (found.key.reveal(), found.organization_id) == (EU, "org-1")
    with pytest.raises(UntrustedURL):
        settled(
            {"eu-west": {"url": "https://evil.example"}}, environ=environ, organizationId="org-1"
        )


def test_the_account_of_resources_that_name_none() -> None:
    accounts = {"eu": {"apiKey": EU}, "us": {"apiKey": US}}
    found = settled(accounts, account="us")
    assert found.key.reveal() == US
    assert found.of_account("eu").key.reveal() == EU
    assert found.is_same_account(None, "us")
    assert not found.is_same_account(None, "eu")
    with pytest.raises(InvalidSetting, match="one of both"):
        settled(accounts, account="us", apiKey=KEY)
    with pytest.raises(UnknownAccount, match=r"polytomic:account: there is no account 'asia'"):
        settled(accounts, account="asia")
    with pytest.raises(MissingSetting, match="polytomic:account eu"):
        settled(accounts)


@pytest.mark.parametrize(
    ("accounts", "told"),
    [
        ([EU], "an object of accounts by name"),
        (EU, "an object of accounts by name"),
        ({"e u": {"apiKey": EU}}, "letters, digits"),
        ({"eu": EU}, "an object of settings"),
        ({"eu": {"apikey": EU}}, "polytomic:accounts.eu.apikey"),
        ({"eu": {"workers": 3}}, "polytomic:accounts.eu.workers"),
        ({"eu": {"apiKey": [EU]}}, "one text"),
        ({"eu": {"url": "https://eu.example"}}, "polytomic:accounts.eu.apiKey"),
        ({"eu": {"apiKey": EU, "partnerKey": US}}, "one kind of key"),
        ({"eu-1": {"apiKey": EU}, "eu_1": {"apiKey": US}}, "rename one"),
    ],
)
def test_what_is_no_account_is_refused_with_the_way_out(accounts: object, told: str) -> None:
    with pytest.raises(SettingsError) as refused:
        settled(accounts, apiKey=KEY)
    text = str(refused.value)
    assert told in text
    assert refused.value.hint
    assert not any(key in text for key in (KEY, EU, US))


def test_an_unknown_account_names_those_that_there_are() -> None:
    with pytest.raises(UnknownAccount) as refused:
        settled({"eu": {"apiKey": EU}}, apiKey=KEY).of_account("asia")
    assert "known: 'eu'" in str(refused.value)
    assert "'polytomic:accounts.asia.apiKey'" in str(refused.value)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from([EU, "", "x", "https://a.example"]),
    lambda inside: (
        st.lists(inside, max_size=2)
        | st.dictionaries(st.sampled_from(["eu", "apiKey", "url", "k"]), inside, max_size=3)
    ),
    max_leaves=6,
)


@given(VALUES | st.dictionaries(st.sampled_from(["eu", "us"]), VALUES, max_size=2))
def test_no_shape_makes_a_key_appear_or_another_error(accounts: object) -> None:
    try:
        found, shown = settled(accounts, apiKey=KEY), ""
    except SettingsError as error:
        found, shown = None, f"{error!r}{error}"
    assert EU not in f"{shown}{found!r}"
    addresses = {one.url for one in found.accounts} if found else set[str]()
    assert addresses <= {"https://app.polytomic.com", "https://a.example"}
