"""Guards against a key of another workspace, where every object would read as gone."""

from polytomic_provider.api.http.errors import WorkspaceMismatch
from polytomic_provider.api.http.settings import KeyKind
from polytomic_provider.api.http.single_flight import SingleFlight
from polytomic_provider.api.http.transport import Transport
from polytomic_provider.api.routes.identity import Identity
from polytomic_provider.api.wire.identity import Me


class WorkspaceGuard:
    """Knows the workspace of the key; asks `/api/me` once, however many threads want to know.

    Args:
        transport: Asks with the key.
    """

    def __init__(self, transport: Transport) -> None:
        self._settings = transport.settings
        self._identity = Identity(transport)
        self._once = SingleFlight("the workspace of the key")

    def me(self) -> Me:
        """The caller; asked for again after a failure."""
        return self._once.ask("me", lambda: self._identity.me().data)

    def organization_id(self) -> str | None:
        """The workspace that requests act in; None where neither key nor settings name one.

        Raises:
            WorkspaceMismatch: An API key belongs to another one than the settings name.
        """
        me, configured = self.me(), self._settings.organization_id
        if configured and me.organization_id and not _same(configured, me.organization_id):
            place = self._settings.provenance.get("organization_id", "the program")
            raise WorkspaceMismatch(
                configured,
                me.organization_id,
                f"The settings name workspace {configured} ({place}), but {self._whose(me)}.",
                hint=f"Use a key of workspace {configured}, or correct polytomic:organizationId."
                if self._settings.key_kind is KeyKind.API
                else "Correct polytomic:organizationId, or use a key that may act there.",
            )
        return me.organization_id or configured

    def check(
        self,
        expected_organization_id: str | None,
        subject: str,
    ) -> None:
        """Make sure that an object of the state is in the workspace of the key.

        Args:
            expected_organization_id: Workspace that the state remembers; None is not compared.
            subject: The object for the error, such as "connection 248d…".

        Raises:
            WorkspaceMismatch: It is not, and `polytomic:allowWorkspaceChange` is not set.
        """
        if not expected_organization_id or self._settings.allow_workspace_change:
            return
        actual = self.organization_id()
        if actual is not None and _same(actual, expected_organization_id):
            return
        raise WorkspaceMismatch(
            expected_organization_id,
            actual,
            f"{subject} is in workspace {expected_organization_id}, "
            f"but {self._whose(self.me())}. Nothing was read or changed.",
            hint=self._way_out(expected_organization_id),
        )

    def _way_out(self, expected: str) -> str:
        account = self._settings.account
        if account is None:
            use, name = f"Use a key and polytomic:url of workspace {expected}.", "polytomic:"
        else:
            use = f"Name the account of workspace {expected}, or correct the key of {account!r}."
            name = f"--path polytomic:accounts.{account}."
        return (
            f"{use} Only if the change is on purpose: "
            f"`pulumi config set {name}allowWorkspaceChange true`."
        )

    def _whose(self, me: Me) -> str:
        settings = self._settings
        id_ = me.organization_id or settings.organization_id
        workspace = f"workspace {id_}" if id_ else "no workspace that it names"
        name = f" ({me.organization_name!r})" if me.organization_name else ""
        return settings.redact(
            f"the key from {settings.key_place()} is for {workspace}{name} at {settings.url}"
        )


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
