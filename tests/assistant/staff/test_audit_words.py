"""The trail in words: people, subjects and details by the names that staff know."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from actions.texts import Texts
from assistant.staff.audit_actions import AuditActions
from assistant.staff.audit_words import AuditWords
from storage.audit import AuditEntry, AuditFault, AuditFaultKind
from storage.models import Base
from storage.staff import StaffAccount, StaffRole
from tests.assistant.citizen.gated import opened
from tests.conftest import Clock

AT = datetime(2026, 11, 23, 2, 0, tzinfo=timezone.utc)
ANNA = StaffAccount("a1", "anna", "安娜", StaffRole.CLERK, True)
ACCOUNTS = {ANNA.id: ANNA}
KEPT = frozenset({"turn_counts", "staff_accounts", "audit_entries", "audit_head", "counters"}) | {
    "guide_revisions",
    "gap_decisions",
    "staff_change_decisions",
}
"""tables whose rows are no citizen's"""
ITEM = "no-criminal-record-certificate"


@pytest.fixture(scope="module")
def words(data, tmp_path_factory):
    services = opened(data, tmp_path_factory.mktemp("words"), Clock())
    return AuditWords(services, AuditActions.load(data / "audit_actions.yml"), Texts.load(data / "texts" / "audit.yml"))


def told(words, action: str, subject: str, **details):
    return words.entry(AuditEntry(3, AT, "anna", action, subject, details), ACCOUNTS)


def pairs(entry) -> dict[str, str]:
    return {one["label"]: one["value"] for one in entry["details"]}


def test_given_an_unmasking_when_it_is_told_then_person_number_field_and_item_have_their_names(words):
    entry = told(words, "unmask-field", "20261123-0000018", field="phone", item=ITEM)

    assert entry["who"] == {"account": "anna", "name": "安娜"}
    assert entry["action"] == {"code": "unmask-field", "label": "查看一项完整信息", "group": "unmask"}
    assert entry["subject"] == {"value": "20261123-0000018", "kind": "办件", "name": "20261123-0000018"}
    assert pairs(entry) == {"内容": "手机号", "事项": "有无犯罪记录证明开具"}
    assert (entry["seq"], entry["genuine"], entry["at"]) == (3, True, AT.isoformat())


def test_given_a_conversation_when_it_is_told_then_its_id_is_no_application(words):
    assert told(words, "read-conversation", "c-1")["subject"]["kind"] == "对话"
    assert told(words, "sign-in-refused", "", why="wrong_credentials")["subject"] is None
    assert told(words, "read-reports", "reports")["subject"] is None


@pytest.mark.parametrize(
    ("action", "details", "expected"),
    [
        ("unmask-field", {"field": "answer-0"}, {"内容": "补正答复（第1次）"}),
        ("unmask-field", {"field": "of-no-flow"}, {"内容": "of-no-flow"}),
        ("transfer-conversation", {"staff": "a1"}, {"人员": "安娜"}),
        ("transfer-conversation", {"department": "tax"}, {"部门": "税务窗口"}),
        ("assign-follow-up", {"to": None}, {}),
        ("note-follow-up", {"told": True}, {"发给市民": "是"}),
        ("close-follow-up", {"outcome": "rectified", "agrees": False}, {"结果": "已整改", "市民认可": "否"}),
        ("draft-sent", {"by": "phone"}, {"答复方式": "电话"}),
        ("add-account", {"role": "approver"}, {"角色": "审批"}),
        ("edit-guide", {"elements": ["guide.fee", "asks.time"]}, {"改动": "收费标准、asks.time"}),
        ("change-settled", {"field": "fee"}, {"内容": "收费标准"}),
        ("delete-citizen", {"conversations": 2}, {"对话": "2"}),
        ("read-audit", {"group": "unmask", "below": 9}, {"类别": "明文查看", "序号早于": "9"}),
        ("read-document", {"document": "0123456789abcdef"}, {"文件": "01234567"}),
    ],
)
def test_given_details_when_they_are_told_then_they_are_in_words(words, action, details, expected):
    assert pairs(told(words, action, "x", **details)) == expected


def test_given_programs_and_unknown_people_when_they_are_told_then_each_has_a_name(words):
    assert words.actor("assistant", {}) == "系统"
    assert words.actor("gone", {}) == "gone"


@pytest.mark.parametrize("kind", list(AuditFaultKind))
def test_given_a_fault_of_one_row_or_of_many_when_it_is_told_then_the_sentence_names_the_rows(words, kind):
    one, many = (words.fault(AuditFault(4, kind, last)) for last in (4, 9))

    assert one["text"] != "" and "{" not in one["text"] + many["text"]
    if kind in (AuditFaultKind.EDITED, AuditFaultKind.MISSING, AuditFaultKind.END_MISSING, AuditFaultKind.ADDED):
        assert "4" in one["text"] and "4—9" in many["text"]


def test_given_rows_that_may_be_deleted_when_they_are_told_then_each_table_has_its_name(words):
    deletable = set(Base.metadata.tables) - KEPT
    entry = told(words, "purge-expired", "storage", **dict.fromkeys(deletable, 1))

    assert set(pairs(entry)) & deletable == set()
