"""The editor's page: from what was not answered to a guide that answers it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.staff.signing_in import colleague, sign_in

pytestmark = [pytest.mark.server, pytest.mark.browser]

INDEX_WITHIN_MS = 600_000
"""a minute on two busy cores; the building gives way to everything else that runs"""
DRAFT = "draft/residence-permit-endorsement"
ASKED = "大黄蜂小铁驴要挂个啥牌牌"


@pytest.fixture
def at_the_editor(server, new_page) -> Callable[..., Page]:
    """Open a view of the editor's page, signed in as an account, a new one of a role unless told."""

    def open_page(role: str = "editor", view: str = "", account: tuple[str, str] | None = None) -> Page:
        page = new_page(viewport={"width": 1280, "height": 800})
        name, value = sign_in(server, account or colleague(server, role))["Cookie"].split("=", 1)
        page.context.add_cookies([{"name": name, "value": value, "url": server.url, "sameSite": "Strict"}])
        page.goto(f"{server.url}/editor#{view}")
        expect(page.get_by_role("heading", level=2)).to_be_visible()
        return page

    return open_page


def settle(page: Page) -> None:
    """Wait until the draft is saved."""
    expect(page.locator(".saved")).to_contain_text("草稿已保存")


def answered_soon(server, text: str) -> dict:
    """Return the item that a question is answered with once the server has read the new index, beside its turns."""
    for _ in range(100):
        reply = server.talk().say(text)
        if reply["status"] == "answered":
            return reply["item"]
        time.sleep(0.2)
    raise AssertionError(f"never answered: {reply}")


def test_given_what_was_not_answered_when_an_ask_is_proposed_and_approved_then_it_is_answered_without_a_restart(
    server, at_the_editor
):
    for _ in range(2):
        assert server.talk().say(ASKED)["status"] != "answered"
    editor, approver = at_the_editor("editor"), at_the_editor("approver")

    gap = editor.locator(".gap", has_text=ASKED)
    gap.get_by_role("button", name="加一种问法").click()
    gap.get_by_label("事项").fill("电动自行车登记上牌")
    gap.get_by_role("button", name="放进草稿").click()

    expect(editor.get_by_role("heading", name="修改《电动自行车登记上牌》")).to_be_visible()
    assert ASKED in editor.get_by_label("总的问").input_value()
    editor.get_by_role("button", name="提交审批").click()
    editor.get_by_label("修改原因").fill("市民这样问")
    editor.get_by_role("dialog").get_by_role("button", name="提交审批").click()
    expect(editor.get_by_text("须由另一个人审批")).to_be_visible()
    expect(editor.get_by_role("button", name="批准")).to_have_count(0)

    approver.get_by_role("link", name="待审批").click()
    approver.get_by_role("link", name="电动自行车登记上牌").click()
    expect(approver.locator(".diff .added")).to_have_text([f"新增：+{ASKED}"])
    approver.get_by_role("button", name="批准").click()

    expect(approver.get_by_role("status").filter(has_text="搜索更新中")).to_be_visible()
    expect(approver.get_by_role("status").filter(has_text="搜索已是最新")).to_be_visible(timeout=INDEX_WITHIN_MS)
    assert answered_soon(server, ASKED)["item_id"] == "ebike-registration"


def test_given_a_field_that_will_not_do_when_submitting_then_the_form_leads_there_and_says_why(at_the_editor):
    page = at_the_editor(view=DRAFT)
    page.get_by_label("事项说明").fill("")
    page.get_by_role("button", name="提交审批").click()

    summary = page.get_by_label("事项说明")
    expect(summary).to_be_focused()
    expect(page.locator(".field.error")).to_contain_text("这一项必须填写。")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_given_a_closed_browser_when_the_editor_comes_back_then_the_draft_is_as_it_was_left(server, at_the_editor):
    account, words = colleague(server, "editor"), f"新说明{secrets.token_hex(4)}"
    page = at_the_editor(view=DRAFT, account=account)
    page.get_by_label("事项说明").fill(words)
    settle(page)
    page.context.close()

    expect(at_the_editor(view=DRAFT, account=account).get_by_label("事项说明")).to_have_value(words)


def test_given_yaml_when_it_is_broken_then_the_line_is_named_and_mended_it_shows_in_the_form(at_the_editor):
    page = at_the_editor(view=DRAFT)
    page.get_by_role("button", name="YAML").click()
    area = page.get_by_role("textbox", name="YAML")
    good = area.input_value()

    area.fill(good.replace("visits: ", "visits: ["))
    expect(page.locator(".problems")).to_contain_text("不是有效的 YAML")
    page.get_by_role("button", name="表单").click()
    expect(area).to_be_visible()
    area.fill(good.replace("visits: ", "visits: 4 #"))
    settle(page)
    page.get_by_role("button", name="表单").click()

    expect(page.get_by_label("到现场次数")).to_have_value("4")


def test_given_a_phone_when_the_form_is_open_then_nothing_runs_out_of_the_page(server, at_the_editor):
    page = at_the_editor("editor")
    page.set_viewport_size({"width": 390, "height": 844})
    for place in ("gaps", "items", "item/id-card-reissue", "draft/id-card-reissue", "reviews"):
        page.goto(f"{server.url}/editor#{place}")
        expect(page.get_by_role("heading", level=2)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert page.locator(".view").evaluate("view => view.scrollWidth") == 390


def test_given_a_clerk_when_they_sign_in_here_then_the_page_sends_them_away(server, new_page):
    page = new_page()
    page.goto(f"{server.url}/editor")
    name, password = colleague(server, "clerk")
    page.get_by_label("账号").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()

    expect(page.get_by_role("alert")).to_contain_text("不能编辑指南")
