"""What a person is told of an error."""

from polytomic_provider.host.scrubbing import scrub


def test_an_unexpected_error_says_its_kind_and_asks_for_a_report():
    message = scrub(TypeError("hunter2 is not a number"), ["hunter2"])
    assert "TypeError" in message
    assert "hunter2" not in message
    assert "report it" in message
