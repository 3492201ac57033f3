"""Which stack is meant: `dev` on the emulator, or `live` on Polytomic; and what it must know."""

import getpass
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from tools.stack.emulator import Emulator
from tools.stack.errors import StackError
from tools.stack.pulumi import Pulumi

API_KEY = "POLYTOMIC_API_KEY"


@dataclass(frozen=True)
class Value:
    """A value that the pipeline's program reads from the stack's configuration."""

    key: str
    meaning: str
    secret: bool = False
    sample: str = ""


PIPELINE_VALUES = (
    Value("salesforceDomain", "Salesforce domain", sample="acme.my.salesforce.com"),
    Value("netsuiteAccountId", "NetSuite account", sample="1234567_SB1"),
    Value("netsuiteConsumerKey", "NetSuite consumer key", secret=True),
    Value("netsuiteConsumerSecret", "NetSuite consumer secret", secret=True),
    Value("netsuiteToken", "NetSuite token id", secret=True),
    Value("netsuiteTokenSecret", "NetSuite token secret", secret=True),
)


def stack_name(environment: Mapping[str, str]) -> str:
    """`live` if there is an API key to work with, else `dev`."""
    return "live" if environment.get(API_KEY, "").strip() else "dev"


def configure_dev(pulumi: Pulumi, emulator: Emulator) -> None:
    """Tells stack `dev` where the emulator is, and makes up what it has not got yet."""
    present = pulumi.configuration()
    if present.get("polytomic:url") != emulator.url:
        pulumi.configure("polytomic:url", emulator.url)
    if present.get("polytomic:apiKey") != emulator.api_key:
        pulumi.configure("polytomic:apiKey", emulator.api_key, secret=True)
    for value in PIPELINE_VALUES:
        if value.key not in present:
            made_up = secrets.token_hex(32) if value.secret else value.sample
            pulumi.configure(value.key, made_up, secret=value.secret)


def configure_live(pulumi: Pulumi) -> None:
    """Asks for the values that stack `live` has not got yet.

    Raises:
        StackError: some are missing and nobody can be asked; the text holds the commands.
    """
    present = pulumi.configuration()
    missing = [value for value in PIPELINE_VALUES if value.key not in present]
    if missing and not sys.stdin.isatty():
        raise StackError(missing_values(missing, pulumi.stack))
    for value in missing:
        pulumi.configure(value.key, _ask(value), secret=value.secret)


def missing_values(missing: list[Value], stack: str) -> str:
    """Says which values a stack lacks, and the commands that set them."""
    commands = (
        f"  pulumi config set --stack {stack} {'--secret ' if value.secret else ''}{value.key}"
        f"{'' if value.secret else ' ' + value.sample}"
        for value in missing
    )
    return "\n".join(
        [
            f"Stack {stack} lacks values, and there is no terminal to ask for them. Set them with:",
            "  . .polytomic/environment",
            *commands,
        ]
    )


def _ask(value: Value) -> str:
    example = f" (as in {value.sample})" if value.sample else ""
    question = f"{value.meaning}{example}: "
    while True:
        answer = (getpass.getpass(question) if value.secret else input(question)).strip()
        if answer:
            return answer
