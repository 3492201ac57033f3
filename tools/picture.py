"""Draw the picture of the README from a real preview, in colour: `python -m tools.picture`.

A pipeline is deployed to an emulator, its program is changed, and `pulumi preview` shows what the
change means. Nothing is drawn that Pulumi did not print; long ids are left out.
"""

import re
import sys
import tempfile
from io import StringIO
from pathlib import Path

from rich.console import CONSOLE_SVG_FORMAT, Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from polytomic_emulator import RunningEmulator
from tests.engine.deployment import Deployment

PICTURE = Path(__file__).parents[1] / "docs" / "preview.svg"
WIDTH = 96
TITLE = "A change of a sync: what differs, and what becomes of the data"
PROGRAM = """
from polytomic_provider import Connection, ConnectionReadiness, Model, Schedule, Sync
from polytomic_provider.filters import is_not_null

database = Connection(
    "database",
    type="postgresql",
    configuration={
        "hostname": "db.example.com",
        "port": 5432,
        "database": "shop",
        "username": "reader",
        "password": "made-up",
    },
)
salesforce = Connection(
    "salesforce", type="salesforce", configuration={"domain": "acme.my.salesforce.com"}
)
contacts = Model(
    "contacts",
    connection_id=ConnectionReadiness("database-ready", connection=database),
    configuration={"table": "public.contacts"},
    fields=["id", "email", "first_name", "last_name", "subscribed"],
)
Sync(
    "contacts-to-salesforce",
    model=contacts,
    mode="updateOrCreate",
    target={
        "connection_id": ConnectionReadiness("salesforce-ready", connection=salesforce),
        "object": "Contact",
    },
    identity=("email", "Email"),
    fields={"email": "Email", "first_name": "FirstName", "last_name": "LastName"},
    filters=[is_not_null("email")],
    schedule=Schedule.daily(hour=10, minute=30),
    active=True,
)
"""
CHANGES = {
    '"last_name": "LastName"}': '"last_name": "LastName", "id": "External_Id__c"}',
    '[is_not_null("email")]': '[is_not_null("email"), is_true("subscribed")]',
    "import is_not_null": "import is_not_null, is_true",
    "daily(hour=10, minute=30)": "hourly()",
}
_LEFT_OUT = re.compile(r"^\s*\[(?:urn|id)=|^Previewing|^Duration")
_FONT = re.compile(r"@font-face \{\{.*?\}\}|<!-- Generated .*? -->", re.DOTALL)
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


def preview() -> str:
    """Deploy the program, change it, and return what the preview prints, with its colours."""
    changed = PROGRAM
    for before, after in CHANGES.items():
        changed = changed.replace(before, after)
    with (
        RunningEmulator(consent_after=0.1, seed=1) as emulator,
        tempfile.TemporaryDirectory() as at,
    ):
        environment = {
            "POLYTOMIC_DEPLOYMENT_URL": emulator.url,
            "POLYTOMIC_API_KEY": emulator.api_key,
        }
        deployment = Deployment(Path(at) / "stack", environment)
        deployment.folder.mkdir()
        deployment.create().deploy(PROGRAM)
        deployment.program(changed)
        return deployment.preview("--color", "always", "--suppress-progress").ok().text


def draw(printed: str) -> str:
    """Return the picture of what a terminal shows. It fetches no font from elsewhere."""
    console = Console(
        record=True, width=WIDTH, file=StringIO(), force_terminal=True, color_system="truecolor"
    )
    console.print(Text.from_ansi("$ pulumi preview --diff"))
    for line in printed.splitlines():
        plain = _ANSI.sub("", line)
        if plain.strip() and not _LEFT_OUT.match(plain):
            console.print(Text.from_ansi(line))
    template = _FONT.sub("", CONSOLE_SVG_FORMAT)
    return console.export_svg(title=TITLE, theme=MONOKAI, code_format=template, unique_id="preview")


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE
    target.write_text(draw(preview()), encoding="utf-8")
