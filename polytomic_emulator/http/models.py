"""`/api/models` and `/api/jobs`: reading bodies and writing replies; the rules are in the state."""

from collections.abc import Callable
from typing import Any

from polytomic_emulator.errors import ApiError
from polytomic_emulator.http.messages import Call, Reply
from polytomic_emulator.http.pages import Listing, in_order, limit_of, paged
from polytomic_emulator.http.present import without_absent
from polytomic_emulator.http.present_model import (
    SAMPLE_SIZE,
    present_model,
    present_preview,
    present_sample,
)
from polytomic_emulator.http.reading import Reader, actor_of, body_of
from polytomic_emulator.http.versions import OLD_VERSIONS, version_of
from polytomic_emulator.state.jobs import Job
from polytomic_emulator.state.model import (
    AddedField,
    Enricher,
    Model,
    ModelRequest,
    Relation,
)
from polytomic_emulator.state.store import State


def _updated(model: Model) -> str:
    return model.updated_at


def _id(model: Model) -> str:
    return model.id


_LISTING = Listing("models", _updated, _id)


def index(state: State, call: Call) -> Reply:
    """`GET /api/models`: the last changed first; unpaged in API 2024-02-08."""
    found = state.models.of(call.workspace.id)
    behaviour = state.behaviour
    if behaviour.lists == "plain" or version_of(call.incoming) in OLD_VERSIONS:
        ordered = in_order(_LISTING, found)
        return Reply(body={"data": [present_model(one, behaviour) for one in ordered]})
    size = limit_of(call, behaviour.page_size)
    return paged(_LISTING, call, found, size, lambda one: present_model(one, behaviour))


def create(state: State, call: Call) -> Reply:
    """`POST /api/models?async=`."""
    request = read_model(body_of(call))

    def work() -> dict[str, Any]:
        made = state.models.create(call.workspace.id, request, actor_of(call), state.behaviour)
        return present_model(made, state.behaviour)

    return _answered(state, call, "createmodel", work, status=201)


def read(state: State, call: Call) -> Reply:
    """`GET /api/models/{id}?async=`."""
    found = state.models.get(call.params["id"], call.workspace.id)
    return _answered(state, call, "previewmodel", lambda: present_model(found, state.behaviour))


def preview(state: State, call: Call) -> Reply:
    """`POST /api/model-preview?async=`: what creating the model would answer. Nothing is kept."""
    request = read_model(body_of(call))

    def work() -> dict[str, Any]:
        found = state.models.preview(call.workspace.id, request, actor_of(call), state.behaviour)
        return present_preview(found, state.behaviour)

    return _answered(state, call, "previewmodel", work)


def sample(state: State, call: Call) -> Reply:
    """`GET /api/models/{id}/sample?async=`: the model's first rows."""
    found = state.models.get(call.params["id"], call.workspace.id)

    def work() -> dict[str, Any]:
        rows = state.model_rows.sample(found, state.behaviour, SAMPLE_SIZE)
        return present_sample(found, rows)

    return _answered(state, call, "samplemodel", work)


def update(state: State, call: Call) -> Reply:
    """`PUT /api/models/{id}?async=`: full replacement."""
    state.models.get(call.params["id"], call.workspace.id)
    body = body_of(call)
    # The fields are read afresh each time, whether it is asked for or not.
    body.flag("refresh")
    request = read_model(body)

    def work() -> dict[str, Any]:
        changed = state.models.update(
            call.params["id"], call.workspace.id, request, state.behaviour
        )
        return present_model(changed, state.behaviour)

    return _answered(state, call, "updatemodel", work)


def delete(state: State, call: Call) -> Reply:
    """`DELETE /api/models/{id}?async=`."""
    state.models.delete(call.params["id"], call.workspace.id, state.behaviour)
    return Reply(204)


def job(state: State, call: Call) -> Reply:
    """`GET /api/jobs/{type}/{id}`."""
    params = call.params
    found = state.jobs.poll(params["type"], params["id"], call.workspace.id, state.behaviour)
    return Reply(body={"data": _present_job(state, found)})


def _answered(
    state: State, call: Call, kind: str, work: Callable[[], dict[str, Any]], status: int = 200
) -> Reply:
    """What came of the work, or the job that will say so."""
    if not call.flag("async") and state.behaviour.model_jobs != "on":
        return Reply(status, {"data": work()})
    try:
        with state.database.transaction():
            result = work()
        made = state.jobs.add(call.workspace.id, kind, result=result)
    except ApiError as refusal:
        made = state.jobs.add(call.workspace.id, kind, error=refusal.message)
    return Reply(status, {"job": _present_job(state, made)})


def _present_job(state: State, job: Job) -> dict[str, Any]:
    over = job.status in ("done", "failed")
    shown = {
        "job_id": job.id,
        "type": job.type,
        "status": job.status,
        "result": job.result if over else None,
        "error": job.error if over else None,
    }
    return without_absent(shown, state.behaviour)


def read_model(body: Reader) -> ModelRequest:
    """The body of `POST /api/models` and `PUT /api/models/{id}`."""
    enricher = body.inner("enricher")
    return ModelRequest(
        name=body.required_text("name"),
        connection_id=body.required_text("connection_id"),
        configuration={
            key: value for key, value in body.object("configuration").items() if value is not None
        },
        fields=body.texts("fields") if body.has("fields") else None,
        additional_fields=body.each("additional_fields", _added_field),
        identifier=body.text("identifier"),
        tracking_columns=body.texts("tracking_columns"),
        relations=body.each("relations", _relation),
        enricher=_enricher(enricher) if enricher else None,
        labels=body.texts("labels"),
        policies=body.texts("policies"),
    )


def _added_field(found: Reader) -> AddedField:
    return AddedField(
        name=found.required_text("name"),
        type=found.required_text("type"),
        label=found.required_text("label"),
        example=found.text("example"),
    )


def _relation(found: Reader) -> Relation:
    to = found.required_inner("to")
    return Relation(
        source=found.required_text("from"),
        model_id=to.required_text("model_id"),
        field=to.required_text("field"),
    )


def _enricher(found: Reader) -> Enricher:
    return Enricher(
        connection_id=found.required_text("connection_id"),
        enricher_id=found.text("enricher_id"),
        configuration=found.object("configuration"),
        mappings=found.text_map("mappings"),
        fields=found.each("fields", _enriched_field),
    )


def _enriched_field(found: Reader) -> dict[str, Any]:
    texts = ("id", "name", "label", "type", "remote_type", "description")
    values = {key: found.text(key) for key in texts} | {"example": found.any("example")}
    values |= {key: found.flag(key) for key in ("unique", "user_added") if found.has(key)}
    return {key: value for key, value in values.items() if value is not None}
