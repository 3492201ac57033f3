"""Waits for the jobs that Polytomic starts where a reply takes it too long."""

from pydantic import JsonValue

from polytomic_provider.api.http.durations import show_duration
from polytomic_provider.api.http.errors import (
    APIError,
    NotPolytomic,
    TimedOut,
    Unprocessable,
    with_request,
)
from polytomic_provider.api.http.exchange import Exchange
from polytomic_provider.api.http.pauses import Pauses
from polytomic_provider.api.http.replies import Reply, as_model, unwrap
from polytomic_provider.api.http.retries import Deadline
from polytomic_provider.api.http.transport import Transport
from polytomic_provider.api.routes.paths import api_path
from polytomic_provider.api.wire.job import JobReply


class JobFailed(Unprocessable):
    """Polytomic took the request, and the job that it started for it failed.

    It counts as a refusal of the request, so it is the recorded outcome of a keyed POST. `status`
    is that of the reply that named the job.
    """

    def __init__(
        self, status: int, request_id: str | None, method: str, path: str, *, job: str, said: str
    ) -> None:
        super().__init__(status, None, said, {}, request_id, method, path)
        self.message = with_request(f"{method} {path}: the {job} failed: {said}", request_id)


class JobUnfinished(TimedOut):
    """Polytomic took the request, and the job that it started for it was not done in time."""


class Jobs:
    """The route `/api/jobs/{type}/{id}`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get(self, job_type: str, job_id: str) -> Reply[JobReply]:
        """How far a job is (`GET /api/jobs/{type}/{id}`)."""
        path = api_path("jobs", job_type, job_id)
        return as_model(self._transport.request("GET", path), JobReply)

    def finish(self, reply: Reply[JsonValue]) -> Reply[JsonValue]:
        """The reply itself or, where it only names a job, with the job's result in the end.

        Args:
            reply: Reply to the request that may have started a job.

        Raises:
            JobFailed: The job failed.
            JobUnfinished: The job was not done in time.
            UnexpectedReply: The job cannot be read.
        """
        announced = _job_of(reply)
        if announced is None:
            return reply
        with self._transport.operation() as deadline:
            job = self._done(reply, announced, deadline)
        if _state(job) == "failed":
            raise self._failed(reply, announced, job.error)
        return reply.having(unwrap(job.result))

    def _done(self, reply: Reply[JsonValue], announced: JobReply, deadline: Deadline) -> JobReply:
        """The job when it is over, with its result where it has one."""
        job, pauses = announced, Pauses()
        while _state(job) not in ("done", "failed"):
            left = deadline.remaining()
            if left <= 0:
                raise self._unfinished(reply, job, deadline)
            self._transport.sleep(pauses.within(left))
            job = self._look(reply, announced)
        if job.result is None and _state(job) != "failed":
            job = self._look(reply, announced)
        return job

    def _look(self, reply: Reply[JsonValue], announced: JobReply) -> JobReply:
        if not announced.type or not announced.job_id:
            raise reply.unexpected("the reply names a job without its type or id")
        try:
            return self.get(announced.type, announced.job_id).data
        except (APIError, NotPolytomic) as error:
            # A 404 here must not read as if the model were gone, nor a 400 as if it were refused.
            said = f"the job that it started cannot be read: {error.message}"
            raise reply.unexpected(said) from error

    def _failed(self, reply: Reply[JsonValue], announced: JobReply, error: str | None) -> JobFailed:
        exchange = self._exchange(reply)
        return JobFailed(
            reply.status,
            reply.request_id,
            exchange.method,
            exchange.path,
            job=exchange.clean(_name(announced), longest=200),
            said=exchange.words(error or "") or "no message was given",
        )

    def _unfinished(
        self, reply: Reply[JsonValue], job: JobReply, deadline: Deadline
    ) -> JobUnfinished:
        exchange = self._exchange(reply)
        what = exchange.clean(f"the {_name(job)} is still {job.status!r}", longest=200)
        return JobUnfinished(
            f"{exchange.asked}: {what} after {show_duration(deadline.seconds)}",
            hint="Run again later, or raise polytomic:operationTimeout or the resource's custom "
            "timeout.",
            arrived=True,
        )

    def _exchange(self, reply: Reply[JsonValue]) -> Exchange:
        method, _, path = reply.asked.partition(" ")
        return Exchange(method, path, self._transport.settings)


def _job_of(reply: Reply[JsonValue]) -> JobReply | None:
    """The job that a reply names in place of its data."""
    body = reply.body
    if not isinstance(body, dict) or body.get("data") or not isinstance(body.get("job"), dict):
        return None
    return as_model(reply.having(body["job"]), JobReply).data


def _state(job: JobReply) -> str:
    return (job.status or "").strip().lower()


def _name(job: JobReply) -> str:
    return f"job {job.type or 'of no type'} {job.job_id or 'without id'}"
