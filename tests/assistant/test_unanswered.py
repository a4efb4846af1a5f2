"""Which questions count as not answered."""

from __future__ import annotations

from datetime import datetime, timezone
from unittest.mock import Mock

import pytest
import yaml

from assistant.nlu.dialogue_cues import DialogueCues
from assistant.unanswered import questions_of, undrafted_questions
from storage.drafts import UnsettledQuestion
from storage.transcripts import TranscriptEntry, TranscriptRole

AT = datetime(2026, 11, 23, 10, tzinfo=timezone.utc)
OFFERED = ("护照补发", "护照换发", "都不是")


@pytest.fixture(scope="module")
def cues(data) -> DialogueCues:
    return DialogueCues.from_mapping(yaml.safe_load((data / "texts" / "dialogue.yml").read_text("utf-8")))


def talk(*turns: tuple) -> list[TranscriptEntry]:
    """Return the entries of turns, each (what was said, how it ended, what was offered)."""
    payloads: list[dict] = [{"type": "reply", "status": "smalltalk", "text": "您好", "choices": []}]
    for said, status, *choices in turns:
        payloads.append({"type": "message", "text": said})
        payloads.append({"type": "reply", "status": status, "choices": [{"label": one} for one in choices]})
    return [TranscriptEntry(place, TranscriptRole.SYSTEM, payload, AT) for place, payload in enumerate(payloads, 1)]


def gaps(cues, *turns) -> list[tuple[str, str]]:
    return [(question.text, question.why) for question in questions_of("one", talk(*turns), cues)]


@pytest.mark.parametrize("status", ["not_understood", "out_of_scope", "handoff_offered"])
def test_given_a_question_that_was_not_answered_then_it_counts(cues, status):
    assert gaps(cues, ("无人机怎么上牌", status)) == [("无人机怎么上牌", status)]


@pytest.mark.parametrize("status", ["answered", "smalltalk", "flow_asked", "emergency", "refused", "submitted"])
def test_given_a_turn_that_ended_otherwise_then_it_does_not_count(cues, status):
    assert gaps(cues, ("护照丢了", status)) == []


@pytest.mark.parametrize("none", ["都不是", "都不对", "这些都不是"])
def test_given_choices_when_none_of_them_is_meant_then_the_question_counts_and_not_the_no(cues, none):
    turns = (("本本到期了咋弄", "clarified", *OFFERED), (none, "not_understood"))
    assert gaps(cues, *turns) == [("本本到期了咋弄", "none_of_these")]


def test_given_choices_when_a_person_is_asked_for_instead_then_the_question_counts(cues):
    turns = (("本本到期了咋弄", "clarified", *OFFERED), ("转人工", "handed_over"))
    assert gaps(cues, *turns) == [("本本到期了咋弄", "person")]


@pytest.mark.parametrize("then", [("护照换发", "answered"), ("身份证丢了", "answered")])
def test_given_choices_when_one_is_picked_or_something_else_answered_then_nothing_counts(cues, then):
    assert gaps(cues, ("本本到期了咋弄", "clarified", *OFFERED), then) == []


def test_given_two_failures_and_a_person_then_each_question_counts_once(cues):
    turns = (("咋弄啊这个", "not_understood"), ("那个证怎么办", "handoff_offered", "转人工"), ("转人工", "handed_over"))
    assert gaps(cues, *turns) == [("咋弄啊这个", "not_understood"), ("那个证怎么办", "handoff_offered")]


def test_given_what_is_said_to_a_person_then_it_is_not_read(cues):
    entries = talk(("转人工", "handed_over"))
    entries.append(TranscriptEntry(9, TranscriptRole.CITIZEN, {"type": "message", "text": "我的隐私"}, AT))
    entries.append(TranscriptEntry(10, TranscriptRole.STAFF, {"type": "agent-message", "text": "您好"}, AT))
    assert list(questions_of("one", entries, cues)) == []


@pytest.mark.parametrize(("was_rejected", "why"), [(True, "draft_rejected"), (False, "no_draft")])
def test_given_a_question_that_staff_got_no_draft_of_use_for_then_it_counts(was_rejected, why):
    drafts = Mock()
    drafts.unsettled.return_value = iter([UnsettledQuestion("无人机怎么登记", "one", AT, was_rejected)])
    (question,) = undrafted_questions(drafts, AT)
    assert (question.text, question.conversation_id, question.why) == ("无人机怎么登记", "one", why)
