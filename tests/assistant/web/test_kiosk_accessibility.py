"""A kiosk's page for everybody: axe-core at 7:1 in each state, and what a screen reader speaks in its order."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.server_process import Server
from tests.assistant.web.accessibility import no_violations, spoken_order
from tests.assistant.web.kiosk_page import CERTIFICATE, ID_NUMBER, NAME, SCREEN, OnKiosk

pytestmark = [pytest.mark.server, pytest.mark.browser]


@pytest.fixture(params=["light", "dark"])
def here(server: Server, new_page: Callable[..., Page], request: pytest.FixtureRequest) -> OnKiosk:
    page = new_page(viewport=SCREEN, color_scheme=request.param)
    page.clock.install()
    return OnKiosk.opened(page, server.url)


def test_given_each_state_when_it_is_checked_then_nothing_is_wrong(here):
    no_violations(here.page, enhanced=True)
    for language in ("English", "繁體中文", "简体中文"):
        here.act(language).click()
        expect(here.act(language)).to_have_attribute("aria-pressed", "true")
        no_violations(here.page, enhanced=True)

    here.touch_item(CERTIFICATE)
    no_violations(here.page, enhanced=True)
    here.say(NAME)
    here.type_on_pad(ID_NUMBER[:-1] + "8")
    no_violations(here.page, enhanced=True)
    here.act("先不填").click()
    expect(here.act("按键输入身份证号码")).to_be_visible()
    no_violations(here.page, enhanced=True)
    here.act("手机继续").click()
    expect(here.page.get_by_role("timer")).to_be_visible()
    no_violations(here.page, enhanced=True)
    here.act("返回").click()
    here.act("呼叫工作人员").click()
    expect(here.notice).to_be_visible()
    no_violations(here.page, enhanced=True)
    here.page.clock.fast_forward(61_000)
    expect(here.idle).to_be_visible()
    no_violations(here.page, enhanced=True)


def test_given_the_welcome_when_it_is_read_then_the_hall_comes_first_then_speaking_then_the_items_then_help(here):
    spoken = spoken_order(here.page, here.welcome)

    order = [
        spoken.index(line)
        for line in (
            "heading: 您好，想办什么事？",
            "heading: 也可以点一下您要办的事",
            "button: 办别的事",
            "button: 呼叫工作人员",
        )
    ]
    items = [line for line in spoken if line.startswith("button:") and order[1] < spoken.index(line) < order[2]]
    assert order == sorted(order)
    assert spoken.index("示例市政务服务中心") < order[0]
    assert any("说话" in line for line in spoken[order[0] : order[1]])
    assert len(items) == 10


def test_given_the_keys_when_they_are_read_then_the_question_comes_first_and_no_digit_that_was_typed_is_spoken(here):
    here.touch_item(CERTIFICATE)
    here.say(NAME)
    here.type_on_pad("987")

    spoken = spoken_order(here.page, here.pad)

    assert spoken[0] == "dialog: 输入号码"
    assert spoken.index("heading: 身份证号码") < spoken.index("已输入 3 位，共 18 位") < spoken.index("button: 1")
    assert not [line for line in spoken if "987" in line]
    assert spoken.index("button: 0") < spoken.index("button: 填好了 (disabled)")


def test_given_the_notice_when_it_is_read_then_it_says_what_will_be_and_offers_to_stay(here):
    here.begin()
    here.page.clock.fast_forward(61_000)
    expect(here.idle).to_be_visible()

    spoken = spoken_order(here.page, here.idle)

    assert spoken[:2] == ["alertdialog: 您还在吗？", "heading: 您还在吗？"]
    assert "还有" in spoken[2] and "清除" in spoken[3]
    assert spoken[4:] == ["button: 我还在", "button: 结束"]
