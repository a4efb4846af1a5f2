"""The page of follow-ups: from a citizen's low rating of a clerk to its end."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.staff.signing_in import colleague, sign_in

pytestmark = [pytest.mark.server, pytest.mark.browser]


@pytest.fixture
def supervisor(server, new_page) -> Page:
    """A browser in which a new supervisor is signed in."""
    page = new_page()
    name, value = sign_in(server, colleague(server, "supervisor"))["Cookie"].split("=", 1)
    page.context.add_cookies([{"name": name, "value": value, "url": server.url, "sameSite": "Strict"}])
    return page


@pytest.fixture
def rated(server, on_page):
    """A citizen who was asked how a clerk's service was; return the page and the clerk's name."""
    here = on_page().greeted()
    here.say("身份证丢了怎么补办")
    here.say("转人工")
    account = colleague(server)
    clerk = sign_in(server, account)
    waiting = server.call("GET", "/api/staff/handoffs", headers=clerk).json["waiting"]
    path = f"/api/staff/handoffs/{waiting[-1]['handoff_id']}"
    for deed, body in (("take", {}), ("messages", {"text": "请去派出所"}), ("close", {})):
        assert server.call("POST", f"{path}/{deed}", body, headers=clerk).status == 200
    expect(here.find(".rating")).to_have_count(1)
    return here, account[0]


def test_given_a_low_rating_of_a_clerk_when_the_supervisor_follows_it_up_then_the_citizen_hears_and_rates_again(
    server, rated, supervisor
):
    here, clerk = rated
    here.page.locator("wenban-assistant").get_by_role("button", name="不满意", exact=True).click()
    here.button("态度不好").click()
    here.button("提交").click()
    expect(here.find(".rating h3")).to_contain_text("11月30日前请专人处理")

    supervisor.goto(f"{server.url}/staff/follow-ups")
    line = supervisor.locator(".list-open li", has_text=clerk)
    expect(line).to_contain_text("不满意")
    expect(line).to_contain_text("11月30日前，还有 5 个工作日")
    line.click()
    expect(supervisor.locator(".follow-up")).to_contain_text("态度不好")
    supervisor.get_by_role("button", name="查看对话记录").click()
    expect(supervisor.get_by_role("log")).to_contain_text("请去派出所")

    supervisor.get_by_label("记一笔，或答复市民").fill("向您致歉，已提醒。")
    supervisor.get_by_label("同时发到市民的对话里").check()
    supervisor.get_by_role("button", name="保存").click()
    expect(here.find(".entry.staff").last).to_contain_text("向您致歉，已提醒。")
    supervisor.get_by_role("button", name="已联系上市民").click()
    supervisor.get_by_label("已整改").check()
    supervisor.get_by_label("认可", exact=True).check()
    supervisor.get_by_label("核实情况和处理结果").fill("已提醒该工作人员。")
    supervisor.get_by_role("button", name="办结").click()

    expect(supervisor.locator(".result")).to_contain_text("已提醒该工作人员。")
    expect(line).to_have_count(0)
    supervisor.get_by_role("heading", name="已办结").click()
    expect(supervisor.locator(".list-done li", has_text=clerk)).to_contain_text("已整改")
    expect(here.find(".rating")).to_have_count(2)


def test_given_words_not_kept_when_the_server_refuses_then_they_stay_written(server, rated, supervisor):
    here, clerk = rated
    here.page.locator("wenban-assistant").get_by_role("button", name="非常不满意").click()
    expect(here.find(".rating .chip").first).to_be_visible()
    supervisor.goto(f"{server.url}/staff/follow-ups")
    supervisor.locator(".list-open li", has_text=clerk).click()

    supervisor.get_by_label("已解释").check()
    supervisor.get_by_label("没有表态").check()
    supervisor.get_by_label("核实情况和处理结果").fill("已说明规定。")
    supervisor.get_by_role("button", name="办结").click()

    expect(supervisor.get_by_role("status")).to_contain_text("还没有联系上市民")
    expect(supervisor.get_by_label("核实情况和处理结果")).to_have_value("已说明规定。")


@pytest.mark.parametrize("width", [1024, 1440])
def test_given_a_screen_when_a_follow_up_is_open_then_nothing_scrolls_sideways(server, rated, supervisor, width):
    here, clerk = rated
    here.page.locator("wenban-assistant").get_by_role("button", name="非常不满意").click()
    expect(here.find(".rating .chip").first).to_be_visible()
    supervisor.set_viewport_size({"width": width, "height": 900})
    supervisor.goto(f"{server.url}/staff/follow-ups")

    supervisor.locator(".list-open li", has_text=clerk).click()
    expect(supervisor.get_by_role("heading", name=clerk)).to_be_visible()

    assert supervisor.evaluate("document.documentElement.scrollWidth") <= width


def test_given_a_clerk_when_the_page_is_opened_then_they_are_sent_to_their_own(server, new_page):
    page = new_page()
    name, value = sign_in(server)["Cookie"].split("=", 1)
    page.context.add_cookies([{"name": name, "value": value, "url": server.url, "sameSite": "Strict"}])

    page.goto(f"{server.url}/staff/follow-ups")

    expect(page.get_by_role("heading", name="等候中")).to_be_visible()
