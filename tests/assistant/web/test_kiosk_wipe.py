"""Nothing of a visit is left for the next person: on the screen, in the browser, on its disk, on the server."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.assistant.server_process import Server
from tests.assistant.web.conftest import QUIET
from tests.assistant.web.kiosk_page import ID_NUMBER, MOBILE, NAME, SCREEN, OnKiosk

pytestmark = [pytest.mark.server, pytest.mark.browser]

SECRET = "鲸鱼灯塔街"
"""words that stand nowhere else"""


@pytest.fixture
def on_kiosk(server: Server, new_page: Callable[..., Page]) -> Callable[..., OnKiosk]:
    """Open the kiosk's page with a clock that a test moves."""

    def open_kiosk() -> OnKiosk:
        page = new_page(viewport=SCREEN)
        page.clock.install()
        return OnKiosk.opened(page, server.url)

    return open_kiosk


@pytest.fixture
def profile(chromium: Browser, tmp_path: Path) -> Iterator[tuple[Path, BrowserContext]]:
    """A browser that keeps its profile on the disk, as a kiosk's does."""
    folder = tmp_path / "profile"
    context = chromium.browser_type.launch_persistent_context(
        str(folder),
        executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
        args=list(QUIET),
        viewport=SCREEN,
        locale="zh-CN",
    )
    yield folder, context
    context.close()


def test_given_nobody_when_a_minute_passes_then_it_is_asked_and_who_answers_goes_on(on_kiosk):
    here = on_kiosk()
    here.begin()

    here.page.clock.fast_forward(58_000)
    here.page.clock.run_for(500)
    expect(here.idle).to_have_count(0)
    here.page.clock.fast_forward(3_000)
    expect(here.idle).to_be_visible()
    expect(here.idle.get_by_role("alert")).to_contain_text(re.compile(r"还有 (30|2\d) 秒"))
    expect(here.act("我还在")).to_be_focused()
    here.act("我还在").click()

    expect(here.idle).to_have_count(0)
    here.page.clock.fast_forward(58_000)
    expect(here.visit).to_be_visible()
    expect(here.replies).to_have_count(1)


def test_given_a_notice_when_another_person_touches_beside_it_then_that_is_no_answer(on_kiosk):
    here = on_kiosk()
    here.begin()
    here.page.clock.fast_forward(61_000)
    expect(here.idle).to_be_visible()

    here.page.mouse.click(20, 20)
    here.page.clock.fast_forward(30_000)

    expect(here.welcome).to_be_visible()


def test_given_somebody_who_speaks_when_time_passes_then_they_are_taken_to_be_there_for_five_minutes(on_kiosk):
    here = on_kiosk()
    here.begin()
    tell = """who => document.querySelector("wenban-assistant").dispatchEvent(new CustomEvent("speaking", { detail: { who } }))"""
    here.page.evaluate(tell, "citizen")

    for _ in range(5):
        here.page.clock.fast_forward(55_000)
        here.page.clock.run_for(500)
        expect(here.idle).to_have_count(0)
    here.page.clock.fast_forward(90_000)  # a hall is never silent

    expect(here.idle.or_(here.welcome)).to_be_visible()


def test_given_a_language_when_whoever_chose_it_leaves_then_the_next_finds_the_usual_one(on_kiosk):
    here = on_kiosk()
    here.act("English").click()
    expect(here.page.get_by_role("heading", name="What can we do for you?")).to_be_visible()

    here.page.clock.fast_forward(91_000)

    expect(here.page.get_by_role("heading", name="您好，想办什么事？")).to_be_visible()
    assert here.idle.count() == 0  # nothing of anybody is at stake


