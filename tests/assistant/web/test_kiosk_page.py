"""A kiosk in a hall: from the welcome to the printed receipt, with keys, a card, a phone, a clerk."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.assistant.server_process import PHONE_ADDRESS, Server
from tests.assistant.web.browsing import OnPage
from tests.assistant.web.kiosk_page import CERTIFICATE, ID_NUMBER, NAME, SCREEN, OnKiosk

pytestmark = [pytest.mark.server, pytest.mark.browser]

WRONG_CHECK = ID_NUMBER[:-1] + "8"


@pytest.fixture
def on_kiosk(server: Server, new_page: Callable[..., Page]) -> Callable[..., OnKiosk]:
    """Open the kiosk's page on its screen."""

    def open_kiosk(**options: Any) -> OnKiosk:
        return OnKiosk.opened(new_page(viewport=SCREEN, **options), server.url)

    return open_kiosk


@pytest.fixture
def card(server: Server) -> Iterator[Path]:
    """Where the reader looks for a card; none lies there before or after."""
    path = Path(server.environment["WENBAN_CARD_READER"].removeprefix("file:"))
    path.unlink(missing_ok=True)
    yield path
    path.unlink(missing_ok=True)


def test_given_a_visitor_when_they_apply_with_keys_then_they_leave_with_a_printed_receipt(on_kiosk):
    here = on_kiosk()
    expect(here.page.get_by_text("示例市政务服务中心")).to_be_visible()
    expect(here.welcome.locator(".tile")).to_have_count(10)

    here.apply()
    expect(here.find(".draft")).to_contain_text("310*************27")
    here.submit()
    number = here.find(".receipt .number strong").inner_text()
    here.act("打印凭条").click()

    expect(here.paper.get_by_role("heading", name="业务受理凭条")).to_be_visible()
    expect(here.paper.locator("main")).to_contain_text(number)
    expect(here.paper.locator("main")).to_contain_text(CERTIFICATE)
    expect(here.paper.locator("main")).not_to_contain_text(ID_NUMBER)
    assert (
        here.paper.locator("body")
        .evaluate("body => body.ownerDocument.adoptedStyleSheets[0].cssRules[0].cssText")
        .startswith("@page roll { size: 80mm ")
    )
    here.printing.get_by_role("button", name="返回").click()
    here.act("结束").click()

    expect(here.welcome).to_be_visible()
    expect(here.visit).to_have_count(0)


def test_given_a_paper_when_print_is_touched_then_that_paper_alone_is_printed_in_the_page(on_kiosk):
    here = on_kiosk()
    here.begin()
    here.say("居住证签注要什么材料")
    here.after(here.act("要一份告知单").click)
    here.choose("本人")

    here.find(".paper").get_by_role("button", name="打印").click()
    expect(here.paper.get_by_role("heading", name="一次性告知单")).to_be_visible()
    expect(here.paper.locator(".tools, script")).to_have_count(0)
    expect(here.paper.locator("body")).to_have_class("roll")
    here.page.evaluate("""() => {
        window.printed = [];
        const frame = document.querySelector("iframe.paper");
        frame.contentWindow.print = () => window.printed.push(frame.contentDocument.title);
    }""")
    here.printing.get_by_role("button", name="打印").click()

    assert "告知单" in here.page.evaluate("window.printed")[0]
    expect(here.printing.get_by_role("status")).to_contain_text("正在打印")
    assert len(here.page.context.pages) == 1


@pytest.mark.parametrize(("paper", "width_mm"), [("80mm", 80), ("A4", 210)])
def test_given_a_machine_s_paper_when_a_receipt_is_printed_then_it_is_one_page_of_that_width(
    server, new_page, paper, width_mm
):
    page = new_page(viewport=SCREEN)
    page.route("**/api/kiosk", lambda route: route.fulfill(json={**route.fetch().json(), "paper": paper}))
    here = OnKiosk.opened(page, server.url)
    here.apply().submit()
    here.act("打印凭条").click()
    expect(here.paper.get_by_role("heading", name="业务受理凭条")).to_be_visible()

    sheet = new_page()
    sheet.goto(f"{server.url}/health")
    sheet.set_content(page.locator("iframe.paper").get_attribute("srcdoc"), wait_until="load")
    sheet.evaluate(
        """rules => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(rules);
            document.adoptedStyleSheets = [sheet];
        }""",
        here.paper.locator("body").evaluate(
            "body => [...body.ownerDocument.adoptedStyleSheets].flatMap((one) => [...one.cssRules]).map((rule) => rule.cssText).join('')"
        ),
    )
    printed = PdfReader(io.BytesIO(sheet.pdf(prefer_css_page_size=True, format="A4")))

    assert len(printed.pages) == 1
    assert float(printed.pages[0].mediabox.width) == pytest.approx(width_mm * 72 / 25.4, abs=1)


