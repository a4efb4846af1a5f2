"""What a department's system must answer: the schemas of its OpenAPI document, which we hold its answers against."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, RefResolver
from jsonschema.exceptions import best_match

from actions.connectors.protocol import ConnectorError

DOCUMENT = Path("schemas") / "department-system.openapi.yml"


class WrongAnswer(ConnectorError):
    """A department's system answered something else than its document says; the message quotes none of it."""

    def __init__(self, what: str) -> None:
        super().__init__(f"The answer is not what the document asks for: {what}.", "wrong_answer")


class Contract:
    """The OpenAPI document; its schemas are written in what OpenAPI 3.0 and JSON schema have in common."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        """Take the document as read."""
        self.document = document
        self._resolver = RefResolver("", dict(document))

    @classmethod
    def load(cls, data: Path) -> Contract:
        """Read the document of a data folder."""
        return cls(yaml.safe_load((data / DOCUMENT).read_text("utf-8")))

    def read(self, schema: str, body: bytes) -> dict[str, Any]:
        """Return an answer that is JSON and as the named schema says; raise WrongAnswer."""
        try:
            payload = json.loads(body)
        except (ValueError, RecursionError):
            raise WrongAnswer("no JSON") from None
        self.check(schema, payload)
        return dict(payload)

    def check(self, schema: str, payload: Any) -> None:
        """Hold a payload against the named schema; raise WrongAnswer, which names the rule and no value."""
        rules = self.document["components"]["schemas"][schema]
        fault = best_match(Draft202012Validator(rules, resolver=self._resolver).iter_errors(payload))
        if fault is not None:
            raise WrongAnswer("/".join([schema, *map(str, fault.absolute_schema_path)]))
