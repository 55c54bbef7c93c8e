"""Bytes and members made up by chance: never a 5xx, and only what is created is stored."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ingest.door import ADDRESS, E1, POINT, S1, S2, W1, Answer, Door, item, lot

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=40),
    st.sampled_from([W1, E1, S1, S2, "in", "OUT", "2026-03-02T05:59:59+01:00", "PL123", ""]),
)
names = st.one_of(
    st.sampled_from([*item(), *ADDRESS, "coordinates", "address", "longitude", "items"]),
    st.text(max_size=10),
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=4),
    max_leaves=8,
)
# Mostly good members, so that many examples come past the first check.
items = st.fixed_dictionaries(
    {
        "registrationDate": st.just("2026-03-02T05:59:58+01:00")
        | st.datetimes().map(lambda moment: moment.isoformat() + "Z")
        | values,
        "ssin": st.just(W1) | values,
        "type": st.sampled_from(["in", "OUT"]) | values,
        "employer": st.just({"enterpriseNumber": E1}) | values,
        "placeOfWork": st.just(POINT) | st.just({"address": ADDRESS}) | values,
        "contractualRelationshipReference": st.just(S1) | values,
    },
    optional={"customReference": scalars, "colour": scalars},
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A good body of which a stretch was replaced by other bytes."""
    body = lot(item(customReference="x"), item(placeOfWork={"address": ADDRESS}))
    start = draw(st.integers(0, len(body)))
    end = min(len(body), start + draw(st.integers(0, 8)))
    return body[:start] + draw(st.binary(max_size=8)) + body[end:]


bodies = st.one_of(
    st.binary(max_size=300),
    damaged(),
    values.map(lambda value: json.dumps(value).encode()),
    st.lists(items, min_size=1, max_size=4).map(lambda lots: lot(*lots)),
)
FUZZ = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


def made(answer: Answer) -> int:
    """How many acts an answer says were created; whatever it is, it is well formed."""
    content: Any = answer.json
    if answer.status == 200:
        entries = [entry["createdPresenceRegistration"] for entry in content]
        return sum(entry is not None for entry in entries)
    assert answer.status == 400, answer.body
    assert content["type"] == "urn:problem-type:belgif:badRequest"
    assert content["issues"]
    assert W1 not in answer.body.decode()
    return 0


@given(body=bodies)
@FUZZ
async def test_no_body_breaks_the_door(door: Door, body: bytes) -> None:
    before = len(door.stored())

    answer = await door.register_bytes(body)

    assert len(door.stored()) == before + made(answer)


@given(
    name=st.sampled_from(
        ["authorization", "accept", "content_type", "content_length", "idempotency_key",
         "belgov_trace_id", "if_none_match", "content_encoding"]
    ),
    value=st.text(st.characters(max_codepoint=255), max_size=60),
    query=st.text(max_size=30),
)  # fmt: skip
@FUZZ
async def test_no_header_and_no_query_breaks_the_door(
    door: Door, name: str, value: str, query: str
) -> None:
    answer = await door.register(item(), query=query, **{name: value})

    assert answer.status in {200, 400, 401, 406, 413, 415, 422}
