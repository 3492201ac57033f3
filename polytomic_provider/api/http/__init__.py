"""The HTTP layer: settings, transport, retries, errors. It knows no object of Polytomic."""

import sys

_COMMAND_LINE = "httpx._main"

if "httpx" not in sys.modules:
    # httpx's own command line loads click, rich and pygments where they are installed: 0.1 s of
    # every program and provider. Without that module httpx does as if they were not installed.
    sys.modules[_COMMAND_LINE] = None  # pyright: ignore[reportArgumentType]
    try:
        import httpx as httpx
    finally:
        del sys.modules[_COMMAND_LINE]
