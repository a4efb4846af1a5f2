"""The demonstration page around the assistant."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.server, pytest.mark.browser]


def test_given_demo_mode_when_the_page_opens_then_it_says_that_everything_is_fictional(on_page):
    here = on_page().greeted()

    expect(here.page.get_by_text("演示模式：身份与办件均为虚构")).to_be_visible()
    expect(here.find(".identity")).to_contain_text("张**")


def test_given_another_identity_when_it_is_chosen_then_a_new_conversation_begins(on_page):
    here = on_page().greeted()
    here.say("你好")

    here.page.get_by_role("radio", name="不登录").check()

    here.greeted()
    expect(here.find(".identity")).to_contain_text("未登录")
    expect(here.own).to_have_count(0)


def test_given_an_example_when_it_is_picked_then_it_is_asked(on_page):
    here = on_page().greeted()

    here.page.get_by_role("button", name="身份证丢了怎么补办").click()

    expect(here.own).to_contain_text("身份证丢了怎么补办")
    expect(here.replies).to_have_count(2)


def test_given_a_code_from_a_kiosk_when_the_network_fails_then_it_stays_in_the_address_for_the_next_time(on_page):
    def fail(page):
        page.route("**/api/continue", lambda route: route.abort())

    here = on_page(started=fail, path="/#continue=a-code")
    expect(here.page.get_by_role("alert").first).to_contain_text("不用再扫一次")
    assert here.page.url.endswith("#continue=a-code")

    here.page.unroute_all()
    here.page.reload()

    expect(here.page.get_by_role("alert").first).to_contain_text("已经用过或过期")
    assert "continue" not in here.page.url


def test_given_only_a_keyboard_when_one_goes_through_the_page_then_the_focus_is_always_seen(on_page):
    here = on_page().greeted()
    here.say("身份证丢了怎么补办")
    here.page.locator("a.skip").focus()

    for _ in range(20):
        here.page.keyboard.press("Tab")
        seen = here.page.evaluate(
            """() => {
                let node = document.activeElement;
                while (node.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
                if (node === document.body) return true;
                const shown = [node, node.nextElementSibling, node.parentElement].filter(Boolean).map(getComputedStyle);
                return shown.some((style) => style.outlineStyle !== "none" || style.boxShadow !== "none");
            }"""
        )
        assert seen


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1440])
def test_given_any_width_when_the_page_is_shown_then_nothing_runs_over_its_edge(on_page, width):
    here = on_page(viewport={"width": width, "height": 900})

    expect(here.page.get_by_role("heading", level=1)).to_be_visible()

    assert here.page.evaluate("document.documentElement.scrollWidth") <= width
