"""Stand-ins for the comments API of GitHub and of GitLab, as far as their documents tell."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "canary-token-of-the-forge"
GITHUB = re.compile(r"/repos/acme/pipeline/issues/(?:7/comments|comments/(\d+))")
GITLAB = re.compile(r"/projects/42/merge_requests/7/notes(?:/(\d+))?")


@dataclass
class Comments:
    """The comments of one pull request, and the environment of a job on it."""

    environment: dict[str, str] = field(default_factory=dict[str, str])
    bodies: dict[int, str] = field(default_factory=dict[int, str])
    requests: list[str] = field(default_factory=list[str])
    status: int = 200


@contextmanager
def serving(forge: str) -> Iterator[Comments]:
    """Serve the comments of `github` or `gitlab`."""
    comments = Comments()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self, status: int, value: Any) -> None:
            body = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _serve(self) -> None:
            parts = urlsplit(self.path)
            comments.requests.append(self.command)
            path, update = (GITHUB, "PATCH") if forge == "github" else (GITLAB, "PUT")
            found = path.fullmatch(parts.path)
            sent = self.headers.get("authorization") or self.headers.get("private-token") or ""
            length = int(self.headers.get("content-length") or 0)
            body = json.loads(self.rfile.read(length)) if length else {}
            if comments.status != 200:
                return self._answer(comments.status, {"message": sent})
            if found is None or sent.removeprefix("Bearer ") != TOKEN:
                return self._answer(404, {})
            if self.command == "GET" and not found[1]:
                query = parse_qs(parts.query)
                size, page = (int(query[key][0]) for key in ("per_page", "page"))
                listed = [{"id": id_, "body": text} for id_, text in comments.bodies.items()]
                return self._answer(200, listed[(page - 1) * size : page * size])
            if self.command == "POST" and not found[1]:
                id_ = 1000 + len(comments.bodies)
                comments.bodies[id_] = body["body"]
                return self._answer(201, {"id": id_})
            if self.command == update and found[1] and int(found[1]) in comments.bodies:
                comments.bodies[int(found[1])] = body["body"]
                return self._answer(200, {"id": int(found[1])})
            return self._answer(404, {})

        do_GET = do_POST = do_PATCH = do_PUT = _serve  # noqa: N815

        def log_message(self, format: str, *args: Any) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    url = f"http://127.0.0.1:{server.server_port}"
    comments.environment = (
        {
            "GITHUB_API_URL": url,
            "GITHUB_REPOSITORY": "acme/pipeline",
            "GITHUB_REF": "refs/pull/7/merge",
            "GITHUB_TOKEN": TOKEN,
        }
        if forge == "github"
        else {
            "CI_API_V4_URL": url,
            "CI_PROJECT_ID": "42",
            "CI_MERGE_REQUEST_IID": "7",
            "GITLAB_TOKEN": TOKEN,
        }
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield comments
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
