"""The staff's pages: axe-core finds nothing, they are spoken in a sensible order, and the focus is never lost."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from string import ascii_lowercase
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from actions.reply import Citation, Reply
from actions.status import AnswerStatus
from storage.applications import Applications
from storage.approvals import HeldAnswers
from storage.database import Database
from tests.assistant.server_process import Talk
from tests.assistant.staff.office_clerk import FIELDS
from tests.assistant.staff.signing_in import colleague, sign_in, storage_beside
from tests.assistant.web.accessibility import no_violations, spoken_order

pytestmark = [pytest.mark.server, pytest.mark.browser]

NARROW = {"width": 1024, "height": 768}
ADDED = """() => {
    window.announced = [];
    const log = document.querySelector('[role="log"]');
    new MutationObserver((changes) => {
        if (log.getAttribute("aria-live") === "off") return;
        for (const { addedNodes } of changes)
            for (const node of addedNodes) if (node.localName === "article") window.announced.push(node.innerText);
    }).observe(log, { childList: true });
}"""


@pytest.fixture(scope="module")
def storage(server) -> Iterator[Database]:
    with storage_beside(server) as database:
        yield database


@pytest.fixture(scope="module")
def accounts(server) -> dict[str, tuple[str, dict[str, str]]]:
    """Accounts of this module, by role: the name and the headers of the session."""
    return {}


@pytest.fixture
def at(server, new_page, accounts) -> Callable[..., Page]:
    """Open a page signed in as this module's account of a role."""

    def open_page(address: str, role: str = "clerk", **options: Any) -> Page:
        if role not in accounts:
            account = colleague(server, role)
            accounts[role] = account[0], sign_in(server, account)
        page = new_page(**options)
        name, value = accounts[role][1]["Cookie"].split("=", 1)
        page.context.add_cookies([{"name": name, "value": value, "url": server.url, "sameSite": "Strict"}])
        page.goto(f"{server.url}{address}")
        expect(page.locator("main")).to_be_visible()
        return page

    return open_page


@pytest.fixture
def waiting(server) -> Callable[[], tuple[Talk, str]]:
    """Let a citizen wait for a person; return the conversation and the word it is known by."""

    def wait() -> tuple[Talk, str]:
        word = "".join(secrets.choice(ascii_lowercase) for _ in range(8))
        talk = server.talk()
        for words in (f"我的代号是{word}", "身份证丢了怎么补办", "转人工"):
            talk.say(words)
        return talk, word

    return wait


def fits(page: Page) -> None:
    """Assert that nothing runs over the page's side."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def sound(page: Page) -> None:
    """Assert that nothing is wrong with what is shown, also with its colours in the dark."""
    fits(page)
    no_violations(page)
    page.emulate_media(color_scheme="dark")
    no_violations(page, only=("color-contrast",))
    page.emulate_media(color_scheme="light")


def spoken(page: Page, root: Locator | str = "main") -> list[str]:
    """Return what is spoken, with # for each number and moment."""
    return [re.sub(r"\d[\d:/.]*( \d[\d:/.]*)*", "#", line) for line in spoken_order(page, root)]


def structure(page: Page, root: Locator | str = "main") -> list[str]:
    """Return what is spoken with its role: headings, controls, groups and landmarks."""
    return [line for line in spoken(page, root) if re.match(r"[a-z]+: ", line)]


def test_given_nobody_when_the_page_is_opened_then_the_sign_in_is_sound_and_a_wrong_password_is_said(server, new_page):
    page = new_page()
    page.goto(f"{server.url}/staff")
    expect(page.get_by_label("账号")).to_be_focused()
    sound(page)
    assert spoken(page, "body") == [
        "heading: 工作人员登录",
        "接手智能助手转来的对话，答复市民。",
        "账号",
        "textbox: 账号",
        "密码",
        "textbox: 密码",
        "button: 登录",
    ]

    page.get_by_label("账号").fill("nobody")
    page.get_by_label("密码").fill("wrong")
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("账号或密码不对")
    expect(page.get_by_label("密码")).to_be_focused()
    sound(page)


