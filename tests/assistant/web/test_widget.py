"""The assistant on the page: answers, applications, emergencies, keyboard and phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.server, pytest.mark.browser]


def test_given_a_known_citizen_when_three_turns_are_taken_then_a_receipt_and_the_pdf_come(on_page):
    here = on_page().greeted()

    here.say("我想申请办理有无犯罪证明")
    here.choose("求职就业")
    expect(here.find(".draft")).to_contain_text("求职就业")
    expect(here.find(".draft")).not_to_contain_text("310101199304180027")
    with here.page.expect_download(timeout=60_000) as download:
        here.choose("确认")
        expect(here.find(".receipt .number")).to_contain_text(re.compile(r"\d{8}-\d{7}"))
        here.button("下载").first.click(timeout=50_000)

    assert download.value.suggested_filename.endswith(".pdf")
    assert download.value.path().read_bytes().startswith(b"%PDF")
    expect(here.find(".receipt")).to_have_attribute("data-state", "issued")


def test_given_an_answer_when_its_sources_are_unfolded_then_field_source_and_date_are_shown(on_page):
    here = on_page().greeted()

    answer = here.say("身份证丢了怎么补办")
    expect(answer.locator(".notice")).to_be_visible()
    answer.locator("summary").click()

    for heading in ("内容", "来源", "核对日期"):
        expect(answer.get_by_role("columnheader", name=heading, exact=True)).to_be_visible()


def test_given_choices_when_one_is_picked_then_its_words_are_said_and_the_others_go(on_page):
    here = on_page().greeted()

    here.say("身份证丢了怎么补办")
    label = here.find(".choices .button").first.inner_text()
    here.choose(label)

    expect(here.own.last).to_contain_text(label)
    assert here.find(".choices:visible").count() <= 1


def test_given_an_emergency_when_it_is_told_then_the_number_can_be_dialled_at_once(on_page):
    here = on_page().greeted()

    reply = here.say("厨房着火了，快来人")

    expect(reply.locator("a.call")).to_have_attribute("href", "tel:119")


def test_given_a_phone_number_when_it_is_sent_then_the_screen_hides_it(on_page):
    here = on_page().greeted()

    here.say("身份证丢了，我手机号13812345678")

    expect(here.own.last).to_contain_text("手机号已隐藏")
    expect(here.own.last).not_to_contain_text("13812345678")


def test_given_markup_when_it_is_sent_then_it_is_shown_as_text(on_page):
    here = on_page().greeted()

    here.say("<img src=x onerror=alert(1)><b>身份证</b>丢了")

    expect(here.own.last).to_contain_text("<b>身份证</b>")
    expect(here.find(".entry img, .entry b")).to_have_count(0)


def test_given_too_many_characters_when_they_are_written_then_they_are_counted_and_not_sent(on_page):
    here = on_page().greeted()

    here.box.fill("长" * 501)
    here.box.press("Enter")

    expect(here.find(".count")).to_contain_text("超出 1 字")
    expect(here.find(".send")).to_be_disabled()
    expect(here.own).to_have_count(0)
    expect(here.box).to_have_value("长" * 501)


def test_given_an_input_method_when_enter_ends_its_word_then_nothing_is_sent(on_page):
    here = on_page().greeted()

    here.box.fill("身份证")
    here.box.dispatch_event("keydown", {"key": "Enter", "isComposing": True})

    expect(here.box).to_have_value("身份证")
    expect(here.own).to_have_count(0)


def test_given_a_conversation_when_it_is_restarted_then_it_begins_anew(on_page):
    here = on_page().greeted()
    here.say("你好")

    here.button("重新开始").first.click()
    here.page.get_by_role("dialog", name="重新开始对话").get_by_role("button", name="重新开始").click()

    here.greeted()
    expect(here.own).to_have_count(0)


def test_given_a_phone_when_the_assistant_opens_then_it_fills_the_screen_and_escape_closes_it(on_phone):
    here = on_phone()
    panel = here.find("dialog.panel")
    expect(panel).to_be_hidden()

    here.page.get_by_role("button", name="开始提问").click()
    here.greeted()
    assert panel.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    here.say("身份证丢了怎么补办")
    assert here.page.evaluate("document.documentElement.scrollWidth") <= 390
    here.page.keyboard.press("Escape")

    expect(panel).to_be_hidden()
    expect(here.find(".launcher")).to_be_focused()


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_given_any_screen_when_a_conversation_is_shown_then_every_target_is_large_enough(on_page, width):
    here = on_page(viewport={"width": width, "height": 900})
    if width < 1024:
        here.find(".launcher").click()
    here.greeted()
    here.say("我想申请办理有无犯罪证明")
    here.choose("求职就业")

    small = here.page.evaluate(
        """() => [...document.querySelector("wenban-assistant").shadowRoot.querySelectorAll("button, a, summary, textarea")]
            .map((node) => [node.className || node.localName, node.getBoundingClientRect()])
            .filter(([, box]) => box.width > 0 && (box.height < 43.5 || box.width < 43.5))
            .map(([name]) => name)"""
    )

    assert small == []


def test_given_a_notice_when_it_is_given_then_it_is_downloaded_as_pdf_and_printed_from_a_page_of_its_own(on_page):
    here = on_page().greeted()
    here.say("居住证签注要什么材料")
    here.say("给我一份告知单")
    here.choose("本人")

    card = here.find(".paper")
    expect(card).to_contain_text("一次性告知单")
    with here.page.expect_download(timeout=120_000) as download:
        card.get_by_role("button", name="下载").click()
    assert download.value.suggested_filename.startswith("一次性告知单")
    assert download.value.path().read_bytes().startswith(b"%PDF")

    with here.page.expect_popup() as opened:
        card.get_by_role("button", name="打印").click()
    page = opened.value
    expect(page.get_by_role("heading", name="一次性告知单")).to_be_visible()
    expect(page.locator("main")).to_have_css("max-width", re.compile(r"79\d"))  # 210 mm: the stylesheet is there
    page.get_by_label("80 毫米小票").check()
    expect(page.locator("body")).to_have_class("roll")
