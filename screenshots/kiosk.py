"""The machine in a hall, as a visitor meets it: upright, and one state on a level screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from playwright.sync_api import expect

from screenshots.camera import DESK, Shot, Size
from screenshots.stage import Stage
from tests.assistant.web.kiosk_page import CERTIFICATE, ID_NUMBER, MOBILE, OnKiosk

UPRIGHT = Size(1080, 1920)
NAME = "林示例"


def visit(stage: Stage) -> Iterator[Shot]:
    """Yield the welcome, an application with its keys, the receipt, what is printed, and the telephone's code."""
    here = _opened(stage, UPRIGHT)
    yield Shot("welcome", here.page, (UPRIGHT,), main=True)
    here.touch_item(CERTIFICATE)
    yield Shot("asking", here.page, (UPRIGHT,))
    here.say(NAME)
    here.type_on_pad(ID_NUMBER[:10])
    yield Shot("keys", here.page, (UPRIGHT,), main=True)
    here.type_on_pad(ID_NUMBER[10:])
    here.after(here.act("填好了").click)
    here.give(MOBILE)
    here.choose("求职就业")
    expect(here.find(".draft")).to_be_visible()
    yield Shot("application-card", here.page, (UPRIGHT,))
    here.submit()
    yield Shot("receipt", here.page, (UPRIGHT,), main=True)
    here.act("打印凭条").click()
    expect(here.paper.get_by_role("heading").first).to_be_visible()
    yield Shot("slip", here.page, (UPRIGHT,), main=True)
    here.printing.get_by_role("button", name="返回").click()
    here.act("手机继续").click()
    expect(here.page.locator("dialog svg").first).to_be_visible()
    yield Shot("phone", here.page, (UPRIGHT,))
    here.page.context.close()


def leaving(stage: Stage) -> Iterator[Shot]:
    """Yield a clerk who was called, and the notice before a visit is wiped."""
    here = _opened(stage, UPRIGHT).begin()
    here.act("呼叫工作人员").click()
    expect(here.notice).to_be_visible()
    yield Shot("called", here.page, (UPRIGHT,))
    here.page.context.close()
    here = _opened(stage, UPRIGHT, ticking=True)
    here.begin()
    here.page.clock.run_for(61_000)
    expect(here.idle).to_be_visible()
    yield Shot("idle", here.page, (UPRIGHT,), main=True)
    here.page.context.close()


def level(stage: Stage) -> Iterator[Shot]:
    """Yield the welcome on a level screen."""
    here = _opened(stage, DESK)
    yield Shot("welcome-level", here.page, (DESK,))
    here.page.context.close()


def _opened(stage: Stage, size: Size, ticking: bool = False) -> OnKiosk:
    page = stage.visitor("about:blank", size)
    if ticking:
        page.clock.install(time=stage.hall.now())
    return OnKiosk.opened(page, stage.server.url)


PAGES: Mapping[str, Callable[[Stage], Iterator[Shot]]] = {"visit": visit, "leaving": leaving, "level": level}
