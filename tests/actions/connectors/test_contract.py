"""The document that departments build to: whole, in itself right, and in the words that both its readers know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from actions.connectors import http
from actions.connectors.contract import Contract
from storage.application_states import ApplicationState
from tests.actions.connectors.dispatching import DATA

COMMON = {
    "$ref", "type", "required", "properties", "additionalProperties", "items", "enum", "pattern", "format",
    "minLength", "maxLength", "maxItems", "minimum", "maximum", "description",
}  # fmt: skip
"""what OpenAPI 3.0 and JSON schema 2020-12 understand alike"""


@pytest.fixture(scope="module")
def contract():
    return Contract.load(DATA)


@pytest.fixture(scope="module")
def document(contract) -> Any:
    return contract.document


def parts(part: Any, *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every mapping of the document with its place."""
    if isinstance(part, dict):
        yield path, part
        for name, below in part.items():
            yield from parts(below, *path, str(name))
    elif isinstance(part, list):
        for number, below in enumerate(part):
            yield from parts(below, *path, str(number))


def followed(document: Any, part: Any) -> Any:
    """Return what a part refers to, or the part."""
    if "$ref" not in part:
        return part
    found = document
    for name in part["$ref"].removeprefix("#/").split("/"):
        found = found[name]
    return found


def test_every_reference_leads_somewhere(document):
    references = [part for _, part in parts(document) if "$ref" in part]
    assert references
    for reference in references:
        assert isinstance(followed(document, reference), dict)


def test_every_schema_is_one_in_both_languages(document):
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
        for path, part in parts(schema):
            if not path or path[-1] != "properties":
                assert part.keys() <= COMMON, path


def test_every_operation_is_whole(document):
    assert document["openapi"].startswith("3.0") and document["security"] == [{"token": []}]
    operations = [
        (path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if method in ("get", "post")
    ]
    assert len({operation["operationId"] for _, operation in operations}) == len(operations) == 5
    for path, operation in operations:
        common = [followed(document, one) for one in document["paths"][path].get("parameters", ())]
        named = {one["name"] for one in common if one["in"] == "path"}
        assert all(f"{{{name}}}" in path for name in named) and len(named) == path.count("{")
        assert {"401", "429", "503"} < operation["responses"].keys()
        for response in operation["responses"].values():
            assert followed(document, response)["description"]


def test_every_example_is_right(document, contract):
    checked = 0
    for _, part in parts(document["paths"]):
        schema = part.get("schema", {}).get("$ref", "").split("/")[-1]
        given = [part["example"]] if "example" in part else []
        given += [example["value"] for example in part.get("examples", {}).values()]
        for example in given if schema else ():
            contract.check(schema, example)
            checked += 1
    assert checked >= 7


def test_what_it_bounds_is_what_we_read(document):
    schemas = document["components"]["schemas"]
    assert schemas["Documents"]["properties"]["documents"]["maxItems"] == http.MOST_DOCUMENTS
    assert schemas["Document"]["properties"]["size"]["maximum"] == http.MOST_DOCUMENT_BYTES
    assert schemas["Withdrawal"]["properties"]["reason"]["maxLength"] == http.MOST_REASON
    states = {state.value for state in ApplicationState if state is not ApplicationState.DRAFT}
    assert set(schemas["Progress"]["properties"]["state"]["enum"]) == states
