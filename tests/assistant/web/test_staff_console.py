"""The staff console in real browsers: a citizen, a clerk and a colleague."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import pytest
from playwright.sync_api import APIResponse, Locator, Page, Route, expect

from storage.handoffs import Handoffs
from tests.assistant.server_process import Server
from tests.assistant.staff.signing_in import colleague, sign_in, storage_beside
from tests.assistant.web.browsing import OnPage

pytestmark = [pytest.mark.server, pytest.mark.browser]
AFTER_A_RESTART_MS = 60_000


@dataclass(frozen=True)
class ClerkPage:
    """The console of somebody who is signed in."""

    page: Page
    name: str

    @classmethod
    def open(cls, server: Server, page: Page, role: str = "clerk") -> ClerkPage:
        account = colleague(server, role)
        name, value = sign_in(server, account)["Cookie"].split("=", 1)
        page.context.add_cookies([{"name": name, "value": value, "url": server.url, "sameSite": "Strict"}])
        page.goto(f"{server.url}/staff")
        expect(page.get_by_role("heading", name="等候中")).to_be_visible()
        return cls(page, account[0])

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log", name="对话记录")

    @property
    def box(self) -> Locator:
        return self.page.get_by_label("答复市民")

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    def row(self, word: str, among: str = ".waiting") -> Locator:
        return self.page.locator(f"{among} li button", has_text=word)

    def take(self, word: str) -> None:
        self.row(word).click()
        expect(self.log).to_contain_text(word)
        self.page.get_by_role("button", name="接入对话").click()
        expect(self.box).to_be_visible()

    def reply(self, words: str) -> None:
        self.box.fill(words)
        self.box.press("Enter")
        expect(self.log).to_contain_text(words)
        expect(self.box).to_have_value("")

    def do(self, deed: str) -> Locator:
        """Press one of the conversation's buttons; return the dialog that opens."""
        self.page.locator(".deeds").get_by_role("button", name=deed).click()
        expect(self.dialog).to_be_visible()
        return self.dialog


@pytest.fixture
def clerk_page(server, new_page) -> Callable[..., ClerkPage]:
    """Open the console of a new account."""

    def open_page(role: str = "clerk", **options: Any) -> ClerkPage:
        return ClerkPage.open(server, new_page(**options), role)

    return open_page


def new_word() -> str:
    """Return a word that only one conversation has."""
    return "".join(secrets.choice(ascii_lowercase) for _ in range(8))


def not_understood(here: OnPage) -> str:
    """Let a citizen not be understood twice and accept a person; return the word they are known by."""
    word = new_word()
    here.say(f"{word} 叽里咕噜")
    here.say(f"{word} 咕噜叽里")
    here.say("转人工")
    return word


def asks_for_person(here: OnPage, question: str = "身份证丢了怎么补办") -> str:
    word = new_word()
    here.say(question)
    here.say(f"我的代号是{word}")
    here.say("转人工")
    return word


def line(here: OnPage) -> Locator:
    return here.find(".line:not(.network)")


def test_given_a_citizen_not_understood_when_two_clerks_help_then_all_is_seen_and_the_assistant_goes_on(
    on_page, clerk_page
):
    here, clerk, other = on_page().greeted(), clerk_page(), clerk_page()
    here.say("我想补办身份证")
    word = not_understood(here)

    # taken; typing and reading are seen on both sides
    clerk.take(word)
    expect(line(here)).to_contain_text(f"{clerk.name}正在为您服务")
    here.box.press_sequentially("在")
    expect(clerk.page.get_by_text("市民正在输入…")).to_be_visible()
    here.write("在吗")
    expect(clerk.log).to_contain_text("在吗")
    expect(here.own.last).to_contain_text("已读")
    clerk.box.press_sequentially("您")
    expect(here.find(".typing")).to_contain_text("正在输入")
    clerk.reply("您好，我来看看。")
    expect(here.find(".entry.staff").last).to_contain_text("我来看看")
    expect(clerk.log.locator(".row.staff", has_text="我来看看")).to_contain_text("已读")

    # a canned reply by its code, and a material that the guide asks for
    clerk.box.fill("")
    clerk.box.press_sequentially("/wai")
    expect(clerk.page.get_by_role("option")).to_have_count(1)
    clerk.box.press("Enter")
    expect(clerk.box).to_have_value(re.compile("稍候片刻"))
    clerk.box.press("Enter")
    expect(here.find(".entry.staff").last).to_contain_text("稍候片刻")
    clerk.page.get_by_role("button", name="索要材料").click()
    clerk.page.get_by_role("option").first.click()
    expect(clerk.box).to_have_value(re.compile("请您提供"))
    clerk.box.press("Enter")
    expect(here.find(".entry.staff").last).to_contain_text("请您提供")

    # to a colleague's browser and back
    for giver, taker in ((clerk, other), (other, clerk)):
        asked = giver.do("转交")
        asked.get_by_role("radio", name=taker.name).check()
        asked.get_by_role("button", name="转交").click()
        expect(here.find(".entry.system").last).to_contain_text(f"转给{taker.name}")
        expect(taker.row(word)).to_contain_text("转交给您")
        taker.take(word)
        expect(line(here)).to_contain_text(f"{taker.name}正在为您服务")
    clerk.reply("我查好了。")
    expect(here.find(".entry.staff").last).to_contain_text("我查好了")

    # handed back with an item, from which the assistant goes on
    asked = clerk.do("交还智能助手")
    asked.get_by_label("办理说明").fill("已登记加急")
    picker = asked.get_by_role("combobox")
    picker.fill("无犯罪")
    asked.get_by_role("option").first.click()
    asked.get_by_role("button", name="交还").click()
    expect(line(here)).to_be_hidden()
    expect(here.say("刚才工作人员说了什么")).to_contain_text("已登记加急")
    expect(here.say("那要什么材料").locator(".topic")).to_contain_text("无犯罪")


