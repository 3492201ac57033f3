"""Which Pulumi this checkout uses: the versions, read from the files that pin them."""

import re
from dataclasses import dataclass

from tools.environment.checkout import Checkout
from tools.environment.errors import SetupError

CLI_PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
SDK_MODULE = "github.com/pulumi/pulumi/sdk/v3"

LANGUAGE_HOST = "pulumi-language-python"
EXEC_SCRIPT = "pulumi-language-python-exec"
DYNAMIC_PROVIDER = "pulumi-resource-pulumi-python"
# What the engine needs beside itself to run Python programs with dynamic resources.
COMPANIONS = (LANGUAGE_HOST, EXEC_SCRIPT, DYNAMIC_PROVIDER)


@dataclass(frozen=True, order=True)
class Version:
    """A release number; the order is that of the numbers."""

    major: int
    minor: int
    patch: int = 0

    @classmethod
    def parse(cls, text: str) -> "Version":
        """Reads `v3.259.0`, `3.219` or the like.

        Raises:
            ValueError: there is no release number at the start.
        """
        match = re.match(r"v?(\d+)\.(\d+)(?:\.(\d+))?", text.strip())
        if match is None:
            raise ValueError(f"no version number in {text!r}")
        return cls(*(int(part or 0) for part in match.groups()))

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"


def pinned_version(checkout: Checkout) -> Version:
    """The release that is installed or built here: the CLI's version in tools/engine/go.mod."""
    text = (checkout.engine_sources / "go.mod").read_text()
    match = re.search(rf"^\s*{re.escape(SDK_MODULE)}\s+(v\S+)", text, re.MULTILINE)
    if match is None:
        raise SetupError(f"tools/engine/go.mod does not require {SDK_MODULE}.")
    return Version.parse(match.group(1))


def minimum_version() -> Version:
    """The oldest usable release; `make torture` runs tests on it."""
    return Version(3, 219)
