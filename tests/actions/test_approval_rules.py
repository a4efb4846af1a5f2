"""Which answers wait for a yes."""

from __future__ import annotations

import pytest

from actions.approval_rules import ApprovalRules, BadApproval, HeldReason
from actions.reply import Citation, Reply
from actions.status import AnswerStatus


def cited(item: str | None) -> Citation:
    return Citation(item, "名", "fee", "收费标准", "sample", None, True)


def answer(item: str | None = "passport-first", confidence: float = 0.9, **more) -> Reply:
    return Reply(AnswerStatus.ANSWERED, "答", item=item, confidence=confidence, **more)


def test_given_the_rules_as_shipped_when_read_then_nothing_waits(data):
    rules = ApprovalRules.load(data / "approval.yml")

    assert rules.enabled is False and rules.minutes == 10
    assert rules.why_held(answer(confidence=0.0), is_open=True) is None


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (answer("passport-first"), HeldReason.ITEM),
        (answer("passport-renewal", citations=(cited("passport-first"),)), HeldReason.ITEM),
        (answer("passport-renewal", 0.59), HeldReason.CONFIDENCE),
        (answer("passport-renewal", 0.6), None),
        (answer(None, 0.0, citations=(cited(None),)), HeldReason.PASSAGE),
        (Reply(AnswerStatus.SMALLTALK, "您好", item="passport-first"), None),
        (Reply(AnswerStatus.EMERGENCY, "请拨打119"), None),
        (Reply(AnswerStatus.FLOW_ASKED, "请问姓名", item="passport-first"), None),
    ],
)
def test_given_a_reply_when_judged_then_only_an_answer_of_a_named_item_a_band_or_a_passage_waits(reply, reason):
    rules = ApprovalRules(True, frozenset({"passport-first"}), 0.6, passages=True)

    assert rules.why_held(reply, is_open=True) is reason


def test_given_an_hour_when_nobody_is_on_duty_then_nothing_waits_unless_so_set():
    items = frozenset({"passport-first"})

    assert ApprovalRules(True, items).why_held(answer(), is_open=False) is None
    assert ApprovalRules(True, items, only_in_hours=False).why_held(answer(), is_open=False) is HeldReason.ITEM


@pytest.mark.parametrize(
    "written",
    [
        "enable: true",
        "enabled: 1",
        "items: passport-first",
        "items: [1]",
        "below_confidence: 60",
        "minutes: 0",
        "passages: null",
        "- enabled",
    ],
)
def test_given_rules_that_cannot_be_meant_when_read_then_they_are_refused(tmp_path, written):
    (tmp_path / "approval.yml").write_text(written, encoding="utf-8")

    with pytest.raises(BadApproval, match="approval.yml"):
        ApprovalRules.load(tmp_path / "approval.yml")


def test_given_an_id_of_no_item_when_asked_then_it_is_named():
    rules = ApprovalRules(True, frozenset({"passport-first", "pasport"}))

    assert rules.unknown(["passport-first"]) == ["pasport"]
