"""What goes into the flow engine and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import Enum

from actions.flows.field_type import FieldType
from storage.application_states import ApplicationState
from storage.personal_values import PersonalKind


class Intent(str, Enum):
    """What the citizen wants to do with a message; whoever calls the engine has classified it."""

    INFORM = "inform"
    AFFIRM = "affirm"
    DENY = "deny"
    CORRECT = "correct"
    CANCEL = "cancel"
    WAIT = "wait"
    ASK = "ask"
    OTHER = "other"


@dataclass(frozen=True)
class Message:
    """A citizen's message; placeholders of personal data have been replaced by the values."""

    text: str
    intent: Intent
    question_heard: bool = True
    """whether the citizen had been given the whole of the question before it; else a yes settles nothing"""


class Phase(str, Enum):
    """Where a draft stands: what the next message answers."""

    APPLICANT = "applicant"
    ASK = "ask"
    AUTHORISE = "authorise"
    CONFIRM = "confirm"
    CHANGE = "change"
    CANCEL = "cancel"


class StepKind(str, Enum):
    """What the engine did with a message."""

    ASK = "ask"
    APPLICANT_ASKED = "applicant_asked"
    AUTHORISATION_ASKED = "authorisation_asked"
    CONFIRM = "confirm"
    SUBMITTED = "submitted"
    CANCEL_ASKED = "cancel_asked"
    CANCELLED = "cancelled"
    FAILED_THRICE = "failed_thrice"
    WAIT = "wait"
    UNCHANGED = "unchanged"
    AGENT_REFUSED = "agent_refused"
    NOT_ELIGIBLE = "not_eligible"
    NONE = "none"


@dataclass(frozen=True)
class SummaryLine:
    """One line of a read-back; the value is masked where it is personal."""

    field: str
    label: str
    value: str
    editable: bool


@dataclass(frozen=True)
class Step:
    """The engine's answer to a message. `text` holds masked values only, so that it may be stored in clear."""

    kind: StepKind
    item_id: str | None = None
    field: str | None = None
    text: str = ""
    choices: tuple[str, ...] = ()
    summary: tuple[SummaryLine, ...] = ()
    receipt_number: str | None = None
    application_state: ApplicationState | None = None


@dataclass(frozen=True)
class Expected:
    """What a conversation's draft waits for."""

    item_id: str
    phase: Phase
    field: str | None = None
    type: str | None = None
    options: tuple[str, ...] = ()
    personal: PersonalKind | None = None
    """which kind of personal data a right answer is"""
    kind: FieldType | None = dataclass_field(default=None, compare=False, repr=False)
