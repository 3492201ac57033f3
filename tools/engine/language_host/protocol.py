"""The engine's gRPC messages, taken from the installed Pulumi SDK without importing the SDK itself.

`import pulumi` takes 0.2 s that every single engine command would wait for. Only the generated
message modules are needed here, so their two parent packages are replaced by empty ones.
"""

import importlib.metadata
import importlib.util
import sys
import types
from pathlib import Path


def _stand_in(name: str, directory: Path) -> None:
    package = types.ModuleType(name)
    package.__path__ = [str(directory)]
    sys.modules[name] = package


def _sdk_directory() -> Path:
    spec = importlib.util.find_spec("pulumi")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(
            "The Pulumi SDK is missing here; run `make setup`.", name="pulumi"
        )
    return Path(spec.origin).parent


if "pulumi" not in sys.modules:
    _sdk = _sdk_directory()
    _stand_in("pulumi", _sdk)
    _stand_in("pulumi.runtime", _sdk / "runtime")

from pulumi.runtime.proto import language_pb2 as messages  # noqa: E402
from pulumi.runtime.proto import plugin_pb2 as plugins  # noqa: E402
from pulumi.runtime.proto.language_pb2_grpc import (  # noqa: E402
    LanguageRuntimeServicer,
    add_LanguageRuntimeServicer_to_server,
)

SDK_VERSION = importlib.metadata.version("pulumi")

__all__ = [
    "SDK_VERSION",
    "LanguageRuntimeServicer",
    "add_LanguageRuntimeServicer_to_server",
    "messages",
    "plugins",
]
