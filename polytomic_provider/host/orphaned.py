"""Ends the provider's process when its engine is gone, which Pulumi's host does not notice.

A provider that lives on after `kill -9` of the engine would go on sending requests whose outcome
nobody records. Held to each SDK version by `tests/engine/test_orphaned.py`.
"""

import os
import socket
import sys
import threading
import time
from functools import cache

SECONDS = 2.0
"""Between two looks at the engine; the second one in vain ends the process."""


@cache
def end_with_engine() -> None:
    """Start to watch the engine, once per process of Pulumi's host; elsewhere do nothing."""
    host, _, port = sys.argv[1].rpartition(":") if len(sys.argv) == 2 else ("", "", "")
    if hasattr(sys.modules.get("__main__"), "DynamicResourceProviderServicer") and port.isdigit():
        threading.Thread(
            target=_look_after, args=(host, int(port)), name="look-after-engine", daemon=True
        ).start()


def _look_after(host: str, port: int) -> None:
    in_vain = 0
    while in_vain < 2:
        time.sleep(SECONDS)
        try:
            socket.create_connection((host, port), timeout=SECONDS).close()
            in_vain = 0
        except ConnectionRefusedError:
            in_vain += 1
        except OSError:
            in_vain = 0  # a machine that is out of sockets says nothing about the engine
    os._exit(1)
