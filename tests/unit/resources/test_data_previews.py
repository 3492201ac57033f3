"""What a preview says where it has no sample."""

import pulumi
import pytest

from polytomic_provider.api import resolve_settings
from polytomic_provider.host.session import Session
from polytomic_provider.resources.preview.data import DataPreviews

KEY = "pk-canary-0123456789"


def test_whatever_is_missing_is_one_short_line_without_the_key(monkeypatch: pytest.MonkeyPatch):
    said: list[str] = []
    monkeypatch.setattr(pulumi.log, "info", said.append)
    previews = DataPreviews(Session(resolve_settings({"polytomic:apiKey": KEY}, {})))
    previews.tell_missing()
    assert said == []

    previews.missing["it is slow"] = [repr(f"sync-{number}") for number in range(200)]
    for number in range(200):
        previews.missing[f"model {number} {KEY} {'x' * 500}"] = ["'other'"]
    previews.tell_missing()
    (line,) = said
    assert line.startswith(
        "No sample of the data of: Sync 'sync-0', Sync 'sync-1', Sync 'sync-2', Sync 'sync-3', "
        "Sync 'sync-4' and 195 more (it is slow); Sync 'other' (model 0 [secret] xxx"
    )
    assert line.endswith("and 196 more.")
    assert len(line) < 1200
    assert "canary" not in line
