"""The plain way to write such a provider: what Pulumi's SDK offers, one request for each call."""

import json
import os
import urllib.request

import pulumi
from pulumi.dynamic import CreateResult, ReadResult, Resource, ResourceProvider, UpdateResult


def ask(method, path, body=None):
    # Pulumi carries every number as a float.
    body = json.loads(json.dumps(body), parse_float=lambda text: int(float(text)))
    request = urllib.request.Request(  # noqa: S310
        os.environ["POLYTOMIC_DEPLOYMENT_URL"] + path,
        None if body is None else json.dumps(body).encode(),
        {"Authorization": "Bearer " + os.environ["POLYTOMIC_API_KEY"]},
        method=method,
    )
    with urllib.request.urlopen(request) as response:  # noqa: S310
        text = response.read()
    return json.loads(text)["data"] if text.strip() else None


class Naive(ResourceProvider):
    def create(self, props):
        return CreateResult(ask("POST", props["path"], props["body"])["id"], props)

    def read(self, id_, props):
        ask("GET", f"{props['path']}/{id_}")
        return ReadResult(id_, props)

    def update(self, id_, olds, news):
        ask("PUT", f"{news['path']}/{id_}", news["body"])
        return UpdateResult(news)

    def delete(self, id_, props):
        ask("DELETE", f"{props['path']}/{id_}")


class Object(Resource):
    def __init__(self, name, path, body):
        body = pulumi.Output.from_input({"name": name, **body})
        super().__init__(Naive(), name, {"path": path, "body": body})
