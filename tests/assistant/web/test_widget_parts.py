"""Parts that are loaded later: nothing shows that they were, and without them there are plain words."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.web.browsing import OnPage

pytestmark = [pytest.mark.server, pytest.mark.browser]

APPLY = "我想申请办理有无犯罪证明"
PART = re.compile(r"/web/(cards|rating|settings|speech)\.js|/web/widget/texts")


def without(*names: str):
    """Return what keeps parts from a page."""

    def keep(page: Page) -> None:
        for name in names:
            page.route(re.compile(rf"/web/{re.escape(name)}"), lambda route: route.abort())

    return keep


@pytest.mark.parametrize("missing", ["cards.js", "widget/texts"])
def test_given_no_cards_when_an_application_is_made_then_it_goes_on_in_plain_words(on_page, missing):
    here = on_page(started=without(missing)).greeted()
    here.say(APPLY)

    here.choose("求职就业")

    expect(here.find(".draft")).to_have_count(0)
    expect(here.replies.last).to_contain_text("求职就业")
    expect(here.replies.last).to_contain_text("请检查网络后再试")
    here.choose("确认")
    expect(here.entries.filter(has_text=re.compile(r"收件编号.*\d{8}-\d{7}")).first).to_be_visible()


def test_given_no_cards_when_they_can_be_loaded_again_then_trying_again_shows_them(on_page):
    here = on_page(started=without("cards.js")).greeted()
    here.say(APPLY)
    here.choose("求职就业")
    before = here.entries.count()

    here.page.unroute_all()
    here.replies.last.get_by_role("button", name="再试一次").click()

    expect(here.find(".draft")).to_contain_text("求职就业")
    expect(here.find(".lacking")).to_have_count(0)
    expect(here.entries).to_have_count(before)
    expect(here.find(".draft .change").first).to_be_focused()


def test_given_cards_that_are_slow_when_a_page_is_reloaded_then_the_log_keeps_its_order_and_announces_nothing(on_page):
    here = on_page().greeted()
    here.say(APPLY)
    here.choose("求职就业")
    here.say("谢谢你")
    expect(here.find(".draft")).to_have_count(2)
    before = [words.split() for words in here.entries.all_inner_texts()]
    held = []
    here.page.route("**/web/cards.js", lambda route: held.append(route))

    here.page.reload()
    expect(here.entries).to_have_count(len(before) - 2)
    expect(here.find(".identity")).not_to_contain_text("正在接通")
    held[0].continue_()

    expect(here.entries).to_have_count(len(before))
    assert [words.split() for words in here.entries.all_inner_texts()] == before
    for entry in here.entries.filter(has=here.page.locator(".draft")).all():
        expect(entry).to_have_attribute("aria-live", "off")
    expect(here.find(".draft .buttons").first).to_be_hidden()  # what was said afterwards ended its choices
    expect(here.find(".draft .buttons").last).to_be_visible()


def test_given_no_settings_when_they_are_opened_then_a_line_says_so_and_they_open_the_next_time(on_page):
    here = on_page(started=without("settings.js")).greeted()

    here.button("设置：").click()
    expect(here.find(".entry.system")).to_contain_text("请检查网络后再试")
    here.page.unroute_all()
    here.button("设置：").click()

    expect(here.find(".settings")).to_be_visible()
    expect(here.find(".settings")).to_contain_text("长辈模式")


def test_given_a_page_when_nobody_opens_the_assistant_then_no_part_is_asked_for(server, new_page):
    asked: list[str] = []
    page = new_page(viewport={"width": 390, "height": 844})
    page.on("request", lambda request: asked.append(request.url))
    page.goto(server.url)
    expect(OnPage(page).find(".launcher")).to_be_visible()
    page.wait_for_load_state("networkidle")

    assert [url for url in asked if PART.search(url)] == []
