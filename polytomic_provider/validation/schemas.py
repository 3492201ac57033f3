"""What live schemas say, as far as arguments are held to it: sources, targets, modes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class SourceField:
    """A field that a model can expose; `type` such as `string`, None where nobody says."""

    name: str
    type: str | None = None


@dataclass(frozen=True)
class Source:
    """What a model reads. `label` names it for a person, such as `Salesforce Contact`."""

    label: str
    fields: Mapping[str, SourceField]


@dataclass(frozen=True)
class TargetField:
    """A field that a sync can write. What a server does not tell is None, and then allowed.

    `values` are those of a closed set; empty where any is taken.
    """

    id: str
    type: str | None = None
    required: bool = False
    createable: bool | None = None
    updateable: bool | None = None
    encryptable: bool | None = None
    supports_identity: bool | None = None
    identity_functions: Sequence[str] = ()
    filter_functions: Sequence[str] = ()
    filterable: bool | None = None
    values: Sequence[str] = ()


@dataclass(frozen=True)
class TargetMode:
    """A mode that a target offers."""

    id: str
    requires_identity: bool | None = None
    supports_field_modes: bool | None = None
    supports_target_filters: bool | None = None


@dataclass(frozen=True)
class Target:
    """An object that a sync writes to.

    Without `fields` its columns are whatever users map to it; without `modes` any is allowed.
    `label` names it for a person, such as `NetSuite contact`.
    """

    label: str
    fields: Mapping[str, TargetField] = field(default_factory=dict[str, TargetField])
    modes: Mapping[str, TargetMode] = field(default_factory=dict[str, TargetMode])
    creates_fields: bool = False
    creates_identity_fields: bool = False
    several_identities: bool | None = None
    mappings_optional: bool | None = None