def test_given_a_conversation_when_it_is_read_and_taken_then_each_state_is_sound_and_spoken_in_order(at, waiting):
    _, word = waiting()
    page = at("/staff")
    row = page.locator(".waiting li button", has_text=word)
    expect(row).to_be_visible()
    sound(page)
    assert [line.split(" #")[0] for line in structure(page, ".masthead")] == [
        "heading: 问办",
        "navigation: 工作页面",
        "link: 人工对话",
        "link: 办件",
        "link: 人工核实",
        "link: 草拟答复",
        "button: 退出登录",
    ]
    (said,) = spoken(page, row)
    assert re.fullmatch(f"button: 居民身份证遗失补领｜.*{word}.* 市民要求转人工 已等 .+", said)

    row.click()
    expect(page.locator(".open h2")).to_be_focused()
    expect(page.locator(".case section").first).to_be_visible()
    assert spoken(page)[0] == "市民要求转人工"
    assert re.sub("heading: .*｜.*", "heading", "\n".join(structure(page))).split("\n") == [
        "heading",
        "log: 对话记录",
        "button: 接入对话",
        "heading: 正在谈的事项",
    ]
    page.get_by_role("button", name="接入对话").click()

    expect(page.get_by_label("答复市民")).to_be_focused()
    expect(page.locator(".draft").first).to_be_visible()
    sound(page)
    page.set_viewport_size(NARROW)
    fits(page)
    assert structure(page)[1:] == [
        "button: 转交",
        "button: 交还智能助手",
        "button: 结束服务",
        "log: 对话记录",
        "button: 常用语",
        "button: 索要材料",
        "textbox: 答复市民",
        "button: 发送答复",
        "complementary: 草拟答复",
        "heading: 草拟答复",
    ]
    page.get_by_role("button", name="草拟答复").press("Enter")
    expect(page.locator(".draft").first).to_be_visible()
    sound(page)


def test_given_a_conversation_when_the_citizen_writes_then_what_was_said_before_is_read_and_the_new_announced_once(
    at, waiting
):
    talk, word = waiting()
    page = at("/staff")
    page.evaluate("() => document.querySelector('.open').hidden = false")
    page.evaluate(ADDED)
    page.locator(".waiting li button", has_text=word).click()
    page.get_by_role("button", name="接入对话").click()
    expect(page.get_by_role("log")).to_contain_text(word)

    talk.say("还在吗")

    expect(page.get_by_role("log")).to_contain_text("还在吗")
    assert [said for said in page.evaluate("announced") if "还在吗" in said] == page.evaluate("announced")
    assert len(page.evaluate("announced")) == 1


@pytest.mark.parametrize("deed", ["转交", "交还智能助手", "结束服务"])
def test_given_a_question_when_it_is_open_then_it_is_sound_holds_the_focus_and_gives_it_back(at, waiting, deed):
    _, word = waiting()
    page = at("/staff")
    page.locator(".waiting li button", has_text=word).click()
    page.get_by_role("button", name="接入对话").click()
    asking = page.locator(".deeds").get_by_role("button", name=deed)
    asking.focus()
    page.keyboard.press("Enter")

    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert dialog.evaluate("dialog => dialog.contains(document.activeElement)")
    sound(page)
    dialog.get_by_role("button").last.focus()
    for _ in range(3):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || Boolean(document.activeElement.closest('dialog'))"
        )
    page.keyboard.press("Escape")
    expect(asking).to_be_focused()


def test_given_a_conversation_that_is_given_back_when_its_row_goes_then_the_focus_stays_in_the_list(at, waiting):
    _, word = waiting()
    page = at("/staff")
    page.locator(".waiting li button", has_text=word).click()
    page.get_by_role("button", name="接入对话").click()
    expect(page.get_by_label("答复市民")).to_be_focused()
    page.keyboard.press("Alt+KeyB")
    page.get_by_role("dialog").get_by_role("button", name="交还").click()

    expect(page.locator(".mine li", has_text=word)).to_have_count(0)

    assert page.evaluate("Boolean(document.activeElement.closest('.mine'))")


