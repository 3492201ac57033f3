"""Every kind takes an account, which picks the key and is sent to nobody."""

import pytest

from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.lifecycle.comparison import compare

ACCOUNTS = [("eu", "us"), (None, "eu"), ("eu", None)]


@pytest.mark.parametrize("kind", list(HANDLERS))
@pytest.mark.parametrize(("old", "new"), ACCOUNTS)
def test_another_account_is_written_down_and_neither_sent_nor_a_replacement(
    kind: str, old: str | None, new: str | None
):
    arguments = HANDLERS[kind].arguments
    found = compare(arguments, {"account": old}, {"account": new})
    assert found.differs
    assert list(found.sent) == []
    assert list(found.replaces) == []
