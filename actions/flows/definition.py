"""What a flow is: read from a YAML file, checked against `data/schemas/flow.schema.json`."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from actions.connectors.declarations import DeclarationError, declared_systems
from actions.connectors.protocol import CONNECTORS
from actions.flows.agency import AGENT_ID, AGENT_NAME, AUTHORISATION, Agency, BadAgency, load_agency, with_agent_fields
from actions.flows.choice_field import Choice, Option
from actions.flows.field_type import FieldType
from actions.flows.fields import field_type
from actions.flows.flow_faults import APPLICANT, SUPPLEMENT, faults_of
from actions.flows.schema_faults import fault_in
from actions.flows.slot_table import AppointmentRule, BadSlotTable, SlotTable, appointment_of, slot_tables
from actions.flows.words import FlowWords

__all__ = [
    "APPLICANT",
    "OPENING",
    "SUPPLEMENT",
    "Eligibility",
    "Flow",
    "FlowError",
    "FlowField",
    "Submission",
    "decided_automatically",
    "load_flows",
]

OPENING = "opening"
AUTOMATICALLY, BY_STAFF = "automatically", "by_staff"


class FlowError(Exception):
    """A flow file that cannot be used; the message names file and field."""


@dataclass(frozen=True)
class FlowField:
    """One field of a flow. `source` is a path in the identity, `opening`, or None."""

    name: str
    type: str
    kind: FieldType = field(compare=False)
    label: str | None = None
    words: tuple[str, ...] = ()
    source: str | None = None
    editable: bool = True
    sensitive: bool = False
    ask: str | None = None
    ask_other: str | None = None
    together: str | None = None
    """the field whose question is asked in the same breath while it too has no value"""
    invalid: str | None = None
    default: str | None = None
    offered: tuple[str, ...] = ()
    """values to choose from as they are offered at the moment, of a field that is no choice"""
    may_be_agents: bool = False
    """whether a telephone number may be that of who applies for another person"""
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """earlier field → the values with which this one belongs to the application"""

    @property
    def options(self) -> tuple[str, ...]:
        """The values to choose from."""
        return tuple(option.value for option in self.kind.options) if isinstance(self.kind, Choice) else self.offered

    @property
    def of_agent(self) -> bool:
        """Whether the value is about who applies for another person, and none of the application's own."""
        return self.name in (AGENT_NAME, AGENT_ID)

    @property
    def masked(self) -> bool:
        """Whether the value is hidden when it is read back."""
        return self.sensitive or self.kind.personal is not None


@dataclass(frozen=True)
class Eligibility:
    """Where a register says that the citizen is eligible, and what is said at confirmation."""

    source: str
    known: str
    unknown: str
    refused: str | None = None
    """said, and the application ended, when the register says no or the age by the ID number is out of bounds"""
    at_least: int = 0
    """years"""
    at_most: int | None = None

    def admits(self, age: int) -> bool:
        """Tell whether somebody of this age may be eligible."""
        return self.at_least <= age and (self.at_most is None or age <= self.at_most)


@dataclass(frozen=True)
class Submission:
    connector: str
    delivers: str
    promise: str | None = None
    decided: str = AUTOMATICALLY

    @property
    def by_staff(self) -> bool:
        """Whether staff accept and decide at the back office's desk."""
        return self.decided == BY_STAFF


@dataclass(frozen=True)
class Flow:
    """An application as a conversation: its fields and what happens to them."""

    item_id: str
    name: str
    fields: tuple[FlowField, ...]
    submit: Submission
    identity_required: bool = False
    agent: str = "allowed"
    agent_refused: str = ""
    """why one may not apply for another person"""
    agent_words: tuple[str, ...] = ()
    agency: Agency | None = None
    """what applying for another person asks and states"""
    authorisation: FlowField | None = None
    """the field that the answer to the statement is read by"""
    eligibility: Eligibility | None = None
    confirms: bool = True
    confirm: str | None = None
    begin: str | None = None
    submitted: str | None = None
    appointment: AppointmentRule | None = None

    @cached_property
    def by_name(self) -> Mapping[str, FlowField]:
        return {one.name: one for one in self.fields}

    @cached_property
    def holder(self) -> str:
        """The name of the field with the ID number of whom the application is for; empty where there is none."""
        return next((one.name for one in self.fields if one.type == "cn_id_number" and not one.of_agent), "")