def test_given_an_application_when_it_is_opened_then_it_is_sound_and_spoken_from_its_name_to_its_history(at, storage):
    applications = Applications(storage)
    draft = applications.create_draft("accessible", "senior-allowance")
    receipt = applications.submit(draft.id, FIELDS["id_number"], FIELDS, {"applicant": "本人"}).receipt_number
    page = at(f"/staff/applications#{receipt}", "supervisor")
    expect(page.locator(".application h2")).to_be_focused()
    expect(page.locator(".entries li").first).to_be_visible()
    sound(page)
    page.set_viewport_size(NARROW)
    fits(page)
    assert structure(page) == [
        "heading: 老年综合津贴申领",
        "button: 受理",
        "button: 要求补正",
        "button: 不予办理",
        "region: 办件内容",
        "heading: 申请表",
        "button: 查看姓名",
        "button: 查看身份证号",
        "button: 查看手机号",
        "heading: 时限",
        "heading: 自动核对",
        "heading: 办理过程",
    ]
    assert [line for line in structure(page, ".bar") if "部门办理" not in line] == [
        "search: 筛选办件",
        "group: 按状态看",
        "button: 待受理 # (pressed)",
        "button: 待补正 #",
        "button: 办理中 #",
        "button: 到期提醒 #",
        "button: 已办 #",
        "combobox: 按事项看 = 全部事项",
        "searchbox: 收件编号，几位也行；或暂存号",
    ]

    show = page.get_by_role("button", name="查看身份证号")
    show.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="遮盖身份证号")).to_be_focused()
    for step in ("受理", "要求补正", "不予办理"):
        button = page.locator(".deeds").get_by_role("button", name=step, exact=True)
        button.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_be_visible()
        sound(page)
        page.keyboard.press("Escape")
        expect(button).to_be_focused()
    page.get_by_label("收件编号，几位也行").fill("99999999")
    expect(page.get_by_role("status").filter(has_text="没有收件编号里带这几位的办件")).to_be_visible()


def test_given_an_answer_that_waits_when_another_comes_then_it_is_announced_and_the_focus_goes_to_the_next(at, storage):
    page = at("/staff/approvals")
    expect(page.locator(".count")).not_to_have_text("")
    held = [hold(storage, f"护照丢了怎么办{number}") for number in ("甲", "乙")]
    cards = [page.locator(f"[data-approval='{one}']") for one in held]
    expect(cards[1]).to_be_visible()
    expect(page.locator(".page > .spoken")).to_contain_text("待核实的答复")
    sound(page)
    assert [line for line in spoken(page, cards[0]) if not line.startswith("已等")] == [
        "护照补发",
        "这个事项的答复要核实",
        "heading: 市民问",
        "护照丢了怎么办甲",
        "heading: 智能助手的答复",
        "带身份证和照片。",
        "list: 依据",
        "申请材料",
        "护照补发",
        "示例办事指南",
        "核对于 #-#-#",
        "button: 可以发出",
        "button: 修改",
        "button: 不发，由我答复",
    ]

    cards[0].get_by_role("button", name="修改").click()
    sound(page)
    asking = cards[0].get_by_role("button", name="不发，由我答复")
    asking.click()
    sound(page)
    page.keyboard.press("Escape")
    expect(asking).to_be_focused()
    cards[0].get_by_role("button", name="不改了").click()
    cards[0].get_by_role("button", name="可以发出").focus()
    page.keyboard.press("Enter")

    expect(cards[0]).to_have_count(0)
    expect(cards[1]).to_be_focused()


