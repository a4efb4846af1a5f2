"""The flow that takes an answer to what staff ask for beside an application: where its yes leads."""

from __future__ import annotations

from typing import Any

from actions.flows.draft import Draft
from actions.flows.steps import Step, StepKind
from actions.texts import Texts
from storage.applications import Applications
from storage.errors import ApplicationUnknown, TransitionRefused
from storage.receipts import receipt_in
from storage.supplements import Supplements

SUPPLEMENT_FLOW = "supplement-answer"


def supplement_begins(receipt_number: str) -> dict[str, Any]:
    """Return what the slot `expecting` holds when the form is to take an answer next."""
    return {"item": SUPPLEMENT_FLOW, "phase": "start", "opening": receipt_number}


class SupplementAnswers:
    """Hand an answer to its application; the draft that took it is gone then, and no application of its own."""

    def __init__(self, applications: Applications, texts: Texts) -> None:
        """Keep the store; `texts` are those of data/texts/flows.yml."""
        self._applications = applications
        self._supplements = Supplements(applications.database)
        self._texts = texts

    def submit(self, draft: Draft) -> Step:
        """Hand the answer over, and say so; where nothing is asked for any more the draft ends, and that is said."""
        typed, conversation_id = draft.values.get("receipt_number", ""), draft.stored.conversation_id
        number = receipt_in(typed) or typed
        try:
            self._supplements.answer(draft.stored.id, number, draft.values.get("statement", ""))
        except TransitionRefused:
            return self._ended(draft, "supplement_gone")
        except ApplicationUnknown:
            return self._ended(draft, "supplement_unknown", receipt_number=number)
        application = self._applications.by_receipt(number)
        said = [(draft.flow.submitted or "").format(receipt_number=number)]
        said += [self._texts("supplement_waiting", receipt_number=other) for other in self._waiting(conversation_id)]
        if self._applications.paused_draft(conversation_id) is not None:
            said.append(self._texts("supplement_kept"))
        return Step(
            StepKind.SUBMITTED,
            application.item_id if application else None,
            text="".join(said),
            receipt_number=number,
            application_state=application.state if application else None,
        )

    def _waiting(self, conversation_id: str) -> tuple[str, ...]:
        return self._supplements.waited_for(conversation_id)[:1]

    def _ended(self, draft: Draft, key: str, **values: str) -> Step:
        self._applications.discard(draft.stored.id)
        return Step(StepKind.CANCELLED, draft.flow.item_id, text=self._texts(key, **values))
