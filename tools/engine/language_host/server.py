"""Serves LanguageRuntime to the engine: prints the port, answers, ends with the engine."""

# ruff: noqa: N802 - the methods' names are those of the gRPC service

import argparse
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import PIPE
from typing import Any, NoReturn

# gRPC would otherwise try to be fork-safe and complain about programs started from threads.
os.environ.setdefault("GRPC_ENABLE_FORK_SUPPORT", "0")

import grpc
from google.protobuf.empty_pb2 import Empty
from google.protobuf.json_format import MessageToDict

from tools.engine.language_host import dependencies, plugin, program, protocol
from tools.engine.language_host.interpreter import (
    Interpreter,
    InterpreterError,
    Options,
    effective_toolchain,
    find_interpreter,
    read_options,
)
from tools.engine.language_host.processes import Processes, end
from tools.engine.language_host.streams import Piece, read_outputs

# One thread is held by every running program and plugin.
_THREADS = 64
_REPLY_GRACE_SECONDS = 0.5
_ENGINE_CHECK_SECONDS = 1.0


class LanguageHost(protocol.LanguageRuntimeServicer):
    """The calls of pulumirpc.LanguageRuntime that running programs and plugins needs.

    What generates code (GenerateProgram, GeneratePackage, Pack, Link) is not here: those calls
    answer UNIMPLEMENTED.
    """

    def __init__(self, exec_script: Path, engine_address: str, stop: threading.Event) -> None:
        self._exec_script = exec_script
        self._engine_address = engine_address
        self._stop = stop
        self.processes = Processes()

    def Handshake(self, request: Any, context: grpc.ServicerContext) -> Any:
        self._engine_address = request.engine_address
        return protocol.messages.LanguageHandshakeResponse()

    def GetPluginInfo(self, request: Any, context: grpc.ServicerContext) -> Any:
        return protocol.plugins.PluginInfo(version=protocol.SDK_VERSION)

    def GetRequiredPackages(self, request: Any, context: grpc.ServicerContext) -> Any:
        packages = [
            protocol.plugins.PackageDependency(
                kind="resource", name=found.name, version=found.version, server=found.server
            )
            for found in _required_plugins(request.info, context)
        ]
        return protocol.messages.GetRequiredPackagesResponse(packages=packages)

    def GetRequiredPlugins(self, request: Any, context: grpc.ServicerContext) -> Any:
        found_plugins = [
            protocol.plugins.PluginDependency(
                kind="resource", name=found.name, version=found.version, server=found.server
            )
            for found in _required_plugins(request.info, context)
        ]
        return protocol.messages.GetRequiredPluginsResponse(plugins=found_plugins)

    def About(self, request: Any, context: grpc.ServicerContext) -> Any:
        options = _options(request.info, context)
        interpreter = _interpreter(request.info, context)
        packages = {package.name: package.version for package in _packages(interpreter, context)}
        toolchain = effective_toolchain(options)
        return protocol.messages.AboutResponse(
            executable=str(interpreter.executable),
            version=dependencies.python_version(interpreter),
            metadata={"toolchain": toolchain, "toolchainVersion": packages.get(toolchain, "")},
        )

    def GetProgramDependencies(self, request: Any, context: grpc.ServicerContext) -> Any:
        found = [
            protocol.messages.DependencyInfo(name=package.name, version=package.version)
            for package in _packages(_interpreter(request.info, context), context)
            if request.transitiveDependencies or not package.required
        ]
        return protocol.messages.GetProgramDependenciesResponse(dependencies=found)

    def InstallDependencies(self, request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
        options = _options(request.info, context)
        for command in dependencies.install_commands(options, Path(sys.executable)):
            for piece in self._stream(command, options.program, os.environ, context):
                if isinstance(piece, Piece):
                    field = "stderr" if piece.is_error else "stdout"
                    yield protocol.messages.InstallDependenciesResponse(**{field: piece.data})
                elif piece != 0:
                    _abort(context, f"`{' '.join(command)}` failed with exit code {piece}")

    def Run(self, request: Any, context: grpc.ServicerContext) -> Any:
        try:
            interpreter = find_interpreter(_read_options(request.info), os.environ)
            outcome = program.run(
                self.processes, interpreter, self._exec_script, self._engine_address, request
            )
        except InterruptedError:
            outcome = program.RowResult(bail=True)
        except (InterpreterError, OSError) as error:
            outcome = program.RowResult(error=str(error))
        return protocol.messages.RunResponse(error=outcome.error, bail=outcome.bail)

    def RunPlugin(self, request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
        interpreter = _interpreter(request.info, context)
        command = plugin.command_line(interpreter, request)
        environment = plugin.environment(interpreter, request)
        directory = request.pwd or request.info.program_directory
        for piece in self._stream(command, directory, environment, context):
            if not isinstance(piece, Piece):
                yield protocol.messages.RunPluginResponse(exitcode=piece)
            elif piece.is_error:
                yield protocol.messages.RunPluginResponse(stderr=piece.data)
            else:
                yield protocol.messages.RunPluginResponse(stdout=piece.data)

    def Cancel(self, request: Any, context: grpc.ServicerContext) -> Any:
        self._stop.set()
        return Empty()

    def _stream(
        self, command: Sequence[str], directory: Any, environment: Any, context: Any
    ) -> Iterator[Piece | int]:
        """Yields a command's output, then its exit code; ends it when the engine hangs up."""
        with self.processes.start(
            command, directory=directory, environment=environment, output=PIPE, errors=PIPE
        ) as process:
            context.add_callback(lambda: end(process))
            yield from read_outputs(process)
            yield process.wait()


def _read_options(info: Any) -> Options:
    return read_options(info.root_directory, info.program_directory, MessageToDict(info.options))


def _options(info: Any, context: grpc.ServicerContext) -> Options:
    try:
        return _read_options(info)
    except InterpreterError as error:
        _abort(context, str(error))


def _interpreter(info: Any, context: grpc.ServicerContext) -> Interpreter:
    try:
        return find_interpreter(_read_options(info), os.environ)
    except InterpreterError as error:
        _abort(context, str(error))


def _packages(
    interpreter: Interpreter, context: grpc.ServicerContext
) -> list[dependencies.Package]:
    try:
        return dependencies.list_packages(interpreter)
    except dependencies.DependencyError as error:
        _abort(context, str(error))


def _required_plugins(
    info: Any, context: grpc.ServicerContext
) -> list[dependencies.PluginDependency]:
    try:
        return dependencies.required_plugins(_interpreter(info, context))
    except dependencies.DependencyError as error:
        _abort(context, str(error))


def _abort(context: grpc.ServicerContext, message: str) -> NoReturn:
    context.abort(grpc.StatusCode.FAILED_PRECONDITION, message)
    raise AssertionError("unreachable: abort raises")


def main(arguments: Sequence[str] | None = None) -> int:
    """Serves until the engine cancels, interrupts or is gone; the exit code is always 0."""
    parser = argparse.ArgumentParser(
        description="Python language host for the Pulumi engine.", allow_abbrev=False
    )
    parser.add_argument("--exec-script", type=Path, required=True)
    parser.add_argument("--tracing", help="accepted and ignored")
    parser.add_argument("engine_address", nargs="?", default="")
    # The engine may add flags about logging, none of which applies here.
    known, _ = parser.parse_known_args(arguments)

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stop.set())
    engine = os.getppid()

    host = LanguageHost(known.exec_script, known.engine_address, stop)
    server = grpc.server(
        ThreadPoolExecutor(_THREADS),
        options=[("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)],
    )
    protocol.add_LanguageRuntimeServicer_to_server(host, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)

    # A killed engine cannot say goodbye: then this process has got another parent.
    while not stop.wait(_ENGINE_CHECK_SECONDS) and os.getppid() == engine:
        pass
    host.processes.close()
    server.stop(_REPLY_GRACE_SECONDS).wait()
    return 0
