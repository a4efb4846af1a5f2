"""The steps of a flow in words: questions, read-backs, endings."""

from __future__ import annotations

from actions.flows.agency import AUTHORISATION
from actions.flows.applicant import ApplicantQuestion
from actions.flows.authorisation import Authorisation
from actions.flows.definition import Flow, FlowField
from actions.flows.draft import Draft
from actions.flows.field_type import FieldError
from actions.flows.steps import Phase, Step, StepKind, SummaryLine
from actions.flows.texts import FlowTexts
from storage.applications import Application


class Wording:
    def __init__(self, texts: FlowTexts, applicant: ApplicantQuestion, authorisation: Authorisation) -> None:
        self._texts = texts
        self._applicant = applicant
        self._authorisation = authorisation

    def label(self, one: FlowField) -> str:
        return one.label or self._texts(f"labels_{one.type}")

    def labels(self, flow: Flow) -> dict[str, str]:
        return {one.name: self.label(one) for one in flow.fields}

    def standing(self, draft: Draft, *lead: str) -> Step:
        """Say what the draft waits for, after the given sentences."""
        if draft.phase is Phase.APPLICANT:
            return self._step(StepKind.APPLICANT_ASKED, draft, *lead, self._texts("applicant_ask"))
        if draft.phase is Phase.ASK and draft.asked is not None:
            return self._step(StepKind.ASK, draft, *lead, self._question(draft, draft.asked))
        if draft.phase is Phase.AUTHORISE:
            asked = self._texts("agent_ask", statement=self._authorisation.statement(draft))
            return self._step(StepKind.AUTHORISATION_ASKED, draft, *lead, asked)
        if draft.phase is Phase.CHANGE:
            return self._step(StepKind.ASK, draft, *lead, self._texts("confirm_what_to_change"))
        if draft.phase is Phase.CANCEL:
            return self._step(StepKind.CANCEL_ASKED, draft, *lead, self._texts("cancel_ask", name=draft.flow.name))
        return self.read_back(draft, *lead)

    def read_back(self, draft: Draft, *lead: str) -> Step:
        """Read everything back, masked, and ask for the yes."""
        flow = draft.flow
        lines = [self._texts("line", label=line.label, value=line.value) for line in self.summary(draft)]
        parts = [" ".join(lead).strip(), self._texts("confirm_lead", name=flow.name), *lines]
        if flow.eligibility is not None:
            parts.append(flow.eligibility.known if draft.is_eligible else flow.eligibility.unknown)
        if flow.identity_required and not draft.is_verified and draft.applicant != self._applicant.other:
            parts.append(self._texts("confirm_unverified"))
        parts.append(flow.confirm or self._texts("confirm_question"))
        return self._step(StepKind.CONFIRM, draft, "\n".join(part for part in parts if part))

    def confirm_again(self, draft: Draft, key: str) -> Step:
        """Say that nothing was submitted, and ask once more without the whole read-back."""
        question = draft.flow.confirm or self._texts("confirm_question")
        return self._step(StepKind.CONFIRM, draft, self._texts(key), question)

    def wrong(self, draft: Draft, one: FlowField, error: FieldError) -> Step:
        """Say what is wrong with an answer and wait for another."""
        return self._step(StepKind.ASK, draft, one.invalid or self._texts(f"errors_{error.key}", **error.values))

    def failed_thrice(self, draft: Draft) -> Step:
        one = draft.asked
        label = self.label(one) if one is not None else draft.flow.name
        return self._step(StepKind.FAILED_THRICE, draft, self._texts("failed_thrice", label=label))

    def wait(self, draft: Draft) -> Step:
        key = "wait_confirming" if draft.phase is Phase.CONFIRM else "wait_asking"
        return self._step(StepKind.WAIT, draft, self._texts(key))

    def submitted(self, flow: Flow, application: Application) -> Step:
        """Give the receipt number."""
        number = application.receipt_number or ""
        if flow.submitted is not None:
            draft = Draft(flow, application)
            values = {one.name: self._shown(one, draft.values.get(one.name, "")) for one in flow.fields}
            sentences = [flow.submitted.format(**{**values, "receipt_number": number})]
        else:
            sentences = [self._texts("submitted_done", receipt_number=number)]
            if flow.submit.promise is not None:
                sentences.append(self._texts("submitted_promise", promise=flow.submit.promise))
            sentences.append(self._texts("submitted_follow"))
        return Step(
            StepKind.SUBMITTED,
            flow.item_id,
            text="".join(sentences),
            summary=self.summary(Draft(flow, application)),
            receipt_number=number,
            application_state=application.state,
        )

    def ended(self, kind: StepKind, flow: Flow, key: str) -> Step:
        return Step(kind, flow.item_id, text=self._texts(key, name=flow.name))

    def agent_refused(self, flow: Flow) -> Step:
        """Say that nobody else may apply, and why; it has ended."""
        why = self._texts("applicant_refused_why", why=flow.agent_refused) if flow.agent_refused else ""
        return Step(
            StepKind.AGENT_REFUSED, flow.item_id, text=self._texts("applicant_refused", name=flow.name, why=why)
        )

    def not_eligible(self, flow: Flow) -> Step:
        """Say why the application cannot succeed; it has ended."""
        return Step(StepKind.NOT_ELIGIBLE, flow.item_id, text=(flow.eligibility and flow.eligibility.refused) or "")

    def summary(self, draft: Draft) -> tuple[SummaryLine, ...]:
        """Return every field that has a value, personal values masked."""
        lines = []
        if draft.applicant == self._applicant.other:
            lines.append(SummaryLine("applicant", self._texts("applicant_label"), draft.applicant, False))
        for one in draft.needed:
            value = draft.values.get(one.name)
            if value is not None:
                lines.append(SummaryLine(one.name, self.label(one), self._shown(one, value), not draft.is_locked(one)))
        return (*lines, *self._authorisation.lines(draft))

    @staticmethod
    def _shown(one: FlowField, value: str) -> str:
        """Return a value as it may be read back; nothing for none."""
        if not value:
            return ""
        return one.kind.mask(value) if one.masked else one.kind.display(value)

    def _question(self, draft: Draft, one: FlowField) -> str:
        if one.name in draft.values:
            return self._texts("ask_again", label=self.label(one))
        return "".join(self._first_question(draft, asked) for asked in self._together(draft, one))

    def _together(self, draft: Draft, one: FlowField) -> list[FlowField]:
        """Return a field with those asked in the same breath, as far as they have no value."""
        asked, beside = [one], draft.flow.by_name.get(one.together or "")
        while beside is not None and beside not in asked:
            if beside.name in draft.values or not draft.is_needed(beside):
                break
            asked.append(beside)
            beside = draft.flow.by_name.get(beside.together or "")
        return asked

    def _first_question(self, draft: Draft, one: FlowField) -> str:
        if draft.applicant == self._applicant.other:
            return one.ask_other or one.ask or self._texts(f"ask_other_{one.type}", label=self.label(one))
        return one.ask or self._texts(f"ask_{one.type}", label=self.label(one))

    def _step(self, kind: StepKind, draft: Draft, *sentences: str) -> Step:
        return Step(
            kind,
            draft.flow.item_id,
            field=self._field(draft),
            text="".join(sentence for sentence in sentences if sentence),
            choices=self._choices(kind, draft),
            summary=self.summary(draft) if kind is StepKind.CONFIRM else (),
        )

    def _field(self, draft: Draft) -> str | None:
        if draft.phase is Phase.AUTHORISE:
            return AUTHORISATION
        return self._applicant.field.name if draft.phase is Phase.APPLICANT else draft.stored.asked_field

    def _choices(self, kind: StepKind, draft: Draft) -> tuple[str, ...]:
        if kind is StepKind.AUTHORISATION_ASKED:
            return draft.flow.authorisation.options if draft.flow.authorisation is not None else ()
        if kind not in (StepKind.ASK, StepKind.APPLICANT_ASKED):
            return ()
        if draft.phase is Phase.APPLICANT:
            return self._applicant.field.options
        if draft.phase is Phase.CHANGE:
            return tuple(line.label for line in self.summary(draft) if line.editable)
        return draft.asked.options if draft.asked is not None else ()
