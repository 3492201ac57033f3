"""Starts the Python language host; `.engine/bin/pulumi-language-python` runs this file."""

from engine.language_host.server import main

if __name__ == "__main__":
    raise SystemExit(main())
