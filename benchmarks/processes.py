"""CPU seconds and memory of the processes of a command, by what they do; Linux only."""

import os
import threading
from collections import defaultdict
from pathlib import Path
from typing import Self

EVERY_SECONDS = 0.1
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_ROLES = {
    "pulumi.dynamic": "provider",
    "terraform-provider": "provider",
    "pulumi-language-python-exec": "program",
}


class Processes:
    """Looks at all descendants of this process while a `with` block lasts.

    Attributes:
        cpu: CPU seconds by role: `program`, `provider` and `engine`, as they were last seen.
        peak: Bytes of memory that all of them had at most at one moment.
    """

    def __init__(self) -> None:
        self.peak = 0
        self._seen: dict[int, tuple[str, float]] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    @property
    def cpu(self) -> dict[str, float]:
        """CPU seconds by role."""
        used: dict[str, float] = defaultdict(float)
        for role, seconds in self._seen.values():
            used[role] += seconds
        return dict(used)

    def _watch(self) -> None:
        while not self._ended.wait(EVERY_SECONDS):
            memory = 0
            for process in _descendants(os.getpid()):
                try:
                    words = Path(f"/proc/{process}/cmdline").read_text(errors="replace")
                    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
                    memory += int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE
                except (OSError, IndexError):
                    continue  # it has ended
                role = next((role for word, role in _ROLES.items() if word in words), "engine")
                self._seen[process] = role, (int(fields[11]) + int(fields[12])) / _TICKS
            self.peak = max(self.peak, memory)


def _descendants(process: int) -> list[int]:
    children: dict[int, list[int]] = defaultdict(list)
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue
        children[parent].append(int(folder.name))
    found: list[int] = []
    waiting = [process]
    while waiting:
        below = children[waiting.pop()]
        found += below
        waiting += below
    return found
