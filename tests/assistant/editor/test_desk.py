"""The editors' routes, on a real server."""

from __future__ import annotations

import pytest

from storage.audit import AuditTrail
from tests.assistant.staff.unwritable import unwritable

pytestmark = pytest.mark.server

ITEM = "marriage-registration"


@pytest.fixture
def author(signed_in):
    return signed_in("editor")


@pytest.fixture
def approver(signed_in):
    return signed_in("approver")


def changed(draft: dict, **fields) -> dict:
    return {"version": draft["version"], "guide": {**draft["guide"], **fields}, "asks": draft["asks"]}


def submitted(author, item: str, summary: str, **when) -> dict:
    """Let an editor submit another summary of an item."""
    draft = author.post(f"items/{item}/draft")
    author.put(f"revisions/{draft['id']}", changed(draft, summary=summary))
    return author.post(f"revisions/{draft['id']}/submit", {"why": "写得更明白", **when})


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "gaps/"),
        ("GET", "items"),
        ("GET", f"items/{ITEM}"),
        ("POST", f"items/{ITEM}/draft"),
        ("PUT", "revisions/x"),
        ("POST", "revisions/x/approve"),
    ],
)
def test_given_nobody_or_somebody_without_the_role_when_a_route_is_asked_then_it_is_refused(
    server, signed_in, method, path
):
    assert server.call(method, f"/api/editor/{path}", {}).status == 401
    assert signed_in("clerk").call(method, path, {}).status == 403


def test_given_an_approver_when_they_would_write_then_it_is_refused(approver):
    assert approver.call("POST", f"items/{ITEM}/draft", {}).status == 403
    assert approver.call("GET", f"items/{ITEM}").status == 200


@pytest.mark.parametrize("role", ["editor", "approver", "auditor"])
def test_given_somebody_who_does_not_talk_with_citizens_when_the_desk_is_asked_then_it_is_refused(
    server, signed_in, role
):
    assert server.call("GET", "/api/staff/handoffs", headers=signed_in(role).headers).status == 403


def test_given_no_csrf_token_when_something_is_changed_then_it_is_refused(server, author):
    answer = server.call("POST", f"/api/editor/items/{ITEM}/draft", {}, headers={"Cookie": author.headers["Cookie"]})
    assert answer.status == 403


def test_given_a_draft_when_the_browser_is_closed_then_it_is_there_again_even_with_errors(author):
    draft = author.post(f"items/{ITEM}/draft")
    kept = author.put(f"revisions/{draft['id']}", changed(draft, summary="", fee={"charged": "?"}))

    again = author.get(f"items/{ITEM}")["mine"]

    assert (again["guide"]["summary"], again["version"]) == ("", kept["version"])
    wrong = {problem["element"]: problem["text"] for problem in again["problems"] if problem["level"] == "error"}
    assert wrong == {
        "summary": "这一项不能空着。",
        "fee.standard": "这一项必须填写。",
        "fee.charged": "填写的类型不对。",
    }
    answer = author.call("POST", f"revisions/{draft['id']}/submit", {"why": "试试"})
    assert (answer.status, answer.json["code"]) == (400, "draft_wrong")


def test_given_yaml_that_is_none_when_it_is_saved_then_it_is_kept_and_the_line_named(author):
    draft = author.post(f"items/{ITEM}/draft")
    text = "item_id: x\nname: [没有写完\nfee"

    kept = author.put(f"revisions/{draft['id']}", {"version": 1, "text": text, "asks": draft["asks"]})

    assert (kept["broken"], kept["yaml"]) == (True, text)
    assert "第 3 行" in kept["problems"][0]["text"]
    mended = author.put(f"revisions/{draft['id']}", {"version": 2, "text": draft["yaml"], "asks": draft["asks"]})
    assert (mended["broken"], mended["guide"]) == (False, draft["guide"])


def test_given_two_windows_when_both_save_then_the_second_is_told_and_the_first_kept(author):
    draft = author.post(f"items/{ITEM}/draft")
    author.put(f"revisions/{draft['id']}", changed(draft, summary="第一个窗口"))

    answer = author.call("PUT", f"revisions/{draft['id']}", changed(draft, summary="第二个窗口"))

    assert (answer.status, answer.json["code"]) == (409, "draft_changed")
    assert author.get(f"items/{ITEM}")["mine"]["guide"]["summary"] == "第一个窗口"


def test_given_a_draft_when_it_is_previewed_then_each_facet_is_answered_from_it_with_what_would_be_asked(author):
    draft = author.post(f"items/{ITEM}/draft")
    author.put(f"revisions/{draft['id']}", changed(draft, fee={"charged": False, "standard": "不收一分钱"}))

    answers = {one["facet"]: one for one in author.get(f"revisions/{draft['id']}/preview")["answers"]}

    assert "不收一分钱" in answers["fee"]["text"]
    assert len(answers) == 10
    assert any(one["question"] and one["options"] for one in answers.values())


