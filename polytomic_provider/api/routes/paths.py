"""Builds paths of the API out of parts that may hold any character."""

from urllib.parse import quote

from polytomic_provider.api.http.errors import PolytomicError


def api_path(*parts: str) -> str:
    """`/api/` and the parts, each percent-encoded as one segment.

    Raises:
        PolytomicError: A part is empty or made of dots, so the path would name something else.
    """
    for part in parts:
        if part.strip(".") == "":
            raise PolytomicError(
                f"{part!r} is not an id, so there is nothing to ask Polytomic about",
                hint="Pass the id of an existing object.",
            )
    return "/api/" + "/".join(quote(part, safe="") for part in parts)
