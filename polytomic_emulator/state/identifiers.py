"""Where ids, keys and tokens come from: chance, or a seed that makes a run repeatable."""

import hashlib
import secrets
import uuid

from polytomic_emulator.state.database import Database

_DRAWN = "identifiers_drawn"


class Identifiers:
    """Draws ids. With a seed the n-th draw of a data folder is the same on every machine."""

    def __init__(self, database: Database, seed: int | None) -> None:
        self._database = database
        self._seed = seed

    def _draw(self) -> bytes:
        if self._seed is None:
            return secrets.token_bytes(32)
        drawn: int = self._database.setting(_DRAWN, 0) + 1
        self._database.remember(_DRAWN, drawn)
        return hashlib.sha256(f"{self._seed}:{drawn}".encode()).digest()

    def uuid(self) -> str:
        """A lower-case UUID."""
        return str(uuid.UUID(bytes=self._draw()[:16], version=4))

    def token(self, prefix: str = "") -> str:
        """A long word that cannot be guessed (without the seed)."""
        return prefix + self._draw().hex()[:40]

    def code(self) -> str:
        """A short code that a person types, like `KXPW-7QRM`."""
        letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
        drawn = [letters[byte % len(letters)] for byte in self._draw()[:8]]
        return "".join(drawn[:4]) + "-" + "".join(drawn[4:])
