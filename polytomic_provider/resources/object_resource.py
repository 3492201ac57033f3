"""What the resources of all kinds of objects have in common."""

from collections.abc import Mapping
from typing import Any, Self

import pulumi

from polytomic_provider.resources.declaration import declare, refer
from polytomic_provider.resources.resource import PolytomicResource


class ObjectResource(PolytomicResource):
    """An object that Polytomic keeps under an id; a kind adds its keywords and outputs."""

    def _declare(
        self,
        resource_name: str,
        arguments: Mapping[str, Any],
        opts: pulumi.ResourceOptions | None,
    ) -> None:
        """Declare the object; without a `name` of its own it has the resource's name."""
        given = dict(arguments)
        if "name" in given and given["name"] is None:
            given["name"] = resource_name
        declare(self, self._kind, resource_name, given, opts)

    @classmethod
    def get(
        cls,
        resource_name: str,
        id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None,
        *,
        account: str | None = None,
    ) -> Self:
        """Refer to an object that this program does not manage; it is read, never changed.

        Args:
            resource_name: Name of the reference in the program.
            id: Id of the object in Polytomic.
            opts: Pulumi's resource options.
            account: Account of the configuration, whose key is used.

        Source: `GET` of the kind, such as `GET /api/connections/{id}`.
        """
        found = cls.__new__(cls)
        refer(found, cls._kind, resource_name, id, opts, account)
        return found
