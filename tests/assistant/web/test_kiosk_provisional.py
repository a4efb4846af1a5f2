"""With the network cable out a visitor leaves with a provisional number, and asks by it once it was sent."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from tests.assistant.handing import Handing
from tests.assistant.web.kiosk_page import ID_NUMBER, SCREEN, OnKiosk

pytestmark = [pytest.mark.server, pytest.mark.browser]

WITHIN_SECONDS = 120


def delivered(handing: Handing, before: int) -> str:
    """Return the receipt number of what the department has been given since, as soon as it has."""
    end = time.monotonic() + WITHIN_SECONDS
    while time.monotonic() < end:
        if len(handing.department.applications) > before:
            return handing.department.applications[-1]
        time.sleep(0.2)
    raise AssertionError("Nothing was handed over.")


def test_given_a_department_out_of_reach_when_one_applies_at_a_kiosk_then_the_slip_bears_a_number_to_ask_by(
    handing: Handing, new_page
):
    before = len(handing.department.applications)
    handing.department.kill()
    here = OnKiosk.opened(new_page(viewport=SCREEN), handing.server.url).apply().submit()
    expect(here.find(".receipt .state")).to_have_text("尚未送达")
    number = here.find(".receipt .number strong").inner_text()
    here.act("打印凭条").click()
    slip = here.paper.locator("main")
    expect(slip).to_contain_text("暂存号")
    expect(slip).to_contain_text(number)
    expect(slip).to_contain_text("身份证号后四位")
    here.printing.get_by_role("button", name="返回").click()
    here.act("结束").click()
    expect(here.welcome).to_be_visible()

    handing.department.start()
    receipt = delivered(handing, before)

    # the visit is gone; whoever has the slip asks by it, and types what proves that it is theirs
    here.begin()
    here.say(f"我的暂存号是{number}，办好了吗")
    expect(here.pad).to_contain_text("身份证号码后四位")
    answer = here.give(ID_NUMBER[-4:])
    expect(answer).to_contain_text(receipt)
    assert handing.department.applications[before:] == [receipt]
    assert ID_NUMBER[-4:] not in here.find(".log").inner_text()
