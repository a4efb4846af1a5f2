"""The assistant on the page of another site: strict policy, several at once, what the page is told, what it costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.server_process import PORTAL
from tests.assistant.web.browsing import OnPage

pytestmark = [pytest.mark.server, pytest.mark.browser]

INLINE = "wenban-assistant{display:block;height:36rem}"
QUESTION = "护照丢了怎么补办"


@pytest.fixture
def host_page(server: Any, new_page: Callable[..., Page]) -> Callable[..., Page]:
    """Open a page of another site that includes the assistant, under the strictest policy that works."""

    def open_host(markup: str, script: str = "", origin: str = PORTAL, **options: Any) -> Page:
        page = new_page(**options)
        policy = (
            f"default-src 'none'; script-src 'self' {server.url}; style-src 'self'; "
            f"connect-src {server.url} {server.url.replace('http', 'ws')}"
        )
        head = f'<link rel="stylesheet" href="/host.css"><script src="/host.js"></script><script type="module" src="{server.url}/web/widget.js"></script>'
        body = f'<!doctype html><html lang="zh-CN"><title>Portal</title>{head}<main><h1>Portal</h1>{markup}</main>'
        served = {
            "/": ("text/html; charset=utf-8", body),
            "/host.css": ("text/css", INLINE),
            "/host.js": ("text/javascript; charset=utf-8", script or "0;"),
        }

        def fulfil(route: Any) -> None:
            kind, content = served[route.request.url.removeprefix(origin)]
            route.fulfill(content_type=kind, body=content, headers={"Content-Security-Policy": policy})

        page.route(f"{origin}/**", fulfil)
        page.goto(f"{origin}/")
        return page

    return open_host


def test_given_another_site_when_it_includes_the_assistant_then_one_gets_to_a_receipt(host_page):
    here = OnPage(host_page('<wenban-assistant mode="inline" identity="demo"></wenban-assistant>')).greeted()

    here.say("我想申请办理有无犯罪证明")
    here.choose("求职就业")
    here.choose("确认")

    expect(here.find(".receipt")).to_be_visible()
    with here.page.expect_download(timeout=60_000) as download:
        here.button("下载").first.click(timeout=50_000)
    assert download.value.suggested_filename.endswith(".pdf")


def test_given_a_site_that_is_not_named_when_it_includes_the_assistant_then_nothing_is_shown(server, new_page):
    page = new_page()
    page.route(
        "http://stranger.localhost/**",
        lambda route: route.fulfill(
            content_type="text/html",
            body=f"""
        <script type="module" src="{server.url}/web/widget.js"></script><wenban-assistant></wenban-assistant>""",
        ),
    )
    with page.expect_event("requestfailed"):
        page.goto("http://stranger.localhost/")

    expect(page.locator("wenban-assistant .launcher")).to_have_count(0)


def test_given_two_assistants_when_one_is_spoken_to_then_the_other_has_a_conversation_of_its_own(host_page):
    one, other = (
        f'<wenban-assistant mode="inline" conversation="{name}"></wenban-assistant>' for name in ("tax", "home")
    )
    page = host_page(one + other)
    first, second = page.locator("wenban-assistant").all()
    expect(page.locator("wenban-assistant .entry.assistant")).to_have_count(2)
    expect(first.locator(".identity")).to_have_text("未登录")

    first.locator("textarea").fill(QUESTION)
    first.locator("textarea").press("Enter")
    expect(first.locator(".entry.assistant")).to_have_count(2)
    page.reload()

    expect(first.locator(".entry.citizen")).to_contain_text(QUESTION)
    expect(second.locator(".entry.assistant")).to_have_count(1)
    expect(second.locator(".entry.citizen")).to_have_count(0)


HEARD = """
    window.heard = [];
    for (const type of ["ready", "begun", "opened", "closed", "message", "receipt", "issued"]) {
        document.addEventListener(type, ({ detail, target }) => {
            if (target.localName === "wenban-assistant") window.heard.push([type, detail]);
        }, true);
    }
