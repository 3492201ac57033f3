from typing import Any

import pytest

from polytomic_emulator.running_syncs.values import Unfit, fit
from polytomic_emulator.state.catalogs import CatalogField


def _field(kind: str, source_type: str = "", **more: Any) -> CatalogField:
    return CatalogField("f", "F", kind, source_type or kind, **more)


@pytest.mark.parametrize(
    ("field", "value", "written", "warns"),
    [
        (_field("string"), "a", "a", False),
        (_field("string"), "", "", False),
        (_field("string"), 5, "5", False),
        (_field("string"), 5.0, "5", False),
        (_field("string"), 5.25, "5.25", False),
        (_field("string"), True, "true", False),
        (_field("string"), ["a", 1], '["a", 1]', False),
        (_field("number"), 5.5, 5.5, False),
        (_field("number"), "5.5", 5.5, True),
        (_field("number"), " 12 ", 12, True),
        (_field("number"), "", None, False),
        (_field("number", "int"), 5.0, 5, False),
        (_field("number", "bigint"), 5.5, 5, True),
        (_field("boolean"), False, False, False),
        (_field("boolean"), "Yes", True, True),
        (_field("boolean"), 0, False, True),
        (_field("datetime"), "2026-11-24T18:00:00Z", "2026-11-24T18:00:00Z", False),
        (_field("datetime"), "2026-11-24", "2026-11-24", False),
        (_field("datetime", "date"), "2026-11-24T18:00:00Z", "2026-11-24", True),
        (_field("datetime", "date"), "2026-11-24T00:00:00Z", "2026-11-24", False),
        (_field("array"), ["a"], ["a"], False),
        (_field("array"), "a", ["a"], False),
        (_field("object"), {"a": 1}, {"a": 1}, False),
        (_field("unknown"), {"a": 1}, {"a": 1}, False),
        (_field("number"), None, None, False),
        (None, {"a": [1]}, {"a": [1]}, False),
        (_field("string", values=({"value": "x", "label": "Ex"},)), "x", "x", False),
        (_field("string", values=({"value": "x", "label": "Ex"},)), "ex", "x", True),
        (_field("string", values=({"value": "x", "label": "Ex"},)), "", "", False),
    ],
)
def test_a_value_becomes_what_its_field_holds(
    field: CatalogField | None, value: Any, written: Any, warns: bool
) -> None:
    fitted = fit(field, "f", value)
    assert (fitted.value, type(fitted.value)) == (written, type(written))
    assert (fitted.warning is not None) == warns


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (_field("number"), "five"),
        (_field("number"), "nan"),
        (_field("number"), "inf"),
        (_field("number"), True),
        (_field("number"), [1]),
        (_field("boolean"), "maybe"),
        (_field("boolean"), 2),
        (_field("boolean"), 1.0),
        (_field("datetime"), "tomorrow"),
        (_field("datetime"), 1732471200),
        (_field("object"), "{}"),
        (_field("string", values=({"value": "x", "label": "Ex"},)), "y"),
    ],
)
def test_what_cannot_be_held_is_refused_by_name(field: CatalogField, value: Any) -> None:
    with pytest.raises(Unfit, match=r"^f (must|cannot) be "):
        fit(field, "f", value)


def test_a_long_value_is_cut_in_the_refusal() -> None:
    with pytest.raises(Unfit) as refused:
        fit(_field("number"), "f", "x" * 1000)
    assert len(str(refused.value)) < 120
