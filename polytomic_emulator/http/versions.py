"""The generations of the API, and which one a request is in."""

from polytomic_emulator.http.messages import Incoming

VERSIONS = ("2025-09-18", "2024-02-08", "2023-04-25", "2022-12-12", "2021-05-23")
OLD_VERSIONS = VERSIONS[1:]


def version_of(incoming: Incoming) -> str:
    """The API version that the reply echoes."""
    asked = incoming.headers.get("x-polytomic-version", "")
    return asked if asked in VERSIONS else VERSIONS[0]
