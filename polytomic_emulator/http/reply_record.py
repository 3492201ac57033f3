"""Every reply of the emulated API, kept in files for a program that judges them.

    POLYTOMIC_EMULATOR_REPLIES=replies polytomic emulator

Each emulator appends to a file of its own. Replies mask configurations, but their links and tokens
open things, as in any log of replies.
"""

import json
import os
import threading
import uuid
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from polytomic_emulator.http.messages import Incoming
from polytomic_emulator.http.versions import version_of
from polytomic_emulator.state.behaviour import Behaviour
from polytomic_emulator.state.idempotency import Outcome

VARIABLE = "POLYTOMIC_EMULATOR_REPLIES"
"""Names the folder; unset, nothing is kept."""


class ReplyRecord:
    """Appends one JSON object a line: request, reply, and what made it unusual."""

    def __init__(self, folder: Path) -> None:
        self._lock = threading.Lock()
        self._file = folder / f"{os.getpid()}-{uuid.uuid4().hex}.jsonl"

    @classmethod
    def wanted(cls) -> "ReplyRecord | None":
        """A record where the environment asks for one."""
        folder = os.environ.get(VARIABLE)
        return cls(Path(folder)) if folder else None

    def keep(
        self, incoming: Incoming, outcome: Outcome, behaviour: Behaviour, *, played: bool
    ) -> None:
        """Keep one reply, before it is sent. `played`: a fault or a limit made it."""
        kept = {
            "method": incoming.method,
            "path": incoming.path,
            "version": version_of(incoming),
            "status": outcome.status,
            "body": outcome.body,
            "played": played,
            "switches": _switched(behaviour),
        }
        line = json.dumps(kept) + "\n"
        with self._lock, self._file.open("a", encoding="utf-8") as file:
            file.write(line)


@lru_cache(maxsize=16)
def _switched(behaviour: Behaviour) -> dict[str, Any]:
    """The switches that are not as they begin."""
    plain = asdict(Behaviour())
    return {key: value for key, value in asdict(behaviour).items() if value != plain[key]}