def hold(storage: Database, question: str) -> str:
    """Let an answer wait for a yes."""
    source = Citation("passport-reissue", "护照补发", "materials", "申请材料", "示例办事指南", "2026-10-08", False)
    reply = Reply(AnswerStatus.ANSWERED, "带身份证和照片。", "passport-reissue", "护照补发", citations=(source,))
    return HeldAnswers(storage).hold(secrets.token_hex(8), question, reply.as_json(), "item").id


def test_given_drafts_when_one_is_edited_and_settled_then_each_state_is_sound_and_the_focus_stays_on_it(at):
    page = at("/staff/drafts")
    expect(page.get_by_label("问题")).to_be_focused()
    page.get_by_label("问题").fill("护照丢了补办要带什么材料")
    page.get_by_role("button", name="草拟答复", exact=True).click()
    card = page.locator(".draft").first
    expect(card).to_be_visible()
    sound(page)
    page.set_viewport_size(NARROW)
    fits(page)
    assert structure(page, "form") == [
        "heading: 市民问了什么",
        "textbox: 问题 = 护照丢了补办要带什么材料",
        "button: 草拟答复",
    ]
    lines = spoken(page, card)
    assert lines[:5] == [
        "heading: 普通护照遗失补发",
        "材料",
        "可能性 #%",
        "【普通护照遗失补发】需要这些材料：",
        "申请材料",
    ]
    assert lines[-5:] == [f"button: {name}" for name in ("已电话答复", "已书面答复", "修改", "带出处复制", "不采用")]

    card.get_by_role("button", name="修改").click()
    card.get_by_role("textbox").fill("请本人带身份证到出入境窗口。")
    expect(card.locator(".added")).to_be_visible()
    sound(page)
    card.get_by_role("button", name="已电话答复").focus()
    page.keyboard.press("Enter")

    expect(page.locator(".draft.settled")).to_be_focused()
    sound(page)


def test_given_a_supervisor_when_the_report_of_drafts_is_shown_then_it_is_sound(at):
    page = at("/staff/drafts#report", "supervisor")
    expect(page.locator(".totals, .nothing-here").first).to_be_visible()

    sound(page)
    assert structure(page)[:5] == [
        "heading: 草拟答复用得怎么样",
        "group: 时间范围",
        "button: 最近 # 天",
        "button: 最近 # 天 (pressed)",
        "button: 最近 # 天",
    ]


def test_given_a_follow_up_when_it_is_looked_into_and_closed_then_it_is_sound_and_the_focus_follows(server, at):
    citizen = server.talk()
    citizen.say("身份证丢了怎么补办")
    citizen.say("谢谢，再见")
    question = next(event["payload"] for event in citizen.events() if event["type"] == "rating-asked")
    rating = {"rating_id": question["rating_id"], "level": 1, "reasons": ["time"], "comment": "等太久"}
    server.call("POST", f"/api/conversations/{citizen.id}/ratings", rating, citizen.token)
    page = at("/staff/follow-ups", "supervisor")
    page.locator(".list-open li", has_text="等得太久").last.click()
    expect(page.locator(".follow-up h2")).to_be_focused()
    sound(page)
    page.set_viewport_size(NARROW)
    fits(page)
    assert [line.removesuffix(" (invalid)") for line in structure(page)] == [
        "heading: 非常不满意 智能助手服务",
        "combobox: 经办 = 未分派",
        "heading: 评价",
        "button: 查看对话记录",
        "button: 查看联系方式",
        "heading: 处理记录",
        "heading: 记一笔，或答复市民",
        "textbox: 记一笔，或答复市民",
        "checkbox: 同时发到市民的对话里",
        "button: 已联系上市民",
        "button: 保存",
        "heading: 办结",
        "group: 处理方式",
        "radio: 已整改",
        "radio: 已解释",
        "radio: 联系不上",
        "group: 市民是否认可",
        "radio: 认可",
        "radio: 不认可",
        "radio: 没有表态",
        "textbox: 核实情况和处理结果",
        "button: 办结",
    ]

    page.get_by_role("button", name="查看对话记录").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_be_focused()
    page.get_by_role("button", name="查看联系方式").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".phone")).to_be_focused()
    sound(page)
    page.get_by_role("button", name="已联系上市民").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("记一笔，或答复市民")).to_be_focused()
    page.get_by_label("已解释").check()
    page.get_by_label("没有表态").check()
    page.get_by_label("核实情况和处理结果").fill("已说明。")
    page.get_by_role("button", name="办结").focus()
    page.keyboard.press("Enter")

    expect(page.locator(".follow-up h2")).to_be_focused()
    sound(page)


