"""A sync's reply as arguments, in the words of its program."""

from collections.abc import Mapping
from typing import Any

from polytomic_provider.kinds.arguments import Facts
from polytomic_provider.kinds.lifecycle.projection import project
from polytomic_provider.spec.schedule import project_schedule
from polytomic_provider.spec.sync import Wire
from polytomic_provider.spec.sync_reply import project_parts


def project_sync(
    server: Wire, like: Mapping[str, Any], facts: Mapping[str, Facts]
) -> dict[str, Any]:
    """Return a reply as arguments; where `like` is empty, everything in the plain forms."""
    if not like:
        like = {"model": (server.get("model_ids") or [None])[0], "fields": {}, "active": False}
    shown = {
        name: project(known, server.get(name), like.get(name)) for name, known in facts.items()
    }
    return {
        **shown,
        "organization_id": like.get("organization_id"),
        "model": like.get("model"),
        "schedule": project_schedule(server.get("schedule"), like.get("schedule")),
        **project_parts(server, like),
    }
