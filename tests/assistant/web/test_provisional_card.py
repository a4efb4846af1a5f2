"""The card of an application that its department does not have yet, until it has."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.assistant.handing import SAID, WITHIN_SECONDS, Handing
from tests.assistant.web.browsing import OnPage

pytestmark = [pytest.mark.server, pytest.mark.browser]

NUMBER = re.compile(r"\d{3}-\d{3}-\d{3}")
RECEIPT = re.compile(r"\d{8}-\d{7}")


def test_given_a_department_that_is_down_when_one_applies_then_the_card_has_the_number_and_says_when_it_arrives(
    handing: Handing, new_page
):
    page = new_page()
    page.goto(handing.server.url)
    here = OnPage(page).greeted()
    handing.department.kill()
    for words in SAID:
        here.say(words)
    here.choose("确认提交")
    kept = here.find(".receipt").first
    expect(kept.locator(".state")).to_have_text("尚未送达")
    expect(kept.locator(".kicker")).to_have_text("暂存号")
    expect(kept.locator(".number strong")).to_have_text(NUMBER)
    expect(kept.locator(".steps")).to_have_count(0)

    handing.department.start()
    arrived = here.find(".receipt").nth(1)
    expect(arrived.locator(".number strong")).to_have_text(RECEIPT, timeout=WITHIN_SECONDS * 1000)
    expect(arrived.locator(".kicker")).to_have_text("收件编号")
    expect(kept.locator(".state")).to_have_text("已收件")
