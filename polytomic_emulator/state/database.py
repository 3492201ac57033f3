"""The emulator's SQLite database: one connection, one lock, nested transactions.

Every operation takes well under a millisecond, so one lock for reads and writes is simpler than
a pool and as fast. What a transaction wrote is on its way to the disk before the reply leaves:
a killed process loses nothing that was acknowledged.
"""

import json
import os
import sqlite3
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_DATA, _LOCK = "emulator.sqlite", "emulator.lock"

DATA_VERSION = 1
"""Raise it with every change of tables or documents that older data does not fit."""

_TABLES = """
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS workspaces (
    id TEXT PRIMARY KEY, position INTEGER NOT NULL, api_key TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS user_keys (
    api_key TEXT PRIMARY KEY, workspace_id TEXT NOT NULL, user_id TEXT NOT NULL,
    email TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS connections (
    position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    workspace_id TEXT NOT NULL, consent_token TEXT, document TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS connections_by_workspace ON connections (workspace_id, position);
CREATE INDEX IF NOT EXISTS connections_by_consent ON connections (consent_token);
CREATE INDEX IF NOT EXISTS connections_by_parent
    ON connections (json_extract(document, '$.parent_connection_id'));
CREATE TABLE IF NOT EXISTS dependents (
    position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    connection_id TEXT NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS outcomes (
    workspace_id TEXT NOT NULL, idempotency_key TEXT NOT NULL, recorded_at REAL NOT NULL,
    status INTEGER NOT NULL, headers TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (workspace_id, idempotency_key));
CREATE TABLE IF NOT EXISTS schema_caches (
    connection_id TEXT PRIMARY KEY, started_at REAL NOT NULL, finished_at REAL,
    polls INTEGER NOT NULL, held INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS schema_changes (
    connection_id TEXT NOT NULL, schema_id TEXT NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (connection_id, schema_id));
CREATE TABLE IF NOT EXISTS models (
    position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    workspace_id TEXT NOT NULL, document TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS models_by_workspace ON models (workspace_id, position);
CREATE TABLE IF NOT EXISTS syncs (
    position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    workspace_id TEXT NOT NULL, document TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS syncs_by_workspace ON syncs (workspace_id, position);
CREATE TABLE IF NOT EXISTS executions (
    position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    sync_id TEXT NOT NULL, document TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS executions_by_sync ON executions (sync_id, position);
CREATE TABLE IF NOT EXISTS pending_executions (execution_id TEXT PRIMARY KEY, next_seconds REAL);
CREATE INDEX IF NOT EXISTS pending_executions_by_time ON pending_executions (next_seconds);
CREATE TABLE IF NOT EXISTS results (
    position INTEGER PRIMARY KEY AUTOINCREMENT, execution_id TEXT NOT NULL UNIQUE,
    sync_id TEXT NOT NULL, document TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS results_by_sync ON results (sync_id, position);
CREATE TABLE IF NOT EXISTS console_logs (execution_id TEXT PRIMARY KEY, document TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS timetable (sync_id TEXT PRIMARY KEY, due_seconds REAL);
CREATE INDEX IF NOT EXISTS timetable_by_time ON timetable (due_seconds);
CREATE TABLE IF NOT EXISTS synced_before (sync_id TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS synced_records (
    sync_id TEXT NOT NULL, record TEXT NOT NULL, digest TEXT NOT NULL,
    PRIMARY KEY (sync_id, record)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS error_handling (sync_id TEXT PRIMARY KEY, document TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS workspace_settings (
    workspace_id TEXT NOT NULL, name TEXT NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (workspace_id, name));
CREATE TRIGGER IF NOT EXISTS sync_gone AFTER DELETE ON syncs BEGIN
    DELETE FROM executions WHERE sync_id = OLD.id;
    DELETE FROM timetable WHERE sync_id = OLD.id;
    DELETE FROM synced_before WHERE sync_id = OLD.id;
    DELETE FROM synced_records WHERE sync_id = OLD.id;
    DELETE FROM error_handling WHERE sync_id = OLD.id;
END;
CREATE TRIGGER IF NOT EXISTS execution_gone AFTER DELETE ON executions BEGIN
    DELETE FROM pending_executions WHERE execution_id = OLD.id;
    DELETE FROM results WHERE execution_id = OLD.id;
    DELETE FROM console_logs WHERE execution_id = OLD.id;
END;
CREATE TABLE IF NOT EXISTS jobs (
    id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL, document TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS query_runs (
    id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL, document TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS plain_objects (
    position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL, workspace_id TEXT NOT NULL, document TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS plain_objects_by_kind ON plain_objects (kind, workspace_id, position);
CREATE TABLE IF NOT EXISTS bulk_syncs (
    position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    workspace_id TEXT NOT NULL, document TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS bulk_executions (
    position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, sync_id TEXT NOT NULL,
    ended INTEGER NOT NULL, next_seconds REAL, document TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS bulk_executions_by_sync ON bulk_executions (sync_id, position);
CREATE INDEX IF NOT EXISTS bulk_executions_by_time ON bulk_executions (next_seconds);
CREATE TABLE IF NOT EXISTS bulk_timetable (
    schedule_id TEXT PRIMARY KEY, sync_id TEXT NOT NULL, due_seconds REAL);
CREATE INDEX IF NOT EXISTS bulk_timetable_by_time ON bulk_timetable (due_seconds);
CREATE TRIGGER IF NOT EXISTS bulk_sync_gone AFTER DELETE ON bulk_syncs BEGIN
    DELETE FROM bulk_executions WHERE sync_id = OLD.id;
    DELETE FROM bulk_timetable WHERE sync_id = OLD.id;
END;
CREATE TRIGGER IF NOT EXISTS bulk_execution_gone AFTER DELETE ON bulk_executions BEGIN
    DELETE FROM results WHERE execution_id = OLD.id;
    DELETE FROM console_logs WHERE execution_id = OLD.id;
END;
CREATE TABLE IF NOT EXISTS connect_sessions (
    token TEXT PRIMARY KEY, workspace_id TEXT NOT NULL, document TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS service_changes (
    connection_id TEXT PRIMARY KEY, service TEXT NOT NULL, known TEXT NOT NULL,
    changed_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS added_tables (
    service TEXT NOT NULL, object_id TEXT NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (service, object_id));
CREATE TABLE IF NOT EXISTS record_sets (
    connection_id TEXT NOT NULL, object_id TEXT NOT NULL, drawn INTEGER NOT NULL,
    PRIMARY KEY (connection_id, object_id));
CREATE TABLE IF NOT EXISTS records (
    connection_id TEXT NOT NULL, object_id TEXT NOT NULL, number INTEGER NOT NULL,
    id TEXT NOT NULL, deleted INTEGER NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (connection_id, object_id, number));
CREATE INDEX IF NOT EXISTS records_by_id ON records (connection_id, object_id, id);
"""
TABLES = (
    "settings",
    "workspaces",
    "user_keys",
    "connections",
    "dependents",
    "outcomes",
    "schema_caches",
    "schema_changes",
    "models",
    "syncs",
    "executions",
    "pending_executions",
    "results",
    "console_logs",
    "timetable",
    "synced_before",
    "synced_records",
    "error_handling",
    "workspace_settings",
    "jobs",
    "query_runs",
    "plain_objects",
    "bulk_syncs",
    "bulk_executions",
    "bulk_timetable",
    "connect_sessions",
    "service_changes",
    "added_tables",
    "record_sets",
    "records",
)


