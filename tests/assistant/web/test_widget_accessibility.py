"""axe-core finds nothing wrong with the assistant: in each state, theme, mode and width."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.assistant.web.accessibility import no_violations

pytestmark = [pytest.mark.server, pytest.mark.browser]

THEMES = ("light", "dark", "contrast")
WITHIN = "wenban-assistant"


def sound_in_each_theme(here, enhanced: bool = False) -> None:
    """Assert that nothing is wrong with what is shown, in any colours."""
    for theme in THEMES:
        here.page.locator(WITHIN).evaluate("(node, theme) => node.setAttribute('theme', theme)", theme)
        no_violations(here.page, WITHIN, enhanced=enhanced)


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_given_any_width_when_one_goes_from_a_question_to_a_receipt_then_every_state_is_sound(on_page, width):
    here = on_page(viewport={"width": width, "height": 900})
    if width < 1024:
        no_violations(here.page)
        here.find(".launcher").click()
    here.greeted()
    sound_in_each_theme(here)
    answer = here.say("身份证丢了怎么补办")
    answer.locator("summary").click()
    sound_in_each_theme(here)
    here.say("我想申请办理有无犯罪证明")
    here.choose("求职就业")
    here.find(".draft .change").first.click()
    sound_in_each_theme(here)
    here.page.keyboard.press("Escape")
    here.choose("确认")
    here.find(".receipt summary").click()
    sound_in_each_theme(here)
    here.box.fill("长" * 501)
    sound_in_each_theme(here)


@pytest.mark.parametrize("width", [390, 1440])
def test_given_elder_mode_when_an_application_is_made_then_every_state_has_a_contrast_of_7_to_1(on_elder_page, width):
    here = on_elder_page(viewport={"width": width, "height": 900})
    sound_in_each_theme(here, enhanced=True)
    answer = here.say("身份证丢了怎么补办")
    answer.locator("summary").click()
    sound_in_each_theme(here, enhanced=True)
    here.say("我想申请办理有无犯罪证明")
    here.choose("求职就业")
    sound_in_each_theme(here, enhanced=True)
    here.choose("确认")
    sound_in_each_theme(here, enhanced=True)


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
def test_given_settings_and_questions_when_they_are_open_then_they_are_sound_in_each_language(on_page, language):
    here = on_page(locale=language).greeted()

    here.find(".bar .icon-button").first.click()
    expect(here.find(".settings")).to_be_visible()
    sound_in_each_theme(here)
    here.page.keyboard.press("Escape")
    here.find(".bar .icon-button").nth(1).click()
    expect(here.find(".confirm")).to_be_visible()
    sound_in_each_theme(here)


def test_given_an_emergency_a_queue_and_no_network_when_they_are_shown_then_they_are_sound(on_page):
    here = on_page().greeted()

    here.say("厨房着火了，快来人")
    here.say("转人工")
    here.page.context.set_offline(True)
    here.write("还在吗")
    expect(here.find(".delivery-buttons")).to_be_visible()
    sound_in_each_theme(here)
    here.page.context.set_offline(False)


def test_given_a_page_in_english_when_it_is_shown_then_the_whole_of_it_is_sound(on_page):
    here = on_page(locale="en").greeted()

    no_violations(here.page)
