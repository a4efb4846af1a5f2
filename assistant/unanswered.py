"""Read from the transcripts which questions were not answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from actions.status import AnswerStatus
from assistant.citizen.wire import EventType
from assistant.nlu.dialogue_cues import DialogueCues
from knowledge_base.gaps import OpenQuestion
from storage.drafts import AnswerDrafts
from storage.transcripts import TranscriptEntry, Transcripts

NOT_ANSWERED = (AnswerStatus.NOT_UNDERSTOOD, AnswerStatus.OUT_OF_SCOPE, AnswerStatus.HANDOFF_OFFERED)
NONE_OF_THESE = "none_of_these"
"""choices were offered, and the citizen wanted none of them"""
PERSON = "person"
"""choices were offered, and the citizen asked for a person"""
DRAFT_REJECTED = "draft_rejected"
"""an answer was drafted for staff, and they rejected it"""
NO_DRAFT = "no_draft"
"""staff were asked, and no draft was sure"""


def unanswered_questions(transcripts: Transcripts, since: datetime, cues: DialogueCues) -> list[OpenQuestion]:
    """Return what was asked since a moment and not answered.

    Transcripts hold what passed the gate, personal data as placeholders; what is said while a person has the
    conversation is kept elsewhere and not read: of it `undrafted_questions` returns what drafts were asked for.
    """
    return [
        question
        for conversation_id, entries in transcripts.conversations_since(since)
        for question in questions_of(conversation_id, entries, cues)
    ]


def undrafted_questions(drafts: AnswerDrafts, since: datetime) -> list[OpenQuestion]:
    """Return what staff had answers drafted for since a moment and got none of use, personal data as placeholders."""
    return [
        OpenQuestion(one.text, one.conversation_id, one.at, DRAFT_REJECTED if one.was_rejected else NO_DRAFT)
        for one in drafts.unsettled(since)
    ]


def questions_of(
    conversation_id: str, entries: Sequence[TranscriptEntry], cues: DialogueCues
) -> Iterator[OpenQuestion]:
    """Yield the questions of one conversation that were not answered.

    What was picked from the offered choices is no question; when it says that none of them is right, or when a person
    is asked for instead, the question that they were offered for was not answered.
    """
    asked: TranscriptEntry | None = None  # the question that choices were offered for
    offered: frozenset[str] = frozenset()
    for message, reply in zip(entries, entries[1:], strict=False):
        if message.payload.get("type") != EventType.MESSAGE.value or reply.payload.get("type") != EventType.REPLY.value:
            continue
        status, text = str(reply.payload.get("status")), str(message.payload.get("text") or "")
        picked = text in offered or bool(offered) and cues.is_none_of_them(text)
        if status in NOT_ANSWERED and not picked:
            yield OpenQuestion(text, conversation_id, message.at, status)
        elif asked is not None and (status in NOT_ANSWERED or status == AnswerStatus.HANDED_OVER):
            why = PERSON if status == AnswerStatus.HANDED_OVER else NONE_OF_THESE
            yield OpenQuestion(str(asked.payload.get("text") or ""), conversation_id, asked.at, why)
        asked = message if status == AnswerStatus.CLARIFIED else None
        offered = frozenset(str(choice.get("label")) for choice in reply.payload.get("choices") or ())