def test_given_an_application_when_a_clerk_looks_at_a_hidden_value_then_it_is_hidden_again_after_a_minute(
    on_page, clerk_page
):
    here, clerk = on_page().greeted(), clerk_page()
    here.say("我想申请办理有无犯罪证明")
    here.say("转人工")
    clerk.page.clock.install()
    clerk.page.locator(".waiting li button", has_text="无犯罪").last.click()
    value = clerk.page.get_by_role("button", name="手机号")
    expect(value).to_be_disabled()
    clerk.page.get_by_role("button", name="接入对话").click()
    expect(value).to_contain_text("*")

    value.click()
    expect(value).to_contain_text("13900000001")
    clerk.page.clock.fast_forward(59_000)
    expect(value).to_contain_text("13900000001")
    clerk.page.clock.fast_forward(2_000)

    expect(value).not_to_contain_text("13900000001")


def test_given_two_conversations_when_the_clerk_switches_by_keyboard_then_each_keeps_what_was_not_sent(
    on_page, clerk_page
):
    clerk = clerk_page()
    first, second = on_page().greeted(), on_page().greeted()
    words = [asks_for_person(first), asks_for_person(second)]
    for word in words:
        clerk.take(word)
    clerk.box.fill("给第二位")
    first.write("我还在等")
    expect(clerk.row(words[0], ".mine")).to_contain_text("1 条未读")
    expect(clerk.page).to_have_title(re.compile("1 条未读"))

    clerk.page.keyboard.press("Alt+ArrowUp")
    expect(clerk.log).to_contain_text("我还在等")
    expect(clerk.row(words[0], ".mine")).not_to_contain_text("未读")
    expect(clerk.box).to_have_value("")
    clerk.box.fill("给第一位")
    clerk.page.keyboard.press("Alt+ArrowDown")
    expect(clerk.box).to_have_value("给第二位")
    clerk.page.reload()
    clerk.row(words[0], ".mine").click()

    expect(clerk.box).to_have_value("给第一位")


def test_given_the_keyboard_alone_when_a_conversation_is_handled_then_nothing_else_is_needed(
    on_page, clerk_page, server
):
    here, clerk = on_page().greeted(), clerk_page()
    word = asks_for_person(here)
    expect(clerk.row(word)).to_be_visible()
    keys = clerk.page.keyboard
    keys.press("?")
    expect(clerk.dialog).to_contain_text("打开下一位等候的市民")
    keys.press("Escape")
    while True:
        keys.press("Alt+KeyW")
        expect(clerk.log).to_be_visible()
        if word in clerk.page.locator(".open h2").inner_text():
            break
    keys.press("Alt+KeyT")
    expect(clerk.box).to_be_focused()
    keys.press("Alt+KeyK")
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(clerk.box).to_have_value(re.compile("."))
    keys.press("Enter")
    expect(here.find(".entry.staff")).to_have_count(1)

    keys.press("Alt+KeyX")
    expect(clerk.dialog.get_by_role("radio").first).to_be_focused()
    keys.press("Enter")
    expect(clerk.dialog.get_by_role("alert")).to_contain_text("请选择处理结果")
    keys.press("Space")
    keys.press("Enter")

    expect(line(here)).to_be_hidden()
    with storage_beside(server) as storage:
        closed = Handoffs(storage).last_with_person(_conversation(here))
    assert closed is not None and closed.outcome == "solved"


