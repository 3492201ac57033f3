"""The picture of the README is what a terminal shows."""

from xml.etree import ElementTree

import pytest

from tools import picture


def test_the_picture_is_whole_and_fetches_nothing() -> None:
    text = picture.PICTURE.read_text(encoding="utf-8")
    ElementTree.fromstring(text)  # noqa: S314
    assert "url(http" not in text
    words = " ".join(text.replace("&#160;", " ").split())
    assert "Sample of 20 rows" in words
    assert "1 to update" in words


@pytest.mark.torture
def test_the_picture_is_what_the_preview_prints_today() -> None:
    drawn = picture.draw(picture.preview())
    assert drawn == picture.PICTURE.read_text(encoding="utf-8"), "run `python -m tools.picture`"
