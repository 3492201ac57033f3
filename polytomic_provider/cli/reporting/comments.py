"""A comment on a pull request of GitHub or a merge request of GitLab: made once, then updated."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

import httpx

from polytomic_provider.api import redact

PER_PAGE: Final = 100
MOST_PAGES: Final = 50
SECONDS: Final = 30
_PULL: Final = re.compile(r"refs/pull/(\d+)/")


class CommentFailed(Exception):
    """The comment could not be written; the text says why, without any token."""


@dataclass(frozen=True)
class Forge:
    """Where comments of one pull request are.

    comments: address of their list, where a new one is made. one: address of the place that an
    old one is under. update: the method that changes one.
    """

    name: str
    comments: str
    one: str
    update: str
    headers: Mapping[str, str] = field(repr=False)
    token: str = field(repr=False)


def forge_of(environ: Mapping[str, str]) -> Forge:
    """Return where this job's pull request has its comments.

    GitHub: `GITHUB_API_URL`, `GITHUB_REPOSITORY`, `GITHUB_REF` and `GITHUB_TOKEN`. GitLab:
    `CI_API_V4_URL`, `CI_PROJECT_ID`, `CI_MERGE_REQUEST_IID` and `GITLAB_TOKEN`.

    Raises:
        CommentFailed: This is no job of either for a pull request, or it has no token.
    """
    if environ.get("GITHUB_REPOSITORY"):
        return _github(environ)
    if environ.get("CI_API_V4_URL"):
        return _gitlab(environ)
    raise CommentFailed(
        "there is no pull request to comment on: neither GITHUB_REPOSITORY nor CI_API_V4_URL is set"
    )


def _github(environ: Mapping[str, str]) -> Forge:
    number = _PULL.match(environ.get("GITHUB_REF", ""))
    if number is None:
        raise CommentFailed("GITHUB_REF is not that of a pull request")
    token = _token(environ, "GITHUB_TOKEN")
    api = environ.get("GITHUB_API_URL", "https://api.github.com")
    issues = f"{api}/repos/{environ['GITHUB_REPOSITORY']}/issues"
    headers = {"Accept": "application/vnd.github+json", "Authorization": f"Bearer {token}"}
    comments, one = f"{issues}/{number[1]}/comments", f"{issues}/comments"
    return Forge("GitHub", comments, one, "PATCH", headers, token)


def _gitlab(environ: Mapping[str, str]) -> Forge:
    project, number = environ.get("CI_PROJECT_ID"), environ.get("CI_MERGE_REQUEST_IID")
    if not project or not number:
        raise CommentFailed("this is no job for a merge request: CI_MERGE_REQUEST_IID is not set")
    token = _token(environ, "GITLAB_TOKEN")
    notes = f"{environ['CI_API_V4_URL']}/projects/{project}/merge_requests/{number}/notes"
    return Forge("GitLab", notes, notes, "PUT", {"PRIVATE-TOKEN": token}, token)


def _token(environ: Mapping[str, str], name: str) -> str:
    token = environ.get(name, "").strip()
    if not token:
        raise CommentFailed(f"{name} is not set, so nobody may write the comment")
    return token


def write_comment(forge: Forge, text: str) -> bool:
    """Update the comment that begins with the first line of `text`, or make it.

    Returns:
        Whether there was one.

    Raises:
        CommentFailed: The forge refused, or cannot be reached.
    """
    marker = text.splitlines()[0]
    with httpx.Client(headers=dict(forge.headers), timeout=SECONDS) as http:
        try:
            found = _find(http, forge, marker)
            if found is None:
                _ask(http, "POST", forge.comments, json={"body": text})
            else:
                _ask(http, forge.update, f"{forge.one}/{found}", json={"body": text})
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            said = redact(str(error), [forge.token])
            raise CommentFailed(f"{forge.name}: {said}") from None
    return found is not None


def _find(http: httpx.Client, forge: Forge, marker: str) -> int | None:
    for page in range(1, MOST_PAGES + 1):
        query = {"per_page": PER_PAGE, "page": page}
        reply: Any = _ask(http, "GET", forge.comments, params=query)
        comments = cast("list[dict[str, Any]]", reply if isinstance(reply, list) else [])
        for one in comments:
            if str(one.get("body", "")).splitlines()[:1] == [marker]:
                return int(one["id"])
        if len(comments) < PER_PAGE:
            return None
    return None


def _ask(http: httpx.Client, method: str, url: str, **more: Any) -> Any:
    response = http.request(method, url, **more)
    if not response.is_success:
        raise CommentFailed(f"{method} {response.url.path} answered {response.status_code}")
    return response.json()
