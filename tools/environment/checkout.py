"""Where things are in a checkout. Every path that set-up and `make up` use stands here."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Checkout:
    """The folders and files of one checkout."""

    root: Path

    @classmethod
    def here(cls) -> "Checkout":
        """The checkout that this file belongs to."""
        return cls(Path(__file__).resolve().parents[2])

    @property
    def virtualenv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.virtualenv / "bin" / "python"

    @property
    def engine(self) -> Path:
        return self.root / ".engine"

    @property
    def engine_bin(self) -> Path:
        return self.engine / "bin"

    @property
    def pulumi(self) -> Path:
        return self.engine_bin / "pulumi"

    @property
    def engine_sources(self) -> Path:
        return self.root / "tools" / "engine"

    @property
    def local_state(self) -> Path:
        return self.root / ".polytomic"

    @property
    def requirements(self) -> Path:
        return self.root / "requirements.lock"

    @property
    def pyproject(self) -> Path:
        return self.root / "pyproject.toml"

    @property
    def programs(self) -> list[Path]:
        """The folders of all stack programs."""
        return sorted(path.parent for path in self.root.glob("stacks/*/__main__.py"))
