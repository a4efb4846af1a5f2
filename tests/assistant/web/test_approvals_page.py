"""Approvals in two browsers: the citizen waits, the clerk says yes, edits or takes over."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.assistant.staff.signing_in import colleague, sign_in
from tests.assistant.web.browsing import OnPage

pytestmark = [pytest.mark.server, pytest.mark.browser]

ASKED = "护照丢了补办要带什么材料"


@pytest.fixture
def clerk(approving, new_page) -> Callable[[], Page]:
    """Open the page of approvals, signed in as a clerk of one's own."""

    def open_page() -> Page:
        page = new_page()
        name, value = sign_in(approving, colleague(approving))["Cookie"].split("=", 1)
        page.context.add_cookies([{"name": name, "value": value, "url": approving.url, "sameSite": "Strict"}])
        page.goto(f"{approving.url}/staff/approvals")
        expect(page.get_by_role("heading", name="待核实的答复")).to_be_visible()
        return page

    return open_page


@pytest.fixture
def citizen(approving, new_page) -> OnPage:
    page = new_page()
    page.goto(approving.url)
    return OnPage(page).greeted()


def waiting(page: Page, question: str) -> Locator:
    """Return the card of a question."""
    return page.locator(".approval", has_text=question)


def test_given_an_answer_that_waits_when_the_clerk_says_yes_then_the_citizen_sees_it_with_its_question(clerk, citizen):
    reply = citizen.say(ASKED)
    expect(reply).to_contain_text("工作人员核实中")
    page = clerk()
    card = waiting(page, ASKED).last
    expect(card.locator(".origins li").first).to_be_visible()
    expect(page).to_have_title(f"（{page.locator('.approval').count()} 条待核实）人工核实 · 问办")

    card.get_by_role("button", name="可以发出").click()

    approved = citizen.replies.last
    expect(approved.locator(".quoted")).to_contain_text(ASKED)
    expect(approved).to_contain_text("工作人员已核实")
    expect(approved.locator(".sources summary")).to_contain_text("来源")
    expect(citizen.find(".awaited")).to_be_hidden()


def test_given_an_answer_that_waits_when_the_clerk_edits_it_then_the_citizen_reads_their_words(clerk, citizen):
    citizen.say(ASKED + "呢")
    page = clerk()
    card = waiting(page, ASKED + "呢").last
    card.get_by_role("button", name="修改").click()
    card.get_by_label("修改答复").fill("请带身份证和照片，到窗口补办。")

    card.get_by_role("button", name="改好，发出").click()

    expect(citizen.replies.last).to_contain_text("请带身份证和照片，到窗口补办。")
    expect(citizen.replies.last).to_contain_text("工作人员核实并修改")


def test_given_an_answer_that_waits_when_the_clerk_refuses_then_they_talk_with_the_citizen(clerk, citizen):
    citizen.say(ASKED + "啊")
    page = clerk()
    waiting(page, ASKED + "啊").last.get_by_role("button", name="不发，由我答复").click()
    page.get_by_role("dialog").get_by_role("button", name="接手对话").click()

    expect(page.get_by_role("heading", name="我的对话")).to_be_visible()
    expect(page.locator(".mine li", has_text=ASKED + "啊")).to_be_visible()
    expect(citizen.find(".line:not(.network)")).to_contain_text("正在为您服务")


def test_given_two_clerks_when_one_was_quicker_then_the_other_keeps_what_they_wrote(clerk, citizen):
    citizen.say(ASKED + "吗")
    slow, quick = clerk(), clerk()
    card = waiting(slow, ASKED + "吗").last
    card.get_by_role("button", name="修改").click()
    card.get_by_label("修改答复").fill("我慢慢写的答复。")

    waiting(quick, ASKED + "吗").last.get_by_role("button", name="可以发出").click()

    expect(card.get_by_role("status")).to_contain_text("已由其他同事处理")
    assert card.get_by_label("修改答复").input_value() == "我慢慢写的答复。"
    expect(citizen.find(".entry .checked")).to_have_count(1)
