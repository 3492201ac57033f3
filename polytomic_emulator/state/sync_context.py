"""What a sync is judged against: its target object, and the models of its workspace."""

from collections.abc import Callable
from dataclasses import dataclass

from polytomic_emulator.errors import Unprocessable
from polytomic_emulator.state.catalogs import Catalog, CatalogField, CatalogObject
from polytomic_emulator.state.model import Model
from polytomic_emulator.state.sync import Source


@dataclass(frozen=True)
class SyncContext:
    """`models` lists those of the workspace; it is asked only when a request needs it."""

    catalog: Catalog
    target: CatalogObject
    mode: str
    models: Callable[[], list[Model]]

    def check_source(self, source: Source, path: str) -> None:
        """Raise Unprocessable for an unknown model, or a field that it does not have."""
        model = next((one for one in self.models() if one.id == source.model_id), None)
        if model is None:
            raise Unprocessable(
                f"{path}.model_id: there is no model {source.model_id}", field=f"{path}.model_id"
            )
        if source.field not in model.field_names():
            raise Unprocessable(
                f'{path}.field: model "{model.name}" has no field {source.field!r}',
                field=f"{path}.field",
                known_values=model.field_names(),
            )

    def source_by_id(self, field_id: str) -> Source | None:
        """The model field with this UUID."""
        for model in self.models():
            for field in model.fields:
                if field.id == field_id:
                    return Source(model.id, field.name)
        return None

    def target_field(self, name: str, path: str) -> CatalogField | None:
        """A field of the target; None where its columns are what the sync maps to it.

        Raises Unprocessable, naming the known ones.
        """
        if self.target.open:
            return None
        found = self.target.fields.get(name)
        if found is None:
            raise Unprocessable(
                f"{path}: {self.target.id} has no field {name!r}",
                field=path,
                known_values=list(self.target.fields),
            )
        return found
