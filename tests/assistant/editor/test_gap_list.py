"""The list of gaps of an installation, on the command line and as editors decide about it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from actions.clock import BadDate
from assistant.editor.gap_command import gaps_as_text, look_for_gaps
from assistant.editor.gap_list import GapGone, GapList
from assistant.staff.accounts import open_database
from storage.audit import AuditTrail
from storage.drafts import AnswerDrafts
from storage.gap_decisions import GapState
from storage.retention import Retention
from storage.staff import Staff, StaffRole
from storage.transcripts import TranscriptRole, Transcripts

DRONES = ("无人机怎么登记", "无人机要去哪里登记", "我的无人机登记怎么弄")


@pytest.fixture
def settings(prepared, clock, tmp_path):
    var = tmp_path / "var"
    return prepared.with_(var=var, database_url=f"sqlite:///{var / 'wenban.db'}", clock=clock)


@pytest.fixture
def database(settings):
    database = open_database(settings)
    yield database
    database.close()


@pytest.fixture
def editor(database) -> str:
    staff = Staff(database, PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    return staff.create("wen", "a long enough password", StaffRole.EDITOR).id


@pytest.fixture
def ask(database):
    """Leave a question that was not understood in a conversation."""
    transcripts = Transcripts(database)

    def ask_(conversation: str, text: str) -> None:
        transcripts.append(conversation, TranscriptRole.CITIZEN, {"type": "message", "text": text})
        reply = {"type": "reply", "status": "not_understood", "choices": []}
        transcripts.append(conversation, TranscriptRole.ASSISTANT, reply)

    return ask_


def test_given_questions_that_staff_got_no_draft_for_when_gaps_are_looked_for_then_they_are_gathered(
    settings, database, editor
):
    drafts = AnswerDrafts(database)
    for text in DRONES:
        drafts.propose(editor, text, [], is_sure=False)

    (gap,) = look_for_gaps(settings, None, None)["gaps"]

    assert (gap["count"], [one["why"] for one in gap["whys"]]) == (3, ["no_draft"])
    assert gap["whys"][0]["label"]


def test_given_questions_in_the_storage_when_gaps_are_looked_for_then_they_are_gathered_and_the_look_is_audited(
    settings, database, ask
):
    for place, text in enumerate(DRONES):
        ask(f"c{place}", text)
    ask("c9", "我家的猫会弹琴")

    report = look_for_gaps(settings, None, None)

    (gap,) = report["gaps"]
    assert (gap["count"], gap["title"] in DRONES, report["withheld"]) == (3, True, 1)
    assert gap["whys"] == [{"why": "not_understood", "label": "没听懂", "count": 3}]
    assert gap["proposal"].startswith("没有相近的事项")
    assert gap["title"] in gaps_as_text(report) and "弹琴" not in gaps_as_text(report)
    assert AuditTrail(database).entries(subject="gaps")[0].action == "read-gaps"


def test_given_a_date_when_gaps_are_looked_for_then_what_was_asked_before_is_left_out(settings, ask, clock):
    for place, text in enumerate(DRONES):
        ask(f"c{place}", text)
    tomorrow = (clock() + timedelta(days=1)).date().isoformat()

    assert look_for_gaps(settings, tomorrow, None)["gaps"] == []
    with pytest.raises(BadDate):
        look_for_gaps(settings, "tomorrow", None)


def test_given_a_dismissed_gap_when_more_is_asked_about_it_then_it_stays_dismissed_until_it_is_opened(
    settings, database, ask, editor
):
    gaps = GapList.open(settings, database)
    ask("c1", DRONES[0])
    ask("c2", DRONES[1])
    (listed,) = gaps.look().gaps
    gaps.decide(listed, GapState.DISMISSED, editor)

    ask("c3", DRONES[2])
    (again,) = gaps.look().gaps

    assert (again.gap.count, again.state) == (3, GapState.DISMISSED)
    with pytest.raises(GapGone):
        gaps.find("unknown")
    gaps.decide(again, GapState.OPEN, editor)
    assert gaps.look().gaps[0].state is GapState.OPEN


def test_given_a_deleted_conversation_when_gaps_are_looked_for_then_its_words_are_gone(settings, database, ask):
    gaps = GapList.open(settings, database)
    ask("c1", DRONES[0])
    ask("c2", DRONES[1])
    assert gaps.look().gaps

    Retention(database).delete_conversation("c1")

    report = gaps.look()
    assert (report.gaps, report.withheld) == ((), 1)
