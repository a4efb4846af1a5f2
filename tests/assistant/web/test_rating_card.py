"""The card that asks a citizen how a service was."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.server, pytest.mark.browser]


@pytest.fixture
def asked(on_page):
    """A citizen who got an answer and said goodbye."""
    here = on_page().greeted()
    here.say("身份证丢了怎么补办")
    here.say("谢谢，再见")
    expect(here.find(".rating")).to_have_count(1)
    return here


def test_given_the_card_when_a_level_is_chosen_by_keyboard_then_it_is_thanked_for_and_may_be_changed(asked):
    expect(asked.find(".rating .level")).to_have_text(["非常满意", "满意", "基本满意", "不满意", "非常不满意"])
    asked.button("满意").nth(1).focus()

    asked.page.keyboard.press("Enter")

    thanks = asked.find(".rating h3")
    expect(thanks).to_have_text("感谢您的评价：满意。")
    expect(thanks).to_be_focused()
    asked.button("修改评价").click()
    expect(asked.find('.rating [aria-pressed="true"]')).to_have_text("满意")
    asked.button("非常满意").click()
    expect(thanks).to_have_text("感谢您的评价：非常满意。")


def test_given_a_low_level_when_reasons_are_chosen_then_they_are_sent_and_a_reload_shows_that_it_was_rated(asked):
    asked.page.locator("wenban-assistant").get_by_role("button", name="不满意", exact=True).click()
    chip = asked.button("等得太久")
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "true")
    asked.find(".rating textarea").fill("等了一上午")
    asked.button("提交").click()
    expect(asked.find(".rating h3")).to_contain_text("前请专人处理")

    asked.page.reload()

    expect(asked.find(".rating h3")).to_contain_text("前请专人处理")
    expect(asked.button("修改评价")).to_be_visible()


def test_given_the_card_when_the_level_is_typed_then_the_card_knows(asked):
    asked.say("很满意")

    expect(asked.find(".rating h3")).to_have_text("感谢您的评价：非常满意。")


def test_given_a_server_that_fails_when_a_level_is_chosen_then_the_card_says_so_and_it_can_be_chosen_again(asked):
    asked.page.route("**/ratings", lambda route: route.abort())
    asked.button("基本满意").click()
    expect(asked.find(".rating [role=alert]")).to_contain_text("没有提交成功")

    asked.page.unroute("**/ratings")
    asked.button("基本满意").click()

    expect(asked.find(".rating h3")).to_have_text("感谢您的评价：基本满意。")


def test_given_an_answer_when_the_citizen_restarts_then_they_are_asked_first_and_go_on_as_they_like(on_page):
    here = on_page().greeted()
    here.say("身份证丢了怎么补办")

    here.button("重新开始").first.click()
    here.page.get_by_role("dialog", name="重新开始对话").get_by_role("button", name="重新开始").click()

    expect(here.find(".rating")).to_have_count(1)
    here.find(".wall").get_by_role("button", name="重新开始").click()
    here.greeted()
    expect(here.find(".rating")).to_have_count(0)


def test_given_a_phone_when_the_card_is_shown_then_it_fits_and_every_target_is_large_enough(on_phone):
    here = on_phone()
    here.page.get_by_role("button", name="开始提问").click()
    here.greeted()
    here.say("身份证丢了怎么补办")
    here.say("再见")
    here.page.locator("wenban-assistant").get_by_role("button", name="非常不满意").click()
    expect(here.find(".rating .chip").first).to_be_visible()

    boxes = [one.bounding_box() for one in here.find(".rating :is(button, textarea)").all()]

    assert boxes and all(box["height"] >= 43.5 and box["width"] >= 43.5 for box in boxes)
    assert here.page.evaluate("document.documentElement.scrollWidth") <= 390
