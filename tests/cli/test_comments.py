"""`polytomic report --comment` writes one comment and updates it from then on."""

import json

import pytest

from tests.cli.command import Done, polytomic
from tests.cli.forges import TOKEN, Comments, serving

MARKER = "<!-- polytomic-report: shop/dev -->"
URN = "urn:pulumi:dev::shop::pulumi-python:dynamic/polytomic:Model::a"


def _report(comments: Comments, *operations: str, **variables: str) -> Done:
    text = json.dumps({"steps": [{"op": one, "urn": URN} for one in operations]})
    environment = {**comments.environment, **variables}
    done = polytomic("report", "--comment", text=text, variables=environment)
    assert TOKEN not in done.output + done.errors
    return done


@pytest.mark.parametrize("forge", ["github", "gitlab"])
def test_a_comment_is_made_once_and_updated_from_then_on(forge: str):
    with serving(forge) as comments:
        # Comments of others, more than a page of them, and one that quotes the marker.
        comments.bodies = {id_: f"comment {id_}" for id_ in range(150)}
        comments.bodies[3] = f"> {MARKER}"
        before = dict(comments.bodies)
        assert _report(comments, "create").ok().errors == "Wrote a comment.\n"
        (made,) = set(comments.bodies) - set(before)
        assert comments.bodies[made].startswith(f"{MARKER}\n")
        assert "1 to create" in comments.bodies[made]
        told = _report(comments, "delete").ok()
        assert told.errors == "Updated the comment.\n"
        assert comments.bodies[made] == told.output
        assert "1 to delete" in comments.bodies[made]
        assert {id_: text for id_, text in comments.bodies.items() if id_ != made} == before


@pytest.mark.parametrize("forge", ["github", "gitlab"])
def test_a_refusal_is_an_error_without_the_token(forge: str):
    with serving(forge) as comments:
        comments.status = 403
        refused = _report(comments, "create")
    assert refused.code == 1
    assert "answered 403" in refused.errors
    assert "**1 to create**" in refused.output
    gone = _report(comments, "create")
    assert gone.code == 1


def test_outside_of_a_pull_request_it_says_what_is_missing():
    with serving("github") as github, serving("gitlab") as gitlab:
        cases = {
            "GITHUB_REF": _report(github, "create", GITHUB_REF="refs/heads/main"),
            "GITHUB_TOKEN": _report(github, "create", GITHUB_TOKEN=""),
            "CI_MERGE_REQUEST_IID": _report(gitlab, "create", CI_MERGE_REQUEST_IID=""),
            "GITLAB_TOKEN": _report(gitlab, "create", GITLAB_TOKEN=""),
            "neither": _report(Comments(), "create"),
        }
        assert github.requests == gitlab.requests == []
    for missing, told in cases.items():
        assert told.code == 1
        assert missing in told.errors
