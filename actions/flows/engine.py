"""Run a flow as a conversation: one message in, one step out, everything kept in the store."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from actions.flows.applicant import ApplicantQuestion
from actions.flows.authorisation import Authorisation
from actions.flows.definition import OPENING, Flow, FlowField
from actions.flows.draft import Draft
from actions.flows.field_type import FieldError
from actions.flows.fields import readable
from actions.flows.number_fields import NumberType
from actions.flows.outline import Outline
from actions.flows.progress import Progress
from actions.flows.reading import MessageReader
from actions.flows.slots import Slots
from actions.flows.steps import Expected, Intent, Message, Phase, Step, StepKind, SummaryLine
from actions.flows.taking import MessageTaker
from actions.flows.texts import FlowTexts
from actions.flows.wording import Wording
from storage.applications import PAUSED, Application, Applications
from storage.appointments import Appointments
from storage.identity import Identity

__all__ = [
    "Expected",
    "FlowEngine",
    "FlowUnknown",
    "Intent",
    "Message",
    "Phase",
    "Step",
    "StepKind",
    "SummaryLine",
]


class FlowUnknown(KeyError):
    """No flow is known for the item."""


class FlowEngine:
    """Holds nothing of a conversation: a draft lives in the store, so that a restart resumes it.

    Calls for one conversation are expected one after the other; submitting is safe even when they are not.
    """

    def __init__(
        self,
        flows: Mapping[str, Flow],
        applications: Applications,
        texts: FlowTexts,
        clock: Callable[[], datetime],
    ) -> None:
        self.texts = texts
        self._flows = flows
        self._applications = applications
        self._clock = clock
        self._applicant = ApplicantQuestion(texts)
        authorisation = Authorisation(texts, clock)
        self._wording = Wording(texts, self._applicant, authorisation)
        self._reader = MessageReader(texts.words, self._wording.labels, self._applicant.other)
        self._slots = Slots(flows, Appointments(applications.database), texts)
        self._progress = Progress(applications, self._slots, texts, self._wording, authorisation, self._today)
        self._taker = MessageTaker(self._reader, self._applicant, authorisation, self._wording, self._progress, texts)

    def start(
        self,
        conversation_id: str,
        item_id: str,
        text: str = "",
        identity: Identity | None = None,
        facts: Mapping[str, Any] | None = None,
    ) -> Step:
        """Begin an application, or go on with the one for this item that the conversation has not finished.

        What the opening words say already is taken; an unfinished application for another item is set aside.
        Raises FlowUnknown.
        """
        flow = self._flows.get(item_id)
        if flow is None:
            raise FlowUnknown(item_id)
        text = readable(text)
        draft, resumed = self._open(conversation_id, flow)
        draft = self._knowing(draft, identity)
        reading = self._reader.read(draft, text, self._today())
        draft = draft.holding(reading.values)
        if draft.applicant is None:
            draft = draft.remembering(own=dict(reading.own))
        draft = self._with_opening(draft, text)
        begin = flow.begin or self.texts("begin", name=flow.name)
        lead = self.texts("resumed", name=flow.name) if resumed else begin
        if draft.applicant is None and flow.agent != "either":
            suggested = resumed or self._applicant.is_suggested(flow, text, facts or {})  # asked, and not answered
            if suggested or self._applicant.contradicts_identity(draft):
                return self._progress.stand(draft.at(Phase.APPLICANT), lead)
        if draft.applicant in (None, self._applicant.own):
            draft = self._applicant.settle(draft, self._applicant.own, self._today())
        return self._progress.go_on(draft, lead)

    def receive(self, conversation_id: str, message: Message, identity: Identity | None = None) -> Step:
        """Take one message; the step's kind is `none` when the conversation has no application under way.

        `identity` is of use when the citizen has signed in since the application was begun.
        """
        draft = self._active(conversation_id)
        if draft is None:
            return Step(StepKind.NONE, text=self.texts("none"))
        if draft.identity is None or draft.phase is Phase.APPLICANT:
            draft = self._knowing(draft, identity)
        return self._taker.take(draft, replace(message, text=readable(message.text)), self._today())

    def resume(self, conversation_id: str) -> Step:
        """Ask again where the conversation stood, or take up the application it set aside last.

        Whoever asked something else when asked whether to cancel does not cancel: the application goes on.
        """
        draft = self._active(conversation_id)
        if draft is not None:
            return self._taker.go_on(draft) if draft.phase is Phase.CANCEL else self._wording.standing(draft)
        paused = self._applications.paused_draft(conversation_id)
        if paused is None or paused.item_id not in self._flows:
            return Step(StepKind.NONE, text=self.texts("none"))
        draft = self._revived(self._slots.seen(Draft(self._flows[paused.item_id], paused)))
        lead = self.texts("resumed", name=draft.flow.name)
        if draft.phase is Phase.APPLICANT:
            return self._wording.standing(draft, lead)
        return self._progress.go_on(draft, lead)

    def pause(self, conversation_id: str) -> bool:
        """Set the application under way aside, to be resumed later; say whether there was one."""
        draft = self._active(conversation_id)
        if draft is None:
            return False
        self._applications.save(replace(draft.stored, phase=PAUSED, asked_field=None, failures=0))
        return True

    def expected(self, conversation_id: str) -> Expected | None:
        """Return what the application under way waits for; cheap: nothing is decrypted."""
        position = self._applications.draft_position(conversation_id)
        flow = self._flows.get(position.item_id) if position is not None else None
        if position is None or flow is None:
            return None
        phase = Phase(position.phase)
        asked = flow.by_name.get(position.asked_field or "")
        if phase is Phase.APPLICANT:
            asked = self._applicant.field
        if phase is Phase.AUTHORISE:
            asked = flow.authorisation
        if asked is None:
            return Expected(flow.item_id, phase)
        return self._asking(flow, phase, asked)

    def number_corrected(self, conversation_id: str, text: str, field: str | None = None) -> Expected | None:
        """Return the number that a message gives though it is not asked for, as if it were; None where it gives none.

        `field` is one that it may go on about without naming it.
        """
        draft = self._active(conversation_id)
        if draft is None:
            return None
        reading = self._reader.read(draft, readable(text), self._today())
        named = (one.name for one in reading.named if reading.tail)
        for name in (*reading.changes, *named, field):
            one = draft.flow.by_name.get(name or "")
            if one is not None and isinstance(one.kind, NumberType) and not draft.is_locked(one):
                return self._asking(draft.flow, Phase.ASK, one)
        return None

    def is_plain_yes(self, text: str) -> bool:
        """Tell whether a message would confirm whatever is asked."""
        return self._reader.is_plain_yes(text)

    def label(self, one: FlowField) -> str:
        """Return what a field is called."""
        return self._wording.label(one)

    def summary(self, application: Application) -> tuple[SummaryLine, ...]:
        """Return the fields of a draft or an application, personal values masked."""
        flow = self._flows.get(application.item_id)
        return () if flow is None else self._wording.summary(Draft(flow, application))

    @staticmethod
    def _asking(flow: Flow, phase: Phase, one: FlowField) -> Expected:
        return Expected(flow.item_id, phase, one.name, one.type, one.options, one.kind.personal, one.kind)

    def outline(self, conversation_id: str) -> Outline | None:
        """Return where the application under way stands; None where there is none."""
        draft = self._active(conversation_id)
        if draft is None:
            return None
        lacking = [one for one in draft.needed if one.name not in draft.values]
        named = next((one for one in draft.flow.fields if one.type == "person_name" and not one.of_agent), None)
        name = draft.values.get(named.name) if named is not None else None
        return Outline(
            item_id=draft.flow.item_id,
            applicant=draft.applicant,
            name=named.kind.mask(name) if named is not None and name else "",
            unfilled=tuple(self._wording.label(one) for one in lacking),
        )

    def _knowing(self, draft: Draft, identity: Identity | None) -> Draft:
        """Remember who is signed in; in an application for another person that is the agent."""
        if identity is None:
            return draft
        if draft.applicant == self._applicant.other:
            return draft if draft.helper else draft.by_agent(identity.as_mapping(), self._today())
        return draft.remembering(identity=identity.as_mapping())

    def _with_opening(self, draft: Draft, text: str) -> Draft:
        """Put the opening words into the field that takes them."""
        for one in draft.flow.fields:
            if one.source == OPENING and one.name not in draft.stored.fields and re.search(r"\w", text):
                try:
                    draft = draft.holding({one.name: one.kind.parse(text, self._today())})
                except FieldError:
                    continue  # too long or empty: it is asked
        return draft

    def _open(self, conversation_id: str, flow: Flow) -> tuple[Draft, bool]:
        """Return the conversation's draft for the flow, and whether it was there before."""
        active = self._active(conversation_id)
        if active is not None and active.flow.item_id == flow.item_id:
            return active, True
        paused = self._applications.paused_draft(conversation_id, flow.item_id)
        if paused is None:
            return Draft(flow, self._applications.create_draft(conversation_id, flow.item_id)), False
        self.pause(conversation_id)
        return self._revived(self._slots.seen(Draft(flow, paused))), True

    def _revived(self, draft: Draft) -> Draft:
        settled = draft.applicant is not None or draft.flow.agent == "either"
        return self._progress.keep(draft.at(Phase.ASK if settled else Phase.APPLICANT))

    def _active(self, conversation_id: str) -> Draft | None:
        stored = self._applications.active_draft(conversation_id)
        flow = self._flows.get(stored.item_id) if stored is not None else None
        return None if stored is None or flow is None else self._slots.seen(Draft(flow, stored))

    def _today(self) -> date:
        return self._clock().date()
