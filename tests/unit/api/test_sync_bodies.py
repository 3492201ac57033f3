"""Bodies of syncs, of every shape: sent as they are, read as they come."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from polytomic.types.model_sync_v5response import ModelSyncV5Response

from polytomic_provider.api.wire.sync import SyncRequest
from polytomic_provider.api.wire.sync_reply import SyncReply

TEXT = st.text(max_size=5)
FLAG = st.booleans()
JSON = st.none() | FLAG | st.integers(-9, 9) | TEXT | st.lists(TEXT, max_size=2)


def some(required: dict[str, Any], **optional: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional)


def few(elements: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(elements, max_size=2)


SOURCE = some({"model_id": TEXT, "field": TEXT})
IDENTITY = some(
    {"source": SOURCE, "target": TEXT, "function": TEXT},
    new_field=FLAG,
    remote_field_type_id=TEXT,
)
BODIES = some(
    {
        "name": TEXT,
        "mode": TEXT,
        "fields": few(
            some(
                {"target": TEXT},
                source=SOURCE,
                new=FLAG,
                override_value=TEXT,
                sync_mode=TEXT,
                encryption_enabled=FLAG,
            )
        ),
        "target": some(
            {"connection_id": TEXT},
            object=TEXT,
            configuration=st.dictionaries(TEXT, JSON, max_size=2),
            create=st.dictionaries(TEXT, TEXT, max_size=2),
            new_name=TEXT,
            filter_logic=TEXT,
            search_values=st.dictionaries(TEXT, JSON, max_size=2),
        ),
        "schedule": some(
            {"frequency": TEXT},
            minute=TEXT,
            hour=TEXT,
            day_of_week=TEXT,
            day_of_month=TEXT,
            month=TEXT,
            connection_id=TEXT,
            job_id=st.integers(),
            run_after=some({}, sync_ids=few(TEXT), bulk_sync_ids=few(TEXT)),
            run_after_success_only=FLAG,
        ),
    },
    active=FLAG,
    identity=st.none() | IDENTITY,
    identities=some({"mappings": few(IDENTITY)}, strategy=TEXT),
    filters=few(
        some(
            {"function": TEXT},
            field=SOURCE,
            field_id=TEXT,
            field_type=TEXT,
            value=JSON,
            value_field=SOURCE,
            label=TEXT,
        )
    ),
    filter_logic=TEXT,
    model_filters=some(
        {},
        conditions=few(some({"source": SOURCE, "function": TEXT}, value=JSON, label=TEXT)),
        logic=TEXT,
    ),
    target_filters=some(
        {},
        conditions=few(
            some({"field": TEXT, "function": TEXT}, value=JSON, value_source=SOURCE, label=TEXT)
        ),
        logic=TEXT,
    ),
    overrides=few(some({}, field=SOURCE, field_id=TEXT, function=TEXT, value=JSON, override=JSON)),
    override_fields=few(some({"target": TEXT, "override_value": TEXT}, new=FLAG, sync_mode=TEXT)),
    sync_all_records=FLAG,
    only_enrich_updates=FLAG,
    skip_initial_backfill=FLAG,
    encryption_passphrase=TEXT,
    organization_id=TEXT,
    policies=few(TEXT),
)


@settings(deadline=None)
@given(BODIES)
def test_exactly_what_is_set_is_sent(body: dict[str, Any]) -> None:
    assert SyncRequest.model_validate(body).body() == body


@settings(deadline=None)
@given(BODIES)
def test_a_reply_that_echoes_a_request_is_read_whole_but_for_the_passphrase(
    body: dict[str, Any],
) -> None:
    read = SyncReply.model_validate({"id": "s1", **body}).model_dump(exclude_unset=True)
    shown = {key: value for key, value in body.items() if key != "encryption_passphrase"}
    assert read == {"id": "s1", **shown}


@settings(deadline=None)
@given(BODIES)
def test_what_the_official_client_reads_is_read(body: dict[str, Any]) -> None:
    reply = {"id": "s1", **body}
    official = ModelSyncV5Response.model_validate(reply)
    read = SyncReply.model_validate(reply)
    assert (read.name, read.mode) == (official.name, official.mode)
    assert [f.target for f in read.fields or ()] == [f.target for f in official.fields or ()]
