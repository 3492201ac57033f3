"""Keywords of a constructor, argument model and outputs say the same."""

import inspect

import pytest

import polytomic_provider
from polytomic_provider.kinds import HANDLERS
from polytomic_provider.kinds.arguments import facts_of


@pytest.mark.parametrize("kind", HANDLERS)
def test_the_constructors_keywords_are_the_models_arguments(kind: str):
    parameters = inspect.signature(getattr(polytomic_provider, kind).__init__).parameters
    keywords = [
        name for name, found in parameters.items() if found.kind is inspect.Parameter.KEYWORD_ONLY
    ]
    visible = {n for n, facts in facts_of(HANDLERS[kind].arguments).items() if not facts.hidden}
    assert set(keywords) - {"opts"} == visible
    assert not any(p.kind is inspect.Parameter.VAR_KEYWORD for p in parameters.values())


@pytest.mark.parametrize("kind", HANDLERS)
def test_arguments_and_outputs_have_different_names_and_are_all_attributes(kind: str):
    handler = HANDLERS[kind]
    facts = facts_of(handler.arguments)
    arguments = {name for name, known in facts.items() if not known.hidden}
    outputs = set(handler.computed)
    assert set(facts) & outputs == set()
    classes = getattr(polytomic_provider, kind).__mro__
    assert arguments | outputs <= {name for one in classes for name in inspect.get_annotations(one)}


@pytest.mark.parametrize("kind", HANDLERS)
def test_every_argument_is_documented(kind: str):
    documentation = inspect.getdoc(getattr(polytomic_provider, kind)) or ""
    for name, facts in facts_of(HANDLERS[kind].arguments).items():
        assert facts.hidden or f"\n    {name}: " in documentation
        assert facts.description.endswith(".")


def test_the_public_names_are_sorted_and_importable():
    assert sorted(polytomic_provider.__all__) == polytomic_provider.__all__
    for name in polytomic_provider.__all__:
        assert getattr(polytomic_provider, name).__name__ == name
