"""Move a draft on in the store: ask the next thing, read back, submit, count failures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from actions.flows.authorisation import Authorisation
from actions.flows.draft import Draft
from actions.flows.flow_faults import SUPPLEMENT
from actions.flows.slots import Slots
from actions.flows.steps import Phase, Step, StepKind
from actions.flows.supplement import SupplementAnswers
from actions.flows.texts import FlowTexts
from actions.flows.whose import WhoseValues
from actions.flows.wording import Wording
from storage.applications import Applications
from storage.errors import AlreadyBooked, ApplicationUnknown, SlotTaken

FAILURES_ALLOWED = 3


class Progress:
    def __init__(
        self,
        applications: Applications,
        slots: Slots,
        texts: FlowTexts,
        wording: Wording,
        authorisation: Authorisation,
        today: Callable[[], date],
    ) -> None:
        self._authorisation = authorisation
        self._whose = WhoseValues(texts, wording.label)
        self._applications = applications
        self._slots = slots
        self._texts = texts
        self._wording = wording
        self._today = today
        self._answers = SupplementAnswers(applications, texts)

    def keep(self, draft: Draft) -> Draft:
        """Write the draft to the store; raise DraftGone when it is no draft any more."""
        return Draft(draft.flow, self._applications.save(draft.stored))

    def stand(self, draft: Draft, *lead: str) -> Step:
        """Keep the draft and say what it waits for."""
        return self._wording.standing(self.keep(draft), *lead)

    def go_on(self, draft: Draft, *lead: str, changed: bool = False) -> Step:
        """Ask for the next field, or read back, or submit where the flow wants no read-back.

        An application that cannot succeed ends before anything else is asked. What cannot be booked, or is the agent's
        and not the other person's, is said and asked for again; a change is `changed` only where it can. Who applies
        for another has to state, before the read-back, that they may.
        """
        draft, own = self._whose.sorted_out(draft)
        if draft.is_refused(self._today()):
            self._applications.discard(draft.stored.id)
            return self._wording.not_eligible(draft.flow)
        draft, refused = self._slots.settle(draft, self._today())
        refused = (*own, *refused)
        lead = (*([self._texts("changed")] if changed and not refused else []), *lead, *refused)
        following = draft.next_field
        if following is not None and own:  # an answer of no use: whoever gives it again and again needs a person
            asking = draft.at(Phase.ASK, following.name, draft.stored.failures)
            return self.fail(asking, self._wording.standing(asking, *lead))
        if following is not None:
            return self.stand(draft.at(Phase.ASK, following.name), *lead)
        if self._authorisation.is_due(draft):
            return self.stand(draft.at(Phase.AUTHORISE), *lead)
        draft = self.keep(draft.at(Phase.CONFIRM))
        return self._wording.standing(draft, *lead) if draft.flow.confirms else self.submit(draft)

    def submit(self, draft: Draft) -> Step:
        """Submit once: a second yes that comes at the same time gets what the first one got.

        Where the seat of an appointment is taken meanwhile nothing is submitted, and another one is asked for. An
        answer to what staff ask for goes to its application.
        """
        if draft.flow.submit.delivers == SUPPLEMENT:
            return self._answers.submit(draft)
        if self._slots.is_stale(draft, self._today()):
            return self.go_on(draft)
        if self._authorisation.is_due(draft):
            return self.go_on(draft)
        ready = draft.for_submission(self._authorisation.agent(draft)).stored
        holder = ready.fields.get(draft.flow.holder)
        try:
            application = self._applications.submit(
                ready.id, holder, ready.fields, ready.context, self._slots.wanted(draft)
            )
        except (SlotTaken, AlreadyBooked) as refusal:
            draft, sentence = self._slots.refused(draft, isinstance(refusal, SlotTaken))
            return self.go_on(draft, sentence)
        except ApplicationUnknown:
            return Step(StepKind.NONE, text=self._texts("none"))
        return self._wording.submitted(draft.flow, application)

    def fail(self, draft: Draft, step: Step) -> Step:
        """Count an answer that was not understood; the third in a row is told to the caller."""
        failures = draft.stored.failures + 1
        if failures < FAILURES_ALLOWED:
            self.keep(draft.at(draft.phase, draft.stored.asked_field, failures))
            return step
        return self._wording.failed_thrice(self.keep(draft.at(draft.phase, draft.stored.asked_field)))

    def end(self, draft: Draft, kind: StepKind, key: str) -> Step:
        """Delete the draft and say so."""
        self._applications.discard(draft.stored.id)
        return self._wording.ended(kind, draft.flow, key)

    def refuse_agent(self, draft: Draft) -> Step:
        """Delete a draft for another person of a flow that allows none, and say why."""
        self._applications.discard(draft.stored.id)
        return self._wording.agent_refused(draft.flow)
