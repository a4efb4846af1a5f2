"""The staff page: a clerk takes a waiting conversation, answers and hands it back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from string import ascii_lowercase

import pytest
from playwright.sync_api import Locator, Page, expect

from storage.handoffs import Handoffs
from storage.left_messages import LeftMessages
from storage.reports import Reports
from tests.assistant.staff.signing_in import colleague, demo_clerk, sign_in
from tests.assistant.web.browsing import OnPage

pytestmark = [pytest.mark.server, pytest.mark.browser]


@pytest.fixture
def clerk(server, new_page) -> Page:
    """The staff page, signed in."""
    page = new_page()
    name, value = sign_in(server)["Cookie"].split("=", 1)
    page.context.add_cookies([{"name": name, "value": value, "url": server.url, "sameSite": "Strict"}])
    page.goto(f"{server.url}/staff")
    expect(page.get_by_role("heading", name="等候中")).to_be_visible()
    return page


@dataclass(frozen=True)
class Waiting:
    """A citizen who waits for a person, known by a word of their own."""

    here: OnPage
    word: str

    @property
    def line(self) -> Locator:
        return self.here.find(".line:not(.network)")

    def opened_by(self, clerk: Page) -> None:
        """Let the clerk open this conversation."""
        clerk.locator(".waiting li button", has_text=self.word).click()
        expect(clerk.get_by_role("log", name="对话记录")).to_contain_text("身份证丢了怎么补办")


@pytest.fixture
def waiting(on_page) -> Waiting:
    """A citizen who has asked for a person."""
    here, word = on_page().greeted(), "".join(secrets.choice(ascii_lowercase) for _ in range(8))
    here.say("身份证丢了怎么补办")
    here.say(f"我的代号是{word}")
    here.say("转人工")
    return Waiting(here, word)


def test_given_a_wrong_password_when_signing_in_then_the_page_says_so(server, new_page):
    page = new_page()
    page.goto(f"{server.url}/staff")

    page.get_by_label("账号").fill("clerk")
    page.get_by_label("密码").fill("wrong")
    page.get_by_role("button", name="登录").click()

    expect(page.get_by_role("alert")).to_contain_text("账号或密码不对")


def test_given_the_right_password_when_signing_in_then_the_desk_is_there(server, new_page):
    page = new_page()
    page.goto(f"{server.url}/staff")

    name, password = demo_clerk(server)
    page.get_by_label("账号").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()

    expect(page.get_by_role("heading", name="等候中")).to_be_visible()


def test_given_a_waiting_citizen_when_a_clerk_answers_and_hands_back_then_both_see_it(clerk, waiting):
    expect(waiting.line).to_contain_text("排队")

    waiting.opened_by(clerk)
    clerk.get_by_role("button", name="接入对话").click()
    expect(waiting.line).to_contain_text("正在为您服务")
    clerk.get_by_label("答复市民").fill("您好，可以先网上挂失。")
    clerk.get_by_role("button", name="发送答复").click()
    expect(waiting.here.find(".entry.staff")).to_contain_text("可以先网上挂失")
    waiting.here.write("好的，谢谢")
    expect(clerk.get_by_role("log", name="对话记录")).to_contain_text("好的，谢谢")
    clerk.get_by_role("button", name="交还智能助手").click()
    clerk.get_by_role("dialog").get_by_role("button", name="交还").click()

    expect(waiting.line).to_be_hidden()
    expect(clerk.get_by_text("从左边选一个对话")).to_be_visible()


def test_given_a_taken_conversation_when_the_clerk_ends_it_then_it_is_asked_once(clerk, waiting):
    waiting.opened_by(clerk)
    clerk.get_by_role("button", name="接入对话").click()

    clerk.get_by_role("button", name="结束服务").first.click()
    clerk.get_by_role("dialog").get_by_role("radio", name="问题已解决").check()
    clerk.get_by_role("dialog").get_by_role("button", name="结束服务").click()

    expect(waiting.line).to_be_hidden()


def test_given_left_messages_when_nobody_looks_then_they_are_not_fetched(clerk):
    asked = []
    clerk.on("request", lambda request: asked.append(request.url) if request.url.endswith("/messages") else None)

    clerk.reload()
    expect(clerk.get_by_role("heading", name="等候中")).to_be_visible()
    assert asked == []
    clerk.get_by_role("heading", name="下班留言").click()

    expect(clerk.locator(".messages :is(article, .empty):visible").first).to_be_visible()
    assert len(asked) == 1


def test_given_a_left_message_when_the_clerk_has_dealt_with_it_then_it_is_listed_no_more(clerk, storage):
    number = LeftMessages(storage).leave("13900000001", "想问护照加急，请回电。")
    clerk.get_by_role("heading", name="下班留言").click()
    message = clerk.locator(".messages article", has_text=number)
    expect(message).to_contain_text("13900000001")

    message.get_by_role("button", name="已处理").click()

    expect(message).to_have_count(0)
    expect(clerk.get_by_role("status")).to_contain_text("已标为处理过")
    clerk.locator(".messages").get_by_role("button", name="刷新").click()
    expect(message).to_have_count(0)


def test_given_a_complaint_when_the_clerk_looks_then_words_place_and_contact_are_there(clerk, storage):
    number = Reports(storage).create("one", "citizen-report", "楼上半夜装修", "示例小区 3 幢", "13900000001")
    report = clerk.locator(".reports article", has_text=number)
    expect(report).to_have_count(0)

    clerk.get_by_role("heading", name="投诉与反映").click()

    for words in ("楼上半夜装修", "示例小区 3 幢", "13900000001", "反映问题"):
        expect(report).to_contain_text(words)


def test_given_a_colleague_who_went_home_when_the_clerk_puts_the_conversation_back_then_it_waits(
    server, clerk, waiting, storage
):
    handoff = next(one for one in Handoffs(storage).queue() if waiting.word in one.summary)
    left = sign_in(server, colleague(server))
    assert server.call("POST", f"/api/staff/handoffs/{handoff.id}/take", {}, headers=left).status == 200
    expect(waiting.line).to_contain_text("正在为您服务")
    unattended = clerk.locator(".others li", has_text=waiting.word)
    expect(unattended).to_have_count(0)
    server.call("DELETE", "/api/staff/session", headers=left)
    expect(clerk.get_by_role("heading", name="无人接管的对话")).to_be_visible()

    unattended.get_by_role("button", name="放回等候").click()

    expect(unattended).to_have_count(0)
    expect(clerk.locator(".waiting li", has_text=waiting.word)).to_be_visible()
    expect(waiting.line).to_contain_text("排队")


def test_given_a_session_when_the_clerk_signs_out_then_the_page_asks_to_sign_in(clerk):
    clerk.get_by_role("button", name="退出登录").click()

    expect(clerk.get_by_role("heading", name="工作人员登录")).to_be_visible()
