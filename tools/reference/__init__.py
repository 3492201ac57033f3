"""The pages of the documentation that are made from the code: `python -m tools.reference`."""

from collections.abc import Callable, Iterator
from pathlib import Path

from polytomic_provider.kinds import HANDLERS
from tools.reference import connection_types, coverage, errors, functions, licences, resources

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
END = "<!-- end of what `python -m tools.reference` writes -->"


def pages() -> Iterator[tuple[Path, str]]:
    """Yield each page with the text that it should have.

    What a person has written below the mark `END` of a page stays as it is.
    """
    made: dict[Path, Callable[[], str]] = {
        REFERENCE / "connection-types.md": connection_types.page,
        REFERENCE / "coverage.md": coverage.page,
        REFERENCE / "errors.md": errors.page,
        REFERENCE / "licences.md": licences.page,
    }
    made[REFERENCE / "resources" / "index.md"] = resources.overview
    made[REFERENCE / "functions" / "index.md"] = functions.overview
    for kind in HANDLERS:
        made[resource_page(kind)] = lambda kind=kind: resources.page(kind)
    for name in resources.COMPONENTS:
        made[resource_page(name)] = lambda name=name: resources.component_page(name)
    for name in functions.NAMES:
        made[REFERENCE / "functions" / f"{name}.md"] = lambda name=name: functions.page(name)
    for path, write in made.items():
        yield path, f"{write()}\n{END}\n{_written_by_hand(path)}"


def resource_page(kind: str) -> Path:
    """Return the page of a resource."""
    return REFERENCE / "resources" / f"{kind}.md"


def _written_by_hand(path: Path) -> str:
    if not path.exists():
        return ""
    return path.read_text(encoding="utf-8").partition(f"{END}\n")[2]
