"""The caller on the wire (`/api/me`)."""

from polytomic_provider.api.wire import ReplyObject


class Me(ReplyObject):
    """Whose key it is: `id` is missing for keys that belong to no user."""

    id: str | None = None
    email: str | None = None
    organization_id: str | None = None
    organization_name: str | None = None
    is_user: bool | None = None
    is_organization: bool | None = None
    is_partner: bool | None = None
    is_system: bool | None = None