def test_given_an_id_number_when_it_is_typed_then_dots_hide_it_and_the_conversation_is_covered(on_kiosk):
    here = on_kiosk()
    here.touch_item(CERTIFICATE)
    here.say(NAME)

    here.type_on_pad(ID_NUMBER[:6])
    expect(here.pad.locator(".question")).to_contain_text("身份证")
    expect(here.pad.locator(".question")).to_have_attribute("lang", "zh-CN")
    expect(here.pad.locator(".cells")).to_have_text("●" * 6)  # the last one could be read for a moment
    expect(here.pad.get_by_role("status").first).to_have_text("已输入 6 位，共 18 位")
    covered = here.page.evaluate(
        """() => [[40, 40], [540, 300], [1040, 900]].map(([x, y]) => document.elementFromPoint(x, y).className)"""
    )
    assert covered == ["cover pad"] * 3
    expect(here.act("填好了")).to_be_disabled()
    here.act("看一眼").click()
    expect(here.pad.locator(".cells")).to_have_text(ID_NUMBER[:6])
    here.act("删去一位").click()
    expect(here.pad.locator(".cells")).to_have_text("●" * 5)
    here.act("全部清空").click()
    expect(here.pad.locator(".cells")).to_have_text("")

    here.give(ID_NUMBER)
    expect(here.own.last).to_contain_text("身份证号已隐藏")
    assert ID_NUMBER not in here.page.evaluate("document.querySelector('wenban-assistant').shadowRoot.textContent")


def test_given_a_wrong_check_digit_when_it_is_given_then_it_is_hinted_at_and_the_server_decides(on_kiosk):
    here = on_kiosk()
    here.touch_item(CERTIFICATE)
    here.say(NAME)

    here.type_on_pad(WRONG_CHECK)
    expect(here.pad.locator(".doubt")).to_contain_text("有一位不对")
    here.after(here.act("填好了").click)

    expect(here.pad).to_be_visible()  # asked again, with what the server found
    here.give(ID_NUMBER)
    expect(here.pad.get_by_role("heading", name="手机号码")).to_be_visible()
    expect(here.pad.get_by_role("button", name="X", exact=True)).to_be_hidden()


def test_given_keys_put_away_when_a_question_comes_between_then_its_answer_is_seen_and_the_keys_can_be_had_again(
    on_kiosk,
):
    here = on_kiosk()
    here.touch_item(CERTIFICATE)
    here.say(NAME)
    here.act("先不填").click()

    here.say("办这个要多少钱")

    expect(here.pad).to_be_hidden()
    here.act("按键输入身份证号码").click()
    here.give(ID_NUMBER)
    expect(here.pad.get_by_role("heading", name="手机号码")).to_be_visible()


def test_given_a_draft_when_a_field_is_changed_then_it_is_asked_for_anew_with_keys_and_nothing_is_typed_in_sight(
    on_kiosk,
):
    here = on_kiosk()
    here.apply()

    here.after(here.find(".draft .change").nth(2).click)
    expect(here.find(".edit")).to_have_count(0)
    expect(here.pad.get_by_role("heading", name="手机号码")).to_be_visible()
    here.give("13812345678")

    expect(here.find(".draft").last).to_contain_text("138****5678")


def test_given_a_code_that_is_too_old_when_a_new_one_cannot_be_had_then_it_is_said(on_kiosk):
    here = on_kiosk()
    here.begin()
    here.page.route(
        "**/phone", lambda route: route.fulfill(json={**route.fetch().json(), "expires_in_seconds": 0}), times=1
    )
    here.act("手机继续").click()
    expect(here.page.get_by_role("timer")).to_have_text("二维码已过期")

    here.page.route("**/phone", lambda route: route.abort())
    here.act("换一个新的").click()

    expect(here.notice).to_contain_text("现在不能转到手机")


