"""Our Spectral ruleset knows the 35 rules: each one catches a violation planted for it."""

import copy
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from openapi_spec_validator import validate

REPOSITORY: Final = Path(__file__).resolve().parents[2]
CONTRACTS: Final = REPOSITORY / "contracts"
RULESET: Final = CONTRACTS / ".spectral.yaml"

pytestmark = pytest.mark.slow

Document = dict[str, Any]
Planting = Callable[[Document], None]

PROBLEM: Final = {
    "description": "A problem",
    "content": {
        "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}},
    },
}


def answers(**statuses: Any) -> Document:
    named = {status.lstrip("s"): answer for status, answer in statuses.items()}
    return {**named, "default": {"$ref": "#/components/responses/AnyProblem"}}


def json_of(schema: str) -> Document:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": schema, "content": content}


def operation(identity: str, **members: Any) -> Document:
    return {"operationId": identity, "summary": identity, "tags": ["Boats"], **members}


CLEAN: Final[Document] = {
    "openapi": "3.0.3",
    "info": {"title": "Boats", "version": "1.0.0", "description": "Boats for hire"},
    "servers": [{"url": "/REST/boatHire/v1"}],
    "tags": [{"name": "Boats"}],
    "security": [{"token": ["boats"]}],
    "paths": {
        "/boats": {
            "get": operation(
                "listBoats",
                parameters=[
                    {
                        "name": "colour",
                        "in": "query",
                        "schema": {"type": "array", "items": {"type": "string"}},
                    },
                    {"name": "If-None-Match", "in": "header", "schema": {"type": "string"}},
                ],
                responses=answers(s200=json_of("Boats")),
            ),
            "post": operation(
                "addBoat",
                requestBody={
                    "required": True,
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Boat"}}
                    },
                },
                responses=answers(
                    s201={
                        "description": "Added",
                        "headers": {"Location": {"schema": {"type": "string"}}},
                    }
                ),
            ),
        },
        "/boats/{boatName}": {
            "parameters": [
                {"name": "boatName", "in": "path", "required": True, "schema": {"type": "string"}}
            ],
            "get": operation("readBoat", responses=answers(s200=json_of("Boat"), s404=PROBLEM)),
            "patch": operation(
                "changeBoat",
                requestBody={
                    "required": True,
                    "content": {
                        kind: {"schema": {"$ref": "#/components/schemas/Boat"}}
                        for kind in ("application/merge-patch+json", "application/json")
                    },
                },
                responses=answers(s200=json_of("Boat")),
            ),
        },
        "/health": {
            "get": operation(
                "checkHealth", responses=answers(s200=json_of("Health"), s503=json_of("Health"))
            )
        },
    },
    "components": {
        "securitySchemes": {
            "token": {
                "type": "oauth2",
                "flows": {
                    "clientCredentials": {"tokenUrl": "/token", "scopes": {"boats": "Boats"}}
                },
            }
        },
        "responses": {"AnyProblem": PROBLEM},
        "schemas": {
            "Boats": {
                "type": "object",
                "properties": {
                    "items": {"type": "array", "items": {"$ref": "#/components/schemas/Boat"}}
                },
            },
            "Boat": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string", "example": "Zeemeeuw"},
                    "kind": {"type": "string", "enum": ["sail", "motor"]},
                    "seats": {"type": "integer", "minimum": 1, "default": 2},
                    "builtOn": {"type": "string", "readOnly": True},
                },
            },
            "Trip": {
                "oneOf": [{"$ref": "#/components/schemas/DayTrip"}],
                "discriminator": {
                    "propertyName": "tripKind",
                    "mapping": {"day": "#/components/schemas/DayTrip"},
                },
            },
            "DayTrip": {
                "required": ["tripKind"],
                "allOf": [
                    {"type": "object", "properties": {"tripKind": {"type": "string"}}},
                    {"type": "object", "properties": {"hours": {"type": "integer"}}},
                ],
            },
            "Health": {"type": "object", "properties": {"status": {"type": "string"}}},
            "Problem": {"type": "object", "properties": {"title": {"type": "string"}}},
        },
    },
}


def boat(document: Document) -> Any:
    return document["components"]["schemas"]["Boat"]


def boats(document: Document) -> Any:
    return document["paths"]["/boats"]


def moved(old: str, new: str) -> Planting:
    def plant(document: Document) -> None:
        document["paths"][new] = document["paths"].pop(old)

    return plant


def member(name: str, schema: Document) -> Planting:
    def plant(document: Document) -> None:
        boat(document)["properties"][name] = schema

    return plant


def at(*path: str | int, put: Any) -> Planting:
    def plant(document: Document) -> None:
        inside: Any = document
        for part in path[:-1]:
            inside = inside[part]
        inside[path[-1]] = put

    return plant


