"""HTTP around the acts: verbs, types, sizes, traces, caching, health."""

import re

import pytest

from tests.ingest.door import BASE, REGISTER, W1, Door, item, lot

UUID = re.compile(r"\A[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"])
async def test_registering_answers_to_post_alone(door: Door, method: str) -> None:
    answer = await door.call(method, REGISTER)

    assert (answer.status, answer.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize("path", ["/health", f"{BASE}/health", f"{BASE}/refData/remarks"])
async def test_reading_answers_to_get_and_head(door: Door, path: str) -> None:
    posted = await door.call("POST", path, b"{}", content_type="application/json")
    got, headed = await door.call("GET", path), await door.call("HEAD", path)

    assert (posted.status, posted.headers["allow"]) == (405, "GET, HEAD")
    assert (got.status, headed.status, headed.body) == (200, 200, b"")
    assert headed.headers["content-length"] == str(len(got.body))


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("application/json", 200),
        ("*/*", 200),
        ("application/*;q=0.5", 200),
        ("text/html, */*;q=0.1", 200),
        ("nonsense", 200),
        ("text/html", 406),
        ("application/json;q=0, */*", 406),
    ],
)
async def test_an_answer_in_json_must_be_welcome(door: Door, accept: str, status: int) -> None:
    assert (await door.register(item(), accept=accept)).status == status


@pytest.mark.parametrize(
    "kind", ["application/json", "application/json; charset=utf-8", "Application/JSON"]
)
async def test_json_has_several_spellings(door: Door, kind: str) -> None:
    assert (await door.register(item(), content_type=kind)).status == 200


async def test_a_compressed_body_is_415(door: Door) -> None:
    assert (await door.register(item(), content_encoding="gzip")).status == 415


async def test_an_announced_body_that_is_too_large_is_413_and_not_read(door: Door) -> None:
    answer = await door.register(item(), content_length=str(5 * 1024 * 1024))

    assert (answer.status, door.read) == (413, 0)
    assert answer.json["type"] == "urn:problem-type:belgif:payloadTooLarge"
    assert answer.json["limit"] == 1024 * 1024


async def test_an_unannounced_body_is_read_to_the_limit_and_no_further(door: Door) -> None:
    answer = await door.register_bytes(b" " * (5 * 1024 * 1024), parts=50)

    assert answer.status == 413
    assert door.read < 20


async def test_a_body_may_come_in_parts(door: Door) -> None:
    answer = await door.register_bytes(lot(item(), item()), parts=9)

    assert answer.status == 200
    assert len(door.stored()) == 2


async def test_every_answer_has_a_trace_of_its_own(door: Door) -> None:
    answers = [await door.register(item(), token=token) for token in (None, None, "", "x")]

    traces = [answer.headers["belgov-trace-id"] for answer in answers]
    assert len(set(traces)) == 4
    assert all(UUID.match(trace) for trace in traces)


@pytest.mark.parametrize("name", ["belgov_trace_id", "belgov_related_trace_id"])
async def test_the_trace_of_the_request_comes_back_as_related(door: Door, name: str) -> None:
    answer = await door.register(item(), **{name: "abc-123"})

    assert answer.headers["belgov-related-trace-id"] == "abc-123"


@pytest.mark.parametrize("trace", ["x" * 37, "a b", "85073100130", "é", "a\r\nb", ""])
async def test_a_trace_that_could_do_harm_does_not_come_back(door: Door, trace: str) -> None:
    answer = await door.register(item(), belgov_trace_id=trace)

    assert "belgov-related-trace-id" not in answer.headers


@pytest.mark.parametrize("what", ["remarks", "activities", "remarks/caw_14", "activities/cleaning"])
async def test_p61_reference_data_has_labels_in_four_languages_and_an_etag(
    door: Door, what: str
) -> None:
    path = f"{BASE}/refData/{what}"

    answer = await door.call("GET", path)
    again = await door.call("GET", path, if_none_match=f'"x", W/{answer.headers["etag"]}')
    other = await door.call("GET", path, if_none_match='"x"')

    entries = answer.json if isinstance(answer.json, list) else [answer.json]
    assert all(sorted(entry["labels"]) == ["de", "en", "fr", "nl"] for entry in entries)
    assert "max-age" in answer.headers["cache-control"]
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == answer.headers["etag"]
    assert (other.status, other.body) == (200, answer.body)


@pytest.mark.parametrize("what", ["remarks/zzz", "remarks/", "colours", "remarks/caw_14/x", ""])
async def test_p61_a_code_that_does_not_exist_is_404(door: Door, what: str) -> None:
    answer = await door.call("GET", f"{BASE}/refData/{what}")

    assert answer.status == 404
    assert answer.json["type"] == "urn:problem-type:belgif:resourceNotFound"


async def test_parameters_that_nobody_knows_are_400(door: Door) -> None:
    for path in (REGISTER, f"{BASE}/refData/remarks"):
        method = "POST" if path == REGISTER else "GET"
        answer = await door.call(
            method, path, lot(item()), query="page=1&85073100130", content_type="application/json"
        )

        assert answer.status == 400
        assert [issue["name"] for issue in answer.json["issues"]] == ["page", "*"]


@pytest.mark.parametrize("path", ["/health", f"{BASE}/health"])
async def test_health_needs_no_token(door: Door, path: str) -> None:
    answer = await door.call("GET", path, token="")

    assert (answer.status, answer.json) == (200, {"status": "UP"})


async def test_an_accident_says_nothing_of_itself(
    door: Door, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def burst(**_: object) -> None:
        raise RuntimeError(W1)

    monkeypatch.setattr("guichet.ingest.app.judged", burst)

    answer = await door.register(item())

    assert answer.status == 500
    assert answer.json["type"] == "urn:problem-type:belgif:internalServerError"
    assert W1 not in answer.body.decode() + caplog.text


def test_other_paths_belong_to_django(door: Door) -> None:
    paths = ["/", f"{BASE}/presenceRegistrations/search", f"{BASE}/presenceRegistrations/1"]
    paths += ["/REST/oauth/v5/token", f"{REGISTER}/", f"{BASE}/doc/openapi.yaml"]

    assert not any(door.ingest.hot({"path": path}) for path in paths)
