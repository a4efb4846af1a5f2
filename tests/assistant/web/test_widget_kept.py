"""What is never lost on the way: words that are not sent yet, the focus, the way on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.assistant.web.test_widget_faces import SIZES, open_settings, set_attribute

pytestmark = [pytest.mark.server, pytest.mark.browser]

TABLET = {"width": 768, "height": 900}
COMPOSED = """async ([written, heard]) => {
    const { useLanguage } = await import("/web/language.js");
    await useLanguage("zh-CN");
    const { Composer } = await import("/web/widget/composer.js");
    const composer = new Composer();
    composer.words = written;
    composer.hear(heard);
    composer.review(heard);
    return composer.words;
}"""
NOTES = """bubble => bubble.append(...["awaited", "checked", "seen"].map((kind) =>
    Object.assign(document.createElement("p"), { className: kind, textContent: kind })))"""
"""what only staff bring about: that an answer is or was checked, that something was read"""
IN_LINE = """async ([language, name]) => {
    const { useLanguage } = await import("/web/language.js");
    await useLanguage(language);
    const { Panel } = await import("/web/widget/panel.js");
    const panel = new Panel(false, { heading: null, onClose: () => undefined });
    panel.handoff({ state: "person", name });
    return panel.node.querySelector(".line").textContent;
}"""


def test_given_words_that_are_not_sent_when_elder_mode_is_chosen_then_they_and_the_focus_are_still_there(on_page):
    here = on_page().greeted()
    here.box.fill("我想补办")

    open_settings(here).get_by_role("button", name="长辈模式").click()
    expect(here.find(".shell.elder")).to_be_visible()

    expect(here.box).to_have_value("我想补办")
    expect(here.find(".scroller")).to_be_focused()


def test_given_words_in_the_box_when_more_is_heard_then_both_are_there_to_be_looked_at(on_page):
    page = on_page().page

    assert page.evaluate(COMPOSED, ["我想", "办居住证"]) == "我想办居住证"
    assert page.evaluate(COMPOSED, ["", "办居住证"]) == "办居住证"


def test_given_a_server_out_of_reach_when_the_language_changes_then_it_can_still_be_tried_again(on_page):
    here = on_page(
        viewport=TABLET, started=lambda page: page.route("**/api/conversations", lambda route: route.abort())
    )
    here.find(".launcher").click()
    expect(here.find(".wall")).to_contain_text("暂时接不通")

    set_attribute(here, "language", "en")
    expect(here.find(".wall")).to_contain_text("Cannot connect")
    here.page.unroute_all()
    here.button("Try again").click()

    expect(here.replies).to_have_count(1)
    expect(here.find(".wall")).to_be_hidden()
    expect(here.find(".scroller")).to_be_focused()


def test_given_nothing_has_begun_when_the_page_answers_for_the_citizen_then_it_begins_and_is_said(on_page):
    here = on_page(viewport=TABLET)

    here.page.locator("wenban-assistant").evaluate("node => node.answer('你好', { secret: false })")

    expect(here.own).to_contain_text("你好")
    expect(here.replies).to_have_count(2)


def test_given_a_conversation_that_is_over_when_an_old_choice_is_touched_then_nothing_hangs_and_a_new_one_can_begin(
    on_page,
):
    streams: list[WebSocketRoute] = []

    def through(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        streams.append(socket)

    def watched(page: Page) -> None:
        page.route_web_socket("**/stream", through)

    here = on_page(viewport=TABLET, started=watched)
    here.find(".launcher").click()
    here.greeted()
    here.say("我想补办证件")
    streams[-1].close(code=4403)
    expect(here.find(".wall")).to_contain_text("已经结束")

    here.find(".choices .button").first.click()
    expect(here.own).to_have_count(1)
    expect(here.find(".typing")).to_be_hidden()
    here.page.locator("wenban-assistant").evaluate("node => node.ask('你好')")

    expect(here.own).to_have_text(["您说：你好"])
    expect(here.find(".wall")).to_be_hidden()


def test_given_a_choice_that_is_taken_with_a_key_when_it_goes_then_the_focus_is_on_what_was_said(on_page):
    here = on_page().greeted()
    here.say("我想申请办理有无犯罪证明")
    here.find(".choices .button").first.focus()

    here.after(lambda: here.page.keyboard.press("Enter"))

    expect(here.own.last).to_be_focused()


def test_given_somebody_who_waits_when_something_is_said_then_the_line_stays_as_it_is_until_they_leave_it(on_page):
    here = on_page().greeted()
    here.say("转人工")
    leave = here.find(".line").get_by_role("button", name="不等了")
    leave.focus()
    here.page.evaluate("""() => {
        window.changes = 0;
        const line = document.querySelector("wenban-assistant").shadowRoot.querySelector(".line");
        new MutationObserver((changes) => (window.changes += changes.length)).observe(line, { childList: true });
    }""")

    here.page.locator("wenban-assistant").evaluate("node => node.answer('我还在', { secret: false })")
    expect(here.own).to_have_count(2)
    expect(leave).to_be_focused()
    assert here.page.evaluate("window.changes") == 0
    here.page.keyboard.press("Enter")

    expect(leave).to_be_hidden()
    expect(here.find(".scroller")).to_be_focused()


def test_given_an_input_method_when_escape_ends_its_word_then_the_assistant_stays_open(on_page):
    here = on_page(viewport=TABLET)
    here.find(".launcher").click()
    here.greeted()

    here.box.dispatch_event("keydown", {"key": "Escape", "isComposing": True})
    expect(here.find(".panel")).to_be_visible()
    here.box.dispatch_event("keydown", {"key": "Escape"})

    expect(here.find(".panel")).to_be_hidden()


def test_given_settings_that_are_still_loaded_when_they_are_asked_for_again_then_they_are_shown_once(on_page):
    here = on_page().greeted()

    here.button("设置：").evaluate("node => (node.click(), node.click())")

    expect(here.find(".settings")).to_be_visible()
    here.page.keyboard.press("Escape")
    expect(here.find(".settings")).to_have_count(0)


def test_given_elder_mode_when_an_answer_is_checked_and_a_service_rated_then_all_text_is_large(on_elder_page):
    here = on_elder_page()
    expect(here.find(".below")).to_be_hidden()  # no gap below the box where no hint stands
    here.say("身份证丢了怎么补办")
    here.find(".bubble").last.evaluate(NOTES)
    assert here.page.evaluate(SIZES) == []

    here.say("谢谢，再见")
    here.page.locator("wenban-assistant").get_by_role("button", name="非常不满意").click()
    expect(here.find(".rating textarea")).to_be_visible()

    assert here.page.evaluate(SIZES) == []
    assert float(here.find(".rating textarea").evaluate("node => parseFloat(getComputedStyle(node).fontSize)")) >= 18


def test_given_a_face_in_english_when_chinese_is_offered_and_noted_then_it_is_named_chinese(on_page):
    here = on_page(locale="en-GB").greeted()

    answer = here.say("身份证丢了怎么补办")

    expect(answer.locator(".choices .button").first).to_have_attribute("lang", "zh-CN")
    expect(answer.locator(".notice")).to_have_attribute("lang", "zh-CN")


def test_given_a_person_when_their_name_is_told_then_it_stands_in_the_sentence_of_each_language(on_page):
    page = on_page().page

    assert page.evaluate(IN_LINE, ["en", "周启明"]) == "周启明, a member of staff, is here for you"
    assert page.evaluate(IN_LINE, ["zh-CN", "周启明"]) == "工作人员周启明正在为您服务"
