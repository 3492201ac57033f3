"""The table of plain kinds. A new kind is a module beside this one and a row here."""

from polytomic_emulator.plain.kind import PlainKind
from polytomic_emulator.plain.organizations import ORGANIZATIONS
from polytomic_emulator.plain.policies import POLICIES
from polytomic_emulator.plain.roles import ROLES
from polytomic_emulator.plain.users import USERS
from polytomic_emulator.plain.webhooks import WEBHOOKS

KINDS: tuple[PlainKind, ...] = (
    WEBHOOKS,
    ROLES,
    POLICIES,
    USERS,
    ORGANIZATIONS,
)
BY_NAME = {kind.name: kind for kind in KINDS}
