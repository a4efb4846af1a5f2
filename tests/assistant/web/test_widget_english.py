"""A question in English on the page: an answer in English, and the way back into Chinese."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.server, pytest.mark.browser]


def test_given_a_question_in_english_when_it_is_answered_then_each_language_is_named_and_sources_are_english(on_page):
    here = on_page(locale="en-GB").greeted()

    answer = here.say("I lost my passport, how do I get another one?")

    expect(answer.locator(".prose")).to_have_attribute("lang", "en")
    expect(answer.locator(".prose p").first).to_have_text(
        "Reissue of a lost or stolen ordinary passport (普通护照遗失补发)"
    )
    expect(answer.locator(".prose p").first.locator("span[lang=zh-CN]")).to_have_text("普通护照遗失补发")
    answer.locator("summary").click()
    expect(answer.get_by_role("rowheader", name="Time limit")).to_be_visible()


def test_given_an_english_overview_when_the_chinese_name_is_picked_then_the_guide_comes_and_the_talk_goes_on(on_page):
    here = on_page().greeted()
    here.say("certificate of no criminal record")

    guide = here.after(lambda: here.find(".choices:visible .button").first.click())

    expect(guide.locator(".topic")).to_contain_text("无犯罪记录证明")
    expect(guide.locator(".prose")).to_have_attribute("lang", "zh-CN")
    expect(here.say("要多久")).to_contain_text("无犯罪记录证明")


def test_given_an_application_when_a_question_in_english_comes_between_then_it_goes_on_where_it_stood(on_page):
    here = on_page().greeted()
    here.say("我想申请办理有无犯罪证明")

    answer = here.say("How much does it cost to renew a passport?")

    expect(answer).to_contain_text("Fee: a fee is charged")
    expect(answer.get_by_role("button", name="求职就业")).to_be_visible()
    here.choose("求职就业")
    expect(here.find(".draft")).to_contain_text("求职就业")


def test_given_an_emergency_in_english_when_it_is_told_then_the_number_is_to_be_dialled_and_the_words_are_english(
    on_page,
):
    here = on_page(locale="en-GB").greeted()

    reply = here.say("Fire! The kitchen is burning")

    expect(reply.locator("a.call")).to_have_attribute("href", "tel:119")
    expect(reply.locator(".prose")).to_have_attribute("lang", "en")


def test_given_what_nobody_does_here_when_it_is_asked_in_english_then_a_person_can_be_called(on_page):
    here = on_page().greeted()
    here.say("What is the capital of France?")

    reply = here.choose("Talk to a person")

    expect(reply).to_be_visible()
    expect(here.find(".line[data-state=queued]")).to_be_visible()
