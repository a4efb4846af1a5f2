"""The assistant on a bad network: nothing is lost, nothing comes twice."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.server, pytest.mark.browser]

QUESTION = "护照丢了怎么补办"


def without_stream(page):
    """Refuse every WebSocket of a page."""
    page.route_web_socket("**/stream", lambda socket: socket.close())


def test_given_no_websocket_when_a_message_is_sent_then_the_reply_comes_over_rest(server, new_page):
    from tests.assistant.web.browsing import OnPage

    page = new_page()
    without_stream(page)
    page.goto(server.url)
    here = OnPage(page).greeted()

    here.say(QUESTION)

    expect(here.own).to_have_count(1)
    expect(here.entries).to_have_count(3)


def test_given_the_network_is_gone_when_it_comes_back_then_the_message_arrives_once(on_page):
    here = on_page().greeted()

    here.page.context.set_offline(True)
    here.write(QUESTION)
    expect(here.own.last).to_contain_text("恢复后会自动重发")
    here.page.context.set_offline(False)

    expect(here.replies).to_have_count(2, timeout=40_000)
    expect(here.own).to_have_count(1)
    expect(here.own.last).not_to_contain_text("没有发出去")


def test_given_a_failed_message_when_it_is_discarded_then_it_is_never_sent(on_page):
    here = on_page().greeted()

    here.page.context.set_offline(True)
    here.write(QUESTION)
    expect(here.own.last.get_by_role("status")).to_contain_text("没有发出去")
    here.button("删除").click()
    expect(here.find(".scroller")).to_be_focused()
    here.page.context.set_offline(False)
    here.say("你好")

    expect(here.own).to_have_count(1)


def test_given_a_conversation_when_the_page_is_reloaded_then_it_is_there_as_it_was(on_page):
    here = on_page().greeted()
    here.say(QUESTION)
    before = here.entries.all_inner_texts()

    here.page.reload()

    expect(here.entries).to_have_count(len(before))
    assert [entry.split() for entry in here.entries.all_inner_texts()][:2] == [entry.split() for entry in before][:2]
    here.say("你好")
    expect(here.own).to_have_count(2)


def test_given_a_conversation_the_server_does_not_know_when_the_page_is_loaded_then_a_new_one_begins(on_page):
    here = on_page().greeted()
    here.say("你好")

    here.page.evaluate(
        """() => {
            const key = Object.keys(sessionStorage).find((name) => sessionStorage[name].includes("token"));
            const kept = JSON.parse(sessionStorage[key]);
            kept.session.token = "forgotten";
            sessionStorage[key] = JSON.stringify(kept);
        }"""
    )
    here.page.reload()

    here.greeted()
    expect(here.own).to_have_count(0)


def test_given_new_entries_when_they_come_then_a_polite_log_announces_additions_only(on_page):
    here = on_page().greeted()

    log = here.page.get_by_role("log", name="对话记录")

    expect(log).to_have_attribute("aria-live", "polite")
    expect(log).to_have_attribute("aria-relevant", "additions")
