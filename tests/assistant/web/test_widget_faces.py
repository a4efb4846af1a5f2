"""Languages, themes, elder mode, sizes, zoom: as the page asks, as the person chooses."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.assistant.web.accessibility import spoken_order

pytestmark = [pytest.mark.server, pytest.mark.browser]

QUESTION = "身份证丢了怎么补办"
DARK = re.compile(r"^rgb\((\d\d?|1[01]\d|12[0-7]),")
LIGHT = re.compile(r"^rgb\((12[89]|1[3-9]\d|2\d\d),")


def set_attribute(here, name: str, value: str) -> None:
    here.page.locator("wenban-assistant").evaluate(
        "(node, [name, value]) => node.setAttribute(name, value)", [name, value]
    )


def open_settings(here):
    here.button("设置：").click()
    return here.find(".settings")


@pytest.mark.parametrize(
    ("locale", "placeholder"),
    [
        ("zh-CN", "说说您想办的事"),
        ("zh-HK", "說說您想辦的事"),
        ("en-GB", "Say it in your own words"),
        ("fr-FR", "Say it in your own words"),
    ],
)
def test_given_a_browser_of_a_language_when_the_assistant_is_shown_then_it_speaks_the_nearest(
    on_page, locale, placeholder
):
    loaded = []
    here = on_page(locale=locale, started=lambda page: page.on("request", lambda request: loaded.append(request.url)))

    expect(here.box).to_have_attribute("placeholder", placeholder)

    catalogues = {found.group() for url in loaded if (found := re.search(r"/web/texts\.[\w-]+\.js", url))}
    assert len(catalogues - {"/web/texts.zh-CN.js"}) <= 1  # the demonstration page itself is in Chinese


def test_given_a_language_when_the_person_chooses_another_then_what_was_said_stays_and_is_remembered(on_page):
    here = on_page().greeted()
    here.say(QUESTION)

    open_settings(here).get_by_role("button", name="English").click()
    expect(here.box).to_have_attribute("placeholder", "Say it in your own words")
    expect(here.own).to_contain_text(QUESTION)
    here.page.reload()

    expect(here.box).to_have_attribute("placeholder", "Say it in your own words")
    expect(here.find(".shell")).to_have_attribute("lang", "en")
    expect(here.find(".prose").first).to_have_attribute("lang", "zh-CN")


def test_given_a_choice_of_the_person_when_the_page_sets_the_attribute_anew_then_that_holds(on_page):
    here = on_page().greeted()
    open_settings(here).get_by_role("button", name="English").click()
    expect(here.box).to_have_attribute("placeholder", "Say it in your own words")

    set_attribute(here, "language", "zh-TW")

    expect(here.box).to_have_attribute("placeholder", "說說您想辦的事")


@pytest.mark.parametrize(
    ("system", "theme", "dark"),
    [("light", "dark", True), ("dark", "light", False), ("dark", "auto", True), ("light", "contrast", True)],
)
def test_given_a_theme_when_it_is_asked_for_then_it_holds_whatever_the_system_has(on_page, system, theme, dark):
    here = on_page(color_scheme=system).greeted()

    set_attribute(here, "theme", theme)

    expect(here.find(".panel")).to_have_css("background-color", DARK if dark else LIGHT)


def test_given_a_system_that_asks_for_more_contrast_when_no_theme_is_set_then_it_gets_it(on_page):
    here = on_page(contrast="more").greeted()

    expect(here.find(".shell")).to_have_attribute("data-theme", "contrast")


SIZES = """() => {
    const root = document.querySelector("wenban-assistant").shadowRoot;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const small = [];
    while (walker.nextNode()) {
        const node = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || !node.checkVisibility() || node.closest(".spoken, style")) continue;
        const size = parseFloat(getComputedStyle(node).fontSize);
        if (size < 18) small.push([walker.currentNode.data.slice(0, 20), size]);
    }
    return small;
}"""
TARGETS = """() => [...document.querySelector("wenban-assistant").shadowRoot.querySelectorAll("button, a, summary, textarea, label, input:not([type=radio])")]
    .map((node) => [node.className || node.localName, node.getBoundingClientRect()])
    .filter(([, box]) => box.width > 0 && (box.height < 59.5 || box.width < 59.5))
    .map(([name, box]) => [name, box.width, box.height])"""


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_given_elder_mode_when_things_are_said_then_text_and_targets_are_large_and_one_thing_is_shown(
    on_elder_page, width
):
    here = on_elder_page(viewport={"width": width, "height": 900})
    here.say(QUESTION)
    here.find("summary").click()
    assert here.page.evaluate(SIZES) == []
    assert here.page.evaluate(TARGETS) == []

    here.say("我想申请办理有无犯罪证明")
    here.choose("求职就业")
    here.find(".draft .change").first.click()

    assert here.page.evaluate(SIZES) == []
    assert here.page.evaluate(TARGETS) == []
    expect(here.find(".entry:visible")).to_have_count(2)
    here.button("看前面说过的话").click()
    expect(here.find(".entry:visible")).to_have_count(7)
    open_settings(here)
    assert here.page.evaluate(SIZES) == []
    assert here.page.evaluate(TARGETS) == []


def test_given_elder_mode_when_the_text_is_made_larger_then_it_grows_to_28_pixels_and_nothing_runs_over(on_elder_page):
    here = on_elder_page(viewport={"width": 390, "height": 844})
    settings = open_settings(here)
    for _ in range(6):
        settings.get_by_role("button", name="文字大一点").click()
    settings.get_by_role("button", name="关闭").click()
    here.say(QUESTION)

    size = here.find(".prose p").last.evaluate("node => getComputedStyle(node).fontSize")
    over = here.page.evaluate("""() => [...document.querySelector("wenban-assistant").shadowRoot.querySelectorAll(".panel *")]
        .filter((node) => node.getBoundingClientRect().right > innerWidth + 1 && node.checkVisibility() && !node.closest(".spoken"))
        .map((node) => node.className || node.localName)""")
    assert size == "28px"
    assert over == []


@pytest.mark.parametrize(("width", "height"), [(720, 450), (360, 225)], ids=["200 %", "400 %"])
def test_given_a_page_that_is_zoomed_in_when_one_writes_then_all_can_be_reached(on_page, width, height):
    here = on_page(viewport={"width": width, "height": height})
    here.find(".launcher").click()
    here.greeted()
    reply = here.say(QUESTION)

    reply.locator("summary").scroll_into_view_if_needed()
    expect(reply.locator("summary")).to_be_in_viewport()
    here.box.scroll_into_view_if_needed()
    expect(here.box).to_be_in_viewport()
    assert here.page.evaluate("document.documentElement.scrollWidth") <= width
    assert here.find(".panel").evaluate("node => node.scrollWidth <= node.clientWidth + 1")


def test_given_reduced_motion_when_an_entry_comes_then_nothing_moves(on_page):
    here = on_page(reduced_motion="reduce").greeted()

    assert here.find(".entry").first.evaluate("node => getComputedStyle(node).animationName") == "none"


def test_given_a_new_message_when_it_comes_then_it_is_announced_once_and_read_in_order(on_page):
    here = on_page().greeted()
    here.page.evaluate("""() => {
        const log = document.querySelector("wenban-assistant").shadowRoot.querySelector("[role=log]");
        window.added = [];
        new MutationObserver((changes) => changes.forEach(({ addedNodes }) => window.added.push(...[...addedNodes].map((node) => node.className))))
            .observe(log, { childList: true });
    }""")

    here.say("你好")

    assert here.page.evaluate("window.added") == ["entry citizen", "entry assistant"]
    spoken = spoken_order(here.page, here.page.get_by_role("log", name="对话记录"))
    assert spoken[0] == "log: 对话记录"
    assert spoken.index("您说：") < spoken.index("你好") < len(spoken) - 1 - spoken[::-1].index("问办回复：")


def test_given_only_a_keyboard_when_one_asks_chooses_and_confirms_then_one_gets_to_a_receipt(on_page):
    here = on_page().greeted()
    press = here.page.keyboard.press

    def reach(name: str) -> None:
        for _ in range(40):
            press("Shift+Tab")
            if here.page.evaluate(
                """name => {
                const node = document.activeElement.shadowRoot?.activeElement;
                return node?.localName === "button" && node.textContent.includes(name);
            }""",
                name,
            ):
                return
        raise AssertionError(f"{name} was not reached")

    here.say("我想申请办理有无犯罪证明")
    reach("求职就业")
    here.after(lambda: press("Enter"))
    here.box.focus()
    reach("确认")
    here.after(lambda: press("Enter"))

    expect(here.find(".receipt")).to_be_visible()


def test_given_a_draft_when_a_field_is_changed_in_its_place_then_it_is_read_back_changed(on_page):
    here = on_page().greeted()
    here.say("我想申请办理有无犯罪证明")
    here.choose("求职就业")

    here.button("修改手机号").click()
    here.find(".edit input").fill("13812345678")
    here.after(here.button("改好了").click)

    expect(here.find(".draft").last).to_contain_text("138****5678")
    expect(here.own.last).not_to_contain_text("13812345678")


def test_given_a_field_being_changed_when_it_is_left_with_escape_then_it_is_as_before(on_page):
    here = on_page().greeted()
    here.say("我想申请办理有无犯罪证明")
    here.choose("求职就业")

    here.button("修改手机号").click()
    here.page.keyboard.press("Escape")

    expect(here.button("修改手机号")).to_be_focused()
    expect(here.find(".edit")).to_have_count(0)


def test_given_a_conversation_when_its_record_is_saved_then_the_file_holds_what_was_said(on_page):
    here = on_page().greeted()
    here.say(QUESTION)

    settings = open_settings(here)
    with here.page.expect_download() as download:
        settings.get_by_role("button", name="保存对话记录").click()

    record = download.value.path().read_text(encoding="utf-8-sig")
    assert download.value.suggested_filename == "问办对话记录.txt"
    assert f"您说：\n{QUESTION}" in record and "问办回复：" in record


def test_given_no_network_when_something_is_written_then_it_is_said_that_it_waits(on_page):
    here = on_page().greeted()

    here.page.context.set_offline(True)
    expect(here.find(".network")).to_contain_text("连上后自动发出")
    here.write("你好")
    here.page.context.set_offline(False)

    expect(here.replies).to_have_count(2, timeout=40_000)
    expect(here.find(".network")).to_be_empty()
