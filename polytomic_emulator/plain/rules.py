"""Rules that several plain kinds share. Each returns a function that judges one write."""

from polytomic_emulator.http.reading import is_web_url
from polytomic_emulator.plain.kind import Change, Rule


def not_empty(key: str) -> Rule:
    """Refuse a text of spaces alone."""

    def rule(change: Change) -> None:
        if not change.values[key].strip():
            raise change.refusal(key, "must not be empty")

    return rule


def web_url(key: str) -> Rule:
    """Refuse a text that is no http or https URL."""

    def rule(change: Change) -> None:
        if not is_web_url(change.values[key]):
            raise change.refusal(key, "must be an http or https URL")

    return rule


def unique(key: str) -> Rule:
    """Refuse a value that another object has, where the switch `duplicate_names` says so."""

    def rule(change: Change) -> None:
        if change.state.behaviour.duplicate_names == "allow":
            return
        if any(one.values[key] == change.values[key] for one in change.others()):
            raise change.refusal(key, f"is that of another {change.kind.name}")

    return rule