class DataFolderError(Exception):
    """The data folder cannot be used; the message says why and what to do."""


class FolderInUse(DataFolderError):
    """Another emulator holds the data folder."""


class FolderUnusable(DataFolderError):
    """The data folder cannot be made, read or written, or holds something else."""


class FolderOfAnotherVersion(DataFolderError):
    """The data was written by a version of the emulator that keeps it differently."""


class Database:
    """The tables, in a folder (kept) or in memory (gone with the emulator)."""

    def __init__(self, folder: Path | None = None) -> None:
        self._lock = threading.RLock()
        self._depth = 0
        self._guard: sqlite3.Connection | None = None
        try:
            if folder is not None:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                for name in (_LOCK, _DATA):
                    _keep_private(folder / name)
                self._guard = _hold(folder)
            self._connection = _open(folder / _DATA if folder else ":memory:")
        except _OtherVersion as error:
            self._let_go()
            found, kind = error.version, "newer" if error.version > DATA_VERSION else "older"
            raise FolderOfAnotherVersion(
                f"The data folder {folder} was written by {kind} software (data version {found};"
                f" this emulator reads {DATA_VERSION}). Use the version that wrote it, name another"
                " folder, or remove this one to begin afresh."
            ) from None
        except (OSError, sqlite3.Error) as error:
            self._let_go()
            raise FolderUnusable(
                f"The data folder {folder} cannot be used: {error}. "
                "Name another one, or make this one writable and empty."
            ) from error

    @contextmanager
    def transaction(self) -> Generator[sqlite3.Connection]:
        """All or nothing. An inner transaction that fails leaves the outer one as it was."""
        with self._lock:
            point = f"level_{self._depth}"
            self._connection.execute(f"SAVEPOINT {point}" if self._depth else "BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield self._connection
            except BaseException:
                self._depth -= 1
                if self._depth:
                    self._connection.execute(f"ROLLBACK TO {point}")
                    self._connection.execute(f"RELEASE {point}")
                else:
                    self._connection.execute("ROLLBACK")
                raise
            self._depth -= 1
            self._connection.execute(f"RELEASE {point}" if self._depth else "COMMIT")

    def setting(self, name: str, default: Any = None) -> Any:
        """A remembered value, or `default`."""
        with self.transaction() as rows:
            row = rows.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return default if row is None else json.loads(row["value"])

    def remember(self, name: str, value: Any) -> None:
        """Keep a JSON value under a name."""
        with self.transaction() as rows:
            rows.execute(
                "INSERT INTO settings VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, json.dumps(value)),
            )

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._connection.close()
            self._let_go()

    def _let_go(self) -> None:
        if self._guard is not None:
            self._guard.close()


class _OtherVersion(Exception):
    """A database whose version is not ours."""

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


def _keep_private(file: Path) -> None:
    """Make a file that only its owner can read; keys stand in it. SQLite's other files follow.

    One that is there is not opened: closing it would end the locks that this process has on it.
    """
    try:
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        if sys.platform != "win32":
            file.chmod(0o600)


def _open(path: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        connection.row_factory = sqlite3.Row
        _check_version(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        # Enough against a killed process; only a power cut could take the last transactions.
        connection.execute("PRAGMA synchronous = NORMAL")
        # Before the tables: whenever it is killed, the next start goes on from there.
        connection.execute(f"PRAGMA user_version = {DATA_VERSION}")
        connection.executescript(_TABLES)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_version(connection: sqlite3.Connection) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
    if version != DATA_VERSION and (version or tables):
        raise _OtherVersion(version)


def _hold(folder: Path) -> sqlite3.Connection:
    """Lock a folder for as long as this process lives.

    SQLite's own file lock works on every platform and dies with its process, however it dies.
    """
    guard = sqlite3.connect(
        folder / _LOCK, isolation_level=None, timeout=0, check_same_thread=False
    )
    try:
        guard.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        guard.close()
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        raise FolderInUse(
            f"Another emulator is using the data folder {folder}. "
            "Stop that one first, or give this one a folder of its own with --data."
        ) from error
    return guard
