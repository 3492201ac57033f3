"""The `polytomic` command."""

import sys


def main() -> None:
    """Entry point of the console script."""
    try:
        from polytomic_provider.cli.commands import polytomic
    except ModuleNotFoundError as error:
        if error.name != "click":
            raise
        sys.exit(
            "The polytomic command needs a few more packages. Install them with: "
            "pip install 'pulumi-polytomic[cli,emulator]'"
        )
    polytomic()
