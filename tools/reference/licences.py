"""The page of the licences of what the package runs on."""

from tools.release.dependencies import PACKAGE, licence, run_time

_HEAD = """# Licences

The package itself has the [Apache licence 2.0](https://www.apache.org/licenses/LICENSE-2.0). An
installation with all extras has the packages below; what each says of its licence is read from its
own metadata. `make dist` writes the same, with versions, as a bill of materials in CycloneDX beside
the wheel."""


def page() -> str:
    """Return the generated page."""
    rows = ["| package | licence |", "|---|---|"]
    for name, one in run_time().items():
        if name != PACKAGE:
            rows.append(f"| `{name}` | {licence(one)} |")
    return "\n".join([_HEAD, "", *rows]) + "\n"