"""


def test_given_a_page_that_listens_when_things_happen_then_it_is_told_them_but_no_words(host_page):
    page = host_page('<wenban-assistant identity="demo"></wenban-assistant>', HEARD)
    page.locator("wenban-assistant .launcher").click()
    here = OnPage(page).greeted()
    here.say("我想申请办理有无犯罪证明")
    here.choose("求职就业")
    here.choose("确认")
    here.find(".closes").click()

    heard = page.evaluate("window.heard")
    types = [type for type, _ in heard]
    assert types[:2] == ["ready", "opened"] and "begun" in types and "closed" in types
    senders = [detail["from"] for type, detail in heard if type == "message"]
    assert senders.count("citizen") == 3 and senders.count("assistant") >= 4
    receipt = next(detail for type, detail in heard if type == "receipt")
    assert receipt["item"] == "no-criminal-record-certificate"
    assert receipt["receiptNumber"] in here.find(".receipt .number").first.text_content()
    assert "犯罪" not in str(heard)


def test_given_a_server_that_signs_citizens_in_when_it_hands_its_session_over_then_that_is_spoken_in(server, host_page):
    begun = server.talk("demo")
    begun.say(QUESTION)
    script = f"""
        customElements.whenDefined("wenban-assistant").then(() => {{
            document.querySelector("wenban-assistant").identityProvider = async () => ({{
                session: {{ conversation_id: "{begun.id}", token: "{begun.token}", name: "张**" }},
            }});
        }});
    """

    page = host_page("<wenban-assistant></wenban-assistant>", HEARD + script)
    page.locator("wenban-assistant .launcher").click()

    here = OnPage(page)
    expect(here.find(".identity")).to_have_text("已登录：张**")
    expect(here.own).to_contain_text(QUESTION)
    assert "citizen" not in str(page.evaluate("window.heard"))  # it was said before, elsewhere


def test_given_another_site_when_a_notice_is_to_be_printed_then_its_page_has_our_files(server, host_page):
    here = OnPage(host_page('<wenban-assistant mode="inline"></wenban-assistant>')).greeted()
    here.say("居住证签注要什么材料")
    here.say("给我一份告知单")
    here.choose("本人")

    with here.page.expect_popup() as opened:
        here.find(".paper").get_by_role("button", name="打印").click()
    expect(opened.value.get_by_role("heading", name="一次性告知单")).to_be_visible()

    files = opened.value.evaluate("[...document.querySelectorAll('link, script')].map((one) => one.href ?? one.src)")
    assert len(files) == 4 and all(file.startswith(f"{server.url}/web/") for file in files)


def test_given_a_heading_and_opening_words_when_the_assistant_begins_then_they_stand_there(host_page):
    page = host_page('<wenban-assistant mode="inline" heading="税务小助手" opening="问税找我。"></wenban-assistant>')

    here = OnPage(page).greeted()

    expect(page.get_by_role("heading", name="税务小助手")).to_be_visible()
    expect(here.replies).to_contain_text("问税找我。")


def test_given_css_when_a_page_sets_properties_and_parts_then_they_hold(host_page):
    page = host_page('<wenban-assistant mode="inline"></wenban-assistant>')
    OnPage(page).greeted()

    page.evaluate("""() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync("wenban-assistant { --wenban-accent: rgb(120, 20, 90); } wenban-assistant::part(bubble) { border-width: 5px; }");
        document.adoptedStyleSheets = [sheet];
    }""")

    assert (
        page.locator("wenban-assistant .mark").evaluate("node => getComputedStyle(node).backgroundColor")
        == "rgb(120, 20, 90)"
    )
    assert (
        page.locator("wenban-assistant .bubble").first.evaluate("node => getComputedStyle(node).borderTopWidth")
        == "5px"
    )


def test_given_a_page_when_the_assistant_gets_ready_then_three_requests_are_enough_and_nothing_shifts(
    server, host_page
):
    asked: list[str] = []
    page = host_page(
        "<wenban-assistant></wenban-assistant><p>Below</p>",
        """
        window.shift = 0;
        new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (window.shift += value)))
            .observe({ type: "layout-shift", buffered: true });
    """,
    )
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    expect(page.locator("wenban-assistant .launcher")).to_be_visible()

    assert len([url for url in asked if url.startswith(server.url)]) <= 3
    page.locator("wenban-assistant .launcher").click()
    OnPage(page).greeted()
    assert page.evaluate("window.shift") < 0.01


def test_given_a_script_that_was_loaded_when_it_is_asked_for_again_then_it_is_not_sent_again(server):
    first = server.call("GET", "/web/widget.js")

    again = server.call("GET", "/web/widget.js", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status, again.body) == (304, b"")