def load_flows(folder: Path | str, words: FlowWords | None = None, schema: Path | None = None) -> dict[str, Flow]:
    """Read every flow of a folder, by item id; raise FlowError for the first that is wrong.

    Words and schema are those of the data folder that the flows' folder lies in, unless given.
    """
    folder = Path(folder)
    words = words or FlowWords.load(folder.parent / "texts" / "flow_words.yml")
    schema = schema or folder.parent / "schemas" / "flow.schema.json"
    validator = Draft202012Validator(json.loads(schema.read_text("utf-8")))
    certificates = _certificates(folder.parent / "texts" / "certificates.yml")
    connectors, tables, agency = _around(folder.parent)
    flows: dict[str, Flow] = {}
    for path in sorted(folder.glob("*.yml")):
        flow = _read(path, validator, words, connectors, tables, agency)
        draws = flow.submit.delivers == "certificate_pdf" and flow.submit.connector in CONNECTORS
        if draws and certificates is not None and flow.item_id not in certificates:
            raise FlowError(f"{path.name}: submit.delivers: certificates.yml describes none for {flow.item_id}.")
        if flow.item_id in flows:
            raise FlowError(f"{path.name}: there is a flow for {flow.item_id} already.")
        flows[flow.item_id] = flow
    return flows


def decided_automatically(flows: Mapping[str, Flow]) -> dict[str, Flow]:
    """Return the flows with nothing left for staff to decide, as a demonstration without a desk has them."""
    return {
        item_id: replace(flow, submit=replace(flow.submit, decided=AUTOMATICALLY)) for item_id, flow in flows.items()
    }


def _certificates(path: Path) -> Collection[str] | None:
    """Return the items whose certificate is described, or None where there are no descriptions to look at."""
    return (yaml.safe_load(path.read_text("utf-8")) or {}).keys() if path.is_file() else None


def _around(data: Path) -> tuple[Collection[str], Mapping[str, SlotTable], Agency | None]:
    """Return the connectors and the timetables that a flow may name, and the rules of applying for another person."""
    try:
        return CONNECTORS | declared_systems(data).keys(), slot_tables(data), load_agency(data)
    except (DeclarationError, BadSlotTable, BadAgency) as error:
        raise FlowError(str(error)) from error


def _read(
    path: Path,
    validator: Draft202012Validator,
    words: FlowWords,
    connectors: Collection[str],
    tables: Mapping[str, SlotTable],
    agency: Agency | None,
) -> Flow:
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise FlowError(f"{path.name}: this is no YAML: {error}") from error
    fault = fault_in(raw, validator)
    if fault is not None:
        raise FlowError(f"{path.name}: {fault}")
    try:
        appointment, fields = appointment_of(raw, tables)
    except BadSlotTable as error:
        raise FlowError(f"{path.name}: {error}") from error
    agent = raw.get("agent", "allowed")
    agency = agency if agent == "allowed" else None
    fields = with_agent_fields(fields, agency) if agency is not None else fields
    flow = Flow(
        item_id=raw["item"],
        name=raw["name"],
        fields=tuple(_field(spec, words) for spec in fields),
        submit=Submission(**raw["submit"]),
        identity_required=raw.get("identity") == "required",
        agent=agent,
        agent_refused=raw.get("agent_refused", ""),
        agent_words=tuple(raw.get("agent_words", ())),
        agency=agency,
        authorisation=_authorisation(agency, words) if agency is not None else None,
        eligibility=_eligibility(raw["eligibility"]) if "eligibility" in raw else None,
        confirms=raw.get("confirm") is not False,
        confirm=raw.get("confirm") or None,
        begin=raw.get("begin"),
        submitted=raw.get("submitted"),
        appointment=appointment,
    )
    stray = next(faults_of(flow, connectors), None)
    if stray is not None:
        raise FlowError(f"{path.name}: {stray}")
    return flow


def _eligibility(spec: Mapping[str, Any]) -> Eligibility:
    return Eligibility(spec["from"], spec["known"], spec["unknown"], spec.get("refused"), **spec.get("age", {}))


def _field(spec: Mapping[str, Any], words: FlowWords) -> FlowField:
    return FlowField(
        name=spec["name"],
        type=spec["type"],
        kind=field_type(spec["type"], spec, words),
        label=spec.get("label"),
        words=tuple(spec.get("words", ())) + words.fields.get(spec["type"], ()),
        source=f"identity.{spec['name']}" if spec.get("from") == "identity" else spec.get("from"),
        editable=spec.get("editable", True),
        sensitive=spec.get("sensitive", False),
        ask=spec.get("ask"),
        ask_other=spec.get("ask_other"),
        together=spec.get("together"),
        invalid=spec.get("invalid"),
        default=spec.get("default"),
        may_be_agents=spec.get("agent_may_be_contact", False),
        when={
            name: (value,) if isinstance(value, str) else tuple(value) for name, value in spec.get("when", {}).items()
        },
    )


def _authorisation(agency: Agency, words: FlowWords) -> FlowField:
    """Return the field that takes the answer to the statement: whether it is true, or not."""
    options = [Option(said[0], said[1:]) for said in (agency.stated, agency.denied)]
    return FlowField(AUTHORISATION, "choice", Choice(options, words.choices))