def test_given_an_answer_that_comes_late_when_the_clerk_has_taken_it_meanwhile_then_the_conversation_stays_theirs(
    on_page, clerk_page
):
    here, clerk = on_page().greeted(), clerk_page()
    word = asks_for_person(here)
    late: list[tuple[Route, APIResponse]] = []

    def hold_first(route: Route) -> None:
        if late:
            route.fallback()
        else:
            late.append((route, route.fetch()))

    clerk.page.route(re.compile(r"/handoffs/\w+$"), hold_first)
    clerk.row(word).click()
    clerk.page.get_by_role("button", name="接入对话").click()
    expect(clerk.box).to_be_focused()

    for route, before in late:
        route.fulfill(response=before)

    expect(clerk.log).to_contain_text(word)
    expect(clerk.box).to_be_focused()
    clerk.page.keyboard.press("Alt+KeyB")
    expect(clerk.dialog).to_be_visible()


def test_given_arrivals_when_the_sound_is_on_then_it_is_heard_and_said_once_and_off_is_remembered(on_page, clerk_page):
    clerk = clerk_page()
    clerk.page.evaluate(
        """() => {
            globalThis.tones = 0;
            const made = AudioContext.prototype.createOscillator;
            AudioContext.prototype.createOscillator = function () {
                globalThis.tones += 1;
                return made.call(this);
            };
        }"""
    )
    here = on_page().greeted()
    word = asks_for_person(here)
    expect(clerk.row(word)).to_be_visible()
    expect(clerk.page.locator(".switches .spoken")).to_contain_text("市民要求转人工")
    expect(clerk.page).to_have_title(re.compile("位等候"))
    assert clerk.page.evaluate("tones") == 2

    clerk.page.get_by_role("button", name="提示音").click()
    asks_for_person(on_page().greeted())
    expect(clerk.page.locator(".waiting .count")).not_to_have_text("0")
    assert clerk.page.evaluate("tones") == 2
    clerk.page.reload()
    expect(clerk.page.get_by_role("button", name="提示音：关")).to_be_visible()


def test_given_no_websocket_when_a_citizen_writes_then_the_console_asks_by_itself(server, new_page, on_page):
    page = new_page()
    page.route_web_socket("**/api/staff/stream", lambda socket: socket.close())
    clerk, here = ClerkPage.open(server, page), on_page().greeted()
    word = asks_for_person(here)

    clerk.take(word)
    here.write("还在吗")

    expect(clerk.log).to_contain_text("还在吗")
    clerk.reply("在的。")
    expect(here.find(".entry.staff").last).to_contain_text("在的")


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_given_a_width_when_a_conversation_is_open_then_nothing_scrolls_sideways(on_page, clerk_page, width):
    here, clerk = on_page().greeted(), clerk_page(viewport={"width": width, "height": 800})
    clerk.take(asks_for_person(here))

    assert clerk.page.evaluate("document.documentElement.scrollWidth") <= width
    box = clerk.page.get_by_role("button", name="发送答复").bounding_box()
    assert box is not None and box["x"] + box["width"] <= width and box["y"] + box["height"] <= 800


def test_given_the_server_is_killed_and_started_again_when_both_sides_go_on_then_nothing_is_lost(
    prepared, project: Path, tmp_path, new_page
):
    server = Server(project, tmp_path / "var").start()
    try:
        page = new_page()
        page.goto(server.url)
        here, clerk = OnPage(page).greeted(), ClerkPage.open(server, new_page())
        word = asks_for_person(here)
        clerk.take(word)
        clerk.reply("停电前说的")
        expect(here.find(".entry.staff")).to_have_count(1)
        clerk.box.fill("停电时写的")

        server.kill()
        here.write("停电时问的")
        expect(here.own.last).to_contain_text("恢复后会自动重发", timeout=AFTER_A_RESTART_MS)
        server.start()

        expect(clerk.log).to_contain_text("停电时问的", timeout=AFTER_A_RESTART_MS)
        expect(clerk.box).to_have_value("停电时写的")
        clerk.box.press("Enter")
        expect(here.find(".entry.staff").last).to_contain_text("停电时写的", timeout=AFTER_A_RESTART_MS)
        expect(here.find(".entry.staff")).to_have_count(2)
        here.write("来电后问的")
        expect(clerk.log).to_contain_text("来电后问的", timeout=AFTER_A_RESTART_MS)
        asked = clerk.do("交还智能助手")
        asked.get_by_role("button", name="交还").click()
        expect(line(here)).to_be_hidden()
        expect(here.say("护照丢了怎么补办")).to_contain_text("护照")
    finally:
        server.kill()


def _conversation(here: OnPage) -> str:
    """Return the id of the conversation on a page."""
    return str(
        here.page.evaluate(
            "JSON.parse(sessionStorage[Object.keys(sessionStorage).find((key) => "
            'sessionStorage[key].includes("token"))]).session.conversationId'
        )
    )
