"""Starts the Python language host; `.engine/bin/pulumi-language-python` runs this file."""

import sys
from pathlib import Path

# The engine starts this anywhere, by its path: then `tools` is not importable yet.
sys.path[0] = str(Path(__file__).resolve().parents[1])

from tools.engine.language_host.server import main  # noqa: E402

if __name__ == "__main__":
    raise SystemExit(main())