def test_given_the_welcome_and_a_visit_when_words_and_signs_are_looked_at_then_they_go_together(on_kiosk):
    here = on_kiosk()
    lines = here.page.evaluate("""() => [...document.querySelectorAll(".promise span span")]
        .map((node) => Math.round(node.getBoundingClientRect().height / parseFloat(getComputedStyle(node).lineHeight)))""")
    assert lines == [1, 1]  # no sentence is broken
    here.begin()

    here.act("字大一点").click()

    expect(here.act("字小一点").locator("path")).to_have_count(1)  # a minus


def test_given_only_a_keyboard_when_one_applies_then_the_keys_and_the_end_are_reached(on_kiosk):
    here = on_kiosk()
    press = here.page.keyboard.press

    def reach(name: str) -> None:
        for _ in range(60):
            press("Tab")
            if name in here.page.evaluate("""() => {
                const node = document.activeElement.shadowRoot?.activeElement ?? document.activeElement;
                return node.ariaLabel ?? node.textContent;
            }"""):
                return
        raise AssertionError(f"{name} was not reached")

    reach(CERTIFICATE)
    press("Enter")
    expect(here.replies).to_have_count(2)
    here.say(NAME)
    expect(here.pad).to_be_visible()
    for key in ID_NUMBER:
        press(key)
    expect(here.act("填好了")).to_be_focused()
    here.after(lambda: press("Enter"))
    expect(here.pad.get_by_role("heading", name="手机号码")).to_be_visible()
    reach("先不填")
    press("Enter")
    expect(here.pad).to_be_hidden()
    reach("结束")
    press("Enter")

    expect(here.welcome).to_be_visible()


def test_given_a_card_when_it_is_laid_on_the_reader_then_its_number_answers_and_is_seen_nowhere(on_kiosk, card):
    here = on_kiosk()
    here.touch_item(CERTIFICATE)
    here.say(NAME)
    here.pad.get_by_role("button", name="刷身份证").click()
    expect(here.notice).to_contain_text("请把身份证放在读卡区")

    card.write_text(json.dumps({"name": NAME, "id_number": ID_NUMBER}), encoding="utf-8")

    expect(here.notice).to_contain_text("司***，您好")
    expect(here.own.last).to_contain_text("身份证号已隐藏")
    assert ID_NUMBER not in here.page.content()


def test_given_a_reader_that_fails_when_a_card_is_to_be_read_then_the_keys_are_named_instead(on_kiosk, card):
    card.write_text("not a card", encoding="utf-8")
    here = on_kiosk()
    here.begin()

    here.act("刷身份证").click()

    expect(here.notice).to_contain_text("屏幕键盘")


