"""What applying for another person (代办) asks and states: read from `data/agents.yml`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

FILE = "agents.yml"
SCHEMA = Path("schemas") / "agents.schema.json"
RELATION, AGENT_NAME, AGENT_ID = "relationship", "agent_name", "agent_id_number"
"""the names of the fields that every flow has for an agent"""
AUTHORISATION = "authorisation"
"""the name under which the statement is asked for and shown"""
_FROM_RELATIONS = "relations"


class BadAgency(Exception):
    """`agents.yml` cannot be used; the message says where."""


@dataclass(frozen=True)
class Relation:
    """What a citizen is to the agent, what the agent is to the citizen, and which statement the agent makes."""

    value: str
    role: str
    states: str
    minor: str
    """the statement where the citizen is a minor"""


@dataclass(frozen=True)
class Agency:
    """The rules of applying for another person, one for all flows."""

    fields: tuple[Mapping[str, Any], ...]
    """as in a flow file"""
    relations: Mapping[str, Relation]
    statements: Mapping[str, str]
    adult_from: int
    """age in full years from which a person can authorise another (Civil Code of China, article 17)"""
    stated: tuple[str, ...]
    """what says that the statement is true; the first is the button's"""
    denied: tuple[str, ...]
    written: re.Pattern[str]
    """a material with this in its name is a written authorisation"""

    def role(self, relation: str) -> str:
        """Return what the agent is to the citizen."""
        return self.relations[relation].role

    def statement(self, relation: str, is_minor: bool, name: str) -> str:
        """Return the sentence that the agent has to state.

        A minor cannot authorise anybody: the guardian acts by law, or authorises (Civil Code, articles 19 to 27).
        """
        known = self.relations[relation]
        key = known.minor if is_minor else known.states
        return self.statements[key].format(role=known.role, name=name)


def load_agency(data: Path) -> Agency | None:
    """Read the rules of a data folder; None where it has none. Raise BadAgency."""
    path = data / FILE
    if not path.is_file():
        return None
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
        written = re.compile(raw["written"])
    except (yaml.YAMLError, re.error, KeyError, TypeError) as error:
        raise BadAgency(f"{FILE}: {type(error).__name__}: {error}") from error
    fault = best_match(Draft202012Validator(json.loads((data / SCHEMA).read_text("utf-8"))).iter_errors(raw))
    if fault is not None:
        raise BadAgency(f"{FILE}: {'.'.join(map(str, fault.absolute_path))}: {fault.message}")
    relations = {
        one["value"]: Relation(one["value"], one["role"], one["states"], one.get("minor", one["states"]))
        for one in raw["relations"]
    }
    for one in relations.values():
        for key in (one.states, one.minor):
            if key not in raw["statements"]:
                raise BadAgency(f"{FILE}: relation {one.value}: there is no statement {key}.")
    return Agency(
        fields=tuple(_with_relations(spec, raw["relations"]) for spec in raw["fields"]),
        relations=relations,
        statements=raw["statements"],
        adult_from=raw["adult_from"],
        stated=tuple(raw["answer"]["stated"]),
        denied=tuple(raw["answer"]["denied"]),
        written=written,
    )


def with_agent_fields(fields: Sequence[Mapping[str, Any]], agency: Agency) -> list[Mapping[str, Any]]:
    """Return a flow's fields with the agent's among them: after the first ones, which any identity has."""
    own = next((place for place, one in enumerate(fields) if one.get("from") != "identity"), len(fields))
    return [*fields[:own], *agency.fields, *fields[own:]]


def _with_relations(spec: Mapping[str, Any], relations: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    if spec.get("options") != _FROM_RELATIONS:
        return spec
    return {**spec, "options": [{"value": one["value"], "words": one["words"]} for one in relations]}
