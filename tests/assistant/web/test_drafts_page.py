"""Drafts beside a conversation, and on the page for questions by phone and letter."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from string import ascii_lowercase

import pytest
from playwright.sync_api import Page, expect

from storage.drafts import AnswerDrafts, DraftOutcome
from tests.assistant.staff.signing_in import colleague, sign_in

pytestmark = [pytest.mark.server, pytest.mark.browser]

ASKED = "护照丢了补办要带什么材料"


@pytest.fixture
def at(server, new_page) -> Callable[..., Page]:
    """Open a page of the staff, signed in as somebody new of a role."""

    def open_page(address: str, role: str = "clerk", **options) -> Page:
        page = new_page(**options)
        name, value = sign_in(server, colleague(server, role))["Cookie"].split("=", 1)
        page.context.add_cookies([{"name": name, "value": value, "url": server.url, "sameSite": "Strict"}])
        page.goto(f"{server.url}{address}")
        expect(page.get_by_role("button", name="退出登录")).to_be_visible()
        return page

    return open_page


@pytest.fixture
def taken(server, at) -> Callable[..., tuple[object, Page]]:
    """A citizen who asked, and the page of the clerk who has taken the conversation."""

    def take(**options) -> tuple[object, Page]:
        word, citizen = "".join(secrets.choice(ascii_lowercase) for _ in range(8)), server.talk()
        citizen.say(f"我的代号是{word}")
        citizen.say(ASKED)
        citizen.say("转人工")
        page = at("/staff", **options)
        page.locator(".waiting li button", has_text=word).click()
        page.get_by_role("button", name="接入对话").click()
        return citizen, page

    return take


def test_given_a_message_in_a_taken_conversation_when_a_draft_is_inserted_and_changed_then_what_changed_is_shown(
    taken, storage
):
    citizen, page = taken()
    pane = page.get_by_role("complementary", name="草拟答复")
    card = pane.locator(".draft").first
    expect(pane).to_contain_text(f"为“{ASKED}”草拟")
    before = card.get_attribute("data-draft") or ""
    citizen.say(ASKED)
    expect(card).not_to_have_attribute("data-draft", before)
    expect(card.locator(".source").first).to_contain_text("申请材料")
    draft_id = card.get_attribute("data-draft")

    card.get_by_role("button", name="填入答复框").click()
    box = page.get_by_label("答复市民")
    proposed = box.input_value()
    box.fill(f"{proposed}\n请本人到场。")
    page.get_by_role("button", name="发送答复").click()

    settled = pane.locator(f"[data-draft='{draft_id}']")
    expect(settled).to_contain_text("修改后发出")
    expect(settled.locator(".added")).to_contain_text("请本人到场。")
    said = [event["payload"]["text"] for event in citizen.events() if event["type"] == "agent-message"]
    assert said == [f"{proposed}\n请本人到场。"]
    assert AnswerDrafts(storage).get(draft_id).outcome is DraftOutcome.EDITED


def test_given_drafts_when_one_is_edited_in_the_pane_then_it_is_sent_so_and_survives_a_new_message(taken):
    citizen, page = taken()
    citizen.say(ASKED)
    pane = page.get_by_role("complementary", name="草拟答复")
    card = pane.locator(".draft").first
    card.get_by_role("button", name="修改").click()
    box = card.get_by_role("textbox")
    box.fill("请带身份证，到任一窗口补办。")
    expect(card.locator(".live .added")).to_contain_text("到任一窗口补办")

    citizen.say("居住证丢了去哪里补")

    expect(pane).to_contain_text("居住证丢了去哪里补")
    kept = pane.locator("[data-earlier]")
    assert kept.get_by_role("textbox").input_value() == "请带身份证，到任一窗口补办。"
    kept.get_by_role("button", name="直接发送").click()
    expect(pane.locator(".draft.settled")).to_contain_text("修改后发出")
    said = [event["payload"]["text"] for event in citizen.events() if event["type"] == "agent-message"]
    assert said == ["请带身份证，到任一窗口补办。"]


def test_given_a_draft_of_no_use_when_it_is_rejected_then_the_card_says_so(taken, storage):
    _, page = taken()
    card = page.locator(".drafts-pane .draft").first
    draft_id = card.get_attribute("data-draft")

    card.get_by_role("button", name="不采用").click()

    expect(page.locator(f"[data-draft='{draft_id}']")).to_contain_text("未采用")
    assert AnswerDrafts(storage).get(draft_id).outcome is DraftOutcome.REJECTED


@pytest.mark.parametrize("width", [1024, 1440])
def test_given_a_screen_when_drafts_are_shown_then_nothing_scrolls_sideways_and_the_reply_box_is_there(taken, width):
    _, page = taken(viewport={"width": width, "height": 800})
    fold = page.get_by_role("complementary", name="草拟答复").get_by_role("button", name="草拟答复")
    expect(fold).to_have_attribute("aria-expanded", "true" if width == 1440 else "false")
    if width == 1024:
        fold.click()
    expect(page.locator(".drafts-pane .draft").first).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.get_by_role("button", name="发送答复").bounding_box()["y"] < 800


def test_given_a_question_by_phone_when_its_draft_is_edited_and_told_then_it_is_noted_and_listed(at, storage):
    page = at("/staff/drafts")
    page.get_by_label("问题").fill(f"{ASKED}，我电话13912345678")
    page.get_by_role("button", name="草拟答复").click()
    card = page.locator(".results .draft").first
    expect(page.locator(".results .lead")).not_to_contain_text("13912345678")
    draft_id = card.get_attribute("data-draft")
    card.get_by_role("button", name="修改").click()
    card.get_by_role("textbox").fill("请带身份证。")

    card.get_by_role("button", name="已电话答复").click()

    settled = page.locator(f"[data-draft='{draft_id}']")
    expect(settled.locator(".sentence-diff .added")).to_contain_text("请带身份证。")
    expect(page.locator(".recent li").first).to_contain_text("修改后答复")
    assert AnswerDrafts(storage).get(draft_id).sent == "请带身份证。"
    page.reload()
    expect(page.locator(".recent li").first).to_contain_text("护照丢了")


def test_given_a_draft_when_it_is_copied_then_the_clipboard_has_it_with_its_sources(at):
    page = at("/staff/drafts", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_label("问题").fill(ASKED)
    page.get_by_role("button", name="草拟答复").click()

    page.locator(".results .draft").first.get_by_role("button", name="带出处复制").click()

    expect(page.get_by_role("status").filter(has_text="已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "依据：" in copied and "来源：" in copied


def test_given_drafts_that_were_used_when_a_supervisor_looks_then_the_report_has_them_by_item(server, at):
    clerk = sign_in(server, colleague(server))
    draft = server.call("POST", "/api/staff/drafts", {"question": ASKED}, headers=clerk).json["drafts"][0]
    server.call("POST", f"/api/staff/drafts/{draft['draft_id']}/outcome", {"outcome": "sent"}, headers=clerk)

    page = at("/staff/drafts", "supervisor")
    page.get_by_role("link", name="使用情况").click()

    row = page.locator("tbody tr", has_text=draft["item"]["name"])
    expect(row.locator("meter").first).to_be_visible()
    expect(page.locator(".totals")).to_contain_text("接受率")
    page.get_by_role("button", name="最近 7 天").click()
    expect(page.get_by_role("button", name="最近 7 天")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_given_a_clerk_when_the_page_opens_then_there_is_no_report(at):
    page = at("/staff/drafts#report")

    expect(page.get_by_label("问题")).to_be_visible()
    expect(page.get_by_role("link", name="使用情况")).to_have_count(0)


def test_given_sentences_that_staff_changed_twice_when_an_editor_takes_one_over_then_the_guide_is_drafted_so(
    server, at
):
    item = "passport-first"
    for _ in range(2):
        clerk = sign_in(server, colleague(server))
        told = server.call("POST", "/api/staff/drafts", {"question": "第一次办护照多少钱"}, headers=clerk).json
        draft = next(one for one in told["drafts"] if one["item"]["item_id"] == item)
        assert "每本120元" in draft["text"]
        sent = {"outcome": "sent", "text": draft["text"].replace("每本120元", "每本100元"), "by": "phone"}
        server.call("POST", f"/api/staff/drafts/{draft['draft_id']}/outcome", sent, headers=clerk)

    page = at("/editor", "editor")
    change = page.locator(".change", has_text="普通护照首次签发")
    expect(change).to_contain_text("收费标准")
    expect(change.locator(".added")).to_contain_text("每本100元")
    change.get_by_role("button", name="按这样改指南").first.click()

    expect(page.get_by_role("heading", name="修改《普通护照首次签发》")).to_be_visible()
    assert "每本100元" in page.get_by_label("收费标准").input_value()
