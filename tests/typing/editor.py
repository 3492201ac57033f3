"""An editor's side of the language server that completes what a user types."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SERVER = Path(sys.executable).parent / "basedpyright-langserver"


class Editor:
    """Opens files in a folder and asks what may stand at a place."""

    def __init__(self, process: "subprocess.Popen[bytes]", folder: Path) -> None:
        self._process = process
        self._asked = 0
        workspace = {"uri": folder.as_uri(), "name": "project"}
        capabilities = {"workspace": {"configuration": True, "workspaceFolders": True}}
        self._ask(
            "initialize",
            processId=None,
            rootUri=folder.as_uri(),
            workspaceFolders=[workspace],
            capabilities=capabilities,
        )
        self._send(method="initialized", params={})

    def completions(self, file: Path, text: str) -> set[str]:
        """Return what may stand where `text` has a `|`."""
        before, after = text.split("|")
        document = {"uri": file.as_uri(), "languageId": "python", "version": 1}
        opened = {**document, "text": before + after}
        self._send(method="textDocument/didOpen", params={"textDocument": opened})
        line, column = before.count("\n"), len(before.rpartition("\n")[2])
        found = self._ask(
            "textDocument/completion",
            textDocument={"uri": file.as_uri()},
            position={"line": line, "character": column},
        )
        self._send(method="textDocument/didClose", params={"textDocument": {"uri": file.as_uri()}})
        return {one["label"] for one in found["items"]}

    def _ask(self, method: str, **params: Any) -> Any:
        self._asked += 1
        self._send(id=self._asked, method=method, params=params)
        while True:
            told = self._read()
            if told.get("method") == "workspace/configuration":
                settings = [{} for _ in told["params"]["items"]]
                self._send(id=told["id"], result=settings)
            elif "method" in told and "id" in told:
                self._send(id=told["id"], result=None)
            elif told.get("id") == self._asked:
                return told["result"]

    def _send(self, **message: Any) -> None:
        assert self._process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _read(self) -> dict[str, Any]:
        stream = self._process.stdout
        assert stream is not None
        length = 0
        while line := stream.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        return json.loads(stream.read(length))


@contextmanager
def editor(folder: Path) -> Iterator[Editor]:
    """Start the language server on a folder."""
    process = subprocess.Popen(
        [str(SERVER), "--stdio"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
    )
    try:
        yield Editor(process, folder)
    finally:
        process.kill()
        process.communicate()
