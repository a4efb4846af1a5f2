"""The assistant on the portal, as a citizen meets it: at each width, in each theme, mode and language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from playwright.sync_api import expect

from screenshots.camera import DESK, PHONE, TABLET, Shot, Size
from screenshots.hall import Hall
from screenshots.morning import handoff_of
from screenshots.stage import Stage
from tests.assistant.server_process import Talk
from tests.assistant.web.browsing import OnPage

SIZES = (PHONE, TABLET, DESK)
CLERK = "zhouqiming"
SAID = "您好，全市的社区事务受理服务中心都可以办，不用回户籍地。"
ELDER = "localStorage.setItem('wenban:face', JSON.stringify({elder: true, reading: false}))"
CONVERSATION = """() => {
    const kept = Object.values(sessionStorage).find((value) => value.includes("token"));
    return JSON.parse(kept).session.conversationId;
}"""


def portal(stage: Stage) -> Iterator[Shot]:
    """Yield the page before the assistant is opened, and the greeting."""
    for size in SIZES:
        page = stage.visitor("/", size)
        expect(page.locator("#demo-notice")).to_be_visible()
        if size.width < 1024:
            yield Shot("portal", page, (size,))
            page.locator("wenban-assistant .launcher").click()
        here = OnPage(page).greeted()
        yield Shot("greeting", here.page, (size,), main=True)
        page.context.close()


def answers(stage: Stage) -> Iterator[Shot]:
    """Yield a question back, an answer, its sources, an emergency and one that waits for a yes."""
    for size in SIZES:
        here = stage.citizen(size)
        here.say("我想补办证件")
        yield _at_end("choices", here, size)
        here.say("身份证丢了怎么补办")
        yield _at_end("answer", here, size)
        here.find("summary").last.click()
        yield _at_end("answer-sources", here, size, main=True)
        here.say("厨房着火了，怎么办")
        yield _at_end("emergency", here, size)
        here.page.context.close()
        here = stage.citizen(size)
        here.say("护照丢了补办要带什么材料")
        yield _at_end("awaiting-approval", here, size)
        here.page.context.close()


def application(stage: Stage) -> Iterator[Shot]:
    """Yield an application from its first question to the receipt and its progress."""
    for size in SIZES:
        here = stage.citizen(size)
        here.say("我想申请办理无犯罪记录证明")
        yield _at_end("application-asking", here, size)
        here.choose("求职就业")
        yield _at_end("application-card", here, size, main=True)
        here.find(".draft .change").first.click()
        yield _at_end("application-changing", here, size)
        here.page.keyboard.press("Escape")
        here.choose("确认")
        yield _at_end("receipt", here, size)
        here.say("我的申请办到哪一步了")
        yield _at_end("progress", here, size)
        here.page.context.close()


def person(stage: Stage) -> Iterator[Shot]:
    """Yield the place in line, talking with a person, and the rating."""
    for size in SIZES:
        here = stage.citizen(size)
        here.say("居住证签注在哪里办")
        here.say("转人工")
        expect(here.find(".line:not(.network)")).to_be_visible()
        yield _at_end("queue", here, size)
        this = _taken(stage.hall, here)
        stage.hall.call(
            CLERK, "POST", f"{this}/messages", {"text": "您好，全市的社区事务受理服务中心都可以办，不用回户籍地。"}
        )
        expect(here.find(".entry.staff")).to_be_visible()
        here.write("周六也开门吗？")
        expect(here.own.last).to_contain_text("周六")
        yield _at_end("with-a-person", here, size, main=True)
        stage.hall.call(CLERK, "POST", f"{this}/close", {"outcome": "solved"})
        expect(here.find(".rating")).to_be_visible()
        yield _at_end("rating", here, size)
        here.page.locator("wenban-assistant").get_by_role("button", name="不满意", exact=True).click()
        expect(here.find(".rating textarea")).to_be_visible()
        yield _at_end("rating-reasons", here, size)
        here.page.context.close()


def network(stage: Stage) -> Iterator[Shot]:
    """Yield a message that could not be sent."""
    for size in SIZES:
        here = stage.citizen(size)
        here.page.context.set_offline(True)
        here.write("医保卡丢了怎么办")
        expect(here.find(".delivery-buttons")).to_be_visible()
        yield _at_end("offline", here, size)
        here.page.context.close()


def settings(stage: Stage) -> Iterator[Shot]:
    """Yield the settings, and the question before a new conversation."""
    for size in SIZES:
        here = stage.citizen(size)
        here.button("设置：").click()
        expect(here.find(".settings")).to_be_visible()
        yield Shot("settings", here.page, (size,))
        here.page.keyboard.press("Escape")
        here.button("重新开始").first.click()
        yield Shot("restart", here.page, (size,))
        here.page.context.close()


def faces(stage: Stage) -> Iterator[Shot]:
    """Yield elder mode, each theme, and the face in English and in traditional characters."""
    for size in SIZES:
        here = stage.citizen(size, init=ELDER)
        here.say("身份证丢了怎么补办")
        yield _at_end("elder", here, size)
        here.page.context.close()
        for language in ("en", "zh-TW"):
            here = stage.citizen(size, locale=language)
            here.say("身份证丢了怎么补办")
            yield _at_end(f"language-{language.lower()}", here, size)
            here.page.context.close()
        here = stage.citizen(size)
        here.say("我想申领生育津贴")
        for theme in ("light", "dark", "contrast"):
            here.page.locator("wenban-assistant").evaluate("(node, theme) => node.setAttribute('theme', theme)", theme)
            yield _at_end(f"theme-{theme}", here, size)
        here.page.context.close()


def _at_end(name: str, here: OnPage, size: Size, main: bool = False) -> Shot:
    """Return the state with the newest entry in sight."""
    here.entries.last.evaluate("entry => entry.scrollIntoView({ block: 'nearest' })")
    return Shot(name, here.page, (size,), main=main)


def _taken(hall: Hall, here: OnPage) -> str:
    """Let a clerk take the conversation on a page; return the address of its handoff."""
    conversation: Any = here.page.evaluate(CONVERSATION)
    this = f"handoffs/{handoff_of(hall, Talk(hall.server, conversation, ''), CLERK)}"
    hall.call(CLERK, "POST", f"{this}/take")
    return this


PAGES: Mapping[str, Callable[[Stage], Iterator[Shot]]] = {
    "portal": portal,
    "answers": answers,
    "application": application,
    "person": person,
    "network": network,
    "settings": settings,
    "faces": faces,
}