def test_given_figures_when_a_chart_is_a_table_then_it_is_sound_and_spoken_from_the_period_to_the_numbers(at):
    page = at("/staff/figures", "supervisor")
    expect(page.locator(".tile").first).to_be_visible()
    assert structure(page)[:7] == [
        "heading: 运行数据",
        "button: 打印",
        "group: 时间段",
        "button: 今天",
        "button: 昨天",
        "button: 近#天 (pressed)",
        "button: 近#天",
    ]

    page.locator(".chart").first.get_by_role("button", name="看表格").click()
    page.locator("summary", has_text="导出").click()
    sound(page)
    page.keyboard.press("Escape")
    expect(page.locator("summary", has_text="导出")).to_be_focused()
    assert spoken(page, page.locator(".chart").first)[:5] == [
        "heading: 每天的对话数",
        "本期",
        "上期",
        "button: 看图 (expanded)",
        "table: 每天的对话数",
    ]


@pytest.mark.parametrize("view", ["gaps", "items", "item/senior-allowance", "draft/id-card-reissue", "reviews"])
def test_given_a_view_of_the_editor_when_it_is_open_then_it_is_sound_at_both_widths(at, view):
    page = at(f"/editor#{view}", "editor")
    expect(page.get_by_role("heading", level=2)).to_be_visible()
    expect(page.locator(".waiting-note")).to_have_count(0)

    sound(page)
    page.set_viewport_size(NARROW)
    fits(page)


def test_given_the_editor_when_one_goes_from_view_to_view_then_the_focus_and_the_title_follow(at):
    page = at("/editor#item/senior-allowance", "editor")
    views = [line.removesuffix(" #") for line in structure(page, "nav")]  # with how many wait, where some do
    assert views == ["navigation: 指南编辑", "link: 没答好的问题", "link: 办事指南", "link: 待审批"]
    page.get_by_role("link", name="修改指南").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="修改《老年综合津贴申领》")).to_be_focused()
    expect(page).to_have_title("办事指南 · 指南编辑 · 问办")


def test_given_a_draft_with_a_wrong_field_when_it_is_spoken_then_the_field_says_what_is_wrong(at):
    page = at("/editor#draft/residence-permit-reissue", "editor")
    page.get_by_label("事项说明").fill("")
    expect(page.locator(".field.error")).to_be_visible()

    expect(page.get_by_label("事项说明")).to_have_accessible_description("这一项必须填写。")
    sound(page)
    page.get_by_role("button", name="YAML").click()
    sound(page)
    page.get_by_role("button", name="预览回答").click()
    expect(page.locator(".preview .lead, .answered").first).to_be_visible()
    sound(page)


def test_given_the_page_for_integrators_when_it_is_spoken_then_settings_come_before_the_code_and_the_reference(
    server, new_page
):
    page = new_page(viewport=NARROW)
    page.goto(f"{server.url}/integrate")
    expect(page.locator("wenban-assistant .entry")).to_have_count(1)

    sound(page)
    assert [line for line in spoken(page, "body") if line.startswith("heading: ")] == [
        "heading: 把问办放进您的网站",
        "heading: 设置",
        "heading: 效果",
        "heading: 问办 演示",
        "heading: 代码",
        "heading: 事件",
        "heading: 参考",
        "heading: 方法与钩子",
        "heading: 事件",
        "heading: 可单独设样式的部分（::part）",
        "heading: CSS 变量",
    ]
