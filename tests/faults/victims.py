"""The processes of a running `pulumi up`, to be stopped and killed at an exact point (Linux)."""

import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PROVIDER = "dynamic"


def descendants(pid: int) -> list[int]:
    """Every process below one, however deep."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError, ValueError):
                after_name = (folder / "stat").read_text().rpartition(")")[2].split()
                parents.setdefault(int(after_name[1]), []).append(int(folder.name))
    found: list[int] = []
    open_ = [pid]
    while open_:
        below = parents.get(open_.pop(), [])
        found += below
        open_ += below
    return found


@dataclass(frozen=True)
class Victims:
    """A running engine and the processes that serve it."""

    engine: int
    providers: tuple[int, ...]
    others: tuple[int, ...]

    @classmethod
    def of(cls, engine: int) -> "Victims":
        """As they are at this moment."""
        below = descendants(engine)
        providers = [pid for pid in below if _PROVIDER in _command(pid)]
        assert providers, [_command(pid) for pid in below]
        return cls(engine, tuple(providers), tuple(p for p in below if p not in providers))

    def signal(self, victim: str, number: signal.Signals) -> None:
        """Send a signal to the engine, or to the provider."""
        for pid in (self.engine,) if victim == "engine" else self.providers:
            with suppress(ProcessLookupError):
                os.kill(pid, number)

    def reap(self) -> None:
        """End what a killed engine has left behind."""
        for pid in (*self.providers, *self.others):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def answers_waiting(self) -> int:
        """Bytes from the provider that the engine has not read yet."""
        ports = {port for pid in self.providers for port in _listening(pid)}
        return sum(waiting for _, remote, _, waiting, _ in _connections() if remote in ports)


def _command(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


def _listening(pid: int) -> set[int]:
    inodes: set[str] = set()
    with suppress(OSError):
        for one in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                inodes.add(str(one.readlink()).removeprefix("socket:[").removesuffix("]"))
    return {
        local for local, _, state, _, inode in _connections() if state == "0A" and inode in inodes
    }


def _connections() -> list[tuple[int, int, str, int, str]]:
    """Local port, remote port, state, bytes received and not read, inode of every TCP socket."""
    found: list[tuple[int, int, str, int, str]] = []
    for name in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]:
            part = line.split()
            local, remote = (int(part[n].rpartition(":")[2], 16) for n in (1, 2))
            found.append((local, remote, part[3], int(part[4].partition(":")[2], 16), part[9]))
    return found
