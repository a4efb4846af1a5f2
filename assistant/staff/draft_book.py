"""Answers drafted for staff, and what became of each: proposed, sent as it stood, edited, rejected."""

from __future__ import annotations

from typing import Any

from sanic.exceptions import InvalidUsage, NotFound

from actions.draft_edits import edit_between
from actions.drafting import Draft, Drafter, with_sources
from actions.texts import SmallTalk, Texts
from assistant.citizen.personal_data import PersonalDataGuard
from storage.drafts import AnswerDraft, AnswerDrafts, ProposedDraft
from storage.errors import DraftDecided, DraftUnknown
from storage.staff import StaffAccount

LONGEST_TEXT = 4000
"""characters of a letter, or of the answer to it; the search reads the beginning"""
LONGEST_SMALL_TALK = 12
"""characters of a message that is small talk and no question"""


class DraftBook:
    """Draft answers and keep, masked, how they are used."""

    def __init__(
        self, drafter: Drafter, drafts: AnswerDrafts, guard: PersonalDataGuard, small_talk: SmallTalk, texts: Texts
    ) -> None:
        """Keep what it works with; `texts` are what the staff page is told."""
        self.kept = drafts
        self._drafter = drafter
        self._guard = guard
        self._small_talk = small_talk
        self._texts = texts

    def propose(
        self,
        account: StaffAccount,
        question: str,
        focus: str | None = None,
        handoff_id: str | None = None,
        message_seq: int | None = None,
    ) -> dict[str, Any]:
        """Return the drafts for a question, personal data masked before anything sees it."""
        masked = self._guard.without_values(question)
        drafted = self._drafter.draft(masked, focus)
        kept: tuple[AnswerDraft, ...] = ()
        if drafted.drafts or not self._is_small_talk(masked):
            proposed = [ProposedDraft(one.item, one.facet, one.text, one.fields) for one in drafted.drafts]
            kept = self.kept.propose(account.id, masked, proposed, drafted.is_sure, handoff_id, message_seq)
        return {
            "question": masked,
            "message_seq": message_seq,
            "sure": drafted.is_sure,
            "drafts": [self._view(draft, row.id) for draft, row in zip(drafted.drafts, kept, strict=True)],
        }

    def of_handoff(self, draft_id: str, handoff_id: str) -> AnswerDraft:
        """Return a draft made for a conversation; raise NotFound."""
        draft = self.draft(draft_id)
        if draft.handoff_id != handoff_id:
            raise NotFound(self._texts("no_such_draft"))
        return draft

    def draft(self, draft_id: str) -> AnswerDraft:
        """Return a draft; raise NotFound."""
        try:
            return self.kept.get(draft_id)
        except DraftUnknown as error:
            raise NotFound(self._texts("no_such_draft")) from error

    def sendable(self, text: str) -> str:
        """Return a text that can be held against its draft; raise InvalidUsage for one that is too long."""
        if len(text) > LONGEST_TEXT:
            raise InvalidUsage(self._texts("answer_too_long", limit=LONGEST_TEXT))
        return text

    def difference(self, draft: AnswerDraft, text: str) -> list[dict[str, Any]]:
        """Return how a text differs from the draft that it is being made of, sentence by sentence."""
        return [change.as_json() for change in edit_between(draft.text, text).changes]

    def sent(self, draft: AnswerDraft, account: StaffAccount, text: str) -> dict[str, Any]:
        """Note what was sent of a draft; return how it differs, sentence by sentence."""
        edit = edit_between(draft.text, text)
        masked = self._guard.without_values(text, known=draft.text)
        settled = self.kept.send(draft.id, account.id, masked, edit.distance, edit.kept, edit.is_unchanged)
        return {**_outcome(settled), "difference": [change.as_json() for change in edit.changes]}

    def rejected(self, draft: AnswerDraft, account: StaffAccount) -> dict[str, Any]:
        """Note that a draft was of no use; raise InvalidUsage for one that was sent."""
        try:
            return _outcome(self.kept.reject(draft.id, account.id))
        except DraftDecided as error:
            raise InvalidUsage(self._texts("draft_sent")) from error

    def _is_small_talk(self, text: str) -> bool:
        return len(text) <= LONGEST_SMALL_TALK and self._small_talk.has_cue(text)

    def _view(self, draft: Draft, draft_id: str) -> dict[str, Any]:
        return {
            "draft_id": draft_id,
            "rank": draft.rank,
            "item": {"item_id": draft.item, "name": draft.item_name},
            "facet": draft.facet,
            "probability": round(draft.probability, 4),
            "text": draft.text,
            "sentences": [{"text": one.text, "citation": vars(one.citation)} for one in draft.sentences],
            "question": draft.question,
            "sample": draft.sample,
            "plain_text": with_sources(draft, self._texts),
        }


def _outcome(draft: AnswerDraft) -> dict[str, Any]:
    return {
        "draft_id": draft.id,
        "outcome": draft.outcome.value if draft.outcome else None,
        "distance": draft.distance,
        "kept": draft.kept,
    }