def test_given_a_visit_when_nobody_answers_then_nothing_of_it_is_left_anywhere(server, profile):
    folder, context = profile
    page = context.pages[0]
    page.clock.install()
    here = OnKiosk.opened(page, server.url)
    with page.expect_response("**/api/kiosk/visits") as began:
        here.apply()
    visit = began.value.json()
    here.say(f"我住在{SECRET}")
    here.page.evaluate("localStorage.setItem('wenban:left', 'behind')")
    needles = [NAME, ID_NUMBER, MOBILE, SECRET, visit["token"], visit["conversation_id"]]
    assert SECRET in page.evaluate(EVERYTHING) and visit["token"] in _heap(page)  # what is looked with does find it

    page.clock.fast_forward(61_000)
    expect(here.idle).to_be_visible()
    assert _found(page.locator("body").inner_text(), [SECRET, NAME]) == []  # what is covered cannot be read
    page.clock.fast_forward(30_000)
    expect(here.welcome).to_be_visible()

    assert _found(page.evaluate(EVERYTHING), needles) == []
    assert _found(_heap(page), needles) == []
    assert (
        server.call("GET", f"/api/conversations/{visit['conversation_id']}/events", token=visit["token"]).status == 403
    )
    page.go_back(wait_until="load")
    expect(here.welcome).to_be_visible()
    assert _found(page.evaluate(EVERYTHING), needles) == []
    page.reload()
    expect(here.welcome).to_be_visible()
    assert context.cookies() == []
    assert _on_disk(folder, needles) == [] and _on_disk(folder, ["/kiosk"]) != []
    context.close()
    assert _on_disk(folder, needles) == []


def test_given_a_server_out_of_reach_when_a_visit_ends_then_the_page_is_empty_and_the_server_is_told_later(
    server, on_kiosk
):
    here = on_kiosk()
    with here.page.expect_response("**/api/kiosk/visits") as began:
        here.begin()
    visit = began.value.json()
    events = f"/api/conversations/{visit['conversation_id']}/events"
    here.page.route("**/wipe", lambda route: route.abort())

    here.act("结束").click()
    expect(here.welcome).to_be_visible()
    assert _found(here.page.evaluate(EVERYTHING), [visit["token"], visit["conversation_id"]]) == []
    assert server.call("GET", events, token=visit["token"]).status == 200
    here.page.unroute("**/wipe")
    with here.page.expect_response("**/wipe") as wiped:
        here.page.clock.fast_forward(6_000)

    assert wiped.value.status == 204
    assert server.call("GET", events, token=visit["token"]).status == 403


def test_given_a_visit_when_the_page_is_loaded_anew_then_it_is_over(server, on_kiosk):
    here = on_kiosk()
    with here.page.expect_response("**/api/kiosk/visits") as began:
        here.begin()
    visit = began.value.json()

    here.page.reload()

    expect(here.welcome).to_be_visible()
    assert _is_refused_in_time(server, visit)


EVERYTHING = """async () => {
    const roots = [document, ...[...document.querySelectorAll("*")].map((node) => node.shadowRoot).filter(Boolean)];
    return JSON.stringify([
        roots.map((root) => root.documentElement?.outerHTML ?? root.innerHTML),
        Object.entries(sessionStorage), Object.entries(localStorage), await caches.keys(), await indexedDB.databases(),
        document.cookie, history.state, window.name, location.href,
    ]);
}"""


def _is_refused_in_time(server: Server, visit: dict[str, str], seconds: float = 10.0) -> bool:
    """Tell whether a visit's token is refused before long: the page that was left does not wait for the answer."""
    events, end = f"/api/conversations/{visit['conversation_id']}/events", time.monotonic() + seconds
    while time.monotonic() < end:
        if server.call("GET", events, token=visit["token"]).status == 403:
            return True
        time.sleep(0.1)
    return False


def _found(text: str, needles: list[str]) -> list[str]:
    return [needle for needle in needles if needle in text]


def _heap(page: Page) -> str:
    """Return every string that the page's scripts can still reach, after what they cannot reach was collected."""
    session = page.context.new_cdp_session(page)
    chunks: list[str] = []
    session.on("HeapProfiler.addHeapSnapshotChunk", lambda told: chunks.append(told["chunk"]))
    session.send("HeapProfiler.collectGarbage")
    session.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    session.detach()
    return "".join(chunks)


def _on_disk(folder: Path, needles: list[str]) -> list[tuple[str, str]]:
    """Return which files of a profile hold which of the needles, as bytes of UTF-8 or UTF-16."""
    found = []
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        try:
            content = path.read_bytes()
        except OSError:
            continue  # a socket, or gone meanwhile
        for needle in needles:
            if needle.encode() in content or needle.encode("utf-16-le") in content:
                found.append((str(path.relative_to(folder)), needle))
    return found