def test_given_a_visit_when_a_phone_takes_its_code_then_it_goes_on_there_and_the_kiosk_is_empty(
    server, on_kiosk, new_page
):
    here = on_kiosk()
    here.touch_item(CERTIFICATE)
    with here.page.expect_response("**/phone") as answered:
        here.act("手机继续").click()
    expect(here.page.get_by_role("img", name="二维码")).to_be_visible()
    expect(here.page.get_by_role("timer")).to_have_text(re.compile(r"还能扫 (5:00|4:5\d)"))

    phone = new_page(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    phone.goto(_here(server, answered.value.json()["address"]))
    there = OnPage(phone)
    expect(there.own).to_have_count(1)
    expect(there.find(".identity")).to_have_text("未登录")
    assert "continue" not in phone.url
    expect(here.notice).to_contain_text("已经转到您的手机")
    expect(here.welcome).to_be_visible()
    there.say(NAME)
    phone.reload()
    there.find(".launcher").click()
    expect(there.own).to_have_count(2)


def test_given_a_code_that_was_taken_when_a_phone_opens_it_again_then_it_is_told_so(server, on_kiosk, new_page):
    here = on_kiosk()
    here.begin()
    with here.page.expect_response("**/phone") as answered:
        here.act("手机继续").click()
    code = answered.value.json()["code"]
    assert server.call("POST", "/api/continue", {"code": code}).status == 200

    phone = new_page(viewport={"width": 390, "height": 844})
    phone.goto(_here(server, answered.value.json()["address"]))

    expect(phone.get_by_role("alert").first).to_contain_text("已经用过或过期")


def test_given_the_welcome_when_a_clerk_is_called_then_it_is_said_what_comes_of_it(on_kiosk):
    here = on_kiosk()

    here.act("呼叫工作人员").click()

    expect(here.notice).to_contain_text(re.compile("已呼叫工作人员|已记下您的呼叫"))
    here.act("知道了").click()
    expect(here.visit).to_be_visible()


def test_given_a_visitor_when_they_choose_another_language_then_the_face_speaks_it_until_they_leave(on_kiosk):
    here = on_kiosk()

    here.act("English").click()
    expect(here.page.get_by_role("heading", name="What can we do for you?")).to_be_visible()
    here.act("Something else").click()
    expect(here.box).to_have_attribute("placeholder", "Write here")
    here.act("Finish").click()

    expect(here.page.get_by_role("heading", name="您好，想办什么事？")).to_be_visible()


def test_given_a_page_that_shall_not_be_left_when_ways_out_are_tried_then_none_leads_out(on_kiosk):
    here = on_kiosk()
    here.begin()
    here.say("厨房着火了，快来人")  # an emergency's number is a link elsewhere
    page = here.page
    opened: list[str] = []
    page.context.on("page", lambda one: opened.append(one.url))

    expect(here.find("a.call")).to_have_css("background-color", "rgba(0, 0, 0, 0)")  # no button: it cannot dial
    here.find("a.call").click()
    kept = page.evaluate("""() => ["contextmenu", "dragstart", "copy", "paste", "auxclick"].map((type) =>
        !document.body.dispatchEvent(new Event(type, { bubbles: true, cancelable: true })))""")
    assert kept == [True] * 5
    for keys in ("Alt+ArrowLeft", "F5", "Control+p", "Control+s", "Control+o", "Control+u"):
        page.keyboard.press(keys)
    page.evaluate(
        "() => new Promise((on) => { addEventListener('popstate', () => on(), { once: true }); history.back(); })"
    )

    assert page.url.endswith("/kiosk") and opened == []
    expect(here.visit).to_be_visible()
    expect(here.own).to_have_count(1)


@pytest.mark.parametrize(("width", "height"), [(1080, 1920), (1440, 900), (768, 1366), (1920, 1080)])
def test_given_a_screen_when_the_kiosk_is_shown_then_nothing_runs_over_and_targets_are_large(
    server, new_page, width, height
):
    here = OnKiosk.opened(new_page(viewport={"width": width, "height": height}), server.url)
    measured = """root => [...document.querySelectorAll(root)].flatMap((one) => [...one.querySelectorAll("button, h1, h2, p")])
        .filter((node) => node.checkVisibility())
        .map((node) => [node.textContent.slice(0, 12), node.localName, node.getBoundingClientRect()])
        .filter(([, tag, box]) => box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || (tag === "button" && (box.height < 60 || box.width < 60)))
        .map(([words, tag, box]) => [words, tag, Math.round(box.right), Math.round(box.bottom), Math.round(box.width), Math.round(box.height)])"""
    for language in ("English", "繁體中文", "简体中文"):
        here.act(language).click()
        expect(here.act(language)).to_have_attribute("aria-pressed", "true")
        assert here.page.evaluate(measured, "main") == []
        ends = here.page.evaluate("""() => [".items li:last-child", ".helps", ".promise"]
            .map((one) => document.querySelector(one).getBoundingClientRect()).map(({ top, bottom }) => [top, bottom])""")
        assert ends[0][1] <= ends[1][0] or width > height, language  # nothing covers the last item
        assert ends[1][1] <= ends[2][0], language

    here.touch_item(CERTIFICATE)
    here.say(NAME)
    expect(here.pad).to_be_visible()
    assert here.page.evaluate(measured, ".visit > header, dialog[open]") == []


def _here(server: Server, address: str) -> str:
    """Return the address of a phone's code on the test's server."""
    assert address.startswith(f"{PHONE_ADDRESS}/#continue=")
    return address.replace(PHONE_ADDRESS, server.url)
