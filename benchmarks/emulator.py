"""Measure the emulator: how fast it starts, answers and bears many clients. Asserts nothing.

Run it with `python benchmarks/emulator.py`; the numbers are of the machine as it is just now.
"""

import argparse
import http.client
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Self
from urllib.parse import urlsplit

CONNECTION = {
    "name": "Measured",
    "type": "postgresql",
    "configuration": {
        "hostname": "db.example.com",
        "username": "reader",
        "password": "measured-password",
        "database": "sales",
    },
}


class Server:
    """One `polytomic emulator` process; `started` is the time to its first answer, in seconds."""

    def __init__(self, folder: Path, *options: str) -> None:
        ready_file = folder / f"ready-{time.monotonic_ns()}.json"
        began = time.perf_counter()
        self._process = subprocess.Popen(  # noqa: S603
            [
                sys.executable,
                *("-m", "polytomic_provider.cli", "emulator"),
                *("--ready-file", str(ready_file), *options),
            ],
            stdout=subprocess.DEVNULL,
        )
        while not ready_file.exists():
            if self._process.poll() is not None:
                raise SystemExit("the emulator did not start")
            time.sleep(0.002)
        ready: dict[str, str] = json.loads(ready_file.read_text())
        address = urlsplit(ready["url"])
        self._host, self._port = address.hostname or "", address.port or 0
        self._headers = {
            "Authorization": f"Bearer {ready['api_key']}",
            "Content-Type": "application/json",
        }
        self.client().ask("GET", "/api/me")
        self.started = time.perf_counter() - began

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._process.terminate()
        self._process.wait()

    def client(self) -> "Client":
        """A client with a connection of its own."""
        return Client(http.client.HTTPConnection(self._host, self._port), self._headers)


@dataclass
class Client:
    """One kept-alive connection."""

    connection: http.client.HTTPConnection
    headers: dict[str, str]

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """One request and its answer; ends the benchmark where the answer is a refusal."""
        text = None if body is None else json.dumps(body)
        self.connection.request(method, path, text, self.headers)
        reply = self.connection.getresponse()
        answer = reply.read()
        if reply.status >= 400:
            raise SystemExit(f"{method} {path}: {reply.status} {answer.decode()}")
        return json.loads(answer) if answer else None


def mixed(client: Client) -> list[float]:
    """Create, read, change, list, delete; how long each took, in seconds."""
    took: list[float] = []

    def timed(method: str, path: str, body: Any = None) -> Any:
        began = time.perf_counter()
        answer = client.ask(method, path, body)
        took.append(time.perf_counter() - began)
        return answer

    made = timed("POST", "/api/connections", CONNECTION)["data"]["id"]
    timed("GET", f"/api/connections/{made}")
    timed("PUT", f"/api/connections/{made}", {**CONNECTION, "name": "Changed"})
    timed("GET", "/api/connections")
    timed("DELETE", f"/api/connections/{made}")
    return took


def measure(
    server: Server, clients: int, rounds: int, work: Callable[[Client], list[float]]
) -> str:
    """Requests a second and percentiles of latency for so many clients at once."""

    def one(_: int) -> list[float]:
        client = server.client()
        return [took for _ in range(rounds) for took in work(client)]

    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        took = [each for found in pool.map(one, range(clients)) for each in found]
    spent = time.perf_counter() - began
    cuts = quantiles(took, n=100)
    p50, p95, p99 = (f"{cuts[at - 1] * 1000:.1f}" for at in (50, 95, 99))
    return (
        f"{len(took) / spent:6.0f} requests/s   latency p50 {p50} ms, p95 {p95} ms,"
        f" p99 {p99} ms, most {max(took) * 1000:.0f} ms"
    )


def main() -> None:
    """Print everything that there is to say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", type=int, default=7, help="how often to start it")
    parser.add_argument("--rounds", type=int, default=200, help="rounds of work in each measure")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        starts: list[float] = []
        for _ in range(wanted.starts):
            with Server(folder) as server:
                starts.append(server.started)
        print(
            f"start to first answer   median {median(starts):.2f} s,"
            f" fastest {min(starts):.2f} s, slowest {max(starts):.2f} s"
        )
        kinds = {"in memory": (), "in a folder": ("--data", str(folder / "data"))}
        for kind, options in kinds.items():
            with Server(folder, *options) as server:
                for clients in (1, 50):
                    rounds = max(1, wanted.rounds // clients)
                    found = measure(server, clients, rounds, mixed)
                    print(f"{kind:12} {clients:3} clients   {found}")


if __name__ == "__main__":
    main()
