"""Holding an answer against the published contract: status, media type, body, headers."""

import functools
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import yaml
from openapi_schema_validator import OAS30Validator, oas30_format_checker

from tests.database import REPOSITORY

FILE: Final = REPOSITORY / "contracts" / "presenceRegistration-v1.yaml"
DIMONA: Final = REPOSITORY / "contracts" / "dimona-v2.yaml"
CAREER_BREAK: Final = REPOSITORY / "contracts" / "careerBreak-v1.yaml"
TEMPORARY_UNEMPLOYMENT: Final = REPOSITORY / "contracts" / "temporaryUnemployment-v1.yaml"
_UUID: Final = re.compile(r"\A[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
# Answered by the framework or by the contract's default, whatever the operation.
_ANYWHERE: Final = {"405", "406", "413", "415", "500"}


@functools.cache
def contract(file: Path = FILE) -> dict[str, Any]:
    """A contract as it is published."""
    document: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return document


def assert_conforms(
    *,
    verb: str,
    path: str,
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    file: Path = FILE,
) -> None:
    """Raise AssertionError unless the contract describes this answer; ``path`` has no base."""
    whole = contract(file)
    operation = _operation(verb.lower(), path, whole)
    answers = operation["responses"] if operation else {}
    documented = str(status) in answers
    assert documented or operation is None or str(status) in _ANYWHERE, f"{verb} {status}"
    answer = _resolved(answers.get(str(status)) or _any_problem(whole), whole)
    _assert_traced(headers)
    content = answer.get("content")
    if content is None:
        assert body == b""
        return
    kind = headers["Content-Type"].partition(";")[0]
    assert kind in content, f"{kind} is not promised for {status}"
    if kind.endswith("json") and verb != "HEAD":
        _assert_fits(json.loads(body), content[kind]["schema"], whole)
    for name, header in answer.get("headers", {}).items():
        assert name in headers or not _resolved(header, whole).get("required"), (
            f"{name} is promised"
        )


def _operation(verb: str, path: str, whole: Mapping[str, Any]) -> Any:
    bare = path.partition("?")[0]
    paths = whole["paths"]
    for template in sorted(paths, key=lambda name: "{" in name):
        pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template))
        if re.fullmatch(pattern, bare):
            return paths[template].get("get" if verb == "head" else verb)
    return None


def _any_problem(whole: Mapping[str, Any]) -> Any:
    return whole["components"]["responses"]["Refusal"]


def _resolved(value: Any, whole: Mapping[str, Any]) -> Any:
    if "$ref" not in value:
        return value
    inside: Any = whole
    for part in value["$ref"].removeprefix("#/").split("/"):
        inside = inside[part]
    return inside


def _assert_traced(headers: Mapping[str, str]) -> None:
    assert _UUID.match(headers["BelGov-Trace-Id"])


def _assert_fits(value: Any, schema: Mapping[str, Any], whole: Mapping[str, Any]) -> None:
    closed = {**schema, "components": whole["components"]}
    faults = list(OAS30Validator(closed, format_checker=oas30_format_checker).iter_errors(value))
    # The place only: a value may be somebody's number.
    assert not faults, [f"{fault.json_path}: {fault.validator}" for fault in faults]
    if isinstance(value, dict):
        _assert_known_members(value, schema, whole)


def _assert_known_members(
    value: Mapping[str, Any], schema: Mapping[str, Any], whole: Mapping[str, Any]
) -> None:
    """Nothing undocumented at the top of an object."""
    own = _resolved(schema, whole)
    known = set(own.get("properties", {}))
    for part in own.get("allOf", ()):
        known |= set(_resolved(part, whole).get("properties", {}))
    assert set(value) <= known, f"undocumented: {sorted(set(value) - known)}"
