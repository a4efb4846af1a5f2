"""Decide what a message does to a draft, phase by phase."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from actions.flows.applicant import ApplicantQuestion
from actions.flows.authorisation import Authorisation
from actions.flows.definition import FlowField
from actions.flows.draft import FROM_AGENT, Draft
from actions.flows.field_type import FieldError
from actions.flows.progress import Progress
from actions.flows.reading import MessageReader, Reading
from actions.flows.steps import Intent, Message, Phase, Step, StepKind
from actions.flows.texts import FlowTexts
from actions.flows.wording import Wording


class MessageTaker:
    def __init__(
        self,
        reader: MessageReader,
        applicant: ApplicantQuestion,
        authorisation: Authorisation,
        wording: Wording,
        progress: Progress,
        texts: FlowTexts,
    ) -> None:
        self._reader = reader
        self._applicant = applicant
        self._authorisation = authorisation
        self._wording = wording
        self._progress = progress
        self._texts = texts

    def take(self, draft: Draft, message: Message, today: date) -> Step:
        """Take one message and return the step it leads to."""
        text, intent = message.text, message.intent
        if self._reader.goes_on(text):
            return self.go_on(draft)
        if intent not in (Intent.ASK, Intent.AFFIRM) and self._reader.cancels(text):
            intent = Intent.CANCEL
        if draft.phase is Phase.CANCEL:
            return self._take_cancellation(draft, message, intent, today)
        reading = self._reader.read(draft, text, today)
        if intent is Intent.WAIT:
            return self._wording.wait(draft)
        if intent is Intent.ASK:
            return Step(StepKind.UNCHANGED, draft.flow.item_id, draft.stored.asked_field)
        if intent is Intent.CANCEL and not (reading.changes and reading.tail) and not self._answers(draft, reading):
            before = {"phase": draft.phase.value, "asked_field": draft.stored.asked_field}
            return self._progress.stand(draft.remembering(before=before).at(Phase.CANCEL))
        if draft.phase is Phase.APPLICANT:
            own = {**(draft.stored.context.get("own") or {}), **reading.own}
            return self._take_applicant(draft.holding(reading.changes).remembering(own=own), text, today)
        if draft.flow.agent != "either" and self._applicant.is_said(draft, text):
            return self._progress.stand(draft.reopened().at(Phase.APPLICANT))
        if draft.phase is Phase.AUTHORISE:
            return self._take_authorisation(draft, intent, reading)
        if draft.phase is Phase.CONFIRM:
            return self._take_confirmation(draft, message, intent, reading)
        if draft.phase is Phase.CHANGE:
            return self._take_change(draft, intent, reading)
        return self._take_answer(draft, intent, reading, today)

    def _answers(self, draft: Draft, reading: Reading) -> bool:
        """Tell whether a message that was taken for a cancellation only answers the question (已经办过了)."""
        asked = draft.asked if draft.phase is Phase.ASK else None
        return asked is not None and asked.name in reading.values and not self._reader.gives_up(reading.text)

    def go_on(self, draft: Draft) -> Step:
        """Ask again where the draft stands; a cancellation that was asked about is not meant. No failure counts."""
        if draft.phase is Phase.CANCEL:
            draft = self._before_cancellation(draft)
        return self._wording.standing(draft, self._texts("going_on"))

    def _take_cancellation(self, draft: Draft, message: Message, intent: Intent, today: date) -> Step:
        """A yes ends the application, anything else goes on where it stood."""
        yes = intent is Intent.AFFIRM and not self._reader.read(draft, message.text, today).holds
        if yes and not message.question_heard:
            return self._wording.standing(draft)
        if intent is Intent.CANCEL or yes:
            return self._progress.end(draft, StepKind.CANCELLED, "cancel_done")
        draft = self._before_cancellation(draft)
        if intent in (Intent.DENY, Intent.AFFIRM):
            return self._wording.standing(draft, self._texts("going_on"))
        return self.take(draft, replace(message, intent=intent), today)

    def _before_cancellation(self, draft: Draft) -> Draft:
        """Return the draft to where it stood before it was asked whether to cancel."""
        before = draft.stored.context.get("before") or {}
        phase, asked = Phase(before.get("phase", Phase.ASK.value)), before.get("asked_field")
        return self._progress.keep(draft.remembering(before=None).at(phase, asked))

    def _take_applicant(self, draft: Draft, text: str, today: date) -> Step:
        """Read the answer to the question whom it is for."""
        try:
            answer = self._applicant.field.kind.parse(text, today)
        except FieldError:
            return self._progress.fail(draft, self._wording.standing(draft))
        if answer == self._applicant.other and draft.flow.agent == "refused":
            return self._progress.refuse_agent(draft)
        return self._progress.go_on(self._applicant.settle(draft, answer, today))

    def _take_authorisation(self, draft: Draft, intent: Intent, reading: Reading) -> Step:
        """Read whether the agent states to be authorised; a correction comes first, anything unclear is asked again."""
        stated = self._authorisation.is_stated(draft, reading.text)
        if reading.changes and stated is None:
            return self._change(draft, reading.values)
        if reading.named and reading.corrects and stated is None:
            return self._reask(draft, reading)
        yes = intent is Intent.AFFIRM or reading.is_plain_yes
        if stated or (stated is None and yes and not reading.holds):
            return self._progress.go_on(self._authorisation.stated(draft, reading.text))
        if stated is False or intent is Intent.DENY:
            return self._progress.fail(draft, self._wording.standing(draft, self._texts("agent_denied")))
        return self._progress.fail(draft, self._wording.standing(draft))

    def _take_confirmation(self, draft: Draft, message: Message, intent: Intent, reading: Reading) -> Step:
        """Submit on a plain yes; a change is read back again; anything else submits nothing.

        A yes to what was not heard to its end is asked for again.
        """
        not_submitted = self._wording.confirm_again(draft, "confirm_not_submitted")
        yes = intent is Intent.AFFIRM or (
            reading.is_plain_yes and intent in (Intent.INFORM, Intent.CORRECT, Intent.DENY, Intent.OTHER)
        )
        if yes and not reading.changes and not reading.holds:
            if not message.question_heard:
                return self._wording.standing(draft)
            return self._progress.submit(draft)
        corrects = reading.corrects or (intent in (Intent.CORRECT, Intent.DENY) and not reading.keeps_everything)
        if reading.changes and (corrects or reading.named or intent in (Intent.AFFIRM, Intent.INFORM)):
            return self._change(draft, reading.values)
        if reading.named and (corrects or not yes):
            return self._reask(draft, reading)
        if corrects and not yes:
            return self._progress.stand(draft.at(Phase.CHANGE))
        if yes or reading.keeps_everything or reading.values:
            return not_submitted
        return self._progress.fail(draft, not_submitted)

    def _take_change(self, draft: Draft, intent: Intent, reading: Reading) -> Step:
        """Read the answer to the question which part should be changed."""
        if reading.changes:
            return self._change(draft, reading.values)
        if reading.named:
            return self._reask(draft, reading)
        if intent in (Intent.AFFIRM, Intent.DENY) or reading.keeps_everything:
            return self._progress.go_on(draft, self._texts("kept"))
        return self._progress.fail(draft, self._wording.standing(draft))

    def _take_answer(self, draft: Draft, intent: Intent, reading: Reading, today: date) -> Step:
        """Take the answer to the question for a field, or a correction of another one."""
        asked = draft.asked
        if asked is None:
            return self._progress.go_on(draft)
        if asked.name in reading.values:
            return self._change(draft, reading.values)
        corrects = intent is Intent.CORRECT or (reading.corrects and intent is not Intent.INFORM)
        others = tuple(one for one in reading.named if one is not asked and one.name in draft.values)
        if others and corrects and not reading.changes:
            return self._reask(draft, replace(reading, named=others))
        if asked.name in draft.values and intent in (Intent.DENY, Intent.AFFIRM):
            return self._progress.go_on(draft.remembering(queue=[]), self._texts("kept"))
        try:
            if reading.answers_of_self:
                raise FieldError("helpers_own")
            value = self._parsed(asked, intent, reading, today)
        except FieldError as error:
            if reading.news:
                return self._change(draft, reading.values)
            if corrects and not error.attempted and draft.stored.fields:
                return self._progress.stand(draft.at(Phase.CHANGE))
            return self._progress.fail(draft, self._wording.wrong(draft, asked, error))
        return self._change(draft, {**reading.values, asked.name: value})

    @staticmethod
    def _parsed(asked: FlowField, intent: Intent, reading: Reading, today: date) -> str:
        """Read the part of a message that can be the answer; raise FieldError."""
        if asked.type == "text":
            if intent is Intent.AFFIRM:
                raise FieldError("text_missing", attempted=False)
            return asked.kind.parse(reading.text, today)
        if reading.news:
            return asked.kind.parse(reading.rest, today)
        return asked.kind.parse(reading.tail if asked in reading.named and reading.tail else reading.text, today)

    def _change(self, draft: Draft, values: Mapping[str, str]) -> Step:
        """Put values in, those of the identity excepted, and go on."""
        wrong = [one for one in draft.flow.fields if one.name in values and draft.is_locked(one)]
        locked = [one for one in wrong if values[one.name] != draft.values[one.name]]
        kept = {name: value for name, value in values.items() if draft.flow.by_name[name] not in wrong}
        said = [name for name in kept if draft.source(name) != FROM_AGENT]  # a number filled in is no one's word
        replaced = any(draft.values.get(name, kept[name]) != kept[name] for name in said)
        return self._progress.go_on(draft.holding(kept), *self._locked(locked), changed=replaced)

    def _reask(self, draft: Draft, reading: Reading) -> Step:
        """Ask anew for the fields that a correction names without a right value."""
        locked = [one for one in reading.named if draft.is_locked(one)]
        wanted = [one for one in reading.named if one not in locked]
        if not wanted:
            return self._progress.go_on(draft, *self._locked(locked))
        draft = draft.remembering(queue=[one.name for one in wanted])
        if reading.fault is not None and reading.fault.attempted:
            draft = draft.at(Phase.ASK, wanted[0].name, draft.stored.failures)
            return self._progress.fail(draft, self._wording.wrong(draft, wanted[0], reading.fault))
        return self._progress.go_on(draft, *self._locked(locked))

    def _locked(self, fields: list[FlowField]) -> list[str]:
        return [self._texts("locked", label=self._wording.label(one)) for one in fields]