def test_given_a_submitted_revision_when_its_author_approves_then_it_is_refused(author, approver):
    revision = submitted(author, ITEM, "男女双方自愿结婚的登记。")

    answer = author.call("POST", f"revisions/{revision['id']}/approve", {})

    assert (answer.status, answer.json["code"]) == (403, "four_eyes")
    assert revision["id"] in [one["id"] for one in approver.get("reviews")["reviews"]]
    assert approver.post(f"revisions/{revision['id']}/return", {"remark": "请写明依据"})["state"] == "returned"
    assert author.get(f"items/{ITEM}")["mine"]["remark"] == "请写明依据"


def test_given_a_reason_or_a_change_is_missing_when_submitting_then_it_is_said(author):
    draft = author.post(f"items/{ITEM}/draft")
    one = f"revisions/{draft['id']}"
    assert author.call("POST", f"{one}/submit", {"why": " "}).status == 400
    assert author.call("POST", f"{one}/submit", {"why": "没改"}).json["code"] == "nothing_changed"
    author.put(one, changed(draft, summary="两个人自愿结婚的登记。"))
    assert author.call("POST", f"{one}/submit", {"why": "?", "effective_from": "明天"}).json["code"] == "bad_moment"
    assert (
        author.call("POST", f"{one}/submit", {"why": "?", "effective_until": "2020-01-01T00:00"}).json["code"]
        == "window_empty"
    )


def test_given_an_approval_when_a_citizen_asks_then_it_is_said_and_a_restored_version_says_the_old_again(
    server, author, approver, storage
):
    item = "id-card-reissue"
    before = author.get(f"items/{item}")["guide"]["summary"]
    citizen = server.talk()

    approver.post(f"revisions/{submitted(author, item, '身份证没了就来补一张。')['id']}/approve")

    assert "身份证没了就来补一张" in citizen.say("身份证丢了怎么补办")["text"]
    assert author.get(f"items/{item}")["in_force"]["decider"] == approver.name

    restored = author.post(f"items/{item}/restore", {"revision": None})
    assert restored["guide"]["summary"] == before
    assert "身份证没了就来补一张" in citizen.say("身份证丢了怎么补办")["text"]
    author.post(f"revisions/{restored['id']}/submit", {"why": "恢复"})
    approver.post(f"revisions/{restored['id']}/approve")

    assert before.rstrip("。") in citizen.say("身份证丢了怎么补办")["text"]
    mine = [one for one in author.get(f"items/{item}")["history"] if one["author"] == author.name]
    assert [(one["standing"], one["why"]) for one in mine] == [("in_time", "恢复"), ("in_time", "写得更明白")]
    trail = [(entry.actor, entry.action) for entry in reversed(AuditTrail(storage).entries(subject=item))]
    steps = [step for step in trail if step[0] in (author.name, approver.name)]
    assert steps == [
        (author.name, "begin-guide-draft"),
        (author.name, "edit-guide"),
        (author.name, "submit-guide"),
        (approver.name, "approve-guide"),
        (author.name, "begin-guide-draft"),
        (author.name, "restore-guide"),
        (author.name, "submit-guide"),
        (approver.name, "approve-guide"),
    ]
    assert AuditTrail(storage).verify() == ()


def test_given_a_trail_that_takes_no_entry_when_a_revision_is_approved_then_it_still_waits(author, approver, storage):
    item = "household-elder-move-in"
    before, revision = author.get(f"items/{item}")["in_force"], submitted(author, item, "老人投靠子女落户。")

    with unwritable(storage):
        answer = approver.call("POST", f"revisions/{revision['id']}/approve", {})

    assert answer.status == 503 and "没有执行" in answer.json["message"]
    assert author.get(f"items/{item}")["in_force"] == before
    assert revision["id"] in [one["id"] for one in approver.get("reviews")["reviews"]]
    approver.post(f"revisions/{revision['id']}/return", {"remark": "以后再说"})


def test_given_a_colleague_was_approved_meanwhile_when_submitting_then_both_changes_can_be_put_together(
    author, approver, signed_in
):
    item = "birth-allowance"
    colleague = signed_in("editor")
    draft = colleague.post(f"items/{item}/draft")
    kept = colleague.put(f"revisions/{draft['id']}", changed(draft, visits=3))
    approver.post(f"revisions/{submitted(author, item, '生了孩子可以领的钱。')['id']}/approve")

    refused = colleague.call("POST", f"revisions/{draft['id']}/submit", {"why": "改次数"})
    assert (refused.status, refused.json["code"]) == (409, "base_overtaken")
    assert colleague.get(f"items/{item}")["mine"]["overtaken"]
    merged = colleague.post(f"revisions/{draft['id']}/rebase")

    assert merged["version"] == kept["version"] + 1
    assert (merged["guide"]["summary"], merged["guide"]["visits"]) == ("生了孩子可以领的钱。", 3)
    assert (merged["contested"], merged["overtaken"]) == ([], False)
    assert colleague.post(f"revisions/{draft['id']}/submit", {"why": "改次数"})["state"] == "submitted"


def test_given_an_unknown_item_or_revision_when_asked_then_it_is_not_found_in_a_sentence(author):
    for method, path in (("GET", "items/nothing"), ("POST", "items/nothing/draft"), ("GET", "revisions/nothing")):
        answer = author.call(method, path, {} if method == "POST" else None)
        assert (answer.status, bool(answer.json["message"])) == (404, True)
