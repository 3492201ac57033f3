"""Write the bill of materials of the wheel in CycloneDX: `python -m tools.release.sbom FILE`."""

import sys
from importlib.metadata import Distribution
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.utils import canonicalize_name

from tools.release.dependencies import PACKAGE, licence, requires, run_time


def bill() -> Bom:
    """Return the bill of what an installation with all extras has, on this system and Python."""
    packages = run_time()
    components = {name: _component(one) for name, one in packages.items()}
    made = Bom(components=[one for name, one in components.items() if name != PACKAGE])
    made.metadata.component = components[PACKAGE]
    for name, one in packages.items():
        made.register_dependency(components[name], [components[need] for need in requires(one)])
    return made


def _component(one: Distribution) -> Component:
    name = canonicalize_name(one.name)
    said = licence(one)
    return Component(
        name=name,
        version=one.version,
        type=ComponentType.LIBRARY,
        bom_ref=f"{name}=={one.version}",
        purl=PackageURL("pypi", name=name, version=one.version),
        licenses=[LicenseFactory().make_from_string(said)] if said else [],
    )


def main(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(JsonV1Dot6(bill()).output_as_string(indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
