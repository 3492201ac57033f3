"""Switches for what Polytomic's documents leave open or contradict each other about."""

from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal, get_args, get_type_hints

from polytomic_provider.emulator.errors import BadRequest


@dataclass(frozen=True)
class Behaviour:
    """One reading of the documents. Each default is the reading that official clients rely on.

    omitted_secrets: what PUT does with secrets that the request leaves out. `keep` is what the
        Terraform provider needs, `clear` is what the reference says of every omitted key; it
        also takes an OAuth connection's tokens, and so its authorization.
    idempotency_keys: `off` ignores the header.
    type_shape: a connection's `type` in replies, `{id, name}` or the bare id.
    lists, page_size: lists of connections whole, or in pages with `pagination.next_page_token`.
    unauthorized_body: 401 in the shape of API 2025-09-18 or of 2024-02-08.
    null_for_absent: documented keys that have no value are sent as null, or left out.
    numbers: whole numbers of a configuration come back as they were sent, or as `5.0`.
    policies_order: order in which policies come back.
    fill_defaults: a type's default values appear for keys that were not sent.
    duplicate_names: a second connection of the same name is accepted, or refused with 422.
    """

    omitted_secrets: Literal["keep", "clear"] = "keep"
    idempotency_keys: Literal["on", "off"] = "on"
    type_shape: Literal["object", "string"] = "object"
    lists: Literal["plain", "paged"] = "plain"
    page_size: int = 50
    unauthorized_body: Literal["v25", "v24"] = "v25"
    null_for_absent: bool = False
    numbers: Literal["as_sent", "float"] = "as_sent"
    policies_order: Literal["as_sent", "sorted", "reversed"] = "as_sent"
    fill_defaults: bool = True
    duplicate_names: Literal["allow", "refuse"] = "allow"

    def changed(self, switches: dict[str, Any]) -> "Behaviour":
        """A copy with some switches set.

        Raises BadRequest for an unknown switch or value, naming the known ones.
        """
        for name, value in switches.items():
            if name not in KNOWN:
                raise BadRequest(f"unknown switch {name!r}", known_values=sorted(KNOWN))
            known = KNOWN[name]
            fits = (
                type(value) is int and value > 0
                if not known
                else any(value is allowed or value == allowed for allowed in known)
                and isinstance(value, type(known[0]))
            )
            if not fits:
                raise BadRequest(
                    f"switch {name} cannot be {value!r}", known_values=known or ["1", "2", "…"]
                )
        return replace(self, **switches)

    def as_dict(self) -> dict[str, Any]:
        """Every switch with its value."""
        return asdict(self)


def _known_values() -> dict[str, list[Any]]:
    """The allowed values of each switch; an empty list stands for any whole number above 0."""
    hints = get_type_hints(Behaviour)
    special: dict[Any, list[Any]] = {bool: [True, False], int: []}
    return {
        item.name: special.get(hints[item.name], list(get_args(hints[item.name])))
        for item in fields(Behaviour)
    }


KNOWN = _known_values()
