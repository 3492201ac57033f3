"""The public surface of the package grows on purpose only."""

import polytomic_provider.api as api


def test_all_lists_exactly_the_public_names_in_order() -> None:
    modules = {name for name, value in vars(api).items() if type(value) is type(api)}
    public = {name for name in vars(api) if not name.startswith("_")} - modules
    constants = sorted(name for name in public if name.isupper())
    assert constants + sorted(public - {*constants}) == api.__all__