LISTED = ("paths", "/boats", "get")
PLANTED: Final[dict[str, Planting]] = {
    "sch-allof": at(
        "components",
        "schemas",
        "DayTrip",
        "allOf",
        1,
        "properties",
        "tripKind",
        put={"type": "string"},
    ),
    "evo-object": at(
        "components", "schemas", "Health", put={"type": "array", "items": {"type": "string"}}
    ),
    "cod-design": at(
        "components", "schemas", "Boat", "properties", "kind", "enum", put=["SAIL_BOAT"]
    ),
    "oas-comp": lambda document: document["components"]["schemas"].update(
        SSIN_number={"type": "string"}
    ),
    "prb-defaul": lambda document: boats(document)["get"]["responses"].pop("default"),
    "oas-defaul": at("components", "schemas", "Boat", "properties", "seats", "default", put=0),
    "stat-codes": at(*LISTED, "responses", "204", put={"description": "Nothing"}),
    "sch-discr": lambda document: document["components"]["schemas"]["DayTrip"].pop("required"),
    "oas-enum": lambda document: boat(document)["properties"]["kind"].pop("type"),
    "err-problem": at(*LISTED, "responses", "400", put=json_of("Problem")),
    "oas-exampl": at("components", "schemas", "Boat", "properties", "name", "example", put=7),
    "oas-descr": lambda document: boats(document)["get"].pop("summary"),
    "hdr-case": at(*LISTED, "parameters", 1, "name", put="if_none_match"),
    "id-name": member("ownerId", {"type": "string"}),
    "rep-struct": at(
        *LISTED, "responses", "200", "content", put={"text/xml": {"schema": {"type": "object"}}}
    ),
    "qry-multi": at(*LISTED, "parameters", 0, "explode", put=False),
    "sch-oneof": lambda document: document["components"]["schemas"]["Trip"].pop("discriminator"),
    "oas-contra": at("openapi", put="3.1.0"),
    "path-param": moved("/boats/{boatName}", "/boats/{boat_name}"),
    "uri-notat": moved("/boats", "/boats/"),
    "col-name": moved("/boats/{boatName}", "/boat/{boatName}"),
    "hlth-res": lambda document: document["paths"].pop("/health"),
    "meth-http": at(
        "paths", "/boats/{boatName}", "get", "requestBody", put={"required": False, "content": {}}
    ),
    "jsn-naming": member("Boat_colour", {"type": "string"}),
    "doc-patch": lambda document: document["paths"]["/boats/{boatName}"]["patch"]["requestBody"][
        "content"
    ].pop("application/merge-patch+json"),
    "jsn-null": member("colour", {"type": "string", "nullable": True}),
    "oas-rdonly": at("components", "schemas", "Boat", "required", put=["builtOn"]),
    "col-repres": at(
        "components", "schemas", "Boats", put={"type": "object", "properties": {"boats": {}}}
    ),
    "opbody-req": lambda document: boats(document)["post"]["requestBody"].pop("required"),
    "sec-req": at("security", put=[{"token": ["ships"]}]),
    "uri-format": at("servers", 0, "url", put="/boats"),
    "oas-tags": at(*LISTED, "tags", put=["Boats", "Ships"]),
    "uri-extens": moved("/boats", "/boats.json"),
    "prop-req": at("components", "schemas", "Boat", "required", put=["keel"]),
    "openapi-opid": at("paths", "/health", "get", "operationId", put="listBoats"),
    "ignore-reason": at(*LISTED, "x-ignore-rules", put={"jsn-null": ""}),
}


@pytest.fixture(scope="module")
def spectral() -> str:
    found = shutil.which(
        "spectral",
        path=os.pathsep.join((str(REPOSITORY / "assets/node_modules/.bin"), os.environ["PATH"])),
    )
    if found is None:
        pytest.skip("Spectral is not installed: make test installs it")
    return found


def linted(spectral: str, folder: Path, documents: dict[str, Document]) -> dict[str, set[str]]:
    """The rules that each document breaks, found in one run."""
    for name, document in documents.items():
        Path(folder, f"{name}.yaml").write_text(yaml.safe_dump(document), encoding="utf-8")
    done = subprocess.run(
        [spectral, "lint", "--quiet", "--format", "json", "--ruleset", str(RULESET), "*.yaml"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("["), done.stderr
    found: dict[str, set[str]] = {name: set() for name in documents}
    for fault in json.loads(done.stdout):
        found[Path(fault["source"]).stem].add(fault["code"])
    return found


@pytest.fixture(scope="module")
def caught(spectral: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    documents = {"clean": copy.deepcopy(CLEAN)}
    for rule, plant in PLANTED.items():
        documents[rule] = copy.deepcopy(CLEAN)
        plant(documents[rule])
    excused = copy.deepcopy(documents["jsn-null"])
    boat(excused)["x-ignore-rules"] = {"jsn-null": "An old client reads the null."}
    return linted(spectral, tmp_path_factory.mktemp("planted"), documents | {"excused": excused})


def test_there_are_thirty_five_rules_and_one_on_their_exceptions() -> None:
    rules = yaml.safe_load(RULESET.read_text(encoding="utf-8"))["rules"]

    assert set(rules) == set(PLANTED)
    assert len(rules) == 36


def test_a_clean_contract_breaks_no_rule(caught: dict[str, set[str]]) -> None:
    validate(CLEAN)

    assert caught["clean"] == set()


@pytest.mark.parametrize("rule", PLANTED)
def test_a_planted_violation_is_caught(rule: str, caught: dict[str, set[str]]) -> None:
    assert rule in caught[rule]


def test_an_exception_with_a_reason_is_respected(caught: dict[str, set[str]]) -> None:
    assert caught["excused"] == set()


@pytest.mark.parametrize(
    "contract", sorted(CONTRACTS.glob("*-v*.yaml")), ids=lambda file: file.stem
)
def test_our_contracts_are_valid_and_break_no_rule(
    contract: Path, spectral: str, tmp_path: Path
) -> None:
    document = yaml.safe_load(contract.read_text(encoding="utf-8"))

    validate(document)
    assert linted(spectral, tmp_path, {contract.stem: document}) == {contract.stem: set()}
